import random

import pytest

from vectorstore.fusion import fuse, standardised
from vectorstore.library import Ranked


def ranking(**scores: float) -> list[Ranked]:
    return sorted((Ranked(name, score) for name, score in scores.items()), key=lambda each: -each.score)


def order(fused: list[Ranked]) -> list[str]:
    return [each.chunk_id for each in fused]


def made(seed: int, size: int) -> list[Ranked]:
    chance = random.Random(seed)
    names = chance.sample(range(2 * size), size)
    return ranking(**{f"c{name:03}": chance.uniform(-1, 30) for name in names})


def test_nothing_and_nothing_is_nothing() -> None:
    assert fuse([], []) == []


def test_one_side_alone_keeps_its_order() -> None:
    side = ranking(a=0.9, b=0.8, c=0.1)
    assert order(fuse(side, [])) == order(fuse([], side)) == ["a", "b", "c"]


@pytest.mark.parametrize("seed", range(10))
def test_every_chunk_of_either_side_comes_once_best_first(seed: int) -> None:
    dense, lexical = made(seed, 40), made(seed + 100, 25)
    fused = fuse(dense, lexical)
    assert len(order(fused)) == len(set(order(fused)))
    assert set(order(fused)) == set(order(dense)) | set(order(lexical))
    scores = [each.score for each in fused]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("seed", range(10))
def test_the_order_in_which_the_sides_come_makes_no_difference(seed: int) -> None:
    dense, lexical = made(seed, 40), made(seed + 100, 25)
    shuffled = random.Random(seed).sample(dense, len(dense))
    assert order(fuse(shuffled, lexical)) == order(fuse(dense, lexical))


@pytest.mark.parametrize("seed", range(10))
def test_another_scale_of_the_scores_makes_no_difference(seed: int) -> None:
    dense, lexical = made(seed, 40), made(seed + 100, 25)
    stretched = [Ranked(each.chunk_id, each.score * 50 + 7) for each in lexical]
    assert order(fuse(dense, stretched)) == order(fuse(dense, lexical))


def test_what_both_sides_find_comes_before_what_one_finds() -> None:
    dense, lexical = ranking(a=0.9, both=0.9, c=0.1), ranking(b=9, both=9, d=1)
    assert order(fuse(dense, lexical))[0] == "both"


def test_what_one_side_misses_stands_with_that_sides_last() -> None:
    fused = {each.chunk_id: each.score for each in fuse(ranking(a=0.9, b=0.5, c=0.5), ranking(b=9, a=1))}
    assert fused["b"] > fused["c"]
    assert fused["c"] == pytest.approx(fused["b"] - 0.5 * 2)


def test_a_side_whose_scores_do_not_differ_says_nothing() -> None:
    assert standardised([Ranked("a", 3.0), Ranked("b", 3.0)]) == {"a": 0.0, "b": 0.0}
    assert order(fuse(ranking(a=0.9, b=0.1), [Ranked("b", 3.0), Ranked("a", 3.0)])) == ["a", "b"]


def test_the_lexical_side_weighs_half() -> None:
    dense, lexical = ranking(a=1, b=0), ranking(b=1, a=0)
    assert order(fuse(dense, lexical)) == ["a", "b"]
    assert order(fuse(dense, lexical, lexical_weight=2)) == ["b", "a"]


def test_chunks_of_one_score_are_ordered_by_their_id() -> None:
    assert order(fuse([], [Ranked("b", 1.0), Ranked("a", 1.0)])) == ["a", "b"]
