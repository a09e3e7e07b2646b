"""The web server: Gradio's page inside our own application, on one socket, until it is told to stop."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from ipaddress import ip_address
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Protocol

from vectorstore.errors import BadSetting, UserError

if TYPE_CHECKING:
    from types import FrameType

    from fastapi import FastAPI
    from starlette.routing import BaseRoute

    from qa.conversations import Conversations
    from qa.operations import Operations

MOST_UPLOADED = "50mb"
"""The largest file that the page takes."""
_ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
_GRACE_S = 2


class Login(Protocol):
    """The page's one login."""

    @property
    def user(self) -> str: ...  # noqa: D102

    @property
    def password(self) -> str: ...  # noqa: D102


class PageSettings(Protocol):
    """What the page needs to know of the settings."""

    @property
    def language(self) -> str | None: ...  # noqa: D102

    @property
    def auth(self) -> Login | None: ...  # noqa: D102

    @property
    def allowed_hosts(self) -> Sequence[str]: ...  # noqa: D102


def build(
    operations: "Operations",
    conversations: "Conversations",
    *,
    settings_language: str | None = None,
    auth: tuple[str, str] | None = None,
    allowed_hosts: Sequence[str] = (),
    control_routes: "Sequence[BaseRoute]" = (),
    examples: Sequence[str] = (),
    mcp: bool = False,
) -> "FastAPI":
    """The application: the page at ``/``, ``/health``, and ``control_routes`` before them.

    ``allowed_hosts`` are served besides the loopback names; with ``mcp`` the reading operations are MCP tools too.
    Sets environment variables that Gradio reads, so that it is imported here for the first time.
    """
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio
    from fastapi import FastAPI
    from starlette.exceptions import HTTPException
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    from qa.app.api import restrict_tools
    from qa.app.crowd import when_full
    from qa.app.dress import dresser
    from qa.app.guard import Guard
    from qa.app.page import page
    from qa.app.sessions import keep_little
    from qa.app.theme import theme

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.router.routes.extend(control_routes)
    contents = {name: (files("qa.app") / "assets" / name).read_bytes() for name in _ASSETS}
    version = sha256(b"".join(contents.values())).hexdigest()[:12]

    def health(_request: Any) -> Response:
        return JSONResponse({"status": "ok"})

    def asset(request: Any) -> Response:
        name = request.path_params["name"]
        if name not in contents:
            return Response(status_code=404)
        return Response(contents[name], media_type=_ASSETS[name], headers={"Cache-Control": "max-age=86400"})

    app.router.routes.append(Route("/health", health))
    app.router.routes.append(Route("/isnad/{name}", asset))
    blocks, words = page(operations, conversations, settings_language, examples)
    gradio.mount_gradio_app(
        app,
        blocks,
        path="/",
        auth=auth,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        max_file_size=MOST_UPLOADED,
        ssr_mode=False,
        pwa=False,
        mcp_server=mcp,
        i18n=words,
        theme=theme(),
    )
    mounted: Any = app.router.routes[-1]
    keep_little(mounted.app, blocks)
    mounted.app.add_exception_handler(HTTPException, when_full(settings_language))
    if mcp:
        restrict_tools(blocks)
    app.add_middleware(Guard, allowed_hosts=tuple(allowed_hosts), dress=dresser(settings_language, version))
    return app


def serve(
    operations: "Operations",
    *,
    conversations: "Conversations",
    settings: PageSettings,
    host: str,
    port: int,
    routes: "Sequence[BaseRoute]" = (),
    examples: Sequence[str] = (),
    on_ready: Callable[[str], None] | None = None,
    mcp: bool = False,
) -> None:
    """Serve the page on ``host`` and ``port`` (0 takes a free one) until SIGINT or SIGTERM; blocks.

    ``on_ready`` gets the page's address once connections are accepted; by default a line on standard output tells
    it. Raises ``UserError`` when the port is taken or a host that others reach has no login.
    """
    if settings.auth is None and not is_loopback(host):
        raise BadSetting(
            f"{host} can be reached by others: set ISNAD_AUTH=user:password, or use --host 127.0.0.1"
        )
    if mcp:
        _check_mcp(settings)
    with closing_socket(host, port) as listening, TemporaryDirectory(prefix="isnad-page-") as uploads:
        os.environ["GRADIO_TEMP_DIR"] = uploads
        auth = (settings.auth.user, settings.auth.password) if settings.auth else None
        app = build(
            operations,
            conversations,
            settings_language=settings.language,
            auth=auth,
            allowed_hosts=[*settings.allowed_hosts, host],
            control_routes=routes,
            examples=examples,
            mcp=mcp,
        )
        _run(app, listening, address(listening), on_ready or announce)


def _check_mcp(settings: PageSettings) -> None:
    if find_spec("mcp") is None:
        raise UserError("--mcp needs another package: pip install '.[mcp]'")
    if settings.auth is not None:
        raise UserError("MCP knows no login, so --mcp doesn't go with ISNAD_AUTH: leave out one of them")


def announce(where: str) -> None:
    """Say on standard output that the page can be opened."""
    print(f"Isnad is at {where}", flush=True)


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches ``host``."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def closing_socket(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens at ``host`` and ``port``. Raises ``UserError`` where that can't be."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind)
    except OSError as error:
        raise UserError(f"can't listen on {host}: {error.strerror}; choose another --host") from error
    with listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(where)
        except OSError as error:
            raise UserError(
                f"can't listen on {host} port {port}: {error.strerror}; stop what uses it or choose another --port"
            ) from error
        yield listening


def address(listening: socket.socket) -> str:
    """Where a browser on this machine finds the page."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _run(app: "FastAPI", listening: socket.socket, where: str, on_ready: Callable[[str], None]) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """uvicorn's server that tells when it is ready, and whose stop isn't an error."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                on_ready(where)

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            if threading.current_thread() is not threading.main_thread():
                yield
                return
            ends = (signal.SIGINT, signal.SIGTERM)
            before = {number: signal.signal(number, self._end) for number in ends}
            try:
                yield
            finally:
                for number, handler in before.items():
                    signal.signal(number, handler)

        def _end(self, number: int, frame: "FrameType | None") -> None:
            self.handle_exit(number, frame)

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        ws="none",
    )
    Server(config).run(sockets=[listening])
