"""Questions as an editor asks them of reports that are easily mistaken for each other."""

from datetime import date
from typing import Any

import pytest
from homes import newsroom

from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2026, 11, 13),
        "Guessous says the factory will stay shut",
        "Industry Minister Salma Guessous said on Friday that the Meknassa factory would stay shut until the inquiry "
        "ends. Guessous said the owner, Tarik Belkadi, had ignored two warnings from her ministry.",
    ),
    (
        date(2026, 11, 13),
        "Guessous: Belkadi hid the cracks",
        "Industry Minister Salma Guessous said on Friday that Tarik Belkadi had hidden the cracks in the roof from "
        "the insurers.",
    ),
    (
        date(2026, 10, 14),
        "الحكم على المقاول نبيل الغازي بعشر سنوات سجنا",
        "قضت المحكمة الابتدائية بوجدة يوم الثلاثاء بالسجن عشر سنوات في حق المقاول نبيل "
        "الغازي بعد إدانته بتبديد أموال "
        "عمومية.",
    ),
    (
        date(2026, 11, 20),
        "محكمة الاستئناف تخفض عقوبة نبيل الغازي إلى ست سنوات",
        "خفضت محكمة الاستئناف بوجدة يوم الخميس عقوبة المقاول نبيل الغازي من عشر سنوات "
        "إلى ست سنوات سجنا نافذا.\n\nونفى "
        "الغازي أن يكون قد التقى رئيس الجهة قبل الصفقة.",
    ),
    (
        date(2026, 11, 18),
        "Bendaoud en tournée : Dakar, Abidjan puis Niamey",
        "Le chef de la diplomatie, Rachid Bendaoud, s'est rendu lundi à Dakar où il a été reçu par le président "
        "sénégalais. Il doit se rendre à Niamey le 30 novembre.\n\nM. Bendaoud n'a pas rencontré l'opposition "
        "ivoirienne, a précisé son cabinet.",
    ),
    (
        date(2026, 11, 22),
        "بنداود يتوجه إلى نواكشوط",
        "توجه وزير الخارجية رشيد بنداود يوم السبت إلى نواكشوط حيث أجرى مباحثات مع نظيره الموريتاني سيدي ولد محمد. "
        "وسيحل بنداود يوم 2 دجنبر بالقاهرة.",
    ),
    (
        date(2026, 11, 8),
        "ضريبة جديدة على السكر ابتداء من يناير",
        "أعلنت وزيرة المالية هدى الرحموني يوم السبت أن الضريبة الجديدة على المشروبات "
        "السكرية ستدخل حيز التنفيذ في فاتح "
        "يناير 2027.",
    ),
    (
        date(2026, 11, 16),
        "The Salt Road wins top prize at Tetouan festival",
        "The best actress award went to Nour Lahlou for her role in Winter Boats, and "
        "best actor to Simo Raji.\n\nThe "
        "jury awarded ten thousand euros to Kettani and five thousand euros to the makers of Winter Boats.",
    ),
    (
        date(2026, 11, 24),
        "السجن عشر سنوات لأحمد الوردي وثماني سنوات لشقيقه",
        "حكمت المحكمة الجنائية يوم الاثنين على أحمد الوردي بالسجن عشر سنوات وعلى شقيقه ياسين الوردي بثماني سنوات في "
        "قضية صفقات الأدوية. وطالبت النيابة العامة بخمس عشرة سنة.",
    ),
    (
        date(2026, 11, 3),
        "انهيار جسر في الكرمة يودي بحياة أربعة أشخاص",
        "لقي أربعة أشخاص مصرعهم وأصيب خمسة عشر آخرون في انهيار جسر صغير قرب مدينة الكرمة صباح الأحد الماضي.\n\nوأعلن "
        "المحافظ صرف مئة ألف جنيه لأسرة كل متوفى وثلاثين ألفا لكل مصاب.\n\nويأتي الحادث بعد انهيار جسر تازروت في "
        "الجزائر، الذي أودى بحياة تسعة عشر شخصا بحسب آخر حصيلة أعلنت في 28 أكتوبر.",
    ),
    (
        date(2026, 10, 14),
        "Effondrement du pont de Tazrout : sept morts",
        "Sept personnes ont péri et quatre autres étaient portées disparues après "
        "l'effondrement, lundi 12 octobre, du "
        "pont de Tazrout.\n\nVingt-deux blessés ont été évacués vers l'hôpital.",
    ),
    (
        date(2026, 11, 21),
        "Former mayor Samir Kacemi cleared in Larache land case",
        "A court in Rabat on Friday acquitted Samir Kacemi, the former mayor of Larache, of taking bribes.\n\nJudges "
        "found that the recordings on which the prosecution relied had been obtained unlawfully.\n\nMr Kacemi was "
        "arrested on 3 September 2024 at his home.",
    ),
    (
        date(2026, 11, 10),
        "السجن ثماني سنوات ليوسف القاسمي",
        "قضت المحكمة بتونس أمس الإثنين بسجن يوسف القاسمي ثماني سنوات.\n\nوكان القاسمي قد "
        "أوقف في مطار تونس قرطاج في 4 "
        "فيفري 2025.",
    ),
    (
        date(2026, 11, 2),
        "Rougeole : la Mauritanie lance une campagne après 58 décès",
        "La Mauritanie lancera le 9 novembre une campagne de vaccination contre la rougeole, alors que l'épidémie a "
        "déjà fait 58 morts, en majorité des enfants de moins de cinq ans.\n\nLa "
        "campagne vise 720 000 enfants de six "
        "mois à neuf ans.\n\nMédecins sans frontières, qui avance pour sa part le "
        "chiffre de 83 décès, juge la réponse "
        "tardive.\n\nLe directeur de la santé publique, Ahmed Ould Bah, a été relevé de ses fonctions le 22 octobre.",
    ),
    (
        date(2026, 10, 25),
        "Raja beat Al Ahly on penalties",
        "Raja Casablanca beat Al Ahly of Egypt 4-3 on penalties on Saturday night in front of 43,000 at the stadium.",
    ),
    (
        date(2026, 10, 29),
        "الأهلي يقيل سامبايو ويعين حازم الدسوقي مدربا مؤقتا",
        "أعلن مجلس إدارة النادي الأهلي، اليوم الخميس، إقالة المدرب البرتغالي روي سامبايو "
        "من منصبه وتكليف حازم الدسوقي "
        "بقيادة الفريق مؤقتا.",
    ),
    (
        date(2026, 11, 3),
        "Santé : Leïla Merabet remplace Kamel Aït Saïd",
        "Leïla Merabet a été nommée lundi ministre de la Santé, où elle remplace Kamel Aït Saïd.",
    ),
]

