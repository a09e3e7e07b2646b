"""An article as the sandbox hands it over: cleaned and dated, in plain data, or why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ingest.clean import CleanPage, clean
from ingest.inputs import Skipped
from ingest.page import Document, Leaf
from ingest.publication import Publication, find_publication
from ingest.readers import leaves
from vectorstore.errors import ItemError, Rejected

_EPOCH = date(1970, 1, 1)  # what an empty field turns into


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, not stored yet. ``name`` is what it is known by where it has no address."""

    name: str
    cleaned: CleanPage
    publication: Publication | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an input gives no article."""

    status: Literal["rejected", "failed"]
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one article of a file ended. ``shown`` is what the user sees of it."""

    shown: str
    article: Prepared | Refused


@dataclass(frozen=True, slots=True)
class Began:
    """An article's turn has come; ``total`` is how many the file holds."""

    shown: str
    total: int


Event = Outcome | Began | Skipped


def refused(error: ItemError) -> Refused:
    """``error`` as an outcome."""
    return Refused("rejected" if isinstance(error, Rejected) else "failed", str(error))


def prepare(document: Document, skip: int = 0) -> Iterator[Event]:
    """The articles of a file after the first ``skip``, each announced before it is cleaned."""
    try:
        found = list(leaves(document))
    except ItemError as error:
        yield Outcome(document.shown, refused(error))
        return
    if not skip:
        yield from (each for each in found if isinstance(each, Skipped))
    leaving = [each for each in found if isinstance(each, Leaf)]
    for leaf in leaving[skip:]:
        yield Began(leaf.shown, len(leaving))
        yield Outcome(leaf.shown, _article(leaf, document))


def _article(leaf: Leaf, document: Document) -> Prepared | Refused:
    try:
        page = leaf.page()
        cleaned = clean(page)
    except ItemError as error:
        return refused(error)
    publication = (
        _told(page.said.published)
        or find_publication(page, cleaned)
        or _told(document.said.published if document.said else None)
    )
    said = document.said.source if document.said else None
    return Prepared(leaf.name if page.name else "", cleaned, publication, page.url, page.said.source or said)


def _told(day: date | None) -> Publication | None:
    """The day that a record or a feed names as its article's, which is as good as a page's own meta element."""
    usable = day and day != _EPOCH and day <= date.today() + timedelta(days=1)
    return Publication(day, "meta") if usable and day else None
