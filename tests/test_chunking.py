from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from fakes import WordEmbedder

from ingest.chunking import MAX_TOKENS, TARGET_TOKENS, chunk
from vectorstore.records import Span

LETTERS_A_TOKEN = 4
SENTENCE = "The minister opened the new bridge over the river in Rabat today."
ARABIC = (
    "افتتح الوزير اليوم الجسر الجديد فوق النهر في الرباط بحضور عدد من المسؤولين، كما زار المدينة القديمة."
)


def by_words(texts: object) -> list[int]:
    return WordEmbedder().count_tokens(texts)  # type: ignore[arg-type]


def by_letters(texts: list[str]) -> list[int]:
    """As a model does that cuts unknown words: every few letters are a token."""
    return [-(-len(text) // LETTERS_A_TOKEN) for text in texts]


def letters(text: str) -> str:
    return "".join(each for each in text if each.isalnum())


def assert_sound(text: str, spans: list[Span]) -> None:
    """In order, without overlap, and no letter or digit left out."""
    for one, other in pairwise(spans):
        assert one.end <= other.start
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    assert letters("".join(text[span.start : span.end] for span in spans)) == letters(text)


def paragraphs(*lengths: int) -> str:
    return "\n".join(" ".join([SENTENCE] * length) for length in lengths)


TEXTS = {
    "one sentence": SENTENCE,
    "long paragraphs": paragraphs(40, 3, 60),
    "short paragraphs": paragraphs(*[1] * 80),
    "Arabic": "\n\n".join([ARABIC] * 50),
    "a list": "\n".join(f"- {SENTENCE}" for _ in range(60)),
    "one sentence of a thousand words": " ".join(["word"] * 1000) + ".",
    "a sentence of clauses": ", ".join(["as the minister said in Rabat"] * 200) + ".",
    "clauses and rows of words": ", ".join([" ".join(["word"] * 300)] * 4),
    "one long word": "a" * 5000,
    "long words": " ".join(["b" * 3000] * 5),
    "signs between sentences": f"{SENTENCE}\n{'★ ' * 500}\n{SENTENCE}",
    "signs at both ends": f"★★★ {SENTENCE} ★★★",
    "letters beyond the first plane": "😀 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 " * 400,
    "windows line ends": paragraphs(2, 3, 50).replace("\n", "\r\n"),
}


@pytest.mark.parametrize("count", [by_words, by_letters], ids=["words", "letters"])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_chunks_hold_every_letter_once_and_are_never_too_long(text: str, count: object) -> None:
    spans = chunk(text, count)  # type: ignore[arg-type]
    assert_sound(text, spans)
    assert max(count([text[span.start : span.end] for span in spans])) <= MAX_TOKENS  # type: ignore[operator]


@pytest.mark.parametrize("text", ["", " \n\t ", "***\n---", "…!?"])
def test_a_text_without_a_word_has_no_chunk(text: str) -> None:
    assert chunk(text, by_words) == []


def test_a_short_text_is_one_chunk() -> None:
    text = f"  {SENTENCE} {SENTENCE}\n"
    assert chunk(text, by_words) == [Span(2, len(text) - 1)]


def test_chunks_begin_and_end_with_a_sentence() -> None:
    text = paragraphs(40)
    for span in chunk(text, by_words):
        assert text[span.start : span.end].startswith("The minister")
        assert text[span.start : span.end].endswith("today.")


def test_short_paragraphs_are_joined_until_there_is_enough_to_embed() -> None:
    text = paragraphs(*[1] * 60)
    counts = by_words([text[span.start : span.end] for span in chunk(text, by_words)])
    assert all(TARGET_TOKENS <= each <= TARGET_TOKENS + len(SENTENCE.split()) for each in counts[:-1])


def test_a_chunk_that_is_long_enough_ends_with_its_paragraph() -> None:
    text = paragraphs(11, 1)
    assert len(chunk(text, by_words)) == 2
    assert len(chunk(text.replace("\n", " "), by_words)) == 1


def test_a_sentence_that_is_too_long_is_cut_at_its_clauses() -> None:
    clause = "as the minister said in Rabat"
    text = ", ".join([clause] * 60) + "."
    for span in chunk(text, by_words):
        assert text[span.start : span.end].startswith(clause)
        assert text[span.start : span.end].rstrip(".").endswith(clause)


def test_words_without_a_comma_are_cut_between_words() -> None:
    text = " ".join(["word"] * 1000)
    for span in chunk(text, by_words):
        assert set(text[span.start : span.end].split()) == {"word"}


def test_the_same_text_is_cut_at_the_same_places() -> None:
    text = paragraphs(40, 3, 60)
    assert chunk(text, by_words) == chunk(text, by_words)


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "ا" * 100_000, "word " * 20_000, "a," * 50_000, "★ a. " * 20_000]
)
def test_a_hundred_thousand_characters_take_no_time(text: str) -> None:
    began = process_time()
    spans = chunk(text, by_letters)
    assert process_time() - began < 12
    assert_sound(text, spans)


def test_real_articles_are_cut_soundly(articles_folder: Path) -> None:
    for path in sorted(articles_folder.rglob("*.txt"))[:20]:
        text = path.read_text(encoding="utf-8", errors="replace")
        spans = chunk(text, by_words)
        assert_sound(text, spans)
        assert max(by_words([text[span.start : span.end] for span in spans]), default=0) <= MAX_TOKENS