operations = newsroom(REPORTS)


def ask(operations: LocalOperations, question: str) -> dict[str, Any]:
    return list(operations.ask(question, as_of="2026-11-28"))[-1]


def quotes(operations: LocalOperations, question: str) -> list[str]:
    return [each["quote"] for each in ask(operations, question)["citations"]]


def marked(operations: LocalOperations, question: str) -> str:
    first, *_ = ask(operations, question)["citations"]
    at = first["highlight"]
    return first["quote"][at["start"] : at["end"]] if at else ""


def test_two_statements_of_one_speaker_about_one_man_are_two_lines(operations: LocalOperations) -> None:
    told = ask(operations, "What did Guessous say about Belkadi?")["citations"]
    assert {("ignored" in each["quote"], "cracks" in each["quote"]) for each in told} == {
        (True, False),
        (False, True),
    }
    assert not any(each["also_in"] for each in told)


@pytest.mark.parametrize(
    "question",
    ["ماذا قررت محكمة الاستئناف في قضية نبيل الغازي؟", "What sentence did Nabil Ghazi get on appeal?"],
)
def test_what_was_ruled_on_appeal_isn_t_the_first_ruling(operations: LocalOperations, question: str) -> None:
    assert "الاستئناف" in quotes(operations, question)[0]


@pytest.mark.parametrize(
    "question",
    ["Which countries did Bendaoud visit?", "Où s'est rendu Bendaoud ?", "ما هي الدول التي زارها بنداود؟"],
)
def test_visits_are_listed_from_either_language_and_without_those_planned(
    operations: LocalOperations, question: str
) -> None:
    assert [
        place for quote in quotes(operations, question) for place in ("Dakar", "نواكشوط") if place in quote
    ] == [
        "Dakar",
        "نواكشوط",
    ]
    assert not any("Niamey le 30" in quote or "بالقاهرة" in quote for quote in quotes(operations, question))


