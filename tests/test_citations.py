from time import process_time

import pytest

from qa.citations import HoldBack, bare, marks, without_marks
from qa.written import SentenceReader, Written


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("[1]", (1,)),
        ("[1, 2]", (1, 2)),
        ("[1، 2]", (1, 2)),
        ("[١]", (1,)),
        ("[۲]", (2,)),
        ("[３]", (3,)),
        ("【1】", (1,)),
        ("【1†L3-L4】", (1,)),
        ("[1-3]", (1, 2, 3)),
        ("[٣ - ١]", (1, 2, 3)),
        ("[1–3, 5]", (1, 2, 3, 5)),
        ("[1; 2 and 4]", (1, 2, 4)),
        ("[١ و٢]", (1, 2)),
        ("[[3]]", (3,)),
        ("[^2]", (2,)),
        ("[passage 2]", (2,)),
        ("[Sources: 1; 2]", (1, 2)),
        ("[المقطع ٢]", (2,)),
        ("[1](https://evil.example/?q=x)", (1,)),
        ("[99]", (99,)),
    ],
)
def test_every_spelling_of_a_mark_is_known(written: str, numbers: tuple[int, ...]) -> None:
    text = f"He met her {written}."
    found = marks(text)
    assert [each.numbers for each in found] == [numbers]
    assert without_marks(text, found) == ("He met her.", [10])


@pytest.mark.parametrize(
    "text", ["[2024]", r"\[1\]", "[12.5]", "[a]", "[1", "1]", "(1)", "[page 3 of 4]", "[]"]
)
def test_what_only_looks_like_a_mark_is_text(text: str) -> None:
    assert marks(text) == []


def test_adjacent_marks_are_two() -> None:
    assert [each.numbers for each in marks("[1][2]")] == [(1,), (2,)]


def test_an_answers_sentence_without_marks_and_escapes_is_what_was_claimed() -> None:
    assert bare(r"The report \[3\] cost 5\*3 [1] [2].") == "The report [3] cost 5*3."


def test_a_stream_never_shows_a_part_of_a_mark() -> None:
    text = "He met her [1, 2] in [2024] and left【3】. See [1](https://a.example/b) too [4]"
    for size in range(1, 9):
        holdback, shown = HoldBack(), ""
        for start in range(0, len(text), size):
            shown += holdback.feed(text[start : start + size])
            for mark in marks(text):
                assert not mark.start < len(shown) < mark.end
        assert shown + holdback.end() == text


def test_an_open_bracket_is_not_held_back_for_ever() -> None:
    holdback = HoldBack()
    assert holdback.feed("[" + "word " * 30).startswith("[word")


@pytest.mark.parametrize("unit", ["[", "[1", "[1,", "[1](", "[1](http:x", "【1†", "[passage ", "\\", "[1 - "])
def test_hostile_text_takes_no_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    began = process_time()
    marks(text)
    holdback = HoldBack()
    for start in range(0, len(text), 500):
        holdback.feed(text[start : start + 500])
    assert process_time() - began < 8


def _read(text: str, size: int) -> list[Written]:
    reader, found = SentenceReader(), []
    for start in range(0, len(text), size):
        found += reader.feed(text[start : start + size])
    return found + reader.end()


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met her. [1] Then he left [2].", [(" ", "He met her.", (1,)), (" ", "Then he left.", (2,))]),
        (
            "- **Ali** met Sara [1]\n- Omar met Huda [2, 3].\n\nAll in Rabat [1].",
            [
                ("\n- ", "Ali met Sara", (1,)),
                ("\n- ", "Omar met Huda.", (2, 3)),
                ("\n\n", "All in Rabat.", (1,)),
            ],
        ),
        ("1. One did [1].\n2. Two did [2].", [("\n- ", "One did.", (1,)), ("\n- ", "Two did.", (2,))]),
        ("[1] One did so.", [(" ", "One did so.", (1,))]),
        (
            "التقى حموشي المزروعي [١]. ثم غادر [٢].",
            [(" ", "التقى حموشي المزروعي.", (1,)), (" ", "ثم غادر.", (2,))],
        ),
        ("U.S. officials met Mr. Smith [1].", [(" ", "U.S. officials met Mr. Smith.", (1,))]),
        ("A toll of 2.5 million [1] and more.", [(" ", "A toll of 2.5 million and more.", (1,))]),
    ],
)
def test_sentences_come_with_the_numbers_they_cite(
    text: str, expected: list[tuple[str, str, tuple[int, ...]]], size: int
) -> None:
    assert [(each.lead, each.text, each.numbers) for each in _read(text, size)] == expected


def test_links_pictures_and_tags_are_taken_off() -> None:
    text = (
        "![x](http://evil.example/?q=1) See [here](http://evil.example) <img src=x onerror=alert(1)> now [1]."
    )
    assert _read(text, 3) == [Written(" ", "x See here now.", (1,))]


def test_a_list_of_sources_at_the_end_is_left_out() -> None:
    assert [each.text for each in _read("He met her [1].\n\nSources:\n[1] Le Matin\n[2] Hespress", 5)] == [
        "He met her."
    ]


def test_a_sentence_is_given_out_when_the_next_one_begins() -> None:
    reader = SentenceReader()
    assert reader.feed("He met her [1]. ") == []
    assert [each.text for each in reader.feed("Then he ")] == ["He met her."]
