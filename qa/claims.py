"""What a sentence claims that can be looked up in other words, and whether it is there: changes when another kind
of thing is checked.

Names, numbers, days and addresses: what an editor checks first, and what can be compared across languages.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from qa.exonyms import place_terms
from qa.grave import unfounded
from qa.named import is_translated, names_told
from qa.negation import negators
from qa.quantities import Quantity, quantities
from vectorstore.names import LIKELY, likeness, question_names
from vectorstore.naming import PARTICLES
from vectorstore.places import places_in
from vectorstore.records import Days, Span
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, language_of, terms, words
from vectorstore.times import find_times

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{2,200}", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u06d3]")
_YEARS = range(1900, 2100)

SPOKEN = ("ar", "en", "fr")
"""Languages whose number words and negations are known."""

_NEAR_VERBATIM = 0.7
"""Share of a sentence's terms from which on it repeats a passage, so that what differs is what was changed."""
_VERBATIM = 0.9
_MOST_WORDS = 600
"""Words that a name is compared with by its sound, each of which costs time."""


@dataclass(frozen=True, slots=True)
class Told:
    """A time told, as written, and the days it means."""

    words: str
    days: Days


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
        return tuple(Told(self.text[span.start : span.end], days) for span, days in self._times)

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


def missing(claim: Text, words_cited: Text, events: tuple[Days, ...], beside: str) -> tuple[str, ...]:
    """What ``claim`` tells that isn't in the cited words, as the claim has it, in its order of kinds.

    ``events`` are further days known of the cited words (told just before them), ``beside`` is what is shown next
    to them (the title), where a name may stand as well.
    """
    known = tuple(each.days for each in words_cited.days) + events
    found = [name for name in claim.names if not _named(name, claim, words_cited, beside)]
    found += [
        claim.text[each.start : each.end] for each in claim.numbers if not _counted(each, claim, words_cited)
    ]
    found += [each.words for each in claim.days if not _dated(each.days, known)]
    found += [each for each in claim.addresses if each.rstrip("./") not in words_cited.text]
    found += _moved(claim, words_cited)
    found += _grave(claim, words_cited, beside)
    found += _changed(claim, words_cited, beside)
    return tuple(dict.fromkeys(found))


def coverage(claim: Text, words_cited: Text) -> float:
    """The share of the claim's terms that the cited words have, 0 to 1; 0 for a claim without terms."""
    return len(claim.terms & words_cited.terms) / len(claim.terms) if claim.terms else 0.0


def _dated(claimed: Days, known: tuple[Days, ...]) -> bool:
    """A claim may be coarser than what is told ("in September" for the 23rd), never finer.

    A range is told where both its ends are.
    """
    if claimed in known or (_month_or_year(claimed) and any(days.within(claimed) for days in known)):
        return True
    ends = {days.first for days in known}, {days.last for days in known}
    return claimed.first in ends[0] and claimed.last in ends[1]


def _month_or_year(days: Days) -> bool:
    if days.first.day != 1 or days.first.year != days.last.year or days.last == date.max:
        return False
    ends_month = (days.last + timedelta(days=1)).day == 1
    return ends_month and (days.first.month, days.last.month) in ((1, 12), (days.last.month,) * 2)


def _counted(claimed: Quantity, claim: Text, cited: Text) -> bool:
    if cited.language not in SPOKEN and not claim.text[claimed.start].isdigit():
        return True
    if any(each.value == claimed.value for each in cited.numbers):
        return True
    years = {year for each in cited.days for year in (each.days.first.year, each.days.last.year)}
    return claimed.value in _YEARS and int(claimed.value) in years


def _moved(claim: Text, cited: Text) -> list[str]:
    """Figures that do stand in the cited words, but not where a sentence that repeats those has them."""
    shared = coverage(claim, cited)
    if shared < _NEAR_VERBATIM or not claim.speaks_like(cited):
        return []
    enough = all if shared >= _VERBATIM else any
    exact = {each.days for each in cited.days}
    coarser = {term for each in claim.days if each.days not in exact for term in terms(each.words)}
    own = terms(claim.text)
    found = []
    for before, figure, after in zip(["", *own], own, [*own[1:], ""], strict=False):
        pairs = [pair for pair in ((before, figure), (figure, after)) if cited.terms.issuperset(pair)]
        if (
            figure[0].isdigit()
            and figure not in coarser
            and pairs
            and not enough(pair in cited.term_pairs for pair in pairs)
        ):
            found.append(figure)
    return found


def _named(name: str, claim: Text, cited: Text, beside: str) -> bool:
    """Whether a name stands in the cited words, in any spelling or language."""
    besides = read(beside)
    known = cited.terms | besides.terms
    own = frozenset(terms(name)) | place_terms(name)
    if own & known or any(each <= known for place in places_in(name) for each in place.names):
        return True
    if not claim.speaks_like(cited) and is_translated(name):
        return True  # translated, and so not to be told by its sound
    folded = fold(name)
    return any(likeness(folded, each) >= LIKELY for each in (*cited.folded_words, *besides.folded_words))


def _grave(claim: Text, cited: Text, beside: str) -> list[str]:
    """The claim's words that accuse, kill or dismiss where the cited words don't."""
    lacking = unfounded(claim.terms, cited.terms | read(beside).terms)
    if not lacking:
        return []
    spelled = (claim.text[span.start : span.end] for span in words(claim.text))
    return [word for word in spelled if lacking & set(terms(word))]


def _changed(claim: Text, cited: Text, beside: str) -> list[str]:
    """Where an Arabic sentence repeats an Arabic passage but for a word or two: those, if they can be names."""
    if not (is_rtl(claim.text) and is_rtl(cited.text)) or coverage(claim, cited) < _NEAR_VERBATIM:
        return []
    known = cited.terms | read(beside).terms
    candidates = [word for run in question_names(claim.text) for word in run.split()]
    return [
        word
        for word in candidates
        if terms(word)
        and not known.intersection(terms(word))
        and not quantities(word)
        and not any(likeness(fold(word), each) >= LIKELY for each in cited.folded_words)
    ]
