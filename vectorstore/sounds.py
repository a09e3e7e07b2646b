"""How a word sounds, whatever script it is written in: changes when two spellings should sound alike, or cease to.

A word becomes a row of sounds, each the set of Arabic letters that it may be written with, for the Arabic alphabet
tells more consonants apart than Latin spelling does. Short vowels aren't written in Arabic, so a Latin vowel may
stand for nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, product

from vectorstore.folding import fold
from vectorstore.given_names import arabic_forms

_LONGEST = 32
_KEYS = 8
"""At most so many keys a word, of at most so many consonants each."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """One sound of a word: the Arabic letters that it ``likely`` is, and those that are just ``possible``.

    Each is made once and known by its identity, for words are likened by hundreds.

    ``keys`` stand for it in a consonant skeleton, alternatives in order, ``""`` where it may be left out;
    ``silence`` is what leaving it out costs, where a whole consonant is 1.
    """

    likely: frozenset[str]
    possible: frozenset[str]
    keys: tuple[str, ...]
    silence: float
    vowel: bool
    arabic: bool
    spelling: str = ""


_E = "ې"
"""Stands for «يه» where it is a last é, as in Pelé and Olivier. Folded words have no such letter."""

_Row = tuple[str, str, str, str, float]
"""Spelling (a pattern), keys (``-``: none), likely letters, possible letters, silence."""

_ARABIC: tuple[_Row, ...] = (
    ("تش", "X", "ش", "ت", 1.0),
    ("^[اع]{1,2}[اوي]?(?=.)", "-", "اعوي", "", 0.4),
    ("ه$", "-", "ا", "هت", 0.45),
    ("[بپ]", "B", "ب", "", 1.0),
    ("ت", "T", "ت", "طث", 1.0),
    ("ث", "TS", "ث", "تس", 1.0),
    ("ج", "J", "ج", "غ", 1.0),
    ("چ", "X", "شج", "", 1.0),
    ("ح", "H", "ح", "ه", 1.0),
    ("خ", "K", "خ", "ك", 1.0),
    ("د", "D", "د", "ضذ", 1.0),
    ("ذ", "DS", "ذ", "دزظ", 1.0),
    ("ر", "R", "ر", "", 1.0),
    ("ز", "S", "ز", "ظذس", 1.0),
    ("ژ", "J", "ج", "ز", 1.0),
    ("س", "S", "س", "صزث", 1.0),
    ("ش", "X", "ش", "", 1.0),
    ("ص", "S", "ص", "س", 1.0),
    ("ض", "D", "ض", "دظ", 1.0),
    ("ط", "T", "ط", "ت", 1.0),
    ("ظ", "DS", "ظ", "ضذز", 1.0),
    ("ع", "-", "ع", "اء", 0.15),
    ("غ", "K", "غ", "قكج", 1.0),
    ("ف", "F", "ف", "", 1.0),
    ("ق", "K", "ق", "كغ", 1.0),
    ("ك", "K", "ك", "قغخ", 1.0),
    ("ل", "L", "ل", "", 1.0),
    ("م", "M", "م", "", 1.0),
    ("ن", "N", "ن", "", 1.0),
    ("ه", "H", "ه", "ح", 0.6),
    ("ء", "-", "ء", "عا", 0.1),
    ("اي(?=.)", "-", "ي", "ا", 0.8),
    ("ا", "-", "ا", "هع", 0.5),
    ("و", "-", "و", "", 0.5),
    (_E, "-", _E, "", 0.4),
    ("ي$", "-", "ي", "ا", 0.5),
    ("ي", "-", "ي", "", 0.5),
)
_LATIN: tuple[_Row, ...] = (
    ("t?sch|tch|tsh|sh", "X", "ش", "", 1.0),
    ("ch(?=[rl])", "XK", "كش", "خ", 1.0),
    ("ch", "XK", "ش", "خك", 1.0),
    ("kh", "K", "خ", "كح", 1.0),
    ("gh", "K", "غ", "قجك", 1.0),
    ("ph", "F", "ف", "", 1.0),
    ("th", "TS", "ثتط", "س", 1.0),
    ("dh", "DS", "ظذض", "دز", 1.0),
    ("dj|dg(?=[eiy])|zh", "J", "ج", "", 1.0),
    ("ck|cq?u(?=[eiy])|qu(?=[aeiy])|c(?=[^eiyh]|$)", "K", "كق", "", 1.0),
    ("c", "S", "سص", "ثش", 1.0),
    ("gu(?=[eiy])|g(?=[^eiy]|$)", "KJ", "غجقك", "", 1.0),
    ("g", "JK", "جغ", "كقخ", 1.0),
    ("^j", "JK-", "ج", "خي", 1.0),
    ("j", "J", "ج", "خي", 1.0),
    ("(?<=[nr])t$|(?<=[aeo])t$", "T-", "تط", "", 0.3),
    ("(?<=[nru])d$", "D-", "دض", "", 0.3),
    ("(?<=[aeiou])[sx]$", "S-", "سص", "", 0.4),
    ("[bp]", "B", "ب", "", 1.0),
    ("^s(?=[tp])|s(?=tein)", "SX", "سص", "ش", 1.0),
    ("t", "T", "تط", "ث", 1.0),
    ("d", "D", "دض", "ذظ", 1.0),
    ("z", "S", "زظذ", "سصث", 1.0),
    ("s", "S", "سص", "زث", 1.0),
    ("k", "K", "كق", "خ", 1.0),
    ("q", "K", "قك", "غ", 1.0),
    ("f", "F", "ف", "", 1.0),
    ("v", "F", "ف", "ب", 1.0),
    ("h$", "-H", "حهع", "ا", 0.1),
    ("h(?=[^aeiouy])", "H-", "حه", "", 0.4),
    ("h", "H", "حه", "", 0.6),
    ("(?<=ie)r$", "R-", "ر", "", 0.3),
    ("^rh|r", "R", "ر", "", 1.0),
    ("l", "L", "ل", "", 1.0),
    ("m", "M", "م", "", 1.0),
    ("n", "N", "ن", "", 1.0),
    ("eau|oo", "-", "و", "ا", 0.3),
    ("ou$", "-", "و", "ا", 0.4),
    ("ou", "-", "و", "", 0.15),
    ("ee", "-", "ي", "", 0.3),
    ("[ae][iy](?=[^aeiouy])", "-", "ي", "ا", 0.35),
    ("aa", "-", "اع", "", 0.2),
    ("e$", "-", _E, "اي", 0.05),
    ("a$", "-", "ا", "عيه", 0.4),
    ("[iy]$", "-", "ي", "", 0.5),
    ("[ou]$", "-", "و", "ا", 0.6),
    ("a", "-", "ا", "عيه", 0.12),
    ("e", "-", "اي", "ع", 0.12),
    ("i", "-", "ي", "ع", 0.12),
    ("o", "-", "و", "اع", 0.12),
    ("u", "-", "و", "ايع", 0.12),
    ("w", "-F", "و", "ف", 0.4),
    ("y", "-", "ي", "", 0.3),
)


def _reader(rows: Sequence[_Row], *, arabic: bool) -> tuple[re.Pattern[str], tuple[Sound, ...]]:
    pattern = "|".join(f"({spelling})" for spelling, *_ in rows)
    sounds = tuple(
        Sound(
            frozenset(likely),
            frozenset(possible),
            tuple(key.strip("-") for key in keys),
            silence,
            vowel=keys[0] == "-" and not set(likely) & set("حه"),
            arabic=arabic,
        )
        for _, keys, likely, possible, silence in rows
    )
    return re.compile(pattern), sounds


_readers = (_reader(_LATIN, arabic=False), _reader(_ARABIC, arabic=True))
_ARABIC_LETTER = re.compile("[ء-يپچژ]")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
_SERVANT = re.compile("^عبدال(?=[تثدذرزسشصضطظن])")
_LATIN_SERVANT = re.compile("^abd(?:ou|[aeiou])l(?=[tdrzsn]|ch)")
"""In «عبدالرحمن» the article's ل isn't spoken (Abderrahmane), though some write it (Abdulrahman)."""

_FRONT = re.compile(r"^(?:[وف]?[بك]?ال|[وف]?لل)(?=...)|^(?:[وفبلك](?=...))")
_LATIN_FRONT = re.compile(r"^(?:[ae]l['-]|[dl]')(?=..)|^(?:[ae]l(?=.{4}))")

_ABROAD = tuple(
    tuple((re.compile(written), spoken) for written, spoken in rules)
    for rules in (
        # German: Merz, Schmidt
        (("t?zsch", "tsh"), ("tz|(?<=[lnr])z", "ts"), ("dt$", "t"), ("^sp", "shp")),
        # Slavic: Vucic, Kaczynski, Nawrocki, Babis
        (("cz|(?<=[aeiou])c(?=[aeiou]|$)", "ch"), ("c(?=k)", "ts"), ("sz", "s"), ("is$", "ish")),
        # Turkish: Babacan, Demirtas
        (("c", "j"), ("as$", "ash")),
        # Chinese: Zhou, Qin, Xi
        (("^(?:zh|q(?!u))", "tsh"), ("^x", "sh")),
        # Italian: Chini, Mancini, Pizzi
        (("ch(?=i)", "k"), ("cc?(?=[ei])", "ch"), ("gl(?=i)", "l"), ("zz", "ts")),
        # Spanish and Portuguese: Castillo, Cunha, Alves, Carvajal
        (("ill(?=[ao]s?$)", "iy"), ("nh|gn", "ni"), ("es$", "esh"), ("j(?=[aeo])", "kh")),
        # French: Deschamps, Larcher, Arnault, Blanc, Benoit, Leroy, Fillon
        (
            ("^des(?=[^aeiou])", "de"),
            ("mps$", "n"),
            ("(?<=i|g)er$|(?<=ch)er$", "e"),
            ("au(?:lt|[dtx])$", "au"),
            ("(?<=an)c$", ""),
            ("oi|oy(?=$|[^aeiou])", "wa"),
            ("ill(?=[ao])", "iy"),
        ),
    )
)
"""How foreign names are spelled, and what Arabic writes as it is spoken."""


_SOFT = str.maketrans({"ç": "s", "ş": "sh", "š": "sh", "č": "ch", "ć": "ch"})


def _plain(word: str) -> str:
    """``word`` as sounds are read from: folded, but soft consonants kept as what they sound like."""
    return re.sub(r"[^\w'-]|_", "", fold(word.strip().lower().translate(_SOFT)))[:_LONGEST]


@lru_cache(maxsize=1 << 14)
def spellings(word: str) -> tuple[str, ...]:
    """``word`` folded, first without the article and what else is written onto its front, then as it stands."""
    plain = _plain(word)
    front = (_FRONT if _ARABIC_LETTER.search(plain) else _LATIN_FRONT).match(plain)
    if not front:
        return (plain,)
    bare = plain[front.end() :]
    return (bare, plain)


@lru_cache(maxsize=1 << 14)
def respellings(word: str) -> tuple[str, ...]:
    """``word`` as it would be spelled if it were spoken as abroad, each way in which that changes anything.

    None for a name whose spellings are listed.
    """
    plain = spellings(word)[-1]
    if arabic_forms(plain):
        return ()
    if _ARABIC_LETTER.search(plain):
        spoken = [f"{each.removesuffix('يه')}{_E}" for each in spellings(word) if each.endswith("يه")]
    else:
        spoken = [_respelled(plain, rules) for rules in _ABROAD]
    return tuple(dict.fromkeys(each for each in spoken if each not in spellings(word)))


def _respelled(plain: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for written, spoken in rules:
        plain = written.sub(spoken, plain)
    return plain


@lru_cache(maxsize=1 << 14)
def sounds_of(plain: str) -> tuple[Sound, ...]:
    """The sounds of one of a word's ``spellings``, in order."""
    arabic = bool(_ARABIC_LETTER.search(plain))
    pattern, sounds = _readers[arabic]
    letters = re.sub(r"[\W\d_]", "", plain)
    if arabic:
        letters = _SERVANT.sub("عبد", letters).replace("لل", "ل")
    else:
        letters = _LATIN_SERVANT.sub("abde", _DOUBLED.sub(r"\1", letters)).replace("x", "ks")
    return tuple(
        _spelt(sounds[match.lastindex - 1], match[0])
        for match in pattern.finditer(letters)
        if match.lastindex
    )


