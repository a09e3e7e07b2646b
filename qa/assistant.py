"""The one door: a question with its history in, growing answers out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from textwrap import shorten
from time import perf_counter

from qa.answer import Answer, Passage, Person, Reason, Turn, Window
from qa.compose import Draft, escaped
from qa.evidence import Evidences
from qa.extractive import best, told_in
from qa.faults import Fault
from qa.followup import stand_alone
from qa.generative import Writer
from qa.grave import speaks_of
from qa.meetings import asks_for_list, asks_of_meeting, meetings
from qa.phrases import count, day_in_words, days_in_words, say
from qa.question import Question, understand
from qa.reader import Reads
from qa.reading import Readings
from qa.refusal import MOST_NEAREST, Looked, refusal
from qa.retold import folded
from qa.selected import Selected, sentence_span
from qa.whence import excerpt_in, passages_with
from vectorstore.library import Library
from vectorstore.passages import best_event
from vectorstore.records import Chunk, Days, Scope
from vectorstore.retriever import Search
from vectorstore.text import language_of

MOST_UNDATED = 8
LONGEST_LABEL = 76
ONE_STORY_DAYS = 31


@dataclass(frozen=True, slots=True)
class Request:
    """A question and all the caller says about it.

    ``as_of`` is the day that relative dates count from; ``people``, where given, stand for the names found.
    """

    question: str
    as_of: date
    window: Window | None = None
    source: str | None = None
    language: str | None = None
    history: tuple[Turn, ...] = ()
    people: tuple[Person, ...] | None = None


@dataclass(slots=True)
class Clock:
    """Milliseconds spent on each step."""

    laps: dict[str, int] = field(default_factory=dict)
    since: float = field(default_factory=perf_counter)

    def lap(self, step: str) -> None:
        """The time since the last lap went into ``step``."""
        now = perf_counter()
        self.laps[step] = self.laps.get(step, 0) + round(1000 * (now - self.since))
        self.since = now


class Assistant:
    """Answers questions from one home's articles, with a language model where one is given."""

    def __init__(self, library: Library, search: Search, reader: Reads | None = None) -> None:
        """``reader`` looks at the likeliest sentences again, where one can be had."""
        self._library = library
        self._search = search
        self._reader = reader

    def answers(self, request: Request, writer: Writer | None = None) -> Iterator[Answer]:
        """The answer as it grows; the last one is complete.

        Where ``writer`` fails, the answer made of quotations comes instead, with a notice that says why. Whether
        there is an answer is decided before the model is asked.
        """
        clock = Clock()
        whole = stand_alone(request.question, request.history, request.as_of)
        if writer:
            whole = writer.stand_alone(request.question, request.history, whole)
        question = understand(whole, request.as_of, request.window)
        blank = Answer(
            question=request.question,
            rewritten=question.text,
            language=request.language or language_of(request.question),
            text="",
            window=question.window,
            articles_considered=self._library.count()[0],
        )
        clock.lap("understand")
        if not blank.articles_considered:
            yield refusal(blank, "no_articles", Looked(()))
            return
        excerpt = excerpt_in(request.question)
        if excerpt:
            yield self._whence(replace(blank, window=None), excerpt, Scope(None, request.source))
            return
        evidences = Evidences(self._library, self._search, question, request.people)
        found = (
            Person(each.asked, each.matched) for each in evidences.people if each.matched and not each.place
        )
        blank = replace(blank, people=tuple(found))
        scope = Scope(question.window.days if question.window else None, request.source)
        readings = Readings(self._reader, question) if self._reader else None
        selected = _select(evidences, scope, readings)
        clock.lap("retrieve")
        if question.window:
            undated = _select(evidences, replace(scope, undated=True), readings)[:MOST_UNDATED]
            blank = replace(blank, undated=tuple(_passage(each, None) for each in undated))
        told: Iterator[Answer]
        if not selected:
            told = iter((self._refused(blank, evidences, scope, readings),))
        elif writer:
            chunks = [each.evidence.chunk for each in selected] + [
                each.chunk for each in evidences.within(scope)
            ]
            told = _written(writer, blank, chunks, _composed(blank, selected, question), request.as_of)
        else:
            told = _composed(blank, selected, question)
        for answer in told:
            clock.lap("answer")
            yield replace(answer, timings_ms=clock.laps) if answer.complete else answer

    def _whence(self, blank: Answer, excerpt: str, scope: Scope) -> Answer:
        """Which articles hold the words asked about."""
        found = passages_with(excerpt, self._search, scope)
        if not found:
            hits = self._search.find(excerpt, MOST_NEAREST, scope)
            nearest = [Passage(hit.chunk, hit.chunk.start, hit.chunk.end) for hit in hits]
            return refusal(blank, "nothing_relevant", Looked(self._library.articles(), nearest, held=False))
        draft = Draft(blank.language)
        draft.say(say("held", blank.language, articles=count("in_articles", len(found), blank.language)))
        for passage in found:
            draft.quote(_origin(passage, blank.language), passage)
        return replace(
            blank, text=draft.ended(), citations=tuple(draft.citations), sentences=tuple(draft.sentences)
        )

    def _refused(
        self, blank: Answer, evidences: Evidences, scope: Scope, readings: Readings | None
    ) -> Answer:
        anywhere = replace(scope, window=None)
        outside = _select(evidences, anywhere, readings) if scope.window else []
        reason: Reason = "outside_window" if outside else "nothing_relevant"
        nearest = [_passage(each, None) for each in outside] or [
            _passage(Selected(each, sentence_span(each)), None) for each in evidences.within(anywhere)
        ]
        met = asks_of_meeting(evidences.question) and not outside
        together = [each.asked for each in evidences.people if each.terms] if met else []
        looked = Looked(self._library.articles(), nearest, evidences.unknown, together)
        return refusal(blank, reason, looked)


