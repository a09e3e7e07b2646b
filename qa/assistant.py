"""The one door: a question with its history in, growing answers out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import perf_counter

from qa.answer import Answer, Passage, Person, Reason, Turn, Window
from qa.compose import Draft
from qa.courtesy import asks_nothing, courtesy_in, returned
from qa.evidence import Evidences
from qa.faults import Fault
from qa.followup import stand_alone
from qa.generative import Writer
from qa.lines import composed, origin, passage_of
from qa.looking import Look, look
from qa.meetings import asks_of_meeting
from qa.news import asks_for_news, newest, outlet_asked
from qa.outlets import told_by
from qa.phrases import count, say
from qa.question import Kind, kind_of, understand
from qa.reader import Reads
from qa.reading import Readings
from qa.refusal import MOST_NEAREST, Looked, days_of, refusal
from qa.selected import Selected, first_sentence, sentence_span
from qa.sources import MOST_PASSAGES
from qa.whence import excerpt_in, in_its_paragraph, passages_with
from vectorstore.library import Library
from vectorstore.records import Chunk, Holdings, Scope
from vectorstore.retriever import Search
from vectorstore.text import fold, language_of

MOST_UNDATED = 8


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
        language = courtesy_in(request.question)
        if language is None and not request.history and asks_nothing(request.question):
            language = language_of(request.question)
        if language and (held := self._library.count()[0]):
            yield _returned(request, language, held)
            return
        whole = stand_alone(request.question, request.history, request.as_of)
        if writer:
            whole = writer.stand_alone(request.question, request.history, whole)
        named = None if request.source else told_by(whole, self._library.outlets())
        if named:
            request = replace(request, source=named[0])
        question = understand(named[1] if named else whole, request.as_of, request.window)
        blank = Answer(
            question=request.question,
            rewritten=whole,
            language=request.language or language_of(request.question),
            text="",
            window=question.window,
            articles_considered=self._library.count()[0],
        )
        clock.lap("understand")
        if not blank.articles_considered:
            yield refusal(blank, "no_articles", Looked(Holdings(0)))
            return
        if request.source and not self._library.has_outlet(request.source):
            looked = Looked(self._library.holdings(), no_outlet=request.source)
            yield refusal(blank, "nothing_relevant", looked)
            return
        excerpt = excerpt_in(request.question)
        if excerpt and not question.sums_up:
            yield self._whence(replace(blank, window=None), excerpt, Scope(None, request.source))
            return
        asked = question.text if question.sums_up else question.query
        outlet = outlet_asked(asked, self._library.has_outlet)
        if outlet or asks_for_news(question.query):
            yield self._newest(blank, replace(request, source=request.source or outlet))
            return
        evidences = Evidences(self._library, self._search, question, request.people)
        readings = Readings(self._reader, question, evidences.anchors) if self._reader else None
        seen = look(evidences, request.source, readings, given=request.window is not None)
        chosen = seen.chosen
        found = (
            Person(each.asked, each.matched) for each in evidences.people if each.matched and not each.place
        )
        blank = replace(
            blank, people=tuple(found), window=seen.evidences.question.window, confidence=chosen.confidence
        )
        clock.lap("retrieve")
        if question.window:
            undated = seen.again(replace(seen.scope, undated=True)).lines[:MOST_UNDATED]
            blank = replace(blank, undated=tuple(passage_of(each, None) for each in undated))
        told: Iterator[Answer]
        if not chosen.lines:
            told = iter((self._refused(blank, seen),))
        elif writer and chosen.heading == "found" and len(chosen.lines) > MOST_PASSAGES:
            notice = say("listed", blank.language, most=str(MOST_PASSAGES))
            told = composed(replace(blank, notice=notice), chosen)
        elif writer:
            chunks = [each.evidence.chunk for each in chosen.lines] + [
                each.chunk for each in seen.evidences.within(seen.scope)
            ]
            told = _written(writer, blank, chunks, composed(blank, chosen), request.as_of)
        else:
            told = composed(blank, chosen)
        for answer in told:
            clock.lap("answer")
            yield replace(answer, timings_ms=clock.laps) if answer.complete else answer

    def _whence(self, blank: Answer, excerpt: str, scope: Scope) -> Answer:
        """Which articles hold the words asked about."""
        found = passages_with(excerpt, self._search, scope) or self._titled(excerpt, scope)
        if not found:
            hits = self._search.find(excerpt, MOST_NEAREST, scope)
            nearest = [Passage(hit.chunk, hit.chunk.start, hit.chunk.end) for hit in hits]
            return refusal(blank, "nothing_relevant", Looked(self._library.holdings(), nearest, held=False))
        if kind_of(blank.question) is Kind.WHO:
            # Who said it stands around the words.
            found = [in_its_paragraph(each) for each in found]
        articles = count("in_articles", len(found), blank.language)
        return _listed(blank, say("held", blank.language, articles=articles), found)

    def _titled(self, title: str, scope: Scope) -> list[Passage]:
        """What the articles of that title open with."""
        hits = self._search.find(title, MOST_NEAREST, scope)
        named = {
            hit.chunk.article.article_id: hit.chunk
            for hit in hits
            if fold(hit.chunk.article.title) == fold(title)
        }
        leads = ((chunk, first_sentence(chunk.article)) for chunk in named.values())
        return [Passage(chunk, lead.start, lead.end) for chunk, lead in leads if lead]

    def _newest(self, blank: Answer, request: Request) -> Answer:
        """What the newest articles open with, of those published in the window where there is one."""
        window = blank.window.days if blank.window else None
        told = list(newest(self._library, request.source, window, request.as_of))
        if not told:
            nearest = list(newest(self._library, request.source, None, request.as_of))
            reason: Reason = "outside_window" if window and nearest else "nothing_relevant"
            return refusal(blank, reason, Looked(self._library.holdings(), nearest))
        return _listed(blank, say("newest_articles", blank.language), told)

    def _refused(self, blank: Answer, seen: Look) -> Answer:
        evidences, anywhere = seen.evidences, replace(seen.scope, window=None)
        outside = seen.again(anywhere).lines if seen.scope.window else []
        told = [passage_of(each, None) for each in outside]
        # What is told of no known day doesn't lie outside the window.
        reason: Reason = "outside_window" if any(map(days_of, told)) else "nothing_relevant"
        nearest = told or [
            passage_of(Selected(each, sentence_span(each)), None) for each in evidences.within(anywhere)
        ]
        met = asks_of_meeting(evidences.question) and not outside
        together = [each.asked for each in evidences.people if each.terms] if met else []
        looked = Looked(self._library.holdings(), nearest, evidences.unknown, together)
        return refusal(blank, reason, looked)


def _returned(request: Request, language: str, held: int) -> Answer:
    told = request.language or language
    return Answer(
        question=request.question,
        rewritten=request.question,
        language=told,
        text=returned(count("articles", held, told), told),
        articles_considered=held,
    )


def _listed(blank: Answer, heading: str, passages: Sequence[Passage]) -> Answer:
    """Each passage under its article's title, outlet and day."""
    draft = Draft(blank.language)
    draft.say(heading)
    for passage in passages:
        draft.quote(origin(passage, blank.language), passage)
    return replace(
        blank, text=draft.ended(), citations=tuple(draft.citations), sentences=tuple(draft.sentences)
    )


def _written(
    writer: Writer, blank: Answer, chunks: Sequence[Chunk], quoted: Iterator[Answer], as_of: date
) -> Iterator[Answer]:
    """What the model writes; where it fails, the quotations with a notice."""
    try:
        yield from writer.answers(blank, chunks, as_of)
    except Fault as fault:
        for answer in quoted:
            yield replace(answer, notice=fault.notice(blank.language))
