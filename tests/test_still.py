from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from homes import article, operating

from ingest.chunking import chunk
from qa.operations import LocalOperations

TOLD = [
    ("Salma Idrissi was appointed minister of energy in January 2025.", date(2025, 1, 9)),
    ("The minister of energy, Salma Idrissi, opened a solar plant in Ouarzazate.", date(2025, 6, 2)),
    (
        "Salma Idrissi resigned as minister of energy on Monday. Karim Alami is acting minister since then.",
        date(2026, 2, 3),
    ),
    ("Omar Tazi was appointed minister of health in March 2026, replacing Nadia Filali.", date(2026, 3, 5)),
]


@pytest.fixture
def operations(tmp_path: Path) -> Iterator[LocalOperations]:
    with operating(tmp_path) as (operations, parts):
        for at, (text, day) in enumerate(TOLD):
            stored = article(text, str(at), published=day)
            parts.library.put(stored, chunk(text, parts.embedder.count_tokens))
        parts.sync.repair()
        yield operations


@pytest.mark.parametrize(
    "asked", ["Is Salma Idrissi still minister of energy?", "Salma Idrissi est-elle toujours ministre ?"]
)
def test_whether_somebody_is_still_in_office_is_told_by_what_became_of_them(
    operations: LocalOperations, asked: str
) -> None:
    answer = list(operations.ask(asked))[-1]
    assert [each["quote"] for each in answer["citations"]] == [
        "Salma Idrissi was appointed minister of energy in January 2025.",
        "Salma Idrissi resigned as minister of energy on Monday.",
    ]


def test_of_nobody_whose_office_is_told_the_likeliest_words_answer(operations: LocalOperations) -> None:
    answer = list(operations.ask("Is Omar Tazi still minister of health?"))[-1]
    assert [each["quote"] for each in answer["citations"]] == [TOLD[3][0]]


@pytest.mark.parametrize(
    "asked",
    ["Who replaced Salma Idrissi?", "Qui a remplacé Salma Idrissi ?", "Who took over from Salma Idrissi?"],
)
def test_who_came_after_somebody_is_who_is_told_to(operations: LocalOperations, asked: str) -> None:
    answer = list(operations.ask(asked))[-1]
    assert [each["quote"] for each in answer["citations"]] == ["Karim Alami is acting minister since then."]


def test_whom_somebody_replaced_is_not_who_came_after_them(operations: LocalOperations) -> None:
    assert list(operations.ask("Who replaced Omar Tazi?"))[-1]["abstained"]
