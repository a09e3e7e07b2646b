"""Which number of a sentence counts what a question asks for: changes when something else is to be counted.

"Killed 20 people and injured 35" counts the dead with 20 alone: each number belongs to the word nearest to it that
tells what happened, without another number or another such word between the two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.grave import matters_of
from qa.quantities import quantities
from qa.question import Kind, Question
from qa.relations import forms, relations_in
from qa.units import unit_after
from vectorstore.records import Span
from vectorstore.text import terms, words
from vectorstore.times import find_times

COUNTING = ("die", "injure", "cost")
"""Relations that a figure is told of."""
REACH = 6  # words between a number and what it counts
NOUNS = 2  # words after "how many" that may be what is counted
ASKING = frozenset(terms("how many much combien كم عدد حجم"))
PERSONS = frozenset(terms("people persons person personne personnes شخص أشخاص"))
# A question for a toll that doesn't ask "how many".
TOLLS = frozenset(terms("toll bilan حصيلة"))
# What stands before a number that is no longer held to be right.
WITHDRAWN = re.compile(
    r"\b(?:not|instead of|rather than|earlier version|earlier figure|previous(?:ly)?|wrongly|mistakenly|initially|"
    r"et non|au lieu de|version antérieure|version précédente|par erreur|initialement)\b"
    r"|(?:وليس|بدلا من|بدل|نسخة سابقة|خطأ|سابقا)",
    re.IGNORECASE,
)
# "Four workers, not five as reported, died": what stands aside parts no number from what it counts.
_ASIDE = re.compile(
    r"[,،(–—] ?(?:(?:and |et )?(?:not|non|pas)|instead of|rather than|au lieu de|و?ليس|بدلا? من)\s"
    r"[^,،()–—.;]{1,80}(?:[,،)–—]|(?=[.;])|\Z)"
)
_BREAK = re.compile(r"[;:؛!?؟()–—]|[,.](?!\d)|،")


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted, as index terms: the words that tell it, and those that tell what else may be counted.

    ``known`` says that it is one of the things told in three languages; ``people`` that it counts people.
    """

    words: frozenset[str]
    others: frozenset[str]
    known: bool
    people: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """The number at ``span`` of a text, what it counts in, and whether the text takes it back."""

    span: Span
    value: Decimal
    unit: str
    withdrawn: bool


def thing_asked(question: Question) -> Thing | None:
    """What ``question`` wants counted; none where it asks for no number."""
    asked = frozenset(terms(question.query))
    if question.kind is not Kind.HOW_MANY and not asked & TOLLS:
        return None
    relations = [each for each in COUNTING if each in relations_in(question.query)]
    matters = [row for row in matters_of(asked) if not any(row & forms(each) for each in COUNTING)]
    told = frozenset[str]().union(*(forms(each) for each in relations), *matters)
    if told:
        others = frozenset[str]().union(*map(forms, COUNTING))
        return Thing(told, others - told, True, relations[:1] != ["cost"])
    named = [term for term in terms(question.query) if term not in PERSONS | ASKING][:NOUNS]
    return Thing(frozenset(named), frozenset(), False, False) if named else None


def counted_in(text: str, thing: Thing) -> Iterator[Counted]:
    """The numbers of ``text`` that count ``thing``, in order; without days, shares and times."""
    times = [Span(each.start, each.end) for each in find_times(text, None)]
    numbers = quantities(text, times)
    taken = [Span(each.start, each.end) for each in numbers] + times
    asides = [Span(*each.span()) for each in _ASIDE.finditer(text)]
    free = [
        span
        for span in words(text)
        if not any(span.start < each.end and each.start < span.end for each in taken)
    ]
    counts = False
    for number in numbers:
        unit = unit_after(text, number.end)
        own = Span(number.start, number.end)
        if unit == "%" or (thing.people and unit not in ("", "person")):
            continue
        aside = any(each.start <= own.start < each.end for each in asides)
        counts = counts if aside else _nearest(text, own, free, taken, asides, thing)
        if counts:
            yield Counted(own, number.value, unit, aside or _is_withdrawn(text, own))


def _nearest(
    text: str, number: Span, free: Sequence[Span], taken: Sequence[Span], asides: Sequence[Span], thing: Thing
) -> bool:
    """Whether of all words that tell what is counted one for the thing is nearest to its number."""
    near = []
    for word in free:
        told = set(terms(text[word.start : word.end]))
        if told & (thing.words | thing.others):
            away = _away(text, number, word, taken, asides)
            near += [(away, not told & thing.words)] if away is not None else []
    return not min(near, default=(0, True))[1]


def _away(text: str, number: Span, word: Span, taken: Sequence[Span], asides: Sequence[Span]) -> int | None:
    """How many words part a number from a word; none where more than words do."""
    start, end = (number.end, word.start) if word.start >= number.end else (word.end, number.start)
    aside = next((each for each in asides if start <= each.start and each.end <= end), Span(end, end))
    between = text[start : aside.start] + " " + text[aside.end : end]
    others = (each.start for each in taken if each != number and not aside.start <= each.start < aside.end)
    if _BREAK.search(between) or any(start <= each < end for each in others):
        return None
    away = len(words(between))
    return away if away <= REACH else None


def _is_withdrawn(text: str, number: Span) -> bool:
    """Whether the words before the number, in its clause, take it back."""
    cuts = [each.end() for each in _BREAK.finditer(text, 0, number.start)]
    return bool(WITHDRAWN.search(text, cuts[-1] if cuts else 0, number.start))
