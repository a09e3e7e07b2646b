"""Plain scraped text to lines: one paragraph a line, hard wraps undone, stuck-on boilerplate cut off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile, pairwise, takewhile

from ingest.labels import sentences_of_forms
from ingest.lines import PROSE, Line, ends_sentence, is_prose, letters, tidy
from ingest.phrases import ADVERT, FORM
from vectorstore.folding import fold, fold_map

_WIDEST_WRAP = 110  # characters of a line that somebody's editor may have broken
_FULL = 0.7  # of the width, that a broken line fills
_TAIL = 60  # characters after a form's phrase in which its sentence ends


def read_plain(content: str) -> list[Line]:
    """The lines of ``content``; an empty one stands for a gap."""
    lines = unwrap([Line(text) for text in tidy(content).split("\n")])
    return [piece for line in lines for piece in _unstuck(line)]


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs that were broken at a fixed width, joined again; other texts as they are."""
    blocks = list(_blocks(lines))
    full = _FULL * max((len(line.text) for line in lines if len(line.text) <= _WIDEST_WRAP), default=0)
    joints = [
        joint for block in blocks for joint in dropwhile(lambda two: len(two[0].text) < full, pairwise(block))
    ]
    if len(joints) < 3 or not _is_wrapped(joints):
        return list(lines)
    return [each for block in blocks for each in (*_joined(block, full), Line(""))]


def _is_wrapped(joints: Sequence[tuple[Line, Line]]) -> bool:
    """Whether neighbouring lines are one paragraph's: the first fills the width and ends no sentence, the next
    begins none."""
    inner = [line.text for line, _ in joints]
    widest = max(map(len, inner))
    full = sum(len(text) >= _FULL * widest for text in inner)
    ended = sum(map(ends_sentence, inner))
    begun = sum(after.text[:1].isupper() for _, after in joints)
    return (
        40 <= widest <= _WIDEST_WRAP
        and full >= _FULL * len(joints)
        and max(ended, begun) <= 0.45 * len(joints)
    )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in [*lines, Line("")]:
        if block and (not line.text or line.tag or block[-1].heading):
            yield block
            block = []
        if line.text:
            block.append(line)


def _joined(block: Sequence[Line], full: float) -> list[Line]:
    """The block's paragraph, after what stands above it in lines that don't fill the width: a headline, a byline."""
    above = list(takewhile(lambda line: len(line.text) < full, block[:-1]))
    return [*above, replace(block[len(above)], text=" ".join(line.text for line in block[len(above) :]))]


def _unstuck(line: Line) -> list[Line]:
    """The line in parts where a form's sentence is stuck to a paragraph."""
    if letters(line.text) < PROSE or not _stuck().search(fold(line.text)):
        return [line]
    parts, rest = [], 0
    folded, places = fold_map(line.text)
    for found in _stuck().finditer(folded):
        start, end = places[found.start()], _sentence_end(line.text, places[found.end() - 1] + 1)
        if start >= rest:
            parts += [line.text[rest:start], line.text[start:end]]
            rest = end
    parts.append(line.text[rest:])
    # A paragraph must be left, else the line is all form.
    if not any(is_prose(replace(line, text=part)) for part in parts[::2]):
        return [line]
    return [replace(line, text=part.strip()) for part in parts if part.strip()]


@cache
def _stuck() -> re.Pattern[str]:
    phrases = [phrase for phrase, why in sentences_of_forms() if why in (FORM, ADVERT)]
    return re.compile("|".join(map(re.escape, phrases)))


def _sentence_end(text: str, at: int) -> int:
    """Where the form's sentence that goes on at ``at`` ends; ``at`` itself where no end is near."""
    if text[at - 1].isalpha():
        stops = [stop for mark in ".*!" if (stop := text.find(mark, at, at + _TAIL)) >= 0]
        return min(stops) + 1 if stops else at
    return at
