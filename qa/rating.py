"""How likely a sentence is to answer: two logistic regressions over a few signs, fitted on question sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence.

    Likenesses are cosines, coverages shares of the clues' weight. ``rise`` and ``passage_rise`` are the same
    cosines in standard deviations above the mean of all that the question finds.
    ``article_coverage`` is the best among the passages found of its article.
    """

    likeness: float
    passage_likeness: float
    coverage: float
    passage_coverage: float
    right_kind: bool
    rise: float
    passage_rise: float
    article_coverage: float


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression."""

    bias: float
    weights: tuple[float, ...]

    def of(self, values: Sequence[float]) -> float:
        """The probability for ``values``, 0 to 1."""
        odds = self.bias + sum(w * x for w, x in zip(self.weights, values, strict=True))
        # Of the two forms the one that can't overflow.
        return 1 / (1 + exp(-odds)) if odds >= 0 else exp(odds) / (1 + exp(odds))


# By tests/quality/fit_evidence.py.
SAME_LANGUAGE = Logistic(-8.68, (3.4, 0.0, 0.40, 0.0, 0.69, 0.76, 0.84, 2.94))
OTHER_LANGUAGE = Logistic(-8.69, (5.8, 0.0, 0.0, 2.67, 1.26, 1.06, 0.83, 1.83))


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation of some cosines."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, cosines: Sequence[float]) -> "Scale":
        """The scale of ``cosines``; of none, one on which nothing rises."""
        if not cosines:
            return cls(0.0, 0.0)
        mean = fsum(cosines) / len(cosines)
        return cls(mean, (fsum((each - mean) ** 2 for each in cosines) / len(cosines)) ** 0.5)

    def rise(self, cosine: float) -> float:
        """Where ``cosine`` stands, in standard deviations above the mean; 0 where nothing differs."""
        return (cosine - self.mean) / self.deviation if self.deviation > 1e-6 else 0.0
