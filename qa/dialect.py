"""Question words of spoken Arabic in those of the written language, in which articles and models know them."""

import re
from functools import cache

from qa.exonyms import is_arabic_place
from vectorstore.text import fold, words

# The written word, then what is said for it in the Maghreb, in Egypt, in the Levant and in the Gulf.
_WRITTEN = """
من: شكون, اشكون, مين, منو
من الذي: شكون اللي, مين اللي
متى: وقتاش, فوقاش, فوقاه, إمتى, امتى, ايمتى, إيمتى
أين: فين, وين, فاين
لماذا: علاش, علاه, ليش, ليه
كيف: كيفاش, ازاي, إزاي, شلون
كم: شحال, بشحال, قداش, قديش, كام
كم عدد: شحال ديال, شحال من, قداش من, قديش عدد
هل: واش
ما: شنو, اشنو, أشنو, آش, اش, وش, شو, ايش, إيش, شنهو
ما هو: شنو هو, اشنو هو, شنو هوا
ما هي: شنو هي, اشنو هي
ماذا: شنو اللي, آش اللي
"""
# What may stand before the question word.
_BEFORE = frozenset(fold("مع في إلى على عن من بعد قبل منذ ضد قل لي").split())
_LONGEST = 2
# Characters looked at, and of a question.
_OPENING, _LONGEST_QUESTION = 60, 1000
# «شحال دالناس» for «شحال ديال الناس».
_OF = re.compile(r"^ د(?=ال)")


def in_written(question: str) -> str:
    """``question`` with the question word that it opens with as it is written, and «في» parted from places.

    As it is, where it has none of spoken Arabic.
    """
    spans = words(question[:_OPENING])
    said = [fold(question[span.start : span.end]) for span in spans]
    first = next((at for at, word in enumerate(said) if word not in _BEFORE), len(said))
    for length in range(_LONGEST, 0, -1):
        opening = said[first : first + length]
        linked = opening[:1] and opening[0] not in _spoken_words() and opening[0].startswith("و")
        key = (opening[0][1:], *opening[1:]) if linked else tuple(opening)
        if len(opening) == length and (written := _spoken().get(key)):
            start = spans[first].start + bool(linked)
            return question[:start] + written + _parted(question[spans[first + length - 1].end :])
    return question


def _parted(rest: str) -> str:
    if len(rest) > _LONGEST_QUESTION:
        return rest
    for span in reversed(words(rest)):
        word = rest[span.start : span.end]
        if word.startswith("ف") and (word.startswith("فال") or is_arabic_place(fold(word[1:]))):
            rest = f"{rest[: span.start]}في {rest[span.start + 1 :]}"
    return _OF.sub(" من ", rest)


@cache
def _spoken() -> dict[tuple[str, ...], str]:
    """The written words for each run of folded spoken ones."""
    rows = (line.split(": ") for line in _WRITTEN.split("\n") if line)
    return {tuple(fold(said).split()): written for written, several in rows for said in several.split(", ")}


@cache
def _spoken_words() -> frozenset[str]:
    return frozenset(word for run in _spoken() for word in run)
