"""A second look at the likeliest sentences, by a reader that sees question and words together."""

from collections.abc import Sequence
from dataclasses import replace
from math import log

from qa.evidence import Evidence
from qa.question import Kind, Question
from qa.rating import Logistic
from qa.reader import Found, Reads
from vectorstore.passages import sentence_before
from vectorstore.records import Span

# Reading takes most of an answer's time; the answer is hardly ever further down.
MOST_READ = 5
# A short sentence is read with the one before it, which may name what it speaks of.
SHORT = 120
LONGEST_READ = 320
# What was rated before, and what the reader says, in log odds; in the proportion that fits what the reader wasn't
# trained on of ARCD-train and XQuAD. Higher, they would answer more; lower, refuse more.
SAME_LANGUAGE = Logistic(-0.5, (0.8, 0.41))
OTHER_LANGUAGE = Logistic(0.1, (0.65, 0.28))
# However sure the reader is that nothing answers, what speaks for a sentence otherwise still counts.
LEAST = -6.0
SURE = 1e-6


class Readings:
    """What a reader makes of sentences for one question; none is read twice."""

    def __init__(self, reader: Reads, question: Question) -> None:
        self._reader = reader
        self._question = question
        self._known: dict[tuple[str, int], Found | None] = {}

    def of(self, evidence: Sequence[Evidence]) -> list[Evidence]:
        """The first few of ``evidence`` with the words that answer, rated anew, likeliest first; then the rest.

        ``evidence`` is likeliest first. What wasn't read is never likelier than the least of what was.
        """
        first, rest = evidence[:MOST_READ], evidence[MOST_READ:]
        self._read([each for each in first if each.place not in self._known])
        read = sorted((self._rated(each) for each in first), key=lambda each: -each.probability)
        least = read[-1].probability if read else 0.0
        return read + [replace(each, probability=min(each.probability, least)) for each in rest]

    def _read(self, evidence: Sequence[Evidence]) -> None:
        spans = [_with_context(each) for each in evidence]
        texts = [
            each.chunk.article.text[span.start : span.end] for each, span in zip(evidence, spans, strict=True)
        ]
        for each, span, reading in zip(
            evidence, spans, self._reader.read(self._question.text, texts), strict=True
        ):
            found = reading.within(each.sentence.start - span.start, each.sentence.end - span.start)
            self._known[each.place] = found and replace(
                found,
                span=_trimmed(
                    each.chunk.article.text, found.span.start + span.start, found.span.end + span.start
                ),
            )

    def _rated(self, evidence: Evidence) -> Evidence:
        found = self._known[evidence.place]
        if found is None:
            return evidence
        # It looks for the words that answer; those that tell whether something is so may be any.
        if self._question.kind is Kind.YES_NO:
            return replace(evidence, answer=found.span)
        article = evidence.chunk.article
        together = SAME_LANGUAGE if article.language == self._question.language else OTHER_LANGUAGE
        probability = together.of((_log_odds(evidence.probability), max(found.score, LEAST)))
        return replace(evidence, probability=probability, answer=found.span)


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without the punctuation that ends it; a token holds the comma after a word."""
    while end - 1 > start and not text[end - 1].isalnum():
        end -= 1
    return Span(start, end)


def _with_context(evidence: Evidence) -> Span:
    """The sentence, with the one before it in its paragraph where both are short enough."""
    article, sentence = evidence.chunk.article, evidence.sentence
    if sentence.end - sentence.start < SHORT:
        before = sentence_before(article, sentence.start)
        if before and sentence.end - before.start <= LONGEST_READ:
            return Span(before.start, sentence.end)
    return Span(sentence.start, sentence.end)


def _log_odds(probability: float) -> float:
    held = min(max(probability, SURE), 1 - SURE)
    return log(held / (1 - held))
