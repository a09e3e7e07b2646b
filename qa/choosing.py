"""Chooses what to quote from a scope: figures side by side, every match for a list, else the likeliest few."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.article_figures import is_priced
from qa.asking import TELLS_AGE, asks_for_age, relative_asked
from qa.counted import Thing, counted_in, thing_asked
from qa.disasters import kinds_asked, tells_of_kinds
from qa.evidence import COUNTED, DEPTH, Evidence, Evidences, article_terms
from qa.extractive import (
    MOST_QUOTED,
    best,
    cause_first,
    counting_first,
    day_first,
    deed_first,
    next_likeliest,
    quoted,
    told_in,
    voices,
    with_what_follows,
)
from qa.grave import is_grave, speaks_of
from qa.happenings import Wanted, happenings, remarks, wanted
from qa.meetings import asks_for_list, asks_of_meeting, meetings
from qa.narrowing import asks_when_said, narrowed
from qa.negation import EARLIER, denials
from qa.offices import asks_who_holds, is_titled_there, names_holder, office_terms
from qa.people import Sought, asks_who_is, defines, introduces, is_full_name, mentions, names_another
from qa.question import Kind, Question
from qa.reading import Readings
from qa.relations import SAYING, forms
from qa.retold import folded
from qa.selected import MOST_LISTED, Selected, by_date
from qa.standing import standing
from qa.subject import tells_of
from qa.summary import summary
from qa.tallies import side_by_side
from qa.tenure import POSTS, REPLACING, asks_whether_still, asks_who_came_after, of_posts, who_came_after
from qa.whom import whom
from vectorstore.records import Scope
from vectorstore.text import terms

# Whoever was killed or hurt by what a question names; it names no person then.
CASUALTIES = re.compile(
    r"\b(?:de|des) (?:blessés|morts|victimes|tués)\b"
    r"|\b(?:any|many) (?:casualties|victims|dead|deaths|injured|injuries)\b"
    r"|(?<!\w)(?:ال)?(?:جرحى|قتلى|ضحايا|وفيات|مصابين|إصابات)(?!\w)",
    re.IGNORECASE,
)
# Kinds of question that ask about what befell the one they name.
OF_SOMEBODY = (Kind.YES_NO, Kind.WHY, Kind.WHEN, Kind.WHERE)

# Whether, when and where such a thing befell somebody stands beside what tells that it did; why may stand apart.
TOLD_AT_ONCE = (Kind.YES_NO, Kind.WHEN, Kind.WHERE)

# What an earlier version said of these wasn't so.
TAKEN_AS_SO = (Kind.WHO, Kind.WHEN, Kind.WHERE)

FEWEST_TO_MEET = 2

Heading = Literal["", "found", "differ"]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to quote, in order, and the phrase that says what kind of list it is, if it is one.

    ``left`` are earlier ones that make a list too long to be read, ``near`` the likeliest after those quoted.
    ``confidence`` is the likeliest sentence's probability, where it decides whether any is quoted.
    """

    lines: list[Selected]
    heading: Heading = ""
    left: Sequence[Selected] = ()
    near: Sequence[Selected] = ()
    confidence: float | None = None


