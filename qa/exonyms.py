"""What nations, their people and cities are called in three languages, where the names don't sound alike: changes
when another one should be known.

``vectorstore.places`` knows the countries' own names; ``exonyms.txt`` has the adjectives and cities that no table
has: a place a line, all its names and adjectives, what is inflected regularly once.
"""

import re
from functools import cache
from importlib.resources import files

from vectorstore.places import Place, places_in
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, terms, words

# Casablanca is named by its second word too; after any other word with the article it only means white.
WHITE = re.compile(r"(?<!\w)((?!الدار )ال\w+) البيضاء(?!\w)")


@cache
def _rows() -> tuple[str, ...]:
    return tuple(files("qa").joinpath("exonyms.txt").read_text("utf-8").splitlines())


@cache
def _places() -> dict[str, frozenset[str]]:
    """The row of each index term."""
    known: dict[str, frozenset[str]] = {}
    for row in _rows():
        # Stemmed with the article and without: the first letters of «ألماني» are taken for one.
        arabic = " ".join(f"ال{word}" for word in row.split() if is_rtl(word))
        of_row = frozenset(terms(f"{row} {arabic}"))
        for term in of_row:
            known[term] = known.get(term, frozenset()) | of_row
    return known


@cache
def _arabic_words() -> frozenset[str]:
    words = (fold(word) for row in _rows() for word in row.split())
    return frozenset(each for word in words if not word.isascii() for each in (word, without_clitics(word)))


def is_arabic_place(word: str) -> bool:
    """Whether an Arabic word is one of these names as it stands; stems alone are shared with too many others."""
    return bool(_arabic_words() & {fold(word), without_clitics(fold(word))})


def place_terms(word: str) -> frozenset[str]:
    """The index terms of all names of the place that ``word`` names; empty where it names none that is known."""
    return frozenset[str]().union(*(_places().get(term, frozenset()) for term in terms(word)))


@cache
def _nations() -> frozenset[str]:
    """The index terms of the rows that have a country's own name."""
    rows = (row for row in _rows() if any(place.country for place in places_in(row)))
    return frozenset(term for row in rows for term in terms(row))


def peoples_in(text: str) -> list[Place]:
    """The nations that ``text`` names, also by an adjective; no cities."""
    return [each for each in nations_in(text) if _nations() & place_terms(each.asked)]


def names_a_country(text: str) -> bool:
    """Whether ``text`` names any country, or a people by its adjective; cities don't count."""
    return any(place.country for place in places_in(text)) or bool(peoples_in(text))


@cache
def _listed() -> frozenset[str]:
    return frozenset(fold(word) for row in _rows() for word in row.split())


def _may_be_nation(word: str) -> bool:
    """Whether a word in Latin script may name one: as listed, but for a plural or feminine ending.

    "Dams" has a stem of Damascus, and Sebti, a surname, that of Sebta. With a capital, other adjectives of nations
    count too.
    """
    if is_rtl(word):
        return False
    small = fold(word)
    as_listed = {small, *(small.removesuffix(ending) for ending in ("s", "e", "es"))}
    return not as_listed.isdisjoint(_listed()) or (
        word[0].isupper() and not _nations().isdisjoint(terms(word))
    )


def nations_in(text: str) -> list[Place]:
    """The nations, adjectives of nations and cities that ``text`` names and that are called otherwise elsewhere.

    None counts as a country: "the Spanish police" may be told of where Spain isn't named.
    """
    text = WHITE.sub(r"\1", text)
    said = dict.fromkeys(text[span.start : span.end] for span in words(text))
    known = {word: place_terms(word) for word in said if is_arabic_place(word) or _may_be_nation(word)}
    return [
        Place(word, frozenset(frozenset((term,)) for term in of_place), country=False)
        for word, of_place in known.items()
        if of_place
    ]
