"""Figures that several articles give of one thing, side by side: the newest first, those that agree on one line."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from qa.article_figures import Figure, figures_of, is_likely
from qa.counted import ASKING, PERSONS, Thing
from qa.disasters import kinds_in
from qa.evidence import Evidence, article_terms, names_all
from qa.exonyms import place_terms
from qa.extractive import focus
from qa.meetings import ways
from qa.people import Sought
from qa.question import Question
from qa.selected import Selected, as_articles
from qa.subject import names_there, paragraph_of
from vectorstore.clues import Clue
from vectorstore.names import likeness
from vectorstore.places import Place
from vectorstore.text import is_rtl, terms, words
from vectorstore.times import find_times

# What is told of within this time is one event, unless its place says otherwise.
ONE_EVENT = timedelta(45)
# How likely, beside the likeliest one, an event is asked about too.
AS_LIKELY = 0.3
# In one language, a figure counts where its sentence says nearly as much of what was asked as the best.
SAYS_AS_MUCH = 0.8
# How alike the names of one place are in two scripts, of which one leaves vowels out.
SAME_PLACE = 0.75
# Of the most words of the question that an article with a figure has, how many another must have.
AS_CLOSE = 0.75
_IN = re.compile(
    r"\b(?:in|at|near|à|au|en|vers|près de)\s+((?:[A-ZÀ-Þ][\w'’-]+\s?){1,3})|(?:مدينة|إقليم|بمدينة|بإقليم)\s+(\w+)"
)


def side_by_side(
    evidence: Sequence[Evidence],
    thing: Thing,
    question: Question,
    people: Sequence[Sought],
    places: Sequence[Place],
    clues: Sequence[Clue],
) -> list[Selected]:
    """A line for each figure of the ``thing`` asked about, events by date, the newest figure of each first.

    Empty where no article is dated, and for what only the likeliest sentence can tell.
    """
    every = figures_of(evidence, thing, question, people, places)
    figures = _comparable(
        [each for each in every if is_likely(each, thing, question, people)], thing, question
    )
    if thing.people and kinds_in(question.query):
        figures += [each for each in every if _joins(each, figures)]
    figures = _as_close(figures, thing, question, people, places)
    if thing.people:
        there = ways(people, places)
        figures = [each for each in figures if not _names_by_the_way(each, there)] or figures
    events = [event for event in _events(figures, thing) if _is_likely(event, figures)]
    if not any(each.evidence.chunk.article.published for each in figures):
        return []
    if not thing.known and not any(len({each.value for each in event}) > 1 for event in events):
        return []
    return [line for event in events for line in _lines(event, question, clues)]


def _names_by_the_way(figure: Figure, there: Sequence[frozenset[frozenset[str]]]) -> bool:
    """Whether the article names where it is asked about, but neither at its head nor where the figure stands."""
    article, place = figure.evidence.chunk.article, figure.evidence.sentence.start
    return names_all(article, there) and not names_there(article, place, there)


def _comparable(figures: list[Figure], thing: Thing, question: Question) -> list[Figure]:
    """Those in the unit of the likeliest; of a thing that isn't known in three languages, those that say as much."""
    if thing.people or not figures:
        return figures
    best = max(figures, key=lambda each: each.evidence.probability)
    enough = 0.0 if thing.known else SAYS_AS_MUCH * best.evidence.signs.coverage
    return [
        each
        for each in figures
        if each.counted.unit == best.counted.unit
        and each.evidence.signs.coverage >= enough
        and (thing.known or _is_dated_in(each, question.language))
    ]


def _is_dated_in(figure: Figure, language: str) -> bool:
    article = figure.evidence.chunk.article
    return article.language == language and article.published is not None


def _joins(figure: Figure, figures: Sequence[Figure]) -> bool:
    """Whether a less likely figure, mostly of another language, is of a disaster that the likely ones are of."""
    return figure not in figures and any(
        _are_near(figure, each) and _names_its_place(figure, each) for each in figures
    )


def _as_close(
    figures: list[Figure],
    thing: Thing,
    question: Question,
    people: Sequence[Sought],
    places: Sequence[Place],
) -> list[Figure]:
    """Those whose article has about as many of the question's words as any; in another script, a name of it.

    "The fire in the hospital of Sétif" isn't told of by an article on another hospital's.
    """
    known = thing.words.union(thing.others, ASKING, PERSONS, *kinds_in(question.query))
    asked = set(terms(question.query)) - known
    own = [each for each in figures if each.evidence.chunk.article.language == question.language]
    shared = {
        each.evidence.chunk.article: len(asked & article_terms(each.evidence.chunk.article)) for each in own
    }
    most = max(shared.values(), default=0)
    # Arabic has no capitals: where an article in it answers, any other word may be a name.
    words_asked = _written(question.query, asked) if is_rtl(question.query) and most else []
    towns = [each.asked for each in places if not each.country]
    names = words_asked or [*(each.asked.split()[-1] for each in people if not each.thing), *towns]
    kept = []
    for each in figures:
        article = each.evidence.chunk.article
        if is_rtl(article.text) != is_rtl(question.query):
            fits = _spells(each, names)
        elif article.language != question.language:
            fits = each.named
        else:
            fits = shared[article] >= AS_CLOSE * most
        kept += [each] if fits else []
    return kept


