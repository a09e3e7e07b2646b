"""Which words of a sentence answer, where the likeliest are those of something beside it: "ten years for A and eight
for B", "cut from ten years to six", "said on Saturday that it begins in January".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from qa.dating import THAT
from qa.evidence import Evidence, right_kind
from qa.negation import denials
from qa.people import Sought, mentions
from qa.quantities import numbers_told
from qa.question import Kind, Question
from qa.relations import SAYING, forms, relations_in
from qa.units import unit_after
from vectorstore.clues import Clue
from vectorstore.records import Span
from vectorstore.text import terms, words
from vectorstore.times import find_times

Reread = Callable[[Evidence, Span], Span | None]
"""The likeliest answer within some words of a sentence."""

NEAR_NOT = 14  # words from a "not" or "denied" to what it denies
# The day on which a toll was given isn't that of what it counts; nor is it likely to be asked for.
TOLL_SAID = re.compile(
    r"(?:\b(?:toll|figures?|bilan|chiffres?)|حصيلة)[\w ]{0,20} "
    r"(?:announced|published|given|annoncé|publié|أعلنت|نشرت)\W[\w ]{0,16}\Z",
    re.IGNORECASE,
)
LATER = 0.3
SCORE_ASKED = re.compile(
    r"\b(?:(?:what|final) (?:was |is )?the (?:final )?score|score (?:final|du match)|le score)\b"
    r"|نتيجة (?:ال)?(?:مباراة|لقاء)",
    re.IGNORECASE,
)
SCORE = re.compile(r"(?<![\d-])\d{1,2} ?[-–:] ?\d{1,2}(?![\d-])")
_PART = re.compile(r"[,،](?!\d)|[;؛]|\b(?:and|et|while|tandis que)\b|(?<=\s)(?:فيما|بينما|و(?=\w\w))")
_FROM = re.compile(r"\b(?:from|de|du|من) (?:\w{1,20} ){0,2}\Z")
_THEN_TO = re.compile(r"\W{1,2}(?:\w{1,20}\W{1,2}){0,2}(?:to|à|إلى) ")


def asks_when_said(question: Question) -> bool:
    """Whether it asks when somebody said or announced something, not when that happens."""
    return question.kind is Kind.WHEN and not SAYING.isdisjoint(terms(question.query))


def narrowed(
    evidence: Evidence, question: Question, people: Sequence[Sought], clues: Sequence[Clue], reread: Reread
) -> Evidence:
    """``evidence`` with the words that answer rather than those beside them.

    The first of ``clues`` are those of the ``people``.
    """
    if evidence.answer is None:
        return evidence
    if asks_when_said(question):
        return replace(evidence, answer=_day_of_saying(evidence, evidence.answer, reread))
    if question.kind is Kind.YES_NO:
        return replace(evidence, answer=_deed(evidence, question) or evidence.answer)
    if question.kind is Kind.WHEN:
        answer = _a_time(evidence, evidence.answer)
        by_the_way = answer and TOLL_SAID.search(evidence.text[: answer.start - evidence.sentence.start])
        odds = LATER if by_the_way else 1.0
        return replace(
            evidence, answer=None if by_the_way else answer, probability=odds * evidence.probability
        )
    if SCORE_ASKED.search(question.query):
        score = SCORE.search(evidence.text)
        at = evidence.sentence.start
        return replace(
            evidence,
            answer=Span(at + score.start(), at + score.end()) if score else None,
            probability=evidence.probability * (1.0 if score else LATER),
        )
    answer = _in_own_part(evidence, evidence.answer, question, people, clues, reread)
    return replace(evidence, answer=_with_what_it_became(evidence, answer))


def _deed(evidence: Evidence, question: Question) -> Span | None:
    """The word that tells what is asked about, from what denies it on; none where none does."""
    start, text = evidence.sentence.start, evidence.text
    asked = frozenset[str]().union(*map(forms, relations_in(question.query)))
    spans = words(text)
    for at, span in enumerate(spans):
        if asked & set(terms(text[span.start : span.end])):
            for first in spans[max(0, at - NEAR_NOT) : at]:
                if denials(text[first.start : span.start]) and not denials(text[first.end : span.start]):
                    return Span(start + first.start, start + span.end)
            return Span(start + span.start, start + span.end)
    return None


def _a_time(evidence: Evidence, answer: Span) -> Span | None:
    """The answer if it tells a time, else the first time of the sentence; none where it tells none."""
    text, sentence = evidence.chunk.article.text, evidence.sentence
    published = evidence.chunk.article.published
    told = find_times(text[sentence.start : sentence.end], published)
    mentions_there = [Span(sentence.start + each.start, sentence.start + each.end) for each in told]
    if any(each.start < answer.end and answer.start < each.end for each in mentions_there):
        return answer
    return mentions_there[0] if len(mentions_there) == 1 else None


def _day_of_saying(evidence: Evidence, answer: Span, reread: Reread) -> Span | None:
    """The answer, unless it is part of what was said: then the day told before that, if one is."""
    text, start = evidence.chunk.article.text, evidence.sentence.start
    that = THAT.search(text, start, answer.end)
    if that is None:
        return answer
    if that.start() > answer.start:
        return Span(answer.start, that.start() - 1)
    before = reread(evidence, Span(start, that.start()))
    return before if before and find_times(text[before.start : before.end], None) else None


def _in_own_part(
    evidence: Evidence,
    answer: Span,
    question: Question,
    people: Sequence[Sought],
    clues: Sequence[Clue],
    reread: Reread,
) -> Span:
    """The like of the answer from another part of the sentence, which has all that the answer's has of what is asked,
    and more.
    """
    text = evidence.chunk.article.text
    parts = _parts(text, evidence.sentence.start, evidence.sentence.end)
    own = next((part for part in parts if part.start <= answer.start and answer.end <= part.end), None)
    unit = _unit(text, answer)
    if own is None or not (unit or question.kind is Kind.WHO):
        return answer
    said = _said(text, own, people, clues)
    if not said and not unit:
        return answer
    for part in parts:
        if said < _said(text, part, people, clues):
            found = reread(evidence, part)
            like = found is not None and right_kind(question.kind, text[found.start : found.end])
            if found and like and _unit(text, found) == unit:
                return found
    return answer


def _parts(text: str, start: int, end: int) -> list[Span]:
    cuts = [(start, start), *(each.span() for each in _PART.finditer(text, start, end)), (end, end)]
    return [Span(before[1], after[0]) for before, after in pairwise(cuts) if before[1] < after[0]]


def _said(text: str, part: Span, people: Sequence[Sought], clues: Sequence[Clue]) -> frozenset[int]:
    """Which of the clues a part of the sentence has; of people by their full names."""
    words_there = text[part.start : part.end]
    told = frozenset(terms(words_there))
    return frozenset(
        at
        for at, clue in enumerate(clues)
        if clue.met(told) and (at >= len(people) or mentions(words_there, people[at]))
    )


def _unit(text: str, answer: Span) -> str:
    """What the answer counts in; empty where it is no number of a unit."""
    numbers = numbers_told(text[answer.start : answer.end])
    return unit_after(text, answer.start + numbers[-1].end) if numbers else ""


def _with_what_it_became(evidence: Evidence, answer: Span) -> Span:
    """An earlier figure with the one that it rose or fell to: "from ten years to six"."""
    text, end = evidence.chunk.article.text, evidence.sentence.end
    numbers = numbers_told(text[answer.start : answer.end])
    if len(numbers) != 1:
        return answer
    number = Span(answer.start + numbers[0].start, answer.start + numbers[0].end)
    before = _FROM.search(text, evidence.sentence.start, number.start)
    to = _THEN_TO.match(text, number.end, end)
    later = numbers_told(text[to.end() : end])[:1] if before and to else []
    if not (before and to and later) or text[to.end() : to.end() + later[0].start].strip():
        return answer
    last = to.end() + later[0].end
    following = words(text[last:end])[:1]
    unit = unit_after(text, last)
    return Span(before.start(), last + following[0].end if unit and following else last)