@cache
def _spelt(sound: Sound, spelling: str) -> Sound:
    return replace(sound, spelling=spelling)


def _skeletons(plain: str) -> list[str]:
    rows = [sound.keys for sound in sounds_of(plain)]
    found = dict.fromkeys("".join(row)[:_KEYS] for row in islice(product(*rows), _KEYS))
    ends: tuple[str, ...] = ("I",) if plain[-1:] in ("i", "y", "ي") or plain.endswith(("ie", "ee")) else ("",)
    if plain[-1:] in ("e", "a"):
        ends = ("", "I")  # Felipe/فيليبي, Moussa/موسى
    return [skeleton + end for end in ends for skeleton in found if skeleton]


@lru_cache(maxsize=1 << 16)
def sound_keys(word: str) -> frozenset[str]:
    """The consonant skeletons of a word in Arabic or Latin letters; two spellings of a name share one.

    Coarse on purpose, for an index: b/p, d/ض, g/k/kh/q, s/z and the like are one, vowels and w/y nothing but a
    last i. Whoever shares a key is a candidate; ``likeness`` decides. Mostly one or two keys, at most 24; none
    for a word without consonants.
    """
    plains = spellings(word)
    known = (form for plain in plains if plain.isascii() for form in arabic_forms(plain))
    every = (*plains, *known, *respellings(word))
    return frozenset(key for plain in every for key in _skeletons(plain))
