"""An answer that was saved or pasted → its sentences, what they cite, and its sources: changes with the forms that
answers are kept in.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from qa.citations import bare, marks, plain_spans
from qa.grave import unfounded
from qa.phrases import SAID
from vectorstore.errors import UserError
from vectorstore.records import Span
from vectorstore.text import fold, sentences, terms

MOST_CHARACTERS = 100_000
MOST_CITATIONS = 500
FEWEST_WORDS = 4
"""A line of fewer words that cites nothing, such as a heading, claims nothing."""

_LIST_HEAD = re.compile(
    r"\W{0,20}(?:sources?|references?|citations?|notes?|footnotes?|المصادر|المراجع|الهوامش|مصادر|مراجع)\W*",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\s{0,3}(?:[-*]\s)?\[\^?(\d{1,3})\]:?\s+(?=\S)")
_ITEM = re.compile(r"\s{0,3}(?:[-*]\s)?(?:\[\^?(\d{1,3})\]:?|(\d{1,3})[.)])\s+(?=\S)")
# A heading, and a line that is all remark, as an exported chat has them.
_NOT_SAID = re.compile(r"\s{0,20}#{1,6}\s|\s{0,20}\*[^*\n]+\*\s*$")
_REMARK = re.compile(r"\s?\*\([^*()\n]{1,80}\)\*")
_OWN = tuple(
    SAID[name][language].split("{")[0].strip()
    for name in ("no_articles", "nothing_relevant", "outside_window", "left")
    for language in ("en", "fr", "ar")
)
"""How the program's own refusals and remarks begin."""
_LINE = re.compile(r"[^\n]+")
_LABEL = re.compile(r"\s*(?:[-*+•>]\s+|#{1,6}\s+|\d{1,2}[.)]\s+)*(?:\*\*[^*\n]{1,80}\*\*\s*[—–:-]\s*)?")
_QUOTED = re.compile(r"“([^“”]{8,})”|«\s?([^«»]{8,}?)\s?»|\"([^\"]{8,})\"")
# A quotation may itself quote.
_WIDEST = (re.compile(r"“(.{8,600})”"), re.compile(r"«(.{8,600})»"))
_URL = re.compile(r"https?://[^\s<>()\"'«»“”]+")
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{16}(?![0-9a-f])")


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer names as a source: a place in a version, or a line of a list to find the article by.

    ``quotes`` are readings of what is quoted, likeliest first, ``ids`` those of an article and its version.
    ``start`` is where the quotation stood in its version, null where the answer doesn't tell.
    """

    number: int
    ids: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    start: int | None = None
    url: str | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """``answer[start:end]`` claims something and cites ``cites``; ``label`` stands before it on its line."""

    start: int
    end: int
    cites: tuple[int, ...]
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """An answer with all that it claims, in order, and its sources by number."""

    answer: str
    said: tuple[Said, ...]
    sources: Mapping[int, Source]


class _Citation(BaseModel):
    n: int
    article_id: str
    version: str | None = None
    quote: str = ""
    start: int | None = None


class _Sentence(BaseModel):
    start: int
    end: int
    cites: list[int]


class _Answer(BaseModel):
    answer: str = Field(max_length=MOST_CHARACTERS)
    citations: list[_Citation] = Field(max_length=MOST_CITATIONS)
    sentences: list[_Sentence] = []
    abstained: bool = False


def answers_in(text: str) -> list[dict[str, Any] | str]:
    """What there is to check in ``text``: each answer of a chat exported as JSON, that of ``ask``, or ``text``."""
    told = _object(text)
    return [*chat_in(told)] or [told if "answer" in told else text]


def chat_in(given: str | dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of an exported chat, in order; none where ``given`` isn't one."""
    exchanges = _object(given).get("exchanges")
    if not isinstance(exchanges, list):
        return []
    answers = [each.get("answer") for each in exchanges if isinstance(each, dict)]
    return [each for each in answers if isinstance(each, dict) and "answer" in each]


