"""How likely a sentence is to answer: two logistic regressions over a few signs, fitted on public question sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum

# Standing out proves less than being near: something always stands out, whatever is asked.
OUTSTANDING = 0.5
# Cosines across languages tell less, so that a sentence in the question's language comes first in doubt.
FOREIGN = 0.7


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sentence.

    Likenesses are cosines, coverages shares of the clues' weight. ``rise`` and ``passage_rise`` are the same
    cosines in standard deviations above the mean of all that the question finds in that language.
    """

    likeness: float
    passage_likeness: float
    coverage: float
    passage_coverage: float
    right_kind: bool
    rise: float
    passage_rise: float

    @property
    def told(self) -> tuple[float, float, float]:
        """The signs that don't hang on the embedding model."""
        return self.coverage, self.passage_coverage, float(self.right_kind)

    @property
    def near(self) -> tuple[float, ...]:
        """What ``Weights.near`` weighs."""
        return self.likeness, self.passage_likeness, *self.told

    @property
    def outstanding(self) -> tuple[float, ...]:
        """What ``Weights.outstanding`` weighs."""
        return self.rise, self.passage_rise, *self.told


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


@dataclass(frozen=True, slots=True)
class Weights:
    """How sentences in one relation to the question's language are rated.

    A sentence answers when it is ``near`` the question, or ``outstanding`` among what was found: where all
    articles are on one subject none stands out, and where a question is short nothing is near.
    """

    near: Logistic
    outstanding: Logistic
    trust: float = 1.0

    def probability(self, signs: Signs) -> float:
        """How likely a sentence with these signs is to hold the answer, 0 to 1."""
        return self.trust * max(
            self.near.of(signs.near), OUTSTANDING * self.outstanding.of(signs.outstanding)
        )


# By tests/quality/fit_evidence.py.
SAME_LANGUAGE = Weights(
    near=Logistic(-46.21, (33.17, 16.53, 1.56, 1.02, 0.24)),
    outstanding=Logistic(-7.62, (1.19, 0.72, 1.76, 0.32, 0.43)),
)
OTHER_LANGUAGE = Weights(
    near=Logistic(-58.82, (51.70, 19.44, 0.91, 1.84, 0.17)),
    outstanding=Logistic(-7.24, (1.62, 0.72, 0.41, 0.43, 0.65)),
    trust=FOREIGN,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation of some cosines."""

    mean: float
    deviation: float

    @classmethod
    def of(cls, cosines: Sequence[float]) -> "Scale":
        """The scale of ``cosines``, at least one."""
        mean = fsum(cosines) / len(cosines)
        return cls(mean, (fsum((each - mean) ** 2 for each in cosines) / len(cosines)) ** 0.5)

    def rise(self, cosine: float) -> float:
        """Where ``cosine`` stands, in standard deviations above the mean; 0 where nothing differs."""
        return (cosine - self.mean) / self.deviation if self.deviation > 1e-6 else 0.0
