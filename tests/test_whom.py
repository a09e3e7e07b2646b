"""The names that are set off in a list of meetings."""

import pytest

from qa.people import Sought
from qa.whom import whom
from vectorstore.records import Span

ASKED = (Sought("Salmi", ("السالمي", "Salmi"), frozenset({"salmi", "سالم"})),)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("In Doha Salmi met Omar bin Khalid Al Khatib, the head of the port.", "Omar bin Khalid Al Khatib"),
        (
            "Salmi s'est entretenu avec Jean Martin, directeur du port, et avec Eva Ruiz, sa collègue.",
            "Jean Martin, directeur du port, et avec Eva Ruiz",
        ),
        ("وفي الدوحة التقى السالمي عبد الله بن محمد الخطيب، رئيس الميناء", "عبد الله بن محمد الخطيب"),
        ("استقبل وزير النقل اليوم بالرباط محمد سعيد الخطيب", "محمد سعيد الخطيب"),
        # Said of the one asked about, of a place, or in words that may mean something else.
        ("Hamid Salmi received the delegation in Madrid.", ""),
        ("التقى السالمي مدير الميناء", ""),
        ("استقبل أحمد السالمي وفدا", ""),
        ("Eva Ruiz spoke of the port.", ""),
    ],
)
def test_the_words_between_the_first_and_the_last_full_name_of_who_was_met_answer(
    text: str, named: str
) -> None:
    before = "Yesterday. "
    found = whom(before + text, Span(len(before), len(before + text)), ASKED)
    assert (before + text)[found.start : found.end] == named if found else named == ""
