from collections.abc import Iterable
from itertools import product
from time import process_time

import pytest

from vectorstore.spelling import spellings


class Vocabulary:
    """The words that every key finds, and whether each is used as a name."""

    def __init__(self, *words: str, named: Iterable[str] = ()) -> None:
        self._words = {word: word in set(named) for word in words}

    def words_by_sound(self, keys: Iterable[str]) -> dict[str, bool]:
        return self._words


def found(word: str, vocabulary: Vocabulary, certain: bool = True) -> tuple[str, ...]:
    return spellings(word, vocabulary, certain)  # type: ignore[arg-type]


def test_words_used_as_names_come_alone() -> None:
    vocabulary = Vocabulary("حموشي", "الحموشي", "همشي", named=["حموشي", "الحموشي"])
    assert set(found("Hammouchi", vocabulary)) == {"حموشي", "الحموشي"}


def test_another_word_is_a_name_only_where_one_is_certainly_meant() -> None:
    vocabulary = Vocabulary("حموشي")
    assert found("Hammouchi", vocabulary) == ("حموشي",)
    assert found("Hammouchi", vocabulary, certain=False) == ()


def test_a_long_name_is_known_in_arabic_by_its_sound_beside_those_used_as_names() -> None:
    vocabulary = Vocabulary("vandermolen", "فاندرمولن", "فندرميلان", named=["vandermolen"])
    assert found("Vandermolen", vocabulary) == ("vandermolen", "فاندرمولن")
    assert found("Salmi", Vocabulary("salmi", "سالم", named=["salmi"])) == ("salmi",)


@pytest.mark.parametrize("other", ["g7", "g8", "g200"])
def test_digits_are_heard(other: str) -> None:
    assert found("G20", Vocabulary("g20", other)) == ("g20",)


def test_a_name_is_found_at_once_among_thousands_that_share_its_consonants() -> None:
    others = ["".join(letters) for letters in product("حهخ", "امو", "مي", "وا", "شس", "ي", "ابتثجد", "رزع")]
    vocabulary = Vocabulary("حموشي", *others, named=["حموشي"])
    began = process_time()
    assert found("Hammouchi", vocabulary)[0] == "حموشي"
    assert process_time() - began < 2
    assert len(others) > 1000
