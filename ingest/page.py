"""What is read, before it is cleaned: a file's bytes, the articles in it, and a page's text."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from ingest.kinds import Kind
from vectorstore.errors import ItemError


@dataclass(frozen=True, slots=True)
class Document:
    """A file's bytes. ``name`` is what its article is known by, ``shown`` what the user sees of it.

    Where it was fetched, ``url`` is its address, ``charset`` the encoding its server declared, and ``said`` what
    the feed that led to it says about it.
    """

    data: bytes
    name: str
    shown: str
    url: str | None = None
    charset: str = ""
    said: "Said | None" = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the file around an article says about it, such as a record's fields; empty where it says nothing."""

    title: str = ""
    author: str | None = None
    source: str | None = None
    published: date | None = None


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Page:
    """A text before cleaning. ``url`` is where it was saved from, if it says so."""

    input: str
    name: str
    kind: Kind
    content: str
    url: str | None = None
    said: Said = NOTHING_SAID


@dataclass(frozen=True, slots=True)
class Leaf:
    """One article's place in a file, named as in ``Document``.

    ``page`` reads it: it raises ``Unreadable`` where it can't, ``Rejected`` where nothing is there.
    """

    name: str
    shown: str
    page: Callable[[], Page]


def failing(name: str, shown: str, error: ItemError) -> Leaf:
    """The place of something that can't be read, so that what stands beside it can."""
    return Leaf(name, shown, partial(_raise, error))


def _raise(error: ItemError) -> Page:
    raise error
