from datetime import date

import pytest
from homes import article

from qa.evidence import Evidence
from qa.happenings import happenings, wanted
from qa.people import Sought
from qa.question import understand
from qa.rating import Signs
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk

SIGNS = Signs(0.9, 0.9, 1.0, 1.0, True, 1.0, 1.0, 1.0)
TODAY = date(2024, 12, 1)
SALMI = Sought("Salmi", ("Salmi",), frozenset({"salm"}))


def listed(question: str, text: str, people: tuple[Sought, ...] = (SALMI,)) -> list[str]:
    told = article(text)
    chunk = Chunk(told, 0, len(text))
    evidence = [Evidence(chunk, each, SIGNS, 0.9) for each in sentences_of(told)]
    asked = understand(question, TODAY)
    want = wanted(asked, people, ())
    assert want is not None
    return [each.text for each in happenings(evidence, want, asked, people, (), ())]


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("Which countries did Salmi visit in 2024?", (SALMI,)),
        ("Quels pays Salmi a-t-il visités ?", (SALMI,)),
        ("List the cities Salmi visited", (SALMI,)),
        ("When did Salmi visit the port?", (SALMI, Sought("port", ("port",), frozenset({"port"})))),
        ("What did Salmi say about fishing?", (SALMI,)),
        ("Who was arrested?", ()),
        ("من اعتقل؟", ()),
        ("Qui a été nommé ?", ()),
    ],
)
def test_what_somebody_did_said_or_went_through_is_listed(question: str, people: tuple[Sought, ...]) -> None:
    assert wanted(understand(question, TODAY), people, ())


@pytest.mark.parametrize(
    "question",
    [
        "Who was arrested for the theft of the painting?",
        "Did Salmi visit Spain?",
        "What did Salmi sign?",
        "Why was Salmi arrested?",
        "When was the bridge opened by Salmi closed?",
    ],
)
def test_a_question_for_one_thing_asks_for_no_list(question: str) -> None:
    assert wanted(understand(question, TODAY), (SALMI,), ()) is None


def test_a_visit_is_listed_where_it_names_where_the_one_asked_about_went() -> None:
    text = (
        "Salmi visited Spain in May 2024. The visit was short. Salmi arrived in Doha on 3 June 2024. "
        "Benjelloun arrived in Rabat, where the head of the harbour police received Salmi."
    )
    assert listed("Which countries did Salmi visit?", text) == [
        "Salmi visited Spain in May 2024.",
        "Salmi arrived in Doha on 3 June 2024.",
    ]


def test_what_is_said_is_the_speakers_and_goes_on_to_the_sentence_after() -> None:
    text = (
        "Salmi said that fishing would resume. He added that fishing needs new boats. "
        "Karim Benjelloun, who runs the port of the town and knows it well, warned against fishing."
    )
    assert listed("What did Salmi say about fishing?", text) == [
        "Salmi said that fishing would resume.",
        "He added that fishing needs new boats.",
    ]


def test_who_was_arrested_lists_each_who_is_named() -> None:
    text = (
        "Police arrested Karim Benjelloun on Monday. Laila Tazi was arrested a day later. "
        "The arrests surprised the town."
    )
    assert len(listed("Who was arrested?", text, ())) == 2
