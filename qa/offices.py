"""Who holds an office that a question names in place of a person, as the stored articles tell: "Norway's foreign
minister". Changes when another office should be known.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from qa.exonyms import peoples_in, place_terms
from qa.people import CAPITALISED_NAME, LEAST_FULL, Sought, names_in
from qa.relations import SAYING, asks_whom_met, relations_in
from vectorstore.library import Library
from vectorstore.naming import is_given_name
from vectorstore.places import Place
from vectorstore.records import Span
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
education minister, ministre de l'éducation, وزير التربية, وزيرة التربية, وزير التعليم, وزيرة التعليم
agriculture minister, ministre de l'agriculture, وزير الفلاحة, وزيرة الفلاحة, وزير الزراعة, وزيرة الزراعة
transport minister, ministre du transport, ministre des transports, وزير النقل, وزيرة النقل
tourism minister, ministre du tourisme, وزير السياحة, وزيرة السياحة
culture minister, ministre de la culture, وزير الثقافة, وزيرة الثقافة
trade minister, ministre du commerce, وزير التجارة, وزيرة التجارة
government spokesman, government spokesperson, porte-parole du gouvernement, الناطق باسم الحكومة
"""
NEAR = 6  # words within which an office and its country stand
BEHIND = 2  # words behind it in which the country may stand: «وزير الخارجية اليمني»
BESIDE = 8  # words within which the name of who holds an office stands
# What else stands in "who is the new health minister of Morocco?".
_ASKS_WHO = frozenset(
    terms(
        """
        who is the our current present new now today holds post qui est actuel actuelle nouveau nouvelle aujourd'hui
        occupe poste من هو هي الحالي الحالية الجديد الجديدة الآن اليوم يشغل تشغل منصب
        """
    )
)
_LATIN_NAME = re.compile(r",? ((?:[A-ZÀ-Þ][\w’'-]+(?: (?:al|el|bin|ben|de|van|von|ould))? ?){2,4})")


def office_in(query: str) -> frozenset[str]:
    """The index terms of the office that ``query`` names; empty where it names none or doesn't ask of its deeds."""
    if not (asks_whom_met(query) or "visit" in relations_in(query) or SAYING & set(terms(query))):
        return frozenset()
    return _named_by(query)


def asks_who_holds(query: str, places: Sequence[Place]) -> bool:
    """Whether ``query`` asks who holds an office, and nothing else."""
    told = _named_by(query)
    countries = frozenset[str]().union(*(terms(place.asked) for place in places))
    return bool(told) and set(terms(query)) <= told | countries | _ASKS_WHO


def office_terms(query: str) -> frozenset[str]:
    """The index terms of all that the office named in ``query`` is called."""
    return frozenset[str]().union(*_forms(query))


def is_titled_there(title: str, places: Sequence[Place]) -> bool:
    """Whether a title names a country asked about: "Mali : … nommé Premier ministre"."""
    said = frozenset(terms(title))
    return any(name <= said for place in places if place.country for name in place.names)


def names_holder(text: str, query: str, *, abroad: bool) -> bool:
    """Whether ``text`` names somebody beside the office that ``query`` names, and by it no country but that asked.

    ``abroad``: the country asked about isn't that of domestic news, so that it has to stand there.
    """
    spans = words(text)
    said = [frozenset(terms(text[span.start : span.end])) for span in spans]
    forms, asked, every = _forms(query), set(terms(query)), office_terms(query)
    for first, last in _places_of(said, forms):
        beside = _words(text, spans, first - BEHIND, last + BEHIND)
        of_asked = [bool(place_terms(nation.asked) & asked) for nation in peoples_in(beside)]
        there = all(of_asked) and (bool(of_asked) or not abroad)
        if there and _has_name(_words(text, spans, first - BESIDE, last + BESIDE), every):
            return True
    return False


def _places_of(said: Sequence[frozenset[str]], forms: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Where an office is named: its first word and its last, of those whose index terms are ``said``."""
    for first in range(len(said)):
        runs = (
            (last, frozenset[str]().union(*said[first : last + 1])) for last in range(first, first + NEAR)
        )
        at = next(
            (last for last, run in runs if any(form <= run and form & said[first] for form in forms)), -1
        )
        if first <= at < len(said):
            yield first, at


def _words(text: str, spans: Sequence[Span], first: int, last: int) -> str:
    """The words ``first`` to ``last``, as far as there are any."""
    return text[spans[max(0, first)].start : spans[min(len(spans) - 1, last)].end]


def _has_name(text: str, office: frozenset[str]) -> bool:
    """Whether it has a given name, or two words with capitals that aren't of the ``office``."""
    if any(is_given_name(fold(text[span.start : span.end])) for span in words(text)):
        return True
    runs = (found[0].split() for found in CAPITALISED_NAME.finditer(text))
    return any(sum(not office & set(terms(word)) for word in run) >= LEAST_FULL for run in runs)


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


@lru_cache(maxsize=64)
def _forms(query: str) -> tuple[frozenset[str], ...]:
    """All that the offices named in ``query`` are called, each as its index terms."""
    return tuple(form for row in _offices() if _told(query, row) for form in row)


def _named_by(query: str) -> frozenset[str]:
    """The index terms by which ``query`` names offices."""
    return frozenset[str]().union(*(_told(query, office) for office in _offices()))


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