def _select(evidences: Evidences, scope: Scope, readings: Readings | None) -> list[Selected]:
    """What to quote from a scope: every match for a list, else the likeliest few; nothing if nothing answers."""
    question = evidences.question
    if evidences.unknown and not evidences.relations:
        return []
    found = [each for each in evidences.within(scope) if speaks_of(each.chunk.text, question.query)]
    if question.names_only_a_time:
        return told_in(found, question, evidences.clues) if scope.window else []
    if asks_of_meeting(question) and evidences.people:
        met = meetings(found, evidences.people, evidences.places)
        if asks_for_list(question):
            return folded(met, question.language, evidences.people)
        telling = {each.evidence.sentence for each in met}
        found = [each for each in found if each.sentence in telling]
    return best(readings.of(found) if readings else found, question, evidences.clues)


def _written(
    writer: Writer, blank: Answer, chunks: Sequence[Chunk], quoted: Iterator[Answer], as_of: date
) -> Iterator[Answer]:
    """What the model writes; where it fails, the quotations with a notice."""
    try:
        yield from writer.answers(blank, chunks, as_of)
    except Fault as fault:
        for answer in quoted:
            yield replace(answer, notice=fault.notice(blank.language))


def _composed(blank: Answer, selected: Sequence[Selected], question: Question) -> Iterator[Answer]:
    """The answer after each quotation."""
    draft = Draft(blank.language)
    window = question.window.days if question.window else None
    if asks_for_list(question):
        draft.say(_heading(blank, selected))
    for at, each in enumerate(selected, start=1):
        passage = _passage(each, window)
        told = (_label(passage, blank.language), _also_in(each, blank.language))
        draft.quote(" · ".join(each for each in told if each), passage)
        yield replace(
            blank,
            text=draft.ended(),
            citations=tuple(draft.citations),
            sentences=tuple(draft.sentences),
            complete=at == len(selected),
        )


def _heading(blank: Answer, selected: Sequence[Selected]) -> str:
    language = blank.language
    articles = {article.article_id for each in selected for article in (each.article, *each.retold)}
    window = blank.window
    return say(
        "found",
        language,
        passages=count("passages", len(selected), language),
        articles=count("in_articles", len(articles), language),
        all=str(blank.articles_considered),
        window=say("in_window", language, days=days_in_words(window.days, language)) if window else "",
    )


def _also_in(selected: Selected, language: str) -> str:
    others = len(selected.article.appearances) + len(selected.retold)
    return say("also_in", language, others=count("others", others, language)) if others else ""


def _origin(passage: Passage, language: str) -> str:
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


def _passage(selected: Selected, window: Days | None) -> Passage:
    evidence = selected.evidence
    return Passage(
        chunk=evidence.chunk,
        start=selected.span.start,
        end=selected.span.end,
        event=_event(evidence.sentence.events, window),
        highlight=selected.highlight,
        retold=selected.retold,
    )


def _event(events: tuple[Days, ...], window: Days | None) -> Days | None:
    """What a quotation is dated by. Without a window, one that tells of times far apart has no date of its own."""
    if window is not None or not events:
        return best_event(events, window)
    whole = Days(min(days.first for days in events), max(days.last for days in events))
    alone = len(events) == 1 or (whole.last - whole.first).days <= ONE_STORY_DAYS
    return whole if alone else None
