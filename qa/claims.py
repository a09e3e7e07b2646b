"""What a sentence claims that can be looked up in other words, and whether it is there: changes when another kind
of thing is checked.

Names, numbers, days and addresses: what an editor checks first, and what can be compared across languages.
"""

from datetime import date, timedelta

from qa.binding import miscounted, not_held, said_of_its_own, said_of_others, well_counted
from qa.exonyms import place_terms
from qa.grave import unfounded
from qa.named import is_translated
from qa.near_copy import changed, moved, quoted
from qa.opposites import opposed
from qa.quantities import Quantity
from qa.roles import turned_round
from qa.told import SPOKEN, Text, read
from qa.units import unit_after, with_unit
from vectorstore.names import LIKELY, likeness
from vectorstore.places import places_in
from vectorstore.records import Days, Span
from vectorstore.text import fold, is_rtl, terms, words

_YEARS = range(1900, 2100)
_BY_FORM = (1, 2)
"""Numbers that a word's form tells as well: «بهدفين» is by two goals."""


def missing(claim: Text, words_cited: Text, events: tuple[Days, ...], beside: str) -> tuple[str, ...]:
    """What ``claim`` tells that isn't in the cited words, as the claim has it, in its order of kinds.

    ``events`` are further days known of the cited words (told just before them), ``beside`` is what is shown next
    to them (the title), where a name may stand as well.
    """
    known = tuple(each.days for each in words_cited.days) + events
    found = [name for name in claim.names if not _named(name, claim, words_cited, beside)]
    for each in claim.numbers:
        if not _counted(each, claim, words_cited):
            found.append(claim.text[each.start : each.end])
        elif not _measured(each, claim, words_cited):
            found.append(with_unit(claim.text, Span(each.start, each.end)))
    found += [each.words for each in claim.days if not _dated(each.days, known)]
    found += [each for each in claim.addresses if each.rstrip("./") not in words_cited.text]
    found += moved(claim, words_cited)
    found += quoted(claim, words_cited)
    # What must not be said of anyone without its standing in the source: likeness doesn't tell "met" from "arrested".
    found += _spelled(claim, unfounded(claim.terms, words_cited.terms | read(beside).terms))
    found += _spelled(claim, said_of_others(claim, words_cited, beside, _stands_in))
    found += _spelled(claim, not_held(claim, words_cited))
    found += miscounted(claim, words_cited)
    found += changed(claim, words_cited, beside)
    found += turned_round(claim, words_cited, _stands_in)
    counted = well_counted(claim, words_cited)
    return tuple(each for each in dict.fromkeys(found) if each not in counted)


def is_of_its_own(claim: Text, cited: Text) -> bool:
    """Whether what ``claim`` tells of its one person is something grave that the cited words tell of them too."""
    return said_of_its_own(claim, cited, _stands_in)


def unheard(claim: Text, article: Text, beside: str) -> tuple[str, ...]:
    """The names and grave words of ``claim`` that stand nowhere in the article, nor in its title beside it."""
    grave = unfounded(claim.terms, article.terms | read(beside).terms)
    names = (name for name in claim.names if not _named(name, claim, article, beside))
    return (*names, *_spelled(claim, grave))


def against(claim: Text, words_cited: Text) -> tuple[str, ...]:
    """The words of ``claim`` of which the cited words tell the opposite alone: "rose" where they have "fell"."""
    return _spelled(claim, opposed(claim.terms, words_cited.terms))


def _spelled(claim: Text, wanted: frozenset[str]) -> tuple[str, ...]:
    """The words as the claim has them whose index terms are ``wanted``."""
    spelled = (claim.text[span.start : span.end] for span in words(claim.text)) if wanted else ()
    return tuple(word for word in spelled if wanted & set(terms(word)))


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
    if claimed.value in _BY_FORM and not claim.speaks_like(cited):
        return True  # «بهدفين لواحد»: a dual has no number word
    years = {year for each in cited.days for year in (each.days.first.year, each.days.last.year)}
    return claimed.value in _YEARS and int(claimed.value) in years


def _measured(claimed: Quantity, claim: Text, cited: Text) -> bool:
    """Whether the number counts in the same unit, as far as units are known."""
    unit = unit_after(claim.text, claimed.end)
    units = {unit_after(cited.text, each.end) for each in cited.numbers if each.value == claimed.value}
    return not unit or not units or unit in units or "" in units


def _stands_in(name: str, claim: Text, cited: Text) -> bool:
    return _named(name, claim, cited, "")


def _named(name: str, claim: Text, cited: Text, beside: str) -> bool:
    """Whether a name stands in the cited words, in any spelling or language."""
    besides = read(beside)
    known = cited.terms | besides.terms
    place, countries = place_terms(name), places_in(name)
    own = frozenset(terms(name)) | place
    if own & known or any(each <= known for country in countries for each in country.names):
        return True
    if not (place or countries or claim.speaks_like(cited)) and is_translated(name):
        return True  # translated, and so not to be told by its sound
    folded = fold(name)
    # Munich is no spelling of Münch: a place that is known has all its spellings told, but for other scripts.
    return any(
        likeness(folded, each) >= LIKELY
        for each in (*cited.folded_words, *besides.folded_words)
        if not place or is_rtl(each) != is_rtl(folded)
    )
