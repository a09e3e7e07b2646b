import pytest

from qa.offices import asks_who_holds, names_holder, office_in
from vectorstore.places import places_in


@pytest.mark.parametrize(
    "query",
    [
        "Who did Norway's foreign minister meet?",
        "Qui le ministre norvégien des Affaires étrangères a-t-il rencontré ?",
        "من التقى وزير الخارجية النرويجي؟",
        "What did the Norwegian foreign minister say about fish?",
    ],
)
def test_an_office_is_known_in_three_languages_where_its_deeds_are_asked_about(query: str) -> None:
    assert office_in(query)


@pytest.mark.parametrize(
    "query", ["Who is Norway's foreign minister?", "Who did Solheim meet?", "What did the minister say?"]
)
def test_who_holds_it_and_a_minister_of_nothing_are_left_alone(query: str) -> None:
    assert not office_in(query)


@pytest.mark.parametrize(
    "query",
    [
        "Who is the health minister?",
        "who is the current health minister of Morocco",
        "Qui est la ministre de la Santé ?",
        "من هو وزير الصحة الحالي؟",
        "من هي وزيرة الصحة؟",
    ],
)
def test_it_is_known_when_who_holds_an_office_is_asked(query: str) -> None:
    assert asks_who_holds(query, places_in(query))


@pytest.mark.parametrize(
    "query", ["Who did the health minister meet?", "Who is the minister?", "Who resigned?"]
)
def test_other_questions_of_ministers_are_not_taken_for_that(query: str) -> None:
    assert not asks_who_holds(query, places_in(query))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("La ministre de la Santé, Nadia Filali, a démissionné.", "Who is the health minister?"),
        ("عين الملك كريمة السباعي وزيرة للصحة.", "Qui est la ministre de la Santé ?"),
        ("Health Minister Nadia Filali opened it.", "من هي وزيرة الصحة؟"),
        ("وصل وزير الخارجية الإيراني عباس عراقجي.", "Who is Iran's foreign minister?"),
        ("Le ministre du Transport, Hamid Tazi, est venu.", "Who is the transport minister?"),
        ("حضره وزير الخارجية ناصر بوريطة وسفير ألمانيا.", "Who is the foreign minister?"),
    ],
)
def test_a_sentence_names_who_holds_the_office(text: str, query: str) -> None:
    assert names_holder(text, query, abroad=False)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("La ministre de la Santé a démissionné.", "Who is the health minister?"),
        ("The foreign minister of Iran, Abbas Araghchi, spoke.", "Who is the foreign minister of Norway?"),
        ("وصل وزير الخارجية الإيراني عباس عراقجي.", "Who is the foreign minister?"),
        ("The Moroccan Health Ministry said so.", "Who is the health minister?"),
        ("Nadia Filali met the energy minister of Spain.", "Who is the health minister?"),
    ],
)
def test_another_countrys_minister_or_a_nameless_one_is_not(text: str, query: str) -> None:
    assert not names_holder(text, query, abroad=False)


def test_abroad_the_country_has_to_stand_by_the_office() -> None:
    here, iran = "Energy Minister Nadia Filali met him.", "وصل وزير الخارجية الإيراني عباس عراقجي."
    assert not names_holder(here, "Who is Spain's energy minister?", abroad=True)
    assert names_holder(iran, "Who is the foreign minister of Iran?", abroad=True)
