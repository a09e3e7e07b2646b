"""Numbers a text tells, in digits or in words, in three languages: changes when a number is written otherwise."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from vectorstore.folding import fold, fold_map
from vectorstore.records import Span
from vectorstore.text import terms
from vectorstore.times import find_times

_TOKEN = re.compile(r"\d{1,3}(?:[ \u202f]\d{3}){1,5}(?!\d)|\d++(?:[.,]\d++)*+|[^\W\d_]++")

_VALUES: dict[int, str] = {
    0: "zero صفر",
    1: "one un une واحد واحدة",
    2: "two deux اثنان اثنين اثنتان اثنتين",
    3: "three trois ثلاثة ثلاث",
    4: "four quatre أربعة أربع",
    5: "five cinq خمسة خمس",
    6: "six ستة ست",
    7: "seven sept سبعة سبع",
    8: "eight huit ثمانية ثماني ثمان",
    9: "nine neuf تسعة تسع",
    10: "ten dix عشرة عشر",
    11: "eleven onze",
    12: "twelve douze",
    13: "thirteen treize",
    14: "fourteen quatorze",
    15: "fifteen quinze",
    16: "sixteen seize",
    17: "seventeen",
    18: "eighteen",
    19: "nineteen",
    20: "twenty vingt vingts عشرون عشرين",
    30: "thirty trente ثلاثون ثلاثين",
    40: "forty quarante أربعون أربعين",
    50: "fifty cinquante خمسون خمسين",
    60: "sixty soixante ستون ستين",
    70: "seventy septante سبعون سبعين",
    80: "eighty octante huitante ثمانون ثمانين",
    90: "ninety nonante تسعون تسعين",
    100: "hundred cent cents مئة مائة",
    200: "مئتان مئتين مائتان مائتين",
    300: "ثلاثمئة ثلاثمائة",
    400: "أربعمئة أربعمائة",
    500: "خمسمئة خمسمائة",
    600: "ستمئة ستمائة",
    700: "سبعمئة سبعمائة",
    800: "ثمانمئة ثمانمائة ثمانيمئة",
    900: "تسعمئة تسعمائة",
    1000: "thousand mille ألف آلاف ألفا",
    2000: "ألفان ألفين",
    10**6: "million millions مليون مليونا ملايين",
    2 * 10**6: "مليونان مليونين",
    10**9: "billion billions milliard milliards مليار مليارا مليارات بليون بلايين",
    2 * 10**9: "ملياران مليارين",
    10**12: "trillion trillions تريليون تريليونات",
}
_ORDINALS: dict[int, str] = {
    3: "third troisième ثالث ثالثة",
    4: "fourth quatrième رابع رابعة",
    5: "fifth cinquième خامس خامسة",
    6: "sixth sixième سادس سادسة",
    7: "seventh septième سابع سابعة",
    8: "eighth huitième ثامن ثامنة",
    9: "ninth neuvième تاسع تاسعة",
    10: "tenth dixième عاشر عاشرة",
}
_ROMAN = {
    "III": 3,
    "IV": 4,
    "V": 5,
    "VI": 6,
    "VII": 7,
    "VIII": 8,
    "IX": 9,
    "XI": 11,
    "XII": 12,
    "XIV": 14,
    "XVI": 16,
}
_JOINING = frozenset(("and", "et"))
_PERCENT = frozenset(
    (before, fold(word))
    for before, word in (("per", "cent"), ("pour", "cent"), ("في", "المائة"), ("في", "المئة"))
)
_SCALES = frozenset((100, 1000, 10**6, 10**9, 10**12))
# Two of those who are counted, in one word.
_DUALS = frozenset(
    fold(f"{noun}{ending}")
    for noun in "شخص قتيل جريح مصاب طفل جثت امرأت شاب ضحيت عامل جندي شرطي تلميذ".split()
    for ending in ("ان", "ين")
)
_LEAST_IN_WORDS = 3
""""One" and "two" in words are as often a pronoun, or a dual that has no number word in Arabic."""

# What stands behind "one" and "two" where they count.
_COUNTED_IN_WORDS = {
    1: frozenset(fold("person dead death injured missing mort morte blesse blessee disparu deces").split()),
    2: frozenset(
        fold(
            "people persons others dead deaths injured wounded missing bodies men women children workers soldiers "
            "personnes autres morts mortes blesses blessees disparus deces corps hommes femmes enfants ouvriers "
            "soldats"
        ).split()
    ),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """The number that ``text[start:end]`` tells."""

    start: int
    end: int
    value: Decimal


@dataclass(slots=True)
class _Sum:
    """A number in the making: «deux cent mille» adds up as its words come."""

    start: int
    end: int
    whole: Decimal = Decimal(0)
    part: Decimal = Decimal(0)

    def take(self, value: Decimal, end: int) -> None:
        if value not in _SCALES:
            self.part += value
        elif value == 100:
            self.part = max(self.part, Decimal(1)) * 100
        else:
            self.whole += max(self.part, Decimal(1)) * value
            self.part = Decimal(0)
        self.end = end

    @property
    def value(self) -> Decimal:
        return self.whole + self.part


def is_number(word: str) -> bool:
    """Whether ``word`` tells a number, such as "twenty"."""
    return fold(word) in _words()


def is_dual(word: str) -> bool:
    """Whether an Arabic word tells two of those who are counted: «قتيلان»."""
    return fold(word).removeprefix("و") in _DUALS


@cache
def _words() -> dict[str, int]:
    plain = {fold(word): value for value, words in _VALUES.items() for word in words.split()}
    arabic = {word: value for word, value in plain.items() if not word.isascii()}
    return {
        **plain,
        **{f"{front}{word}": value for front in ("و", "ال", "ب", "ل") for word, value in arabic.items()},
    }


def quantities(text: str, besides: Sequence[Span] = ()) -> list[Quantity]:
    """The numbers of ``text``, in order, except those within ``besides``.

    ``1,395``, ``1.395`` and ``1395`` are one number, and so are ``12 ألف``, ``12 thousand`` and ``12000``. A small
    number in words counts from three on.
    """
    folded, places = fold_map(text)
    taken = {at for span in besides for at in range(span.start, span.end)}
    tokens = [
        (found[0], places[found.start()], places[found.end() - 1] + 1)
        for found in _TOKEN.finditer(folded)
        if places[found.start()] not in taken
    ]
    return sorted(_read(tokens) + _ordinals(text, tokens), key=lambda each: each.start)


def numbers_told(text: str) -> list[Quantity]:
    """The numbers of ``text``, in order, except those of the times that it tells."""
    return quantities(text, [Span(each.start, each.end) for each in find_times(text, None)])


def _ordinals(text: str, tokens: list[tuple[str, int, int]]) -> list[Quantity]:
    """ "Third", «الثالث», and the number in a king's name; "a third" is none."""
    found = []
    for at, (word, start, end) in enumerate(tokens):
        value = _ordinal_words().get(word.removeprefix("ال"), 0)
        before = text[tokens[at - 1][1] : tokens[at - 1][2]] if at else ""
        if before[:1].isupper():
            value = value or _ROMAN.get(text[start:end], 0)
        if value and fold(before) not in ("a", "one"):
            found.append(Quantity(start, end, Decimal(value)))
    return found


