"""Follow-ups: made whole from what was asked before; what stands alone stays as it was typed."""

import json
import time
from datetime import date
from pathlib import Path

import pytest

from qa.answer import Turn
from qa.followup import stand_alone
from qa.followup.reading import LONGEST
from qa.question import Kind, kind_of, understand
from vectorstore.text import terms

AS_OF = date(2025, 6, 15)
QUESTIONS = json.loads((Path(__file__).parent / "quality" / "questions.json").read_text("utf-8"))
ALONE = [item["question"] for item in QUESTIONS if not item.get("history")]
FOLLOWING = [item for item in QUESTIONS if item.get("history")]

EN = "who did Hammouchi meet in 2024"
FR = "Qui Hammouchi a-t-il rencontré en 2024 ?"
AR = "من التقى حموشي في 2024؟"
QUAKE = "how many people died in the earthquake"
QUAKE_FR = "Combien de morts le séisme a-t-il fait ?"
QUAKE_AR = "كم بلغ عدد قتلى زلزال الحوز؟"
LINE_AR = "متى افتتح خط القطار فائق السرعة بين طنجة والقنيطرة؟"


def after(*earlier: str) -> list[Turn]:
    return [Turn(question, "An answer naming Lekjaa in 1999 [1].") for question in earlier]


ONLY_A_WINDOW = [
    (EN, "and in 2023?", "who did Hammouchi meet in 2023"),
    (EN, "2023?", "who did Hammouchi meet in 2023"),
    (EN, "and last year?", "who did Hammouchi meet last year"),
    (EN, "and since 2020?", "who did Hammouchi meet since 2020"),
    (EN, "between 2020 and 2022?", "who did Hammouchi meet between 2020 and 2022"),
    (EN, "what about May?", "who did Hammouchi meet in May 2024"),
    (EN, "and on 10 June?", "who did Hammouchi meet on 10 June 2024"),
    (EN, "10 June 2022?", "who did Hammouchi meet on 10 June 2022"),
    (EN, "and the year before?", "who did Hammouchi meet in 2023"),
    (EN, "before that?", "who did Hammouchi meet before 2024"),
    ("who met Hammouchi?", "and in 2023?", "who met Hammouchi in 2023?"),
    (FR, "et en 2023 ?", "Qui Hammouchi a-t-il rencontré en 2023 ?"),
    (FR, "Et 2023 ?", "Qui Hammouchi a-t-il rencontré en 2023 ?"),
    (FR, "Et le 10 juin 2022 ?", "Qui Hammouchi a-t-il rencontré le 10 juin 2022 ?"),
    (FR, "et l'année d'après ?", "Qui Hammouchi a-t-il rencontré en 2025 ?"),
    (FR, "et avant ça ?", "Qui Hammouchi a-t-il rencontré avant 2024 ?"),
    (AR, "وفي 2023؟", "من التقى حموشي في 2023؟"),
    (AR, "وفي ٢٠٢٣؟", "من التقى حموشي في ٢٠٢٣؟"),
    (AR, "وماذا عن ماي؟", "من التقى حموشي في ماي 2024؟"),
    (AR, "والعام الماضي؟", "من التقى حموشي العام الماضي؟"),
    (AR, "ويوم 10 يونيو 2022؟", "من التقى حموشي يوم 10 يونيو 2022؟"),
    (AR, "وقبل ذلك؟", "من التقى حموشي قبل 2024؟"),
    (AR, "والسنة التي قبلها؟", "من التقى حموشي في 2023؟"),
    ("من استقبل الحموشي يوم 10 يونيو 2022؟", "وفي 2023؟", "من استقبل الحموشي في 2023؟"),
    ("Qui organise la Coupe du monde 2030 ?", "Et en 2034 ?", "Qui organise la Coupe du monde 2034 ?"),
]

