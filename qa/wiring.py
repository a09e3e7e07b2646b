"""Settings into parts: the one module that knows all concrete classes."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from qa.settings import NO_MODEL, Settings, check_llm
from vectorstore.errors import BadSetting
from vectorstore.library import Library

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    from ingest.pipeline import Pipeline
    from ingest.sandbox import Sandbox
    from qa.assistant import Assistant
    from qa.conversations import Conversations
    from qa.generative import Writer
    from qa.operations import Operations
    from qa.reader import Reader
    from qa.support import Checker, PassageEmbedder
    from vectorstore.embedding import SentenceEmbeddings
    from vectorstore.retriever import Search
    from vectorstore.sync import Sync
    from vectorstore.vectors import Vectors

LIBRARY_FILE = "library.sqlite3"
CONVERSATIONS_FILE = "conversations.sqlite3"
VECTORS_FOLDER = "vectors"
ASIDE = ".damaged"
"""What a damaged file's name gets where a sound one takes its place."""
WAIT_S = 30.0


class Parts:
    """The parts of one home. The light ones are there at once, those that load a model when first used.

    Only the process that owns the home (see ``vectorstore.ownership``) may touch ``vectors`` and what stands on
    them.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._writers: dict[str, Writer] = {}

    @cached_property
    def library(self) -> Library:
        """The articles."""
        return Library(self.settings.home / LIBRARY_FILE)

    @cached_property
    def conversations(self) -> "Conversations":
        """The saved chats."""
        from qa.conversations import Conversations

        return Conversations(self.settings.home / CONVERSATIONS_FILE)

    @cached_property
    def embedder(self) -> "SentenceEmbeddings":
        """The embedding model."""
        from vectorstore.embedding import load

        return load(self.settings.embedding_model, self.settings.cache)

    @cached_property
    def reader(self) -> "Reader | None":
        """What reads the likeliest sentences again; none where the model that it is made of isn't bundled."""
        from qa.reader import Reader
        from vectorstore import bundled

        if not bundled.available():
            return None
        # The embedder has most likely read the same vocabulary, which takes a second.
        own = self.embedder.revision == bundled.REVISION
        folder = bundled.unpack(self.settings.cache)
        return Reader.load(folder, self.embedder.tokenizer if own else bundled.tokenizer(folder))

    @cached_property
    def vectors(self) -> "Vectors":
        """The vectors, brought into step with the library where a crash left them behind."""
        from vectorstore.vectors import Vectors

        return Vectors(self.settings.home / VECTORS_FOLDER, self.embedder)

    @cached_property
    def sync(self) -> "Sync":
        """What keeps the vectors in step with the library; it repairs what a crash left pending."""
        from vectorstore.sync import Sync

        sync = Sync(self.library, self.vectors, self.embedder)
        sync.repair()
        return sync

    @cached_property
    def search(self) -> "Search":
        """Retrieval."""
        from vectorstore.reranking import CrossReader
        from vectorstore.retriever import Search

        reranker = CrossReader(self.settings.reranker) if self.settings.reranker else None
        with self._lock:
            self.sync  # noqa: B018  a search before the repair would miss what a crash left pending
            return Search(self.library, self.vectors, self.embedder, reranker)

    @cached_property
    def pipeline(self) -> "Pipeline":
        """Ingest."""
        from ingest.addresses import AddressCheck
        from ingest.fetch import Fetcher
        from ingest.pipeline import Pipeline
        from ingest.sources import Sources
        from ingest.web import Web

        fetcher = Fetcher(AddressCheck(self.settings.allow_private_addresses))
        sources = Sources(self.sandbox, Web(self.sandbox, fetcher, self.library))
        with self._lock:
            return Pipeline(self.library, self.sync, self.embedder, sources)

    @cached_property
    def sandbox(self) -> "Sandbox":
        """Where untrusted files are parsed."""
        from ingest.sandbox import Sandbox

        return Sandbox()

    @cached_property
    def assistant(self) -> "Assistant":
        """Question answering."""
        from qa.assistant import Assistant

        return Assistant(self.library, self.search, self.reader)

    def writer(self, llm: str | None = None) -> "Writer | None":
        """What has the chat model ``llm`` write answers, null for ``none``; by default the model that is set.

        Raises ``BadSetting`` and ``ModelUnavailable`` for one that can't be used.
        """
        try:
            name = check_llm(llm or self.settings.llm)
        except ValueError as error:
            raise BadSetting(f"{llm} can't be used as a chat model: it takes {error}") from error
        if name == NO_MODEL:
            return None
        from qa.generative import Writer
        from qa.llm import chat_model

        with self._lock:
            if name not in self._writers:
                model = chat_model(name, self.settings.llm_base_url, self.settings.llm_timeout_s)
                self._writers[name] = Writer(model, self.embedder)
            return self._writers[name]

    def checker(self) -> "Checker":
        """What checks one answer; the embedding model is loaded when words alone don't decide."""
        from qa.support import Checker

        return Checker(_WhenNeeded(lambda: self.embedder))

    def reindex(self) -> Iterator[dict[str, Any]]:
        """Embed every article again, whatever model made the vectors before."""
        from vectorstore.vectors import Vectors, discard

        began = monotonic()
        folder = self.settings.home / VECTORS_FOLDER
        with self._lock:
            self._forget("vectors", "sync", "search", "pipeline", "assistant")
            discard(folder)
            self.vectors = Vectors(folder, self.embedder)
        total, chunks = self.library.count()
        self.library.mark_all_pending()
        for done in self._sync_afresh().reindex():
            yield {"done": done, "total": total}
        yield {"articles": total, "chunks": chunks, "seconds": round(monotonic() - began, 1)}

    def _sync_afresh(self) -> "Sync":
        from vectorstore.sync import Sync

        self.sync = Sync(self.library, self.vectors, self.embedder)
        return self.sync

    def _forget(self, *names: str) -> None:
        if "vectors" in self.__dict__:
            self.vectors.close()
        for name in names:
            self.__dict__.pop(name, None)

    def close(self) -> None:
        """Close what was opened."""
        self._forget("vectors")
        if "sandbox" in self.__dict__:
            self.sandbox.close()
        if "library" in self.__dict__:
            self.library.close()


