"""Retrieval: dense and lexical search, fused, within a scope."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from vectorstore.clues import Clue, covered, matched, query_clues, terms_of
from vectorstore.embedding import Embedder
from vectorstore.fusion import Signs, fused
from vectorstore.library import Library
from vectorstore.quantised import unpack
from vectorstore.records import Chunk, FoundBy, Hit, Scope
from vectorstore.reranking import Reranker
from vectorstore.searchable import Ranked
from vectorstore.sync import sentence_texts
from vectorstore.vectors import Vectors

DEPTH = 100
RERANKED = 20
FEW = 10_000  # passages that are compared one by one: as quick as the index, and it overlooks some.
OVER = 4  # How many times as many neighbours are looked at before the index is asked for those in scope.
EVERYWHERE = Scope()


class Search:
    """Finds passages by meaning and by words.

    Takes finished parts; opens and closes nothing.
    """

    def __init__(
        self, library: Library, vectors: Vectors, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self._library = library
        self._vectors = vectors
        self._embedder = embedder
        self._reranker = reranker

    def embed(self, query: str) -> NDArray[np.float32]:
        """The query's unit vector, to be handed to ``find`` when several searches share it."""
        return self._embedder.query(query)

    def find(
        self,
        query: str,
        limit: int,
        scope: Scope = EVERYWHERE,
        clues: Sequence[Clue] | None = None,
        vector: NDArray[np.float32] | None = None,
    ) -> list[Hit]:
        """The ``limit`` best chunks for ``query`` within ``scope``, best first.

        ``clues`` are what to look for by words, where the caller knows more than ``query`` says.
        """
        if limit < 1:
            return []
        vector = self.embed(query) if vector is None else vector
        clues = query_clues(query, self._library) if clues is None else clues
        dense, lexical = self._sides(vector, clues, scope, max(DEPTH, limit))
        best = self._fused(dense, lexical, clues, vector)
        if self._reranker is None:
            return self._hits(best[:limit], dense, lexical)
        hits = self._hits(best[: max(limit, RERANKED)], dense, lexical)
        return _reranked(hits, self._reranker, query)[:limit]

    def ranked(
        self, vector: NDArray[np.float32], clues: Sequence[Clue], scope: Scope = EVERYWHERE
    ) -> list[Ranked]:
        """All chunks that either side finds within ``scope``, best first, without their texts."""
        return self._fused(*self._sides(vector, clues, scope, DEPTH), clues, vector)

    def _sides(
        self, vector: NDArray[np.float32], clues: Sequence[Clue], scope: Scope, depth: int
    ) -> tuple[list[Ranked], list[Ranked]]:
        """What meaning finds, and what words find."""
        lexical = self._library.lexical(sorted(terms_of(clues)), depth, scope)
        return self._dense(vector, depth, scope), lexical

    def _dense(self, vector: NDArray[np.float32], limit: int, scope: Scope) -> list[Ranked]:
        """The nearest chunks in ``scope``: of the nearest anywhere if enough of those are, as in a wide window."""
        stored = self._library.count()[1]
        if stored <= FEW or self._library.is_narrow(scope, stored // OVER):
            return self._among(vector, limit, self._library.within(scope))
        if scope == EVERYWHERE:
            return self._vectors.search(vector, limit)
        near = self._vectors.search(vector, limit * OVER)
        admitted = self._library.admitted([each.chunk_id for each in near], scope)
        found = [each for each in near if each.chunk_id in admitted]
        if len(found) < limit and len(near) == limit * OVER:
            return self._among(vector, limit, self._library.within(scope))
        return found[:limit]

    def _among(self, vector: NDArray[np.float32], limit: int, numbers: Sequence[int]) -> list[Ranked]:
        """The nearest chunks among those with these numbers, compared one by one."""
        rows = self._vectors.rows
        near = rows.nearest(vector, limit, numbers)
        names = self._library.names([number for number, _ in near])
        # A chunk that is being stored has no row yet, or one of a chunk that is gone.
        lacking = rows.lacking({name: number for number, name in names.items()})
        named = [(names[number], score) for number, score in near if number in names]
        return [Ranked(name, score) for name, score in named if name not in lacking]

    def _fused(
        self, dense: list[Ranked], lexical: list[Ranked], clues: Sequence[Clue], vector: NDArray[np.float32]
    ) -> list[Ranked]:
        """All that either side found, best first."""
        likeness = {each.chunk_id: each.score for each in dense}
        ids = list(dict.fromkeys([*likeness, *(each.chunk_id for each in lexical)]))
        indexed = {name: [*title, *body] for name, (title, body) in self._library.indexed(ids).items()}
        usual = fmean(map(len, indexed.values())) if indexed else 1.0
        asked = terms_of(clues)
        nearest = self._nearest_sentences(ids, vector)
        # What only words found is at most as near as the last that meaning found.
        farthest = min(likeness.values(), default=0.0)
        scored = []
        for name, own in indexed.items():
            passage = likeness.get(name, farthest)
            # A text has few of the terms: to count all of its own takes longer.
            counts = {term: own.count(term) for term in asked.intersection(own)}
            signs = Signs(
                passage=passage,
                sentence=nearest.get(name, passage),
                matched=matched(clues, counts, len(own) / usual if usual else 1.0),
                covered=covered(clues, set(counts)),
            )
            scored.append(Ranked(name, fused(signs)))
        return sorted(scored, key=lambda each: (-each.score, each.chunk_id))

    def _nearest_sentences(self, ids: Sequence[str], vector: NDArray[np.float32]) -> dict[str, float]:
        """The cosine of the query and each chunk's nearest sentence, where its sentences are embedded."""
        stored = self._library.sentence_vectors(ids)
        packed = {name: own for name, own in stored.items() if own}
        if not packed:
            return {}
        # All at once: a product for each takes several times as long.
        cosines = unpack(b"".join(packed.values()), self._embedder.dimension) @ vector
        ends = np.cumsum([len(own) // self._embedder.dimension for own in packed.values()])
        nearest = np.maximum.reduceat(cosines, [0, *ends[:-1]])
        return dict(zip(packed, map(float, nearest), strict=True))

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

    def _hits(self, found: list[Ranked], dense: list[Ranked], lexical: list[Ranked]) -> list[Hit]:
        chunks = self._library.chunks([each.chunk_id for each in found])
        likeness = {each.chunk_id: each.score for each in dense}
        sides: list[tuple[FoundBy, set[str]]] = [
            ("dense", set(likeness)),
            ("lexical", {each.chunk_id for each in lexical}),
        ]
        return [
            Hit(
                chunk=chunks[each.chunk_id],
                score=each.score,
                found_by=tuple(name for name, ids in sides if each.chunk_id in ids),
                likeness=likeness.get(each.chunk_id),
            )
            for each in found
            if each.chunk_id in chunks
        ]


def _reranked(hits: Sequence[Hit], reranker: Reranker, query: str) -> list[Hit]:
    """The first hits in the reranker's order, the others after them."""
    first, others = hits[:RERANKED], hits[RERANKED:]
    scores = reranker.scores(query, [hit.chunk.text for hit in first])
    above = others[0].score if others else 0.0
    read = [replace(hit, score=above + score) for hit, score in zip(first, scores, strict=True)]
    return [*sorted(read, key=lambda hit: -hit.score), *others]
