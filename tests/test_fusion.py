from dataclasses import replace

import pytest

from vectorstore.fusion import Signs, fused

USUAL = Signs(passage=0.84, sentence=0.85, matched=0.3, covered=0.5)


@pytest.mark.parametrize("sign", ["passage", "sentence", "matched", "covered"])
def test_whatever_speaks_for_a_passage_raises_it(sign: str) -> None:
    assert fused(replace(USUAL, **{sign: 0.9})) > fused(USUAL)


def test_words_that_no_passage_has_leave_the_order_to_meaning() -> None:
    near, far = Signs(0.86, 0.87, 0.0, 0.0), Signs(0.82, 0.83, 0.0, 0.0)
    assert fused(near) - fused(far) == pytest.approx(0.08)


def test_a_rare_name_outweighs_a_passage_that_is_a_little_nearer() -> None:
    assert fused(Signs(0.82, 0.83, 0.6, 0.8)) > fused(Signs(0.88, 0.89, 0.0, 0.0))
