"""The passages' vectors a second time, in one flat file: compared one by one where a search may look at few alone.

Chroma's index walks past what isn't admitted, which takes long where little is. Here passage ``n`` (its number in
the library) has row ``n``: a tag that says whose vector it is, and the vector; row 0 says which model made them. Rows
are written, never mapped for writing: a full disk then is an error rather than the end of the process.
"""

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from vectorstore.errors import HomeUnusable

FILE = "rows.f32"
AT_ONCE = 8192
DENSE = 4
_TAG = np.uint32
_NUMBER = np.float32


class Rows:
    """One home's rows, of ``dimension`` floats each, made by one ``model``. Any thread may read and write.

    What writes raises ``HomeUnusable`` where the disk fails.
    """

    def __init__(self, folder: Path, model: str, dimension: int) -> None:
        self._path = folder / FILE
        self._model = model
        self._dimension = dimension
        self._row_bytes = 4 * (dimension + 1)
        self._lock = threading.Lock()
        self._mapped: NDArray[np.float32] | None = None

    @property
    def made(self) -> bool:
        """Whether every passage that Chroma has a vector of had its row written, once, by this model."""
        return not self.lacking({self._model: 0})

    def set_made(self) -> None:
        """From now on ``made``."""
        self._write([(0, _tag(self._model), np.zeros(self._dimension, _NUMBER))])

    def put(self, numbers: Mapping[str, int], ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Write the unit rows ``vectors`` of the chunks ``ids``; those without a number are gone by now."""
        self._write(
            [
                (numbers[name], _tag(name), vector)
                for name, vector in zip(ids, vectors, strict=True)
                if name in numbers
            ]
        )

    def nearest(
        self, vector: NDArray[np.float32], limit: int, numbers: Sequence[int]
    ) -> list[tuple[int, float]]:
        """The ``limit`` rows among ``numbers`` nearest to the unit ``vector``, best first, with their cosine."""
        rows = self._rows()
        wanted = np.asarray(numbers, dtype=np.int64)
        wanted = wanted[wanted < len(rows)]
        scores = np.empty(len(wanted), _NUMBER)
        for at in range(0, len(wanted), AT_ONCE):
            part = slice(at, at + AT_ONCE)
            scores[part] = _cosines(rows, wanted[part], vector)
        best = np.argsort(-scores, kind="stable")[: max(limit, 0)]
        return [(int(wanted[at]), float(scores[at])) for at in best]

    def lacking(self, numbers: Mapping[str, int]) -> set[str]:
        """The chunks of which there is no row: none, or that of an earlier chunk that had the number."""
        tags = self._rows()[:, 0].view(_TAG)
        return {
            name for name, number in numbers.items() if number >= len(tags) or int(tags[number]) != _tag(name)
        }

    def _write(self, rows: Sequence[tuple[int, int, NDArray[np.float32]]]) -> None:
        if not rows:
            return
        try:
            with self._path.open("r+b" if self._path.exists() else "w+b") as file:
                for number, tag, vector in rows:
                    file.seek(number * self._row_bytes)
                    file.write(np.array([tag], _TAG).tobytes() + vector.astype(_NUMBER).tobytes())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise HomeUnusable(
                f"the vectors in {self._path} can't be written ({error}): make room on its disk"
            ) from error

    def _rows(self) -> NDArray[np.float32]:
        """All rows, ``(n, 1 + dimension)``, as they are in the file."""
        with self._lock:
            count = self._path.stat().st_size // self._row_bytes if self._path.exists() else 0
            if self._mapped is None or len(self._mapped) != count:
                shape = (count, 1 + self._dimension)
                self._mapped = (
                    np.memmap(self._path, _NUMBER, "r", shape=shape) if count else np.empty(shape, _NUMBER)
                )
            return self._mapped


def _cosines(
    rows: NDArray[np.float32], numbers: NDArray[np.int64], vector: NDArray[np.float32]
) -> NDArray[np.float32]:
    first, last = int(numbers.min()), int(numbers.max())
    if last - first < DENSE * len(numbers):
        # To look at some rows too many takes less time than to gather the others.
        near: NDArray[np.float32] = (rows[first : last + 1, 1:] @ vector)[numbers - first]
    else:
        near = rows[numbers][:, 1:] @ vector
    return near


def _tag(name: str) -> int:
    # Never that of a row which was left out.
    return crc32(name.encode()) | 1
