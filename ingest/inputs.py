"""Paths to files: which are meant, what each is known by, and which of a folder's are passed over."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Literal

from ingest.kinds import SUFFIXES

Why = Literal["hidden", "unknown type", "README", "link"]


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
class Skipped:
    """A file in a folder or an archive that isn't read, and why."""

    input: str
    why: Why


def expand(inputs: Sequence[str]) -> tuple[list[InputFile], list[Skipped]]:
    """The files meant by paths of files and folders, each once, and those of the folders that are not.

    Folders are walked sorted. A path that doesn't exist is among the files: reading it says so.
    """
    seen: set[Path] = set()
    files: list[InputFile] = []
    skipped: list[Skipped] = []
    for each in (each for given in inputs for each in _expand_one(given)):
        if isinstance(each, Skipped):
            skipped.append(each)
        elif each.path.absolute() not in seen:
            seen.add(each.path.absolute())
            files.append(each)
    return _told_apart(files), skipped


def why_skipped(inside: PurePath) -> Why | None:
    """Why a file at that path within a folder or an archive isn't read; ``None`` where it is."""
    if any(part.startswith((".", "~$")) or part == "__MACOSX" for part in inside.parts):
        return "hidden"
    if inside.stem.upper() == "README":
        return "README"
    return None if inside.suffix.lower() in SUFFIXES else "unknown type"


def _expand_one(given: str) -> Iterator[InputFile | Skipped]:
    path = Path(given)
    if not os.path.isdir(path):  # unlike Path's own, false for a name that can't be one
        yield InputFile(given, path, path.name)
        return
    root = path.resolve()
    for inside, why in _walk(path):
        if why or not inside.resolve().is_relative_to(root):
            yield Skipped(str(inside), why or "link")
        else:
            yield InputFile(str(inside), inside, inside.relative_to(path).as_posix())


def _walk(folder: Path) -> Iterator[tuple[Path, Why | None]]:
    """What is in ``folder``, sorted, with why it isn't read; a folder that can't be opened stands for itself."""
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        yield folder, None
        return
    for entry in entries:
        if entry.name.startswith("."):
            yield entry, "hidden"
        elif not entry.is_dir():
            yield entry, why_skipped(PurePath(entry.name))
        elif entry.is_symlink():
            yield entry, "link"
        else:
            yield from _walk(entry)


def _told_apart(files: Sequence[InputFile]) -> list[InputFile]:
    """Files with one name get their folder's in front, so that they are not taken for one article."""
    names = Counter(file.name for file in files)
    return [
        replace(file, name=f"{file.path.absolute().parent.name}/{file.name}")
        if names[file.name] > 1
        else file
        for file in files
    ]
