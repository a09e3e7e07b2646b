"""The figure that an article gives of what a question wants counted: changes when it is to be found otherwise.

Of a toll that is the largest it gives that isn't taken back: others are of earlier counts or of parts. Where a place
is asked about ("how many died in Taroudant"), it is the figure nearest to that place's name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from qa.counted import ASKING, COUNTING, Counted, Thing, counted_in
from qa.disasters import kinds_in
from qa.evidence import Evidence, article_terms, names_all, recalls
from qa.exonyms import nations_in
from qa.people import Sought, mentions, stands_as_place
from qa.question import Question
from qa.relations import forms, relations_in
from qa.subject import has_each, paragraph_of
from vectorstore.neighbours import points_back
from vectorstore.places import Place
from vectorstore.records import Article, Span
from vectorstore.text import is_rtl, terms, words

# From this probability on, in which the reader has no part, an article is about what is asked.
LIKELY = 0.04
# What is named answers although an article about something else only looks back on it.
RECALLED = 0.01
MOST_WORDS = 0.5
# Who gives another figure than the authorities.
CLAIMED = re.compile(
    r"\b(?:unions?|for (?:its|their) part|pour (?:sa|leur) part|syndicats?|ONG|NGOs?|opposition)\b"
    r"|(?:من (?:جهتها|جانبها)|نقابة|المعارضة)",
    re.IGNORECASE,
)
PROJECT = frozenset(
    terms(
        "project scheme programme work works bill total price projet chantier travaux facture مشروع أشغال ورش "
        "تكلفة كلفة"
    )
)

Called = frozenset[frozenset[str]]
"""All that something is called, each as the index terms of one name."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one article counts, and the day that places it among events; none where nothing tells it.

    ``likely`` is how likely the article is to answer, by its likeliest sentence. ``corrects`` is a figure that it
    takes back, as written; what ``looks_back`` tells of something long over. ``named``
    says that the article has the names asked about, in a spelling that is known.
    """

    evidence: Evidence
    counted: Counted
    day: date | None
    likely: float
    corrects: str = ""
    looks_back: bool = False
    named: bool = True

    @property
    def value(self) -> Decimal:
        """The number."""
        return self.counted.value

    @property
    def published(self) -> date:
        """When it was reported; what isn't dated is older than all else."""
        return self.evidence.chunk.article.published or date.min


def figures_of(
    evidence: Sequence[Evidence],
    thing: Thing,
    question: Question,
    people: Sequence[Sought],
    places: Sequence[Place],
) -> list[Figure]:
    """The figure of each article that gives one of ``thing``, however likely that article is to answer."""
    there = _asked_places(question, people, places)
    names = _names(question, people, places)
    naming = [each for each in evidence if names_all(each.chunk.article, names)]
    only = names or _told_only_there(naming, thing, question)
    looked_back = [] if question.window else _recalled(naming, thing, only)
    if looked_back:
        return looked_back
    return [
        replace(each, named=names_all(each.evidence.chunk.article, names))
        for each in _of_articles(evidence, thing, question, there, people)
    ]


def is_likely(figure: Figure, thing: Thing, question: Question, people: Sequence[Sought]) -> bool:
    """Whether the figure's article is likely enough to be about what is asked.

    Much costs something: an article with a price has to have most of the question's words or, in another language,
    whatever else of them is known in all three, or of a fine the names.
    """
    if not figure.named:
        return False
    if thing.people or not thing.known:
        return figure.likely >= LIKELY or (figure.likely >= RECALLED and _is_headed(figure, people))
    article = figure.evidence.chunk.article
    if article.language == question.language:
        return figure.evidence.signs.passage_coverage >= MOST_WORDS and is_priced(figure.evidence, question)
    if forms("fine") <= thing.words and any(each.terms and not each.thing for each in people):
        return bool(thing.words & article_terms(article))
    others = [each for each in relations_in(question.query) if each not in COUNTING]
    return bool(others) and all(forms(each) & article_terms(article) for each in others)


def _is_headed(figure: Figure, people: Sequence[Sought]) -> bool:
    """Whether the title names all that the question does, and it names anything."""
    title = figure.evidence.chunk.article.title
    return bool(people) and all(each.terms and mentions(title, each) for each in people)


def is_priced(evidence: Evidence, question: Question) -> bool:
    """Whether a price can be that of what is asked about: its sentence names a part of it, or "it", "the project"."""
    asked = set(terms(question.query)) - ASKING - forms("cost")
    return not asked or bool((asked | PROJECT) & set(terms(evidence.text))) or points_back(evidence.text)


def _asked_places(question: Question, people: Sequence[Sought], places: Sequence[Place]) -> list[Called]:
    """What each place is called that the question asks about as one: "in Taroudant", not "the Taroudant quake"."""
    towns = [_called(each) for each in people if each.place]
    return towns + [
        each.names for each in places if not each.country and stands_as_place(question.query, each.asked)
    ]


def _names(question: Question, people: Sequence[Sought], places: Sequence[Place]) -> list[Called]:
    """What else the question names is called, such as that an earthquake is named after.

    Arabic has no capitals: a word that some article uses as a name is often none.
    """
    named = [_called(each) for each in people if not each.place and not is_rtl(each.asked)]
    return named + [
        each.names for each in places if not each.country and not stands_as_place(question.query, each.asked)
    ]


def _called(sought: Sought) -> Called:
    return frozenset(frozenset((term,)) for term in sought.terms)


