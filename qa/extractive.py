"""The answer without a language model: verbatim words of the articles, chosen, trimmed and put in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa.evidence import Clue, Evidence, covered, right_kind
from qa.people import Sought, mentions, names_somebody
from qa.question import Kind, Question
from qa.relations import asks_of_meeting, forms
from qa.subject import paragraph_of, tells_of
from vectorstore.places import Place
from vectorstore.records import Span
from vectorstore.text import clauses, terms
from vectorstore.times import find_times

MOST_LISTED = 30
MOST_QUOTED = 3
LONGEST_QUOTE = 280
SAME_WORDS = 0.7
NEAR = 0.6
# Below this probability a sentence is no answer: where too many refusals and too many wrong answers balance.
ENOUGH = 0.06


@dataclass(frozen=True, slots=True)
class Selected:
    """Words to quote and the evidence they come from."""

    evidence: Evidence
    span: Span

    @property
    def text(self) -> str:
        """The words."""
        return self.evidence.chunk.article.text[self.span.start : self.span.end]


def asks_for_list(question: Question) -> bool:
    """Whether every match is wanted ("who did X meet", "when did they meet"), rather than the best one."""
    return question.kind in (Kind.WHO, Kind.WHEN) and asks_of_meeting(question.query)


def meetings(
    evidence: Sequence[Evidence], people: Sequence[Sought], places: Sequence[Place]
) -> list[Selected]:
    """The parts of sentences that tell whom the people asked about met there, without repetitions."""
    found = [
        Selected(each, span)
        for each in evidence
        if _tells_of_all(each, people, places)
        for span in _whole_or_parts(each, list(_meeting_parts(each, people)))
        if _is_about(each, span, people)
    ]
    return sorted(_distinct(found)[:MOST_LISTED], key=by_date)


def _tells_of_all(evidence: Evidence, people: Sequence[Sought], places: Sequence[Place]) -> bool:
    article, sentence = evidence.chunk.article, evidence.sentence
    persons = [sought for sought in people if not sought.place]
    if persons and not tells_of(article, sentence, persons[0]):
        return False
    if not all(mentions(evidence.text, other) for other in persons[1:]):
        return False
    present = set(terms(paragraph_of(article.text, sentence.start)))
    # What title and lead both name, the whole article is about.
    present |= set(terms(article.title)) & set(terms(paragraph_of(article.text, 0)))
    if not all(sought.terms & present for sought in people if sought.place):
        return False
    return all(any(name <= present for name in place.names) for place in places)


def best(evidence: Sequence[Evidence], question: Question, clues: Sequence[Clue]) -> list[Selected]:
    """The few sentences likeliest to answer, in the order of ``evidence``; none where none is likely enough.

    Further ones must come near the first, and speak of nearly as much of what was asked.
    """
    likely = [each for each in evidence if each.probability >= ENOUGH]
    first = likely[0].signs.coverage if likely else 0.0
    near = [
        each
        for each in likely
        if each.probability >= NEAR * likely[0].probability and each.signs.coverage >= NEAR * first
    ]
    return _distinct([Selected(each, _focus(each, question, clues)) for each in near])[:MOST_QUOTED]


def told_in(evidence: Sequence[Evidence], question: Question, clues: Sequence[Clue]) -> list[Selected]:
    """The sentences that themselves tell a day of the question's window, earliest first."""
    dated = [each for each in evidence if each.sentence.events]
    found = _distinct([Selected(each, _focus(each, question, clues)) for each in dated])
    return sorted(found, key=by_date)[:MOST_LISTED]


def by_date(selected: Selected) -> tuple[int, str, int]:
    """Orders by the day told, else the day of publication; undated last; then by place."""
    article = selected.evidence.chunk.article
    events = selected.evidence.sentence.events
    day = events[0].first if events else article.published or date.max
    return day.toordinal(), article.article_id, selected.span.start


def _is_about(evidence: Evidence, span: Span, people: Sequence[Sought]) -> bool:
    """Whether the words name the person asked about first, or stand in an article that is about that person."""
    first = next((sought for sought in people if not sought.place), None)
    article = evidence.chunk.article
    return (
        first is None
        or mentions(article.title, first)
        or mentions(article.text[span.start : span.end], first)
    )


def _whole_or_parts(evidence: Evidence, parts: list[Span]) -> list[Span]:
    """The sentence rather than its parts, where it is short enough to be read whole."""
    whole = Span(evidence.sentence.start, evidence.sentence.end)
    return [whole] if parts and whole.end - whole.start <= LONGEST_QUOTE else parts


def _meeting_parts(evidence: Evidence, people: Sequence[Sought]) -> Iterator[Span]:
    """From a clause that tells of a meeting to the last one after it that still names who was met."""
    text = evidence.chunk.article.text
    parts = clauses(text, evidence.sentence.start, evidence.sentence.end)
    first: Span | None = None
    last: Span | None = None
    unnamed = 0
    for part in parts:
        words = text[part.start : part.end]
        named = names_somebody(words, people[:1]) or any(mentions(words, sought) for sought in people[1:])
        meets = bool(set(terms(words)) & forms("meet"))
        unnamed = 0 if named else unnamed + 1
        if last and (meets or unnamed > 1):
            yield Span((first or last).start, last.end)
            first = last = None
        if meets and first is None:
            first = part
        if first and named:
            last = part
    if first and last:
        yield Span(first.start, last.end)


def _focus(evidence: Evidence, question: Question, clues: Sequence[Clue]) -> Span:
    """The sentence, or of a long one the run of clauses that says most of what was asked."""
    sentence = Span(evidence.sentence.start, evidence.sentence.end)
    if sentence.end - sentence.start <= LONGEST_QUOTE:
        return sentence
    text = evidence.chunk.article.text
    parts = clauses(text, sentence.start, sentence.end)
    published = evidence.chunk.article.published
    worth = [_worth(text[part.start : part.end], question, clues, published) for part in parts]
    first = last = max(range(len(parts)), key=lambda at: (worth[at], -at))
    while True:
        grown = _grown(parts, worth, first, last)
        if grown is None:
            return Span(parts[first].start, parts[last].end)
        first, last = grown


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


def _distinct(selected: Sequence[Selected]) -> list[Selected]:
    kept: list[tuple[Selected, set[str]]] = []
    for each in selected:
        own = set(terms(each.text))
        if not any(_alike(own, other) for _, other in kept):
            kept.append((each, own))
    return [each for each, _ in kept]


def _alike(left: set[str], right: set[str]) -> bool:
    return len(left & right) >= SAME_WORDS * max(1, min(len(left), len(right)))
