"""A line of letters as they are seen, left to right, to the order in which they are read.

The inverse of what displaying does (Unicode Standard Annex 9), one level deep: Latin words and numbers keep their
order within a line read from the right, and the other way round.
"""

import re

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_DIGIT = "0-9\u0660-\u0669\u06f0-\u06f9"
_LETTER = re.compile(f"[{_RIGHT}]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
# A percent sign or a dash beside a number belongs to the Arabic around it (rules W2, W4 and W5).
_NUMBER = f"[{_DIGIT}](?:[{_DIGIT}.,:/٫٬]*[{_DIGIT}])?"
# What is read from the left inside a line read from the right: Latin words with what is between them, or a number.
_LEFTWARD = re.compile(f"[A-Za-z\u00c0-\u024f](?:[^{_RIGHT}]*[A-Za-z\u00c0-\u024f{_DIGIT}])?|{_NUMBER}")
_RIGHTWARD = re.compile(f"[{_RIGHT}](?:[^A-Za-z\u00c0-\u024f]*[{_RIGHT}])?")
# An opening bracket that stands with the word before it, by its place.
_STRAY = re.compile(r"(?<=\w)([(«\[]) (?=\w)")
_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def reads_from_the_right(text: str) -> bool:
    """Whether most of its letters are of a script that is."""
    return len(_LETTER.findall(text)) > len(_LATIN.findall(text))


def as_read(seen: str, from_the_right: bool) -> str:
    """``seen``, letters from left to right, in the order of a text that is read from that side."""
    if from_the_right:
        return _from_the_right(seen)
    return _RIGHTWARD.sub(lambda found: _from_the_right(found.group()), seen)


def _from_the_right(seen: str) -> str:
    turned = seen[::-1].translate(_MIRRORED)
    read = _LEFTWARD.sub(lambda found: found.group()[::-1].translate(_MIRRORED), turned)
    return _STRAY.sub(r" \1", read)
