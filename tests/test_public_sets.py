"""T01 and T02: a thousand questions of the public sets without a chat model; the sets lie beside the working copy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qa.evaluate import evaluate
from qa.operations import LocalOperations
from qa.question_sets import read_set, thinned
from qa.settings import read
from qa.wiring import open_parts
from vectorstore import bundled

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here"),
]

SETS = ("arcd-test", "xquad-ar")
QUESTIONS = 500


class Checking:
    """The operations as they are; what each answer quotes is compared with the stored text."""

    def __init__(self, operations: LocalOperations) -> None:
        self._operations = operations
        self.search = operations.search
        self.quoted = 0
        self.wrong: list[dict[str, Any]] = []

    def ask(self, question: str, **options: Any) -> Iterator[dict[str, Any]]:
        answer: dict[str, Any] = {}
        for answer in self._operations.ask(question, **options):
            yield answer
        for each in (*answer["citations"], *answer["nearest"], *answer["undated"]):
            text = self._operations.show(each["article_id"], version=each["version"])["text"]
            self.quoted += 1
            if text[each["start"] : each["end"]] != each["quote"]:
                self.wrong.append(each)


@pytest.mark.parametrize("name", SETS)
def test_quotes_are_the_stored_words_and_hold_the_answer(
    name: str, data_folder: Path, tmp_path: Path, figure: Callable[..., None]
) -> None:
    questions = thinned(read_set(data_folder / f"{name}.json"), QUESTIONS)
    with open_parts(read({}, str(tmp_path))) as (parts, operations):
        assert isinstance(operations, LocalOperations)
        checking = Checking(operations)
        *_, report = evaluate(questions, parts, checking, as_of="2026-11-26")  # type: ignore[arg-type]
    assert isinstance(report, dict)
    answers = report["answers"]
    told = f"quotes in {name} that aren't their stored slice"
    figure("T01", failures=len(checking.wrong), n=checking.quoted, what=told, by_construction=True)
    for k in (1, 3):
        hits = round(answers[f"hit@{k}"]["value"] * answers[f"hit@{k}"]["n"])
        figure("T02", share=hits, n=QUESTIONS, what=f"{name}: hit@{k}")
    quoted = answers["mean_quote_chars"]
    figure("T02", quoted["value"], n=quoted["n"], what=f"{name}: mean quote", unit="characters")
    assert not checking.wrong
    assert answers["hit@3"]["value"] >= 0.75
