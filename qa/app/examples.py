"""Questions to begin with, made of what is stored: whom somebody met, when something was, how many, what happened.

Each is asked once in the background, without a language model, and offered only where the answer is of the kind that
was asked for and from the article that the question was made of. Until that is done, questions after titles stand in.
"""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from qa.app.dates import written
from qa.app.key_words import in_quote
from qa.app.words import LANGUAGES, say
from qa.operations import Operations
from qa.relations import forms
from vectorstore.errors import UserError
from vectorstore.text import terms

Json = Mapping[str, Any]

MOST = 4
MOST_READ = 12
"""Articles a language that questions are made of, the newest."""
LONGEST_TITLE = 70
_TRIED = 3
_MOST_TRIES = 24
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLACED = re.compile(r"\b(?:in|at|to|à|en|في|إلى)\s([^\W\d_]{3,})")
_COUNTED = re.compile(
    r"(?<![\d.,/:-])(?:[1-9]\d{2}|\d{1,3}(?:[,. \u00a0\u202f]\d{3})+)\s([^\W\d_]{4,20})(?![\w’'])"
)
# What follows a number and isn't counted by it.
_NOT_COUNTED = frozenset("million millions milliard milliards billion thousand مليون مليار ملايين".split())
_KINDS = ("who", "when", "how_many", "what", "said")


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the article that has to be cited for it; empty where any may be."""

    kind: str
    language: str
    question: str
    article_id: str = ""


class Examples:
    """The questions for what is stored by now. ``later`` carries out the asking, by default in its own thread."""

    def __init__(
        self, operations: Operations, later: Callable[[Callable[[], None]], None] | None = None
    ) -> None:
        self._operations = operations
        self._later = later or _in_background
        self._made: tuple[frozenset[str], list[str]] = frozenset(), []
        self._busy = threading.Lock()

    def of(self, articles: Sequence[Json]) -> list[str]:
        """The questions that have been tried; empty where none has been yet, or ``articles`` are new."""
        wanted = frozenset(each["version"] for each in articles)
        if wanted != self._made[0] and self._busy.acquire(blocking=False):
            self._later(lambda: self._make(articles, wanted))
        made_of, questions = self._made
        return questions if wanted == made_of else []

    def _make(self, articles: Sequence[Json], wanted: frozenset[str]) -> None:
        try:
            read = [self._operations.show(each["article_id"]) for each in _newest(articles)]
            self._made = wanted, chosen(candidates(read), self._answers)
        except UserError:
            pass  # an article has just gone: the next visitor's page tries again
        finally:
            self._busy.release()

    def _answers(self, example: Example) -> bool:
        *_, told = self._operations.ask(example.question, llm="none")
        return not told["abstained"] and fits(example, told)


def _in_background(work: Callable[[], None]) -> None:
    threading.Thread(target=work, name="examples", daemon=True).start()


def _newest(articles: Sequence[Json]) -> list[Json]:
    """The first few articles of each language that the page speaks; they are listed newest first."""
    of_language: Counter[str] = Counter()
    kept = []
    for each in articles:
        of_language[each["language"]] += 1
        if each["language"] in LANGUAGES and of_language[each["language"]] <= MOST_READ:
            kept.append(each)
    return kept


def fits(example: Example, told: Json) -> bool:
    """Whether the answer is of the kind that was asked for, and from the article that was asked about."""
    sources = [each["article_id"] for each in told["citations"]]
    if not sources or example.article_id not in ("", *sources):
        return False
    first = told["citations"][0]
    if example.kind == "who":
        return bool(told["people"]) and len(sources) > 1
    if example.kind == "when":
        event = first.get("event")
        return event is not None and event["from"] == event["to"]
    if example.kind == "how_many":
        start, end = in_quote(first) or (0, 0)
        return any(map(str.isdigit, first["quote"][start:end]))
    return True


def candidates(articles: Sequence[Json]) -> Iterator[Example]:
    """What may be asked of ``articles``, which are as ``show`` gives them."""
    for language in dict.fromkeys(each["language"] for each in articles):
        for name in _who_met([each for each in articles if each["language"] == language], language):
            yield Example("who", language, say(language, "example_who", name=name))
    for each in articles:
        yield from _of_article(each)


def _of_article(article: Json) -> Iterator[Example]:
    language, name = article["language"], article["article_id"]
    published = article.get("published") or ""
    if len(published) >= len("2024-10"):
        month = written(published[:7], language)
        yield Example("what", language, say(language, "example_what", month=month), name)
    title = " ".join((article.get("title") or "").split())
    if not title or len(title) > LONGEST_TITLE:
        return
    yield Example("said", language, say(language, "example", title=title), name)
    yield Example("when", language, say(language, "example_when", title=title), name)
    for noun in _counted(article["text"]):
        yield Example("how_many", language, say(language, "example_many", title=title, noun=noun), name)


def _who_met(articles: Sequence[Json], language: str) -> list[str]:
    """The words that stand most often before a verb of meeting: mostly the name of who met somebody."""
    found: Counter[str] = Counter()
    lines = [line for each in articles for line in (each.get("title") or "", *each["text"].split("\n"))]
    places = {placed[1] for line in lines for placed in _PLACED.finditer(line)}
    for words in map(_WORD.findall, lines):
        for before, verb in pairwise(words):
            named = language == "ar" or before[0].isupper()
            if named and before not in places and set(terms(verb)) & forms("meet"):
                found[before] += 1
    return [name for name, _ in found.most_common(_TRIED)]


def _counted(text: str) -> list[str]:
    nouns = (found[1] for found in _COUNTED.finditer(text))
    return list(dict.fromkeys(each for each in nouns if each.lower() not in _NOT_COUNTED))[:_TRIED]


def chosen(offered: Iterable[Example], answers: Callable[[Example], bool]) -> list[str]:
    """At most ``MOST`` of the questions that ``answers`` lets through: kinds and languages in turn."""
    waiting: dict[tuple[str, str], list[Example]] = {}
    for each in offered:
        waiting.setdefault((each.kind, each.language), []).append(each)
    languages = list(dict.fromkeys(language for _, language in waiting))
    # Along the diagonal: the next question is of another kind and, where there are several, in another language.
    turns = sorted(
        waiting, key=lambda turn: _KINDS.index(turn[0]) * (len(languages) + 1) + languages.index(turn[1])
    )
    turns.sort(key=lambda turn: (_KINDS.index(turn[0]) - languages.index(turn[1])) % max(len(languages), 1))
    kept: list[str] = []
    tries = 0
    while turns and len(kept) < MOST and tries < _MOST_TRIES:
        turn = turns.pop(0)
        tried, waiting[turn] = waiting[turn][:_TRIED], waiting[turn][_TRIED:]
        for at, each in enumerate(tried):
            tries += 1
            if answers(each):
                kept.append(each.question)
                waiting[turn] = tried[at + 1 :] + waiting[turn]
                break
        if waiting[turn]:
            turns.append(turn)
    return kept
