"""Questions as an editor asks them, over short reports that leave room to mistake one thing for another."""

from collections.abc import Iterator
from datetime import date

import pytest
from homes import answering, reported

from ingest.pipeline import Given
from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2026, 3, 2),
        "Minister to meet Spanish counterpart",
        "Foreign Minister Karim Salmi will meet his Spanish counterpart Jose Albero in Madrid on 9 March, his "
        "ministry "
        "said on Monday.\n\nThe two are expected to discuss fisheries. Salmi told reporters that the agreement was "
        "close.",
    ),
    (
        date(2026, 3, 5),
        "Salmi denies secret talks",
        "Foreign Minister Karim Salmi denied on Thursday that he had met opposition leader Hassan Tazi in Geneva.",
    ),
    (
        date(2026, 3, 10),
        "Salmi and Albero meet in Madrid",
        "Foreign Minister Karim Salmi met Spanish Foreign Minister Jose Albero in Madrid on Monday.\n\nHe also had "
        "lunch with the mayor of Madrid, Elena Ruiz.",
    ),
    (
        date(2026, 3, 12),
        "Three fishermen arrested",
        "Police in Agadir arrested three fishermen on Wednesday on suspicion of smuggling fuel, a police statement "
        "said.",
    ),
    (
        date(2026, 3, 13),
        "توقيف ثلاثة صيادين",
        "أوقفت الشرطة في طنجة ثلاثة صيادين يوم الخميس للاشتباه في تهريب المخدرات، وفق بيان.",
    ),
    (
        date(2026, 4, 2),
        "Mine collapse kills five",
        "Five workers were killed on Thursday when a mine collapsed near Jerada, officials said.",
    ),
    (
        date(2026, 4, 3),
        "Correction: four dead in mine collapse",
        "Four workers, not five as earlier reported, died in the mine collapse near Jerada, officials said on "
        "Friday.",
    ),
    (
        date(2026, 4, 10),
        "Bus crash kills 12",
        "A bus crash on the road to Ouarzazate killed 12 people on Friday, the gendarmerie said.",
    ),
    (
        date(2026, 4, 20),
        "New stadium for Oujda",
        "Oujda will build a new football stadium with 30,000 seats, the mayor said on Monday.\n\nWork starts in "
        "2027. "
        "The city is also building a bridge that costs 80 million dirhams.",
    ),
    (
        date(2026, 5, 2),
        "Benali takes over the central bank",
        "The government appointed Nadia Benali as governor of the central bank on Friday. She replaces Omar "
        "Fassi, who "
        "retired.",
    ),
    (
        date(2026, 5, 4),
        "Macron visite Lyon",
        "Le président Emmanuel Macron a visité Lyon lundi. Il a déclaré que la réforme des retraites serait "
        "maintenue.\n\nLa Coupe du monde 2030 aura lieu au Maroc, en Espagne et au Portugal.",
    ),
    (
        date(2026, 4, 14),
        "Norway's foreign minister meets Jordanian king",
        "AMMAN, April 14, 2026 (Agency) - Norwegian Foreign Minister Ingrid Solheim met King Abdullah of Jordan "
        "in Amman "
        "on Tuesday.\n\nThe minister arrived from Cairo, where she met Egyptian Foreign Minister Tarek Mansour "
        "on Sunday. "
        "She had been expected to meet Palestinian Prime Minister Walid Odeh in Ramallah on Monday, but that "
        "meeting was "
        "called off.\n\nOn Wednesday she is to travel to Beirut for talks with Lebanese President Joseph Khater.",
    ),
    (
        date(2026, 4, 16),
        "مباحثات نرويجية تونسية",
        "تونس - 16 أبريل 2026 (وكالة) - أجرت سولهايم محادثات مع وزيرة الصناعة التونسية أسماء بوزيد يوم الخميس.",
    ),
    (
        date(2025, 3, 5),
        "Death toll from floods rises",
        "The death toll from flash floods in Pakistan's Kelmara valley rose to 41 on Wednesday, as rescuers reached "
        "villages that had been cut off. The government has promised families 1 million rupees for each "
        "relative killed.",
    ),
    (
        date(2025, 3, 12),
        "Flood toll lowered",
        "Authorities on Wednesday lowered the number of people killed in last week's floods in the Kelmara "
        "valley to 38, "
        "saying that three bodies had been counted twice.\n\nThe disaster authority had earlier put the toll at "
        "41. Four "
        "people remain missing.",
    ),
    (
        date(2026, 2, 17),
        "Factory fire",
        "A fire at a garment factory near Dhaka killed 27 workers on Tuesday, the fire service said.\n\nIts "
        "director said "
        "an electrical short circuit was the likely cause.",
    ),
    (
        date(2026, 9, 29),
        "Démission du ministre de la Pêche",
        "Le ministre de la Pêche, Abdou Karim Faye, a présenté mardi sa démission.",
    ),
    (
        date(2026, 9, 30),
        "Museum director stays",
        "The museum's director, Els Verbruggen, offered her resignation last week, but the council did not "
        "accept it.",
    ),
    (
        date(2025, 6, 26),
        "Minister jailed",
        "A court on Thursday sentenced former mines minister Joseph Kapembwa to seven years in prison.\n\nHis former "
        "adviser, Peter Sakala, was acquitted for lack of evidence.",
    ),
    (
        date(2026, 2, 20),
        "ارتفاع حصيلة حريق مستشفى سطيف",
        "ارتفعت حصيلة حريق مستشفى سطيف إلى 10 قتلى بعد وفاة مريضين متأثرين بجروحهما، حسب وزارة الصحة.",
    ),
    (
        date(2026, 3, 3),
        "تحقيق في حريق الناصرية",
        "قال الوزير إن حريق مستشفى الناصرية أودى بحياة 22 مريضا، وإن التحقيق مستمر.",
    ),
    (
        date(2026, 3, 27),
        "Orrin Foods fined 45 million pounds",
        "The food company Orrin Foods was fined 45 million pounds on Friday for selling watered-down juice.",
    ),
    (
        date(2026, 3, 30),
        "Correction: Orrin Foods fine was 4.5 million, not 45 million",
        "In an article published on 27 March, Northern Wire wrote that the food company Orrin Foods had been "
        "fined 45 "
        "million pounds. The fine was 4.5 million pounds.",
    ),
    (
        date(2026, 3, 14),
        "وقف تصدير الزيتون",
        "أوقفت الحكومة تصدير الزيتون يوم الجمعة بطلب من رئيس اتحاد الفلاحين كريم الشاوي.",
    ),
]
AGAIN = "Minister Samir Nadori received the Italian ambassador, Carlo Bianchi, in Rabat on Tuesday."


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
    with answering(tmp_path_factory.mktemp("home"), reported(REPORTS)) as (made, parts):
        for at, day in enumerate((date(2026, 2, 3), date(2026, 2, 17))):
            parts.pipeline.ingest_text(AGAIN, Given(day, f"Outlet {at}"), f"{at}.txt")
        parts.sync.repair()
        yield made


