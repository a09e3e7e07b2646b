"""The lines of an answer made of quotations: each under its date, behind a heading if they are a list."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from textwrap import shorten

from qa.answer import Answer, Passage
from qa.choosing import Chosen
from qa.compose import Draft, escaped
from qa.dating import event_of
from qa.phrases import count, day_in_words, days_in_words, say
from qa.selected import Selected, with_subject
from vectorstore.records import Days

LONGEST_LABEL = 76


def composed(blank: Answer, chosen: Chosen) -> Iterator[Answer]:
    """The answer after each quotation."""
    draft = Draft(blank.language)
    window = blank.window.days if blank.window else None
    if chosen.heading:
        draft.say(_heading(blank, chosen))
    blank = replace(blank, nearest=tuple(passage_of(each, window) for each in chosen.near))
    for at, each in enumerate(chosen.lines, start=1):
        passage = passage_of(replace(each, span=with_subject(each, chosen.lines)), window)
        told = (_label(passage, blank.language), *_marks(each, blank.language))
        draft.quote(" · ".join(each for each in told if each), passage)
        yield replace(
            blank,
            text=draft.ended(),
            citations=tuple(draft.citations),
            sentences=tuple(draft.sentences),
            complete=at == len(chosen.lines),
        )


def _heading(blank: Answer, chosen: Chosen) -> str:
    language = blank.language
    told = [*chosen.left, *chosen.lines]
    articles = {article.article_id for each in told for article in (each.article, *each.retold)}
    window = blank.window
    heading = say(
        chosen.heading,
        language,
        passages=count("passages", len(told), language),
        articles=count("in_articles", len(articles), language),
        all=str(blank.articles_considered),
        window=say("in_window", language, days=days_in_words(window.days, language)) if window else "",
    )
    left = say("left", language, passages=count("passages", len(chosen.left), language))
    return f"{left} {heading}" if chosen.left else heading


def _marks(selected: Selected, language: str) -> Iterator[str]:
    """What is said of a line besides its date."""
    if selected.standing != "held":
        yield say(selected.standing, language)
    if selected.newest:
        yield say("newest", language)
    if selected.corrects:
        yield say("corrects", language, figure=selected.corrects)
    if also := _also_in(selected, language):
        yield also


def _also_in(selected: Selected, language: str) -> str:
    others = len(selected.article.elsewhere) + len(selected.retold)
    return say("also_in", language, others=count("others", others, language)) if others else ""


def origin(passage: Passage, language: str) -> str:
    """Title, outlet and day of a passage's article."""
    article = passage.article
    day = (
        say("reported", language, day=day_in_words(article.published, language)) if article.published else ""
    )
    after = " · ".join(each for each in (article.source, day) if each)
    title = shorten(escaped(article.title), max(LONGEST_LABEL - len(after), 20), placeholder="…")
    return " · ".join(each for each in (title, after) if each)


def _label(passage: Passage, language: str) -> str:
    published = passage.article.published
    if passage.event and passage.event.last == published and passage.event.first < published:
        # "Since April", in news, lasts until the news is told.
        return days_in_words(Days(passage.event.first, date.max), language)
    if passage.event:
        return days_in_words(passage.event, language)
    return say("reported", language, day=day_in_words(published, language)) if published else ""


def passage_of(selected: Selected, window: Days | None) -> Passage:
    """What an answer quotes, dated as it is told in ``window``."""
    evidence = selected.evidence
    return Passage(
        chunk=evidence.chunk,
        start=selected.span.start,
        end=selected.span.end,
        event=_event(selected, window),
        highlight=selected.highlight,
        retold=selected.retold,
    )


def _event(selected: Selected, window: Days | None) -> Days | None:
    """What a quotation is dated by; a figure is of the day it was reported, unless that isn't in the window."""
    published = selected.article.published
    if selected.as_reported and published and (window is None or Days(published, published).overlaps(window)):
        return None
    return event_of(selected.article, selected.evidence.sentence, window, selected.highlight)
