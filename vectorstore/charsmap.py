"""Builds the character map that SentencePiece's normaliser reads: which sequences are replaced by which text.

A map is the size of a trie in bytes, the trie as a double array, then the replacements, each ended by a zero
byte. A unit of the array holds the byte that leads to it, whether a sequence ends here, and the distance to its
children; a unit that ends a sequence holds the place of the replacement instead.
"""

import struct
from collections.abc import Mapping
from typing import Any

_VALUE = 1 << 31
_ENDS_HERE = 1 << 8
_DISTANCE = 10


def build(replacements: Mapping[str, str]) -> bytes:
    """The map that replaces each key by its value. Neither may hold a zero character."""
    texts = bytearray()
    places: dict[str, int] = {}
    root: dict[int, Any] = {}
    for sequence, text in sorted(replacements.items()):
        if text not in places:
            places[text] = len(texts)
            texts += text.encode() + b"\0"
        node = root
        for byte in sequence.encode():
            node = node.setdefault(byte, {})
        node[0] = places[text]
    units = _Units()
    units.lay(0, root)
    return struct.pack("<I", 4 * len(units.cells)) + units.packed() + bytes(texts)


class _Units:
    """The double array as it grows: each node's children go to the first place where all of them fit."""

    def __init__(self) -> None:
        self.cells: list[int] = [0] * 256
        self._taken = [True] + [False] * 255
        self._bases: set[int] = set()
        # Where the last node with so many children found room: what lies before is mostly taken.
        self._searched: dict[int, int] = {}

    def packed(self) -> bytes:
        return struct.pack(f"<{len(self.cells)}I", *self.cells)

    def lay(self, at: int, node: dict[int, Any]) -> None:
        """Place the children of ``node``, which itself stands at ``at``, and theirs."""
        base = self._room(node)
        self._bases.add(base)
        self.cells[at] |= (at ^ base) << _DISTANCE
        for byte in node:
            self._taken[base ^ byte] = True
        if 0 in node:
            self.cells[at] |= _ENDS_HERE
            self.cells[base] = node[0] | _VALUE
        for byte, child in node.items():
            if byte:
                self.cells[base ^ byte] |= byte
                self.lay(base ^ byte, child)

    def _room(self, node: dict[int, Any]) -> int:
        base = self._searched.get(len(node), 0)
        while not self._fits(base, node):
            base += 1
        self._searched[len(node)] = base
        return base

    def _fits(self, base: int, node: dict[int, Any]) -> bool:
        while len(self.cells) <= base | 0xFF:
            self.cells += [0] * 256
            self._taken += [False] * 256
        # Two nodes on one base would find each other's children.
        return base not in self._bases and not any(self._taken[base ^ byte] for byte in node)
