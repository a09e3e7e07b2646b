"""Figures that disagree: side by side with their dates, on little articles of our own, with the real model."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from homes import answering, article

from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

# Name, language, day of publication, title, text.
ARTICLES = [
    (
        "first",
        "en",
        date(2025, 3, 4),
        "Building collapse in Safi kills 20",
        "A block of flats collapsed in Safi on Monday night. The collapse killed 20 people and injured 35, the "
        "civil defence said. Rescuers were still searching the ruins at dawn.",
    ),
    (
        "second",
        "fr",
        date(2025, 3, 5),
        "Safi : le bilan de l'effondrement s'alourdit",
        "L'effondrement d'un immeuble à Safi a fait 27 morts et 41 blessés, selon un nouveau bilan de la protection "
        "civile publié mercredi. Trois quartiers ont été évacués.",
    ),
    (
        "third",
        "ar",
        date(2025, 3, 5),
        "ارتفاع حصيلة انهيار عمارة آسفي",
        "أعلنت الوقاية المدنية أن انهيار عمارة في مدينة آسفي خلف 27 قتيلا و41 جريحا، وفق حصيلة جديدة يوم الأربعاء.",
    ),
    (
        "corrected",
        "en",
        date(2025, 3, 8),
        "Safi collapse: correction",
        "The collapse of a block of flats in Safi killed 26 people. An earlier version of this article wrongly said "
        "that 27 people had been killed.",
    ),
    (
        "elsewhere",
        "en",
        date(2025, 3, 6),
        "Fire in a market in Oujda",
        "A fire in a market in Oujda killed four people on Wednesday. Sixty shops burnt down.",
    ),
    (
        "later",
        "en",
        date(2026, 1, 20),
        "Bus crash near Settat",
        "A bus crash near Settat killed 11 people on Monday. The police arrested the driver.",
    ),
    (
        "arrests",
        "en",
        date(2025, 6, 2),
        "Arrests after the derby",
        "Police arrested 15 supporters after the derby in Casablanca on Sunday.",
    ),
    (
        "more-arrests",
        "fr",
        date(2025, 6, 3),
        "Derby : de nouvelles interpellations",
        "La police a interpellé 19 supporters après le derby de Casablanca, selon un communiqué de mardi.",
    ),
    (
        "stadium",
        "en",
        date(2024, 1, 10),
        "New stadium for Nador",
        "The new stadium in Nador will cost 400 million dirhams. It will hold 20,000 spectators.",
    ),
    (
        "stadium-dearer",
        "en",
        date(2025, 9, 10),
        "Nador stadium dearer than planned",
        "The new stadium in Nador will cost 520 million dirhams, the city council said.",
    ),
]


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
    stored = (
        article(text, name, title=title, published=day, language=language, source=name)
        for name, language, day, title, text in ARTICLES
    )
    with answering(tmp_path_factory.mktemp("home"), stored) as (made, _):
        yield made


def ask(operations: LocalOperations, question: str) -> dict[str, Any]:
    return list(operations.ask(question, as_of="2026-11-26"))[-1]


@pytest.mark.parametrize(
    ("question", "differ", "newest"),
    [
        ("How many people died in the collapse in Safi?", "The figures differ", "newest figure"),
        (
            "Combien de morts l'effondrement de Safi a-t-il fait ?",
            "Les chiffres diffèrent",
            "chiffre le plus récent",
        ),
        ("كم عدد قتلى انهيار العمارة في آسفي؟", "الأرقام متباينة", "أحدث رقم"),
    ],
)
def test_figures_of_one_event_that_differ_stand_dated_side_by_side_the_newest_first(
    operations: LocalOperations, question: str, differ: str, newest: str
) -> None:
    answer = ask(operations, question)
    assert answer["answer"].startswith(differ)
    quotes = [each["quote"] for each in answer["citations"]]
    assert [next(n for n in ("26", "27", "20") if n in quote) for quote in quotes] == ["26", "27", "20"]
    lines = [line for line in answer["answer"].splitlines() if line.startswith("- ")]
    assert [newest in line for line in lines] == [True, False, False]
    assert all("2025" in line.split("—")[0] for line in lines)


def test_a_correction_says_which_figure_it_takes_back(operations: LocalOperations) -> None:
    answer = ask(operations, "How many people were killed in the collapse in Safi?")
    assert "corrects 27" in answer["answer"].splitlines()[2]


def test_a_figure_that_two_outlets_give_is_one_line(operations: LocalOperations) -> None:
    answer = ask(operations, "Combien de blessés l'effondrement de Safi a-t-il fait ?")
    quotes = [each["quote"] for each in answer["citations"]]
    assert len(quotes) == 2
    assert "41 blessés" in quotes[0]
    assert "aussi dans 1 autre article" in answer["answer"]


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How many people died in the fire in Oujda?", "four"),
        ("How many people were killed in the bus crash?", "11"),
        ("كم عدد قتلى حادث الحافلة؟", "11"),
    ],
)
def test_the_dead_of_one_disaster_are_not_set_beside_those_of_another(
    operations: LocalOperations, question: str, figure: str
) -> None:
    answer = ask(operations, question)
    assert [figure in each["quote"] for each in answer["citations"]] == [True]
    assert answer["answer"].startswith("- ")


def test_a_disaster_that_no_article_tells_of_has_no_dead(operations: LocalOperations) -> None:
    assert ask(operations, "How many people died in the earthquake?")["abstained"]


def test_arrests_are_counted_across_languages(operations: LocalOperations) -> None:
    quotes = [each["quote"] for each in ask(operations, "How many supporters were arrested?")["citations"]]
    assert ["19" in quotes[0], "15" in quotes[1], len(quotes)] == [True, True, 2]


def test_a_price_that_rose_is_told_with_the_one_before(operations: LocalOperations) -> None:
    answer = ask(operations, "How much will the stadium in Nador cost?")
    assert ["520" in each["quote"] for each in answer["citations"]] == [True, False]
    assert answer["answer"].count("newest figure") == 1


def test_nothing_is_said_to_differ_where_one_figure_is_given(operations: LocalOperations) -> None:
    answer = ask(operations, "How many spectators will the stadium in Nador hold?")
    assert "differ" not in answer["answer"]
    assert any("20,000" in each["quote"] for each in answer["citations"])
