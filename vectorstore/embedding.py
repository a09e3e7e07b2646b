"""Turns texts into vectors, with a sentence-transformers model behind LangChain's ``Embeddings``.

A text longer than the model reads at once is read in windows, and its vector is their mean, each weighted by its
tokens: nothing is cut off in silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from vectorstore.errors import ModelUnavailable
from vectorstore.tokens import Place, TokenReader, TokenWindow

if TYPE_CHECKING:
    from torch import Tensor

    from vectorstore.pretrained import Precision, Pretrained

Vectors = NDArray[np.float32]

_TOKENS_A_BATCH = 2048
_ANY_LENGTH = 1_000_000  # From here on a model's limit means that it has none.


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

    def __init__(self, pretrained: "Pretrained") -> None:
        self.name = pretrained.name
        self.revision = pretrained.revision
        self.precision: Precision = pretrained.precision
        self._query_prompt = pretrained.query_prompt
        self._passage_prompt = pretrained.passage_prompt
        self._turn = Lock()
        self._take_apart(pretrained)
        room = self._reader.room
        self.max_tokens: int = (
            _ANY_LENGTH if room is None else room - sum(self.count_tokens([self._passage_prompt]))
        )
        self.dimension: int = self._model.get_embedding_dimension() or 0

    def _take_apart(self, pretrained: "Pretrained") -> None:
        """Have the model's parts at hand: its own ``encode`` cuts long texts and knows nothing of spans."""
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, StaticEmbedding

        first, *others = pretrained.model
        self._model = pretrained.model
        # Windows are averaged before their length is made 1, so that each keeps its weight.
        self._modules = [first, *(module for module in others if not isinstance(module, Normalize))]
        self._static = isinstance(first, StaticEmbedding)
        pooling = self._modules[-1]
        self._pools_by_mean = (
            len(self._modules) == 2 and isinstance(pooling, Pooling) and pooling.pooling_mode == "mean"
        )
        self._reader, self._padding = _reader(pretrained, self._static)

    @classmethod
    def load(cls, setting: str | None, cache: Path) -> "SentenceEmbeddings":
        """The model that ``setting`` names (a folder, or a name on the hub), by default the bundled one.

        ``cache`` is where the bundled one is unpacked to. This takes seconds: most of it is the libraries' import.

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
        vector: Vectors = self._vectors([text], self._query_prompt)[0]
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

    def token_spans(self, text: str) -> list[Place]:
        """Start and end of the characters each token of ``text`` comes from."""
        return self._reader.places(text)

    def spans(self, texts: Sequence[str], spans: Sequence[Sequence[Place]]) -> tuple[Vectors, list[Vectors]]:
        """The passages' vectors, and from the same reading one for each span of characters of each text.

        A span's vector is the mean of what the model made of its tokens with the whole window in view, so that
        "he" carries who is meant. A span without tokens has its passage's vector. Where a model doesn't pool by
        the plain mean, each span is read on its own.

        Returns:
            ``(len(texts), dimension)``, and for each text ``(len(its spans), dimension)``; rows of length 1.
        """
        if not self._pools_by_mean:
            words = [[text[a:b] for a, b in places] for text, places in zip(texts, spans, strict=True)]
            return self.passages(texts), [self.passages(parts) for parts in words]
        whole = self._zeros(len(texts))
        parts = [self._zeros(len(places)) for places in spans]
        for windows, output in self._readings(texts, self._passage_prompt):
            pooled, tokens = _numbers(output["sentence_embedding"]), _numbers(output["token_embeddings"])
            for row, window in enumerate(windows):
                own = tokens[row, self._reader.before : self._reader.before + len(window.places)]
                whole[window.text] += window.weight * pooled[row]
                parts[window.text] += _shares(window.places, spans[window.text]) @ own
        whole = _unit(whole)
        return whole, [_unit(sums, whole[number]) for number, sums in enumerate(parts)]

    def _vectors(self, texts: Sequence[str], prompt: str) -> Vectors:
        sums = self._zeros(len(texts))
        for windows, output in self._readings(texts, prompt):
            for window, pooled in zip(windows, _numbers(output["sentence_embedding"]), strict=True):
                sums[window.text] += window.weight * pooled
        return _unit(sums)

    def _zeros(self, rows: int) -> Vectors:
        return np.zeros((rows, self.dimension), np.float32)

    def _readings(
        self, texts: Sequence[str], prompt: str
    ) -> Iterator[tuple[list[TokenWindow], dict[str, "Tensor"]]]:
        """The windows of all texts, batch by batch in no particular order, with what the model made of them."""
        import torch

        for windows in _batches(self._reader.windows(texts, prompt)):
            # One at a time: two would only share the same cores, and a question waits for one batch at most.
            with self._turn, torch.inference_mode():
                output = self._features(windows)
                for module in self._modules:
                    output = module(output)
            yield windows, output

    def _features(self, windows: list[TokenWindow]) -> dict[str, "Tensor"]:
        from torch import tensor

        if self._static:
            starts = np.cumsum([0, *(len(window.tokens) for window in windows[:-1])])
            features = {"input_ids": tensor([token for window in windows for token in window.tokens])}
            features["offsets"] = tensor(starts)
        else:
            longest = len(windows[0].tokens)
            gaps = [longest - len(window.tokens) for window in windows]
            ids = [window.tokens + [self._padding] * gap for window, gap in zip(windows, gaps, strict=True)]
            mask = [[1] * (longest - gap) + [0] * gap for gap in gaps]
            features = {"input_ids": tensor(ids), "attention_mask": tensor(mask)}
        return {name: values.to(self._model.device) for name, values in features.items()}


def _reader(pretrained: "Pretrained", static: bool) -> tuple[TokenReader, int]:
    """The model's tokenizer, and the token that fills short rows."""
    from tokenizers import Tokenizer

    tokenizer = pretrained.model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", tokenizer)
    if not isinstance(backend, Tokenizer):
        raise ModelUnavailable(
            f"the embedding model {pretrained.name} has no fast tokenizer: choose another in ISNAD_EMBEDDING_MODEL"
        )
    longest = pretrained.model.max_seq_length or _ANY_LENGTH
    reader = TokenReader(backend, longest if longest < _ANY_LENGTH else None, marks=not static)
    return reader, getattr(tokenizer, "pad_token_id", None) or 0


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


def _shares(tokens: Sequence[Place], spans: Sequence[Place]) -> Vectors:
    """A row a span, a column a token: 1 where they have a character in common."""
    first, last = np.asarray(tokens, np.int64).reshape(-1, 2).T
    start, end = np.asarray(spans, np.int64).reshape(-1, 2).T[..., None]
    common: Vectors = (np.minimum(last, end) > np.maximum(first, start)).astype(np.float32)
    return common


def _unit(vectors: Vectors, instead: Vectors | None = None) -> Vectors:
    """The rows at length 1. A row without direction becomes ``instead``, or the same number everywhere."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    usable = np.isfinite(lengths) & (lengths > 0)
    other = np.full(vectors.shape[1], vectors.shape[1] ** -0.5, np.float32) if instead is None else instead
    rows: Vectors = np.where(usable, vectors / np.where(usable, lengths, 1), other).astype(np.float32)
    return rows


def _numbers(values: "Tensor") -> Vectors:
    rows: Vectors = values.float().cpu().numpy()
    return rows


load = SentenceEmbeddings.load
