"""One ranking out of the dense and the lexical one, as a pure function."""

from collections.abc import Mapping, Sequence

from vectorstore.library import Ranked

LEXICAL_WEIGHT = 0.5


def standardised(ranking: Sequence[Ranked]) -> dict[str, float]:
    """The scores as z-scores; all zero where they don't differ, so that such a side says nothing."""
    if not ranking:
        return {}
    scores = [each.score for each in ranking]
    mean = sum(scores) / len(scores)
    deviation = (sum((score - mean) ** 2 for score in scores) / len(scores)) ** 0.5
    if deviation < 1e-9:
        return {each.chunk_id: 0.0 for each in ranking}
    return {each.chunk_id: (each.score - mean) / deviation for each in ranking}


def fuse(
    dense: Sequence[Ranked], lexical: Sequence[Ranked], lexical_weight: float = LEXICAL_WEIGHT
) -> list[Ranked]:
    """The union of both rankings, best first, by the weighted sum of their z-scores.

    A chunk that one side didn't find gets that side's lowest score.
    """
    left, right = standardised(dense), standardised(lexical)
    low_left, low_right = min(left.values(), default=0.0), min(right.values(), default=0.0)
    fused = [
        Ranked(each, left.get(each, low_left) + lexical_weight * right.get(each, low_right))
        for each in _union(left, right)
    ]
    return sorted(fused, key=lambda each: (-each.score, each.chunk_id))


def _union(left: Mapping[str, float], right: Mapping[str, float]) -> list[str]:
    return list(dict.fromkeys([*left, *right]))
