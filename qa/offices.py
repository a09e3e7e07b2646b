"""Who holds an office that a question names in place of a person, as the stored articles tell: "Norway's foreign
minister". Changes when another office should be known.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from qa.exonyms import place_terms
from qa.people import Sought, names_in
from qa.relations import SAYING, asks_whom_met, relations_in
from vectorstore.library import Library
from vectorstore.naming import is_given_name
from vectorstore.places import Place
from vectorstore.text import fold, terms, words

# One office a row, all it is called, parted by commas.
_ROWS = """
foreign minister, minister of foreign affairs, ministre des affaires étrangères, وزير الخارجية, وزيرة الخارجية
prime minister, premier ministre, première ministre, chef du gouvernement, رئيس الوزراء, رئيس الحكومة, رئيسة الحكومة
interior minister, minister of the interior, ministre de l'intérieur, وزير الداخلية, وزيرة الداخلية
defence minister, defense minister, ministre de la défense, وزير الدفاع, وزيرة الدفاع
finance minister, ministre des finances, وزير المالية, وزيرة المالية
health minister, ministre de la santé, وزير الصحة, وزيرة الصحة
justice minister, ministre de la justice, وزير العدل, وزيرة العدل
energy minister, ministre de l'énergie, وزير الطاقة, وزيرة الطاقة
"""
NEAR = 6  # words within which an office and its country stand
BEHIND = 2  # words behind it in which the country may stand: «وزير الخارجية اليمني»
_LATIN_NAME = re.compile(r",? ((?:[A-ZÀ-Þ][\w’'-]+(?: (?:al|el|bin|ben|de|van|von|ould))? ?){2,4})")


def office_in(query: str) -> frozenset[str]:
    """The index terms of the office that ``query`` names; empty where it names none or doesn't ask of its deeds."""
    if not (asks_whom_met(query) or "visit" in relations_in(query) or SAYING & set(terms(query))):
        return frozenset()
    return frozenset[str]().union(*(_told(query, office) for office in _offices()))


def holder(query: str, places: Sequence[Place], texts: Sequence[str], library: Library) -> Sought | None:
    """The one whom ``texts`` most often name as holding the office in the country that ``query`` names."""
    offices = [row for row in _offices() if _told(query, row)]
    countries = frozenset[str]().union(*(place_terms(place.asked) for place in places))
    if len(offices) != 1 or not countries:
        return None
    named = Counter(name for text in texts for name in _named(text, offices[0], countries))
    # A surname tells who it is, however the rest is written.
    for name, _ in named.most_common():
        found = [each for each in names_in(name, library) if each.terms and not each.place]
        if found:
            return found[0]
    return None


@cache
def _offices() -> tuple[tuple[frozenset[str], ...], ...]:
    rows = (row.split(",") for row in _ROWS.strip().splitlines())
    return tuple(tuple(frozenset(terms(each)) for each in row) for row in rows)


def _told(text: str, office: Sequence[frozenset[str]]) -> frozenset[str]:
    """The terms by which ``text`` names the office; empty where it doesn't."""
    said = set(terms(text))
    return next((each for each in office if each <= said), frozenset())


def _named(text: str, office: Sequence[frozenset[str]], countries: frozenset[str]) -> Iterator[str]:
    """The names that follow the office and its country in ``text``."""
    spans = words(text)
    said = [frozenset(terms(text[span.start : span.end])) for span in spans]
    every = frozenset[str]().union(*office)
    for at in range(len(spans)):
        if not said[at] & every:
            continue
        near = said[max(0, at - NEAR) : at + 1 + BEHIND]
        present = frozenset[str]().union(*near)
        if not (present & countries and any(each <= present for each in office)):
            continue
        last = at
        while last + 1 < len(spans) and said[last + 1] & (countries | every):
            last += 1
        if found := _name_after(text, spans[last].end):
            yield found


def _name_after(text: str, end: int) -> str:
    """The full name that begins right behind ``end``; empty where none does."""
    if latin := _LATIN_NAME.match(text, end):
        return latin[1].strip()
    following = text[end : end + 40]
    after = [following[span.start : span.end] for span in words(following)]
    return " ".join(after[:2]) if len(after) > 1 and is_given_name(fold(after[0])) else ""
