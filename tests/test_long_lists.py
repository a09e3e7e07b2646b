"""Lists of all that happened, where the articles tell of it many times over."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from homes import article, operating

from ingest.chunking import chunk
from qa.operations import LocalOperations
from qa.selected import MOST_LISTED

MET = 66
FIRST, APART = date(2024, 1, 2), timedelta(days=5)
NAMES = [f"{given} {family}" for family in "Keller Moreau Silva Weber Rossi Novak Jansen".split() for given in (
    "Karim Hans Pierre Luis Carlos Elena John Peter Nadia Tarek".split()
)]  # fmt: skip


TOLD = (
    "On {day:%d %B %Y} Abdellatif Hammouchi met {name}, the head of a police force, for talks on training. "
    "The two sides agreed to set up a group. A second round is planned."
)


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
    """A home where one man meets somebody every five days, always told in the same words."""
    with operating(tmp_path_factory.mktemp("long")) as (made, parts):
        parts.settings = replace(parts.settings, llm_base_url="http://127.0.0.1:9/v1")
        for at, name in enumerate(NAMES[:MET]):
            day = FIRST + at * APART
            text = TOLD.format(day=day, name=name)
            stored = article(text, name, title=f"Hammouchi receives {name}", published=day)
            parts.library.put(stored, chunk(text, parts.embedder.count_tokens))
        parts.sync.repair()
        yield made


def last(growing: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return list(growing)[-1]


def test_a_list_tells_of_all_and_the_newest_where_all_are_too_many(operations: LocalOperations) -> None:
    answer = last(operations.ask("Who did Hammouchi meet in 2024?"))
    listed = [each["quote"] for each in answer["citations"]]
    assert len(listed) == MOST_LISTED
    assert all(name in quote for name, quote in zip(NAMES[MET - MOST_LISTED : MET], listed, strict=True))
    assert f"{MET} passages from {MET} articles of {MET}" in answer["answer"]
    assert f"{MET - MOST_LISTED} passages from earlier on are left out" in answer["answer"]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_is_left_out_is_no_claim_to_be_checked(operations: LocalOperations, language: str) -> None:
    answer = last(operations.ask("Who did Hammouchi meet in 2024?", language=language))
    checked = operations.verify(answer)["sentences"]
    assert len(checked) == MOST_LISTED
    assert {each["support"] for each in checked} == {"supported"}


def test_a_shorter_time_lists_all_that_it_holds(operations: LocalOperations) -> None:
    answer = last(operations.ask("Who did Hammouchi meet in January 2024?"))
    assert [each["published"] for each in answer["citations"]] == [
        (FIRST + at * APART).isoformat() for at in range(6)
    ]
    assert "left out" not in answer["answer"]


def test_like_reports_of_different_people_are_not_told_as_one(operations: LocalOperations) -> None:
    answer = last(operations.ask("Who did Hammouchi meet in January 2024?"))
    assert all(each["also_in"] == [] for each in answer["citations"])


def test_what_a_model_cant_be_given_whole_is_listed_without_it_and_told(operations: LocalOperations) -> None:
    pytest.importorskip("langchain_openai")
    answer = last(operations.ask("Who did Hammouchi meet in 2024?", llm="openai:never-asked"))
    assert answer["mode"] == "extractive"
    assert len(answer["citations"]) == MOST_LISTED
    assert answer["notice"].startswith("Listed without the language model")


def test_nobody_is_named_where_nothing_tells_that_it_befell_anybody(operations: LocalOperations) -> None:
    assert last(operations.ask("Who was appointed in 2024?"))["abstained"]