def choose(evidences: Evidences, scope: Scope, readings: Readings | None) -> Chosen:
    """What to quote from ``scope``; no lines if nothing answers."""
    question = evidences.question
    if evidences.rules_out and not asks_of_meeting(question):
        return Chosen([])
    if question.sums_up:
        gist = summary(evidences, scope)
        return Chosen(gist, "found" if len(gist) > 1 else "")
    want = wanted(question, evidences.people, evidences.places)
    if listed := _list(evidences, scope, want):
        return listed
    thing = thing_asked(question)
    rated = evidences.within(scope, COUNTED if thing else DEPTH)
    whether = question.kind is Kind.YES_NO
    persons = [each for each in evidences.people if each.terms and not each.place]
    found, of_somebody = rated, whether or bool(persons)
    if of_somebody:
        # Of whom nothing grave is told nothing of it can be asked; what became of it may stand apart from it.
        found = [
            each for each in rated if speaks_of(article_terms(each.chunk.article), question.query, whether)
        ]
    # A full name is a person's; one word may be a town or a flood.
    of_one = len(persons) == 1 and " " in persons[0].asked and question.kind is not Kind.WHO
    grave = (
        is_grave(question.query)
        and (of_one or question.kind in OF_SOMEBODY)
        and not CASUALTIES.search(question.query)
    )
    aged = asks_for_age(question.query)
    at_once = grave and of_somebody and question.kind in TOLD_AT_ONCE
    if at_once or aged:
        # What befell somebody else, or how old they are, isn't said of the one asked about.
        found = [each for each in found if all(_tells_of(each, one) for one in persons)]
    elif grave or (question.kind is Kind.WHY and of_one and is_full_name(persons[0].asked)):
        found = [each for each in found if all(_tells_of(each, one) for one in persons)] or found
    if aged:
        whose = relative_asked(question.query)
        found = [
            each
            for each in found
            if TELLS_AGE.search(each.text) and (not whose or whose & set(terms(each.chunk.text)))
        ]
    if question.kind in TAKEN_AS_SO:
        found = [each for each in found if not EARLIER.search(each.text)]
    if at_once:
        found = [
            each
            for each in found
            if speaks_of(frozenset(terms(each.text)), question.query, whether)
            and not any(names_another(each.text, one) for one in persons)
        ]
    if want and want.verb == SAYING:
        found = remarks(found, evidences.people)
    if question.names_only_a_time:
        return Chosen(told_in(found, question, evidences.clues) if scope.window else [])
    sure: list[Selected] = []
    if asks_of_meeting(question) and not all(each.place for each in evidences.people):
        if question.kind is Kind.YES_NO and (settled := _whether_met(evidences, scope)):
            return Chosen(settled)
        met = {each.evidence.sentence for each in meetings(found, evidences.people, evidences.places)}
        # That they didn't meet answers too, though those not met may be nobody by name: "the opposition".
        found = [
            each for each in found if each.sentence in met or (whether and _denies_meeting(each, persons))
        ]
    if question.kind is Kind.WHO and asks_who_is(question.query, evidences.people):
        naming = [each for each in voices(found) if mentions(each.text, evidences.people[0])]
        # Where an office stands by the name the answer is at hand; elsewhere the name is only used.
        introduced = [each for each in naming if defines(each.text, evidences.people[0])] or [
            each for each in naming if introduces(each.text, evidences.people[0])
        ]
        sure = quoted(introduced or naming, question, evidences.clues)[:MOST_QUOTED]
        if introduced:
            return Chosen(sure)
    figures: list[Selected] = []
    if thing:
        kinds = kinds_asked(question.query)
        rated = [each for each in rated if tells_of_kinds(each.chunk.article, kinds)]
        found = [each for each in found if tells_of_kinds(each.chunk.article, kinds)]
        figures = side_by_side(rated, thing, question, evidences.people, evidences.places, evidences.clues)
    if figures:
        several: Heading = "found" if len(figures) > 1 else ""
        heading: Heading = "differ" if any(each.differs for each in figures) else several
        return Chosen(figures[:MOST_LISTED], heading, figures[MOST_LISTED:])
    if thing and not thing.people and thing.known:
        # Of something else in the same language, which of its words would say.
        found = [each for each in found if _may_price(each, thing, question)]
    found = voices(found)
    word = thing if thing and thing.translated else None
    counting = {each.place for each in found if word and any(counted_in(each.text, word))}
    if word:
        found = counting_first(found, counting)
    if readings:
        found = [
            narrowed(each, question, evidences.people, evidences.clues, readings.within)
            for each in readings.of(found)
        ]
        found.sort(key=lambda each: -each.probability)
    if word:
        found = counting_first(found, counting)
    if found and question.kind is Kind.WHY:
        found = cause_first(found)
    elif found:
        if not word:
            found = deed_first(found, evidences.deeds, question.language)
        if question.kind is Kind.WHEN:
            found = day_first(found)
    confidence = found[0].probability if found else None
    likely = best(found, question, evidences.clues)
    near = next_likeliest(found, likely, question, evidences.clues) if likely else []
    if question.kind is Kind.WHY:
        likely = with_what_follows(likely)
    if asks_when_said(question):
        # Where its day isn't told, it was said when it was reported: not on the day that it speaks of.
        likely = [replace(each, as_reported=each.highlight is None) for each in likely]
    # Words that name the one asked about tell something of who it is, however unlike the question.
    return Chosen(likely or sure, near=near, confidence=confidence)


