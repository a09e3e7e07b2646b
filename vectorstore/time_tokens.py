"""A text as the tokens that the grammar of times reads, each with its place and what it may say.

One pass, one small pattern without nested repetition: linear in the text, whatever it holds.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vectorstore.folding import fold
from vectorstore.time_words import NOTHING, Sense, phrase_starts, sense

# Marks that stand inside words (harakat) or nowhere to be seen (bidi, zero width).
_INVISIBLE = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
)
_TOKEN = re.compile(rf"(?P<word>[^\W\d_](?:[^\W\d_]|[{_INVISIBLE}])*)|(?P<digits>\d+)|[^\s\w{_INVISIBLE}]|_")
_ONLY_INVISIBLE = re.compile(rf"[{_INVISIBLE}]*")
_APOSTROPHES = frozenset("'’ʼ`´‘")
_LONGEST_NUMBER = 4

PARAGRAPH = "\n"


class Token(NamedTuple):
    """One word, number or mark. ``number`` is -1 but for up to four digits; ``glued`` to the token before."""

    start: int
    end: int
    word: str
    sense: Sense
    number: int = -1
    digits: int = 0
    glued: bool = False
    capital: bool = False


NO_TOKEN = Token(0, 0, "", NOTHING)


def tokens(text: str) -> list[Token]:
    """The tokens of ``text``, set phrases as one each, :data:`PARAGRAPH` where a blank line parts them."""
    single = list(_single(text))
    joined = []
    i = 0
    while i < len(single):
        token, i = _phrase(single, i)
        joined.append(token)
    return joined


def _single(text: str) -> Iterator[Token]:
    end = 0
    for match in _TOKEN.finditer(text):
        start, written = match.start(), match.group()
        if written in _APOSTROPHES:
            end = match.end() if start == end else end  # "1990's" stays in one piece
            continue
        glued = start == end or _ONLY_INVISIBLE.fullmatch(text, end, start) is not None
        if not glued and text.count("\n", end, start) > 1:
            yield Token(start, start, PARAGRAPH, NOTHING)
        end = match.end()
        if match.lastgroup == "digits":
            digits = len(written)
            number = int(written) if digits <= _LONGEST_NUMBER else -1
            yield Token(start, end, "", NOTHING, number, digits, glued)
        else:
            word = fold(written) if match.lastgroup else written
            yield Token(start, end, word, sense(word), glued=glued, capital=written[0].isupper())


def _phrase(single: list[Token], i: int) -> tuple[Token, int]:
    """The token at ``i``, grown over the longest set phrase that begins there, and the place after it."""
    token = single[i]
    for words, meaning in phrase_starts(token.word):
        j = i + 1
        for word in words:
            if j < len(single) and single[j].word == "-" and single[j].glued:
                j += 1
            if j >= len(single) or single[j].word != word:
                break
            j += 1
        else:
            return token._replace(end=single[j - 1].end, sense=meaning), j
    return token, i + 1