ONLY_A_QUESTION_WORD = [
    (EN, "where?", "where did Hammouchi meet in 2024"),
    (EN, "and when was that?", "when did Hammouchi meet in 2024"),
    (EN, "why?", "why did Hammouchi meet in 2024"),
    (EN, "how many?", "how many did Hammouchi meet in 2024"),
    (EN, "and where in 2023?", "where did Hammouchi meet in 2023"),
    (EN, "when and where?", "when and where did Hammouchi meet in 2024"),
    (EN, "who else?", EN),
    (FR, "et où ?", "où Hammouchi a-t-il rencontré en 2024 ?"),
    (FR, "C'était quand ?", "Quand Hammouchi a-t-il rencontré en 2024 ?"),
    (FR, "Pourquoi ?", "Pourquoi Hammouchi a-t-il rencontré en 2024 ?"),
    (FR, "Et avec qui ?", "Avec qui Hammouchi a-t-il rencontré en 2024 ?"),
    ("Où s'est produit le séisme ?", "Quand ?", "Quand s'est produit le séisme ?"),
    ("Est-ce que Hammouchi a vu Macron ?", "où ?", "où Hammouchi a vu Macron ?"),
    ("Did Hammouchi meet Holger Münch?", "where?", "where did Hammouchi meet Holger Münch?"),
    (AR, "أين؟", "أين التقى حموشي في 2024؟"),
    (AR, "وأين حدث ذلك؟", "أين التقى حموشي في 2024؟"),
    (AR, "ومع من؟", "مع من التقى حموشي في 2024؟"),
    ("أين التقى حموشي رئيس الإنتربول؟", "ومتى كان ذلك؟", "متى التقى حموشي رئيس الإنتربول؟"),
    ("هل التقى حموشي رئيس الإنتربول؟", "متى؟", "متى التقى حموشي رئيس الإنتربول؟"),
    (
        "À combien d'années de prison Youssef Kacemi a-t-il été condamné ?",
        "Et quand ?",
        "Quand Youssef Kacemi a-t-il été condamné ?",
    ),
    ("De quoi est mort Omar Sadi ?", "Et où ?", "Où est mort Omar Sadi ?"),
]

ANOTHER_NAME = [
    (EN, "and Bourita?", "who did Bourita meet in 2024"),
    (EN, "what about Nasser Bourita in 2023?", "who did Nasser Bourita meet in 2023"),
    ("who did hammouchi meet in 2024", "and bourita?", "who did bourita meet in 2024"),
    (EN, "in Rabat?", "who did Hammouchi meet in 2024 in Rabat"),
    (EN, "and according to Hespress?", "who did Hammouchi meet in 2024 according to Hespress"),
    (FR, "et Macron ?", "Qui Macron a-t-il rencontré en 2024 ?"),
    (AR, "وماذا عن بوريطة؟", "من التقى بوريطة في 2024؟"),
    (AR, "وبوريطة؟", "من التقى بوريطة في 2024؟"),
    (AR, "وفي الرباط؟", "من التقى حموشي في 2024 في الرباط؟"),
    ("Who did Hammouchi meet in Germany?", "and in Spain?", "Who did Hammouchi meet in Spain?"),
    ("When did Hammouchi visit Germany?", "and Spain?", "When did Hammouchi visit Spain?"),
    ("When did Hammouchi visit Germany?", "and Bourita?", "When did Bourita visit Germany?"),
    ("Qui Hammouchi a-t-il vu à Madrid ?", "Et au Qatar ?", "Qui Hammouchi a-t-il vu au Qatar ?"),
    ("متى زار حموشي الإمارات؟", "وقطر؟", "متى زار حموشي قطر؟"),
    ("متى زار حموشي الإمارات؟", "وماذا عن بوريطة؟", "متى زار بوريطة الإمارات؟"),
    ("من استقبل حموشي بالرباط؟", "وبالدوحة؟", "من استقبل حموشي بالدوحة؟"),
    ("What did Reuters say about the quake?", "and AFP?", "What did AFP say about the quake?"),
    ("ماذا قالت هسبريس عن الزلزال؟", "وماذا عن رويترز؟", "ماذا قالت رويترز عن الزلزال؟"),
    (QUAKE_AR, "وحسب هسبريس؟", "كم بلغ عدد قتلى زلزال الحوز حسب هسبريس؟"),
    ("when did the high-speed line open?", "and the tram?", "when did the tram open?"),
]

