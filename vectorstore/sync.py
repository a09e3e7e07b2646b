"""Makes the vectors follow the library: after a change, after a crash, and for all articles anew."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import Embedder
from vectorstore.library import Library
from vectorstore.quantised import pack
from vectorstore.records import Chunk
from vectorstore.vectors import Vectors

BATCH = 64
HELD_AT_ONCE = 2000


class Sync:
    """Embeds what the library marks as pending, and clears the mark last."""

    def __init__(self, library: Library, vectors: Vectors, embedder: Embedder) -> None:
        self._library = library
        self._vectors = vectors
        self._embedder = embedder

    def follow(self, article_ids: Sequence[str]) -> None:
        """Make these articles' vectors those of their newest version, or drop them where it is gone."""
        leaving = self._library.leaving(article_ids)
        chunks = [chunk for article_id in article_ids for chunk in self._chunks(article_id)]
        ids, vectors = [chunk.chunk_id for chunk in chunks], self._embed(chunks)
        self._vectors.put(ids, vectors, set(leaving))
        self._vectors.rows.put(self._library.numbers(ids), ids, vectors)
        self._library.settle(article_ids)

    def repair(self) -> int:
        """Embed whatever a crash left pending; returns how many articles that were."""
        if not self._vectors.rows.made:
            self._make_rows()
        pending = self._library.pending()
        for _ in self._follow_in_batches(pending):
            pass
        return len(pending)

    def reindex(self) -> Iterator[int]:
        """Embed every article again; yields how many are done."""
        self._library.mark_all_pending()
        return self._follow_in_batches(self._library.pending())

    def difference(self) -> tuple[set[str], set[str]]:
        """Chunk ids without a vector, and vectors without a chunk."""
        stored, held = self._library.chunk_ids(), self._vectors.ids()
        lacking = self._vectors.rows.lacking(self._library.numbers(sorted(stored)))
        return stored - held | lacking, held - stored

    def mend(self) -> None:
        """Embed what lacks a vector and drop vectors that belong to nothing."""
        missing, surplus = self.difference()
        self._vectors.delete(sorted(surplus))
        owners = {chunk.article.article_id for chunk in self._library.chunks(sorted(missing)).values()}
        for _ in self._follow_in_batches(sorted(owners)):
            pass

    def _make_rows(self) -> None:
        """Write the rows of all vectors that are held, as a home lacks them that was just restored."""
        held = sorted(self._vectors.ids())
        for at in range(0, len(held), HELD_AT_ONCE):
            vectors = self._vectors.of(held[at : at + HELD_AT_ONCE])
            ids = list(vectors)
            self._vectors.rows.put(self._library.numbers(ids), ids, np.array([*vectors.values()]))
        self._vectors.rows.set_made()

    def _follow_in_batches(self, article_ids: Sequence[str]) -> Iterator[int]:
        batch: list[str] = []
        waiting = 0
        for done, article_id in enumerate(article_ids, start=1):
            batch.append(article_id)
            waiting += len(self._chunks(article_id))
            if waiting >= BATCH or done == len(article_ids):
                self.follow(batch)
                batch, waiting = [], 0
                yield done

    def _chunks(self, article_id: str) -> list[Chunk]:
        return self._library.chunks_of(article_id) if self._library.current(article_id) else []

    def _embed(self, chunks: Sequence[Chunk]) -> NDArray[np.float32]:
        """The chunks' vectors, one row each; their sentences' are stored on the way, from the same batches."""
        sentences = [sentence_texts(chunk) for chunk in chunks]
        texts = [embedded_text(chunk) for chunk in chunks] + [text for own in sentences for text in own]
        if not texts:
            return np.empty((0, self._embedder.dimension), dtype=np.float32)
        vectors = self._embedder.passages(texts)
        packed, at = {}, len(chunks)
        for chunk, own in zip(chunks, sentences, strict=True):
            packed[chunk.chunk_id] = pack(vectors[at : at + len(own)])
            at += len(own)
        self._library.put_sentence_vectors(packed)
        self._library.note_sentences(chunks)
        return vectors[: len(chunks)]


def sentence_texts(chunk: Chunk) -> list[str]:
    """The sentences of which a chunk holds a part, in order; of a longer one than a chunk, that part."""
    text = chunk.article.text
    return [text[max(each.start, chunk.start) : min(each.end, chunk.end)] for each in chunk.sentences]


def embedded_text(chunk: Chunk) -> str:
    """What is embedded for a chunk: its words under its article's title, which often names the subject."""
    return f"{chunk.article.title}\n{chunk.text}" if chunk.article.title else chunk.text
