"""Stand-ins for what is slow or outside: small, honest, and with the same interface."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from vectorstore.text import terms

DIMENSION = 64


class WordEmbedder:
    """Embeds a text by the words in it, so that texts that share words are near each other."""

    name = "fake/words"
    dimension = DIMENSION
    max_tokens = 512
    precision = "float32"

    def __init__(self, revision: str = "1") -> None:
        self.revision = revision
        self.embedded: list[str] = []

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        return np.array([_vector(text) for text in texts], dtype=np.float32).reshape(len(texts), DIMENSION)

    def query(self, text: str) -> NDArray[np.float32]:
        return _vector(text)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def _vector(text: str) -> NDArray[np.float32]:
    vector = np.full(DIMENSION, 0.01, dtype=np.float32)
    for term in terms(text):
        vector[sha256(term.encode()).digest()[0] % DIMENSION] += 1
    return vector / np.linalg.norm(vector)