POINTING_BACK = [
    ("When did Hammouchi visit Germany?", "who did he meet in 2024?", "who did Hammouchi meet in 2024?"),
    ("Who did Hammouchi meet in Madrid?", "when was he there?", "when was Hammouchi in Madrid?"),
    ("When did Hammouchi meet Macron?", "where did he see him?", "where did Hammouchi see Macron?"),
    ("Who is the head of Interpol?", "when was he elected?", "when was the head of Interpol elected?"),
    (EN, "what is his role?", "what is Hammouchi's role?"),
    (EN, "why did they meet?", "why did they meet in 2024 (Hammouchi)?"),
    ("when did the line open", "how much did it cost?", "how much did the line cost?"),
    ("When did Hammouchi visit Germany?", "why the visit?", "why the visit (Hammouchi, Germany)?"),
    (EN, "what was said at that meeting?", "what was said at that meeting in 2024 (Hammouchi)?"),
    (
        "Qui Hammouchi a-t-il vu à Madrid ?",
        "Quand y est-il allé ?",
        "Quand Hammouchi y est-il allé (Madrid) ?",
    ),
    (FR, "Quand l'a-t-il rencontré ?", "Quand Hammouchi l'a-t-il rencontré en 2024 ?"),
    (FR, "Qu'a-t-il dit ?", "Qu'a-t-il dit (Hammouchi) ?"),
    ("Où s'est produit le séisme ?", "Quelle est sa magnitude ?", "Quelle est sa magnitude (le séisme) ?"),
    ("Quand la ligne a-t-elle ouvert ?", "Et combien a-t-elle coûté ?", "Combien la ligne a-t-elle coûté ?"),
    ("من التقى حموشي في الدوحة؟", "متى زارها؟", "متى زارها (حموشي، الدوحة)؟"),
    ("متى زار حموشي مدريد؟", "من التقى هناك؟", "من التقى هناك (حموشي، مدريد)؟"),
    (AR, "من هو؟", "من هو حموشي؟"),
    (AR, "ماذا قال؟", "ماذا قال (حموشي)؟"),
    (AR, "ما منصبه؟", "ما منصبه (حموشي)؟"),
    (LINE_AR, "كم بلغت تكلفته؟", "كم بلغت تكلفته (خط القطار فائق السرعة)؟"),
    ("متى تأجلت كأس إفريقيا؟", "لماذا تأجلت؟", "لماذا تأجلت (كأس إفريقيا)؟"),
]

UNFINISHED = [
    (QUAKE, "and how many were injured?", "how many were injured (the earthquake)?"),
    (QUAKE, "and the injured?", "how many injured (the earthquake)"),
    (QUAKE_FR, "Et combien de blessés ?", "Combien de blessés (le séisme) ?"),
    (QUAKE_AR, "وكم بلغ عدد الجرحى؟", "كم بلغ عدد الجرحى (زلزال الحوز)؟"),
    (QUAKE_AR, "والجرحى؟", "كم عدد الجرحى (زلزال الحوز)؟"),
    (f"{QUAKE} in 2023", "and how many homes?", "how many homes in 2023 (the earthquake)?"),
    ("Who won the Africa Cup in Rabat?", "who scored?", "who scored (the Africa Cup, Rabat)?"),
    (EN, "tell me more", EN),
]

OTHER_LANGUAGE = [
    (EN, "et en 2023 ?", "who did Hammouchi meet en 2023"),
    (EN, "وفي 2023؟", "who did Hammouchi meet في 2023"),
    (AR, "et Macron ?", "من التقى Macron في 2024؟"),
    (AR, "who did he meet in 2023?", "who did حموشي meet in 2023?"),
    (EN, "من التقى في 2023؟", "من التقى في 2023 (Hammouchi)؟"),
    (FR, "متى زار الدوحة؟", "متى زار الدوحة (Hammouchi)؟"),
    (AR, "where was that?", "أين التقى حموشي في 2024؟"),
]

