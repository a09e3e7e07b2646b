"""Whose saved chats a request may see: the login's, else those of the browser's random cookie."""

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

if TYPE_CHECKING:
    import gradio

BROWSER_COOKIE = "isnad-browser"
_YEAR_S = 31_536_000
_LENGTHS = range(20, 100)


def owner(request: "gradio.Request") -> str | None:
    """The login's name or the cookie, told apart, so that no cookie can pass for a login; null for neither."""
    if request.username:
        return f"login:{request.username}"
    number = browser(Headers(dict(request.headers)))
    return f"browser:{number}" if number else None


def browser(headers: Headers) -> str:
    """The browser's own number; empty where it sent none that we could have given it."""
    try:
        cookie = SimpleCookie(headers.get("cookie", "")[:8000]).get(BROWSER_COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie and len(cookie.value) in _LENGTHS else ""


def new_cookie(headers: Headers, *, secure: bool) -> str | None:
    """The ``Set-Cookie`` header for a browser without a number, null for one that has its own."""
    if browser(headers):
        return None
    told = (
        f"{BROWSER_COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR_S}; HttpOnly; SameSite=Strict"
    )
    return told + "; Secure" if secure else told
