from datetime import date

import pytest
from homes import article

from qa.evidence import Evidence
from qa.people import Sought
from qa.rating import Signs
from qa.retold import folded
from qa.selected import Selected
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk, Span

SIGNS = Signs(0.9, 0.9, 1.0, 1.0, True, 1.0, 1.0, 1.0)
ASKED = (Sought("Salmi", ("السالمي",), frozenset({"salmi", "سالم"})),)
ENGLISH = "On 21 April 2024 Salmi met Karim Benjelloun, the mayor."
FRENCH = "Le 21 avril 2024, Salmi a rencontré Karim Benjelloun, maire de la ville."
ARABIC = "والتقى السالمي يوم 21 أبريل 2024 رئيس البلدية كريم بنجلون."


def selected(text: str, name: str, language: str) -> Selected:
    told = article(text, name, published=date(2024, 5, 1), language=language)
    chunk = Chunk(told, 0, len(text))
    return Selected(Evidence(chunk, sentences_of(told)[0], SIGNS, 0.9), Span(0, len(text)))


@pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("fr", FRENCH), ("ar", ARABIC)])
def test_a_meeting_told_in_three_languages_is_one_line_in_the_questions(language: str, text: str) -> None:
    told = [selected(ENGLISH, "a", "en"), selected(FRENCH, "b", "fr"), selected(ARABIC, "c", "ar")]
    (kept,) = folded(told, language, ASKED)
    assert kept.text == text
    assert {each.language for each in kept.retold} == {"en", "fr", "ar"} - {language}


@pytest.mark.parametrize(
    "other",
    [
        "On 21 April 2024 Salmi met Laila Tazi, the governor.",
        "On 30 June 2023 Salmi met Karim Benjelloun, the mayor.",
    ],
)
def test_other_people_and_other_times_keep_their_own_lines(other: str) -> None:
    assert len(folded([selected(ENGLISH, "a", "en"), selected(other, "b", "en")], "en", ASKED)) == 2


def test_lines_come_by_date() -> None:
    later = "On 2 May 2024 Salmi met Laila Tazi, the governor."
    dates = [
        each.text for each in folded([selected(later, "a", "en"), selected(ENGLISH, "b", "en")], "en", ASKED)
    ]
    assert dates == [ENGLISH, later]


def test_a_line_that_names_nobody_goes_into_the_one_of_its_days_that_does() -> None:
    summary = "وأجرى السالمي لقاءات في 21 أبريل 2024."
    (kept,) = folded([selected(summary, "a", "ar"), selected(ENGLISH, "b", "en")], "en", ASKED)
    assert kept.text == ENGLISH