@cache
def _ordinal_words() -> dict[str, int]:
    return {fold(word): value for value, words in _ORDINALS.items() for word in words.split()}


def _is_percent(tokens: list[tuple[str, int, int]], at: int) -> bool:
    """Whether a hundred is that of "per cent" or «في المائة»."""
    before = tokens[at - 1][0] if at else ""
    return (before, tokens[at][0]) in _PERCENT


def _read(tokens: list[tuple[str, int, int]]) -> list[Quantity]:
    found: list[Quantity] = []
    at = 0
    while at < len(tokens):
        word, start, end = tokens[at]
        at += 1
        if _is_percent(tokens, at - 1):
            continue
        if word[0].isdigit():
            values = _in_digits(word)
            scaled, at, last = _scaled(tokens, at, end) if len(values) == 1 else (1, at, end)
            found += [Quantity(start, last, value * scaled) for value in values]
        elif is_dual(word):
            found.append(Quantity(start, end, Decimal(2)))
        elif word in _words():
            quantity, at = _in_words(tokens, at - 1)
            counts = quantity.value >= _LEAST_IN_WORDS or quantity.value == 0
            following = tokens[at][0] if at < len(tokens) else ""
            found += (
                [quantity] if counts or following in _COUNTED_IN_WORDS.get(int(quantity.value), ()) else []
            )
    return found


def _in_digits(token: str) -> list[Decimal]:
    return [Decimal(term.replace("p", ".")) for term in terms(token) if term[0].isdigit()]


def _scaled(tokens: list[tuple[str, int, int]], at: int, end: int) -> tuple[int, int, int]:
    """What the words at ``at`` multiply a number in digits by, the place after them, and where they end."""
    factor = 1
    while at < len(tokens):
        scale = _words().get(tokens[at][0], 0)
        if scale not in _SCALES or scale == 100:
            break
        factor, end, at = factor * scale, tokens[at][2], at + 1
    return factor, at, end


def _in_words(tokens: list[tuple[str, int, int]], at: int) -> tuple[Quantity, int]:
    total = _Sum(tokens[at][1], tokens[at][2])
    before = 0
    while at < len(tokens):
        word, _, end = tokens[at]
        value = _words().get(word)
        if value is None:
            joins = word in _JOINING and at + 1 < len(tokens) and _continues(before, tokens[at + 1][0])
            if not joins:
                break
        elif before and not _continues(before, word):
            break
        elif value == 20 and before == 4:  # quatre-vingts
            total.part += 76
            total.end, before = end, 80
        else:
            total.take(Decimal(value), end)
            before = value
        at += 1
    return Quantity(total.start, total.end, total.value), at


def _continues(before: int, word: str) -> bool:
    """Whether a number word goes on with the number of the one before, rather than beginning the next."""
    value = _words().get(word)
    if value is None:
        return False
    if (before, value) == (4, 20) or value in _SCALES:
        return True
    if not word.isascii() and before < 10:  # ثلاثة عشر, ثلاثة وعشرين
        return before > 0 and (value == 10 or (word[0] == "و" and 20 <= value <= 90))
    return (value < before and before >= 20) or (before == 10 and 7 <= value <= 9)
