"""Unit vectors in one byte a dimension, for the many that are only compared within a few passages."""

import numpy as np
from numpy.typing import NDArray

STEPS = 127


def pack(vectors: NDArray[np.float32]) -> bytes:
    """``(n, dimension)`` unit rows as ``n * dimension`` bytes; a cosine moves by less than 0.005."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-12)
    packed: bytes = np.rint(vectors / largest * STEPS).astype(np.int8).tobytes()
    return packed


def unpack(packed: bytes, dimension: int) -> NDArray[np.float32]:
    """The rows again, of unit length: the scale of each isn't kept, since its length is known."""
    rows = np.frombuffer(packed, dtype=np.int8).reshape(-1, dimension).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return unit
