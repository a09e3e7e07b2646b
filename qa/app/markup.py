"""Text of others made safe for the page: escaping and the direction of writing.

Everything shown is handed to Gradio as one line of HTML: after a blank line its Markdown reader would take
over, and an article's words could become links, pictures or code.
"""

import html
import re
from urllib.parse import urlsplit

from vectorstore.text import is_rtl

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def escape(text: object) -> str:
    """``text`` as one line of HTML that shows these very characters, fit for an attribute's quotes too."""
    return html.escape(_BREAKS.sub(" ", str(text)), quote=True).replace("\\", "&#92;").replace("`", "&#96;")


def direction(text: str) -> str:
    """``rtl`` for text that is read from right to left, else ``ltr``."""
    return "rtl" if is_rtl(text) else "ltr"


def side(language: str) -> str:
    """The direction of the page's own words."""
    return "rtl" if language == "ar" else "ltr"


def tag(name: str, content: str, **attributes: str | None) -> str:
    """An element around ``content``, which is HTML already; values of attributes are escaped here."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>"


def words(name: str, text: str, **attributes: str | None) -> str:
    """An element with ``text`` of others in it, in that text's own direction."""
    return tag(name, escape(text), dir=direction(text), **attributes)


def isolated(text: str) -> str:
    """``text`` of others inside a line, so that its direction doesn't move its neighbours."""
    return tag("bdi", escape(text), dir=direction(text))


def elsewhere(name: str, url: str | None, **attributes: str | None) -> str:
    """``name`` of others as a link to ``url`` in a window of its own; ``name`` alone where no click may open it."""
    address = web_address(url)
    if address is None:
        return isolated(name)
    return tag("a", isolated(name), href=address, target="_blank", rel="noopener noreferrer", **attributes)


def web_address(url: str | None) -> str | None:
    """``url`` if a click may open it: http and https only, with a host."""
    try:
        parts = urlsplit(url or "")
        return url if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
