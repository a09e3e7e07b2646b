"""What stands between the network and the page: who may call, and what a browser may do with the reply."""

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.app.owner import new_cookie

LOOPBACK = ("localhost", "127.0.0.1", "::1")

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
# Scripts: our own files, and the few that stand in Gradio's page, known by a number used once. Styles: Gradio
# writes them into elements, so they can't be told from others; they reach no other host either.
_PAGE = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'"
)
_SCRIPT = re.compile(r"<script(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI middleware: refuses foreign Host and Origin headers, and sets the security headers.

    ``allowed_hosts`` are names (or ``name:port``) besides the loopback ones. ``dress`` gets each HTML page and its
    request's headers and returns the page to send.
    """

    app: ASGIApp
    allowed_hosts: Sequence[str]
    dress: Callable[[str, Headers], str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self.refusal(headers)
        sending = _Reply(send, headers, self.dress, secure=scope["scheme"] == "https")
        if refusal and scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif refusal:
            reply = PlainTextResponse(refusal + "\n", 403)
            await reply(scope, receive, sending)
        else:
            await self.app(scope, receive, sending)

    def refusal(self, headers: Headers) -> str | None:
        """Why a request with these headers isn't answered, in a line; ``None`` where it is."""
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._known(hosts[0]):
            return "This host name isn't served here; add it to ISNAD_ALLOWED_HOSTS if it should be."
        if any(not self._own(origin, hosts[0]) for origin in origins):
            return "Another site may not use this page."
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            return "Another site may not use this page."
        return None

    def _known(self, host: str) -> bool:
        name = _name(host)
        return name is not None and (name in LOOPBACK or self._allowed(host))

    def _allowed(self, host: str) -> bool:
        names = [allowed.lower() for allowed in self.allowed_hosts]
        return host.lower() in names or _name(host) in names

    def _own(self, origin: str, host: str) -> bool:
        """The page's own origin: the very host asked, or one that was allowed by name (behind a proxy)."""
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https"):
            return False
        return parts.netloc.lower() == host.lower() or self._allowed(parts.netloc)


def _name(host: str) -> str | None:
    """The host's name without its port, in lower case."""
    try:
        parts = urlsplit(f"//{host}")
        parts.port  # noqa: B018  a port that is none raises here
        return parts.hostname if parts.netloc == host and "@" not in host else None
    except ValueError:
        return None


class _Reply:
    """Sends a reply on with its headers; holds an HTML page back until it is whole, to dress it.

    Such a page gives the browser the cookie that its saved chats belong to, where it has none.
    """

    def __init__(
        self, send: Send, request: Headers, dress: Callable[[str, Headers], str], *, secure: bool
    ) -> None:
        self._send = send
        self._secure = secure
        self._request = request
        self._dress = dress
        self._start: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            headers.update(_COMMON)
            if headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers:
                self._start = message
                return
            headers["Content-Security-Policy"] = _NOTHING
        elif self._start is not None and message["type"] == "http.response.body":
            await self._gather(message)
            return
        await self._send(message)

    async def _gather(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        start, self._start = self._start, None
        assert start is not None
        nonce = secrets.token_urlsafe(16)
        page = _SCRIPT.sub(
            f'<script nonce="{nonce}"', self._dress(self._body.decode(), self._request)
        ).encode()
        headers = MutableHeaders(raw=start["headers"])
        cookie = new_cookie(self._request, secure=self._secure)
        if cookie:
            headers.append("Set-Cookie", cookie)
        headers["Content-Security-Policy"] = _PAGE.format(nonce=nonce)
        if "content-length" in headers and self._body:
            headers["Content-Length"] = str(len(page))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page if self._body else b""})
