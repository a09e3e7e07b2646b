"""What an embedding model is once it is opened: an encoder of tokens, the reader of its texts, and its prompts."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.tokens import TokenReader

Precision = Literal["bf16", "f32"]
Vectors = NDArray[np.float32]

_MOST_THREADS = 8  # Models of this size gain little from more, and the machine has other work.
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)


class Encoder(Protocol):
    """The model proper. One caller at a time."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def precision(self) -> Precision:
        """What it computes in."""

    def encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """A vector of any length for each row of tokens, none of which is empty; the longest row comes first."""


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A model, opened. ``revision`` stands for its weights; a prompt is put before each text of its kind.

    ``adapter`` moves a query's vector to where the passages that answer are, whatever their language: a square
    matrix and below it a row, both added (see ``bundled.query_adapter``).
    """

    encoder: Encoder
    reader: TokenReader
    name: str
    revision: str
    query_prompt: str
    passage_prompt: str
    adapter: Vectors | None = None


def threads() -> int:
    """How many threads a model is given."""
    return min(len(os.sched_getaffinity(0)), _MOST_THREADS)


def prompts_of(name: str, declared: Mapping[str, str | None]) -> tuple[str, str]:
    """The prompt of a query and of a passage: the model's own, else E5's for a model of that family.

    A missing prompt is no error anywhere, only worse answers.
    """
    prompts = declared
    if not any(prompts.values()) and _E5.search(name) and "instruct" not in name.lower():
        prompts = _E5_PROMPTS
    passage = next((prompt for kind in _PASSAGE_PROMPTS if (prompt := prompts.get(kind))), "")
    return prompts.get("query") or "", passage
