"""A file's bytes to the articles in it: a reader a format, and which one reads what."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePath

from ingest.archives import Room, members
from ingest.documents import read_docx, read_mhtml
from ingest.encoding import NotText, decode
from ingest.feeds import feed_leaves
from ingest.inputs import Skipped
from ingest.kinds import SUFFIXES, Format, format_of, text_kind
from ingest.page import Document, Leaf, Page, failing
from ingest.pdf import read_pdf
from ingest.tables import csv_leaves, json_leaves, jsonl_leaves
from vectorstore.errors import ItemError, Rejected, Unreadable

MAX_TEXT_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 2_000_000  # of a text without markup

_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(https?://[^\s<>]{1,2000}) -->", re.I)


def leaves(document: Document) -> Iterator[Leaf | Skipped]:
    """The articles in a file in its order, and those of an archive's files that are passed over.

    Raises ``Unreadable`` where the file as a whole can't be read, ``Rejected`` where no article is in it.
    """
    form = _format(document)
    if form == "zip":
        for member in members(document, Room()):
            yield from _within(member) if isinstance(member, Document) else [member]
    else:
        yield from _leaves(document, form)


def read_bytes(document: Document) -> Page:
    """The page in a text or HTML file. Raises ``Unreadable`` where it is none, ``Rejected`` where it is empty."""
    if len(document.data) > MAX_TEXT_BYTES:
        raise Unreadable(f"'{document.shown}' is larger than {MAX_TEXT_BYTES >> 20} MB; split it")
    return read_text(_decoded(document), document.name, document.shown, document.url)


def read_text(text: str, name: str, shown: str = "", url: str | None = None) -> Page:
    """The page in ``text``; ``name`` is its file's, or empty or ``-`` where it has none.

    Raises ``Rejected`` where nothing is in it.
    """
    if not text.strip("\ufeff\u200b \t\r\n\v\f\0"):
        raise Rejected(f"'{shown or name or 'the text'}' is empty; there is no article in it")
    kind = text_kind(text, PurePath(name).suffix)
    if kind != "html" and len(text) > MAX_CHARACTERS:
        raise Rejected(f"'{shown or name or 'the text'}' is too long for one article; split it")
    saved = _SAVED_FROM.search(text[:5000]) if kind == "html" and not url else None
    known = "" if name == "-" else name
    return Page(shown or name, known, kind, text, saved.group(1) if saved else url)


def _format(document: Document) -> Format:
    return format_of(document.data, PurePath(document.name).suffix)


def _within(member: Document) -> list[Leaf]:
    """The articles in an archive's file; one that can't be read doesn't spoil the others."""
    try:
        return list(_leaves(member, _format(member)))
    except ItemError as error:
        return [failing(member.name, member.shown, error)]


def _leaves(document: Document, form: Format) -> Iterator[Leaf]:
    if form in _SINGLE:
        yield Leaf(document.name, document.shown, partial(_SINGLE[form], document))
    elif form == "feed":
        yield from feed_leaves(document)
    elif form in _TABLES:
        yield from _TABLES[form](_decoded(document), document)
    else:
        yield Leaf(document.name, document.shown, partial(_refuse, document))


def _decoded(document: Document) -> str:
    try:
        return decode(document.data, document.charset)
    except NotText as error:
        raise Unreadable(
            f"'{document.shown}' holds no text but binary data; isnad reads {' '.join(SUFFIXES)}"
        ) from error


def _refuse(document: Document) -> Page:
    told = (
        "an archive within one; unpack it"
        if _format(document) == "zip"
        else "an old Word file; save it as .docx"
    )
    raise Unreadable(f"'{document.shown}' is {told}")


_SINGLE: dict[Format, Callable[[Document], Page]] = {
    "text": read_bytes,
    "pdf": read_pdf,
    "docx": read_docx,
    "mhtml": read_mhtml,
}
_TABLES: dict[Format, Callable[[str, Document], Iterator[Leaf]]] = {
    "json": json_leaves,
    "jsonl": jsonl_leaves,
    "csv": csv_leaves,
}