def _list(evidences: Evidences, scope: Scope, want: Wanted | None) -> Chosen | None:
    """All that happened, where that is asked for; none where the likeliest sentences answer instead."""
    question, people, places = evidences.question, evidences.people, evidences.places
    if people and asks_of_meeting(question) and asks_for_list(question):
        telling = evidences.telling(scope, forms("meet"))
        telling = [each for each in telling if speaks_of(article_terms(each.chunk.article), question.query)]
        met = _as_asked(meetings(telling, people, places), question, forms("meet"))
        if question.kind is not Kind.WHEN:
            met = [each.answered(whom(each.article.text, each.span, people)) for each in met]
        if met or not all(each.place for each in people):
            return _listed(folded(met, question.language, people))
    persons = [each for each in people if each.terms and not each.place]
    if persons and asks_who_came_after(question, persons):
        after = who_came_after(voices(evidences.telling(scope, REPLACING)), persons[0])
        return _newest(quoted(after, question, evidences.clues), question, people) or Chosen([])
    if persons and asks_whether_still(question):
        posts = of_posts(voices(evidences.telling(scope, POSTS)), persons[0])
        if newest := _newest(quoted(posts, question, evidences.clues), question, people):
            return newest
    if question.kind is Kind.WHO and asks_who_holds(question.query, places):
        telling = voices(evidences.telling(scope, office_terms(question.query)))
        abroad = evidences.asks_abroad
        held = [
            each
            for each in telling
            if names_holder(
                each.text,
                question.query,
                abroad=abroad and not is_titled_there(each.chunk.article.title, places),
            )
        ]
        newest = _newest(quoted(held, question, evidences.clues), question, people)
        # Whoever else is named holds another office.
        return replace(newest, lines=newest.lines[::-1]) if newest else Chosen([])
    if want is None:
        return None
    telling = voices(evidences.telling(scope, want.verb))
    told = happenings(telling, want, question, people, places, evidences.clues)
    if want.verb == SAYING:
        # Whoever speaks twice of the same people says two things.
        listed = sorted(told, key=by_date)
    else:
        listed = folded(_as_asked(told, question, want.verb), question.language, people)
    if listed:
        return _listed(listed) if len(listed) > 1 else Chosen(listed)
    # Nobody can be named where nothing tells that it befell anybody.
    return Chosen([]) if question.kind is Kind.WHO else None


def _as_asked(told: list[Selected], question: Question, verb: frozenset[str]) -> list[Selected]:
    """What took place, if any did; where it is asked who will be met, or wasn't, what is told so alone.

    A plan often names the day that a report leaves out.
    """
    asked = standing(question.query, verb)
    kept = (asked, "ahead") if question.kind is Kind.WHEN else (asked,)
    marked = _marked(told, verb)
    return [each for each in marked if each.standing in kept] or (marked if asked == "held" else [])


def _marked(told: Sequence[Selected], verb: frozenset[str]) -> list[Selected]:
    return [replace(each, standing=standing(each.text, verb)) for each in told]


def _whether_met(evidences: Evidences, scope: Scope) -> list[Selected]:
    """What brings all who are asked about together: that they met or didn't, else that they were to; the newest."""
    people = evidences.people
    if sum(not each.place for each in people) < FEWEST_TO_MEET:
        return []
    met = meetings(evidences.telling(scope, forms("meet")), people, evidences.places)
    marked = _marked(met, forms("meet"))
    settled = [each for each in marked if each.standing != "ahead"] or marked
    return folded(settled, evidences.question.language, people)[-MOST_QUOTED:]


def _denies_meeting(evidence: Evidence, persons: Sequence[Sought]) -> bool:
    """Whether the sentence says no and tells of a meeting, and of all of ``persons``."""
    told = bool(denials(evidence.text)) and not forms("meet").isdisjoint(terms(evidence.text))
    return told and all(_tells_of(evidence, one) for one in persons)


def _may_price(evidence: Evidence, thing: Thing, question: Question) -> bool:
    """Whether a sentence gives no figure of the kind, or one that can be of what is asked about."""
    foreign = evidence.chunk.article.language != question.language
    return foreign or is_priced(evidence, question) or not any(counted_in(evidence.text, thing))


def _tells_of(evidence: Evidence, sought: Sought) -> bool:
    return tells_of(evidence.chunk.article, evidence.sentence, sought)


def _newest(lines: list[Selected], question: Question, people: Sequence[Sought]) -> Chosen | None:
    """The last few by date; none where there are no lines."""
    newest = folded(lines, question.language, people)[-MOST_QUOTED:]
    return Chosen(newest, "found" if len(newest) > 1 else "") if newest else None


def _listed(lines: Sequence[Selected]) -> Chosen:
    """A list in order of date; of too many the newest."""
    return Chosen(list(lines[-MOST_LISTED:]), "found", lines[:-MOST_LISTED])
