import pytest

from qa.relations import MEETING_VERBS, WORDS, forms, relations_in
from vectorstore.text import is_rtl, terms


@pytest.mark.parametrize(
    ("relation", "texts"),
    [
        ("meet", ("Who did he meet?", "Qui a-t-il rencontré ?", "من التقى الوزير؟", "استقبلت الوزيرة ضيفها")),
        ("visit", ("He visited Berlin.", "Sa visite à Berlin.", "زار الوزير برلين", "زيارته لبرلين")),
        ("die", ("How many were killed?", "Le bilan des morts", "حصيلة القتلى", "كم عدد الضحايا؟")),
        ("open", ("It was inaugurated.", "L'ouverture du pont", "افتتح الجسر", "تدشين الخط")),
        ("sign", ("They signed a memorandum.", "un accord signé", "توقيع اتفاقية")),
        ("win", ("Who won?", "La victoire de l'équipe", "فاز الفريق")),
        ("appoint", ("He was appointed.", "Il a été nommé directeur", "تعيين المدير")),
        ("earthquake", ("The quake struck.", "Le séisme", "ضرب زلزال المنطقة")),
    ],
)
def test_what_happens_is_recognised_in_three_languages(relation: str, texts: tuple[str, ...]) -> None:
    for text in texts:
        assert relation in relations_in(text)


@pytest.mark.parametrize(
    "text", ["", "The weather was fine.", "الجو جميل اليوم", "Il fait beau.", "مسيرة من أجل البحارة"]
)
def test_a_text_that_tells_none_has_none(text: str) -> None:
    assert relations_in(text) == []


@pytest.mark.parametrize("relation", WORDS)
def test_a_relation_has_forms_in_arabic_and_latin_script(relation: str) -> None:
    assert any(is_rtl(term) for term in forms(relation))
    assert any(term.isascii() for term in forms(relation))


@pytest.mark.parametrize(
    ("text", "meets"),
    [
        ("who did he meet", True),
        ("من استقبل المدير", True),
        ("qui a-t-il reçu", True),
        ("when does the bridge open", False),
    ],
)
def test_a_verb_of_meeting_makes_a_question_one_of_meeting(text: str, meets: bool) -> None:
    assert bool(set(terms(text)) & MEETING_VERBS) is meets
