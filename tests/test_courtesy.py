from pathlib import Path

import pytest
from homes import article, operating

from ingest.chunking import chunk
from qa.courtesy import asks_nothing, courtesy_in


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("hi", "en"),
        ("Thanks!", "en"),
        ("Thank you very much.", "en"),
        ("Bonjour", "fr"),
        ("merci beaucoup !", "fr"),
        ("مرحبا", "ar"),
        ("السلام عليكم", "ar"),
        ("شكراً", "ar"),
    ],
)
def test_greetings_and_thanks_are_told_from_questions_in_their_language(said: str, language: str) -> None:
    assert courtesy_in(said) == language


@pytest.mark.parametrize(
    "asked", ["", "?", "hi, who died?", "Merci qui a gagné ?", "من التقى حموشي؟", "Hammouchi"]
)
def test_what_asks_for_something_is_no_courtesy(asked: str) -> None:
    assert courtesy_in(asked) is None


@pytest.mark.parametrize("said", ["?", "a", "no", "من", "when??", "2+2", "{{7*7}}", "où ?"])
def test_a_word_of_asking_alone_asks_nothing(said: str) -> None:
    assert asks_nothing(said)


@pytest.mark.parametrize("asked", ["Hammouchi", "who died", "آسفي", "2024 budget"])
def test_a_name_or_a_thing_asks_something(asked: str) -> None:
    assert not asks_nothing(asked)


def test_a_greeting_gets_no_quotation_but_what_can_be_asked(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, parts):
        stored = article("The mayor opened the harbour on Monday.")
        parts.library.put(stored, chunk(stored.text, parts.embedder.count_tokens))
        parts.sync.repair()
        answer = list(operations.ask("Bonjour"))[-1]
        assert answer["language"] == "fr"
        assert answer["answer"].startswith("Posez une question (1 article en mémoire)")
        assert (answer["citations"], answer["abstained"]) == ([], False)


def test_an_outlet_that_is_not_stored_is_named_with_those_that_are(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, parts):
        stored = article("The mayor opened the harbour on Monday.")
        parts.library.put(stored, chunk(stored.text, parts.embedder.count_tokens))
        parts.sync.repair()
        answer = list(operations.ask("Who opened the harbour?", source="The Herald"))[-1]
        assert answer["abstained"]
        assert "“The Herald”" in answer["answer"]
        assert "Isnad sample (1)" in answer["answer"]
        known = list(operations.ask("Who opened the harbour?", source="isnad SAMPLE"))[-1]
        assert "Herald" not in known["answer"]
        assert "Stored outlets" not in known["answer"]
