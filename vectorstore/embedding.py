"""Turns texts into vectors, with a sentence-transformers model behind LangChain's ``Embeddings``.

A text longer than the model reads at once is read in windows, and its vector is their mean, each weighted by its
tokens: nothing is cut off in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.encoder import Precision, Pretrained, Vectors
from vectorstore.tokens import TokenWindow
from vectorstore.turns import Turns

_TOKENS_A_BATCH = 1024
_ANY_LENGTH = 1_000_000


class Embedder(Protocol):
    """What turns texts into vectors of length 1, so that a dot product is a cosine."""

    @property
    def name(self) -> str:
        """The model, as a user would name it."""

    @property
    def revision(self) -> str:
        """Stands for its weights: vectors of two revisions can't be compared."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """How many tokens of a passage are read at once, prompt and the model's own marks not counted."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """A row a text, ``(len(texts), dimension)``."""

    def query(self, text: str) -> Vectors:
        """One vector, ``(dimension,)``."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without prompt and marks."""


class SentenceEmbeddings(Embeddings):
    """A sentence-transformers model as an ``Embedder``. Threads may share it; they take turns."""

    def __init__(self, pretrained: Pretrained) -> None:
        self.name = pretrained.name
        self.revision = pretrained.revision
        self._query_prompt = pretrained.query_prompt
        self._passage_prompt = pretrained.passage_prompt
        self._adapter = pretrained.adapter
        self._reader = pretrained.reader
        self.tokenizer = pretrained.reader.tokenizer
        self._encoder = pretrained.encoder
        self._turns = Turns()
        self.precision: Precision = self._encoder.precision
        self.dimension: int = self._encoder.dimension
        room = self._reader.room
        prompt = sum(self.count_tokens([self._passage_prompt]))
        self.max_tokens: int = _ANY_LENGTH if room is None else room - prompt

    @classmethod
    def load(cls, setting: str | None, cache: Path) -> "SentenceEmbeddings":
        """The model that ``setting`` names (a folder, or a name on the hub), by default the bundled one.

        ``cache`` is where the bundled one is unpacked to. Another one than that takes seconds, for PyTorch's import.

        Raises:
            ModelUnavailable: it isn't there, can't be reached or can't be used.
        """
        from vectorstore.pretrained import open_model

        return cls(open_model(setting, cache))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """A row a text, of length 1."""
        return self._vectors(texts, self._passage_prompt)

    def query(self, text: str) -> Vectors:
        """One vector of length 1."""
        rows = self._vectors([text], self._query_prompt)
        if self._adapter is not None:
            rows = _unit(rows + rows @ self._adapter[:-1] + self._adapter[-1])
        vector: Vectors = rows[0]
        return vector

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for ``passages``."""
        rows: list[list[float]] = self.passages(texts).tolist()
        return rows

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for ``query``."""
        row: list[float] = self.query(text).tolist()
        return row

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without prompt and marks."""
        return self._reader.count(texts)

    def _vectors(self, texts: Sequence[str], prompt: str) -> Vectors:
        sums = np.zeros((len(texts), self.dimension), np.float32)
        for windows in _batches(self._reader.windows(texts, prompt)):
            # One at a time: two would only share the same cores, and a question waits for one batch at most.
            with self._turns:
                vectors = self._encoder.encode([window.tokens for window in windows])
            for window, vector in zip(windows, vectors, strict=True):
                sums[window.text] += window.weight * vector
        return _unit(sums)


def _batches(windows: Iterable[TokenWindow]) -> Iterator[list[TokenWindow]]:
    """Windows of like length together, longest first, as many as fill a batch with their padding."""
    batch: list[TokenWindow] = []
    for window in sorted(windows, key=lambda window: -len(window.tokens)):
        if batch and (len(batch) + 1) * len(batch[0].tokens) > _TOKENS_A_BATCH:
            yield batch
            batch = []
        if window.tokens:
            batch.append(window)
    if batch:
        yield batch


def _unit(vectors: Vectors) -> Vectors:
    """The rows at length 1; a row without direction becomes the same number everywhere."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    usable = np.isfinite(lengths) & (lengths > 0)
    even = np.full(vectors.shape[1], vectors.shape[1] ** -0.5, np.float32)
    rows: Vectors = np.where(usable, vectors / np.where(usable, lengths, 1), even).astype(np.float32)
    return rows


load = SentenceEmbeddings.load
