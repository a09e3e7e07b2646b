"""An answer and what it stands on: citations, support, and what was looked at."""

from dataclasses import dataclass, field
from typing import Literal

from vectorstore.records import Article, Chunk, Days, Span

Support = Literal["supported", "partial", "unsupported"]
SUPPORT_ORDER: dict[Support, int] = {"supported": 0, "partial": 1, "unsupported": 2}
"""From best to worst."""
Mode = Literal["extractive", "llm"]
Reason = Literal["no_articles", "nothing_relevant", "outside_window", "not_supported"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same chat, with its answer's words."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """The days a question is about, and the words or options that said so."""

    days: Days
    understood_from: str


@dataclass(frozen=True, slots=True)
class Person:
    """A name asked about, and the spellings of it that occur in the articles."""

    asked: str
    matched: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article: ``chunk.article.text[start:end]``, with the event they tell.

    ``highlight`` is the part of them that answers, in the article's own places. ``retold`` are other articles that
    tell the same; where the very article appeared too is known to the article.
    """

    chunk: Chunk
    start: int
    end: int
    event: Days | None = None
    highlight: Span | None = None
    retold: tuple[Article, ...] = ()

    @property
    def article(self) -> Article:
        """The article, in the version that holds these words."""
        return self.chunk.article

    @property
    def quote(self) -> str:
        """The words, verbatim."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that the answer refers to as ``[number]``."""

    number: int
    passage: Passage
    support: Support = "supported"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``answer.text[start:end]`` with the citations it rests on; ``missing`` is what they don't say."""

    start: int
    end: int
    cites: tuple[int, ...]
    support: Support = "supported"
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown for a question. While it grows, ``complete`` is false.

    ``confidence`` is how likely the likeliest sentence found is to answer, 0 to 1, where that decided whether there
    is an answer.
    """

    question: str
    rewritten: str
    language: str
    text: str
    mode: Mode = "extractive"
    reason: Reason | None = None
    confidence: float | None = None
    notice: str | None = None
    window: Window | None = None
    people: tuple[Person, ...] = ()
    citations: tuple[Citation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    nearest: tuple[Passage, ...] = ()
    undated: tuple[Passage, ...] = ()
    articles_considered: int = 0
    model: str | None = None
    timings_ms: dict[str, int] = field(default_factory=dict)
    complete: bool = True

    @property
    def abstained(self) -> bool:
        """Whether the stored articles don't answer."""
        return self.reason is not None
