"""Retrieval: dense and lexical search, fused, within a scope; usable in any LangChain chain."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict

from vectorstore.embedding import Embedder
from vectorstore.fusion import fuse
from vectorstore.library import Library, Ranked
from vectorstore.quantised import unpack
from vectorstore.records import Chunk, FoundBy, Hit, Scope
from vectorstore.sync import sentence_texts
from vectorstore.text import terms
from vectorstore.vectors import Vectors

DEPTH = 100
EVERYWHERE = Scope()


class Search:
    """Finds passages by meaning and by words.

    Takes finished parts; opens and closes nothing.
    """

    def __init__(self, library: Library, vectors: Vectors, embedder: Embedder) -> None:
        self._library = library
        self._vectors = vectors
        self._embedder = embedder

    def embed(self, query: str) -> NDArray[np.float32]:
        """The query's unit vector, to be handed to ``find`` when several searches share it."""
        return self._embedder.query(query)

    def find(
        self,
        query: str,
        limit: int,
        scope: Scope = EVERYWHERE,
        also: Sequence[str] = (),
        vector: NDArray[np.float32] | None = None,
    ) -> list[Hit]:
        """The ``limit`` best chunks for ``query`` within ``scope``, best first.

        ``also`` are further words to look for, such as a name's other spellings.
        """
        if limit < 1:
            return []
        asked = [*terms(query), *(term for word in also for term in terms(word))]
        depth = max(DEPTH, limit)
        lexical = self._library.lexical(asked, depth, scope)
        dense = self._vectors.search(
            self.embed(query) if vector is None else vector, depth, self._library.within(scope)
        )
        return self._hits(fuse(dense, lexical), dense, lexical, limit)

    def sentence_likeness(self, vector: NDArray[np.float32], chunks: Sequence[Chunk]) -> list[list[float]]:
        """How near each sentence of each chunk is to the query's unit vector, as cosines in reading order."""
        stored = self._library.sentence_vectors([chunk.chunk_id for chunk in chunks])
        result = []
        for chunk in chunks:
            texts = sentence_texts(chunk)
            rows = unpack(stored.get(chunk.chunk_id, b""), self._embedder.dimension)
            if len(rows) != len(texts):
                # A chunk whose vectors are still pending, or of an earlier way to part sentences.
                rows = self._embedder.passages(texts)
            result.append([float(each) for each in rows @ vector])
        return result

    def _hits(self, fused: list[Ranked], dense: list[Ranked], lexical: list[Ranked], limit: int) -> list[Hit]:
        # Twice the limit: a vector whose article was just replaced has no chunk any more.
        chunks = self._library.chunks([each.chunk_id for each in fused[: 2 * limit]])
        likeness = {each.chunk_id: each.score for each in dense}
        sides: list[tuple[FoundBy, set[str]]] = [
            ("dense", set(likeness)),
            ("lexical", {each.chunk_id for each in lexical}),
        ]
        hits = [
            Hit(
                chunk=chunks[each.chunk_id],
                score=each.score,
                found_by=tuple(name for name, ids in sides if each.chunk_id in ids),
                likeness=likeness.get(each.chunk_id),
            )
            for each in fused[: 2 * limit]
            if each.chunk_id in chunks
        ]
        return hits[:limit]


class ArticleRetriever(BaseRetriever):
    """The same search as a LangChain retriever: documents with the place and dates in their metadata."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    scope: Scope = EVERYWHERE
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **kwargs: Any
    ) -> list[Document]:
        scope = kwargs.get("scope", self.scope)
        hits = self.search.find(query, int(kwargs.get("k", self.k)), scope)
        return [document(hit) for hit in hits]


def document(hit: Hit) -> Document:
    """A hit as LangChain's document."""
    chunk: Chunk = hit.chunk
    article = chunk.article
    return Document(
        page_content=chunk.text,
        id=chunk.chunk_id,
        metadata={
            "article_id": article.article_id,
            "version": article.version,
            "title": article.title,
            "source": article.source,
            "url": article.url,
            "published": article.published.isoformat() if article.published else None,
            "start": chunk.start,
            "end": chunk.end,
            "score": hit.score,
        },
    )
