"""The answer without a language model: verbatim words of the articles, chosen, trimmed and put in order."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date

from qa.evidence import Evidence, covered, is_heading, right_kind
from qa.question import Question
from qa.selected import (
    LONGEST_QUOTE,
    MOST_LISTED,
    Said,
    Selected,
    by_date,
    distinct,
    same_time,
    sentence_span,
)
from vectorstore.clues import Clue
from vectorstore.records import Article, Span
from vectorstore.text import clauses
from vectorstore.times import find_times

MOST_QUOTED = 3
NEAR = 0.6
COVERED = 0.5
# A day told by a sentence this near the likeliest, which tells none, is rather what is asked for.
NEARLY = 0.4
# The clause with the words that answer outweighs all else.
ANSWERS = 3.0
# How likely a sentence that gives a cause must be, beside the likeliest one.
CAUSING = 0.2
# Below this probability a sentence is no answer: where too many refusals and too many wrong answers balance.
ENOUGH = 0.05
# From this one on it stays first, whatever its article tells further down.
SURE = 0.5
# Below this one the next likeliest of its article are quoted too.
DOUBTFUL = 0.3
# Below this one it isn't worth showing beside an answer either.
FAINT = 0.01
# So many other articles that say the same in the same words are copies, or meant to be found.
ECHOED = 2
# A number of something else, where the thing asked about is told by its word.
UNCOUNTED = 0.2
# The share of the deed asked about that a sentence must say more than the likeliest of its article.
FAR_MORE = 0.4
MOST_COMPARED = 60
GIVES_A_CAUSE = re.compile(
    r"\b(?:because|owing to"
    r"|(?<!been )due to(?! (?:meet|visit|travel|open|start|begin|arrive|take|play|leave|be|return|speak|sign)\b)|"
    r"caus(?:ed|es?|ing)|blam(?:ed|es|ing)|attributed|resulted from|result of|thanks to|"
    r"triggered|reasons?|in order to|so that|in protest|citing|cited|linked|after \w+ing|"
    r"to (?:mark|celebrate|avoid|allow|protest|demand))\b"
    r"|\b(?:parce qu|caus[ée]|provoqu|imput|invoqu|expliqu|grâce|afin d|origine|en raison|à cause|suite à"
    r"|pour (?:célébrer|marquer|éviter|permettre|protester|obtenir)|(?:car|d[ûu]e?s? (?:à|aux?)|motifs?|raisons?)\b)"
    r"|\bو?(?:بسبب|نتيجة|جراء|نجم|ناجم|ناتج|أسباب|سبب|عزا|عزت|أرجع|تسبب|يعود|تعود|لأن|احتجاجا|بدعوى|فسر|فسرت|بفعل|وراء|لأسباب|لسبب|نظرا)",
    re.IGNORECASE,
)


def best(evidence: Sequence[Evidence], question: Question, clues: Sequence[Clue]) -> list[Selected]:
    """The few sentences likeliest to answer, in the order of ``evidence``; none where none is likely enough.

    Beside the likeliest stand those that come near it and speak of at least half as much of what was asked as any.
    """
    likely = [each for each in evidence if each.probability >= ENOUGH]
    near = [each for each in likely if each.probability >= NEAR * likely[0].probability]
    most = max((each.signs.coverage for each in near), default=0.0)
    telling = near[:1] + [each for each in near[1:] if each.signs.coverage >= COVERED * most]
    rest = [each for each in likely if each not in telling]
    if any(len(each.echoes) >= ECHOED for each in telling):
        # Many that say the same leave room for the likely ones that say something else.
        telling += rest
    elif likely and likely[0].probability < DOUBTFUL:
        # Where it is an article that answers, it is often another sentence of it.
        telling += [each for each in rest if each.chunk.article == likely[0].chunk.article]
    return quoted(telling, question, clues)[:MOST_QUOTED]


def next_likeliest(
    evidence: Sequence[Evidence], chosen: Sequence[Selected], question: Question, clues: Sequence[Clue]
) -> list[Selected]:
    """What comes after the ``chosen`` in the order of ``evidence``, to fill what an answer may quote."""
    taken = {each.evidence.place for each in chosen}
    others = [each for each in evidence if each.place not in taken and each.probability >= FAINT]
    after = [Selected(each, focus(each, question, clues), each.echoes) for each in others[:MOST_QUOTED]]
    return distinct([*chosen, *after])[len(chosen) : MOST_QUOTED]


def cause_first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """``evidence``, with what gives a cause in the likeliest one's article before it, where that gives none.

    The lead says most of what is asked; the cause of it stands further down, in few of the question's words. What
    is much less likely gives the cause of something else.
    """
    best, *others = evidence
    if best.probability < ENOUGH or GIVES_A_CAUSE.search(best.text):
        return list(evidence)
    least = CAUSING * best.probability
    causes = [
        each for each in others if each.chunk.article == best.chunk.article and each.probability >= least
    ]
    cause = next((each for each in causes if GIVES_A_CAUSE.search(each.text)), None)
    if cause is None:
        return list(evidence)
    return [replace(cause, probability=best.probability), *(each for each in others if each != cause)]


def counting_first(evidence: Sequence[Evidence], counting: Set[tuple[str, int]]) -> list[Evidence]:
    """``evidence`` for a question about a number, with what isn't at one of the places ``counting`` less likely:
    those give a number of the thing asked about.

    Where one is likely enough, no other number comes before it.
    """
    rated = [
        each if each.place in counting else replace(each, probability=UNCOUNTED * each.probability)
        for each in evidence
    ]
    rated.sort(key=lambda each: -each.probability)
    first = next((each for each in rated if each.place in counting), None)
    if first is None or first.probability < ENOUGH:
        return rated
    return [
        replace(first, probability=rated[0].probability),
        *(each for each in rated if each is not first),
    ]


def day_first(evidence: Sequence[Evidence]) -> list[Evidence]:
    """``evidence`` for a question about a day, with the likeliest that tells one before a likelier that doesn't."""
    best = evidence[0]
    near = (each for each in evidence if each.probability >= max(ENOUGH, NEARLY * best.probability))
    dated = next((each for each in near if each.signs.right_kind), best)
    return [
        replace(dated, probability=best.probability),
        *(each for each in evidence if each.place != dated.place),
    ]


