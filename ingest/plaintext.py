"""Plain scraped text to lines: one paragraph a line, hard wraps undone, stuck-on boilerplate cut off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.labels import sentences_of_forms
from ingest.lines import PROSE, Line, ends_sentence, is_prose, letters, tidy
from ingest.phrases import ADVERT, FORM
from vectorstore.folding import fold, fold_map

_WIDEST_WRAP = 110  # characters of a line that somebody's editor may have broken
_TAIL = 60  # characters after a form's phrase in which its sentence ends


def read_plain(content: str) -> list[Line]:
    """The lines of ``content``; an empty one stands for a gap."""
    lines = unwrap([Line(text) for text in tidy(content).split("\n")])
    return [piece for line in lines for piece in _unstuck(line)]


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs that were broken at a fixed width, joined again; other texts as they are."""
    blocks = list(_blocks(lines))
    inner = [line for block in blocks for line in block[:-1]]
    if len(inner) < 3 or not _is_wrapped(inner):
        return list(lines)
    return [each for block in blocks for each in (*_joined(block), Line(""))]


def _is_wrapped(inner: Sequence[Line]) -> bool:
    widest = max(len(line.text) for line in inner)
    full = sum(len(line.text) >= 0.7 * widest for line in inner)
    ended = sum(ends_sentence(line.text) for line in inner)
    return 40 <= widest <= _WIDEST_WRAP and full >= 0.7 * len(inner) and ended <= 0.45 * len(inner)


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in [*lines, Line("")]:
        if block and (not line.text or line.tag or block[-1].heading):
            yield block
            block = []
        if line.text:
            block.append(line)


def _joined(block: Sequence[Line]) -> list[Line]:
    return [replace(block[0], text=" ".join(line.text for line in block))]


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
