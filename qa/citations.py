"""How a model writes "this is in passage 3", in all spellings: changes when it is spelled in yet another way."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vectorstore.records import Span

LONGEST_MARK = 64
"""Characters after an opening bracket within which a mark has to close; what is longer is text."""
LONGEST_LINK = 300

_OPEN, _CLOSE = r"[\[【［]", r"[\]】］]"
_NAMED = r"passages?|sources?|refs?\.?|extraits?|articles?|(?:ال)?(?:مقطع|مصدر|فقرة)"
_LABEL = rf"(?:(?:{_NAMED})\s?[:#]?\s?|[\^#])?"
_PLACE = r"(?:†[^\[【［\]】］,،;؛\n]{0,24}+)?"
# Three digits at most, in any script: a bracketed year is no citation.
_ONE = rf"{_LABEL}\d{{1,3}}{_PLACE}"
_RANGE = r"\s?(?:-|–|—|‐|‑|‒|−|\bto\b|\bà\b|إلى)\s?"
_JOIN = rf"(?:\s?(?:[,،;؛、&+]|\band\b|\bet\b)\s?(?:and |et |و\s?)?|\s?و\s?|{_RANGE})"
_INSIDE = rf"{_ONE}(?:{_JOIN}{_ONE}){{0,20}}"
_LINK = rf"(?:\((?:https?:|www\.|#|/)[^)\s]{{0,{LONGEST_LINK}}}\))?"
_MARK = re.compile(rf"(?<!\\){_OPEN}{{1,2}}\s?({_INSIDE})\s?{_CLOSE}{{1,2}}{_LINK}", re.IGNORECASE)
_GROUP = re.compile(rf"(\d{{1,3}}){_PLACE}(?:{_RANGE}{_LABEL}(\d{{1,3}}))?", re.IGNORECASE)

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_UNFINISHED = re.compile(
    rf"(?:\\|{_OPEN}{{1,2}}[^\]】］\[【［\n]{{0,{LONGEST_MARK}}}"
    rf"|{_OPEN}{{1,2}}[^\]】］\[【［\n]{{1,{LONGEST_MARK}}}{_CLOSE}{{1,2}}(?:\((?:[^)\s]{{0,{LONGEST_LINK}}}))?)\Z"
)
"""The end of a text that may still become a mark, or a longer one."""


@dataclass(frozen=True, slots=True)
class Mark:
    """``text[start:end]`` cites the passages ``numbers``, in order, each once; they may not exist."""

    start: int
    end: int
    numbers: tuple[int, ...]


def marks(text: str) -> list[Mark]:
    """The citation marks of ``text``, in order: ``[1]``, ``[1, 2]``, ``[1، 2]``, ``[١]``, ``【1】``, ``[1-3]``, …

    ``[2024]`` and ``\\[1\\]`` are none. A link behind a mark (``[1](https://…)``) is part of it.
    """
    return [Mark(*found.span(), _numbers(found[1])) for found in _MARK.finditer(text)]


def _numbers(inside: str) -> tuple[int, ...]:
    numbers: dict[int, None] = {}
    for group in _GROUP.finditer(inside):
        first = int(group[1])
        last = int(group[2]) if group[2] else first
        numbers |= dict.fromkeys(range(min(first, last), max(first, last) + 1))
    return tuple(numbers)


def without_marks(text: str, found: Sequence[Mark]) -> tuple[str, list[int]]:
    """``text`` without the marks ``found`` and the space before them, and where in the result each one stood."""
    kept, places, done, length = [], [], 0, 0
    for mark in found:
        piece = text[done : mark.start].rstrip(" \u00a0\u202f\t")
        kept.append(piece)
        length += len(piece)
        places.append(length)
        done = mark.end
    return "".join([*kept, text[done:]]), places


def plain_spans(text: str, split: Callable[[str], list[Span]]) -> Iterator[tuple[Span, tuple[int, ...]]]:
    """The sentences of a line with the numbers that each cites, where ``split`` finds them in a text without marks.

    The spans are of ``text`` and hold the marks. A mark belongs to the sentence before it, at the beginning to the
    one after it.
    """
    found = marks(text)
    plain, places = without_marks(text, found)
    spans = split(plain)
    owners = [max(sum(span.start < place for span in spans) - 1, 0) for place in places]
    for at, span in enumerate(spans):
        own = [mark for mark, owner in zip(found, owners, strict=True) if owner == at]
        start = _with_marks(found, places, span.start)
        end = max([_with_marks(found, places, span.end - 1) + 1, *(mark.end for mark in own)])
        yield Span(start, end), tuple(dict.fromkeys(n for mark in own for n in mark.numbers))


def _with_marks(found: Sequence[Mark], places: Sequence[int], plain_place: int) -> int:
    """The place in a text with the marks ``found`` of the character at ``plain_place`` in the one without."""
    before = [(mark, place) for mark, place in zip(found, places, strict=True) if place <= plain_place]
    return before[-1][0].end + plain_place - before[-1][1] if before else plain_place


def bare(sentence: str) -> str:
    """A sentence of an answer as it was claimed: without marks and without the escapes that Markdown needs."""
    return _ESCAPED.sub(r"\1", without_marks(sentence, marks(sentence))[0])


class HoldBack:
    """Passes a stream on in pieces that never end within a mark."""

    def __init__(self) -> None:
        self._held = ""

    def feed(self, piece: str) -> str:
        """What may be shown once ``piece`` has come: all of it, but for a tail that may be a mark's beginning."""
        text = self._held + piece
        unfinished = _UNFINISHED.search(text, max(0, len(text) - 2 * LONGEST_MARK - LONGEST_LINK))
        cut = unfinished.start() if unfinished else len(text)
        self._held = text[cut:]
        return text[:cut]

    def end(self) -> str:
        """What was still held back when the stream ended."""
        held, self._held = self._held, ""
        return held
