"""Pages marked by hand (``quality/cleaning*/*.page``) and how a cleaned page is measured against its marks.

Rules were written and tuned on ``cleaning``; the others were written afterwards, one after the other, each run once
before anything was changed for it.

A file is a few fields, ``---``, then the page, each line behind two characters: ``+`` for a line of the
article, blank for everything else. ``published`` is a day and what says so, or ``null``; ``rejected`` is a word
of the reason for a page without an article; ``encoding`` is the file's, where it isn't UTF-8.
"""

import html
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.page import Document, Page
from ingest.readers import read_bytes, read_text

_LATER = ("held_out", "fresh", "last", "fifth", "sixth", "seventh", "eighth", "ninth")
SETS = ("cleaning", *(f"cleaning_{name}" for name in _LATER))


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with what a careful reader finds in it."""

    id: str
    name: str
    title: str
    published: str | None
    rejected: str | None
    content: str
    kept: tuple[str, ...]
    encoding: str

    @property
    def page(self) -> Page:
        """The page as it is read from a file."""
        return read_bytes(Document(self.content.encode(self.encoding), self.name, self.name))


def load(name: str) -> list[Marked]:
    folder = Path(__file__).parent / "quality" / name
    return [_read(path) for path in sorted(folder.glob("*.page"))]


def page_in(path: Path) -> Page:
    """The page in a text file."""
    return read_text(path.read_text("utf-8"), path.name)


def _read(path: Path) -> Marked:
    top, _, page = path.read_text("utf-8").partition("---\n")
    fields = dict(line.split(": ", 1) for line in top.splitlines())
    rows = page.splitlines()
    published = fields.get("published")
    return Marked(
        path.stem,
        fields["name"],
        fields.get("title", ""),
        None if published in (None, "null") else published,
        fields.get("rejected"),
        "\n".join(row[2:] for row in rows),
        tuple(each for row in rows if row.startswith("+") and (each := plain(row[2:]))),
        fields.get("encoding", "utf-8"),
    )


def plain(row: str) -> str:
    """The words of a marked row, without HTML or Markdown."""
    row = re.sub(r"</t[dh]>\s*<t[dh][^<>]*>", " | ", row)
    if row.lstrip().startswith("<") or "<br>" in row:
        row = html.unescape(re.sub(r"<[^<>]*>", "\x00", row))
    row = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", row).replace("**", "").lstrip("> #")
    return " ".join(row.split())


def squeezed(text: str) -> str:
    return "".join(text.replace("\x00", "").split())


def missing(marked: Marked, text: str) -> list[str]:
    """The marked lines that are not in ``text``."""
    whole = squeezed(text)
    return [line for line in marked.kept if squeezed(line) not in whole]


def leaked(marked: Marked, text: str) -> list[str]:
    """The lines of ``text`` that are not marked."""
    whole = squeezed("".join(marked.kept))
    return [line for line in text.split("\n") if line and squeezed(line) not in whole]
