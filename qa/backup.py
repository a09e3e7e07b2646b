"""A home as one file, written while it is in use: changes with what a backup holds.

The file is a zip of the library, the saved chats and the vectors as a plain array. Chroma's folder isn't in it, since
one from elsewhere couldn't be checked: it is made anew from them.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
from pydantic import BaseModel, NonNegativeInt

from vectorstore.errors import UserError
from vectorstore.library import Library

if TYPE_CHECKING:
    from qa.wiring import Parts

Json = dict[str, Any]

LIBRARY, CHATS, VECTORS, MANIFEST = "library.sqlite3", "conversations.sqlite3", "vectors.npy", "manifest.json"
MEMBERS = frozenset((LIBRARY, CHATS, VECTORS))
LAYOUT = 1
BATCH = 2000


class Member(BaseModel):
    """A file of the archive."""

    bytes: NonNegativeInt
    sha256: str


class Manifest(BaseModel):
    """What the archive says of itself."""

    layout: int
    made: datetime
    embedding_model: str
    articles: NonNegativeInt
    members: dict[str, Member]


def write_backup(parts: "Parts", file: Path) -> Json:
    """Write the home of ``parts`` to ``file``, which appears when it is whole; the contract's ``backup``.

    The library is copied first. Vectors of what changes meanwhile are left out or marked, and are embedded again when
    the backup is restored. It takes the place of an earlier backup, of no other file. Raises ``UserError`` where it
    can't be written.
    """
    _check_place(file, parts.settings.home)
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with TemporaryDirectory(prefix="isnad-backup-", dir=file.absolute().parent) as folder:
            manifest = _collect(parts, Path(folder))
            with _private(draft), ZipFile(draft, "w", ZIP_DEFLATED, compresslevel=1) as archive:
                archive.writestr(MANIFEST, manifest.model_dump_json(indent=1))
                for name in sorted(MEMBERS):
                    archive.write(Path(folder) / name, name)
        draft.replace(file)
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise UserError(f"the backup {file} can't be written ({why}): check the disk") from error
    finally:
        draft.unlink(missing_ok=True)
    return {"file": str(file), "articles": manifest.articles, "bytes": file.stat().st_size}


def _check_place(file: Path, home: Path) -> None:
    if home.resolve() in file.resolve().parents:
        raise UserError(f"{file} lies in the home that is backed up: name a file outside of {home}")
    if file.exists() and not (file.is_file() and (file.stat().st_size == 0 or _is_backup(file))):
        raise UserError(f"{file} is there and is no backup of isnad's: name another file, or remove it first")


def _is_backup(file: Path) -> bool:
    try:
        with ZipFile(file) as archive:
            return MANIFEST in archive.namelist()
    except (BadZipFile, OSError):
        return False


@contextmanager
def _private(path: Path) -> Iterator[None]:
    """A file that its user alone may read: the articles may not be everybody's, the chats aren't."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    yield


def _collect(parts: "Parts", folder: Path) -> Manifest:
    parts.library.copy_to(folder / LIBRARY)
    parts.conversations.copy_to(folder / CHATS)
    copied = Library(folder / LIBRARY)
    ids = sorted(copied.chunk_ids())
    rows = np.lib.format.open_memmap(
        folder / VECTORS, mode="w+", dtype=np.float32, shape=(len(ids), parts.embedder.dimension)
    )
    for at in range(0, len(ids), BATCH):
        held = parts.vectors.of(ids[at : at + BATCH])
        for row, chunk_id in enumerate(ids[at : at + BATCH], start=at):
            rows[row] = held.get(chunk_id, 0.0)
    rows.flush()
    # A title that was corrected since the copy is in its passages' vectors already.
    titles = parts.library.titles()
    copied.mark_pending([each for each, title in copied.titles().items() if titles.get(each) != title])
    articles, _ = copied.count()
    copied.close()
    return Manifest(
        layout=LAYOUT,
        made=datetime.now(UTC),
        embedding_model=model_of(parts),
        articles=articles,
        members={name: _described(folder / name) for name in sorted(MEMBERS)},
    )


def _described(path: Path) -> Member:
    with path.open("rb") as file:
        return Member(bytes=path.stat().st_size, sha256=file_digest(file, "sha256").hexdigest())


def model_of(parts: "Parts") -> str:
    """The embedding model that the vectors of ``parts`` are made with."""
    return f"{parts.embedder.name}@{parts.embedder.revision}"
