"""What countries and world bodies are called in Arabic, French and English; countries by CLDR, through Babel."""

import re
from dataclasses import dataclass
from functools import cache

from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, terms, words

LANGUAGES = ("ar", "en", "fr")
LONGEST_NAME = 4

# How news shortens some names, which the tables don't tell.
SHORT = {
    "AE": "Emirates UAE Émirats EAU الإمارات",
    "GB": "Britain UK Grande-Bretagne بريطانيا",
    "US": "USA America Amérique أمريكا أميركا",
    "SA": "السعودية",
    "CZ": "التشيك",
    "KR": "كوريا",
    "RU": "Russie روسيا",
    "PS": "Palestine فلسطين",
}


BODIES = (
    ("IMF", "FMI", "صندوق النقد", "International Monetary Fund", "Fonds monétaire international"),
    ("World Bank", "Banque mondiale", "البنك الدولي"),
    ("UN", "ONU", "United Nations", "Nations unies", "الأمم المتحدة"),
    ("EU", "UE", "European Union", "Union européenne", "الاتحاد الأوروبي"),
    ("NATO", "OTAN", "الناتو", "حلف شمال الأطلسي"),
    ("FIFA", "فيفا"),
    ("CAF", "كاف"),
    ("Interpol", "الإنتربول", "أنتربول"),
    ("World Cup", "Coupe du monde", "كأس العالم", "المونديال", "Mondial"),
    ("Africa Cup", "AFCON", "Coupe d'Afrique", "CAN", "كأس إفريقيا", "كأس أفريقيا", "كأس الأمم الإفريقية"),
)
# What letters that stand for a name spell as a word: water, Emirates.
WORDS_TOO = frozenset({"eau", "can"})
# What makes an Arabic adjective of a country's name, and how many letters that has more: «تركي», «تركيا».
_ADJECTIVE = re.compile(r"(?:ي|يه|يين|يون|يات)\Z")
_LONGEST_ENDING = 2
_BODY_CODES = frozenset(names[0] for names in BODIES)


@dataclass(frozen=True, slots=True)
class Place:
    """A country or world body as a text names it, and all it is called, each as the index terms it consists of."""

    asked: str
    names: frozenset[frozenset[str]]
    country: bool


def places_in(text: str) -> list[Place]:
    """The countries and bodies that ``text`` names, in order, each once; a longer name hides those within it."""
    spans = words(text)
    told = [bool(terms(text[span.start : span.end])) for span in spans]
    found: dict[frozenset[frozenset[str]], Place] = {}
    taken = 0
    for first, last in _runs(told):
        asked = text[spans[first].start : spans[last].end]
        own = terms(asked)
        # «Spain or Spain» is not one name.
        code = _codes().get(frozenset(own)) if len(own) == len(set(own)) and first >= taken else None
        if code and (last > first or _may_name(asked)):
            taken = last + 1
            found.setdefault(_names()[code], Place(asked, _names()[code], country=code not in _BODY_CODES))
    return list(found.values())


def _may_name(word: str) -> bool:
    """Whether one word may name a place, not only share a name's stem: «ترك», to leave, has that of «تركيا»."""
    if not is_rtl(word):
        return word.isupper() or word.lower() not in WORDS_TOO
    bare = without_clitics(fold(word))
    stem = _ADJECTIVE.sub("", bare)
    known = _arabic_names()
    if bare in known or fold(word) in known:
        return True
    longest = len(stem) + _LONGEST_ENDING
    return stem != bare and any(each.startswith(stem) and len(each) <= longest for each in known)


@cache
def _arabic_names() -> frozenset[str]:
    told = (word for names in _called().values() for name in names for word in name.split() if is_rtl(word))
    # What is taken for a clitic may be a name's own first letter: «لبنان».
    return frozenset(form for word in map(fold, told) for form in (word, without_clitics(word)))


def _runs(told: list[bool]) -> list[tuple[int, int]]:
    """The first and last of every few words that begin and end with one that says something."""
    return [
        (first, last)
        for first in range(len(told))
        for last in range(min(first + LONGEST_NAME, len(told)) - 1, first - 1, -1)
        if told[first] and told[last]
    ]


@cache
def _called() -> dict[str, set[str]]:
    """What each is called, by its code."""
    from babel import Locale

    called: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                called.setdefault(code, set()).add(name)
    for code, names in SHORT.items():
        called[code] |= set(names.split())
    return called | {names[0]: set(names) for names in BODIES}


@cache
def _names() -> dict[str, frozenset[frozenset[str]]]:
    known = {code: frozenset(frozenset(terms(name)) for name in names) for code, names in _called().items()}
    return {code: frozenset(each for each in names if each) for code, names in known.items()}


@cache
def _codes() -> dict[frozenset[str], str]:
    return {name: code for code, names in _names().items() for name in names}
