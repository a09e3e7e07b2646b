"""How alike two words sound: changes when the scale between a name's spellings and other words should."""

from functools import lru_cache

from vectorstore.given_names import arabic_forms
from vectorstore.sounds import Sound, respellings, sounds_of, spellings

LIKELY = 0.88
"""From here on two words may be taken for spellings of one name, if they share a key as well.

Of 4,000 spellings of Arabic names outside ``given_names`` (Wikidata; about one in thirty is no spelling at all)
.93 lie above it, of random pairs .0005. On tests/quality/names.json, chosen to be hard: precision .97, recall .97.
"""

_OTHER_NAME = 0.8
"""What a common name is at most like another word, however alike they sound."""

_FRONT_DOUBTFUL = 0.04
"""What it takes off when a word is alike only without a first letter that may be its own."""

_ABROAD_DOUBTFUL = 0.02
"""What it takes off when a word is alike only if it is spoken as in another country."""


def _weight(sound: Sound) -> float:
    if not sound.vowel:
        return max(sound.silence, 0.6)
    return min(sound.silence, 0.5) if sound.arabic else 0.3


def _silence(sound: Sound, *, other_arabic: bool) -> float:
    """What it costs that the other word has nothing where this one has ``sound``."""
    if sound.vowel and not sound.arabic and not other_arabic:
        return max(0.3, sound.silence)
    if sound.vowel and sound.arabic and other_arabic and sound.silence >= 0.5:
        return 0.7
    return sound.silence


def _change(one: Sound, other: Sound) -> float:
    """What it costs that one word has ``one`` where the other has ``other``."""
    if one.spelling == other.spelling:
        return 0.0
    if one.vowel and other.vowel:
        return _vowel_change(one, other)
    if one.likely & other.likely:
        return 0.1 if one.arabic == other.arabic else 0.0
    return 0.35 if one.likely & other.possible or one.possible & other.likely else 1.2


def _vowel_change(one: Sound, other: Sound) -> float:
    alike = bool(one.likely & other.likely)
    if one.arabic and other.arabic:
        return 0.6
    if not one.arabic and not other.arabic:
        return 0.1 if alike else 0.25 if "e" in (one.spelling, other.spelling) else 0.5
    if alike:
        return 0.0
    return 0.2 if one.likely & other.possible or one.possible & other.likely else 0.7


@lru_cache(maxsize=1 << 16)
def _pair(one: Sound, other: Sound) -> float:
    return _change(one, other)


def _distance(one: tuple[Sound, ...], other: tuple[Sound, ...]) -> float:
    one_arabic, other_arabic = one[0].arabic, other[0].arabic
    skip = [_silence(sound, other_arabic=one_arabic) for sound in other]
    row = [0.0]
    for cost in skip:
        row.append(row[-1] + cost)
    for sound in one:
        drop = _silence(sound, other_arabic=other_arabic)
        before, here = row[0], row[0] + drop
        next_row = [here]
        for above, opposite, cost in zip(row[1:], other, skip, strict=True):
            here = min(before + _pair(sound, opposite), above + drop, here + cost)
            next_row.append(here)
            before = above
        row = next_row
    return row[-1]


def _doubtful(word: str) -> bool:
    bare, *whole = spellings(word)
    return bool(whole) and whole[0][: -len(bare)] in ("و", "ف", "ب", "ل", "ك", "al", "el")


def _unwritten(first: tuple[Sound, ...], second: tuple[Sound, ...]) -> float:
    """What it costs that Arabic writes no vowel where it would write one: Karim is فعيل or فاعل, never كرم."""
    if first[0].arabic == second[0].arabic:
        return 0.0
    latin, arabic = (second, first) if first[0].arabic else (first, second)
    if any(sound.vowel and sound.silence >= 0.5 for sound in arabic) or len(latin) < 4:
        return 0.0
    before, consonant, vowel, end = latin[-4:]
    long = before.vowel and not consonant.vowel and vowel.vowel and not end.vowel
    return 0.5 if long and vowel.spelling in ("i", "u", "o", "ou", "ee", "oo") else 0.0


def _known(one: str, other: str) -> bool | None:
    """Whether two spellings are one common name's, where the list of those tells."""
    first, second = arabic_forms(one), arabic_forms(other)
    if first and second:
        return bool(first & second)
    latin = {spelling.isascii() for spelling, forms in ((one, first), (other, second)) if forms}
    across = one.isascii() != other.isascii()
    return False if across and latin == {True} else None


@lru_cache(maxsize=1 << 15)
def _alike(one: str, other: str) -> float:
    known = _known(one, other)
    if one == other or known:
        return 1.0
    first, second = sounds_of(one), sounds_of(other)
    if not first or not second:
        return 0.0
    return min(_sounds_alike(first, second), 1.0 if known is None else _OTHER_NAME)


def _sounds_alike(first: tuple[Sound, ...], second: tuple[Sound, ...]) -> float:
    whole = max(sum(map(_weight, first)), sum(map(_weight, second)))
    return max(0.0, 1 - (_distance(first, second) + _unwritten(first, second)) / whole)


def likeness(a: str, b: str) -> float:
    """How alike two single words sound, 0 to 1, in Arabic or Latin letters; names from ``LIKELY`` on.

    The article and a preposition written onto the front don't count.
    """
    across = spellings(a)[0].isascii() != spellings(b)[0].isascii()
    ways = [(one, other) for one in _ways(a, across) for other in _ways(b, across)]
    return max(0.0, *(_alike(one, other) - less - more for (one, less), (other, more) in ways))


@lru_cache(maxsize=1 << 14)
def _ways(word: str, across: bool) -> tuple[tuple[str, float], ...]:
    """The spellings that are compared, each with what it takes off; into the other script also as spoken abroad."""
    bare, *whole = spellings(word)
    own = ((bare, _FRONT_DOUBTFUL if _doubtful(word) else 0.0), *((each, 0.0) for each in whole))
    return (*own, *((each, _ABROAD_DOUBTFUL) for each in respellings(word) if across))
