"""Which spellings of common Arabic and of foreign names are known: changes when one of the lists does.

The vowels that Arabic doesn't write make Karim and كرم, or Hussein and حسن, sound nearly alike; for the commonest
names a list knows better. It is derived from the names of people in Wikidata (CC0). A second one, written by hand,
has names that Arabic writes as they are spoken in their own country, or calls otherwise: Puigdemont, Aristotle.
"""

from functools import cache
from importlib.resources import files

_NONE: frozenset[str] = frozenset()


@cache
def _forms(name: str) -> dict[str, frozenset[str]]:
    """The Arabic forms by each form of a list's names."""
    lines = files("vectorstore").joinpath(name).read_text("utf-8").splitlines()
    forms: dict[str, frozenset[str]] = {}
    for arabic, *latin in (line.split() for line in lines if not line.startswith("#")):
        forms[arabic] = frozenset((arabic,))
        for spelling in latin:
            forms[spelling] = forms.get(spelling, _NONE) | {arabic}
    return forms


def given_forms(folded: str) -> frozenset[str]:
    """How a common given name is written in Arabic (itself, if it is Arabic); empty for any other word."""
    return _forms("given_names.txt").get(folded, _NONE)


def arabic_forms(folded: str) -> frozenset[str]:
    """How a name of either list is written in Arabic (itself, if it is Arabic); empty for any other word."""
    return given_forms(folded) | _forms("foreign_names.txt").get(folded, _NONE)
