"""What a passage that answers should speak of, and how well a text does: changes when words should count otherwise.

A clue is one thing asked for, in all the ways that it may be written: a name in every spelling that the stored
articles have, a country in three languages, or a single word.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log

from vectorstore.folding import fold
from vectorstore.language import is_rtl
from vectorstore.lexicon import in_any_words
from vectorstore.library import Library
from vectorstore.names import question_names
from vectorstore.places import places_in
from vectorstore.spelling import spellings
from vectorstore.stemming import terms

Way = frozenset[str]
"""Index terms that together say one thing."""

PARTICLES = frozenset("al el bin ben ibn ould de del la van von".split())

# The usual parameters of BM25, which SQLite's full-text index has too.
SATURATION = 1.2
LENGTH = 0.75


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing asked for: all terms of any alternative satisfy it.

    ``weight`` is its rarity; ``held`` says whether any stored chunk has it.
    """

    alternatives: frozenset[Way]
    weight: float
    held: bool

    def met(self, present: Set[str]) -> bool:
        """Whether a text with these terms speaks of it."""
        return any(each <= present for each in self.alternatives)

    def count(self, counts: Mapping[str, float]) -> float:
        """How often a text with these terms speaks of it."""
        met = (each for each in self.alternatives if each <= counts.keys())
        return max((min(counts[term] for term in each) for each in met), default=0)


def terms_of(clues: Iterable[Clue]) -> frozenset[str]:
    """All terms that any of ``clues`` looks for."""
    return frozenset(term for clue in clues for way in clue.alternatives for term in way)


def weighed(ways: Sequence[frozenset[Way]], library: Library) -> list[Clue]:
    """A clue for each set of alternatives, with its inverse document frequency among the stored chunks."""
    frequencies = library.frequencies(sorted({term for way in ways for each in way for term in each}))
    total = library.count()[1]
    found = [_found_in(way, frequencies) for way in ways]
    return [Clue(way, _rarity(n, total), n > 0) for way, n in zip(ways, found, strict=True)]


def _found_in(way: frozenset[Way], frequencies: Mapping[str, int]) -> int:
    """In how many chunks a clue can occur at most."""
    return sum(min(frequencies.get(term, 0) for term in each) for each in way)


def _rarity(occurrences: int, total: int) -> float:
    """Inverse document frequency as in BM25, never negative."""
    occurrences = min(occurrences, total)
    return log(1 + (total - occurrences + 0.5) / (occurrences + 0.5))


def query_clues(query: str, library: Library) -> list[Clue]:
    """What ``query`` asks for: names and countries in any script, and its other words."""
    ways = [*(place.names for place in places_in(query)), *_names(query, library)]
    known = {term for way in ways for each in way for term in each}
    ways += [either(in_any_words(term)) for term in dict.fromkeys(terms(query)) if term not in known]
    return weighed(ways, library)


def _names(query: str, library: Library) -> Iterable[frozenset[Way]]:
    for name in question_names(query):
        certain = not is_rtl(name) and name[0].isupper()
        for part in name.split():
            if fold(part) not in PARTICLES and (found := spellings(part, library, certain)):
                yield either(term for word in (part, *found) for term in terms(word))


def either(alternatives: Iterable[str]) -> frozenset[Way]:
    """Each term as an alternative of its own."""
    return frozenset(frozenset((term,)) for term in alternatives)


def covered(clues: Sequence[Clue], present: Set[str]) -> float:
    """The share of the clues' weight that a text with these terms satisfies, 0 to 1."""
    whole = sum(each.weight for each in clues)
    return sum(each.weight for each in clues if each.met(present)) / whole if whole else 0.0


def matched(clues: Sequence[Clue], counts: Mapping[str, float], length: float) -> float:
    """BM25 (Robertson and Zaragoza 2009) as a share of the most that any text can have, 0 to 1.

    ``length`` is the text's, where 1 is usual. A question of which next to nothing occurs, such as one in another
    language, so stays near 0 on every passage, and leaves the order to the vectors.
    """
    whole = sum(each.weight for each in clues)
    slope = SATURATION * (1 - LENGTH + LENGTH * length)
    found = ((each.weight, each.count(counts)) for each in clues)
    got = sum(weight * count / (count + slope) for weight, count in found)
    return got / whole if whole else 0.0
