"""Retrieval on the reporting parts of public question sets: meaning, words, and both, in twelve languages.

    python -m tests.bench.retrieval DATA_FOLDER [--vectors FOLDER] [--languages ar,en,...]

Every paragraph of a set is stored as an article, and each question asked of all of them; paragraphs rank by their
best chunk. ``--vectors`` keeps the embeddings, so that a second run only searches.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from ingest.chunking import chunk
from qa.metrics import Figure, figure, ndcg, recall, reciprocal_rank
from qa.settings import read as read_settings
from qa.wiring import Parts
from vectorstore.clues import query_clues, terms_of
from vectorstore.embedding import Embedder, load
from vectorstore.records import Article, Scope, digest
from vectorstore.retriever import DEPTH
from vectorstore.text import language_of

LANGUAGES = ("ar", "en", "es", "de", "el", "ru", "tr", "vi", "th", "zh", "hi", "ro")
TUNING_ARTICLES = 40
TEN = 10
SIDES = ("dense", "lexical", "fused")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the paragraph that holds its answer."""

    question: str
    context: str


class Kept:
    """An embedder that remembers what it has embedded, in a folder where one is given."""

    def __init__(self, embedder: Embedder, folder: Path | None) -> None:
        self._embedder = embedder
        self.name, self.revision = embedder.name, embedder.revision
        self.dimension, self.max_tokens = embedder.dimension, embedder.max_tokens
        self._path = folder / f"{digest(self.name, self.revision)}.npz" if folder else None
        self._known: dict[str, NDArray[np.float32]] = {}
        if self._path and self._path.exists():
            kept = np.load(self._path)
            self._known = dict(zip(kept["keys"].tolist(), kept["vectors"].astype(np.float32), strict=True))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """A row a text."""
        keys = [digest("passage", text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            rows = self._embedder.passages(list(new.values()))
            self._known |= dict(zip(new, rows, strict=True))
        return np.array([self._known[key] for key in keys], np.float32).reshape(-1, self.dimension)

    def query(self, text: str) -> NDArray[np.float32]:
        """One vector."""
        key = digest("query", text)
        if key not in self._known:
            self._known[key] = self._embedder.query(text)
        return self._known[key]

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has."""
        return self._embedder.count_tokens(texts)

    def keep(self) -> None:
        """Write what was embedded, in half precision."""
        if self._path:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            vectors = np.array(list(self._known.values()), np.float16)
            np.savez(self._path, keys=np.array(list(self._known)), vectors=vectors)


def paragraphs(path: Path) -> Iterator[tuple[int, str, list[Mapping[str, str]]]]:
    """The number of the article, the paragraph and its questions."""
    for number, article in enumerate(json.loads(path.read_text(encoding="utf-8"))["data"]):
        for each in article["paragraphs"]:
            yield number, each["context"], each["qas"]


def reported(questions: Path, stored: Path) -> list[Asked]:
    """The questions to report on, each with the paragraph of ``stored`` that answers it."""
    contexts = {asked["id"]: context for _, context, several in paragraphs(stored) for asked in several}
    first = TUNING_ARTICLES if stored.stem.startswith("xquad") else 0
    return [
        Asked(asked["question"], contexts[asked["id"]])
        for number, _, several in paragraphs(questions)
        for asked in several
        if number >= first
    ]


@contextmanager
def stored(path: Path, embedder: Kept) -> Iterator[Parts]:
    """A home with every paragraph of a set as an article of its own, without a title."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with TemporaryDirectory() as home:
        parts = Parts(read_settings({}, home))
        parts.embedder = embedder  # type: ignore[assignment]
        for text in dict.fromkeys(context for _, context, _ in paragraphs(path)):
            article = Article(digest(text), digest(text), "", text, language_of(text), path.stem, now)
            parts.library.put(article, chunk(text, embedder.count_tokens))
        parts.sync.repair()
        try:
            yield parts
        finally:
            parts.close()


def rankings(parts: Parts, question: str) -> dict[str, list[str]]:
    """The ids of the articles that each side finds, best first."""
    vector = parts.search.embed(question)
    clues = query_clues(question, parts.library)
    found = {
        "dense": parts.vectors.search(vector, DEPTH),
        "lexical": parts.library.lexical(sorted(terms_of(clues)), DEPTH, Scope()),
        "fused": parts.search.ranked(vector, clues, Scope()),
    }
    return {
        side: list(dict.fromkeys(each.chunk_id.partition("-")[0] for each in ranked))
        for side, ranked in found.items()
    }


def measured(parts: Parts, asked: Sequence[Asked]) -> dict[str, dict[str, Figure]]:
    """Each side's figures."""
    found = [(rankings(parts, each.question), {digest(each.context)}) for each in asked]
    return {
        side: {
            "nDCG@10": figure([ndcg(ranked[side], right, TEN) for ranked, right in found]),
            "R@1": figure([recall(ranked[side], right, 1) for ranked, right in found]),
            "R@5": figure([recall(ranked[side], right, 5) for ranked, right in found]),
            "MRR@10": figure([reciprocal_rank(ranked[side], right, TEN) for ranked, right in found]),
        }
        for side in SIDES
    }


def show(name: str, figures: Mapping[str, Mapping[str, Figure]]) -> None:
    """One line a side."""
    for side, own in figures.items():
        told = "  ".join(
            f"{what} {each.value:.3f} [{each.low:.3f}, {each.high:.3f}]" for what, each in own.items()
        )
        print(f"{name:18} {side:8} {told}  n {own['R@1'].n}", flush=True)


def main(folder: Path, vectors: Path | None, languages: Sequence[str]) -> None:
    """Print the whole table."""
    embedder = Kept(load(None, read_settings({}, None).cache), vectors)
    path = folder / "arcd-test.json"
    with stored(path, embedder) as parts:
        show("arcd-test", measured(parts, reported(path, path)))
    embedder.keep()
    pairs: list[dict[str, dict[str, Figure]]] = []
    for language in languages:
        path = folder / f"xquad-{language}.json"
        with stored(path, embedder) as parts:
            for other in languages:
                pairs.append(measured(parts, reported(folder / f"xquad-{other}.json", path)))
                show(f"xquad {other}->{language}", pairs[-1])
        embedder.keep()
    for side in SIDES:
        means = {
            what: np.mean([each[side][what].value for each in pairs])
            for what in ("nDCG@10", "R@1", "R@5", "MRR@10")
        }
        told = "  ".join(f"{what} {value:.3f}" for what, value in means.items())
        print(f"{'mean':18} {side:8} {told}  pairs {len(pairs)}")
    worse = [
        each
        for each in pairs
        if (each["fused"]["MRR@10"].value or 0) < max(each[side]["MRR@10"].value or 0 for side in SIDES[:2])
    ]
    print(f"pairs on which the better single side is better: {len(worse)} of {len(pairs)}")


if __name__ == "__main__":
    reader = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("folder", type=Path)
    reader.add_argument("--vectors", type=Path)
    reader.add_argument("--languages", default=",".join(LANGUAGES))
    given = reader.parse_args()
    main(given.folder, given.vectors, given.languages.split(","))
