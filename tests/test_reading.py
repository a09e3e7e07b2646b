from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest
from homes import article

from qa.evidence import Evidence
from qa.question import Kind, Question
from qa.rating import Signs
from qa.reader import Reading
from qa.reading import LONGEST_READ, MOST_READ, SETTLED, Readings
from vectorstore.clues import Clue
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk

ASKED = Question("?", "en", Kind.WHAT, "?", None)
SIGNS = Signs(0.9, 0.9, 1.0, 1.0, True, 1.0, 1.0, 1.0)


def evidence(text: str, probability: float = 0.5, at: int = 0) -> Evidence:
    told = article(text, text, published=date(2024, 5, 1))
    sentences = sentences_of(told)
    return Evidence(Chunk(told, 0, len(text), sentences), sentences[at], SIGNS, probability)


def reading(text: str, word: str | None) -> Reading:
    """As if each character were a token, and ``word`` the answer."""
    places = np.array([(at, at + 1) for at in range(len(text))])
    begins, ends = np.full(len(text), -4.0, np.float32), np.full(len(text), -4.0, np.float32)
    if word and word in text:
        start = text.index(word)
        begins[start] = ends[start + len(word) - 1] = 4.0
    return Reading(places, begins, ends)


@dataclass
class FakeReader:
    word: str
    texts: list[str] = field(default_factory=list)

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.texts += texts
        return [reading(text, self.word) for text in texts]


def test_the_sentence_in_which_the_answer_stands_comes_first_with_its_words() -> None:
    first, *_ = Readings(FakeReader("twelve"), ASKED).of(
        [evidence("It rained."), evidence("There were twelve.")]
    )
    assert first.text == "There were twelve."
    assert first.answer
    assert first.chunk.article.text[first.answer.start : first.answer.end] == "twelve"


def test_only_the_likeliest_are_read_and_the_others_stay_behind_them() -> None:
    reader = FakeReader("twelve")
    many = [evidence(f"Sentence {at} tells it.", 0.6 - at / 100) for at in range(MOST_READ + 3)]
    read = Readings(reader, ASKED).of(many)
    assert len(reader.texts) == MOST_READ
    assert [each.answer is None for each in read] == [False] * MOST_READ + [True] * 3
    assert [each.probability for each in read] == sorted((each.probability for each in read), reverse=True)


def test_nothing_more_is_read_once_one_is_likely_enough() -> None:
    reader = FakeReader("twelve")
    read = Readings(reader, ASKED).of([evidence("There were twelve.", 0.999), evidence("It rained.")])
    assert reader.texts == ["There were twelve."]
    assert [each.text for each in read] == ["There were twelve.", "It rained."]
    assert read[0].probability >= SETTLED > read[1].probability


def test_no_passage_is_read_twice_for_one_question() -> None:
    reader = FakeReader("twelve")
    readings = Readings(reader, ASKED)
    again = evidence("There were twelve.")
    assert readings.of([again])[0].answer == readings.of([again])[0].answer
    assert len(reader.texts) == 1


def test_a_sentence_is_read_with_those_around_it_but_answers_alone() -> None:
    reader = FakeReader("The bridge")
    text = "The bridge was long awaited. It opened in May. Nobody came."
    (read,) = Readings(reader, ASKED).of([evidence(text, at=1)])
    assert reader.texts == [text]
    assert read.answer
    assert read.answer.start >= read.sentence.start


def test_sentences_of_one_run_are_read_at_once() -> None:
    reader = FakeReader("twelve")
    text = "It rained. There were twelve."
    read = Readings(reader, ASKED).of([evidence(text), evidence(text, 0.2, at=1)])
    assert reader.texts == [text]
    assert [each.text for each in read] == ["There were twelve.", "It rained."]


def test_a_run_is_no_longer_than_the_reader_was_trained_on() -> None:
    reader = FakeReader("twelve")
    text = " ".join(f"Sentence number {at:02} says that it rained." for at in range(30))
    Readings(reader, ASKED).of([evidence(text, at=15)])
    (read,) = reader.texts
    assert LONGEST_READ - 50 < len(read) <= LONGEST_READ
    assert read.index("number 15") in range(LONGEST_READ // 3, LONGEST_READ * 2 // 3)


def test_a_lower_probability_stays_lower_when_the_reader_sees_no_difference() -> None:
    likely, unlikely = evidence("It rained in May."), replace(evidence("It snowed in May."), probability=0.1)
    read = Readings(FakeReader("twelve"), ASKED).of([unlikely, likely])
    assert [each.text for each in read] == ["It rained in May.", "It snowed in May."]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_reader_counts_in_the_question_s_language_and_in_others(language: str) -> None:
    (unlikely,) = Readings(FakeReader("twelve"), replace(ASKED, language=language)).of(
        [replace(evidence("There were twelve."), probability=0.1)]
    )
    assert unlikely.probability > 0.5


def test_whether_something_is_so_is_not_for_the_reader_to_rate() -> None:
    asked = replace(ASKED, kind=Kind.YES_NO)
    told = evidence("There were twelve.")
    (read,) = Readings(FakeReader("twelve"), asked).of([told])
    assert read.probability == told.probability
    assert read.answer


def test_the_title_is_read_before_where_it_alone_names_what_is_asked_about() -> None:
    reader = FakeReader("twelve")
    davao = Clue(frozenset({frozenset({"davao"})}), 1.0, held=True)
    told = evidence("There were twelve.")
    headed = replace(told.chunk.article, title="Quake in Davao")
    told = replace(told, chunk=replace(told.chunk, article=headed))
    (read,) = Readings(reader, ASKED, [davao]).of([told])
    assert reader.texts == ["Quake in Davao\nThere were twelve."]
    assert read.answer
    assert headed.text[read.answer.start : read.answer.end] == "twelve"


def test_a_sentence_further_off_is_read_too_where_it_names_what_is_asked_about() -> None:
    reader = FakeReader("twelve")
    davao = Clue(frozenset({frozenset({"davao"})}), 1.0, held=True)
    text = f"It shook Davao. {'It rained on and on. ' * 14}There were twelve."
    Readings(reader, ASKED, [davao]).of([evidence(text, at=15)])
    Readings(reader, ASKED).of([evidence(text, at=15)])
    assert ["Davao" in each for each in reader.texts] == [True, False]
