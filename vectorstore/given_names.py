"""Which spellings of common Arabic names are known: changes when the list is made anew.

The vowels that Arabic doesn't write make Karim and كرم, or Hussein and حسن, sound nearly alike; for the commonest
names a list knows better. It is derived from the names of people in Wikidata (CC0).
"""

from functools import cache
from importlib.resources import files

_NONE: frozenset[str] = frozenset()


@cache
def _forms() -> dict[str, frozenset[str]]:
    lines = files("vectorstore").joinpath("given_names.txt").read_text("utf-8").splitlines()
    forms: dict[str, frozenset[str]] = {}
    for arabic, *latin in (line.split() for line in lines if not line.startswith("#")):
        forms[arabic] = frozenset((arabic,))
        for spelling in latin:
            forms[spelling] = forms.get(spelling, _NONE) | {arabic}
    return forms


def arabic_forms(folded: str) -> frozenset[str]:
    """How a common name is written in Arabic (itself, if it is Arabic); empty for any other word."""
    return _forms().get(folded, _NONE)
