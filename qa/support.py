"""Whether a sentence is carried by the words it cites, and which words of a passage carry it best: changes when
more or less should count as carried.

What can be looked up (``claims``) is looked up; whether the rest says the same is judged by shared words, and by
the likeness of meaning where the two share none, as across languages. Who did what to whom isn't understood.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.answer import SUPPORT_ORDER, Passage, Support
from qa.claims import SPOKEN, Text, coverage, missing, read
from qa.negation import nearly_denies, negators
from qa.quantities import quantities
from vectorstore.passages import Sentence, sentences_touching
from vectorstore.records import Article, Days, Span
from vectorstore.text import clauses, terms


@dataclass(frozen=True, slots=True)
class Scale:
    """Cosines of multilingual-e5-small: from ``like`` on two sentences say the same, below ``unlike`` they don't
    tell of the same matter.
    """

    like: float
    unlike: float


# Measured on XQuAD's parallel paragraphs: a sentence and its translation have .82 to .87 and more (5th and 50th
# percentile), it and the nearest sentence of another paragraph .75 to .80 (50th and 90th). Within a language
# sentences of one paragraph reach .88 to .91, of another .81 to .85.
ONE_LANGUAGE = Scale(0.92, 0.86)
TWO_LANGUAGES = Scale(0.845, 0.80)
SHARED = 0.5
"""Share of a sentence's words that, found in the cited words, says the same without asking the model."""
BARELY = 0.25
FEWEST_TERMS = 3
MOST_SENTENCES = 3
LONGEST_QUOTE = 280
_TRIED = 3


class PassageEmbedder(Protocol):
    """The half of an embedding model that is needed here."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector a text."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is carried, what it claims beyond the cited words, and the place that carries it best.

    ``span`` is null where there was nothing to look in.
    """

    support: Support
    missing: tuple[str, ...] = ()
    span: Span | None = None

    @property
    def order(self) -> tuple[int, int]:
        """Sorts the better one first."""
        return SUPPORT_ORDER[self.support], len(self.missing)


@dataclass(frozen=True, slots=True)
class _Cited:
    """Words of an article, with the days known of them and the title they are shown under."""

    text: Text
    events: tuple[Days, ...]
    title: str


