"""Which figure or name belongs to which statement, in a sentence and in the words it cites: changes when the two are
to be told apart by other signs.

A sentence may name only what its passage names, and still give the deed or the figure of one to the other.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa.exonyms import place_terms
from qa.named import is_translated
from qa.told import Text
from qa.units import is_unit, unit_after
from vectorstore.names import LIKELY, likeness
from vectorstore.naming import is_given_name, name_words
from vectorstore.places import places_in
from vectorstore.records import Span
from vectorstore.text import clauses, fold, is_rtl, sentences, terms, words

FEWEST_WORDS = 4
_PART = re.compile(r"[,.](?!\d)|[;:،؛!?؟()–—]|\b(?:and|et)\b|(?<=\s)و(?=\d)")
_HIM = re.compile(
    r"^(?:و?\w+\s)?\w{3,}(?:ه|ها|هم)\s|\b(?:he|she|they|him|il|elle|ils|elles|lui)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """``words`` of a sentence with what it says of them (``said``), and in the cited words what those say of them
    (``own``) and of others like them (``others``).
    """

    words: str
    said: str
    own: tuple[str, ...]
    others: tuple[str, ...]


def figures(claim: Text, cited: Text) -> Iterator[Pairing]:
    """The figures of ``claim`` that the cited words have besides others that may count the same."""
    told = [(each, unit_after(cited.text, each.end), _part(cited, each.start)) for each in cited.numbers]
    for each in claim.numbers:
        part, unit = _part(claim, each.start), unit_after(claim.text, each.end)
        if sum(part.start <= other.start < part.end for other in claim.numbers) > 1:
            continue  # what is said of which isn't clear
        rivals = [(other, where) for other, its, where in told if not (unit and its and unit != its)]
        own = (_uncounted(cited, where) for other, where in rivals if other.value == each.value)
        others = (_uncounted(cited, where) for other, where in rivals if other.value != each.value)
        yield from _paired(claim.text[each.start : each.end], _uncounted(claim, part), own, others)


def times(claim: Text, cited: Text) -> Iterator[Pairing]:
    """The times of ``claim`` that the cited words have besides others, of which it doesn't tell."""
    told = [(each.days, _uncounted(cited, _part(cited, each.start))) for each in cited.days]
    for each in claim.days:
        own = (around for days, around in told if days.overlaps(each.days))
        others = (around for days, around in told if not any(days.overlaps(its.days) for its in claim.days))
        yield from _paired(each.words, _uncounted(claim, _part(claim, each.start)), own, others)


def _part(text: Text, at: int) -> Span:
    """The part of ``text`` with the figure at ``at``, from comma or "and" to the next; more where it says nothing.

    "In 2003" says nothing: at the beginning of a sentence it goes on, else it belongs to what was before.
    """
    cuts = list(_PART.finditer(text.text))
    before = [0, *(cut.end() for cut in cuts if cut.end() <= at)]
    after = [*(cut.start() for cut in cuts if cut.start() > at), len(text.text)]
    opens = before[-1] == 0 or text.text[before[-1] - 1] in ".!?؟"
    wider = (
        [(before[-1], end) for end in after] if opens else [(start, after[0]) for start in reversed(before)]
    )
    parts = [Span(start, end) for start, end in wider]
    return next((each for each in parts if _says_something(_uncounted(text, each))), parts[-1])


def _says_something(words_about: str) -> bool:
    return any(terms(word) and not is_unit(word) for word in _words(words_about))


def _uncounted(text: Text, part: Span) -> str:
    """The part without its figures and times."""
    figures = [Span(each.start, each.end) for each in text.numbers]
    figures += [Span(each.start, each.start + len(each.words)) for each in text.days]
    kept, done = [], part.start
    for each in sorted(figures, key=lambda span: span.start):
        if part.start <= each.start < part.end:
            kept.append(text.text[done : each.start])
            done = each.end
    return " ".join(" ".join([*kept, text.text[done : part.end]]).split())


def people(claim: Text, cited: Text) -> Iterator[Pairing]:
    """The people of ``claim`` whom the cited words name besides others, whom it doesn't name."""
    named = people_words(claim.text)
    parts = [(part, people_words(part)) for part in _statements(cited.text)]
    for statement in _statements(claim.text):
        here = people_words(statement)
        own = tuple(_without(part, them) for part, them in parts if _share(here, them))
        others = tuple(
            _without(part, them)
            for part, them in parts
            if them and not _share(named, them) and not _HIM.search(part)
        )
        yield from _paired(_spelled(statement, here), _without(statement, here), own, others)


def _paired(words: str, said: str, own: Iterable[str], others: Iterable[str]) -> Iterator[Pairing]:
    """The pairing, if on each side something is said."""
    own, others = tuple(filter(terms, own)), tuple(filter(terms, others))
    if words and terms(said) and own and others:
        yield Pairing(words, said, own, others)


def people_words(text: str) -> frozenset[str]:
    """The folded words of people's names: capitalised ones, or given names in Arabic with the word after each."""
    spelled = _words(text)
    arabic = [
        fold(word)
        for first, second in pairwise([*spelled, ""])
        if is_rtl(first) and is_given_name(fold(first))
        for word in (first, second)
    ]
    latin = [word for word in name_words(text) if not is_rtl(word)]
    told = (word for word in arabic + latin if len(word) > 2 and not word.isdigit())
    return frozenset(
        word for word in told if not (places_in(word) or place_terms(word) or is_translated(word))
    )


def _share(some: frozenset[str], others: frozenset[str]) -> bool:
    return any(likeness(one, other) >= LIKELY for one in some for other in others)


def _spelled(text: str, names: frozenset[str]) -> str:
    return " ".join(word for word in _words(text) if fold(word) in names)


def _without(text: str, names: frozenset[str]) -> str:
    return " ".join(word for word in _words(text) if fold(word) not in names)


def _words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in words(text)]


def _statements(text: str) -> list[str]:
    """The clauses of ``text``, short ones joined with those before them."""
    found: list[Span] = []
    for sentence in sentences(text):
        first = True
        for part in clauses(text, sentence.start, sentence.end):
            short = len(words(text[part.start : part.end])) < FEWEST_WORDS
            if (
                found
                and not first
                and (short or len(words(text[found[-1].start : found[-1].end])) < FEWEST_WORDS)
            ):
                found[-1] = Span(found[-1].start, part.end)
            else:
                found.append(part)
            first = False
    return [text[each.start : each.end] for each in found]
