"""Retrieval metrics and their intervals, as pure functions: changes when another figure is to be told.

Each question has one relevant passage, whose rank decides: 1 is the best, ``None`` not found.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log2, sqrt

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
TWO_SIDED_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over ``n`` questions with its 95 % interval; all zero where there are none."""

    value: float
    n: int
    low: float
    high: float


def rank_of(relevant: Hashable, ranking: Iterable[Hashable]) -> int | None:
    """The place of ``relevant`` in ``ranking`` without its repetitions, so that passages rank by their best chunk."""
    seen = dict.fromkeys(ranking)
    return next((rank for rank, each in enumerate(seen, start=1) if each == relevant), None)


def recall(rank: int | None, depth: int) -> float:
    """1 where the relevant passage is among the first ``depth``."""
    return float(rank is not None and rank <= depth)


def reciprocal_rank(rank: int | None, depth: int) -> float:
    """One over the rank, 0 beyond ``depth``; the mean over questions is MRR."""
    return 1 / rank if rank is not None and rank <= depth else 0.0


def ndcg(rank: int | None, depth: int) -> float:
    """Normalised discounted cumulative gain with one relevant passage (Järvelin and Kekäläinen 2002)."""
    return 1 / log2(1 + rank) if rank is not None and rank <= depth else 0.0


def figure(values: Sequence[float]) -> Figure:
    """The mean of a value a question, with Wilson's interval for shares, else one by bootstrap."""
    if not values:
        return Figure(0.0, 0, 0.0, 0.0)
    told = np.asarray(values, dtype=np.float64)
    mean = float(told.mean())
    low, high = _wilson(mean, len(told)) if set(values) <= {0.0, 1.0} else _bootstrap(told)
    return Figure(mean, len(told), low, high)


def _wilson(share: float, n: int) -> tuple[float, float]:
    """Wilson's score interval (1927), which stays sensible for shares of 0 and 1."""
    z = TWO_SIDED_95
    centre = share + z * z / (2 * n)
    reach = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, (centre - reach) / (1 + z * z / n)), min(1.0, (centre + reach) / (1 + z * z / n))


def _bootstrap(values: NDArray[np.float64]) -> tuple[float, float]:
    """Percentiles of the means of resamples (Efron 1979), drawn alike each time."""
    draws = np.random.default_rng(1).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), (2.5, 97.5))
    return float(low), float(high)
