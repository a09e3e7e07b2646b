from datetime import date

import pytest

from qa.answer import Turn
from qa.dialect import in_written
from qa.followup import stand_alone
from qa.question import Kind, kind_of

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("spoken", "written", "kind"),
    [
        ("شكون التقى حموشي؟", "من التقى حموشي؟", Kind.WHO),
        ("مع شكون تلاقى الوزير؟", "مع من تلاقى الوزير؟", Kind.WHO),
        ("وقتاش وقع الزلزال؟", "متى وقع الزلزال؟", Kind.WHEN),
        ("فين تلعبات المباراة؟", "أين تلعبات المباراة؟", Kind.WHERE),
        ("علاش استقال الوزير؟", "لماذا استقال الوزير؟", Kind.WHY),
        ("ليش استقال الوزير؟", "لماذا استقال الوزير؟", Kind.WHY),
        ("شحال ديال الناس ماتوا؟", "كم عدد الناس ماتوا؟", Kind.HOW_MANY),
        ("بشحال فاز الفريق؟", "كم فاز الفريق؟", Kind.HOW_MANY),
        ("واش استقال الوزير؟", "هل استقال الوزير؟", Kind.YES_NO),
        ("مين اللي فاز بالكأس؟", "من الذي فاز بالكأس؟", Kind.WHO),
        ("شنو هو سبب الحريق؟", "ما هو سبب الحريق؟", Kind.WHY),
        ("وفين مشى؟", "وأين مشى؟", Kind.WHAT),
        ("شحال دالناس ماتوا فالعرائش؟", "كم من الناس ماتوا في العرائش؟", Kind.HOW_MANY),
        ("أشنو وقع ففاس؟", "ما وقع في فاس؟", Kind.WHAT),
    ],
)
def test_question_words_of_spoken_arabic_ask_what_written_ones_do(
    spoken: str, written: str, kind: Kind
) -> None:
    assert in_written(spoken) == written
    assert kind_of(written) == kind


@pytest.mark.parametrize(
    "question",
    [
        "من كتب مسرحية برنارد شو؟",
        "من كتب «علاش وكيفاش»؟",
        "وفاة من هزت فرنسا؟",
        "وشاح",
        "متى وقع الزلزال؟",
        "Who met him?",
        "",
        "؟",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert in_written(question) == question


def test_a_follow_up_may_be_asked_in_spoken_arabic() -> None:
    history = (Turn("شكون التقى حموشي في مدريد؟"),)
    assert stand_alone("وقتاش؟", history, TODAY).startswith("متى التقى حموشي")
    assert stand_alone("علاش؟", history, TODAY).startswith("لماذا")
