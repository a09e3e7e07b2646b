"""How well citations are audited: T05 with the stub model, and sentences marked by hand, which are harder."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from claimed import FAITHFUL, load
from stub_model import Stub, altered, stub_model

from qa.answer import Answer
from qa.faults import Fault
from qa.generative import Writer
from qa.llm import chat_model
from qa.support import Checker
from vectorstore import bundled
from vectorstore.indexing import chunk_of
from vectorstore.records import Article, Chunk, digest
from vectorstore.text import sentences

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here"),
]
EACH = 100
FLOORS = json.loads((Path(__file__).parent / "quality" / "floors.json").read_text("utf-8"))["support"]


@pytest.fixture(scope="module")
def embedder() -> Any:
    from platformdirs import user_cache_path

    from vectorstore.embedding import load as load_embedder

    return load_embedder(None, user_cache_path("isnad", appauthor=False))


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with stub_model() as running:
        yield running


@pytest.fixture(scope="module")
def paragraphs(data_folder: Path) -> list[Chunk]:
    """Half Arabic, half English, each with a number in its first sentence."""
    return [chunk for language in ("ar", "en") for chunk in _numbered(data_folder, language)[: EACH // 2]]


def _numbered(data_folder: Path, language: str) -> list[Chunk]:
    data = json.loads((data_folder / f"xquad-{language}.json").read_text("utf-8"))["data"]
    texts = [paragraph["context"] for article in data for paragraph in article["paragraphs"]]
    return [_chunk(text, language) for text in texts if altered(first := _first(text)) != first]


def _first(text: str) -> str:
    span = sentences(text)[0]
    return text[span.start : span.end]


def _chunk(text: str, language: str) -> Chunk:
    article = Article(
        digest(text), digest(text), "", text, language, "s", datetime(2025, 1, 1), date(2016, 1, 1)
    )
    return chunk_of(article, 0, len(text))


def _supports(stub: Stub, embedder: Any, model: str, chunks: list[Chunk]) -> list[list[str]]:
    """For each question the supports of its answer's sentences; none where no answer was let through."""
    writer = Writer(chat_model(f"openai:{model}", stub.base_url, 60), embedder)
    found = []
    for at, chunk in enumerate(chunks):
        others = [chunks[at - 1], chunks[at - 2]]
        blank = Answer("?", "What is told?", chunk.article.language, "", articles_considered=3)
        try:
            *_, answer = writer.answers(blank, [chunk, *others], date(2025, 1, 1))
        except Fault:
            found.append([])
        else:
            found.append([each.support for each in answer.sentences])
    return found


def test_invented_and_altered_citations_are_found_and_good_ones_let_be(
    stub: Stub, embedder: Any, paragraphs: list[Chunk], figure: Callable[..., None]
) -> None:
    invented = _supports(stub, embedder, "cite-99", paragraphs)
    changed = _supports(stub, embedder, "paraphrase-num", paragraphs)
    good = _supports(stub, embedder, "echo-good", paragraphs)
    let_through = [sum("supported" in each for each in some) for some in (invented, changed)]
    alarms = sum(each != ["supported"] for each in good)
    figure("T05", failures=let_through[0], n=EACH, what="invented citation numbers let through")
    figure("T05", failures=let_through[1], n=EACH, what="altered numbers let through")
    figure("T05", failures=alarms, n=EACH, what="false alarms on verbatim sentences")
    assert len(paragraphs) == EACH
    assert let_through == [0, 0]
    assert alarms <= 2


@pytest.mark.parametrize("part", ["tuning", "apart"])
def test_sentences_marked_by_hand_are_told_apart(
    part: str, embedder: Any, figure: Callable[..., None]
) -> None:
    checker = Checker(embedder)
    pairs = [each for each in load() if each.part == part]
    flagged = {each: each.judged(checker).support != "supported" for each in pairs}
    faithful = [flagged[each] for each in pairs if each.kind == FAITHFUL]
    figure("T05", share=sum(faithful), n=len(faithful), what=f"false alarms, marked by hand ({part})")
    wrong = [each for each in pairs if each.kind != FAITHFUL]
    for where, crosses in (("across languages", True), ("within a language", False)):
        some = [each for each in wrong if each.crosses == crosses]
        found = sum(flagged[each] for each in some)
        figure("T05", share=found, n=len(some), what=f"alterations found {where}, marked by hand ({part})")
    kinds = Counter((each.kind, flagged[each]) for each in wrong)
    print({kind: f"{kinds[kind, True]} of {kinds[kind, True] + kinds[kind, False]}" for kind, _ in kinds})
    assert sum(faithful) <= FLOORS[part]["most_false_alarms"]
    assert sum(flagged[each] for each in wrong) >= FLOORS[part]["fewest_found"]