class _WhenNeeded:
    """An embedder that is made when it is first used."""

    def __init__(self, make: "Callable[[], PassageEmbedder]") -> None:
        self._make = make

    def passages(self, texts: "Sequence[str]") -> "NDArray[float32]":
        """A unit vector a text."""
        return self._make().passages(texts)


@contextmanager
def open_parts(settings: Settings) -> Iterator[tuple[Parts, "Operations"]]:
    """The parts of a home that nobody else uses, and the operations on them."""
    from qa.operations import LocalOperations

    parts = Parts(settings)
    try:
        yield parts, LocalOperations(parts)
    finally:
        parts.close()


def saved_chats(settings: Settings) -> "Conversations":
    """The saved chats of a home: beside any owner, like the articles."""
    return Parts(settings).conversations


@contextmanager
def open_library(settings: Settings) -> Iterator["Operations"]:
    """The operations that need no vectors (``articles``, ``show``): beside any owner, at once."""
    with open_parts(settings) as (_, operations):
        yield operations


@contextmanager
def open_operations(settings: Settings, say: Callable[[str], None] | None = None) -> Iterator["Operations"]:
    """The operations of a home: done here where this process can own it, else handed to the page that does.

    ``say`` gets a line when there is something to wait for. Raises ``HomeBusy`` and ``HomeUnusable``.
    """
    from qa.handover import RemoteOperations, answering
    from qa.logs import logged, logged_in_home
    from vectorstore.ownership import Page, claim

    with claim(settings.home, wait_s=WAIT_S, answers=answering, say=say) as owner:
        if isinstance(owner, Page):
            yield RemoteOperations(owner)
            return
        with logged_in_home(settings), open_library(settings) as operations:
            yield logged(operations)


def restore_home(settings: Settings, file: Path, say: Callable[[str], None] | None = None) -> dict[str, Any]:
    """Make the empty home the one that the backup ``file`` holds. Raises ``HomeBusy`` and as ``restore`` does."""
    from qa.restore import restore_backup
    from vectorstore.ownership import own

    @contextmanager
    def opened(home: Path) -> Iterator[Parts]:
        with open_parts(replace(settings, home=home)) as (parts, _):
            yield parts

    with own(settings.home, wait_s=WAIT_S, say=say):
        return restore_backup(file, settings.home, opened)