def quotes(operations: LocalOperations, question: str) -> list[str]:
    answer = list(operations.ask(question, as_of="2026-11-27"))[-1]
    return [each["quote"] for each in answer["citations"]]


@pytest.mark.parametrize(
    "question", ["Who did Salmi meet?", "Qui Salmi a-t-il rencontré en mars 2026 ?", "من التقى السالمي؟"]
)
def test_a_list_of_meetings_has_none_that_was_denied_or_only_planned(
    operations: LocalOperations, question: str
) -> None:
    met, dined = quotes(operations, question)
    assert "met Spanish Foreign Minister Jose Albero" in met
    assert "lunch with the mayor" in dined


def test_who_will_be_met_is_told_of_plans_alone(operations: LocalOperations) -> None:
    (planned,) = quotes(operations, "Who will Salmi meet?")
    assert "will meet" in planned


def test_whether_they_met_is_told_by_the_denial(operations: LocalOperations) -> None:
    (denied,) = quotes(operations, "Did Salmi meet Tazi?")
    assert "denied" in denied


@pytest.mark.parametrize("question", ["Who was arrested?", "Qui la police a-t-elle arrêté en mars 2026 ?"])
def test_those_who_were_arrested_are_listed_without_their_names_too(
    operations: LocalOperations, question: str
) -> None:
    agadir, tangier = quotes(operations, question)
    assert "three fishermen" in agadir
    assert "ثلاثة صيادين" in tangier


@pytest.mark.parametrize("question", ["Who was arrested in Tangier?", "من تم توقيفه في طنجة؟"])
def test_those_arrested_in_one_town_are_told_in_either_language(
    operations: LocalOperations, question: str
) -> None:
    (told,) = quotes(operations, question)
    assert "ثلاثة صيادين" in told


def test_a_correction_told_in_an_aside_stands_first_and_names_what_it_corrects(
    operations: LocalOperations,
) -> None:
    answer = list(operations.ask("How many died in the mine collapse?", as_of="2026-11-27"))[-1]
    assert ["Four" in each["quote"] for each in answer["citations"]] == [True, False]
    assert "corrects five" in answer["answer"]


def test_disasters_of_different_kinds_are_no_two_counts_of_one(operations: LocalOperations) -> None:
    answer = list(operations.ask("How many people died in April 2026?", as_of="2026-11-27"))[-1]
    assert [each["quote"][:4] for each in answer["citations"]] == ["Four", "Five", "A bu"]
    assert answer["answer"].count("newest figure") == 1


def test_the_price_of_something_else_is_no_answer(operations: LocalOperations) -> None:
    assert not any("bridge" in each for each in quotes(operations, "How much does the new stadium cost?"))


