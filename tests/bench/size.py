"""How stores of growing size behave.

    python -m tests.bench.size [PASSAGES...] [--home DIR] [--save FILE]

By default 1,000, 10,000 and 100,000 passages. ``--home`` keeps the store, so that a later call goes on from it: with
the same size it only asks, which is what wants a quiet machine. ``--save`` writes the rows as JSON too.

One home grows from size to size through the product's own library and vectors. Texts are made of invented words
with the frequencies of a natural language, and vectors of random clusters, so that no time goes into embedding
what is stored. Questions are embedded by the bundled model, and that time counts. Each row is measured in a
process of its own, which is what a page that answers would be. Beside the time that passed stands the processor's,
which says more where the machine has other work. After the questions ten articles are removed one by one and stored
again.
"""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, partial
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import numpy as np
import platformdirs
from numpy.typing import NDArray

from qa.assistant import Assistant, Request
from qa.reader import Reader
from qa.settings import Settings
from qa.wiring import Parts
from vectorstore.embedding import Embedder, load
from vectorstore.library import Library
from vectorstore.records import Article, Days, Scope, Span, digest
from vectorstore.retriever import Search
from vectorstore.sync import Sync
from vectorstore.vectors import Vectors

SIZES = (1_000, 10_000, 100_000)
PASSAGES_AN_ARTICLE = 5
AT_ONCE = 400
SENTENCES_A_PASSAGE = 5
WORDS_A_SENTENCE = 20
VOCABULARY = 60_000
CLUSTERS = 2_000
DIMENSION = 384
QUESTIONS = 50
PLAIN = "Where does {} {} keep the {} {}?"
KINDS = {"an answer": PLAIN, "a list": "What did {} {} say about the {} {}?"}
WARM = 10
REMOVED = 11
FIRST_DAY = date(2015, 1, 1)
DAYS = 3_650
SCOPES = {
    "no window": Scope(),
    "a year": Scope(Days(date(2020, 1, 1), date(2020, 12, 31))),
    "a month": Scope(Days(date(2020, 3, 1), date(2020, 3, 31))),
}


