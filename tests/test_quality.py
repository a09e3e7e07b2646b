"""The project's own questions over the sample articles, asked of the real model without a language model.

``quality/floors.json`` holds the digests of articles and questions and names the questions known to fail: any other
failure, and any that passes again, is a difference to be looked at.
"""

import json
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from stub_model import Stub, stub_model

from ingest import samples
from qa.evaluate import faults
from qa.operations import LocalOperations
from qa.question_sets import Asked, read_set
from qa.settings import read
from qa.wiring import Parts
from vectorstore import bundled

QUALITY = Path(__file__).parent / "quality"
QUESTIONS = QUALITY / "questions.json"
FLOORS = json.loads((QUALITY / "floors.json").read_text(encoding="utf-8"))

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")


def digest(paths: list[Path]) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:16]


@pytest.fixture(scope="module")
def model() -> Iterator[Stub]:
    with stub_model() as stub:
        yield stub


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory, model: Stub) -> Iterator[LocalOperations]:
    settings = read({"ISNAD_LLM_BASE_URL": model.base_url}, str(tmp_path_factory.mktemp("home")))
    parts = Parts(settings)
    operations = LocalOperations(parts)
    stored = list(operations.ingest([str(path) for path in samples.paths()]))
    assert [line["status"] for line in stored[1:]] == ["added"] * len(samples.paths())
    yield operations
    parts.close()


@pytest.fixture(scope="module")
def answers(operations: LocalOperations) -> list[tuple[Asked, dict[str, Any]]]:
    return [(each, asked(operations, each)) for each in read_set(QUESTIONS).questions]


def asked(operations: LocalOperations, question: Asked) -> dict[str, Any]:
    growing = operations.ask(question.question, as_of=question.as_of, history=list(question.history))
    return list(growing)[-1]


def title_of(name: str) -> str:
    path = next(path for path in samples.paths() if path.name == name)
    line = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("title:"))
    return line.removeprefix("title:").strip()


def test_the_floors_were_measured_on_these_articles_and_questions() -> None:
    assert digest(samples.paths()) == FLOORS["articles"]
    assert digest([QUESTIONS]) == FLOORS["questions"]


def test_every_question_is_answered_well_but_those_named(
    operations: LocalOperations, answers: list[tuple[Asked, dict[str, Any]]]
) -> None:
    stored = {each["title"]: each["article_id"] for each in operations.articles()["articles"]}
    failed = {
        question.id: faults(question, answer, {stored[title_of(name)] for name in question.relevant})
        for question, answer in answers
    }
    failed = {name: found for name, found in failed.items() if found}
    surprises = {name: found for name, found in failed.items() if name not in FLOORS["known_to_fail"]}
    assert not surprises, json.dumps(surprises, ensure_ascii=False, indent=1)
    assert len(failed) <= len(FLOORS["known_to_fail"])


@pytest.mark.parametrize(
    "question",
    ["Where did the earthquake strike on 8 September 2023?", "من أين انطلق القطار في نوفمبر 2018؟"],
)
def test_confidence_is_a_probability_also_of_what_tells_its_own_day(
    operations: LocalOperations, question: str
) -> None:
    *_, answer = operations.ask(question, as_of="2026-11-26")
    assert 0 < answer["confidence"] < 1


def test_the_first_questions_of_a_newcomer_are_among_those_answered_well() -> None:
    assert not [name for name in FLOORS["known_to_fail"] if name.startswith("first-")]


def test_every_quote_is_the_stored_words_and_every_mark_has_its_citation(
    operations: LocalOperations, answers: list[tuple[Asked, dict[str, Any]]]
) -> None:
    quoted = 0
    for _, answer in answers:
        for passage in (*answer["citations"], *answer["nearest"], *answer["undated"]):
            stored = operations.show(passage["article_id"], version=passage["version"])
            assert stored["text"][passage["start"] : passage["end"]] == passage["quote"]
            quoted += 1
        numbers = [citation["n"] for citation in answer["citations"]]
        for sentence in answer["sentences"]:
            words = answer["answer"][sentence["start"] : sentence["end"]]
            assert all(f"[{number}]" in words for number in sentence["cites"])
        assert sorted({n for sentence in answer["sentences"] for n in sentence["cites"]}) == numbers
    assert quoted > 150


