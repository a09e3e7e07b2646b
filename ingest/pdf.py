"""PDF files to pages: letters by their place on the sheet, lines to paragraphs, the sheets' own lines left out.

A PDF says where each letter stands, not in which order Arabic is read: the text that libraries give back has its
words or its letters turned round. So each line is put in order by the letters' places.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from ctypes import byref, c_double
from typing import Any
from unicodedata import normalize

from ingest.bidi import as_read, reads_from_the_right
from ingest.page import Document, Page, Said
from vectorstore.errors import Rejected, Unreadable

MAX_PAGES = 2_000
_FEWEST = 40  # characters that a file with a text layer has at least
_FULL = 0.8  # of the usual width: a line shorter than that ends its paragraph
_SHEET_LINES = 2  # lines at a sheet's top and foot that may be the sheet's, not the text's
# The shapes of joined Arabic letters, and Latin ligatures, in place of the letters themselves.
_SHAPES = re.compile("[\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufeff]+")
_PARTED = "\x02"  # what the library writes for a word that goes on in the next line
_NUMBER = re.compile(r"\d+")
# What programs write as a title where nobody gave one: a file's name, an address, a new document's name.
_NO_TITLE = re.compile(
    r"\.[a-z]\w{1,4}$|^\W*(?:untitled|sans (?:nom|titre)|بدون عنوان)\b|^microsoft (?:word|powerpoint|excel)\b"
    r"|^document ?\d*$|^about:|^data:|^[a-z][a-z0-9+.-]{1,20}://|^www\.|^\W*$",
    re.I,
)

_Placed = tuple[float, str]  # the middle of its place, in points from the left, and what stands there


def read_pdf(document: Document) -> Page:
    """The text layer of a PDF file, its paragraphs apart.

    Raises ``Rejected`` where it has none (a scan), ``Unreadable`` where it is damaged or asks for a password.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        file = PdfDocument(document.data)
        if len(file) > MAX_PAGES:
            raise Unreadable(f"'{document.shown}' has more than {MAX_PAGES:,} pages; split it")
        sheets = [_lines(sheet.get_textpage()) for sheet in file]
        title = file.get_metadata_value("Title").strip()
    except PdfiumError as error:
        asks = "password" in str(error).lower()
        told = "asks for a password; save it without one" if asks else "is a damaged PDF file; get it again"
        raise Unreadable(f"'{document.shown}' {told}") from error
    if sum(len(line) for sheet in sheets for line in sheet) < _FEWEST:
        raise Rejected(f"'{document.shown}' is a scan without text; recognise its text (OCR) first")
    said = Said(title="" if _NO_TITLE.search(title) else title)
    text = _paragraphs(_without_sheet_lines(sheets))
    return Page(document.shown, document.name, "text", text, document.url, said)


def _lines(text: Any) -> list[str]:
    """A sheet's lines in the order of the file, which keeps columns apart; each in reading order."""
    seen = [" ".join(word for _, word in sorted(map(_word, line))) for line in _placed(text)]
    right = reads_from_the_right("".join(seen))
    read = (
        _SHAPES.sub(lambda found: normalize("NFKC", found.group()), as_read(line, right)) for line in seen
    )
    return [" ".join(line.split()) for line in read if line.strip()]


def _word(letters: Sequence[_Placed]) -> _Placed:
    """A word's place, and its letters as they are seen from left to right."""
    return sum(place for place, _ in letters) / len(letters), "".join(letter for _, letter in sorted(letters))


def _placed(text: Any) -> Iterator[list[list[_Placed]]]:
    """Each line's words. Where letters stand is told; spaces mostly are only concluded, without a place."""
    from pypdfium2 import raw

    left, right, bottom, top = (c_double() for _ in range(4))
    line: list[list[_Placed]] = [[]]
    for at in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text, at))
        if not letter.isspace():
            raw.FPDFText_GetCharBox(text, at, byref(left), byref(right), byref(bottom), byref(top))
            line[-1].append(((left.value + right.value) / 2, letter.replace(_PARTED, "-")))
        elif letter != "\n":
            line.append([])
        if letter in ("\n", _PARTED):
            yield [word for word in line if word]
            line = [[]]
    yield [word for word in line if word]


def _without_sheet_lines(sheets: Sequence[Sequence[str]]) -> list[str]:
    """All lines, less page numbers and what stands at the top or foot of most sheets."""
    edges = [{_sign(line) for line in (*sheet[:_SHEET_LINES], *sheet[-_SHEET_LINES:])} for sheet in sheets]
    counts = Counter(sign for edge in edges for sign in edge)
    most = max(3, len(sheets) / 2)
    return [
        line
        for sheet in sheets
        for at, line in enumerate(sheet)
        if _SHEET_LINES <= at < len(sheet) - _SHEET_LINES or (counts[_sign(line)] < most and _sign(line))
    ]


def _sign(line: str) -> str:
    """The line without its numbers, which count the pages; empty where nothing else is in it."""
    return "".join(letter for letter in _NUMBER.sub("", line) if letter.isalpha())


def _paragraphs(lines: Sequence[str]) -> str:
    """The lines joined to paragraphs: one ends where a line is clearly shorter than most."""
    widths = sorted(len(line) for line in lines)
    full = _FULL * widths[len(widths) * 9 // 10] if widths else 0
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        paragraphs[-1].append(line)
        if len(line) < full:
            paragraphs.append([])
    return "\n\n".join(_joined(each) for each in paragraphs if each)


def _joined(lines: Sequence[str]) -> str:
    """The lines in one, words that were parted at a line's end whole again."""
    text = ""
    for line in lines:
        if text[-1:] == "-" and text[-2:-1].isalpha() and line[:1].islower():
            text = text[:-1] + line
        else:
            text = f"{text} {line}" if text else line
    return text
