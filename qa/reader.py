"""Reads a question beside short texts and finds where in them its answer stands, with a small trained model.

The model (``weights/reader.onnx``, made by ``tests/quality/train_reader.py`` and ``export_reader.py``) is the bundled
embedding model with all its layers tuned for this. It shares that model's tokens and their embeddings.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.records import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

Numbers = NDArray[np.float32]

ASKED, TOLD = "query: ", "passage: "
MOST_ASKED = 64
MOST_TOLD = 160
LONGEST_ANSWER = 30
EMBEDDINGS = "embeddings.word_embeddings.weight"


@dataclass(frozen=True, slots=True)
class Found:
    """The likeliest answer in a text, and how much likelier it is than that none stands there (log odds)."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of one text: for each token its place, and whether the answer begins, ends there.

    ``begins`` and ``ends`` are ``(tokens,)``, in log odds against the text's having no answer.
    """

    places: NDArray[np.int64]
    begins: Numbers
    ends: Numbers

    def within(self, start: int, end: int) -> Found | None:
        """The likeliest answer in the characters ``start`` to ``end``; none where no token lies there."""
        inside = np.flatnonzero((self.places[:, 0] >= start) & (self.places[:, 1] <= end))
        if not len(inside):
            return None
        begins, ends = self.begins[inside], self.ends[inside]
        sums = begins[:, None] + ends[None, :]
        allowed = np.triu(np.ones_like(sums, bool)) & np.tril(np.ones_like(sums, bool), LONGEST_ANSWER - 1)
        first, last = np.unravel_index(np.argmax(np.where(allowed, sums, -np.inf)), sums.shape)
        places = self.places[inside]
        return Found(Span(int(places[first, 0]), int(places[last, 1])), float(sums[first, last]))


class Reads(Protocol):
    """What reads texts for an answer."""

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """A reading a text, in their order."""


class Reader:
    """The trained reader. Threads may share it."""

    def __init__(self, session: "InferenceSession", tokenizer: "Tokenizer", embeddings: Numbers) -> None:
        """``embeddings`` is ``(vocabulary, dimension)``, one row a token."""
        self._session = session
        self._tokenizer = tokenizer
        self._embeddings = embeddings

    @classmethod
    def load(cls, model: Path, tokenizer: "Tokenizer") -> "Reader":
        """The reader on the unpacked embedding model in ``model``; its ``tokenizer`` cuts nothing off."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # Threads that spin while they wait slow down whatever else the machine does.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The weights, kept in 8 bits, become single precision once, not each time.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        graph = resources.files("qa.weights").joinpath("reader.onnx").read_bytes()
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        return cls(session, tokenizer, _table(model / "model.safetensors", EMBEDDINGS))

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """A reading a text, in their order; of long texts the beginning."""
        if not texts:
            return []
        asked = self._tokenizer.encode(ASKED + question).ids[:MOST_ASKED]
        told = self._tokenizer.encode_batch([TOLD + text for text in texts])
        return [self._read(asked, text, each) for text, each in zip(texts, told, strict=True)]

    def _read(self, asked: list[int], text: str, told: "Encoding") -> Reading:
        row = asked + told.ids[1 : MOST_TOLD + 1]
        # One text at a time: beside a longer one, a short one takes as long.
        vectors, mask = self._embeddings[row][None], np.ones((1, len(row)), np.int32)
        logits: Numbers = self._session.run(None, {"vectors": vectors, "mask": mask})[0][0]
        return _reading(text, told, logits[len(asked) :] - logits[0])


def _reading(text: str, told: "Encoding", odds: Numbers) -> Reading:
    """``odds`` are those of the text's tokens, the mark that begins it left out."""
    spans = ((start - len(TOLD), end - len(TOLD)) for start, end in told.offsets[1 : len(odds) + 1])
    # A token holds the space before its word.
    places = [(start + text[start:end].startswith(" "), end) for start, end in spans]
    own = [at for at, (start, end) in enumerate(places) if 0 <= start < end]
    return Reading(np.array(places, np.int64).reshape(-1, 2)[own], odds[own, 0], odds[own, 1])


def _table(path: Path, name: str) -> Numbers:
    """A tensor of a safetensors file, left on the disk: only the rows asked for are read."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        entry = json.loads(file.read(length))[name]
    rows: Numbers = np.memmap(
        path, np.float32, "r", 8 + length + entry["data_offsets"][0], tuple(entry["shape"])
    )
    return rows
