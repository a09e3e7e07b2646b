"""The spellings of a name that occur in the stored articles, whatever script it is asked in."""

from vectorstore.folding import fold
from vectorstore.library import Library
from vectorstore.names import LIKELY, likeness, sound_keys
from vectorstore.naming import is_given_name
from vectorstore.text import is_rtl

MOST_SPELLINGS = 12
# How alike an Arabic word must be to a name of so many consonants, to be one though nothing else tells it.
SURE = {3: 0.97, 4: 0.97, 5: 0.95}
LONG_ENOUGH = 5
"""Letters of such a word with three consonants: «سلام» is as often peace as Salam."""
LEAST = 3
"""Consonants that an Arabic word which may be none has in common with a name in another script."""
MOST_COMPARED = 300
"""In a large collection thousands of words may share a skeleton of consonants, and each takes a while to compare."""


def spellings(word: str, library: Library, certain: bool) -> tuple[str, ...]:
    """The stored words that may spell the same name as ``word``, likest first.

    They are words that articles use as names. Only where it is ``certain`` that a name is meant, and none such is
    stored, may they be any words.
    """
    known = library.words_by_sound(sound_keys(word))
    skeleton = min(sound_keys(word), key=len, default="")
    # Digits have no sound: G7 and G20 are alike to the ear alone.
    same_digits = [each for each in known if _digits(each) == _digits(fold(word))]
    if not certain and is_rtl(word) and not is_given_name(fold(word)) and len(skeleton) < LEAST:
        # «عطل», a fault, sounds like Italy.
        same_digits = [each for each in same_digits if is_rtl(each)]
    likely = sorted(same_digits, key=lambda each: (not known[each], abs(len(each) - len(word)), each))
    rated = sorted(
        ((likeness(word, each), each) for each in likely[:MOST_COMPARED]),
        key=lambda pair: (-pair[0], pair[1]),
    )
    alike = [each for rate, each in rated if rate >= LIKELY][:MOST_SPELLINGS]
    named = [each for each in alike if known[each]]
    sure = SURE.get(min(len(skeleton), max(SURE)))
    if named and certain and sure:
        shortest = LONG_ENOUGH if len(skeleton) == min(SURE) else 0
        named += [
            each
            for rate, each in rated
            if rate >= sure and len(each) >= shortest and not known[each] and is_rtl(each) != is_rtl(word)
        ]
    return tuple(named or (alike if certain else ()))


def _digits(word: str) -> str:
    return "".join(letter for letter in word if letter.isdigit())
