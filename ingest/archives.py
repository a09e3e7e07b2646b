"""Zip archives: their members as if they lay in a folder. Nothing is ever written; bytes are counted as they come.

The sizes that an archive declares are not believed, and a member's name is only a label.
"""

import stat
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import PurePath, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import decompressobj
from zlib import error as ZlibError

from ingest.inputs import Skipped, why_skipped
from ingest.lines import tidy
from ingest.page import Document, Leaf, failing
from vectorstore.errors import Unreadable

MAX_MEMBERS = 50_000
MAX_INFLATED = 200 * 2**20
_PIECE = 1 << 20
_GZIP, _GZIP_START = 31, b"\x1f\x8b\x08"
_LONGEST_NAME = 200
_FAULTS = (BadZipFile, ZlibError, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


def gunzipped(data: bytes, most: int) -> bytes:
    """What a gzip file holds, cut one byte past ``most``; other data as it is. Raises ``ValueError``."""
    if not data.startswith(_GZIP_START):
        return data
    try:
        return decompressobj(_GZIP).decompress(data, most + 1)
    except ZlibError as error:
        raise ValueError("damaged") from error


class Room:
    """How many bytes an archive may still unpack to."""

    def __init__(self, left: int = MAX_INFLATED) -> None:
        self.whole = self.left = left

    def take(self, number: int) -> bool:
        """Use some; ``False`` where there is less."""
        self.left -= number
        return self.left >= 0


def opened(document: Document) -> ZipFile:
    """The archive in ``document``. Raises ``Unreadable``."""
    try:
        archive = ZipFile(BytesIO(document.data))
    except _FAULTS as error:
        raise Unreadable(f"'{document.shown}' is a damaged archive; get it again") from error
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Unreadable(f"'{document.shown}' holds more than {MAX_MEMBERS:,} files; split it")
    return archive


def inflate(archive: ZipFile, member: ZipInfo, room: Room, shown: str) -> bytes:
    """A member's bytes, counted. Raises ``Unreadable`` where they are damaged, encrypted or too many."""
    pieces = []
    try:
        with archive.open(member) as file:
            while piece := file.read(_PIECE):
                if not room.take(len(piece)):
                    raise Unreadable(f"'{shown}' unpacks to more than {room.whole >> 20} MB; split it")
                pieces.append(piece)
    except _FAULTS as error:
        told = "encrypted; unpack it first" if member.flag_bits & 1 else "damaged; get it again"
        raise Unreadable(f"'{shown}' is {told}") from error
    return b"".join(pieces)


def members(document: Document, room: Room) -> Iterator[Document | Skipped | Leaf]:
    """The files in a zip archive, sorted by name; those that are passed over; and those that can't be read.

    Raises ``Unreadable`` where the archive can't be read or its files are too large together.
    """
    archive = opened(document)
    named = sorted(((_inside(each), each) for each in archive.infolist()), key=lambda pair: str(pair[0]))
    for inside, member in named:
        shown = f"{document.shown}/{inside}"
        if member.is_dir():
            continue
        why = "link" if stat.S_ISLNK(member.external_attr >> 16) else why_skipped(inside)
        if why:
            yield Skipped(shown, why)
        else:
            # In an archive that was fetched, files are told apart by its address.
            name = f"{document.url}/{inside}" if document.url else str(inside)
            try:
                yield Document(inflate(archive, member, room, shown), name, shown)
            except Unreadable as error:
                if room.left < 0:
                    raise
                yield failing(name, shown, error)


def _inside(member: ZipInfo) -> PurePath:
    """The member's path within the archive, whatever it claims: no root, no way up, no unseen marks."""
    name = member.filename
    if not member.flag_bits & 0x800:
        # Else it is in the archive's own old encoding, as zipfile has read it.
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    parts = (" ".join(tidy(part).split())[-_LONGEST_NAME:] for part in name.replace("\\", "/").split("/"))
    return PurePosixPath(*[part for part in parts if part not in ("", ".", "..")] or ["unnamed"])
