"""A backup's file into an empty home: changes with what a file from a stranger might try.

Nothing in the file is believed: names, sizes, digests, tables, rows and vectors are checked first.
"""

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from hashlib import sha256
from pathlib import Path
from shutil import disk_usage, rmtree
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from pydantic import ValidationError

from qa.backup import CHATS, LAYOUT, LIBRARY, MANIFEST, MEMBERS, VECTORS, Json, Manifest, Member, model_of
from qa.conversations import Conversations
from qa.wiring import ASIDE
from vectorstore.database import is_damage
from vectorstore.errors import Damaged, HomeUnusable, NotFound, UserError
from vectorstore.foreign import check_database
from vectorstore.library import Library

if TYPE_CHECKING:
    from qa.wiring import Parts

    OpenHome = Callable[[Path], AbstractContextManager[Parts]]

MOST_MANIFEST_BYTES = 2**16
PIECE = 2**20
UNFINISHED = ".restoring-"
ROOM_BYTES = 50 * 2**20
"""What must stay free on the disk beside what is restored."""


def restore_backup(file: Path, home: Path, open_home: "OpenHome") -> Json:
    """Make ``home``, which must hold no article and no chat, the one that ``file`` was written from.

    A damaged library is no article, but is kept beside the restored one.

    Everything is made and checked in a folder of its own within ``home`` and moved into place last, the library at
    the very end. Raises ``NotFound`` and ``UserError``.
    """
    _check_empty(home)
    for leftover in home.glob(f"{UNFINISHED}*"):
        rmtree(leftover, ignore_errors=True)
    folder = Path(mkdtemp(prefix=UNFINISHED, dir=home))
    try:
        manifest = _unpack(file, folder)
        _check_rows(folder)
        rows = _read_vectors(folder / VECTORS)
        (folder / VECTORS).unlink()
        with open_home(folder) as parts:
            _fill_vectors(parts, manifest, rows)
            articles, _ = parts.library.count()
        _move_in(folder, home)
    except OSError as error:
        raise UserError(f"{file} can't be restored ({error.strerror or error}): check the disk") from error
    finally:
        rmtree(folder, ignore_errors=True)
    return {"file": str(file), "articles": articles, "bytes": file.stat().st_size}


def _check_empty(home: Path) -> None:
    if not (home / LIBRARY).exists():
        return
    stored = 0
    if not _is_damaged(home):
        library = Library(home / LIBRARY)
        stored, _ = library.count()
        library.close()
    if stored or Conversations(home / CHATS).count():
        raise HomeUnusable(
            f"the home {home} isn't empty: restore into another one with --home, or an empty folder"
        )


def _is_damaged(home: Path) -> bool:
    """Whether the library there is no sound database."""
    try:
        with closing(Library(home / LIBRARY)) as library:
            return bool(library.faults())
    except (Damaged, sqlite3.DatabaseError) as error:
        return isinstance(error, Damaged) or is_damage(error)


def _unpack(file: Path, folder: Path) -> Manifest:
    try:
        with ZipFile(file) as archive:
            if sorted(archive.namelist()) != sorted((*MEMBERS, MANIFEST)):
                raise UserError(f"{file} is no backup of isnad's: it holds other files")
            with archive.open(MANIFEST) as member:
                manifest = Manifest.model_validate_json(member.read(MOST_MANIFEST_BYTES))
            _check_manifest(file, manifest, folder)
            for name in sorted(MEMBERS):
                _unpack_member(archive, name, manifest.members[name], folder)
        return manifest
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFound(f"there is no file {file}: check the path") from error
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValidationError) as error:
        raise UserError(
            f"{file} is no backup of isnad's, or a damaged one ({type(error).__name__})"
        ) from error


def _check_manifest(file: Path, manifest: Manifest, folder: Path) -> None:
    if manifest.layout > LAYOUT:
        raise UserError(f"{file} was made by a newer isnad: upgrade isnad to restore it")
    if set(manifest.members) != MEMBERS:
        raise UserError(f"{file} is no backup of isnad's: its list of files is another")
    needed = sum(each.bytes for each in manifest.members.values()) + ROOM_BYTES
    if needed > disk_usage(folder).free:
        raise UserError(f"{file} needs {needed >> 20} MB, more than the disk has free: make room")


def _unpack_member(archive: ZipFile, name: str, expected: Member, folder: Path) -> None:
    """The member's bytes, counted as they come: what an archive declares of its sizes isn't believed."""
    digest, left = sha256(), expected.bytes
    with archive.open(name) as packed, (folder / name).open("xb") as file:
        while piece := packed.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise UserError(f"{name} in the backup is longer than it says: it was tampered with")
            digest.update(piece)
            file.write(piece)
    if left or digest.hexdigest() != expected.sha256:
        raise UserError(f"{name} in the backup isn't what was written: take another backup")


def _check_rows(folder: Path) -> None:
    """Whether both databases are ours in schema, and every row in them can be read."""
    with TemporaryDirectory(dir=folder) as fresh:
        Library(Path(fresh) / LIBRARY).close()
        Conversations(Path(fresh) / CHATS).count()
        for name in (LIBRARY, CHATS):
            check_database(folder / name, Path(fresh) / name)
    library = Library(folder / LIBRARY)
    try:
        library.read_everything()
        Conversations(folder / CHATS).read_everything()
    except (ValueError, TypeError, LookupError, OverflowError, sqlite3.Error) as error:
        raise UserError(
            f"a row in the backup can't be read ({type(error).__name__}): take another one"
        ) from error
    finally:
        library.close()


def _read_vectors(path: Path) -> np.ndarray[Any, Any]:
    try:
        rows: np.ndarray[Any, Any] = np.load(path, allow_pickle=False)
    except (ValueError, EOFError) as error:
        raise UserError("the vectors in the backup can't be read: take another one") from error
    if rows.ndim != 2 or rows.dtype != np.float32:
        raise UserError("the vectors in the backup aren't a table of numbers: it was tampered with")
    return rows


def _fill_vectors(parts: "Parts", manifest: Manifest, rows: np.ndarray[Any, Any]) -> None:
    """Take the vectors that fit the library and this machine's model; embed the others."""
    library = parts.library
    places = {chunk_id: at for at, chunk_id in enumerate(sorted(library.chunk_ids()))}
    fitting = manifest.embedding_model == model_of(parts) and rows.shape == (
        len(places),
        parts.embedder.dimension,
    )
    if not fitting:
        library.mark_all_pending()
        parts.sync.repair()
        return
    lengths = np.linalg.norm(rows, axis=1)
    usable = np.isclose(lengths, 1.0, atol=1e-2)
    kept = [chunk_id for chunk_id, at in places.items() if usable[at]]
    parts.vectors.put(kept, rows[[places[chunk_id] for chunk_id in kept]])
    parts.sync.repair()
    parts.sync.mend()


def _move_in(folder: Path, home: Path) -> None:
    """The library last: a home without one is empty, whatever else a crash left there."""
    if (home / LIBRARY).exists() and _is_damaged(home):
        (home / LIBRARY).replace(home / f"{LIBRARY}{ASIDE}")
    for name in (LIBRARY, f"{LIBRARY}-wal", f"{LIBRARY}-shm", CHATS):
        (home / name).unlink(missing_ok=True)
    if (home / "vectors").exists():
        rmtree(home / "vectors")
    for name in ("vectors", CHATS, LIBRARY):
        (folder / name).replace(home / name)
