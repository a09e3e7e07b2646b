"""Measures of retrieval and of answers with their intervals: changes when something else should be measured.

Pure functions of what was found and what is right. "Relevant" are the ids of the articles that hold the answer,
"gold" the wordings of it that count as right.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from math import log2, sqrt
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from vectorstore.text import fold, words

Z = 1.959964  # 95 %
RESAMPLES = 1000
SEED = 20261126
ARTICLES = frozenset(("a", "an", "the", "le", "la", "les", "l", "un", "une"))
ARABIC_ARTICLE = "ال"
Case = TypeVar("Case")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value measured on ``n`` cases with its 95 % interval; all but ``n`` are null where there was no case."""

    value: float | None
    n: int
    low: float | None
    high: float | None


NO_CASE = Figure(None, 0, None, None)


def share(successes: int, n: int) -> Figure:
    """A share of cases with the score interval of Wilson (1927), which holds near 0 and 1 too."""
    if not n:
        return NO_CASE
    value, squared = successes / n, Z * Z
    middle = (value + squared / (2 * n)) / (1 + squared / n)
    half = Z * sqrt(value * (1 - value) / n + squared / (4 * n * n)) / (1 + squared / n)
    return Figure(value, n, max(0.0, middle - half), min(1.0, middle + half))


def mean(values: Sequence[float]) -> Figure:
    """A mean with the percentile bootstrap's interval (Efron 1979); the same values always give the same one."""
    if not values:
        return NO_CASE
    sample = np.asarray(values, dtype=float)
    return _bootstrapped(float(sample.mean()), len(sample), lambda drawn: float(sample[drawn].mean()))


def resampled(cases: Sequence[Case], measure: Callable[[Sequence[Case]], float]) -> Figure:
    """What ``measure`` makes of the cases, with the percentile bootstrap's interval, as ``mean`` has it."""
    if not cases:
        return NO_CASE
    return _bootstrapped(measure(cases), len(cases), lambda drawn: measure([cases[at] for at in drawn]))


def _bootstrapped(value: float, n: int, again: Callable[[NDArray[np.int64]], float]) -> Figure:
    """``value`` with the interval of what ``again`` makes of the places of ``n`` cases drawn with repetition."""
    chance = np.random.default_rng(SEED)
    low, high = np.percentile([again(chance.integers(n, size=n)) for _ in range(RESAMPLES)], (2.5, 97.5))
    return Figure(value, n, float(low), float(high))


def figure(values: Sequence[float]) -> Figure:
    """``share`` where every value is 0 or 1, else ``mean``."""
    if all(value in (0, 1) for value in values):
        return share(sum(1 for value in values if value), len(values))
    return mean(values)


def recall(ranked: Sequence[str], relevant: Set[str], k: int) -> float:
    """The share of the relevant that is among the first ``k``; 0 where nothing is relevant."""
    return len(relevant & set(ranked[:k])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: Set[str], k: int) -> float:
    """1 over the rank of the first relevant among the first ``k``, 0 where none is; its mean is MRR@k."""
    return next((1 / rank for rank, each in enumerate(ranked[:k], start=1) if each in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Set[str], k: int) -> float:
    """Normalised discounted cumulative gain of Järvelin and Kekäläinen (2002), with gains of 0 and 1."""
    best = sum(_discount(rank) for rank in range(1, min(k, len(relevant)) + 1))
    found = sum(_discount(rank) for rank, each in enumerate(ranked[:k], start=1) if each in relevant)
    return found / best if best else 0.0


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)


def holds(quote: str, gold: Iterable[str]) -> bool:
    """Whether ``quote`` holds a gold answer, however its letters, digits and spaces are written."""
    folded = _spaced(quote)
    return any(wanted in folded for wanted in map(_spaced, gold) if wanted)


def hit(quotes: Sequence[str], gold: Sequence[str], k: int) -> bool:
    """Whether one of the first ``k`` quotes holds a gold answer."""
    return any(holds(quote, gold) for quote in quotes[:k])


def exact_match(prediction: str, gold: Sequence[str]) -> bool:
    """Whether the prediction is a gold answer, word by word, as SQuAD compares them (Rajpurkar et al. 2016)."""
    return any(answer_words(prediction) == answer_words(each) for each in gold)


def f1(prediction: str, gold: Sequence[str]) -> float:
    """The harmonic mean of precision and recall over words, for the best of the gold answers, as SQuAD has it."""
    return max((_overlap(answer_words(prediction), answer_words(each)) for each in gold), default=0.0)


def answer_words(text: str) -> list[str]:
    """The words of an answer as they are compared: folded, without articles, the Arabic one included.

    Taking ال off follows MLQA's evaluation (Lewis et al. 2020).
    """
    folded = fold(text)
    found = (folded[span.start : span.end] for span in words(folded))
    return [_without_article(word) for word in found if word not in ARTICLES]


def citation_precision(cited: Sequence[str], relevant: Set[str]) -> float:
    """The share of an answer's citations that are of a relevant article."""
    return sum(each in relevant for each in cited) / len(cited)


def abstention(refused: Sequence[bool], unanswerable: Sequence[bool]) -> tuple[Figure, Figure]:
    """Precision (of the refusals) and recall (of the unanswerable), question by question in the same order."""
    right = sum(each and no for each, no in zip(refused, unanswerable, strict=True))
    return share(right, sum(refused)), share(right, sum(unanswerable))


def refusal(answered: Sequence[bool], unanswerable: Sequence[bool]) -> tuple[Figure, Figure]:
    """Error (of the answerable, those refused) and hallucination (of the unanswerable, those answered)."""
    told = list(zip(answered, unanswerable, strict=True))
    refused = [not each for each, no in told if not no]
    invented = [each for each, no in told if no]
    return share(sum(refused), len(refused)), share(sum(invented), len(invented))


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """Coverage and risk (share of wrong answers) when only the most confident are given, for each such cut.

    The curve of El-Yaniv and Wiener (2010). Answers of one confidence are given or held back together.
    """
    order = sorted(range(len(confidence)), key=lambda at: -confidence[at])
    curve: list[tuple[float, float]] = []
    wrong = 0
    for given, at in enumerate(order, start=1):
        wrong += not right[at]
        if given == len(order) or confidence[order[given]] < confidence[at]:
            curve.append((given / len(order), wrong / given))
    return curve


def area_under(curve: Sequence[tuple[float, float]]) -> float:
    """The mean risk over the coverages that a risk–coverage curve reaches; 0 where it reaches none."""
    area = before = 0.0
    for coverage, risk in curve:
        area += (coverage - before) * risk
        before = coverage
    return area / before if before else 0.0


def _spaced(text: str) -> str:
    return " ".join(fold(text).split())


def _without_article(word: str) -> str:
    return word.removeprefix(ARABIC_ARTICLE) if len(word) > len(ARABIC_ARTICLE) + 1 else word


def _overlap(predicted: Sequence[str], gold: Sequence[str]) -> float:
    if not predicted or not gold:
        return float(predicted == gold)
    common = (Counter(predicted) & Counter(gold)).total()
    return 2 * common / (len(predicted) + len(gold))