class Checker:
    """Checks sentences against passages. Embeds only where words alone don't decide, and nothing twice.

    One an answer: it keeps every vector, and isn't for several threads.
    """

    def __init__(self, embedder: PassageEmbedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def judge(self, sentence: str, passages: Sequence[Passage]) -> Verdict:
        """Whether ``sentence`` is carried by all of the cited ``passages`` together.

        ``sentence`` is as claimed, without marks: see ``citations.bare`` for one of a finished answer.
        """
        return self._verdict(sentence, [_cited(each.article, each.start, each.end) for each in passages])

    def locate(self, sentence: str, article: Article, candidates: Sequence[Sentence]) -> Verdict:
        """The few words among ``candidates`` (sentences of ``article``) that carry ``sentence`` best."""
        best = Verdict("unsupported")
        for at in self._likely(sentence, article, candidates)[:_TRIED]:
            found = self._grown(sentence, article, candidates, at)
            if best.span is None or found.order < best.order:
                best = found
            if best.support == "supported":
                break
        return self._trimmed(sentence, article, best)

    def _likely(self, sentence: str, article: Article, candidates: Sequence[Sentence]) -> list[int]:
        """The places of the candidates, likeliest first."""
        texts = [article.text[each.start : each.end] for each in candidates]
        shared = [
            coverage(read(sentence, article.published), read(text, article.published)) for text in texts
        ]
        if texts and max(shared) < SHARED:
            alike = self._likenesses(sentence, texts)
            shared = [words + 4 * cosine for words, cosine in zip(shared, alike, strict=True)]
        return sorted(range(len(texts)), key=lambda at: -shared[at])

    def _grown(self, sentence: str, article: Article, candidates: Sequence[Sentence], at: int) -> Verdict:
        """The verdict on one candidate, with its neighbours as far as they add what it lacks."""
        first = last = at
        best = self._spanned(sentence, article, candidates[at].start, candidates[at].end)
        while best.support != "supported" and last - first + 1 < MOST_SENTENCES:
            wider = [
                (low, high)
                for low, high in ((first - 1, last), (first, last + 1))
                if low >= 0 and high < len(candidates) and _adjoin(article, candidates, low, high)
            ]
            tried = {
                ends: self._spanned(sentence, article, candidates[ends[0]].start, candidates[ends[1]].end)
                for ends in wider
            }
            ends = min(tried, key=lambda each: tried[each].order, default=(first, last))
            if ends not in tried or not _gains(sentence, article, best, tried[ends]):
                break
            (first, last), best = ends, tried[ends]
        return best

    def _trimmed(self, sentence: str, article: Article, verdict: Verdict) -> Verdict:
        """The verdict for the shortest run of clauses that does as well, where the words are many."""
        span = verdict.span
        if span is None or _length(verdict) <= LONGEST_QUOTE:
            return verdict
        claim, words = read(sentence, article.published), _cited(article, span.start, span.end).text
        wanted = claim.terms & words.terms
        if coverage(claim, words) < SHARED:
            return verdict  # nothing tells which clauses aren't needed
        parts = clauses(article.text, span.start, span.end)
        while len(parts) > 1:
            shorter = [each for each in (parts[1:], parts[:-1]) if wanted <= _terms(article, each)]
            kept = min(shorter, key=lambda each: each[-1].end - each[0].start, default=None)
            if kept is None:
                break
            parts = kept
        trimmed = self._spanned(sentence, article, parts[0].start, parts[-1].end)
        return trimmed if trimmed.order <= verdict.order else verdict

    def _spanned(self, sentence: str, article: Article, start: int, end: int) -> Verdict:
        verdict = self._verdict(sentence, [_cited(article, start, end)])
        return Verdict(verdict.support, verdict.missing, Span(start, end))

    def _verdict(self, sentence: str, cited: Sequence[_Cited]) -> Verdict:
        if not cited:
            return Verdict("unsupported")
        claims = [read(sentence, each.text.reference) for each in cited]
        lacking = [
            missing(claim, each.text, each.events, each.title)
            for claim, each in zip(claims, cited, strict=True)
        ]
        lacks = tuple(what for what in lacking[0] if all(what in each for each in lacking))
        return _decided(claims[0], cited, lacks, max(map(self._nearness, claims, cited)))

    def _nearness(self, claim: Text, cited: _Cited) -> float:
        """How near the two are in meaning: 1 and more the same, 0 and less about something else."""
        shared = coverage(claim, cited.text)
        if shared >= SHARED:
            return 1.0
        scale = ONE_LANGUAGE if claim.speaks_like(cited.text) else TWO_LANGUAGES
        alike = self._likenesses(claim.text, [cited.text.text])[0]
        return max((alike - scale.unlike) / (scale.like - scale.unlike), BARELY if shared >= BARELY else 0.0)

    def _likenesses(self, sentence: str, texts: Sequence[str]) -> list[float]:
        new = [text for text in dict.fromkeys((sentence, *texts)) if text not in self._vectors]
        if new:
            self._vectors |= dict(zip(new, self._embedder.passages(new), strict=True))
        return [float(self._vectors[sentence] @ self._vectors[text]) for text in texts]


def _decided(claim: Text, cited: Sequence[_Cited], lacks: tuple[str, ...], nearness: float) -> Verdict:
    anchors = _anchors(claim)
    if nearness < 1 and not anchors and len(claim.terms) < FEWEST_TERMS:
        return Verdict("unsupported")  # too little said for a likeness to mean anything
    if nearness <= 0 or (nearness < 1 and len(lacks) > 1 and len(lacks) >= anchors):
        return Verdict("unsupported", lacks)
    if claim.negators and not any(_denies(each.text) for each in cited):
        return Verdict("unsupported", (*lacks, *claim.negators))
    denied = [_denied(claim, each.text) for each in cited]
    if not claim.negators and all(denied):
        return Verdict("partial", (*lacks, denied[0]))
    # Neither near nor far: then something that was looked up has to have been found.
    vague = nearness < 1 and anchors <= len(lacks)
    return Verdict("partial" if lacks or vague else "supported", lacks)


def _denies(cited: Text) -> bool:
    """Whether the cited words may deny anything; in a language whose negations aren't known, they may."""
    return bool(cited.negators) or cited.language not in SPOKEN or nearly_denies(cited.text)


def _denied(claim: Text, cited: Text) -> str:
    """The word by which the cited words deny what is claimed; empty where they don't, or deny something else.

    Across languages it can't be told which clause is meant, so only short ones count.
    """
    parts = clauses(cited.text)
    for part in parts:
        words = cited.text[part.start : part.end]
        own, denying = set(terms(words)), negators(words)
        meant = len(own & claim.terms) * 2 >= len(own) if claim.speaks_like(cited) else len(parts) <= 2
        if denying and meant:
            return denying[0]
    return ""


def _gains(sentence: str, article: Article, narrow: Verdict, wide: Verdict) -> bool:
    """Whether more words carry more of the sentence. A figure alone is no gain: any neighbour may hold one."""
    if wide.order >= narrow.order or not narrow.span or not wide.span:
        return False
    gained = set(narrow.missing) - set(wide.missing)
    if not gained or not all(quantities(each) for each in gained):
        return True
    claim = read(sentence, article.published).terms
    more = _terms(article, [wide.span]) - _terms(article, [narrow.span])
    return any(not term[0].isdigit() for term in claim & more)


def _anchors(claim: Text) -> int:
    """How many things of the claim can be looked up."""
    return len(claim.names) + len(claim.numbers) + len(claim.days) + len(claim.addresses)


def _cited(article: Article, start: int, end: int) -> _Cited:
    words = read(article.text[start:end], article.published, article.language)
    return _Cited(words, days_told(article, start, end), article.title)


def days_told(article: Article, start: int, end: int) -> tuple[Days, ...]:
    """The days that the sentences there tell, or those just before them, as the window filter counts them."""
    touched = sentences_touching(article, start, end)
    return tuple(days for sentence in touched for days in sentence.events)


def _adjoin(article: Article, candidates: Sequence[Sentence], first: int, last: int) -> bool:
    """Whether nothing but space lies between the candidates: what does may not be quoted."""
    pairs = zip(candidates[first:last], candidates[first + 1 : last + 1], strict=True)
    return all(not any(map(str.isalnum, article.text[one.end : other.start])) for one, other in pairs)


def _terms(article: Article, parts: Sequence[Span]) -> frozenset[str]:
    return frozenset(terms(article.text[parts[0].start : parts[-1].end]))


def _length(verdict: Verdict) -> int:
    return verdict.span.end - verdict.span.start if verdict.span else 0
