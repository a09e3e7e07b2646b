"""A run over a small set with known outcomes, and the comparison of two runs."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import WordEmbedder
from homes import operating

from qa.evaluate import Progress, evaluate, faults
from qa.evaluation_report import Outcome, compare, report
from qa.extractive import ENOUGH
from qa.operations import LocalOperations
from qa.question_sets import Asked, Expected, QuestionSet, read_set
from vectorstore.errors import UserError
from vectorstore.records import digest

BRIDGE = "The old bridge over the river was opened in 1901 by the mayor Anna Berg."
FERRY = "A ferry carried the farmers and their cattle across the lake until 1950."
MUSEUM = "The museum of clocks shows four hundred clocks made in the valley."


@pytest.fixture
def questions(tmp_path: Path) -> QuestionSet:
    def paragraph(context: str, *asked: tuple[str, str, str]) -> dict[str, Any]:
        qas = [
            {"id": i, "question": q, "answers": [{"text": a}] * bool(a), "is_impossible": not a}
            for i, q, a in asked
        ]
        return {"paragraphs": [{"context": context, "qas": qas}]}

    data = [
        paragraph(BRIDGE, ("1", "When was the old bridge over the river opened?", "1901")),
        paragraph(FERRY, ("2", "Until when did a ferry carry cattle across the lake?", "1950")),
        paragraph(MUSEUM, ("3", "Who invented the zeppelin in Friedrichshafen?", "")),
    ]
    file = tmp_path / "set.json"
    file.write_text(json.dumps({"data": data}), encoding="utf-8")
    return read_set(file)


def run(folder: Path, questions: QuestionSet, embedder: WordEmbedder | None = None) -> dict[str, Any]:
    with operating(folder, embedder) as (operations, parts):
        *progress, result = evaluate(questions, parts, operations)
    assert all(isinstance(each, Progress) for each in progress)
    assert isinstance(result, dict)
    return result


def test_every_question_is_asked_of_all_contexts_and_the_report_is_the_contract_s(
    tmp_path: Path, questions: QuestionSet
) -> None:
    found = run(tmp_path, questions)
    assert (found["file"], found["digest"], found["questions"]) == (questions.file, questions.digest, 3)
    assert found["articles"] == 3
    assert list(found["retrieval"]) == ["recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10"]
    assert list(found["answers"]) == [
        "hit@1",
        "hit@3",
        "exact_match",
        "f1",
        "citation_precision",
        "mean_quote_chars",
    ]
    for figure in (
        *found["retrieval"].values(),
        *found["abstention"].values(),
        found["questions_per_second"],
    ):
        assert list(figure) == ["value", "n", "low", "high"]
    assert found["retrieval"]["recall@1"]["value"] == 1
    assert found["retrieval"]["recall@1"]["n"] == 2  # nothing is relevant to what can't be answered
    assert found["abstention"]["recall"] == {
        "value": 1.0,
        "n": 1,
        "low": pytest.approx(0.2065, abs=1e-3),
        "high": 1.0,
    }
    assert found["slices"]["language"]["en"]["questions"] == 3
    assert set(found["slices"]["kind"]) == {"when", "what", "who"}


class Quoting:
    """Searches as the real operations do, and answers whatever is asked with the bridge and the ferry."""

    def __init__(self, operations: LocalOperations) -> None:
        self.search = operations.search

    def ask(self, question: str, **_: Any) -> Iterator[dict[str, Any]]:
        citations = [{"quote": text, "article_id": digest(text)} for text in (BRIDGE, FERRY)]
        yield {"abstained": False, "mode": "extractive", "answer": BRIDGE, "citations": citations}


def test_answers_are_scored_by_what_their_citations_quote(tmp_path: Path, questions: QuestionSet) -> None:
    with operating(tmp_path) as (operations, parts):
        *_, result = evaluate(questions, parts, Quoting(operations))  # type: ignore[arg-type]
    assert isinstance(result, dict)
    bridge, ferry, zeppelin = (each["scores"] for each in result["outcomes"])
    assert (bridge["hit@1"], bridge["hit@3"], bridge["exact_match"]) == (1, 1, 0)
    assert (ferry["hit@1"], ferry["hit@3"]) == (0, 1)
    assert 0 < bridge["f1"] < 0.3
    assert bridge["citation_precision"] == 0.5
    assert bridge["mean_quote_chars"] == (len(BRIDGE) + len(FERRY)) / 2
    assert zeppelin == {}


def test_each_question_is_asked_again_while_the_paragraph_that_answers_it_is_withheld(
    tmp_path: Path, questions: QuestionSet
) -> None:
    with operating(tmp_path) as (operations, parts):
        *_, found = evaluate(questions, parts, operations, withhold=True)
        stored = {article["article_id"] for article in operations.articles()["articles"]}
    assert isinstance(found, dict)
    outcomes = {each["id"]: each for each in found["outcomes"]}
    assert list(outcomes) == ["1", "2", "3", "1 withheld", "2 withheld"]
    assert not outcomes["1"]["abstained"]
    assert outcomes["1 withheld"]["abstained"]
    assert outcomes["1 withheld"]["impossible"]
    assert found["abstention"]["recall"]["n"] == 3
    assert stored == {digest(text) for text in (BRIDGE, FERRY, MUSEUM)}


def test_files_of_articles_are_not_withheld(tmp_path: Path) -> None:
    questions = QuestionSet("own.json", "", (), articles=(tmp_path / "a.md",))
    with operating(tmp_path) as (operations, parts), pytest.raises(UserError, match="SQuAD's format alone"):
        next(evaluate(questions, parts, operations, withhold=True))


def test_a_kept_store_is_used_again_and_another_s_is_refused(tmp_path: Path, questions: QuestionSet) -> None:
    run(tmp_path, questions)
    embedder = WordEmbedder()
    run(tmp_path, questions, embedder)
    assert not embedder.embedded
    with operating(tmp_path) as (operations, _):
        operations.ingest_text("Another article altogether, of a strike in the harbour.", name="strike")
    with pytest.raises(UserError, match="other articles"):
        run(tmp_path, questions)


def test_what_our_own_format_expects_is_checked_point_by_point() -> None:
    expected = Expected(
        (("1901", "1902"), ("Berg",)), ("1950",), True, {"from": "1901-01-01", "to": "1901-12-31"}
    )
    asked = Asked("q", "When?", "en", "when", frozenset(("bridge.md",)), expected=expected)
    cited = {"quote": "opened in 1901 by Anna Berg", "article_id": "b", "title": "Bridge"}
    good = {
        "abstained": False,
        "citations": [cited],
        "window": {**expected.window, "understood_from": "1901"},
    }
    assert faults(asked, good, {"b"}) == ()
    assert faults(asked, good, {"x"}) == ("cites Bridge",)
    assert faults(asked, {**good, "window": None}, {"b"}) == ("window is None",)
    ferry = {**cited, "quote": "until 1950"}
    assert faults(asked, {**good, "citations": [ferry]}, {"b"}) == (
        "lacks 1901 or 1902",
        "lacks Berg",
        "quotes 1950",
    )
    assert faults(asked, {**good, "abstained": True, "citations": []}, {"b"}) == ("abstained is True",)


def outcome(
    name: str,
    hit: float,
    *,
    abstained: bool = False,
    confidence: float | None = None,
    impossible: bool = False,
) -> Outcome:
    scores = {} if impossible else {"recall@1": 1.0, "hit@1": hit, "hit@3": hit}
    return Outcome(name, f"{name}?", "en", "who", impossible, abstained, confidence, scores, None, 0.5)


def test_a_comparison_names_the_questions_that_got_better_and_worse() -> None:
    before = {"file": "f", **report([outcome("a", 0), outcome("b", 1), outcome("c", 1), outcome("gone", 1)])}
    after = {"file": "f", **report([outcome("a", 1), outcome("b", 0, abstained=True), outcome("c", 1)])}
    found = compare(before, after)
    assert found["questions"] == 3
    assert [(each["id"], each["moved"]) for each in found["better"]] == [
        ("a", {"hit@1": [0, 1], "hit@3": [0, 1]})
    ]
    assert [(each["id"], each["moved"]["right"]) for each in found["worse"]] == [("b", [1, 0])]
    assert found["differences"]["hit@1"]["value"] == 0
    assert found["differences"]["right"]["value"] == pytest.approx(-1 / 3)
    assert found["differences"]["recall@1"] == {"value": 0.0, "n": 3, "low": 0.0, "high": 0.0}


def test_the_risk_coverage_curve_counts_refused_questions_as_not_covered() -> None:
    told = [outcome("a", 1, confidence=0.9), outcome("b", 0, confidence=0.4), outcome("c", 0, abstained=True)]
    assert report(told)["risk_coverage"] == [
        {"coverage": pytest.approx(1 / 3), "risk": 0.0},
        {"coverage": pytest.approx(2 / 3), "risk": 0.5},
    ]
    assert report(told)["risk_coverage_area"]["value"] == pytest.approx(0.25)
    assert report([outcome("a", 1)])["risk_coverage"] is None


def test_an_answer_to_what_has_none_is_a_wrong_one_on_the_curve() -> None:
    told = [outcome("a", 1, confidence=0.9), outcome("b", 0, confidence=0.5, impossible=True)]
    assert [each["risk"] for each in report(told)["risk_coverage"]] == [0.0, 0.5]


def test_error_and_hallucination_are_told_for_other_thresholds_than_the_one_that_holds() -> None:
    found = report(
        [
            outcome("sure", 1, confidence=0.9),
            outcome("doubted", 1, confidence=0.1),
            outcome("refused", 0, abstained=True, confidence=0.02),
            outcome("a list", 1),
            outcome("invented", 0, confidence=0.1, impossible=True),
            outcome("of nobody known", 0, abstained=True, impossible=True),
        ]
    )
    rates = {
        each["least"]: (each["error"]["value"], each["hallucination"]["value"])
        for each in found["thresholds"]
    }
    assert rates[0.01] == (0, 0.5)
    assert rates[ENOUGH] == (0.25, 0.5)
    assert rates[0.1] == (0.25, 0.5)
    assert rates[0.15] == (0.5, 0)
    assert report([outcome("a list", 1)])["thresholds"] is None


def test_questions_a_second_are_counted_over_the_mean_time() -> None:
    rate = report([outcome("a", 1), outcome("b", 1)])["questions_per_second"]
    assert rate == {"value": 2.0, "n": 2, "low": 2.0, "high": 2.0}
