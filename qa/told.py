"""A text read for what it tells that can be looked up elsewhere: changes when another kind of thing is read."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from qa.named import names_told
from qa.negation import negators
from qa.quantities import Quantity, quantities
from vectorstore.naming import PARTICLES
from vectorstore.records import Days, Span
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, language_of, terms, words
from vectorstore.times import find_times

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{2,200}", re.IGNORECASE)
_MOST_WORDS = 600
"""Words that a name is compared with by its sound, each of which costs time."""

SPOKEN = ("ar", "en", "fr")
"""Languages whose number words and negations are known."""


@dataclass(frozen=True, slots=True)
class Told:
    """A time told, as written at ``start``, and the days it means."""

    words: str
    days: Days
    start: int


@dataclass(frozen=True)
class Text:
    """A text read for what it tells; relative days count from ``reference``, the day it was published.

    ``known_language`` is of the article it stands in: a few words alone may look like another.
    """

    text: str
    reference: date | None = None
    known_language: str = ""

    @cached_property
    def _times(self) -> list[tuple[Span, Days]]:
        return [
            (Span(each.start, each.end), each.days)
            for each in find_times(self.text, self.reference)
            if each.days
        ]

    @cached_property
    def language(self) -> str:
        """ISO code."""
        return self.known_language or language_of(self.text)

    def speaks_like(self, other: "Text") -> bool:
        """Whether the two are in one language, as far as words so few can tell."""
        if self.language == other.language:
            return True
        return self.language not in SPOKEN and is_rtl(self.text) == is_rtl(other.text)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The index terms."""
        return frozenset(terms(self.text))

    @cached_property
    def term_pairs(self) -> frozenset[tuple[str, str]]:
        """The index terms that stand side by side."""
        return frozenset(pairwise(terms(self.text)))

    @cached_property
    def days(self) -> tuple[Told, ...]:
        """The times told that can be placed."""
        return tuple(Told(self.text[span.start : span.end], days, span.start) for span, days in self._times)

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        """The numbers that are no part of a time or an address."""
        dates = [span for span, _ in self._times]
        links = [Span(*found.span()) for found in _ADDRESS.finditer(self.text)]
        return tuple(quantities(self.text, dates + links))

    @cached_property
    def negators(self) -> tuple[str, ...]:
        """The words that deny."""
        return tuple(negators(self.text))

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Web addresses."""
        return tuple(_ADDRESS.findall(self.text))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words that can be told to be names of people, places or bodies, as written.

        In Latin script by their capitals; in Arabic script only next to a given name, or known places.
        """
        return tuple(dict.fromkeys(names_told(self.text)))

    @cached_property
    def folded_words(self) -> tuple[str, ...]:
        """The words, folded, and «عبد الله» also as one."""
        single = [fold(self.text[span.start : span.end]) for span in words(self.text)[:_MOST_WORDS]]
        joined = [a + b for a, b in pairwise(single) if without_clitics(a) in PARTICLES]
        return tuple(dict.fromkeys(single + joined))


@lru_cache(maxsize=512)
def read(text: str, reference: date | None = None, language: str = "") -> Text:
    """``text``, read once however often it is compared."""
    return Text(text, reference, language)


def coverage(claim: Text, words_cited: Text) -> float:
    """The share of the claim's terms that the cited words have, 0 to 1; 0 for a claim without terms."""
    return len(claim.terms & words_cited.terms) / len(claim.terms) if claim.terms else 0.0