def test_where_somebody_will_go_is_told_as_planned(operations: LocalOperations) -> None:
    told = ask(operations, "Où se rendra Bendaoud ?")
    assert "prévu" in told["answer"]
    assert [each["event"]["from"] for each in told["citations"]] == ["2026-11-30", "2026-12-02"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Bendaoud a-t-il rencontré l'opposition ivoirienne ?", "pas rencontré"),
        ("هل التقى الغازي رئيس الجهة؟", "ونفى الغازي أن يكون قد التقى"),
        ("متى أعلنت الرحموني الضريبة الجديدة؟", "يوم السبت"),
        ("Who won best actress at Tetouan?", "Nour Lahlou"),
        ("How much money did Kettani get?", "ten thousand euros"),
        ("كم سنة سجنا لأحمد الوردي؟", "عشر سنوات"),
        ("كم سنة سجنا لياسين الوردي؟", "بثماني سنوات"),
        ("How many people were killed in the collapse of the Karma bridge?", "أربعة"),
        ("Combien de blessés à Tazrout ?", "Vingt-deux"),
        ("How many people died of measles in Mauritania?", "58"),
        ("Combien d'enfants seront vaccinés contre la rougeole en Mauritanie ?", "720 000"),
        ("كم كانت نتيجة مباراة الرجاء والأهلي؟", "4-3"),
        ("When did the Tazrout bridge collapse?", "lundi 12 octobre"),
    ],
)
def test_the_words_set_off_are_those_of_what_was_asked(
    operations: LocalOperations, question: str, words: str
) -> None:
    assert words.endswith(marked(operations, question))
    assert marked(operations, question)


def test_money_for_each_of_the_injured_counts_none_of_them(operations: LocalOperations) -> None:
    assert marked(operations, "كم عدد المصابين في انهيار جسر الكرمة؟") == "خمسة عشر"


@pytest.mark.parametrize(
    "question", ["Où a été arrêté Youssef Kacemi ?", "When was Youssef Kacemi arrested?"]
)
def test_what_befell_another_of_the_same_surname_isn_t_quoted(
    operations: LocalOperations, question: str
) -> None:
    assert not any("Mr Kacemi" in quote for quote in quotes(operations, question))


def test_why_without_a_cause_comes_with_the_sentence_that_follows(operations: LocalOperations) -> None:
    told = ask(operations, "Why was Samir Kacemi acquitted?")["citations"]
    assert "unlawfully" in told[1]["quote"]
    assert told[0]["highlight"] is None


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who was dismissed in Mauritania?", "Ahmed Ould Bah"),
        ("Quand Rui Sampaio a-t-il été limogé ?", "سامبايو"),
        ("Par qui Rui Sampaio a-t-il été remplacé ?", "حازم الدسوقي"),
        ("Qui a remplacé Aït Saïd au ministère de la Santé ?", "Merabet"),
    ],
)
def test_who_left_a_post_is_found_in_other_words_and_another_script(
    operations: LocalOperations, question: str, name: str
) -> None:
    assert name in quotes(operations, question)[0]


@pytest.mark.parametrize(
    "question",
    ["Who won the Nobel Prize this year?", "Combien de buts a marqués Karim Benzema contre le Raja ?"],
)
def test_a_name_that_no_article_holds_is_no_other_that_sounds_like_it(
    operations: LocalOperations, question: str
) -> None:
    assert ask(operations, question)["abstained"]
