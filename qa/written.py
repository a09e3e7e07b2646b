"""A model's stream of words → its sentences, each with the passages it cites: changes when models lay out their
answers in another way.

What only dresses the text up (bold, headings, tables of links) is taken off: the answer's Markdown is ours.
"""

import re
from dataclasses import dataclass

from qa.citations import HoldBack, Mark, marks, without_marks
from vectorstore.records import Span
from vectorstore.text import fold, sentences

_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_PICTURE_OR_LINK = re.compile(r"!?\[([^\]\[\n]{0,300})\]\((?:[^)\s]{0,400})(?:\s[^)\n]{0,300})?\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]{0,400}>")
_LINE_START = re.compile(r"\s{0,12}(?:#{1,6}\s|>\s|\d{1,2}[.)]\s|[-–*•+]\s)+")
_BULLET = re.compile(r"[-–*•+\d]")
_SOURCE_LIST = re.compile(
    rf"(?:sources?|references?|citations?|notes?|{fold('المصادر|المراجع|مصادر|مراجع')})\s?:?"
)
_STOPS = re.compile(r"[.!?؟…。\n]")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as the model wrote it, without its marks; ``lead`` is what parts it from the one before.

    ``lead`` is a space, one or two line breaks, or a line break with ``- `` for an item of a list.
    """

    lead: str
    text: str
    numbers: tuple[int, ...]


class SentenceReader:
    """Takes a reply in pieces and gives out each sentence as soon as the next one has begun."""

    def __init__(self) -> None:
        self._holdback = HoldBack()
        self._raw = ""
        self._ended = False

    def feed(self, piece: str) -> list[Written]:
        """The sentences that ``piece`` completes."""
        self._raw += self._holdback.feed(piece)
        return self._take(at_end=False) if _STOPS.search(self._raw) else []

    def end(self) -> list[Written]:
        """The sentences that were still open."""
        self._raw += self._holdback.end()
        return self._take(at_end=True)

    def _take(self, *, at_end: bool) -> list[Written]:
        # Up to the last space: a word half there may yet turn out to belong to the sentence before it.
        settled = self._raw if at_end else self._raw[: _last_space(self._raw)]
        found = marks(settled)
        plain, places = without_marks(settled, found)
        spans = sentences(plain)
        whole = len(spans) if at_end else len(spans) - 1
        if whole < 1 or self._ended:
            return []
        owners = [_owner(plain, spans, place) for place in places]
        taken: list[Written] = []
        before = 0
        for at, span in enumerate(spans[:whole]):
            numbers = (
                n for mark, owner in zip(found, owners, strict=True) if owner == at for n in mark.numbers
            )
            gap, text = _parted(plain[before : span.start], plain[span.start : span.end])
            before = span.end
            if _SOURCE_LIST.fullmatch(fold(text).strip(" #*:_")):
                self._ended = True
                break
            taken.append(Written(_lead(gap), _undressed(text), tuple(dict.fromkeys(numbers))))
        used = sum(owner < whole for owner in owners)
        self._raw = self._raw[_raw_place(found[:used], places[:used], before) :]
        return [each for each in taken if any(map(str.isalnum, each.text))]


def _last_space(text: str) -> int:
    return max(text.rfind(" "), text.rfind("\n"), text.rfind("\t"))


def _owner(plain: str, spans: list[Span], place: int) -> int:
    """Which sentence a mark at ``place`` belongs to: the one before it on its line, else the one after it."""
    before = sum(span.start < place for span in spans) - 1
    own_line = before >= 0 and "\n" not in plain[spans[before].end : place]
    return before if own_line or before + 1 == len(spans) else before + 1


def _raw_place(used: list[Mark], places: list[int], plain_place: int) -> int:
    """The place in the text with marks that is ``plain_place`` in the one without, and behind all marks ``used``."""
    if not used:
        return plain_place
    return used[-1].end + max(plain_place - places[-1], 0)


def _parted(gap: str, text: str) -> tuple[str, str]:
    """The gap with what begins a line ("2. ", "## "), and the sentence without."""
    mark = _LINE_START.match(text) if not gap or "\n" in gap else None
    return (gap + mark[0], text[mark.end() :]) if mark else (gap, text)


def _lead(gap: str) -> str:
    lines = gap.count("\n")
    if _BULLET.search(gap.rsplit("\n", 1)[-1]):
        return "\n- "
    return "\n\n" if lines > 1 else "\n" if lines else " "


def _undressed(text: str) -> str:
    text = _TAG.sub("", _PICTURE_OR_LINK.sub(r"\1", text))
    return " ".join(_EMPHASIS.sub("", text).split())
