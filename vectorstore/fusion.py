"""One score out of what meaning and words say of a passage, as pure functions.

Measured on the tuning parts of ARCD and XQuAD (``python -m tests.bench.retrieval``). Cosines are added as they are:
z-scores, as well as rank fusion, force a side to speak that has nothing to say. The share of the achievable BM25
is small on every passage where the question's words don't occur, as across languages, so that it needs no switch.
"""

from dataclasses import dataclass

# Cosines lie close together: the best hundred passages within 0.13 of one another.
LEXICAL_WEIGHT = 0.25
COVERAGE_WEIGHT = 0.15


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a passage.

    ``passage`` and ``sentence`` are the cosines of the query with the passage and with its nearest sentence.
    ``matched`` and ``covered`` are shares, 0 to 1: of the BM25 score a text could have, and of the query's rarity
    that occurs at all.
    """

    passage: float
    sentence: float
    matched: float
    covered: float


def fused(signs: Signs) -> float:
    """The score that orders passages."""
    near = signs.passage + signs.sentence
    return near + LEXICAL_WEIGHT * signs.matched + COVERAGE_WEIGHT * signs.covered
