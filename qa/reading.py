"""A second look at the likeliest sentences, by a reader that sees question and words together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log

from qa.evidence import Evidence
from qa.question import Kind, Question
from qa.rating import Logistic
from qa.reader import Found, Reading, Reads
from vectorstore.clues import Clue
from vectorstore.records import Sentence, Span
from vectorstore.text import terms

# Reading takes most of an answer's time; the answer is hardly ever further down.
MOST_READ = 4
# A sentence is read with those around it, in characters: they name what it speaks of, and may answer themselves.
LONGEST_READ = 250
# With a sentence further off that names what is asked about, where the near ones don't.
LONGEST_NAMING = 330
# From this probability on no further passage is read: it would hardly ever change what comes first.
SETTLED = 0.9
# What was rated before, and what the reader says, in log odds, by tests/quality/fit_evidence.py. Higher, they would
# answer more; lower, refuse more.
SAME_LANGUAGE = Logistic(-1.5, (0.34, 0.31))
OTHER_LANGUAGE = Logistic(-0.5, (0.42, 0.33))
# However sure the reader is that nothing answers, what speaks for a sentence otherwise still counts.
LEAST = -6.0
SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Run:
    """A run of sentences of one article, with what the reader made of it behind ``lead`` characters of the title."""

    version: str
    span: Span
    lead: int
    reading: Reading

    def holds(self, evidence: Evidence) -> bool:
        """Whether the sentence is one of them."""
        version, start = evidence.place
        return version == self.version and self.span.start <= start and evidence.sentence.end <= self.span.end

    def answer(self, evidence: Evidence) -> Found | None:
        """The words of the sentence that answer, as a place in its article."""
        sentence, before = evidence.sentence, self.span.start - self.lead
        found = self.reading.within(sentence.start - before, sentence.end - before)
        if found is None:
            return None
        text = evidence.chunk.article.text
        start, end = found.span.start + before, found.span.end + before
        return replace(found, span=_in_words(text, start, end, sentence))


class Readings:
    """What a reader makes of sentences for one question; no run of them is read twice.

    ``named`` is what the question names: the reader must see it, to know that the sentences tell of it.
    """

    def __init__(self, reader: Reads, question: Question, named: Sequence[Clue] = ()) -> None:
        self._reader = reader
        self._question = question
        self._named = named
        self._known: dict[tuple[str, Span], Run] = {}

    def of(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """What was read of ``evidence``, rated anew and with the words that answer, likeliest first; then the rest.

        ``evidence`` is likeliest first, and read in that order until one is likely enough or ``MOST_READ`` runs of
        sentences were read. What wasn't read is never likelier than the least of what was.
        """
        runs = 0
        read: dict[tuple[str, int], Evidence] = {}
        for each in evidence:
            if each.place in read:
                continue
            if runs == MOST_READ or any(known.probability >= SETTLED for known in read.values()):
                break
            run, runs = self._run(each), runs + 1
            read |= {one.place: self._rated(one, run) for one in evidence if run.holds(one)} | read
        first = sorted(read.values(), key=lambda each: -each.probability)
        least = first[-1].probability if first else 0.0
        rest = (each for each in evidence if each.place not in read)
        return first + [replace(each, probability=min(each.probability, least)) for each in rest]

    def within(self, evidence: Evidence, part: Span) -> Span | None:
        """The likeliest answer in ``part`` of the sentence, a place in its article."""
        sentence = replace(evidence.sentence, start=part.start, end=part.end)
        found = self._run(evidence).answer(replace(evidence, sentence=sentence))
        return found.span if found else None

    def heard(self, evidence: Evidence) -> float | None:
        """What the reader says for a sentence, in log odds; none where that wasn't read."""
        run = next((each for each in self._known.values() if each.holds(evidence)), None)
        found = run.answer(evidence) if run else None
        return found.score if found else None

    def _run(self, evidence: Evidence) -> Run:
        article, span = evidence.chunk.article, _around(evidence, self._named)
        key = article.version, span
        if key not in self._known:
            run = article.text[span.start : span.end]
            lead = f"{article.title}\n" if _says(article.title, _unsaid(run, self._named)) else ""
            (reading,) = self._reader.read(self._question.text, [lead + run])
            self._known[key] = Run(article.version, span, len(lead), reading)
        return self._known[key]

    def _rated(self, evidence: Evidence, run: Run) -> Evidence:
        found = run.answer(evidence)
        if found is None:
            return evidence
        # It looks for the words that answer; those that tell whether something is so may be any.
        if self._question.kind is Kind.YES_NO:
            return replace(evidence, answer=found.span)
        article = evidence.chunk.article
        together = SAME_LANGUAGE if article.language == self._question.language else OTHER_LANGUAGE
        before = evidence.probability / evidence.discount
        probability = together.of((_log_odds(before), max(found.score, LEAST))) * evidence.discount
        return replace(evidence, probability=probability, answer=found.span)


def _in_words(text: str, start: int, end: int, within: Sentence) -> Span:
    """Whole words, without the punctuation behind: a token is a piece of a word, or holds the comma after it."""
    while end - 1 > start and not text[end - 1].isalnum():
        end -= 1
    while start > within.start and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < within.end and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)


def _unsaid(text: str, named: Sequence[Clue]) -> list[Clue]:
    """What ``text`` leaves unsaid of what is ``named``."""
    present = frozenset(terms(text)) if named else frozenset[str]()
    return [each for each in named if not each.met(present)]


def _says(text: str, clues: Sequence[Clue]) -> bool:
    """Whether ``text`` says any of them."""
    return len(_unsaid(text, clues)) < len(clues)


def _around(evidence: Evidence, named: Sequence[Clue]) -> Span:
    """The sentence with those around it in its passage, by turns before and after, while that is short enough.

    Longer is what takes in the nearest sentence that says what the others leave unsaid of what is ``named``.
    """
    near, text = _near(evidence), evidence.chunk.article.text
    unsaid = _unsaid(text[near.start : near.end], named)
    naming = [
        wider
        for each in evidence.chunk.sentences
        if (wider := Span(min(near.start, each.start), max(near.end, each.end))) != near
        and wider.end - wider.start <= LONGEST_NAMING
        and _says(text[each.start : each.end], unsaid)
    ]
    return min(naming, key=lambda span: span.end - span.start, default=near)


def _near(evidence: Evidence) -> Span:
    """The sentence with those around it in its passage, by turns before and after, while that is short enough."""
    told = evidence.chunk.sentences
    at = next((at for at, each in enumerate(told) if each.start == evidence.sentence.start), None)
    if at is None:
        return Span(evidence.sentence.start, evidence.sentence.end)
    first, last = run_around(told, at, LONGEST_READ)
    return Span(told[first].start, told[last].end)


def run_around(sentences: Sequence[Span | Sentence], at: int, longest: int) -> tuple[int, int]:
    """The first and last of the ``sentences`` around the one ``at``, taken in by turns before and after.

    From the first's start to the last's end are at most ``longest`` characters, unless that one is longer.
    """
    first = last = at
    while True:
        before = first > 0 and sentences[last].end - sentences[first - 1].start <= longest
        first -= before
        after = last + 1 < len(sentences) and sentences[last + 1].end - sentences[first].start <= longest
        last += after
        if not before and not after:
            return first, last


def _log_odds(probability: float) -> float:
    held = min(max(probability, SURE), 1 - SURE)
    return log(held / (1 - held))
