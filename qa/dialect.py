"""Question words of spoken Arabic in those of the written language, in which articles and models know them."""

from functools import cache

from vectorstore.text import fold, words

# The written word, then what is said for it in the Maghreb, in Egypt, in the Levant and in the Gulf.
_WRITTEN = """
من: شكون, اشكون, مين, منو
من الذي: شكون اللي, مين اللي
متى: وقتاش, فوقاش, فوقاه, إمتى, امتى, ايمتى, إيمتى
أين: فين, وين, فاين
لماذا: علاش, ليش, ليه, وعلاش
كيف: كيفاش, ازاي, إزاي, شلون
كم: شحال, بشحال, قداش, قديش, كام
كم عدد: شحال ديال, شحال من, قداش من, قديش عدد
هل: واش
ما: شنو, اشنو, آش, اش, شو, ايش, إيش, شنهو
ما هو: شنو هو, اشنو هو, شنو هوا
ما هي: شنو هي, اشنو هي
ماذا: شنو اللي, آش اللي
"""
# A question word stands among the first; further on the same letters may be a name.
FIRST = 3
LONGEST = 2


def in_written(question: str) -> str:
    """``question`` with its question word as it is written; as it is, where it has none of spoken Arabic."""
    spans = words(question)
    said = [fold(question[span.start : span.end]) for span in spans[: FIRST + LONGEST]]
    for at in range(min(FIRST, len(said))):
        for length in range(LONGEST, 0, -1):
            written = _spoken().get(tuple(said[at : at + length]))
            if written and at + length <= len(spans):
                return question[: spans[at].start] + written + question[spans[at + length - 1].end :]
    return question


@cache
def _spoken() -> dict[tuple[str, ...], str]:
    """The written words for each run of folded spoken ones."""
    rows = (line.split(": ") for line in _WRITTEN.split("\n") if line)
    return {tuple(fold(said).split()): written for written, several in rows for said in several.split(", ")}
