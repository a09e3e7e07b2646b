"""Whether a sentence is carried by the words it cites, and which words of a passage carry it best: changes when
more or less should count as carried.

What can be looked up (``claims``) is looked up; whether the rest says the same is judged by shared words, and by
the likeness of meaning where the two share none, as across languages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.answer import Passage
from qa.binding import well_counted
from qa.claims import is_of_its_own, missing
from qa.pairing import figures, people, times
from qa.quantities import quantities
from qa.told import Text, coverage, read
from qa.verdict import Cited, Verdict, decided
from vectorstore.passages import sentences_touching
from vectorstore.records import Article, Days, Sentence, Span
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
CLAUSE = 0.875
"""From here on a sentence says the same as a clause in another language, which has less to be liked for."""
MISPAIRED = 0.025
"""By how much what a sentence says of something is liker to what its passage says of another, across languages."""
MISPAIRED_WORDS = 0.4
"""The same within a language, in the share of words."""
SHARED = 0.5
"""Share of a sentence's words that, found in the cited words, says the same without asking the model."""
BARELY = 0.25
FEWEST_WORDS = 4
MOST_SENTENCES = 3
LONGEST_QUOTE = 280
_TRIED = 3


class PassageEmbedder(Protocol):
    """The half of an embedding model that is needed here."""

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A unit vector a text."""


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
            if best.span is None or (found.order < best.order and not best.denied):
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
        while best.support != "supported" and not best.denied and last - first + 1 < MOST_SENTENCES:
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
        return replace(verdict, span=Span(start, end))

    def _verdict(self, sentence: str, cited: Sequence[Cited]) -> Verdict:
        if not cited:
            return Verdict("unsupported")
        claims = [read(sentence, each.text.reference) for each in cited]
        lacking = [
            missing(claim, each.text, each.events, each.title)
            for claim, each in zip(claims, cited, strict=True)
        ]
        lacks = tuple(what for what in lacking[0] if all(what in each for each in lacking))
        if len(cited) == 1:
            lacks += tuple(what for what in self._mispaired(claims[0], cited[0].text) if what not in lacks)
        return decided(claims[0], cited, lacks, max(map(self._nearness, claims, cited)))

    def _mispaired(self, claim: Text, cited: Text) -> Iterator[str]:
        """The figures and people that ``claim`` says of what the cited words say of others."""
        counted = well_counted(claim, cited)
        own_figures = (each for each in figures(claim, cited) if each.words not in counted)
        own_people = () if is_of_its_own(claim, cited) else people(claim, cited)
        for each in (*own_figures, *times(claim, cited), *own_people):
            if claim.speaks_like(cited):
                own, others = (
                    max(_shared(each.said, text) for text in texts) for texts in (each.own, each.others)
                )
                margin = MISPAIRED_WORDS
            else:
                own, others = (max(self._likenesses(each.said, texts)) for texts in (each.own, each.others))
                margin = MISPAIRED
            if others - own > margin:
                yield each.words

    def _nearness(self, claim: Text, cited: Cited) -> float:
        """How near the two are in meaning: 1 and more the same, 0 and less about something else."""
        shared = coverage(claim, cited.text)
        if shared >= SHARED:
            return 1.0
        scale = ONE_LANGUAGE if claim.speaks_like(cited.text) else TWO_LANGUAGES
        alike = self._likenesses(claim.text, [cited.text.text])[0]
        if scale is TWO_LANGUAGES and alike < scale.like and self._says_a_clause(claim.text, cited.text.text):
            return 1.0
        return max((alike - scale.unlike) / (scale.like - scale.unlike), BARELY if shared >= BARELY else 0.0)

    def _says_a_clause(self, claim: str, cited: str) -> bool:
        """Whether ``claim`` translates one clause; a long sentence's vector is the average of all of them."""
        parts = (cited[each.start : each.end] for each in clauses(cited))
        long = [part for part in parts if len(part.split()) >= FEWEST_WORDS and part != cited]
        return bool(long) and max(self._likenesses(claim, long)) >= CLAUSE

    def _likenesses(self, sentence: str, texts: Sequence[str]) -> list[float]:
        new = [text for text in dict.fromkeys((sentence, *texts)) if text not in self._vectors]
        if new:
            self._vectors |= dict(zip(new, self._embedder.passages(new), strict=True))
        return [float(self._vectors[sentence] @ self._vectors[text]) for text in texts]


def _gains(sentence: str, article: Article, narrow: Verdict, wide: Verdict) -> bool:
    """Whether more words carry more of the sentence. A figure alone is no gain: any neighbour may hold one."""
    if wide.order >= narrow.order or not narrow.span or not wide.span:
        return False
    gained = set(narrow.missing) - set(wide.missing)
    claim = read(sentence, article.published)
    if any(each.words in gained for each in claim.days) and _tells_another_day(claim, article, narrow.span):
        return False
    if not gained or not all(quantities(each) for each in gained):
        return True
    more = _terms(article, [wide.span]) - _terms(article, [narrow.span])
    return any(not term[0].isdigit() for term in claim.terms & more)


def _tells_another_day(claim: Text, article: Article, span: Span) -> bool:
    own = read(article.text[span.start : span.end], article.published, article.language).days
    return any(each.days not in {other.days for other in claim.days} for each in own)


def _cited(article: Article, start: int, end: int) -> Cited:
    words = read(article.text[start:end], article.published, article.language)
    return Cited(words, days_told(article, start, end), article.title)


def days_told(article: Article, start: int, end: int) -> tuple[Days, ...]:
    """The days that the sentences there tell, or those just before them, as the window filter counts them."""
    touched = sentences_touching(article, start, end)
    return tuple(days for sentence in touched for days in sentence.events)


def _shared(said: str, text: str) -> float:
    own = set(terms(said))
    return len(own & set(terms(text))) / len(own)


def _adjoin(article: Article, candidates: Sequence[Sentence], first: int, last: int) -> bool:
    """Whether nothing but space lies between the candidates: what does may not be quoted."""
    pairs = zip(candidates[first:last], candidates[first + 1 : last + 1], strict=True)
    return all(not any(map(str.isalnum, article.text[one.end : other.start])) for one, other in pairs)


def _terms(article: Article, parts: Sequence[Span]) -> frozenset[str]:
    return frozenset(terms(article.text[parts[0].start : parts[-1].end]))


def _length(verdict: Verdict) -> int:
    return verdict.span.end - verdict.span.start if verdict.span else 0
