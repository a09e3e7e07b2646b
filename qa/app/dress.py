"""Gradio's bare page → ours: language, direction, title, icon, style and script from the first byte on."""

import re
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from qa.app.markup import escape, side
from qa.app.words import LANGUAGES, preferred, say

LANGUAGE_COOKIE = "isnad-language"

# Gradio's own cards for other sites, and the link to a manifest that isn't served.
_LEFTOVERS = re.compile(
    r'<meta\s{1,40}(?:property="og:|name="twitter:)[^>]{0,2000}>|<link rel="manifest"[^>]{0,200}>'
)


def page_language(setting: str | None, headers: Headers) -> str:
    """The page's language for a request: what was chosen in it, else ``setting``, else the browser's."""
    chosen = _cookie(headers)
    if chosen in LANGUAGES:
        return chosen
    return setting or preferred(headers.get("accept-language", ""))


def _cookie(headers: Headers) -> str:
    try:
        cookie = SimpleCookie(headers.get("cookie", "")[:8000]).get(LANGUAGE_COOKIE)
    except CookieError:
        return ""
    return cookie.value if cookie else ""


def dresser(setting: str | None, version: str) -> Callable[[str, Headers], str]:
    """The function that dresses a page for a request; ``version`` tells a browser when our files changed."""

    def dress(page: str, headers: Headers) -> str:
        language = page_language(setting, headers)
        page = _LEFTOVERS.sub("", page)
        page = page.replace('lang="en"', f'lang="{language}" dir="{side(language)}"', 1)
        return page.replace(
            '<meta charset="utf-8" />', '<meta charset="utf-8" />' + _head(language, version), 1
        )

    return dress


def _head(language: str, version: str) -> str:
    return (
        f"<title>Isnad إسناد</title>"
        f'<meta name="description" content="{escape(say(language, "tagline"))}">'
        f'<meta name="color-scheme" content="light dark">'
        f'<link rel="icon" type="image/svg+xml" href="isnad/icon.svg?{version}">'
        f'<link rel="stylesheet" href="isnad/page.css?{version}">'
        f'<script src="isnad/page.js?{version}"></script>'
    )
