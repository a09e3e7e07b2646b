from datetime import date
from pathlib import Path

import pytest
from homes import Home, article, opened

from qa.whence import excerpt_in, passages_with
from vectorstore.records import Scope

TEXT = (
    "The harbour was closed on Monday. After the storm the council decided to open the old bridge to buses and "
    "to walkers again, which shopkeepers had asked for since March. Nothing else was decided."
)
PART = "the council decided to open the old bridge to buses and to walkers again"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    with opened(tmp_path) as home:
        home.store(article(TEXT, "bridge", published=date(2024, 5, 1)))
        home.store(article("The council met to speak of buses. The old bridge stayed closed.", "other"))
        yield home


@pytest.mark.parametrize(
    "question",
    [
        f"Where is this from: “{PART}”?",
        f"D'où vient cette phrase : « {PART} » ?",
        f"في أي مقال ورد: «{PART}»؟",
        f'"{PART}"',
    ],
)
def test_quoted_words_with_a_question_for_their_source_are_an_excerpt(question: str) -> None:
    assert excerpt_in(question) == PART


@pytest.mark.parametrize(
    "question",
    [
        "Who said “no comment”?",
        f"Why did “{PART}” make people so angry in the north of the town last year?",
        "Who?",
    ],
)
def test_other_questions_have_none(question: str) -> None:
    assert excerpt_in(question) is None


@pytest.mark.parametrize("excerpt", [PART, PART.upper(), PART.replace("buses", "trams")])
def test_the_words_are_found_where_they_stand_but_for_a_slip(home: Home, excerpt: str) -> None:
    (found,) = passages_with(excerpt, home.search, Scope())
    assert found.quote == PART
    assert found.article.text == TEXT


def test_words_that_no_article_holds_are_not_found(home: Home) -> None:
    assert (
        passages_with("the council wished to close the new road to cars and trucks", home.search, Scope())
        == []
    )
