from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import article

from vectorstore.clues import Clue, covered, either, matched, query_clues
from vectorstore.library import Library
from vectorstore.records import Span
from vectorstore.text import terms

TEXTS = {
    "ar": "استقبل عبد اللطيف حموشي نظيره في مصر يوم الثلاثاء.",
    "en": "Yesterday the minister Nadia Fettah visited the harbour. She praised the harbour.",
    "fr": "Le directeur a visité la gare de Casablanca.",
}
RARE = Clue(either({"harbour"}), 3.0, held=True)
COMMON = Clue(either({"visit"}), 1.0, held=True)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library.sqlite3")
    for name, text in TEXTS.items():
        made.put(article(text, name), [Span(0, len(text))])
    yield made
    made.close()


def speaks(library: Library, query: str) -> dict[str, float]:
    """How much of the query each text covers."""
    clues = query_clues(query, library)
    return {name: covered(clues, set(terms(text))) for name, text in TEXTS.items()}


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("Who did Hammouchi receive?", "ar"),
        ("Qui Abdellatif Hamouchi a-t-il reçu ?", "ar"),
        ("what happened in Egypt", "ar"),
        ("ماذا زارت نادية فتاح", "en"),
        ("la gare de Casablanca", "fr"),
    ],
)
def test_a_question_reaches_names_and_countries_in_another_script(
    library: Library, query: str, best: str
) -> None:
    share = speaks(library, query)
    assert share[best] > 0
    assert all(share[name] < share[best] for name in TEXTS if name != best)


def test_a_question_none_of_whose_words_occur_says_nothing(library: Library) -> None:
    assert set(speaks(library, "Was kostet das Brot?").values()) == {0.0}
    assert query_clues("???", library) == []


def test_a_rarer_word_weighs_more(library: Library) -> None:
    common, rare = query_clues("visited Fettah", library)[::-1]
    assert common.met(set(terms("visited")))
    assert rare.weight > common.weight


def test_several_words_of_one_alternative_are_met_together() -> None:
    clue = Clue(frozenset({frozenset({"united", "nation"}), frozenset({"un"})}), 1.0, held=True)
    assert clue.met({"united", "nation", "x"})
    assert clue.met({"un"})
    assert not clue.met({"united"})
    assert clue.count({"united": 3, "nation": 2}) == 2
    assert clue.count({}) == 0


def test_the_share_matched_grows_with_each_mention_but_never_reaches_one() -> None:
    shares = [matched([RARE], Counter({"harbour": n}), 1.0) for n in (0, 1, 2, 50)]
    assert shares == sorted(set(shares))
    assert shares[0] == 0
    assert shares[-1] < 1


def test_a_mention_in_a_short_text_weighs_more() -> None:
    counts = Counter({"harbour": 1})
    assert matched([RARE], counts, 0.5) > matched([RARE], counts, 2.0)


def test_shares_count_what_is_missing_too() -> None:
    assert covered([RARE, COMMON], {"harbour"}) == pytest.approx(0.75)
    assert matched([RARE, COMMON], Counter({"visit": 1}), 1.0) == pytest.approx(0.25 / 2.2)


def test_no_clues_and_clues_without_alternatives_share_nothing() -> None:
    nobody = Clue(frozenset(), 2.0, held=False)
    assert covered([], {"x"}) == matched([], Counter("x"), 1.0) == 0
    assert covered([nobody], {"x"}) == matched([nobody], Counter("x"), 1.0) == 0