def _object(given: str | dict[str, Any]) -> dict[str, Any]:
    """The JSON object that ``given`` is or holds, empty for pasted text and broken JSON."""
    if isinstance(given, dict):
        return given
    try:
        told = json.loads(given.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def read_saved(given: str | Mapping[str, Any]) -> Saved:
    """The answer in ``given``: what ``ask`` returns, the same as JSON, or text with [n] and a list of sources.

    The list may be Markdown footnotes (``[^1]: …``) or numbered lines under a heading such as "Sources". A source is
    told by its article's id, address, title or a quotation. Raises ``UserError`` for anything else.
    """
    if isinstance(given, str):
        if not given.lstrip("\ufeff \n\r\t").startswith("{"):
            return _from_text(given.lstrip("\ufeff"))
        try:
            given = json.loads(given.lstrip("\ufeff"))
        except (ValueError, RecursionError) as error:
            raise UserError(
                "the saved answer is broken JSON: save it again with 'isnad ask --json'"
            ) from error
    return _from_json(given)


def _from_json(given: Any) -> Saved:
    try:
        answer = _Answer.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "all of it"
        raise UserError(
            f"this isn't an answer as 'isnad ask --json' prints one ({where}: {first['msg'].lower()})"
        ) from error
    sources = {
        each.n: Source(
            each.n,
            (each.article_id, *filter(None, [each.version])),
            (each.quote,) if each.quote else (),
            each.start,
        )
        for each in answer.citations
    }
    if answer.abstained and not sources:
        return Saved(answer.answer, (), {})
    spans = [Span(each.start, each.end) for each in answer.sentences]
    fits = _fit(answer.answer, spans, [each.cites for each in answer.sentences])
    said = _by_spans(answer.answer, spans) if fits else _split(answer.answer, 0, len(answer.answer))
    return Saved(answer.answer, tuple(said), sources)


def _fit(text: str, spans: Sequence[Span], cites: Sequence[Sequence[int]]) -> bool:
    """Whether the saved places still are those of the text's sentences: an edited text has moved on."""
    inside = all(0 <= each.start < each.end <= len(text) for each in spans)
    apart = all(one.end <= other.start for one, other in pairwise(spans))
    if not (spans and inside and apart):
        return False
    own = [_cited(text[each.start : each.end]) for each in spans]
    return own == [tuple(each) for each in cites] and sum(map(len, own)) == len(_cited(text, once=False))


def _cited(text: str, *, once: bool = True) -> tuple[int, ...]:
    numbers = [number for mark in marks(text) for number in mark.numbers]
    return tuple(dict.fromkeys(numbers)) if once else tuple(numbers)


def _by_spans(text: str, spans: Sequence[Span]) -> Iterator[Said]:
    """The sentences at ``spans``, and whatever else the text claims between them."""
    done = 0
    for span in spans:
        label_start = max(done, text.rfind("\n", done, span.start) + 1)
        yield from _split(text, done, label_start)
        piece = text[span.start : span.end]
        yield Said(span.start, span.end, _cited(piece), bare(piece), text[label_start : span.start])
        done = span.end
    yield from _split(text, done, len(text))


def _split(text: str, start: int, end: int) -> Iterator[Said]:
    """The sentences of ``text[start:end]`` that claim something."""
    for line in _LINE.finditer(text, start, end):
        if _NOT_SAID.match(line[0]) or line[0].lstrip().startswith(_OWN):
            continue
        label = _LABEL.match(text, line.start(), line.end())
        begins = label.end() if label else line.start()
        found = list(_of_line(text, begins, line.end(), text[line.start() : begins]))
        later: tuple[int, ...] = ()
        for at in range(len(found) - 1, -1, -1):
            later = found[at].cites or later
            found[at] = replace(found[at], cites=later)  # a mark at the end of a paragraph is for all of it
        yield from (each for each in found if _claims(each))


def _of_line(text: str, start: int, end: int, label: str) -> Iterator[Said]:
    line = text[start:end]
    for span, numbers in plain_spans(line, sentences):
        said = bare(_REMARK.sub("", line[span.start : span.end]))
        yield Said(start + span.start, start + span.end, numbers, said, label.strip())


def _claims(said: Said) -> bool:
    if said.cites:
        return any(map(str.isalnum, said.text))
    if said.text.rstrip(" *_").endswith(
        ":"
    ):  # leads in to what is cited, unless it tells what must be looked up
        return bool(unfounded(frozenset(terms(said.text)), frozenset()))
    return len(said.text.split()) >= FEWEST_WORDS


def _from_text(text: str) -> Saved:
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            f"the text has {len(text)} characters: {MOST_CHARACTERS} are the most that are checked"
        )
    lines = list(_LINE.finditer(text))
    first = next((at for at, line in enumerate(lines) if _begins_list(line[0])), len(lines))
    entries = _entries([line[0] for line in lines[first:]])
    if not entries:
        raise UserError(
            "there is no list of sources in the text: end it with lines such as "
            '“[1] title or address of the article: "the words quoted"”'
        )
    body = text[: lines[first].start()] if first < len(lines) else text
    sources = {number: _source(number, line) for number, line in entries.items()}
    return Saved(body, tuple(_split(body, 0, len(body))), sources)


def _begins_list(line: str) -> bool:
    return bool(_LIST_HEAD.fullmatch(line) or _FOOTNOTE.match(line))


def _entries(lines: Sequence[str]) -> dict[int, str]:
    """The list's entries by number; a line without a number goes on with the entry before it."""
    found: dict[int, str] = {}
    number = 0
    for line in lines:
        begun = _ITEM.match(line)
        if begun:
            number = int(begun[1] or begun[2])
            found[number] = line[begun.end() :]
        elif number:
            found[number] += f" {line.strip(' >*')}"
    return found


def _source(number: int, line: str) -> Source:
    widest = [found[1] for found in (pattern.search(line) for pattern in _WIDEST) if found]
    quotes = [next(filter(None, found.groups())) for found in _QUOTED.finditer(line)]
    url = _URL.search(line)
    return Source(
        number,
        tuple(_ID.findall(line)),
        tuple(bare(each).strip(" .…") for each in [*widest, *sorted(quotes, key=len, reverse=True)]),
        None,
        url[0].rstrip(".,;") if url else None,
        fold(bare(line)),
    )
