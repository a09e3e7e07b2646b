import pytest

from vectorstore.lexicon import in_any_words
from vectorstore.stemming import terms


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("منزلا", "منازل"),
        ("maisons", "منازل"),
        ("houses", "maison"),
        ("grève", "الإضراب"),
        ("محصول", "المحاصيل"),
    ],
)
def test_a_thing_is_found_by_its_word_in_another_language_and_its_plural(asked: str, told: str) -> None:
    (term,) = terms(asked)
    assert set(terms(told)) <= in_any_words(term)


@pytest.mark.parametrize("word", ["lighthouse", "pays", "but"])
def test_any_other_word_stands_for_itself(word: str) -> None:
    (term,) = terms(word)
    assert in_any_words(term) == {term}
