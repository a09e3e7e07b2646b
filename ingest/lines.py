"""One line of a page, with what tells prose from the rest: its letters, its length, its end, its markup."""

import re
import unicodedata
from dataclasses import dataclass

from vectorstore.folding import fold

# Marks that are not seen: zero-width characters, direction marks, soft hyphens, tag characters, controls.
_UNSEEN: dict[int, str | None] = dict.fromkeys(
    [
        *range(0x00, 0x09), 0x0E, 0x0F, *range(0x10, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0),
        0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
        0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080),
    ]
)  # fmt: skip
_BREAKS = {0x0B: "\n", 0x0C: "\n", 0x1C: "\n", 0x1D: "\n", 0x1E: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_TABLE = {**_UNSEEN, **_BREAKS, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

_CLOSERS = "\"'»”’“›)]}*_ "
_STOPS = (".", "!", "?", "؟", "۔", "…", "।", "。", "！", "？")
_CUT_OFF = ("...", "…", "[...]", "[…]", "(...)", "…»", "..»")
# Scripts written without spaces carry about three times as much in a character.
_DENSE = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")

ENTRY = "entry"  # the tag of a line that heads an entry of a report written hour by hour
ROW = "tr"  # the tag of a line that is a table's row
PROSE = 60  # letters in a line with a full stop that make it a paragraph
LONG_PROSE = 130  # letters in a line without one
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text, and what the page's own markup says about it.

    ``tag`` is the block it stands in (``h1``, ``p``, ``li``, …; empty in plain text), ``zone`` why the markup
    says it is no article (``menu``, ``form``, ``footer``, …; empty where it doesn't), ``links`` the share of
    its characters that are link text, ``vouched`` whether an extractor of main text kept it.
    """

    text: str
    tag: str = ""
    zone: str = ""
    links: float = 0.0
    vouched: bool = False

    @property
    def heading(self) -> bool:
        """Whether the markup makes it a heading."""
        return len(self.tag) == 2 and self.tag[0] == "h" and self.tag[1].isdigit()


def tidy(text: str) -> str:
    """``text`` in NFC without unseen marks, its spaces collapsed, lines stripped; no other letter is changed."""
    seen = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_TABLE)
    return "\n".join(" ".join(line.split()) for line in seen.split("\n"))


def letters(text: str) -> int:
    """How many letters and digits ``text`` holds; those of scripts without spaces count three."""
    dense = 0 if text.isascii() else sum(map(len, _DENSE.findall(text)))
    return sum(map(len, _WORD.findall(text))) + 2 * dense


def words(text: str) -> list[str]:
    """The words of ``text`` as they stand."""
    return _WORD.findall(text)


def ends_sentence(text: str) -> bool:
    """Whether it ends like a sentence: with a stop, perhaps inside quotation marks."""
    return text.rstrip(_CLOSERS).endswith(_STOPS)


def cut_off(text: str) -> bool:
    """Whether it ends in an ellipsis, as teasers do."""
    return text.rstrip(_CLOSERS + ">").endswith(_CUT_OFF) or text.endswith(_CUT_OFF)


def is_prose(line: Line) -> bool:
    """Whether it is a paragraph by its shape: long, or shorter and a whole sentence, and not link text."""
    text = line.text
    if line.links > 0.6 or (cut_off(text) and len(text) < 2.5 * LONG_PROSE):
        return False
    size = letters(text)
    if size >= LONG_PROSE:
        return True
    asks = text.rstrip(_CLOSERS).endswith(("?", "؟", "!"))
    ends = ends_sentence(text) or text.endswith(":")
    return size >= PROSE and ends and not line.heading and not (asks and size < 2 * PROSE)


def key(text: str) -> str:
    """What two spellings of one line have in common: its folded words, without punctuation."""
    return " ".join(words(fold(text)))
