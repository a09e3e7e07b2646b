from time import process_time

import pytest

from vectorstore.naming import is_given_name, name_words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Yesterday Abdellatif Hammouchi met Robert in Rabat.",
            {"abdellatif", "hammouchi", "robert", "rabat"},
        ),
        ("Hier, Hammouchi a rencontré le directeur.", {"hammouchi"}),
        ("التقى عبد اللطيف حموشي نظيره الألماني.", {"عبد", "اللطيف", "حموشي"}),
        ("استقبل محمد الخامس ضيفه.", {"محمد", "الخامس"}),
        ("التقت وزيرة الخارجية الفرنسية، هيلين مورو، أمس نظيرها.", {"هيلين", "مورو"}),
        ("سلم المدير لمحمد العلوي جائزة.", {"لمحمد", "محمد", "العلوي"}),
    ],
)
def test_the_words_used_as_names_are_found(text: str, names: set[str]) -> None:
    assert names <= name_words(text)


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("وقع رئيس الحكومة، مساء اليوم، الاتفاق.", {"مساء", "اليوم"}),
        ("اتفق كريم الطرفان على موعد.", {"الطرفان"}),
        ("The bridge over the river opened.", {"the", "bridge", "river", "opened"}),
        ("Bridges opened. People came.", {"bridges", "people"}),
        ("افتتح الوزير الجسر الجديد في الرباط.", {"افتتح", "الوزير", "الجسر", "الجديد", "في"}),
        ("وصل علي إلى المدينة.", {"الي", "المدينه"}),
        ("قال محمد، الوزير السابق، إن الجسر جديد.", {"الوزير", "السابق", "الجسر"}),
    ],
)
def test_other_words_are_not(text: str, others: set[str]) -> None:
    assert not others & name_words(text)


def test_a_surname_reaches_two_words_and_no_further() -> None:
    found = name_words("زار محمد بنسعيد القسطلاني مدينة فاس القديمة.")
    assert {"محمد", "بنسعيد", "القسطلاني"} <= found
    assert "فاس" not in found


def test_a_name_does_not_go_on_in_the_next_sentence() -> None:
    assert "الجسر" not in name_words("جاء محمد. الجسر جديد.")


@pytest.mark.parametrize("word", ["محمد", "ومحمد", "لمحمد", "عبد", "بن", "hassan"])
def test_given_names_are_known_also_behind_a_preposition(word: str) -> None:
    assert is_given_name(word)


@pytest.mark.parametrize("word", ["علي", "الجسر", "bridge", "2024", ""])
def test_the_preposition_that_looks_like_a_name_is_none(word: str) -> None:
    assert not is_given_name(word)


@pytest.mark.parametrize("word", ["شولتس", "المسيح", "descartes"])
def test_a_foreign_name_that_is_listed_is_no_given_name(word: str) -> None:
    assert not is_given_name(word)


def test_a_stretch_stroke_that_stands_alone_is_no_name() -> None:
    assert "محمد" in name_words("قال محمد ـ وهو الوزير ـ إن الجسر جديد.")


@pytest.mark.parametrize("text", ["", "12 34 — ؟!"])
def test_a_text_without_words_has_no_names(text: str) -> None:
    assert name_words(text) == set()


@pytest.mark.parametrize("text", ["محمد " * 20_000, "Ali " * 25_000, "أ" * 100_000])
def test_a_hundred_thousand_characters_take_no_time(text: str) -> None:
    began = process_time()
    name_words(text)
    assert process_time() - began < 12