WITHOUT_A_PRONOUN = [
    ("When was Liwa-2 launched?", "and Liwa-3?", "When was Liwa-3 launched?"),
    (
        "How many people died in the Al Hoceima earthquake?",
        "And how many were hurt?",
        "How many were hurt (the Al Hoceima earthquake)?",
    ),
    ("متى عين بنجلون؟", "من حل محله؟", "من حل محله (بنجلون)؟"),
    ("ما الحكم على سامر الخطيب؟", "ومن محاميه؟", "من محاميه (سامر الخطيب)؟"),
    ("متى عين سامر الخطيب؟", "لماذا استقال؟", "لماذا استقال (سامر الخطيب)؟"),
    ("كم قتيلا في زلزال الشلف؟", "ومتى وقع؟", "متى وقع (زلزال الشلف)؟"),
    (
        "Who did Zerouali receive in January?",
        "When is their next meeting?",
        "When is Zerouali's next meeting?",
    ),
    ("Who won the Rabat marathon?", "Where is the next one?", "Where is the next one (the Rabat marathon)?"),
    (
        "Qui a présidé la réunion de Mascate ?",
        "Et quand aura lieu la prochaine ?",
        "Quand aura lieu la prochaine (la réunion de Mascate) ?",
    ),
    (
        "Où s'est effondré l'immeuble ?",
        "Qui en est le propriétaire ?",
        "Qui en est le propriétaire (l'immeuble) ?",
    ),
    (
        "Mamadou Lamine Diatta a-t-il été condamné ?",
        "Et Ibrahima Sarr ?",
        "Ibrahima Sarr a-t-il été condamné ?",
    ),
]

NEW_QUESTIONS = [
    "What is the price of bitcoin?",
    "what is inflation?",
    "who is macron",
    "Hammouchi 2023",
    "earthquake toll",
    "how many planets are there?",
    "how to bake bread?",
    "is there a new law?",
    "is it true that Hammouchi met Macron?",
    "Who did Macron meet and what did he say?",
    "When did Macron visit Morocco and whom did he meet there?",
    "Quand Macron a-t-il nommé son ministre ?",
    "Y a-t-il eu un accord ?",
    "متى الانتخابات؟",
    "When is the next match between Wydad and Raja?",
    "متى الاجتماع المقبل لبنك المغرب؟",
    "أين حموشي؟",
    "وزير الخارجية المغربي",
    "ما المنتخبات التي تلعب معها تونس؟",
    "thanks",
    "?",
    "",
]


OF_A_STORY = [
    (
        "من هو المدير السابق لديوان الموانئ؟",
        "وبكم سنة حكم عليه؟",
        "بكم سنة حكم عليه (المدير السابق لديوان الموانئ)؟",
    ),
    ("من هو المدير السابق لديوان الموانئ؟", "وأين هو الآن؟", "أين هو المدير السابق لديوان الموانئ الآن؟"),
    ("متى ضرب الزلزال جنوب الفلبين؟", "وكم خلّف من القتلى؟", "كم خلّف من القتلى (الزلزال جنوب الفلبين)؟"),
    (
        "متى ضرب الزلزال جنوب الفلبين؟",
        "وهل صدر تحذير من تسونامي؟",
        "هل صدر تحذير من تسونامي (الزلزال جنوب الفلبين)؟",
    ),
    ("كم عدد قتلى فيضانات طاطا؟", "ومتى كان ذلك؟", "متى كان ذلك (فيضانات طاطا)؟"),
    ("كم عدد قتلى فيضانات طاطا؟", "وفي أكادير؟", "كم عدد قتلى فيضانات أكادير؟"),
    ("كم عدد قتلى حادث الحافلة في المنيا؟", "وماذا عن حادث أزيلال؟", "كم عدد قتلى حادث أزيلال؟"),
    (
        "Combien de morts dans l'accident de Minya ?",
        "Et celui d'Azilal ?",
        "Combien de morts dans l'accident d'Azilal ?",
    ),
    (
        "How many were injured (the bus crash, Minya)?",
        "What about the one in Azilal?",
        "How many were injured (the bus crash, Azilal)?",
    ),
    (
        "Quand se tient le sommet du CCG à Manama ?",
        "Et qu'y a-t-on décidé ?",
        "Qu'y a-t-on décidé (le sommet du CCG, Manama) ?",
    ),
    (
        "Qui est le nouveau Premier ministre du Mali ?",
        "Quel âge a-t-il ?",
        "Quel âge le nouveau Premier ministre du Mali a-t-il ?",
    ),
    ("How many houses (the earthquake, Azilan)?", "When?", "When (the earthquake, Azilan)?"),
    ("How many died in the flood in Fez?", "What about Taza?", "How many died in the flood in Taza?"),
    (
        "Who is the foreign minister of Algeria?",
        "How old is he?",
        "How old is the foreign minister of Algeria?",
    ),
]


