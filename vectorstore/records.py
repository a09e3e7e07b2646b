"""The vocabulary: what is stored and what a search returns, as values that wrap one another.

``Article`` ← ``Chunk`` ← ``Hit``; ``qa.answer`` goes on with ``Citation`` and ``Answer``. Places in a text
are Unicode code points, days are inclusive, and ids derive from content or origin, never from chance.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Literal

PublishedFrom = Literal["option", "editor", "jsonld", "meta", "url", "byline", "filename"]
PublishedNote = Literal["ambiguous", "hijri"]
FoundBy = Literal["dense", "lexical"]


def digest(*parts: str) -> str:
    """16 hex digits that stand for ``parts``, in this order."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, order=True)
class Days:
    """The days from ``first`` to ``last``, both included. An open end is ``date.min`` or ``date.max``."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"{self.first} is after {self.last}")

    def overlaps(self, other: "Days") -> bool:
        """Whether any day lies in both."""
        return self.first <= other.last and other.first <= self.last

    def within(self, other: "Days") -> bool:
        """Whether every day lies in ``other`` too."""
        return other.first <= self.first and self.last <= other.last


class Fit(Enum):
    """How a passage stands to a window of time."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNDATED = "undated"


def fit(events: tuple[Days, ...], published: date | None, window: Days | None) -> Fit:
    """Whether a passage that tells ``events``, of an article ``published`` then, belongs to ``window``.

    A date that the passage tells outranks the publication date; with neither, it can't be placed.
    """
    if window is None:
        return Fit.INSIDE
    if events:
        return Fit.INSIDE if any(days.overlaps(window) for days in events) else Fit.OUTSIDE
    if published is None:
        return Fit.UNDATED
    return Fit.INSIDE if window.first <= published <= window.last else Fit.OUTSIDE


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where else the same text was found."""

    source: str
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A line that cleaning took out of the page, and why (``menu``, ``related``, ``form``, …)."""

    line: str
    why: str


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article, cleaned.

    ``article_id`` derives from the origin and ``version`` from the text. ``source`` is the outlet's name,
    empty where none is known. ``published`` is null rather than guessed; ``published_note`` says that it was told in
    digits of which either may be the month, or in the Hijri calendar.
    """

    article_id: str
    version: str
    title: str
    text: str
    language: str
    source: str
    ingested_at: datetime
    published: date | None = None
    published_from: PublishedFrom | None = None
    published_note: PublishedNote | None = None
    url: str | None = None
    author: str | None = None
    same_story_as: str | None = None
    appearances: tuple[Appearance, ...] = ()
    removed: tuple[RemovedLine, ...] = ()

    @property
    def elsewhere(self) -> tuple[Appearance, ...]:
        """The appearances that aren't the same outlet's file under another name."""
        return tuple(each for each in self.appearances if each.url or each.source != self.source)


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library holds: how many articles, when they were published, and how many each outlet has.

    ``outlets`` are those with most articles first; ``published`` is null where no article's day is known.
    """

    articles: int
    undated: int = 0
    published: Days | None = None
    outlets: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """What a web address gave when it was last fetched, to ask by whether that has changed.

    ``article_id`` is the article that is stored from it, ``listing`` what it lists, as JSON.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    article_id: str | None = None
    listing: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The characters ``start`` to ``end`` (not included) of a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of an article, and the days of what it tells; see ``passages``.

    ``events`` is empty where no day is told that can be resolved.
    """

    start: int
    end: int
    events: tuple[Days, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage as it is embedded and searched: ``article.text[start:end]``, with the sentences it touches."""

    article: Article
    start: int
    end: int
    sentences: tuple[Sentence, ...] = ()

    @property
    def events(self) -> tuple[Days, ...]:
        """The days that its sentences tell, each once."""
        return tuple(dict.fromkeys(days for each in self.sentences for days in each.events))

    @property
    def text(self) -> str:
        """The passage's words."""
        return self.article.text[self.start : self.end]

    @property
    def chunk_id(self) -> str:
        """The same for the same place in the same version."""
        return chunk_id(self.article.article_id, self.article.version, self.start, self.end)


def chunk_id(article_id: str, version: str, start: int, end: int) -> str:
    """The id of the chunk at that place."""
    return f"{article_id}-{version}-{start}-{end}"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search is restricted to; ``None`` restricts nothing. ``language`` is the articles', as ISO 639-1.

    With ``undated`` it is, instead of the window, restricted to passages that no window can place in time.
    """

    window: Days | None = None
    source: str | None = None
    undated: bool = False
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that a search found.

    ``score`` orders the hits of one search and means nothing across two. ``likeness`` is the cosine of query and
    chunk, null where only the lexical side found it.
    """

    chunk: Chunk
    score: float
    found_by: tuple[FoundBy, ...]
    likeness: float | None = None