def test_every_answer_holds_when_it_is_verified_as_json_and_as_text(
    operations: LocalOperations, answers: list[tuple[Asked, dict[str, Any]]]
) -> None:
    found = {question.id: operations.verify(answer) for question, answer in answers}
    assert {name: report for name, report in found.items() if not report["ok"]} == {}
    texts = {
        question.id: operations.verify(as_text(answer)) for question, answer in answers if answer["citations"]
    }
    assert {name: report for name, report in texts.items() if not report["ok"]} == {}


def as_text(answer: dict[str, Any]) -> str:
    """An answer with footnotes, as an editor would keep it."""
    notes = [
        f"[^{each['n']}]: {each['title']}, {each['source']}: “{each['quote']}”"
        for each in answer["citations"]
    ]
    return re.sub(r"(?<!\\)\[(\d+)\]", r"[^\1]", answer["answer"]) + "\n\n" + "\n".join(notes)


def test_no_passage_outside_the_window_is_cited(
    answers: list[tuple[Asked, dict[str, Any]]],
) -> None:
    windowed = [answer for _, answer in answers if answer["window"] and not answer["abstained"]]
    assert len(windowed) >= 10
    for answer in windowed:
        first = answer["window"]["from"] or "0001-01-01"
        last = answer["window"]["to"] or "9999-12-31"
        for citation in answer["citations"]:
            event = citation["event"]
            told = (event["from"], event["to"]) if event else (citation["published"],) * 2
            assert told[0] <= last
            assert told[1] >= first


WHEN = "When did the high-speed line open?"


def test_a_chat_model_writes_from_the_passages_and_is_checked(operations: LocalOperations) -> None:
    pytest.importorskip("langchain_openai")
    growing = list(operations.ask(WHEN, llm="openai:echo-good"))
    answer = growing[-1]
    assert answer["mode"] == "llm"
    assert answer["model"] == "openai:echo-good"
    assert {sentence["support"] for sentence in answer["sentences"]} == {"supported"}
    for citation in answer["citations"]:
        stored = operations.show(citation["article_id"], version=citation["version"])
        assert stored["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_a_chat_model_that_changes_a_number_is_found_out(operations: LocalOperations) -> None:
    pytest.importorskip("langchain_openai")
    answer = list(operations.ask(WHEN, llm="openai:paraphrase-num"))[-1]
    assert "supported" not in {sentence["support"] for sentence in answer["sentences"] if sentence["missing"]}
    assert any(sentence["missing"] for sentence in answer["sentences"]) or answer["mode"] == "extractive"


@pytest.mark.parametrize("fault", ["http500", "empty", "cut-stream", "refuse"])
def test_when_the_chat_model_fails_the_quotations_come_and_say_so(
    operations: LocalOperations, fault: str
) -> None:
    pytest.importorskip("langchain_openai")
    answer = list(operations.ask(WHEN, llm=f"openai:{fault}"))[-1]
    assert answer["mode"] == "extractive"
    assert answer["notice"]
    assert "15 November 2018" in answer["citations"][0]["quote"]


@pytest.mark.parametrize(
    ("most", "told"), [(5, "5 an article"), pytest.param(None, "every question", marks=pytest.mark.slow)]
)
def test_an_answer_changes_or_is_refused_once_the_article_it_cites_first_is_removed(
    operations: LocalOperations,
    answers: list[tuple[Asked, dict[str, Any]]],
    figure: Callable[..., None],
    most: int | None,
    told: str,
) -> None:
    tried = unchanged = 0
    for path in samples.paths():
        *_, stored = operations.ingest([str(path)])
        citing = [each for each in answers if _cited_first(each[1]) == stored["article_id"]][:most]
        operations.remove([stored["article_id"]])
        again = [asked(operations, question)["answer"] for question, _ in citing]
        list(operations.ingest([str(path)]))
        tried += len(citing)
        unchanged += sum(answer["answer"] == other for (_, answer), other in zip(citing, again, strict=True))
    figure("T08", failures=unchanged, n=tried, what=f"answers unchanged without their article, {told}")
    assert tried >= 40
    assert not unchanged


def _cited_first(answer: dict[str, Any]) -> str | None:
    return answer["citations"][0]["article_id"] if answer["citations"] else None