def test_a_quotation_that_begins_with_a_pronoun_comes_with_the_sentence_before(
    operations: LocalOperations,
) -> None:
    told = quotes(operations, "من خلف عمر الفاسي؟")[0]
    assert told == REPORTS[9][2]


def test_what_somebody_said_is_found_after_the_sentence_that_names_them(operations: LocalOperations) -> None:
    (told,) = quotes(operations, "What did Macron say about pensions?")
    assert told == REPORTS[10][2].partition("\n")[0]


def test_the_same_words_told_of_two_days_are_two_meetings(operations: LocalOperations) -> None:
    answer = list(operations.ask("When did Nadori meet Bianchi?", as_of="2026-11-27"))[-1]
    assert [each["event"]["from"] for each in answer["citations"]] == ["2026-02-03", "2026-02-17"]


@pytest.mark.parametrize(
    "question",
    [
        "Who did Ingrid Solheim meet?",
        "Who did Norway's foreign minister meet in 2026?",
        "Qui le ministre norvégien des Affaires étrangères a-t-il rencontré ?",
    ],
)
def test_whom_a_minister_met_is_found_by_name_office_pronoun_and_in_another_script(
    operations: LocalOperations, question: str
) -> None:
    told = quotes(operations, question)
    assert [next(name for name in ("Mansour", "Abdullah", "بوزيد") if name in each) for each in told] == [
        "Mansour",
        "Abdullah",
        "بوزيد",
    ]


@pytest.mark.parametrize(("name", "mark"), [("Odeh", "denied or called off"), ("Khater", "planned")])
def test_a_meeting_called_off_or_planned_is_marked_so(
    operations: LocalOperations, name: str, mark: str
) -> None:
    answer = list(operations.ask(f"Did Solheim meet {name}?", as_of="2026-11-27"))[-1]
    assert name in answer["citations"][0]["quote"]
    assert mark in answer["answer"]


@pytest.mark.parametrize(
    "question",
    ["How many people died in the Kelmara floods?", "Combien de morts dans les inondations de Kelmara ?"],
)
def test_a_toll_that_was_lowered_stands_before_what_it_corrects(
    operations: LocalOperations, question: str
) -> None:
    lowered, risen = quotes(operations, question)
    assert "valley to 38" in lowered
    assert "rose to 41" in risen


def test_the_missing_are_counted_as_the_dead_are(operations: LocalOperations) -> None:
    assert quotes(operations, "How many people are missing after the Kelmara floods?") == [
        "Four people remain missing."
    ]


def test_what_caused_something_is_answered_by_its_cause(operations: LocalOperations) -> None:
    assert "short circuit" in quotes(operations, "What caused the fire at the garment factory?")[0]


@pytest.mark.parametrize("question", ["Who resigned in 2026?", "Quels ministres ont démissionné en 2026 ?"])
def test_who_resigned_is_listed_without_those_who_did_not(operations: LocalOperations, question: str) -> None:
    (told,) = quotes(operations, question)
    assert "Faye" in told


def test_whether_somebody_was_convicted_is_answered_by_an_acquittal(operations: LocalOperations) -> None:
    assert "acquitted" in quotes(operations, "Was Peter Sakala convicted?")[0]


@pytest.mark.parametrize(
    "question", ["كم عدد قتلى حريق مستشفى سطيف؟", "Combien de morts dans l'incendie de l'hôpital de Sétif ?"]
)
def test_the_dead_of_another_fire_are_no_figure_of_this_one(
    operations: LocalOperations, question: str
) -> None:
    (told,) = quotes(operations, question)
    assert "10 قتلى" in told


@pytest.mark.parametrize(
    "question",
    ["How much was Orrin Foods fined?", "Quel est le montant de l'amende infligée à Orrin Foods ?"],
)
def test_a_corrected_fine_stands_before_the_wrong_one(operations: LocalOperations, question: str) -> None:
    right, wrong = quotes(operations, question)
    assert right == "The fine was 4.5 million pounds."
    assert "45 million" in wrong


@pytest.mark.parametrize(
    ("question", "name"), [("Who was convicted in 2025?", "Kapembwa"), ("Qui a été acquitté ?", "Sakala")]
)
def test_verdicts_are_listed(operations: LocalOperations, question: str, name: str) -> None:
    (told,) = quotes(operations, question)
    assert name in told


def test_a_sentence_passed_on_another_is_none_of_the_one_acquitted(operations: LocalOperations) -> None:
    (told,) = quotes(operations, "What sentence was passed on Peter Sakala?")
    assert "acquitted" in told


def test_whether_somebody_was_acquitted_is_answered_by_the_conviction(operations: LocalOperations) -> None:
    assert "seven years" in quotes(operations, "Was Joseph Kapembwa acquitted?")[0]
