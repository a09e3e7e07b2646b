"""Are the files of Chroma's index whole? Changes with the way Chroma (hnswlib) lays them out.

Chroma 1.5.9 ends the whole process (SIGSEGV) when it opens an index of which a file was cut short, as a full disk or
an unfinished copy leaves them; so their lengths are compared with what the header says before it is let near them.
"""

import struct
from pathlib import Path

_HEADER = struct.Struct("<i4q")
"""hnswlib's header: version, offset, room for elements, elements held, bytes an element; more follows."""
_NUMBER = struct.Struct("<I")
_HEADER_BYTES = 100
_KNOWN_VERSION = 1


def torn(folder: Path) -> str | None:
    """The name of the first index file under ``folder`` that is cut short, null where all are whole."""
    for header in sorted(folder.glob("*/header.bin")):
        for name, least in _least_sizes(header).items():
            file = header.with_name(name)
            if not file.exists() or file.stat().st_size < least:
                return f"{header.parent.name}/{name}"
    return None


def _least_sizes(header: Path) -> dict[str, int]:
    """The bytes that each file must have."""
    least = {"header.bin": _HEADER_BYTES}
    written = header.read_bytes()
    if len(written) < _HEADER_BYTES:
        return least
    version, _, _, held, element_bytes = _HEADER.unpack_from(written)
    if version != _KNOWN_VERSION:
        return least
    return least | {
        "data_level0.bin": held * element_bytes,
        "length.bin": held * _NUMBER.size,
        "link_lists.bin": _links_bytes(header.with_name("link_lists.bin"), held),
    }


def _links_bytes(file: Path, held: int) -> int:
    """Where the last element's links would end: each element has a number of bytes, then that many."""
    links = file.read_bytes() if file.exists() else b""
    at = 0
    for _ in range(held):
        if at + _NUMBER.size > len(links):
            return at + _NUMBER.size
        at += _NUMBER.size + _NUMBER.unpack_from(links, at)[0]
    return at
