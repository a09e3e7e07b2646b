import pytest

from qa.metrics import Figure, figure, ndcg, rank_of, recall, reciprocal_rank


def test_a_passage_ranks_by_its_best_chunk() -> None:
    assert rank_of("c", ["a", "b", "a", "c", "b", "c"]) == 3
    assert rank_of("d", ["a", "b"]) is None
    assert rank_of("a", []) is None


@pytest.mark.parametrize(
    ("rank", "recall_at_5", "reciprocal", "gain"),
    [(1, 1, 1, 1), (2, 1, 0.5, 0.6309), (5, 1, 0.2, 0.3869), (6, 0, 0, 0), (None, 0, 0, 0)],
)
def test_the_rank_of_the_relevant_passage_decides(
    rank: int | None, recall_at_5: float, reciprocal: float, gain: float
) -> None:
    assert recall(rank, 5) == recall_at_5
    assert reciprocal_rank(rank, 5) == reciprocal
    assert ndcg(rank, 5) == pytest.approx(gain, abs=1e-4)


def test_a_share_has_wilsons_interval() -> None:
    found = figure([1.0] * 8 + [0.0] * 2)
    assert (found.value, found.n) == (0.8, 10)
    assert (found.low, found.high) == pytest.approx((0.490, 0.943), abs=1e-3)


def test_a_share_of_all_is_not_certain() -> None:
    assert figure([1.0] * 20).high == 1
    assert figure([1.0] * 20).low == pytest.approx(0.839, abs=1e-3)


def test_other_means_have_an_interval_by_bootstrap_that_is_the_same_each_time() -> None:
    values = [1.0, 0.5, 0.25, 1.0, 0.0, 1.0, 0.5, 1.0]
    found = figure(values)
    assert found == figure(values)
    assert 0.3 < found.low < found.value < found.high < 0.95


def test_no_questions_give_nothing() -> None:
    assert figure([]) == Figure(0.0, 0, 0.0, 0.0)