def _written(text: str, wanted: set[str]) -> list[str]:
    """The words of ``text`` that have one of the index terms ``wanted``."""
    said = [text[span.start : span.end] for span in words(text)]
    return [word for word in said if wanted & set(terms(word))]


def _spells(figure: Figure, names: Sequence[str]) -> bool:
    """Whether the article spells one of the names in another script, or has it in another language."""
    article = figure.evidence.chunk.article
    text = f"{article.title}\n{article.text}"
    said = {text[span.start : span.end] for span in words(text)}
    return not names or any(
        bool(place_terms(name) & article_terms(article))
        or any(likeness(name, word) >= SAME_PLACE for word in said)
        for name in names
    )


def _names_its_place(figure: Figure, other: Figure) -> bool:
    """Whether the article names where it happened, by the other's words; where those don't say, by the question's."""
    article = figure.evidence.chunk.article
    text = f"{article.title}\n{article.text}"
    said = {text[span.start : span.end] for span in words(text)}
    names = _place_words(other)
    return (
        any(likeness(name, word) >= SAME_PLACE for name in names for word in said) if names else figure.named
    )


def _events(figures: Sequence[Figure], thing: Thing) -> list[list[Figure]]:
    """The figures by event, earliest first: those near in time whose places don't tell them apart.

    A price is always that of one thing.
    """
    if not thing.people:
        return [list(figures)] if figures else []
    events: list[list[Figure]] = []
    for each in sorted(figures, key=lambda one: (one.day or date.max, one.published)):
        same = (event for event in reversed(events) if _is_of(each, event))
        event = next(same, None)
        if event is None:
            events.append([each])
        else:
            event.append(each)
    return events


def _is_of(figure: Figure, event: Sequence[Figure]) -> bool:
    near = any(_are_near(figure, each) for each in event)
    return near and not any(_is_elsewhere(figure, each) or _is_of_other_kind(figure, each) for each in event)


def _are_near(one: Figure, other: Figure) -> bool:
    return one.day is None or other.day is None or abs(one.day - other.day) <= ONE_EVENT


def _is_elsewhere(one: Figure, other: Figure) -> bool:
    """Whether both, in one language, say where it happened, and not the same, nor do their first paragraphs."""
    here, there = (frozenset(terms(" ".join(_place_words(each)))) for each in (one, other))
    if here and there:
        here, there = here | _in_lead(one), there | _in_lead(other)
    alike = one.evidence.chunk.article.language == other.evidence.chunk.article.language
    return alike and bool(here and there) and not here & there


def _is_of_other_kind(one: Figure, other: Figure) -> bool:
    """Whether each tells of a disaster of some kind, and not of the same, where no place brings them together."""
    here, there = (_kinds_told(each) for each in (one, other))
    places = (frozenset(terms(" ".join(_place_words(each)))) for each in (one, other))
    return bool(here and there) and not here & there and not frozenset.intersection(*places)


def _kinds_told(figure: Figure) -> set[frozenset[str]]:
    return set(kinds_in(f"{figure.evidence.chunk.article.title}\n{figure.evidence.text}"))


def _in_lead(figure: Figure) -> frozenset[str]:
    lead = paragraph_of(figure.evidence.chunk.article.text, 0)
    return frozenset(terms(" ".join(_places_told(lead))))


def _place_words(figure: Figure) -> list[str]:
    """The words of places that the title and the sentence say it happened in."""
    return _places_told(f"{figure.evidence.chunk.article.title}\n{figure.evidence.text}")


def _places_told(text: str) -> list[str]:
    times = find_times(text, None)
    found = [
        match[1] or match[2]
        for match in _IN.finditer(text)
        if not any(each.start < match.end() and match.start() < each.end for each in times)
    ]
    return [word for name in found for word in name.split()]


def _is_likely(event: Sequence[Figure], figures: Sequence[Figure]) -> bool:
    """Whether an event is asked about: none that articles only look back on, where others are told of as news."""
    if all(each.looks_back for each in event) and not all(each.looks_back for each in figures):
        return False
    news = [each.likely for each in figures if not each.looks_back] or [each.likely for each in figures]
    return max(each.likely for each in event) >= AS_LIKELY * max(news)


def _lines(event: Sequence[Figure], question: Question, clues: Sequence[Clue]) -> Iterator[Selected]:
    """A line a figure, the newest first, with the other articles that give it."""
    ordered = sorted(event, key=lambda each: each.value)
    groups = [list(group) for _, group in groupby(ordered, key=lambda each: each.value)]
    groups.sort(key=lambda group: max(each.published for each in group), reverse=True)
    latest = [max(each.published for each in group) for group in groups]
    for at, group in enumerate(groups):
        own = [each for each in group if each.evidence.chunk.article.language == question.language]
        told = max(own or group, key=lambda each: (each.published, each.evidence.probability))
        yield Selected(
            told.evidence,
            focus(told.evidence, question, clues),
            as_articles(told.evidence, (each.evidence for each in group)),
            as_reported=True,
            newest=len(groups) > 1 and at == 0 and latest[0] > latest[1],
            differs=len(groups) > 1,
            corrects=told.corrects,
        )