def deed_first(evidence: Sequence[Evidence], deeds: Sequence[Clue], language: str) -> list[Evidence]:
    """``evidence``, with what says most of the ``deeds`` asked about (clues other than names) in the likeliest
    one's article before it, where that says far less of them.

    The lead names everybody; what is told of them further down says "he".
    """
    best, *others = evidence
    settled = not ENOUGH <= best.probability < SURE
    if settled or best.chunk.article.language != language or not deeds:
        return list(evidence)
    said = covered(deeds, best.text)
    own = [each for each in others if each.chunk.article == best.chunk.article and each.signs.right_kind]
    nearest = max(own, key=lambda each: covered(deeds, each.text), default=None)
    if nearest is None or covered(deeds, nearest.text) < said + FAR_MORE:
        return list(evidence)
    return [replace(nearest, probability=best.probability), *(each for each in evidence if each != nearest)]


def with_what_follows(selected: Sequence[Selected]) -> list[Selected]:
    """Words to answer why: where they give no cause, none of them is set off; a single sentence then comes with the
    one after it in its paragraph, the lead with the next paragraph's.

    Who was acquitted is told first, and then why.
    """
    marked = [each if GIVES_A_CAUSE.search(each.text) else each.answered(None) for each in selected]
    if len(marked) != 1 or GIVES_A_CAUSE.search(marked[0].text):
        return marked
    told = marked[0].evidence
    text = told.chunk.article.text
    leads = not text[: told.sentence.start].strip()
    after = (each for each in told.chunk.sentences if each.start >= told.sentence.end)
    following = [replace(told, sentence=each, answer=None, echoes=()) for each in after][:1]
    return marked + [
        Selected(each, sentence_span(each))
        for each in following
        if not is_heading(each.text) and (leads or "\n" not in text[told.sentence.end : each.sentence.start])
    ]


def quoted(evidence: Sequence[Evidence], question: Question, clues: Sequence[Clue]) -> list[Selected]:
    """What to quote of each sentence, without repetitions."""
    return distinct([Selected(each, focus(each, question, clues), each.echoes) for each in evidence])


def voices(evidence: Sequence[Evidence]) -> list[Evidence]:
    """``evidence`` without what another article says in the same words; each keeps the articles that echo it."""
    kept: list[tuple[Evidence, Said]] = []
    echoes: dict[int, list[Article]] = {}
    for each in evidence[:MOST_COMPARED]:
        said, article = Said.of(each.text), each.chunk.article
        same = (
            at
            for at, (other, words) in enumerate(kept)
            if other.chunk.article.article_id != article.article_id
            and said.says_the_same(words)
            and same_time(each, other)
        )
        if (at := next(same, None)) is None:
            kept.append((each, said))
        elif article not in echoes.setdefault(at, []):
            echoes[at].append(article)
    folded = [replace(each, echoes=tuple(echoes.get(at, ()))) for at, (each, _) in enumerate(kept)]
    return folded + list(evidence[MOST_COMPARED:])


def told_in(evidence: Sequence[Evidence], question: Question, clues: Sequence[Clue]) -> list[Selected]:
    """The sentences that themselves tell a day of the question's window, earliest first."""
    dated = [each for each in evidence if each.sentence.events]
    return sorted(quoted(dated, question, clues), key=by_date)[:MOST_LISTED]


def focus(evidence: Evidence, question: Question, clues: Sequence[Clue]) -> Span:
    """The sentence, or of a long one the run of clauses that says most of what was asked."""
    sentence = sentence_span(evidence)
    if sentence.end - sentence.start <= LONGEST_QUOTE:
        return sentence
    text = evidence.chunk.article.text
    parts = clauses(text, sentence.start, sentence.end)
    published = evidence.chunk.article.published
    worth = [
        _worth(text[part.start : part.end], question, clues, published)
        + ANSWERS * _overlaps(part, evidence.answer)
        for part in parts
    ]
    first = last = max(range(len(parts)), key=lambda at: (worth[at], -at))
    while True:
        grown = _grown(parts, worth, first, last)
        if grown is None:
            return Span(parts[first].start, parts[last].end)
        first, last = grown


def _overlaps(part: Span, answer: Span | None) -> bool:
    return answer is not None and part.start < answer.end and answer.start < part.end


def _grown(parts: Sequence[Span], worth: Sequence[float], first: int, last: int) -> tuple[int, int] | None:
    """The run with the worthier of its neighbours, while that stays short enough; at a tie, the later one."""
    runs = [(first, last + 1)] * (last + 1 < len(parts)) + [(first - 1, last)] * (first > 0)
    fitting = [run for run in runs if parts[run[1]].end - parts[run[0]].start <= LONGEST_QUOTE]
    return max(fitting, key=lambda run: worth[run[1] if run[1] > last else run[0]], default=None)


def _worth(words: str, question: Question, clues: Sequence[Clue], published: date | None) -> float:
    worth = covered(clues, words) + 0.5 * right_kind(question.kind, words)
    if question.window is None:
        return worth
    told = [mention.days for mention in find_times(words, published) if mention.days]
    return worth + any(days.overlaps(question.window.days) for days in told)