JOINED_BY_AND = [
    (
        "Will the blocked bridge in Béja be repaired?",
        "and when will the new one be ready?",
        "when will the new one be ready (the blocked bridge, Béja)?",
    ),
    (
        "Combien va coûter le nouveau pont de Tazrout ?",
        "Et combien de temps dureront les travaux ?",
        "Combien de temps dureront les travaux (le nouveau pont de Tazrout) ?",
    ),
    ("كم صارت عقوبة الشعيبي؟", "وهل سيطعن في الحكم؟", "هل سيطعن في الحكم (عقوبة الشعيبي)؟"),
    (
        "When can the cyclist Marchetti race again?",
        "So did the court clear him?",
        "Did the court clear him (the cyclist, Marchetti)?",
    ),
    ("Quelle part de NileTech Gulf Axis veut-il ?", "Et que répond NileTech ?", "Que répond NileTech ?"),
    (QUAKE_FR, "Et quel est le taux directeur ?", "Quel est le taux directeur ?"),
]


@pytest.mark.parametrize(("earlier", "question", "whole"), JOINED_BY_AND)
def test_what_and_joins_to_a_question_is_asked_of_the_same(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), OF_A_STORY)
def test_a_story_is_gone_on_with_though_nobody_is_named(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(
    "question", ["Who resigned?", "وما هو سعر الفائدة؟", "And what is the interest rate in Egypt?"]
)
def test_what_is_asked_of_nobody_spoken_of_isn_t_asked_of_them(question: str) -> None:
    assert "Hammouchi" not in stand_alone(question, after(EN), AS_OF)


@pytest.mark.parametrize(("earlier", "question", "whole"), ONLY_A_WINDOW)
def test_only_a_time_asks_the_earlier_question_of_that_time(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), ONLY_A_QUESTION_WORD)
def test_only_a_question_word_is_put_to_the_earlier_subject(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), ANOTHER_NAME)
def test_another_name_takes_the_place_of_its_like(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), POINTING_BACK)
def test_what_a_pronoun_means_is_named(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), UNFINISHED)
def test_an_unfinished_question_gets_the_earlier_subject(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), WITHOUT_A_PRONOUN)
def test_what_is_said_of_the_earlier_subject_is_asked_of_it(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(("earlier", "question", "whole"), OTHER_LANGUAGE)
def test_a_follow_up_may_be_in_another_language(earlier: str, question: str, whole: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == whole


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("where?", Kind.WHERE),
        ("et quand ?", Kind.WHEN),
        ("وكم؟", Kind.HOW_MANY),
        ("ولماذا؟", Kind.WHY),
        ("and who?", Kind.WHO),
        ("in which city?", Kind.WHERE),
        ("what day was that?", Kind.WHEN),
    ],
)
@pytest.mark.parametrize("earlier", [EN, FR, AR, QUAKE_FR])
def test_a_new_question_word_decides_the_kind(earlier: str, question: str, kind: Kind) -> None:
    whole = stand_alone(question, after(earlier), AS_OF)
    assert kind_of(whole) is kind
    assert understand(whole, AS_OF).window == understand(earlier, AS_OF).window


@pytest.mark.parametrize(
    ("earlier", "question", "whole"),
    [
        ((EN, "where?"), "and in 2022?", "where did Hammouchi meet in 2022"),
        ((EN, "and Bourita?"), "and in 2022?", "who did Bourita meet in 2022"),
        ((EN, "and Bourita?", "when?"), "and Macron?", "when did Macron meet in 2024"),
        ((EN, "and in 2023?"), "and in May?", "who did Hammouchi meet in May 2023"),
        (
            (QUAKE, "and how many were injured?"),
            "in 2016?",
            "how many were injured in 2016 (the earthquake)?",
        ),
        ((AR, "وفي 2023؟"), "أين؟", "أين التقى حموشي في 2023؟"),
        ((QUAKE, EN), "and in 2022?", "who did Hammouchi meet in 2022"),
        ((EN, "thanks", "?"), "and in 2022?", "who did Hammouchi meet in 2022"),
    ],
)
def test_a_follow_up_may_follow_another(earlier: tuple[str, ...], question: str, whole: str) -> None:
    assert stand_alone(question, after(*earlier), AS_OF) == whole


