"""Questions as an editor asks them of a domestic newsroom's reports, in three languages."""

from datetime import date

import pytest
from homes import newsroom

from qa.exonyms import names_a_country
from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2025, 11, 24),
        "الجراد يجتاح واحات الجنوب",
        "اجتاحت أسراب من الجراد خمس واحات في جنوب ليبيا. وسيجتمع وزراء زراعة ليبيا والجزائر وتشاد في غدامس يوم "
        "العاشر من ديسمبر.",
    ),
    (
        date(2025, 4, 3),
        "Effondrement d'un immeuble à Casablanca",
        "Deux personnes ont été tuées mercredi dans l'effondrement d'un immeuble de quatre étages à Casablanca, a "
        "indiqué la préfecture. Selon la protection civile, l'immeuble, construit en 1952, menaçait ruine.\n\nLe "
        "propriétaire, Hamid Lakhdar, a été placé en garde à vue.",
    ),
    (
        date(2025, 11, 20),
        "Landlord jailed over Casablanca building collapse",
        "A Casablanca court on Thursday sentenced Hamid Lakhdar, the owner of the building, to four years in prison."
        "\n\nHis lawyer, Samira Benjelloun, said that she would appeal.",
    ),
    (
        date(2025, 9, 9),
        "La ministre de la Santé démissionne",
        "La ministre de la Santé, Nadia Filali, a présenté mardi sa démission après des révélations sur l'achat de "
        "300 respirateurs.",
    ),
    (
        date(2025, 10, 2),
        "تعيين كريمة السباعي وزيرة للصحة",
        "عين الملك اليوم الخميس بالرباط كريمة السباعي وزيرة للصحة خلفا لنادية الفيلالي.",
    ),
    (
        date(2026, 2, 20),
        "التضخم يتراجع إلى 1,2 في المائة",
        "سجل الرقم الاستدلالي للأثمان عند الاستهلاك ارتفاعا بنسبة 1,2 في المائة خلال شهر يناير 2026.",
    ),
    (
        date(2025, 3, 21),
        "Morocco's exports grow",
        "Exports from Morocco grew by 8% in February, led by cars, the exchange office said on Friday.",
    ),
    (
        date(2025, 3, 28),
        "Rain at last",
        "Two weeks of rain have filled a third of Morocco's reservoirs, the water ministry said on Friday.",
    ),
    (
        date(2025, 5, 3),
        "Le Maroc accueille un forum",
        "Le Maroc a accueilli samedi à Marrakech un forum sur l'eau, qui a réuni 600 participants.",
    ),
    (
        date(2025, 10, 6),
        "Tiaret floods: toll rises to nine",
        "The death toll from last week's floods in Tiaret has risen to nine, civil protection said on Sunday.\n\n"
        "Officials said 4,100 sheep had drowned and 1,800 hectares of onions were ruined.",
    ),
    (
        date(2025, 10, 7),
        "Tiaret governor dismissed",
        "The governor of Tiaret, Abdelhak Rezki, was dismissed on Monday after the floods. He is replaced by Nadjia "
        "Ouali, until now governor of Saida.",
    ),
    (
        date(2025, 9, 16),
        "Finance chief takes over at cargo airline",
        "The board of Tunis Fret on Monday named finance director Salma Benyoussef as interim chief executive, two "
        "days after Hichem Laajimi quit.",
    ),
    (
        date(2025, 11, 9),
        "Taza flood death toll rises to 15",
        "The death toll from flash floods in Taza province rose to 15 on Sunday, the interior ministry said.",
    ),
    (
        date(2025, 11, 12),
        "Correction: Taza flood death toll",
        "Correction: An earlier version of this report, published on 9 November, said that 15 people had died in the "
        "floods in Taza province.\n\nThe ministry put the toll at 19 on Tuesday.",
    ),
    (
        date(2025, 11, 13),
        "Guterres reçu à Paris par Macron",
        "Antonio Guterres a été reçu vendredi par le président Emmanuel Macron.\n\nM. Guterres, dont le mandat "
        "s'achève le 31 décembre, a déploré le silence du monde. Il s'est ensuite entretenu avec le ministre "
        "Jean-Noël Barrot.",
    ),
    (
        date(2025, 11, 18),
        "La maire de Fès démissionne",
        "La maire de Fès, Samira Bennouna, a présenté sa démission lundi. Selon le parquet, 17 millions de dirhams "
        "ont été versés à une société de son frère, Karim Bennouna, arrêté samedi à l'aéroport.\n\nSon premier "
        "adjoint, Youssef Tahiri, assurera l'intérim.",
    ),
    (
        date(2025, 11, 1),
        "Deschamps signe en Arabie",
        "Didier Deschamps, 57 ans, a signé samedi en Arabie saoudite.",
    ),
    (
        date(2025, 10, 30),
        "Djokovic retires",
        "Novak Djokovic retired from tennis on Thursday, citing his knee.",
    ),
    (
        date(2025, 11, 2),
        "Scholz meets energy minister",
        "Olaf Scholz met energy minister Leila Benali in Berlin on Saturday.",
    ),
    (
        date(2025, 11, 21),
        "Berlin energy summit ends without deal",
        "European leaders ended their energy summit in Berlin on Friday without a deal.\n\nGerman chancellor "
        "Friedrich Merz called it a pity. He met Moroccan foreign minister Nasser Bourita on Thursday, and Turkish "
        "president Recep Tayyip Erdogan on Friday.",
    ),
    (
        date(2026, 1, 20),
        "بنشقرون تبحث مشاريع الهيدروجين",
        "قالت وزيرة الطاقة نادية بنشقرون إن المغرب يريد أن يصنع تجهيزات الطاقة.\n\nمن جانبه، أوضح الوزير فوغل أن "
        "بلاده ستستورد الأمونيا الخضراء ابتداء من 2030.",
    ),
    (
        date(2026, 2, 12),
        "Madrid meeting is off",
        "Benchekroun had been due to travel on to Madrid to see Carlos Iriarte, but the meeting was called off on "
        "Wednesday evening. A Spanish official cited Iriarte's agenda.",
    ),
    (
        date(2025, 3, 12),
        "المستشار الألماني في الرباط",
        "التقى المستشار الألماني أولاف شولتس، اليوم الأربعاء بالرباط، الأمين العام للأمم المتحدة أنطونيو غوتيريش.",
    ),
]


