from datetime import date

import pytest

from qa.answer import Window
from qa.question import Kind, kind_of, understand
from vectorstore.records import Days

TODAY = date(2024, 12, 1)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who did Hammouchi meet in 2024?", Kind.WHO),
        ("With whom did he talk?", Kind.WHO),
        ("Qui a-t-il rencontré ?", Kind.WHO),
        ("Avec qui s'est-il entretenu ?", Kind.WHO),
        ("À qui a-t-il parlé ?", Kind.WHO),
        ("من التقى حموشي في 2024؟", Kind.WHO),
        ("مَن هو المدير العام؟", Kind.WHO),
        ("بمن اجتمع الوزير؟", Kind.WHO),
        ("When did the bridge open?", Kind.WHEN),
        ("Since when is he minister?", Kind.WHEN),
        ("What year was it?", Kind.WHEN),
        ("Quand le pont a-t-il ouvert ?", Kind.WHEN),
        ("En quelle année ?", Kind.WHEN),
        ("متى افتتح الجسر؟", Kind.WHEN),
        ("في أي سنة افتتح الجسر؟", Kind.WHEN),
        ("ما تاريخ افتتاح الجسر؟", Kind.WHEN),
        ("Where is the bridge?", Kind.WHERE),
        ("Où se trouve le pont ?", Kind.WHERE),
        ("Dans quelle ville ?", Kind.WHERE),
        ("أين يقع الجسر؟", Kind.WHERE),
        ("في أي مدينة يقع الجسر؟", Kind.WHERE),
        ("How many people died?", Kind.HOW_MANY),
        ("Combien de morts ?", Kind.HOW_MANY),
        ("À quelle vitesse roulent les trains ?", Kind.HOW_MANY),
        ("How far is it from Marrakech?", Kind.HOW_MANY),
        ("كم عدد القتلى؟", Kind.HOW_MANY),
        ("ما عدد القتلى؟", Kind.HOW_MANY),
        ("Why was it closed?", Kind.WHY),
        ("Pourquoi est-il fermé ?", Kind.WHY),
        ("لماذا أغلق النفق؟", Kind.WHY),
        ("ما سبب إغلاق النفق؟", Kind.WHY),
        ("Did Hammouchi meet Münch?", Kind.YES_NO),
        ("Est-ce que le pont est ouvert ?", Kind.YES_NO),
        ("هل افتتح الجسر؟", Kind.YES_NO),
        ("In which year did the bridge open?", Kind.WHEN),
        ("What was the date of the opening?", Kind.WHEN),
        ("En quel mois le pont a-t-il ouvert ?", Kind.WHEN),
        ("ما هي السنة التي افتتح فيها الجسر؟", Kind.WHEN),
        ("- متى افتتح الجسر؟", Kind.WHEN),
        ("What percentage voted?", Kind.HOW_MANY),
        ("Quel est le prix du pont ?", Kind.HOW_MANY),
        ("ما هي نسبة المشاركة؟", Kind.HOW_MANY),
        ("What time did it open?", Kind.WHAT),
        ("What did the minister say?", Kind.WHAT),
        ("Qu'a dit le ministre ?", Kind.WHAT),
        ("ماذا قال الوزير؟", Kind.WHAT),
        ("ما اسم الجسر؟", Kind.WHAT),
        ("earthquake toll", Kind.WHAT),
        ("« Qui est-ce ? »", Kind.WHO),
        ("", Kind.WHAT),
    ],
)
def test_the_first_words_tell_the_kind(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("À Béja, combien d'habitants ont été évacués", Kind.HOW_MANY),
        ("À combien d'années de prison Kacemi a-t-il été condamné ?", Kind.HOW_MANY),
        ("L'usine a licencié combien de personnes ?", Kind.HOW_MANY),
        ("By how much did she win?", Kind.HOW_MANY),
        ("Nakuru derailment: who was the driver?", Kind.WHO),
        ("زلزال الحوز: كم عدد القتلى؟", Kind.HOW_MANY),
        ("في باجة، متى فتحت المدارس؟", Kind.WHEN),
        ("Le procès s'ouvre quand ?", Kind.WHEN),
        ("Le pont se trouve où ?", Kind.WHERE),
        ("Kacemi a été condamné par qui ?", Kind.WHO),
        ("Le ministre, qui a démissionné, a-t-il parlé ?", Kind.YES_NO),
        ("the man, who was arrested, is free", Kind.WHAT),
        ("Séisme : bilan", Kind.WHAT),
    ],
)
def test_words_of_asking_further_on_tell_the_kind_where_none_stand_first(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize("text", ["منذ أيام قال الوزير", "whole towns were lost", "doing well", "quite so"])
def test_a_word_that_only_begins_like_one_is_none(text: str) -> None:
    assert kind_of(text) is Kind.WHAT


@pytest.mark.parametrize(
    ("text", "language", "query"),
    [
        ("Who did Hammouchi meet in 2024?", "en", "Who did Hammouchi meet ?"),
        ("Qui Hammouchi a-t-il rencontré en 2024 ?", "fr", "Qui Hammouchi a-t-il rencontré ?"),
        ("من التقى حموشي في سنة 2024؟", "ar", "من التقى حموشي ؟"),
        ("Who opened the bridge?", "en", "Who opened the bridge?"),
    ],
)
def test_the_words_of_the_window_are_not_searched_for(text: str, language: str, query: str) -> None:
    asked = understand(text, TODAY)
    assert (asked.text, asked.language, asked.query) == (text, language, query)
    assert bool(asked.window) == (query != text)


def test_a_window_is_understood_from_the_question() -> None:
    asked = understand("Who did Hammouchi meet in 2024?", TODAY)
    assert asked.window == Window(Days(date(2024, 1, 1), date(2024, 12, 31)), "in 2024")
    last_month = understand("ماذا حدث الشهر الماضي؟", TODAY).window
    assert last_month is not None
    assert last_month.days == Days(date(2024, 11, 1), date(2024, 11, 30))


def test_a_window_of_the_options_outranks_the_questions_own_which_still_is_not_searched_for() -> None:
    given = Window(Days(date(2023, 1, 1), date(2023, 12, 31)), "--from 2023 --to 2023")
    asked = understand("Who did Hammouchi meet in 2024?", TODAY, given)
    assert asked.window == given
    assert "2024" not in asked.query


def test_a_question_that_is_all_window_is_searched_for_as_it_stands() -> None:
    assert understand("in 2024?", TODAY).query == "in 2024?"


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("What happened on 10 June 2022?", True),
        ("What is the news of 10 June 2022?", True),
        ("Que s'est-il passé le 10 juin 2022 ?", True),
        ("ماذا حدث في 10 يونيو 2022؟", True),
        ("ما أخبار 10 يونيو 2022؟", True),
        ("What happened in Rabat on 10 June 2022?", False),
        ("ماذا حدث في الرباط في 10 يونيو 2022؟", False),
        ("What happened?", False),
        ("Who did Hammouchi meet in 2024?", False),
    ],
)
def test_a_question_may_ask_for_nothing_but_a_time(text: str, only: bool) -> None:
    assert understand(text, TODAY).names_only_a_time is only


@pytest.mark.parametrize("text", ["من " * 10_000, "who " * 10_000, "«" * 50_000])
def test_a_hostile_question_does_no_harm(text: str) -> None:
    assert understand(text, TODAY).text == text


def test_a_window_open_at_both_ends_takes_off_the_questions_own() -> None:
    anytime = Window(Days(date.min, date.max), "--from 0001-01-01 --to 9999-12-31")
    understood = understand("who did Hammouchi meet in 2024", date(2026, 1, 1), anytime)
    assert understood.window is None
    assert understood.query == "who did Hammouchi meet"
