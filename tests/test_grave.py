import pytest

from qa.choosing import CASUALTIES
from qa.grave import is_grave, speaks_of
from vectorstore.text import terms

MET = "Hammouchi met Dieter Romann in Germany in June."


@pytest.mark.parametrize(
    "question",
    [
        "When was Hammouchi arrested?",
        "Quand Hammouchi a-t-il été arrêté ?",
        "متى اعتقل حموشي؟",
        "When did he die?",
    ],
)
def test_a_passage_that_tells_of_no_such_thing_doesnt_speak_of_what_the_question_takes_for_granted(
    question: str,
) -> None:
    assert not speaks_of(frozenset(terms(MET)), question)


@pytest.mark.parametrize(
    ("passage", "question"),
    [
        (MET, "Who did Hammouchi meet?"),
        ("The police detained three men on Monday.", "Who was arrested on Monday?"),
        ("خلف الزلزال 2946 قتيلا.", "How many people died in the earthquake?"),
        ("Le séisme a fait 2 946 morts.", "كم عدد القتلى؟"),
        ("Il avait été enlevé et tué en 2020.", "Pourquoi le docker a-t-il été assassiné ?"),
        ("أودى الوباء بـ23 شخصا.", "Combien de morts ?"),
    ],
)
def test_a_passage_speaks_of_it_in_any_language_and_of_a_question_that_asks_of_none(
    passage: str, question: str
) -> None:
    assert speaks_of(frozenset(terms(passage)), question)


@pytest.mark.parametrize(
    ("question", "casualties"),
    [
        ("L'échec de la fusée a-t-il fait des blessés ?", True),
        ("Were there any injuries in the Kendar fire?", True),
        ("هل سقط ضحايا في الانفجار؟", True),
        ("Was Karim Bennouna injured?", False),
        ("Quand Karim Bennouna a-t-il été blessé ?", False),
        ("هل أصيب كريم بنونة؟", False),
    ],
)
def test_whether_anybody_was_hurt_is_asked_of_nobody_by_name(question: str, casualties: bool) -> None:
    assert bool(CASUALTIES.search(question)) is casualties


def test_a_decision_is_no_death() -> None:
    assert not is_grave("Quand sera connue la décision ?")
    assert is_grave("Quand est-il mort ?")
