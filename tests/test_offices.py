import pytest

from qa.offices import office_in


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
