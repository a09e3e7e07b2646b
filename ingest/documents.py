"""Word files and saved web pages (MHTML) to pages, by libraries made for them."""

import re
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import MessageError
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from ingest.archives import Room, inflate, opened
from ingest.encoding import NotText, decode
from ingest.page import Document, Page
from vectorstore.errors import Rejected, Unreadable

_NOTE_SIGNS = re.compile(
    r'<sup><a href="#[^"]{1,80}" id="[^"]{1,80}">\[\d{1,4}\]</a></sup>| ?<a href="#[^"]{1,80}">↑</a>'
)
MAX_WORD_BYTES = 60 * 2**20  # of a Word file, unpacked


def read_docx(document: Document) -> Page:
    """A Word file as HTML. Raises ``Unreadable`` where it is damaged or unpacks to too much."""
    import mammoth

    archive, room = opened(document), Room(MAX_WORD_BYTES)
    for member in archive.infolist():
        inflate(archive, member, room, document.shown)
    try:
        result = mammoth.convert_to_html(BytesIO(document.data), convert_image=lambda image: [])
    except (BadZipFile, ExpatError, KeyError, ValueError, OSError, AttributeError, SyntaxError) as error:
        raise Unreadable(f"'{document.shown}' is a damaged Word file; save it again") from error
    if not result.value.strip():
        raise Rejected(f"'{document.shown}' holds no text; there is no article in it")
    return _page(document, f"<html><body>{_NOTE_SIGNS.sub('', result.value)}</body></html>")


def read_mhtml(document: Document) -> Page:
    """The page in a saved web page. Raises ``Unreadable`` where there is none."""
    try:
        message = message_from_bytes(document.data, policy=policy.default)
        part = next((each for each in message.walk() if each.get_content_type() == "text/html"), None)
        data = part.get_payload(decode=True) if part else None
        charset = str(part.get_content_charset() or "") if part else ""
        told = [message.get("Snapshot-Content-Location"), part and part.get("Content-Location")]
    except (MessageError, ValueError, LookupError, AttributeError, IndexError) as error:
        raise Unreadable(f"'{document.shown}' is a damaged saved page; save it again") from error
    if not isinstance(data, bytes):
        raise Unreadable(f"'{document.shown}' holds no web page; save it again as HTML")
    try:
        text = decode(data, charset)
    except NotText as error:
        raise Unreadable(f"'{document.shown}' holds no text but binary data; save it as HTML") from error
    url = next((str(each).strip() for each in told if str(each).startswith("http")), None)
    return replace(_page(document, text), url=document.url or url)


def _page(document: Document, content: str) -> Page:
    return Page(document.shown, document.name, "html", content, document.url)
