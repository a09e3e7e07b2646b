"""Bytes of a text file to its words: which encoding it is in, by its mark, its declaration or the evidence."""

import codecs
import re
from itertools import pairwise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARED_WITHIN = 4096  # bytes; where a page names its encoding
_SAMPLE = 200_000  # bytes looked at where there is only evidence
# What browsers read for a declared name that is nearly always meant otherwise.
_MEANT = {
    "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "ascii": "utf-8",
}


class NotText(Exception):
    """The bytes are no text in any encoding known here."""


def decode(data: bytes, charset: str = "") -> str:
    """The text in ``data``; ``charset`` is what a server declared. Raises ``NotText`` for binary content."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if b"\0" in data[:_SAMPLE]:
        return _wide(data)
    if _controls(data[:_SAMPLE]) > 0.01:
        raise NotText
    return (
        _utf8(data)
        or _named(data, charset)
        or _declared(data)
        or data.decode(_single_byte(data[:_SAMPLE]), "replace")
    )


def _controls(sample: bytes) -> float:
    """The share of bytes that no text holds."""
    odd = sum(sample.count(code) for code in range(32) if code not in (8, 9, 10, 11, 12, 13, 27))
    return odd / max(1, len(sample))


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: spaces and line ends show which byte comes first."""
    sample = data[: _SAMPLE // 2 * 2]
    low, high = sample[0::2], sample[1::2]
    little = sum(a in b" \n.," and b == 0 for a, b in zip(low, high, strict=False))
    big = sum(b in b" \n.," and a == 0 for a, b in zip(low, high, strict=False))
    if max(little, big) < len(sample) / 100:
        raise NotText
    text = data.decode("utf-16-le" if little > big else "utf-16-be", "replace")
    if text.count("\ufffd") + text.count("\0") > len(text) / 100:
        raise NotText
    return text


def _utf8(data: bytes) -> str | None:
    """UTF-8, forgiving a cut or damaged character or two in a long text; ``None`` where it is something else."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if damaged == 0:
        return text
    wide = sum(character > "\x7f" for character in text[:_SAMPLE])
    return text if damaged * 50 <= wide else None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return _named(data, found.group(1).decode("ascii")) if found else None


def _named(data: bytes, charset: str) -> str | None:
    name = charset.strip("\"' ").lower()
    if not name:
        return None
    try:
        codec = codecs.lookup(_MEANT.get(name, name))
        return data.decode(codec.name, "replace") if codec._is_text_encoding else None
    except (LookupError, UnicodeError):
        return None


def _single_byte(sample: bytes) -> str:
    """Arabic letters stand next to each other, accented Latin ones between plain letters."""
    beyond = [at for at, code in enumerate(sample) if code >= 0xC0]
    paired = sum(second - first == 1 for first, second in pairwise(beyond))
    if paired * 2 < len(beyond):
        return "windows-1252"
    # The article «ال» is C7 E1 in one encoding, C7 E4 in the other.
    return "iso-8859-6" if sample.count(b"\xc7\xe4") > sample.count(b"\xc7\xe1") else "windows-1256"
