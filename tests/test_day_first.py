from datetime import date

import pytest
from homes import article

from qa.evidence import Evidence
from qa.extractive import ENOUGH, day_first
from qa.rating import Signs
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk


def evidence(text: str, probability: float, *, tells_a_day: bool) -> Evidence:
    told = article(text, text, published=date(2024, 5, 1))
    signs = Signs(0.9, 0.9, 1.0, 1.0, tells_a_day, 1.0, 1.0, 1.0)
    return Evidence(Chunk(told, 0, len(text)), sentences_of(told)[0], signs, probability)


@pytest.mark.parametrize(("other", "first"), [(0.3, "It was on 3 May."), (0.1, "It was at noon.")])
def test_a_sentence_with_a_day_comes_before_one_without_that_is_a_little_likelier(
    other: float, first: str
) -> None:
    noon = evidence("It was at noon.", 0.5, tells_a_day=False)
    dated = evidence("It was on 3 May.", other, tells_a_day=True)
    found = day_first([noon, dated])
    assert [each.text for each in found][:1] == [first]
    assert {each.text for each in found} == {noon.text, dated.text}
    assert found[0].probability == 0.5


def test_what_is_too_unlikely_to_be_quoted_doesn_t_come_first() -> None:
    noon = evidence("It was at noon.", ENOUGH, tells_a_day=False)
    dated = evidence("It was on 3 May.", ENOUGH - 0.01, tells_a_day=True)
    assert [each.text for each in day_first([noon, dated])] == [noon.text, dated.text]