def test_a_question_that_only_begins_with_and_loses_just_that() -> None:
    asked = "and who did Bourita meet in 2023?"
    assert stand_alone(asked, after(EN), AS_OF) == "who did Bourita meet in 2023?"
    assert stand_alone(asked, (), AS_OF) == "who did Bourita meet in 2023?"


@pytest.mark.parametrize("question", [*NEW_QUESTIONS, *ALONE])
def test_without_history_nothing_changes(question: str) -> None:
    assert stand_alone(question, (), AS_OF) == question


@pytest.mark.parametrize("question", NEW_QUESTIONS)
@pytest.mark.parametrize("earlier", [EN, FR, AR, QUAKE])
def test_what_stands_alone_stays_as_typed(earlier: str, question: str) -> None:
    assert stand_alone(question, after(earlier), AS_OF) == question


def test_no_question_of_the_quality_set_changes_after_any_of_a_spread_of_others() -> None:
    spread = [EN, AR, QUAKE_FR, *ALONE[::9]]
    changed = [
        (earlier, question) for earlier in spread for question in ALONE
        if stand_alone(question, after(earlier), AS_OF) != question
    ]  # fmt: skip
    assert changed == []


@pytest.mark.parametrize("item", FOLLOWING, ids=lambda item: item["id"])
def test_the_quality_set_s_follow_ups_keep_subject_and_window(item: dict[str, object]) -> None:
    turns = [Turn(**turn) for turn in item["history"]]  # type: ignore[attr-defined]
    understood = understand(stand_alone(str(item["question"]), turns, AS_OF), AS_OF)
    expected = {
        "follow-2023-en": (Kind.WHO, "Hammouchi meet"),
        "follow-2022-en": (Kind.WHO, "Hammouchi meet"),
        "follow-2019-ar": (Kind.WHO, "التقى حموشي"),
        "follow-when-ar": (Kind.WHEN, "التقى حموشي عبد الله بن محمد الخليفي"),
        "follow-when-quake-ar": (Kind.WHEN, "الزلزال"),
        "follow-injured-en": (Kind.HOW_MANY, "injured earthquake"),
        "follow-injured-ar": (Kind.HOW_MANY, "الجرحى زلزال الحوز"),
        "follow-2034-fr": (Kind.WHO, "organise Coupe monde 2034"),
        "follow-cost-fr": (Kind.HOW_MANY, "ligne grande vitesse coûté"),
    }
    kind, content = expected[str(item["id"])]
    assert understood.kind is kind
    assert set(terms(content)) <= set(terms(understood.query))
    told = understood.window and {
        "from": understood.window.days.first.isoformat(),
        "to": understood.window.days.last.isoformat(),
    }
    assert told == item["expect"].get("window")  # type: ignore[attr-defined]


def test_only_the_last_six_turns_count() -> None:
    assert stand_alone("and in 2023?", after(EN, *["thanks"] * 5), AS_OF) == "who did Hammouchi meet in 2023"
    assert stand_alone("and in 2023?", after(EN, *["?"] * 6), AS_OF) == "and in 2023?"


def test_answers_are_never_looked_at() -> None:
    told = stand_alone("who did he meet?", [Turn("who is Hammouchi?", "Macron met Lekjaa in Paris.")], AS_OF)
    assert told == "who did Hammouchi meet?"


@pytest.mark.parametrize(
    "hostile", ["and ", "و", "?", "'", "he ", "متى ", "in 2023 ", "a", "what about ", "ها", "(", "d'"]
)
def test_a_hostile_text_costs_little(hostile: str) -> None:
    longest = (hostile * LONGEST)[:LONGEST]
    started = time.process_time()
    stand_alone(hostile * 100_000, after(*[hostile * 100_000] * 6), AS_OF)
    stand_alone(longest, after(*[longest] * 6), AS_OF)
    stand_alone("where?", after(longest), AS_OF)
    assert time.process_time() - started < 6
