"""The measures, against values worked out by hand and by definition."""

from math import log2

import pytest

from qa import metrics
from qa.metrics import Figure


def test_a_share_has_wilsons_interval() -> None:
    found = metrics.share(8, 10)
    assert (found.value, found.n) == (0.8, 10)
    assert found.low == pytest.approx(0.4902, abs=1e-4)
    assert found.high == pytest.approx(0.9433, abs=1e-4)


@pytest.mark.parametrize("successes", [0, 10])
def test_an_interval_at_the_end_of_the_scale_stays_in_it_and_is_not_empty(successes: int) -> None:
    found = metrics.share(successes, 10)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low < found.high <= 1


def test_no_case_gives_no_value() -> None:
    assert metrics.share(0, 0) == metrics.mean([]) == metrics.figure([]) == Figure(None, 0, None, None)


def test_a_mean_has_an_interval_around_it_that_is_the_same_each_time() -> None:
    values = [0.0, 0.25, 0.5, 1.0] * 25
    found = metrics.mean(values)
    assert found == metrics.mean(values)
    assert found.low is not None
    assert found.high is not None
    assert found.low < (found.value or 0) < found.high
    assert 0.1 < found.high - found.low < 0.2  # 1.96 * 2 * 0.37 / 10


def test_yes_and_no_are_counted_and_other_numbers_are_averaged() -> None:
    assert metrics.figure([1, 0, True]) == metrics.share(2, 3)
    assert metrics.figure([1, 0.5]) == metrics.mean([1, 0.5])


RANKED = ["d", "a", "c", "b"]


def test_recall_is_the_share_of_the_relevant_that_was_found() -> None:
    assert metrics.recall(RANKED, {"a", "b"}, 1) == 0
    assert metrics.recall(RANKED, {"a", "b"}, 2) == 0.5
    assert metrics.recall(RANKED, {"a", "b"}, 10) == 1
    assert metrics.recall(RANKED, set(), 10) == 0


def test_the_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert metrics.reciprocal_rank(RANKED, {"b", "c"}, 10) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(RANKED, {"b", "c"}, 2) == 0


def test_ndcg_is_one_for_the_best_order_and_discounts_by_the_logarithm_of_the_rank() -> None:
    assert metrics.ndcg(["a", "b", "x"], {"a", "b"}, 10) == 1
    assert metrics.ndcg(RANKED, {"a"}, 10) == pytest.approx(1 / log2(3))
    expected = (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3))
    assert metrics.ndcg(RANKED, {"a", "b"}, 10) == pytest.approx(expected)
    assert metrics.ndcg(RANKED, {"b"}, 3) == 0


@pytest.mark.parametrize(
    ("quote", "gold"),
    [
        ("توفي سنة ٢٠٢٤ في الرباط", "2024"),
        ("زار الإمارات", "الامارات"),
        ("قالَ عليٌّ ذلك", "علي"),
        ("the  Élysée\npalace", "elysee palace"),
    ],
)
def test_a_quote_holds_an_answer_however_it_is_written(quote: str, gold: str) -> None:
    assert metrics.holds(quote, [gold])


def test_an_empty_answer_is_held_by_nothing() -> None:
    assert not metrics.holds("anything", ["", " "])


def test_only_the_first_k_quotes_count() -> None:
    assert not metrics.hit(["no", "yes"], ["yes"], 1)
    assert metrics.hit(["no", "yes"], ["yes"], 3)


@pytest.mark.parametrize(
    ("prediction", "gold"),
    [("The palace.", "palace"), ("الرباط", "رباط"), ("«إلى الأمام»", "الى الامام"), ("٣ كتب", "3 كتب")],
)
def test_exact_match_overlooks_articles_punctuation_and_spelling(prediction: str, gold: str) -> None:
    assert metrics.exact_match(prediction, ["something else", gold])


def test_f1_weighs_the_words_in_common_and_takes_the_best_gold_answer() -> None:
    assert metrics.f1("in the old town", ["old town", "town"]) == pytest.approx(2 * 2 / (3 + 2))
    assert metrics.f1("nothing alike", ["old town"]) == 0
    assert metrics.f1("", ["old town"]) == 0


def test_a_word_too_short_to_have_an_article_stays_whole() -> None:
    assert metrics.answer_words("ال الم") == ["ال", "الم"]


def test_citation_precision_is_the_share_of_citations_of_the_right_article() -> None:
    assert metrics.citation_precision(["a", "a", "b"], {"a"}) == pytest.approx(2 / 3)


def test_abstention_is_judged_by_precision_and_recall() -> None:
    refused = [True, True, False, False, False]
    unanswerable = [True, False, True, True, False]
    precision, recall = metrics.abstention(refused, unanswerable)
    assert (precision.value, precision.n) == (0.5, 2)
    assert (recall.value, recall.n) == (pytest.approx(1 / 3), 3)


def test_a_refusal_is_an_error_where_there_is_an_answer_and_an_answer_an_invention_where_there_is_none() -> (
    None
):
    error, hallucination = metrics.refusal([True, False, True, False, True], [False, False, True, True, True])
    assert (error.value, error.n) == (0.5, 2)
    assert (hallucination.value, hallucination.n) == (pytest.approx(2 / 3), 3)
    assert metrics.refusal([True], [False])[1].value is None


@pytest.mark.parametrize(
    ("curve", "area"),
    [
        ([], 0.0),
        ([(1.0, 0.25)], 0.25),
        ([(0.25, 0.0), (0.75, 1 / 3), (1.0, 0.5)], (0.5 / 3 + 0.25 / 2) / 1.0),
        ([(0.1, 0.0), (0.4, 0.5)], 0.3 * 0.5 / 0.4),
    ],
)
def test_the_area_under_the_curve_is_the_mean_risk_over_the_coverage_reached(
    curve: list[tuple[float, float]], area: float
) -> None:
    assert metrics.area_under(curve) == pytest.approx(area)


def test_a_measure_of_many_cases_has_an_interval_around_it_that_is_the_same_each_time() -> None:
    cases = [0.0, 0.25, 0.5, 1.0] * 25
    found = metrics.resampled(cases, max)
    assert found == metrics.resampled(cases, max) == Figure(1.0, 100, 1.0, 1.0)
    assert metrics.resampled(cases, lambda some: sum(some) / len(some)) == metrics.mean(cases)
    assert metrics.resampled([], max) == metrics.NO_CASE


def test_the_risk_coverage_curve_gives_equal_confidences_together_and_ends_with_all() -> None:
    curve = metrics.risk_coverage([0.9, 0.5, 0.5, 0.1], [True, True, False, False])
    assert curve == [(0.25, 0.0), (0.75, pytest.approx(1 / 3)), (1.0, 0.5)]
