"""T01 to T04: the answer without a language model, on the samples and on the public question sets."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest import samples
from ingest.chunking import chunk
from qa.assistant import Assistant, Request
from qa.operations import LocalOperations
from qa.settings import read
from qa.wiring import Parts
from vectorstore import bundled
from vectorstore.records import Article, digest
from vectorstore.text import language_of, words

SHARED = Path(__file__).parents[1].parent / "shared" / "data"
LAST_XQUAD = 40
EACH = 20
FOREIGN = 50
ASKED = 150
WITHOUT = 20
TODAY = date(2026, 11, 26)
ASKING = ("Where is this from: “{}”?", "D'où vient cette phrase : « {} » ?", "في أي مقال ورد: «{}»؟")
Figure = Callable[..., None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here"),
]


@pytest.fixture
def operations(tmp_path: Path) -> Iterator[LocalOperations]:
    parts = Parts(read({}, str(tmp_path)))
    yield LocalOperations(parts)
    parts.close()


def ask(operations: LocalOperations, question: str, **options: Any) -> dict[str, Any]:
    return list(operations.ask(question, **options))[-1]


def excerpts(text: str, chance: random.Random, number: int) -> list[str]:
    """Runs of 20 to 40 words, without quotation marks, which would end the question's own."""
    spans = words(text)
    found = []
    for _ in range(number):
        length = min(chance.randint(20, 40), len(spans))
        first = chance.randrange(len(spans) - length + 1)
        run = text[spans[first].start : spans[first + length - 1].end]
        found.append(" ".join(run.translate(dict.fromkeys(map(ord, '«»“”"„'), " ")).split()))
    return found


def contexts(name: str) -> list[tuple[str, list[dict[str, Any]], int]]:
    """Paragraph, its questions and the number of the article, of one public set."""
    path = SHARED / f"{name}.json"
    if not path.exists():
        pytest.skip("the public question sets aren't here")
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    return [
        (each["context"], each["qas"], at)
        for at, article in enumerate(data)
        for each in article["paragraphs"]
    ]


def test_excerpts_are_traced_to_their_article_and_foreign_ones_declined(
    operations: LocalOperations, figure: Figure
) -> None:
    chance = random.Random(3)
    list(operations.ingest([str(path) for path in samples.paths()]))
    asked = right = 0
    for article in operations.articles()["articles"]:
        text = operations.show(article["article_id"])["text"]
        for at, excerpt in enumerate(excerpts(text, chance, EACH)):
            cited = ask(operations, ASKING[at % 3].format(excerpt))["citations"][:1]
            asked += 1
            right += [(each["title"], each["source"], each["published"]) for each in cited] == [
                (article["title"], article["source"], article["published"])
            ]
    figure("T03", share=right, n=asked, what="excerpts with title, outlet and date right")
    texts = [text for name in ("xquad-ar", "xquad-en") for text, _, _ in contexts(name)]
    foreign = [excerpts(text, chance, 1)[0] for text in chance.sample(texts, FOREIGN)]
    wrong = sum(
        not ask(operations, ASKING[at % 3].format(excerpt))["abstained"] for at, excerpt in enumerate(foreign)
    )
    figure("T03", failures=wrong, n=FOREIGN, what="foreign excerpts not declined")
    assert right >= 0.95 * asked
    assert not wrong


SETS = [
    ("arcd-test", "arcd-test", 0.76, 0.8),
    ("xquad-ar", "xquad-ar", 0.76, 0.84),
    ("xquad-en", "xquad-ar", 0.62, 0.69),
]


@dataclass
class Tally:
    """What came of a set's questions: how many answers hold the gold answer, and how many refuse.

    ``shown`` counts the first three of what is quoted and, below it, told to be next nearest.
    """

    first: int = 0
    third: int = 0
    shown: int = 0
    refused: int = 0

    def add(self, quotes: list[str], nearest: list[str], answers: list[str]) -> None:
        hits = [any(each in quote for each in answers) for quote in (*quotes, *nearest)]
        self.first += any(hits[: min(1, len(quotes))])
        self.third += any(hits[: min(3, len(quotes))])
        self.shown += bool(quotes) and any(hits[:3])
        self.refused += not quotes


@pytest.mark.parametrize(("asked", "stored", "floor_1", "floor_3"), SETS)
def test_quotations_hold_the_answer_and_are_the_stored_words(
    operations: LocalOperations, figure: Figure, asked: str, stored: str, floor_1: float, floor_3: float
) -> None:
    parts = operations._parts
    gold = {}
    for text, questions, _ in contexts(stored):
        _store(parts, text)
        gold |= {each["id"]: (text, [answer["text"] for answer in each["answers"]]) for each in questions}
    parts.sync.repair()
    held_out = LAST_XQUAD if asked.startswith("xquad") else 0
    every = [each for _, own, at in contexts(asked) if at >= held_out for each in own]
    questions = random.Random(5).sample(every, ASKED)
    unread = Assistant(parts.library, parts.search)
    read_again, read_once, quoted = Tally(), Tally(), []
    for question in questions:
        answers = gold[question["id"]][1]
        told = ask(operations, question["question"])
        cited, nearest = told["citations"], told["nearest"]
        read_again.add([each["quote"] for each in cited], [each["quote"] for each in nearest], answers)
        quoted += cited
        *_, plain = unread.answers(Request(question["question"], TODAY))
        read_once.add(
            [each.passage.quote for each in plain.citations], [each.quote for each in plain.nearest], answers
        )
    broken = sum(
        operations.show(each["article_id"], version=each["version"])["text"][each["start"] : each["end"]]
        != each["quote"]
        for each in quoted
    )
    length = sum(len(each["quote"]) for each in quoted) / len(quoted)
    of = f"{asked} of {stored}"
    figure(
        "T01", failures=broken, n=len(quoted), what=f"quotes unlike their slice, {of}", by_construction=True
    )
    for what, tally in ((of, read_again), (f"{of}, without the reader", read_once)):
        figure("T02", share=tally.first, n=ASKED, what=f"hit@1, {what}")
        figure("T02", share=tally.third, n=ASKED, what=f"hit@3, quoted, {what}")
        figure("T02", share=tally.shown, n=ASKED, what=f"hit@3, quoted or next nearest, {what}")
        figure("T04", share=tally.refused, n=ASKED, what=f"answerable, yet refused, {what}")
    figure("T02", length, n=len(quoted), what=f"mean length of a quote, {of}", unit="characters")
    answered = _answered_without(operations, gold, questions[:WITHOUT])
    figure("T04", share=answered, n=WITHOUT, what=f"unanswerable, yet answered, {of}")
    assert not broken
    assert length <= 250
    assert read_again.first >= floor_1 * ASKED
    assert read_again.third >= floor_3 * ASKED


def _answered_without(
    operations: LocalOperations, gold: dict[str, tuple[str, list[str]]], questions: list[dict[str, Any]]
) -> int:
    """How many questions are answered although their own paragraph was taken out."""
    answered = 0
    for question in questions:
        text = gold[question["id"]][0]
        operations.remove([digest(text)])
        answered += not ask(operations, question["question"])["abstained"]
        _store(operations._parts, text)
        operations._parts.sync.repair()
    return answered


def _store(parts: Parts, text: str) -> None:
    """A paragraph as an article of its own, without a title."""
    stored = Article(
        digest(text), digest(text), "", text, language_of(text), "set", datetime(2026, 1, 1, tzinfo=UTC)
    )
    parts.library.put(stored, chunk(text, parts.embedder.count_tokens))
