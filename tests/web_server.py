"""A web server on loopback whose every answer a test decides, and which remembers what it was asked."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. ``body`` may be a function that writes it by itself."""

    body: str | bytes | Callable[[Any], None] = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


@dataclass(slots=True)
class Site:
    """``pages`` are the answers by path; ``asked`` the requests, in order, as (path, headers)."""

    address: str
    port: int
    pages: dict[str, Reply]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt aside."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class _Server(ThreadingHTTPServer):
    site: Site

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing to the terminal where a client hangs up."""


@contextmanager
def serving(pages: Mapping[str, Reply] | None = None, tls: SSLContext | None = None) -> Iterator[Site]:
    """The site while the block runs, encrypted with ``tls``; what it has no page for is answered with 404."""
    server = _Server(("127.0.0.1", 0), _Handler)
    port = server.server_address[1]
    server.site = Site(f"{'https' if tls else 'http'}://127.0.0.1:{port}", port, dict(pages or {}))
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        reply = site.pages.get(self.path, Reply("not here", 404))
        try:
            self._answer(reply)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _answer(self, reply: Reply) -> None:
        if callable(reply.body):
            reply.body(self)
            return
        body = reply.body.encode() if isinstance(reply.body, str) else reply.body
        self.send_response(reply.status)
        for name, value in {
            "Content-Type": reply.kind,
            "Content-Length": str(len(body)),
            **reply.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""
