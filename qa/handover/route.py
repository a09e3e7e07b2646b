"""The page's side of a hand-over: the route that runs an operation for another process of this user."""

import asyncio
import json
import os
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from inspect import signature
from ipaddress import ip_address
from threading import Event
from typing import TYPE_CHECKING, Any

from vectorstore.errors import UserError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import Receive, Scope, Send

    from qa.operations import Operations

OPERATIONS = frozenset(
    "ask search ingest ingest_text articles show set remove verify model reindex doctor backup".split()
)
MOST_BODY_BYTES = 64 * 2**20
"""The largest call the page takes: room for one pasted article, not for a library."""
_MOST_AT_ONCE = 16
_HEARTBEAT_S = 10.0


def control_route(operations: "Operations", token: str) -> "Route":
    """The route that runs ``operations`` for other processes of this user, to stand before any catch-all one.

    It answers callers on this machine that know ``token`` (``Page.token``) and nobody else. Each call runs in
    one thread of its own, which stops at the next result when the caller goes away.
    """
    from starlette.routing import Route

    return Route("/control/{operation}", _Control(operations, token), methods=["POST"])


class _Refused(Exception):
    """A call that isn't run: ``status`` and one line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Control:
    """The ASGI application behind the route."""

    def __init__(self, operations: "Operations", token: str) -> None:
        from anyio import CapacityLimiter

        self._operations = operations
        self._token = token.encode()
        self._limiter = CapacityLimiter(_MOST_AT_ONCE)

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        from starlette.requests import Request

        try:
            self._admit(scope)
            request = Request(scope, receive)
            operation, arguments = scope["path_params"]["operation"], await _arguments(request)
            if operation == "ping":
                await _told({"result": {"pid": os.getpid()}}, 200)(scope, receive, send)
                return
            call = self._call(operation, arguments)
        except _Refused as refusal:
            answer = _told({"error": str(refusal), "type": "UserError"}, refusal.status)
            await answer(scope, receive, send)
            return
        await self._run(call, receive, send)

    def _admit(self, scope: "Scope") -> None:
        if not _on_this_machine(scope):
            raise _Refused(403, "only for processes on the same machine")
        given = dict(scope["headers"]).get(b"authorization", b"")
        if not secrets.compare_digest(given, b"Bearer " + self._token):
            raise _Refused(401, "the token is not this page's")

    def _call(self, operation: str, arguments: dict[str, Any]) -> Callable[[], Any]:
        if operation not in OPERATIONS:
            raise _Refused(404, f"the running page knows no {operation!r}: it may be older, restart it")
        method = getattr(self._operations, operation)
        try:
            signature(method).bind(**arguments)
        except TypeError as error:
            raise _Refused(400, f"the running page can't {operation} so ({error}): restart it") from error
        return partial(method, **arguments)

    async def _run(self, call: Callable[[], Any], receive: "Receive", send: "Send") -> None:
        from anyio.to_thread import run_sync

        loop, lines, gone = asyncio.get_running_loop(), asyncio.Queue[bytes | None](), Event()

        def put(line: bytes | None) -> None:
            loop.call_soon_threadsafe(lines.put_nowait, line)

        working = asyncio.create_task(run_sync(partial(_work, call, put, gone), limiter=self._limiter))
        leaving = asyncio.create_task(_left(receive, lines))
        try:
            headers = [(b"content-type", b"application/x-ndjson")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while (line := await _next(lines)) is not None:
                await send({"type": "http.response.body", "body": line, "more_body": True})
        finally:
            gone.set()
            leaving.cancel()
            await working  # an error nobody foresaw leaves here: the answer is torn, and the caller notices
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _on_this_machine(scope: "Scope") -> bool:
    """Whether the caller's address is loopback, or the very one it called (a page bound to one interface)."""
    client, server = scope.get("client"), scope.get("server")
    if client is None:
        return False
    try:
        loopback = ip_address(client[0]).is_loopback
    except ValueError:
        return False
    return loopback or (server is not None and client[0] == server[0])


async def _arguments(request: "Request") -> dict[str, Any]:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BODY_BYTES:
            raise _Refused(413, f"more than {MOST_BODY_BYTES >> 20} MB in one call: split it")
    try:
        arguments = json.loads(bytes(body) or b"{}")
    except ValueError as error:
        raise _Refused(400, "the arguments are not JSON") from error
    if not isinstance(arguments, dict):
        raise _Refused(400, "the arguments are not a JSON object")
    return arguments


def _told(line: Mapping[str, Any], status: int) -> "Response":
    from starlette.responses import Response

    return Response(_line(line), status, media_type="application/x-ndjson")


def _line(told: Mapping[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"


def _work(call: Callable[[], Any], put: Callable[[bytes | None], object], gone: Event) -> None:
    """Run the operation to its end, or until ``gone``; ``None`` follows its last line."""
    try:
        results = call()
        if isinstance(results, dict):
            put(_line({"result": results}))
            return
        for result in results:
            put(_line({"result": result}))
            if gone.is_set():
                results.close()
                return
    except UserError as error:
        put(_line({"error": str(error), "type": type(error).__name__}))
    finally:
        put(None)


async def _next(lines: "asyncio.Queue[bytes | None]") -> bytes | None:
    try:
        return await asyncio.wait_for(lines.get(), _HEARTBEAT_S)
    except TimeoutError:
        return b"\n"


async def _left(receive: "Receive", lines: "asyncio.Queue[bytes | None]") -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    lines.put_nowait(None)
