"""Questions as a court reporter asks them: what was ruled, of whom, where, and what was taken back."""

from datetime import date

import pytest
from homes import newsroom

from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2026, 2, 12),
        "السجن ست سنوات لرجل الأعمال منير العيساوي",
        "قضت المحكمة الابتدائية بسوسة، فجر اليوم الخميس، بسجن رجل الأعمال منير العيساوي مدة ست سنوات في قضية "
        "الصوامع.\n\nوكان ممثل النيابة العمومية قد طالب خلال جلسة 29 يناير الماضي بتسليط عقوبة عشر سنوات سجنا على "
        "العيساوي.\n\nالعيساوي، البالغ من العمر 57 سنة، لم يحضر الجلسة.",
    ),
    (
        date(2026, 3, 15),
        "Velden bridge: toll corrected",
        "The number of people killed in the collapse of the Velden bridge has risen to eleven, the fire chief said "
        "on Sunday.\n\nAn earlier statement that gave the toll as fourteen was wrong, she said.\n\nPaolo Ferri, who "
        "ran the bridge, was arrested on Saturday.\n\nCorrection: an earlier version of this article said that Luca "
        "Danti had been arrested. He was not; he was heard as a witness.",
    ),
    (
        date(2025, 9, 25),
        "حصيلة فيضانات تغمرت ترتفع إلى 11 قتيلا",
        "ارتفعت حصيلة الفيضانات التي ضربت إقليم تغمرت إلى 11 قتيلا.\n\nوأكد الوالي أن عدد المفقودين هو شخصان فقط، "
        "وليس أربعة كما ورد في بلاغ سابق.",
    ),
    (
        date(2025, 9, 24),
        "Floods kill ten in Taghmert",
        "Flash floods in the province of Taghmert have killed at least 10 people, officials said on Wednesday.\n\nIn "
        "September 2024, floods in the same province killed 18 people.",
    ),
    (
        date(2026, 1, 11),
        "Azlou : un minibus chute dans un ravin",
        "Douze personnes ont trouvé la mort et huit ont été blessées samedi dans la chute d'un minibus au fond d'un "
        "ravin dans la province d'Azlou.",
    ),
    (
        date(2026, 1, 20),
        "Mali : le général Moussa Koné nommé Premier ministre",
        "Le chef de la transition a nommé lundi le général Moussa Koné au poste de Premier ministre. Il succède à "
        "Amadou Sissoko.\n\nMoussa Koné, 52 ans, est originaire de Ségou.",
    ),
    (
        date(2026, 3, 14),
        "Le chômage recule",
        "Le taux de chômage a atteint 13,1 % au troisième trimestre, contre 13,6 % un an plus tôt.",
    ),
]


operations = newsroom(REPORTS)


def ask(operations: LocalOperations, question: str, **options: object) -> dict[str, object]:
    return list(operations.ask(question, as_of="2026-06-01", **options))[-1]  # type: ignore[arg-type]


def marked(answer: dict[str, object]) -> list[str]:
    """The words set off in each quotation."""
    return [
        each["quote"][each["highlight"]["start"] : each["highlight"]["end"]] if each["highlight"] else ""
        for each in answer["citations"]  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize(
    ("question", "leads"),
    [
        ("بكم سنة سجنا حكم على منير العيساوي؟", "ست سنوات"),
        ("Was Luca Danti arrested?", "He was not; he was heard as a witness."),
        ("Who was arrested over the Velden bridge collapse?", "Paolo Ferri"),
        ("Qui est le nouveau Premier ministre du Mali ?", "Moussa Koné"),
        ("من هو رئيس الوزراء الجديد في مالي؟", "Moussa Koné"),
    ],
)
def test_the_first_quotation_tells_what_was_asked(
    operations: LocalOperations, question: str, leads: str
) -> None:
    first, *_ = ask(operations, question)["citations"]  # type: ignore[misc]
    assert leads in first["quote"]  # type: ignore[has-type]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many people died in the collapse of the Velden bridge?", "eleven"),
        ("كم عدد المفقودين في فيضانات تغمرت؟", "شخصان"),
        ("Quel est le dernier bilan des inondations de Taghmert ?", "11"),
        ("Combien de morts dans l'accident de minibus à Azlou ?", "Douze"),
    ],
)
def test_the_figure_set_off_is_the_newest_of_what_was_asked(
    operations: LocalOperations, question: str, figure: str
) -> None:
    assert marked(ask(operations, question))[0] == figure


@pytest.mark.parametrize(
    "question",
    ["How old is Paolo Ferri?", "كم كان عمر سائق الحافلة؟", "Quel âge a la femme de Moussa Koné ?"],
)
def test_an_age_that_nothing_tells_is_no_other_number(operations: LocalOperations, question: str) -> None:
    assert ask(operations, question)["abstained"]


def test_an_article_s_own_title_in_quotation_marks_is_found(operations: LocalOperations) -> None:
    told = ask(operations, "What is said about “Mali : le général Moussa Koné nommé Premier ministre”?")
    assert "Moussa Koné" in told["citations"][0]["quote"]  # type: ignore[index]


def test_a_figure_compared_with_doesn_t_date_the_sentence(operations: LocalOperations) -> None:
    (told,) = ask(operations, "Quel est le taux de chômage ?")["citations"]  # type: ignore[misc]
    assert told["event"] is None or told["event"]["from"] >= "2025-07-01"  # type: ignore[has-type]