operations = newsroom(REPORTS)


def first(operations: LocalOperations, question: str) -> str:
    answer = list(operations.ask(question, as_of="2026-11-28"))[-1]
    return str(answer["citations"][0]["quote"]) if answer["citations"] else ""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the building in Casablanca built?", "1952"),
        ("Who is Hamid Lakhdar's lawyer?", "Samira Benjelloun"),
        ("How many years was Hamid Lakhdar sentenced to?", "four years"),
        ("À combien d'années de prison Hamid Lakhdar a-t-il été condamné ?", "four years"),
    ],
)
def test_what_stands_beside_the_likeliest_sentence_answers(
    operations: LocalOperations, question: str, told: str
) -> None:
    assert told in first(operations, question)


@pytest.mark.parametrize(
    "question",
    ["Who is the health minister of Morocco?", "Qui est la ministre de la Santé ?", "من هي وزيرة الصحة؟"],
)
def test_who_holds_an_office_is_told_by_the_newest_report(operations: LocalOperations, question: str) -> None:
    assert "كريمة السباعي" in first(operations, question)


def test_whoever_else_is_named_holds_no_office_that_nobody_is_said_to(operations: LocalOperations) -> None:
    assert not first(operations, "Who is the agriculture minister?")


def test_domestic_news_neednt_name_its_country(operations: LocalOperations) -> None:
    assert "1,2 في المائة" in first(operations, "What was Morocco's inflation rate in January 2026?")
    assert not first(operations, "What was Tunisia's inflation rate in January 2026?")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("المستشار الألماني شولتس", True),
        ("Spanish police", True),
        ("Rabat et Fès", False),
        ("في الرباط", False),
    ],
)
def test_a_country_is_named_by_its_people_too_and_not_by_its_cities(text: str, named: bool) -> None:
    assert names_a_country(text) is named


def test_dead_animals_are_no_toll(operations: LocalOperations) -> None:
    assert "risen to nine" in first(operations, "How many people died in the Tiaret floods?")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Qui a remplacé le gouverneur de Tiaret ?", "Nadjia Ouali"),
        ("Who replaced Abdelhak Rezki?", "Nadjia Ouali"),
        ("Who replaced Laajimi?", "Salma Benyoussef"),
        ("من تولى إدارة الشركة بعد استقالة العجيمي؟", "Salma Benyoussef"),
    ],
)
def test_who_came_after_is_found_behind_a_pronoun_or_beside_who_left(
    operations: LocalOperations, question: str, told: str
) -> None:
    assert told in first(operations, question)


