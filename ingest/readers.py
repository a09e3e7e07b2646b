"""Files and folders to pages: which files are meant, what kind each is, and its text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from ingest.encoding import NotText, decode
from vectorstore.errors import Rejected, Unreadable

Kind = Literal["html", "text", "markdown"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
MAX_BYTES = 20 * 1024 * 1024

_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_TAG = re.compile(r"<(?:/?(?:p|div|span|article|section|h[1-6]|ul|li|table|main)|br|meta|a)[\s/>]", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{1,5}\)(https?://[^\s<>]{1,2000}) -->", re.I)


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file to read: ``input`` is what the user sees of it, ``name`` what its article is known by.

    The name is the path within the folder that was given, so that the folder may move; a file given by itself
    goes by its own name.
    """

    input: str
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text before cleaning. ``url`` is where it was saved from, if it says so."""

    input: str
    name: str
    kind: Kind
    content: str
    url: str | None = None


def expand(inputs: Sequence[str]) -> list[InputFile]:
    """The files meant by paths of files and folders, each once.

    Folders are walked sorted; hidden files and a folder's own README are left out, and links that lead out of
    it. A path that doesn't exist is in the list too: ``read`` says so when its turn comes.
    """
    seen: set[Path] = set()
    files = []
    for file in (each for given in inputs for each in _expand_one(given)):
        place = file.path.absolute()
        if place not in seen:
            seen.add(place)
            files.append(file)
    return _told_apart(files)


def read(file: InputFile) -> Page:
    """The page in a file. Raises ``Unreadable`` where it can't be read, ``Rejected`` where it is empty."""
    _check(file)
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise Unreadable(f"'{file.input}' can't be read: {error.strerror or error}") from error
    return read_bytes(data, file.name, file.input)


def read_bytes(data: bytes, name: str, given: str | None = None) -> Page:
    """The page in ``data``, the content of a file called ``name``. Raises as ``read`` does."""
    shown = given or name
    if len(data) > MAX_BYTES:
        raise Unreadable(_too_large(shown))
    try:
        return replace(read_text(decode(data), name), input=shown)
    except NotText as error:
        raise Unreadable(f"'{shown}' holds no text but binary data; give it as text or HTML") from error


def read_text(text: str, name: str) -> Page:
    """The page in ``text``; ``name`` is its file's, or empty or ``-`` where it has none.

    Raises ``Rejected`` where nothing is in it.
    """
    if not text.strip("\ufeff\u200b \t\r\n\v\f\0"):
        raise Rejected(f"'{name or 'the text'}' is empty; there is no article in it")
    kind = _kind(text, KINDS.get(PurePath(name).suffix.lower(), "text"))
    saved = _SAVED_FROM.search(text[:5000]) if kind == "html" else None
    return Page(name, "" if name == "-" else name, kind, text, saved.group(1) if saved else None)


def _check(file: InputFile) -> None:
    if not file.path.exists():
        raise Unreadable(f"'{file.input}' doesn't exist; check the path")
    if file.path.is_dir():
        raise Unreadable(f"the folder '{file.input}' can't be opened; check its permissions")
    if not file.path.is_file():
        raise Unreadable(f"'{file.input}' is neither a file nor a folder; give a text or HTML file")
    suffix = file.path.suffix.lower()
    if suffix not in KINDS:
        kind = f"file type '{suffix}'" if suffix else "file type (its name has no ending)"
        raise Unreadable(f"'{file.input}' is of an unknown {kind}; isnad reads {' '.join(KINDS)}")
    if file.path.stat().st_size > MAX_BYTES:
        raise Unreadable(_too_large(file.input))


def _too_large(shown: str) -> str:
    return f"'{shown}' is larger than {MAX_BYTES // 1024 // 1024} MB; give its articles in files of their own"


def _kind(text: str, told: Kind) -> Kind:
    """What the text is: a page saved as .txt is still a page, and plain text named .html has no tags."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    if told == "html":
        return "html" if "<" in text else "text"
    if _PAGE_START.match(start) or (start[:5] == "<?xml" and _PAGE_START.search(start[:2000])):
        return "html"
    return "html" if told == "text" and start[:1] == "<" and len(_TAG.findall(start)) >= 5 else told


def _expand_one(given: str) -> Iterator[InputFile]:
    path = Path(given).expanduser()
    if not path.is_dir():
        yield InputFile(given, path, path.name)
        return
    root = path.resolve()
    for inside in sorted(_walk(path)):
        if inside.resolve().is_relative_to(root):
            yield InputFile(str(inside), inside, inside.relative_to(path).as_posix())


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder  # ``read`` says that it can't be opened
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.stem.upper() != "README":
            yield entry


def _told_apart(files: Sequence[InputFile]) -> list[InputFile]:
    """Files with one name get their folder's in front, so that they are not taken for one article."""
    names = Counter(file.name for file in files)
    return [
        replace(file, name=f"{file.path.absolute().parent.name}/{file.name}")
        if names[file.name] > 1
        else file
        for file in files
    ]
