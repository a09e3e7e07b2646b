"""Chooses what to quote from a scope: figures side by side, every match for a list, else the likeliest few."""

from dataclasses import dataclass
from typing import Literal

from qa.counted import thing_asked
from qa.disasters import kinds_in, tells_of_kinds
from qa.evidence import Evidences
from qa.extractive import MOST_QUOTED, best, quoted, told_in, voices
from qa.grave import speaks_of
from qa.happenings import happenings, wanted
from qa.meetings import asks_for_list, asks_of_meeting, meetings
from qa.people import asks_who_is, introduces, mentions
from qa.question import Kind
from qa.reading import Readings
from qa.retold import folded
from qa.selected import Selected
from qa.tallies import side_by_side
from qa.whom import whom
from vectorstore.records import Scope

Heading = Literal["", "found", "differ"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to quote, in order, and the phrase that says what kind of list it is, if it is one.

    ``confidence`` is the likeliest sentence's probability, where it decides whether any is quoted.
    """

    lines: list[Selected]
    heading: Heading = ""
    confidence: float | None = None


def choose(evidences: Evidences, scope: Scope, readings: Readings | None) -> Chosen:
    """What to quote from ``scope``; no lines if nothing answers."""
    question = evidences.question
    if evidences.rules_out and not asks_of_meeting(question):
        return Chosen([])
    rated = evidences.within(scope)
    found = [each for each in rated if speaks_of(each.chunk.text, question.query)]
    if question.names_only_a_time:
        return Chosen(told_in(found, question, evidences.clues) if scope.window else [])
    sure: list[Selected] = []
    if asks_of_meeting(question) and evidences.people:
        met = meetings(found, evidences.people, evidences.places)
        if asks_for_list(question):
            if question.kind is not Kind.WHEN:
                met = [each.answered(whom(each.article.text, each.span, evidences.people)) for each in met]
            return Chosen(folded(met, question.language, evidences.people), "found")
        telling = {each.evidence.sentence for each in met}
        found = [each for each in found if each.sentence in telling]
        if question.kind is Kind.YES_NO and len(evidences.people) > 1:
            sure = folded(met, question.language, evidences.people)[:MOST_QUOTED]
    if question.kind is Kind.WHO and asks_who_is(question.query, evidences.people):
        naming = [each for each in voices(found) if mentions(each.text, evidences.people[0])]
        # Where an office stands by the name the answer is at hand; elsewhere the name is only used.
        introduced = [each for each in naming if introduces(each.text, evidences.people[0])]
        sure = quoted(introduced or naming, question, evidences.clues)[:MOST_QUOTED]
        if introduced:
            return Chosen(sure)
    if want := wanted(question, evidences.people, evidences.places):
        told = happenings(voices(found), want, question, evidences.people, evidences.places, evidences.clues)
        if listed := folded(told, question.language, evidences.people):
            return Chosen(listed, "found" if len(listed) > 1 else "")
    figures: list[Selected] = []
    if thing := thing_asked(question):
        kinds = kinds_in(question.query)
        rated = [each for each in rated if tells_of_kinds(each.chunk.article, kinds)]
        found = [each for each in found if tells_of_kinds(each.chunk.article, kinds)]
        figures = side_by_side(rated, thing, question, evidences.people, evidences.places, evidences.clues)
    if figures:
        several: Heading = "found" if len(figures) > 1 else ""
        return Chosen(figures, "differ" if any(each.differs for each in figures) else several)
    found = voices(found)
    if readings:
        found = readings.of(found)
    confidence = found[0].probability if found else None
    likely = best(found, question, evidences.clues)
    # Words that bring all who are asked about together in a meeting tell whether they met, however unlike, and those
    # that name the one asked about tell something of who it is.
    return Chosen(likely or sure, confidence=confidence)