def _told_only_there(evidence: Sequence[Evidence], thing: Thing, question: Question) -> list[Called]:
    """What the question says that of the sentences with a figure in its language only those that look back say."""
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for each in evidence:
        if each.chunk.article.language == question.language and any(counted_in(each.text, thing)):
            told[recalls(each.sentence, each.chunk.article)] |= set(terms(each.text))
    known = thing.words.union(ASKING, *kinds_in(question.query))
    only = set(terms(question.query)) & told[True] - told[False] - known
    return [frozenset((frozenset((term,)),)) for term in only] if told[False] else []


def _recalled(evidence: Sequence[Evidence], thing: Thing, names: Sequence[Called]) -> list[Figure]:
    """The figures of something long over that is asked about by name, where an article only looks back on it."""
    return [
        _figure(each, counted, max(each.probability, LIKELY))
        for each in evidence
        if names and each.probability >= RECALLED and recalls(each.sentence, each.chunk.article)
        for counted in _there(each.text, thing, names, after=True)
    ]


def _of_articles(
    evidence: Sequence[Evidence],
    thing: Thing,
    question: Question,
    places: Sequence[Called],
    people: Sequence[Sought],
) -> Iterator[Figure]:
    ordered = sorted(evidence, key=lambda each: each.chunk.article.article_id)
    for _, group in groupby(ordered, key=lambda each: each.chunk.article.article_id):
        every = list(group)
        now = [each for each in every if not recalls(each.sentence, each.chunk.article)]
        tells_now = any(counted for each in now for counted in counted_in(each.text, thing))
        own = every if question.window or not tells_now else now
        likely = max((each.probability for each in own), default=0.0)
        told = [(each, counted) for each in own for counted in counted_in(each.text, thing)]
        withdrawn = [
            each.text[counted.span.start : counted.span.end] for each, counted in told if counted.withdrawn
        ]
        here = [(each, counted) for each in own for counted in _there(each.text, thing, places)]
        if places and not here and not (own and _is_about(own[0], places)):
            continue
        asked = [_called(each) for each in people if each.terms]
        if own and asked and names_all(own[0].chunk.article, asked) and not _is_about(own[0], asked):
            # An article that only speaks of it by the way tells its figure where it names it.
            told = here = [
                (each, counted) for each, counted in told if all(mentions(each.text, one) for one in people)
            ]
        found = [_figure(each, counted, likely) for each, counted in here or told if not counted.withdrawn]
        if found:
            best = _best(found, thing, people)
            looks_back = not tells_now and not question.window
            yield replace(best, corrects=withdrawn[-1] if withdrawn else "", looks_back=looks_back)


def _best(figures: Sequence[Figure], thing: Thing, people: Sequence[Sought]) -> Figure:
    """The largest figure, of those that the title gives if it does; of other things than people the likeliest.

    What happened in a country that neither title nor lead name is something else, unless an article that isn't
    headed by what is asked about tells it of that.
    """
    if not thing.people:
        return max(figures, key=lambda each: each.evidence.probability)
    article = figures[0].evidence.chunk.article
    asked = [each for each in people if each.terms and not mentions(article.title, each)]
    naming = [each for each in figures if asked and all(mentions(each.evidence.text, one) for one in asked)]
    if naming:
        return max(naming, key=lambda each: each.value)
    headed = {each.value for each in counted_in(article.title, thing) if not each.withdrawn}
    head = _head(article)
    near = [
        each for each in figures if has_each(head, [place.names for place in nations_in(each.evidence.text)])
    ] or figures
    undisputed = [each for each in near if not CLAIMED.search(each.evidence.text)]
    own = [each for each in figures if each.value in headed] or undisputed or near
    return max(own, key=lambda each: each.value)


def _head(article: Article) -> frozenset[str]:
    """The index terms of an article's title and first paragraph."""
    return frozenset(terms(f"{article.title}\n{paragraph_of(article.text, 0)}"))


def _is_about(evidence: Evidence, places: Sequence[Called]) -> bool:
    """Whether the title or the first paragraph of the article names all the places."""
    return has_each(_head(evidence.chunk.article), places)


def _there(text: str, thing: Thing, places: Sequence[Called], after: bool = False) -> list[Counted]:
    """The number nearest to the name asked about, or the first ``after`` it, in a sentence that counts the thing."""
    present = set(terms(text))
    if not places or not thing.words & present or not all(any(n <= present for n in each) for each in places):
        return []
    called = frozenset[str]().union(*(name for each in places for name in each))
    named = [span for span in words(text) if called & set(terms(text[span.start : span.end]))]
    wide = replace(thing, words=thing.words | called, others=frozenset())
    others = {each.span for each in counted_in(text, replace(thing, words=thing.others, others=thing.words))}
    numbers = [each for each in counted_in(text, wide) if not each.withdrawn and each.span not in others]
    if after:
        numbers = [each for each in numbers if each.span.start > named[0].start]
    return sorted(numbers, key=lambda each: _distance(each.span, named))[:1]


def _distance(span: Span, others: Sequence[Span]) -> int:
    return min(max(each.start - span.end, span.start - each.end) for each in others)


def _figure(evidence: Evidence, counted: Counted, likely: float) -> Figure:
    start = evidence.sentence.start
    span = Span(start + counted.span.start, start + counted.span.end)
    events = evidence.sentence.events
    day = events[0].first if events else evidence.chunk.article.published
    return Figure(replace(evidence, answer=span), counted, day, likely)
