"""A home in a test's folder: the real library and the real vectors, with a small embedder."""

import atexit
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from shutil import copytree, rmtree
from tempfile import mkdtemp
from typing import Any

import pytest
from fakes import WordEmbedder
from platformdirs import user_cache_path

from ingest.addresses import AddressCheck
from ingest.chunking import chunk
from ingest.fetch import Fetcher, Rate
from ingest.pipeline import NOTHING, Given, Item, Pipeline
from ingest.sandbox import Sandbox
from ingest.sources import Sources
from ingest.web import Web
from qa.operations import LocalOperations
from qa.reader import Reader
from qa.settings import Settings, read
from qa.wiring import Parts
from vectorstore import bundled
from vectorstore.library import Library
from vectorstore.records import Article, Span, digest
from vectorstore.retriever import Search
from vectorstore.sync import Sync
from vectorstore.text import language_of
from vectorstore.vectors import Vectors

NOW = datetime(2024, 10, 5, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Home:
    """The parts of one home, opened."""

    embedder: WordEmbedder
    library: Library
    vectors: Vectors
    sync: Sync
    search: Search
    pipeline: Pipeline

    def ingest(self, *inputs: Path, given: Given = NOTHING) -> list[Item]:
        """The items of one ingest, without the number that comes first."""
        return [
            each
            for each in self.pipeline.ingest([str(path) for path in inputs], given)
            if isinstance(each, Item)
        ]

    def store(self, stored: Article, spans: Sequence[Span] | None = None) -> None:
        """Put an article into the library and have the vectors follow."""
        self.library.put(stored, chunk(stored.text, self.embedder.count_tokens) if spans is None else spans)
        self.sync.follow([stored.article_id])

    def found(self, query: str) -> list[str]:
        """The texts of the passages found by words or meaning, best first."""
        return [hit.chunk.text for hit in self.search.find(query, 10)]


@contextmanager
def opened(folder: Path, embedder: WordEmbedder | None = None) -> Iterator[Home]:
    """The home in ``folder``, repaired as on every start, closed at the end."""
    embedder = embedder or WordEmbedder()
    if not (folder / "vectors").exists() and embedder.revision == "1":
        copytree(_no_vectors(), folder / "vectors")
    library = Library(folder / "library.sqlite3")
    web = Web(sandbox(), Fetcher(AddressCheck(allow_private=True), Rate(pause_s=0)), library)
    vectors = Vectors(folder / "vectors", embedder)
    sync = Sync(library, vectors, embedder)
    sync.repair()
    try:
        yield Home(
            embedder,
            library,
            vectors,
            sync,
            Search(library, vectors, embedder),
            Pipeline(library, sync, embedder, Sources(sandbox(), web), lambda: NOW),
        )
    finally:
        vectors.close()
        library.close()


@cache
def sandbox() -> Sandbox:
    """One for all tests: a process takes half a second to start."""
    made = Sandbox()
    atexit.register(made.close)
    return made


@cache
def reader() -> Reader | None:
    """One for all tests: the model that it is made of takes seconds to unpack and to read."""
    folder = bundled.unpack(user_cache_path("isnad")) if bundled.available() else None
    return Reader.load(folder, bundled.tokenizer(folder)) if folder else None


@cache
def _no_vectors() -> Path:
    """Vectors as they are when just made: Chroma is slow to make its tables, and this is done for every test."""
    folder = Path(mkdtemp())
    atexit.register(rmtree, folder)
    Vectors(folder, WordEmbedder()).close()
    return folder


@contextmanager
def operating(folder: Path, embedder: WordEmbedder | None = None) -> Iterator[tuple[LocalOperations, Parts]]:
    """The operations of the home in ``folder``, with the parts they stand on."""
    parts = Parts(Settings(home=folder / "home", cache=folder / "cache"))
    parts.embedder = embedder or WordEmbedder()  # type: ignore[assignment]
    parts.sandbox, parts.reader = sandbox(), reader()
    try:
        yield LocalOperations(parts), parts
    finally:
        del parts.sandbox  # which the next test uses too
        parts.close()


@contextmanager
def answering(folder: Path, stored: Iterable[Article]) -> Iterator[tuple[LocalOperations, Parts]]:
    """The operations of a home in ``folder`` that holds the articles ``stored``, with the real embedding model."""
    parts = Parts(read({}, str(folder)))
    for each in stored:
        parts.library.put(each, chunk(each.text, parts.embedder.count_tokens))
    parts.sync.repair()
    try:
        yield LocalOperations(parts), parts
    finally:
        parts.close()


def reported(reports: Iterable[tuple[date, str, str]]) -> Iterator[Article]:
    """An article for each day, title and text, in the language of its text."""
    return (
        article(text, title, title=title, published=day, language=language_of(text))
        for day, title, text in reports
    )


def newsroom(reports: Sequence[tuple[date, str, str]]) -> Any:
    """A fixture, once a module: the operations of a home that holds ``reports`` (see ``reported``)."""

    @pytest.fixture(scope="module")
    def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
        with answering(tmp_path_factory.mktemp("home"), reported(reports)) as (made, _):
            yield made

    return operations


def article(text: str, name: str = "a", **changes: object) -> Article:
    """An article of a sample outlet, published on 3 October 2024 unless ``changes`` say otherwise."""
    fields: dict[str, object] = {
        "article_id": digest(name),
        "version": digest(text),
        "title": "",
        "text": text,
        "language": "en",
        "source": "Isnad sample",
        "ingested_at": NOW,
        "published": date(2024, 10, 3),
        "published_from": "byline",
    }
    return Article(**(fields | changes))  # type: ignore[arg-type]


def write(path: Path, content: str) -> Path:
    """A text file at ``path``, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path
