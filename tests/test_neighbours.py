import pytest
from homes import article

from vectorstore.neighbours import points_back, with_neighbours

ENGLISH = "Nadia opened the bridge. She thanked the builders. They had worked at night. The river is wide."
PARAGRAPHS = "Nadia opened the bridge.\nShe thanked the builders."


def told(text: str, part: str) -> str:
    start = text.index(part)
    span = with_neighbours(article(text), start, start + len(part))
    return text[span.start : span.end]


def test_a_sentence_that_stands_alone_stays_alone() -> None:
    assert told(ENGLISH, "The river is wide.") == "The river is wide."


def test_one_that_points_back_brings_the_sentence_before() -> None:
    assert told(ENGLISH, "She thanked the builders.") == "Nadia opened the bridge. She thanked the builders."


def test_what_comes_along_may_point_back_too() -> None:
    assert told(ENGLISH, "They had worked at night.").startswith("Nadia opened")


def test_two_sentences_are_the_most() -> None:
    text = "Nadia came. " + "She went on. " * 6
    start = text.rindex("She")
    span = with_neighbours(article(text), start, start + 4)
    assert text[span.start : span.end] == "She went on. She went on. She went on."


def test_a_clause_becomes_its_whole_sentence() -> None:
    assert told(ENGLISH, "river is") == "The river is wide."


def test_no_other_paragraph_comes_along() -> None:
    assert told(PARAGRAPHS, "She thanked the builders.") == "She thanked the builders."


def test_the_first_sentence_and_a_place_without_words_stay_as_they_are() -> None:
    assert told("He came.  ", "He came.") == "He came."
    assert told("He came.  — ", "— ") == "— "


@pytest.mark.parametrize(
    "sentence",
    [
        "He said so.",
        "But nobody came.",
        "Il a remercié les maçons.",
        "Cette visite est la première.",
        "وأضاف أن الجسر جديد.",
        "وهو أول جسر في المدينة.",
        "هذه الزيارة هي الأولى.",
        "كما شكر العمال.",
    ],
)
def test_a_pronoun_or_a_link_points_back(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Nadia came.",
        "Le pont est neuf.",
        "افتتح الوزير الجسر.",
        "وافتتح الوزير الجسر.",
        "والي المدينة حضر.",
        "2024 was dry.",
        "?",
        "",
    ],
)
def test_other_beginnings_do_not(sentence: str) -> None:
    assert not points_back(sentence)