class Clustered:
    """Puts each text at a place of its own in one of many clusters; ``asked``, if there, reads questions as well."""

    name = "synthetic"
    revision = "1"
    dimension = DIMENSION
    max_tokens = 512

    def __init__(self, asked: Embedder | None = None) -> None:
        self._asked = asked

    @cached_property
    def _centres(self) -> NDArray[np.float32]:
        return np.random.default_rng(0).standard_normal((CLUSTERS, DIMENSION), np.float32)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, DIMENSION)

    def query(self, text: str) -> NDArray[np.float32]:
        if self._asked:
            self._asked.query(text)
        return self._vector(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def _vector(self, text: str) -> NDArray[np.float32]:
        chance = np.random.default_rng(list(sha256(text.encode()).digest()))
        near = self._centres[chance.integers(CLUSTERS)] + chance.standard_normal(DIMENSION, np.float32)
        unit: NDArray[np.float32] = near / np.linalg.norm(near)
        return unit


class Words:
    """Invented words, the n-th as frequent as 1/n (Zipf)."""

    def __init__(self, seed: int) -> None:
        syllables = [first + second for first in "bdfgklmnprstvz" for second in "aeiou"]
        chance = np.random.default_rng(0)
        parts = chance.choice(syllables, (VOCABULARY, 3))
        self._words = ["".join(row) for row in parts]
        shares = 1 / np.arange(1, VOCABULARY + 1)
        self._up_to = np.cumsum(shares) / shares.sum()
        self._chance = np.random.default_rng(seed)

    def sentence(self, length: int = WORDS_A_SENTENCE) -> str:
        drawn = self._up_to.searchsorted(self._chance.random(length), side="right")
        return " ".join(self._words[min(at, VOCABULARY - 1)] for at in drawn)

    def question(self, asked: str = PLAIN) -> str:
        """A question with four words that may be names; real ones have 2.7 (XQuAD, English) to 3.5 (ARCD)."""
        return asked.format(*self.sentence(4).split())

    def day(self) -> date:
        return FIRST_DAY + timedelta(int(self._chance.integers(DAYS)))


def articles(start: int) -> Iterator[tuple[Article, list[Span]]]:
    """Endless articles of five passages; the first of each names a day."""
    words = Words(start)
    for number in range(start, sys.maxsize):
        passages = [
            " ".join(f"{words.sentence().capitalize()}." for _ in range(SENTENCES_A_PASSAGE))
            for _ in range(PASSAGES_AN_ARTICLE)
        ]
        passages[0] = f"On {words.day():%d %B %Y} {passages[0]}"
        text = "\n\n".join(passages)
        ends = np.cumsum([len(each) + 2 for each in passages])
        spans = [
            Span(int(end) - len(each) - 2, int(end) - 2) for end, each in zip(ends, passages, strict=True)
        ]
        now = datetime(2025, 1, 1, tzinfo=UTC)
        article = Article(digest(str(number)), digest(text), words.sentence(8), text, "en", "Bench", now)
        yield replace(article, published=words.day(), published_from="option"), spans


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds to the 10 best passages by scope and to whole answers by kind, and the process's largest memory in MB.

    Seconds are ``(questions, 2)``: those that passed, and those of the processor over all threads. The answers are
    those without a language model, with the reader.
    """

    seconds: dict[str, NDArray[np.float64]]
    answers: dict[str, NDArray[np.float64]]
    resident_mb: int
    removal_ms: float


def grow(home: Path, stored: int, wanted: int) -> float:
    """Store passages until there are ``wanted``; returns the seconds it took.

    As an ingest does, but without looking for the same story, and the vectors of many articles in one write.
    """
    library, embedder = Library(home / "library.sqlite3"), Clustered()
    vectors = Vectors(home / "vectors", embedder)
    sync = Sync(library, vectors, embedder)
    began = perf_counter()
    made = articles(stored // PASSAGES_AN_ARTICLE)
    sync.repair()
    while batch := list(islice(made, min(AT_ONCE, (wanted - stored) // PASSAGES_AN_ARTICLE))):
        for article, spans in batch:
            library.put(article, spans)
        sync.follow([article.article_id for article, _ in batch])
        stored += PASSAGES_AN_ARTICLE * len(batch)
    took = perf_counter() - began
    vectors.close()
    library.close()
    return took


def ask(home: Path) -> Asked:
    """Search in a home that nobody else holds, after ten questions a scope, none of which is asked again."""
    library = Library(home / "library.sqlite3")
    embedder = Clustered(load(None, platformdirs.user_cache_path("isnad")))
    vectors = Vectors(home / "vectors", embedder)
    search = Search(library, vectors, embedder)
    words = Words(1)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in SCOPES}
    for number in range(-WARM, QUESTIONS):
        for name, scope in SCOPES.items():
            timed = _timed(partial(search.find, words.question(), 10, scope))
            taken[name] += [timed] if number >= 0 else []
    seconds = {name: np.array(each) for name, each in taken.items()}
    assistant = Assistant(library, search, _reader())
    answers = {kind: _answers(assistant, words, asked) for kind, asked in KINDS.items()}
    resident_mb = getrusage(RUSAGE_SELF).ru_maxrss // 1024
    removal_ms = _removals(library, Sync(library, vectors, embedder))
    vectors.close()
    return Asked(seconds, answers, resident_mb, removal_ms)


def _reader() -> Reader:
    parts = Parts(Settings(home=Path(), cache=platformdirs.user_cache_path("isnad")))
    assert parts.reader, "the bundled model isn't installed here"
    return parts.reader


def _answers(assistant: Assistant, words: Words, asked: str) -> NDArray[np.float64]:
    """Seconds from a question to its whole answer."""
    requests = (Request(words.question(asked), FIRST_DAY) for _ in range(WARM + QUESTIONS))
    return np.array([_timed(partial(list, assistant.answers(each))) for each in requests][WARM:])


def _removals(library: Library, sync: Sync) -> float:
    """The median of the processor's milliseconds for the removal of an article, which is then stored again."""
    sync.repair()
    taken = []
    for article_id in library.article_ids()[:REMOVED]:
        article = library.get(article_id)
        spans = library.spans(article_id, article.version)
        busy = process_time()
        library.remove(article_id)
        sync.repair()
        taken.append(process_time() - busy)
        library.put(article, spans)
    sync.repair()
    return float(np.median(taken[1:]) * 1000)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    began, busy = perf_counter(), process_time()
    work()
    return perf_counter() - began, process_time() - busy


def _told(seconds: NDArray[np.float64]) -> str:
    half, most = np.percentile(seconds[:, 0], (50, 95)) * 1000
    return f"{half:.0f} / {most:.0f} / {np.median(seconds[:, 1]) * 1000:.0f}"


def main() -> None:
    """Print a row a size."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    columns = [f"{name}: p50 / p95 / processor p50 ms" for name in (*SCOPES, *KINDS)]
    print(
        "passages", "stored a second", *columns, "removal, processor ms", "resident MB", "disk MB", sep=" | "
    )
    rows = []
    with TemporaryDirectory() as folder, get_context("spawn").Pool(1, maxtasksperchild=1) as alone:
        home = given.home or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        stored = alone.apply(held, (home,))
        for size in given.sizes:
            took = alone.apply(grow, (home, stored, size))
            asked = alone.apply(ask, (home,))
            times = [_told(each) for each in (*asked.seconds.values(), *asked.answers.values())]
            disk = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) // 2**20
            rate = (size - stored) / took if size > stored else None
            cells = (*times, f"{asked.removal_ms:.0f}", asked.resident_mb, disk)
            print(f"{size:,}", f"{rate:.0f}" if rate else "", *cells, sep=" | ", flush=True)
            rows.append({"passages": size, "stored_a_second": rate, **_row(asked), "disk_mb": disk})
            stored = max(stored, size)
    if given.save:
        given.save.write_text(json.dumps(rows, indent=1), "utf-8")


def held(home: Path) -> int:
    """How many passages a home has."""
    library = Library(home / "library.sqlite3")
    count = library.count()[1]
    library.close()
    return count


def _row(asked: Asked) -> dict[str, object]:
    return {
        "ms": {name: _percentiles(each) for name, each in asked.seconds.items()},
        "answer_ms": {kind: _percentiles(each) for kind, each in asked.answers.items()},
        "removal_processor_ms": asked.removal_ms,
        "resident_mb": asked.resident_mb,
    }


def _percentiles(seconds: NDArray[np.float64]) -> dict[str, float]:
    return dict(zip(("p50", "p95"), (np.percentile(seconds[:, 0], (50, 95)) * 1000).tolist(), strict=True))


if __name__ == "__main__":
    main()