def test_words_of_somebody_else_arent_ascribed_to_the_one_asked_about(operations: LocalOperations) -> None:
    answer = list(operations.ask("ماذا قالت بنشقرون؟", as_of="2026-11-28"))[-1]
    assert ["فوغل" in each["quote"] for each in answer["citations"]] == [False]


def test_a_year_that_is_foreseen_isnt_the_day_of_what_was_said(operations: LocalOperations) -> None:
    answer = list(operations.ask("What did Vogel say?", as_of="2026-11-28"))[-1]
    assert [each["event"] for each in answer["citations"]] == [None]


def test_what_was_due_to_happen_is_no_cause(operations: LocalOperations) -> None:
    assert "cited" in first(operations, "Why was the meeting with Iriarte called off?")


@pytest.mark.parametrize("question", ["Who did Scholz meet in Rabat?", "Qui Guterres a-t-il rencontré ?"])
def test_foreign_names_are_found_as_arabic_spells_them(operations: LocalOperations, question: str) -> None:
    assert "شولتس" in first(operations, question)


def test_a_case_is_summed_up_by_every_article_that_names_whose_it_is(operations: LocalOperations) -> None:
    answer = list(operations.ask("What happened in the Lakhdar case?", as_of="2026-11-28"))[-1]
    assert len(answer["citations"]) == 2


def test_what_an_earlier_version_said_is_taken_back(operations: LocalOperations) -> None:
    answer = list(operations.ask("How many people died in Taza?", as_of="2026-11-28"))[-1]
    assert "19" in answer["citations"][0]["quote"]
    assert "corrects 15" in answer["answer"]


def test_a_deed_isnt_of_a_day_that_is_still_to_come(operations: LocalOperations) -> None:
    asked = "Qui Guterres a-t-il rencontré en novembre 2025 ?"
    answer = list(operations.ask(asked, as_of="2026-11-28"))[-1]
    assert any("Barrot" in each["quote"] for each in answer["citations"])


def test_a_name_is_found_in_arabic_also_where_latin_letters_spell_it(operations: LocalOperations) -> None:
    answer = list(operations.ask("Who did Scholz meet?", as_of="2026-11-28"))[-1]
    assert ["شولتس" in each["quote"] for each in answer["citations"]] == [True, False]


def test_he_is_the_one_called_mr_in_the_sentence_before(operations: LocalOperations) -> None:
    answer = list(operations.ask("Who did Macron meet?", as_of="2026-11-28"))[-1]
    assert ["Barrot" in each["quote"] for each in answer["citations"]] == [False]


@pytest.mark.parametrize("question", ["Who did Merz meet in Berlin?", "Did Merz meet Erdogan in Berlin?"])
def test_the_country_of_somebodys_office_is_no_place_of_the_meeting(
    operations: LocalOperations, question: str
) -> None:
    assert "Erdogan" in first(operations, question)


def test_a_meeting_elsewhere_is_none_there(operations: LocalOperations) -> None:
    assert "Benali" not in first(operations, "Who did Scholz meet in Rabat?")


def test_a_meeting_that_a_place_alone_is_named_of_is_told_by_who_is_to_meet_there(
    operations: LocalOperations,
) -> None:
    assert "غدامس" in first(operations, "When will ministers meet in Ghadames about the locusts?")


def test_nobody_is_as_old_as_somebody_else(operations: LocalOperations) -> None:
    assert "57" in first(operations, "How old is Deschamps?")
    assert "57" not in first(operations, "How old is Djokovic?")


@pytest.mark.parametrize(
    "question",
    ["Was Youssef Tahiri arrested?", "Samira Bennouna a-t-elle été acquittée ?", "Where was Tahiri jailed?"],
)
def test_what_befell_nobody_or_another_is_answered_by_nothing_else_about_the_one_asked_about(
    operations: LocalOperations, question: str
) -> None:
    assert not first(operations, question)


def test_when_it_befell_somebody_is_told_by_the_sentence_that_tells_that_it_did(
    operations: LocalOperations,
) -> None:
    assert "arrêté samedi" in first(operations, "When was Karim Bennouna arrested?")
