from datetime import date

import pytest
from homes import article

from qa.evidence import Evidence
from qa.exonyms import nations_in
from qa.rating import Signs
from qa.selected import Said, sentence_span
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk

SIGNS = Signs(0.9, 0.9, 1.0, 1.0, True, 1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("RABAT - The bridge opened.", "The bridge opened."),
        ("الرباط - افتتح الجسر اليوم.", "افتتح الجسر اليوم."),
        ("MADRID, Spain (AFP) — It rained.", "It rained."),
        ("OSLO, Norway, July 2, 2026 (Agency) - It rained.", "It rained."),
        ("Oslo, le 2 juillet 2026 (Agence) – Il a plu.", "Il a plu."),
        ("تزنيت - 7 سبتمبر 2025 (وكالة الأفق) - افتتح الجسر.", "افتتح الجسر."),
        ("The king - who died in 2020 - was old.", "The king - who died in 2020 - was old."),
        ("It rained - and it snowed.", "It rained - and it snowed."),
    ],
)
def test_a_quotation_leaves_out_where_the_report_was_sent_from(text: str, quoted: str) -> None:
    told = article(text, "a", published=date(2024, 5, 1))
    span = sentence_span(Evidence(Chunk(told, 0, len(text)), sentences_of(told)[0], SIGNS, 0.9))
    assert text[span.start : span.end] == quoted


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Which Spanish officials came?", ["Spanish"]),
        ("Les responsables espagnols de Tanger", ["espagnols", "Tanger"]),
        ("من هو السفير الألماني؟", ["الألماني"]),
        ("What sports are Kenyans good at?", ["Kenyans"]),
        ("الوضع المالي في البلاد", []),
        ("Who won?", []),
    ],
)
def test_nations_and_cities_are_known_by_their_adjectives_too(text: str, named: list[str]) -> None:
    assert [each.asked for each in nations_in(text)] == named


def test_a_city_spelled_unlike_how_it_sounds_is_known_in_both_scripts() -> None:
    (latin,), (arabic,) = nations_in("a storm in Agadir"), nations_in("عاصفة في أكادير")
    assert latin.names & arabic.names


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Rain fell on the whole of the coast on Monday.", "On Monday rain fell on the whole coast.", True),
        ("The team beat Zambia by two goals in Rabat.", "The team beat Mali by two goals in Rabat.", False),
        ("The storm left 12 people dead in the city.", "The storm left 14 people dead in the city.", False),
        ("استقبل الوزير سفير فرنسا بمقر الوزارة", "استقبل الوزير سفير إسبانيا بمقر الوزارة", False),
        ("He met the envoy in the port on Monday.", "He did not meet the envoy in the port on Monday.", False),
        ("Asked, she said: the bridge is safe.", "Yesterday she said: the bridge is safe.", True),
    ],
)  # fmt: skip
def test_texts_say_the_same_only_with_the_same_names_and_numbers(one: str, other: str, same: bool) -> None:
    assert Said.of(one).says_the_same(Said.of(other)) is same
