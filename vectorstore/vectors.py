"""The passages' vectors in Chroma: ids and vectors alone.

The only module that knows Chroma. What is kept here derives from the library and is repaired from it. Chroma
keeps the old row of a known id on ``add`` and refuses batches over 5,461, so rows are upserted in small batches
and what an article no longer has is deleted by id. It writes its index to disk every ``sync_threshold`` changes, and
makes again what came after when it is opened, at 4 ms a vector among 50,000.
"""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import HomeUnusable, OtherModel
from vectorstore.index_files import torn
from vectorstore.rows import Rows
from vectorstore.searchable import Ranked

if TYPE_CHECKING:
    from vectorstore.embedding import Embedder

COLLECTION = "chunks"
BATCH = 2000
SPACE: Any = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "max_neighbors": 32,
        "ef_search": 200,
        "sync_threshold": 200,
    }
}


class Vectors:
    """The vectors of one home, made by one embedding model.

    Raises ``OtherModel`` when the vectors stored there were made by another model or revision, and
    ``HomeUnusable`` when the folder can't be used. One process at a time may hold it (see ``ownership``).

    Where the rows are there, Chroma is opened only when first needed, which a question to a small home never does:
    its import takes longer than the answer.
    """

    def __init__(self, folder: Path, embedder: "Embedder") -> None:
        self._folder = folder
        self._model = f"{embedder.name}@{embedder.revision}"
        self._dimension = embedder.dimension
        self._lock = threading.Lock()
        self._client: Any = None
        self._opened: _Collection | None = None
        self.rows = Rows(folder, self._model, embedder.dimension)
        if not self.rows.made:
            self._collection  # noqa: B018  tells at once what can't be used

    @property
    def _collection(self) -> "_Collection":
        with self._lock:
            if self._opened is None:
                self._opened = _Collection(self._open(), self._folder)
            return self._opened

    def _open(self) -> Any:
        with _Telling(self._folder), ExitStack() as opened:
            damaged = torn(self._folder)
            if damaged:
                raise OSError(f"{damaged} is cut short")
            client = _client(self._folder)
            # Chroma shares an open client by its path: one left behind would outlive the files.
            opened.callback(client.close)
            collection = self._collection_in(client)
            opened.pop_all()
        self._client = client
        return collection

    def _collection_in(self, client: Any) -> Any:
        known = {each.name for each in client.list_collections()}
        if COLLECTION not in known:
            return client.create_collection(
                COLLECTION,
                configuration=SPACE,
                embedding_function=None,
                metadata={"embedding_model": self._model, "dimension": self._dimension},
            )
        collection = client.get_collection(COLLECTION, embedding_function=None)
        made_with = (collection.metadata or {}).get("embedding_model")
        if made_with != self._model:
            raise OtherModel(
                f"this home's vectors were made with {made_with}, not {self._model}: set ISNAD_EMBEDDING_MODEL "
                "back, or run 'isnad reindex' to embed every article again"
            )
        return collection

    def put(
        self, ids: Sequence[str], vectors: NDArray[np.float32], leaving: Collection[str] = frozenset()
    ) -> None:
        """Hold ``vectors`` (unit rows) under ``ids``, and none under those of ``leaving`` that aren't among them.

        One write for many articles: each costs Chroma some milliseconds, however little is written. What is known
        to be held goes first, since moving a vector within Chroma's index takes five times as long as a new one.
        """
        self.delete([each for each in ids if each in leaving])
        for at in range(0, len(ids), BATCH):
            part = slice(at, at + BATCH)
            self._collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
        self.delete(sorted({*leaving}.difference(ids)))

    def delete(self, ids: Sequence[str]) -> None:
        """Take out these vectors; unknown ids are ignored."""
        for at in range(0, len(ids), BATCH):
            self._collection.delete(ids=list(ids[at : at + BATCH]))

    def ids(self) -> set[str]:
        """The ids of all vectors held."""
        return set(self._collection.get(include=[])["ids"])

    def of(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors held under these ids; unknown ids are left out."""
        held = self._collection.get(ids=list(ids), include=["embeddings"])
        return dict(zip(held["ids"], np.asarray(held["embeddings"], dtype=np.float32), strict=True))

    def search(self, vector: NDArray[np.float32], limit: int) -> list[Ranked]:
        """The ``limit`` nearest chunks by cosine, best first, as Chroma's index finds them."""
        if limit < 1:
            return []
        # Fewer than the limit are found where there are fewer; to count them first takes longer than the search.
        found = self._collection.query(
            query_embeddings=vector[np.newaxis, :], n_results=limit, include=["distances"]
        )
        return [
            Ranked(chunk_id, 1.0 - float(distance))
            for chunk_id, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def close(self) -> None:
        """Let go of the folder, so that this process may open it again."""
        if self._client is not None:
            self._client.close()


def discard(folder: Path) -> None:
    """Drop all vectors, damaged ones too, so that they can be made again from the library.

    They must not be open. The files go, since Chroma leaves a dropped collection's index behind. Raises
    ``HomeUnusable``.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each in folder.iterdir():
            if each.is_dir() and not each.is_symlink():
                rmtree(each)
            else:
                each.unlink()
    except OSError as error:
        raise HomeUnusable(
            f"the vectors in {folder} can't be removed ({error}); check its permissions"
        ) from error


class _Telling:
    """Makes an error of Chroma's or of the disk the user's: ``HomeUnusable``, with what to do."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        from chromadb.errors import ChromaError

        if isinstance(error, OSError | ChromaError):
            raise HomeUnusable(
                f"the vectors in {self._folder} can't be used ({error}); check the disk and permissions, or make "
                "them again with 'isnad reindex'"
            ) from error


class _Collection:
    """Chroma's collection with errors that are told to the user."""

    def __init__(self, collection: Any, folder: Path) -> None:
        self._collection = collection
        self._folder = folder

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._collection, name)

        def told(*arguments: Any, **options: Any) -> Any:
            with _Telling(self._folder):
                return call(*arguments, **options)

        return told


def _client(folder: Path) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings
    from chromadb.errors import ChromaError

    folder.mkdir(parents=True, exist_ok=True)
    try:
        return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    except ChromaError:
        # Chroma would hand out the half-made client at the next try.
        SharedSystemClient.clear_system_cache()
        raise
