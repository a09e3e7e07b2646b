"""Whether two articles are one text, trimmed or reworded here and there, or a follow-up, an update, a correction.

What both tell in nearly the same words is laid side by side. A copy tells most of the shorter text; where a sentence
pair differs in a number, a day, a name or a denial, or one opens with what the other doesn't know, it is news.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from vectorstore.fingerprints import runs
from vectorstore.naming import name_words
from vectorstore.places import places_in
from vectorstore.records import Article
from vectorstore.text import fold, sentences, terms, words
from vectorstore.time_words import sense
from vectorstore.times import find_times

DAYS_APART = 4  # an agency's text is printed within days; the same words a year later are another story
_LONGEST = 30_000  # characters compared; what outlets copy is shorter
_COVERED = 0.55  # of the shorter text's words, in sentences that the longer one has too
_SAME_SENTENCE = 0.4  # of a sentence's runs of three words
_RUN = 3
_MOST_PLACES = 20  # sentences looked at that hold one run
_KNOWN = 0.5  # of the opening's terms that the other text uses too
_DENIALS = frozenset(
    fold(
        "not no never without cannot pas aucun aucune jamais sans لم لن لا ليس ليست عدم دون بدون نفى نفت ينفي"
    ).split()
)
_OPPOSITES = tuple(
    (frozenset(terms(one)), frozenset(terms(other)))
    for one, other in (
        (
            "rise rose rises raise raised raises gain gains firmed hausse augmente augmenté relève relevé"
            " رفع رفعت ارتفع ارتفعت زادت زيادة صعود",
            "fall fell falls cut cuts lower lowered drop dropped slipped baisse baissé recule reculé abaissé"
            " خفض خفضت انخفض انخفضت تراجع تراجعت هبط هبطت",
        ),
        (
            "open opens opened rouvre rouvert ouvre فتح فتحت افتتاح",
            "close closes closed ferme fermé أغلق أغلقت إغلاق",
        ),
        ("accept accepted accepte accepté قبل قبلت وافق وافقت", "reject rejected rejette rejeté رفض رفضت"),
    )
)
_NUMBER = re.compile(r"[0-9]{1,15}(?:p[0-9]{1,15})?")
_SCALES = {
    scale: power
    for power, told in {
        3: "thousand mille ألف آلاف",
        6: "million مليون ملايين mln",
        9: "billion milliard مليار",
    }.items()
    for scale in terms(told)
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with what a copy of it would keep."""

    runs: frozenset[str]
    size: int
    numbers: frozenset[float]
    days: frozenset[str]
    names: frozenset[str]
    terms: frozenset[str]
    denies: int


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as it is compared with others."""

    published: date | None
    title: Sentence
    sentences: tuple[Sentence, ...]

    @property
    def size(self) -> int:
        """How many words it has."""
        return sum(each.size for each in self.sentences)


def same_story(one: Telling, other: Telling) -> bool:
    """Whether one of the articles is a copy of the other; a follow-up, an update or a correction is not."""
    if one.published and other.published and abs((one.published - other.published).days) > DAYS_APART:
        return False
    shorter, longer = sorted((one, other), key=lambda each: each.size)
    pairs = list(_pairs(shorter, longer))
    covered = sum(each.size for each, _ in pairs)
    if covered < _COVERED * shorter.size or any(_conflict(*pair) for pair in pairs):
        return False
    return not _brings_news(shorter, longer) and not _brings_news(longer, shorter)


def telling(article: Article) -> Telling:
    """``article`` as it is compared with others."""
    text = article.text[:_LONGEST]
    told = (text[each.start : each.end] for each in sentences(text))
    day = article.published
    return Telling(day, _read(article.title, day), tuple(_read(each, day) for each in told))


# The articles of one story are compared with one another again and again.
@lru_cache(maxsize=4096)
def _read(text: str, published: date | None) -> Sentence:
    times = find_times(text, published)
    edges = [0, *(edge for each in times for edge in (each.start, each.end)), len(text)]
    timeless = " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    tokens = [fold(text[each.start : each.end]) for each in words(text)]
    places = {min(" ".join(sorted(name)) for name in place.names) for place in places_in(timeless)}
    return Sentence(
        runs=frozenset(runs(tokens, _RUN)) if tokens else frozenset(),
        size=len(tokens),
        numbers=frozenset(_numbers(timeless)),
        days=frozenset(f"{each.days.first} {each.days.last}" for each in times if each.days),
        names=frozenset(places | name_words(timeless)),
        terms=frozenset(terms(text)),
        denies=sum(token in _DENIALS or token.endswith("n't") for token in tokens),
    )


def _numbers(text: str) -> Iterator[float]:
    """The numbers told, in digits or in a word, each with the thousands or millions after it."""
    for term, after in pairwise([*terms(text), ""]):
        digits = _NUMBER.fullmatch(term)
        number = float(term.replace("p", ".")) if digits else sense(term).amount
        if digits or number > 1:
            yield round(number * 10 ** _SCALES.get(after, 0), 6)


def _pairs(shorter: Telling, longer: Telling) -> Iterator[tuple[Sentence, Sentence]]:
    """The shorter text's sentences, each with the longer one's that says nearly the same, where there is one."""
    holders: dict[str, list[int]] = {}
    for place, each in enumerate(longer.sentences):
        for run in each.runs:
            places = holders.setdefault(run, [])
            if len(places) < _MOST_PLACES:
                places.append(place)
    for each in shorter.sentences:
        shared: dict[int, int] = {}
        for run in each.runs:
            for place in holders.get(run, ()):
                shared[place] = shared.get(place, 0) + 1
        place = max(shared, key=lambda at: (shared[at], -at), default=-1)
        if place >= 0 and shared[place] >= _SAME_SENTENCE * min(
            len(each.runs), len(longer.sentences[place].runs)
        ):
            yield each, longer.sentences[place]


def _conflict(one: Sentence, other: Sentence) -> bool:
    """Whether each says something where the other says something else: a number, a day, a name, yes and no."""
    facts = ((one.numbers, other.numbers), (one.days, other.days), (one.names, other.names))
    if one.denies != other.denies or any(mine - theirs and theirs - mine for mine, theirs in facts):
        return True
    mine, theirs = one.terms - other.terms, other.terms - one.terms
    return any((up & mine and down & theirs) or (down & mine and up & theirs) for up, down in _OPPOSITES)


def _brings_news(one: Telling, other: Telling) -> bool:
    """Whether ``one`` opens with something that ``other`` doesn't know."""
    opening = (one.title, *one.sentences[:1])
    told = (other.title, *other.sentences)
    numbers = frozenset[float]().union(*(each.numbers for each in told))
    known = frozenset[str]().union(*(each.terms for each in told))
    lead = opening[-1].terms
    return any(each.numbers - numbers for each in opening) or len(lead & known) < _KNOWN * len(lead)
