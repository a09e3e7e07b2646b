"""``isnad doctor``: is the installation sound, is the home, and what of it was mended."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from shutil import disk_usage
from typing import TYPE_CHECKING, Any

import numpy as np
from packaging.requirements import Requirement

from qa.wiring import ASIDE, CONVERSATIONS_FILE, LIBRARY_FILE
from vectorstore import bundled
from vectorstore.database import damaged, is_damage
from vectorstore.errors import Damaged, HomeUnusable, UserError

if TYPE_CHECKING:
    from qa.conversations import Conversations
    from qa.wiring import Parts
    from vectorstore.library import Library

LOWEST_FREE_BYTES = 500 * 2**20
MEND = "run 'isnad doctor --fix'"
LIBRARY = "library"
MOST_TOLD = 3
SHOWN_PACKAGES = ("chromadb", "gradio", "langchain", "sentence-transformers", "torch")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; ``fixed`` says that it was wrong and is mended."""

    name: str
    ok: bool
    detail: str
    fixed: bool = False


def examine(parts: "Parts", *, fix: bool) -> dict[str, Any]:
    """Every check in turn; one that can't be made is a fault with its reason."""
    checks = [_guarded(name, check, parts, fix) for name, check in CHECKS.items()]
    return {"ok": all(each.ok for each in checks), "checks": [asdict(each) for each in checks]}


def _guarded(name: str, check: Callable[["Parts", bool], Check], parts: "Parts", fix: bool) -> Check:
    try:
        return check(parts, fix)
    except Damaged as error:
        return Check(
            name, False, str(error) if name == LIBRARY else "can't be checked beside a damaged library"
        )
    except (UserError, OSError, sqlite3.Error, PackageNotFoundError) as error:
        return Check(name, False, str(error))


def _packages(parts: "Parts", fix: bool) -> Check:
    """Whether what is installed is what this isnad asks for: older versions have known holes."""
    told = ", ".join(f"{name} {version(name)}" for name in SHOWN_PACKAGES)
    unmet = list(_unmet(requires("isnad") or ()))
    if unmet:
        return Check("packages", False, f"{'; '.join(unmet)}: run 'pip install --upgrade isnad'")
    return Check("packages", True, told)


def _unmet(requirements: Iterable[str]) -> Iterator[str]:
    """What of ``requirements``, as a package's metadata tells them, isn't installed; extras aren't asked for."""
    for each in map(Requirement, requirements):
        if each.marker and not each.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(each.name)
        except PackageNotFoundError:
            yield f"{each.name} isn't installed"
            continue
        if not each.specifier.contains(found, prereleases=True):
            yield f"{each.name} {found} is installed, {each.specifier} is needed"


def _home(parts: "Parts", fix: bool) -> Check:
    home = parts.settings.home
    free = disk_usage(home).free
    detail = f"{home}, {free >> 20} MB free"
    if free < LOWEST_FREE_BYTES:
        return Check(
            "home", False, f"{detail}: make room on that disk, {LOWEST_FREE_BYTES >> 20} MB at least"
        )
    return Check("home", True, detail)


def _library(parts: "Parts", fix: bool) -> Check:
    faults = _faults(parts.library)
    if faults:
        raise damaged(parts.settings.home / LIBRARY_FILE, faults)
    if altered := parts.library.altered():
        told = f"{len(altered)} articles have another text than was stored, {altered[0]} first"
        return Check(LIBRARY, False, f"{told}: put a backup in its place with 'isnad restore FILE'")
    articles, chunks = parts.library.count()
    return Check(LIBRARY, True, f"{articles} articles, {chunks} passages")


def _chats(parts: "Parts", fix: bool) -> Check:
    """Damaged chats can't be read again: their file is put aside, so that new ones can be kept."""
    faults = _faults(parts.conversations)
    if not faults:
        return Check("saved chats", True, f"{parts.conversations.count()} chats")
    path = parts.settings.home / CONVERSATIONS_FILE
    aside = path.with_name(f"{path.name}{ASIDE}")
    if not fix:
        return Check(
            "saved chats", False, f"{path} is damaged ({faults}): {MEND}, which puts it aside as {aside.name}"
        )
    path.replace(aside)
    return Check(
        "saved chats", True, f"the damaged file ({faults}) is {aside.name} now; new chats are kept", True
    )


def _faults(database: "Library | Conversations") -> str:
    """What is wrong with a database, as SQLite tells it, in one line; empty where it is sound."""
    try:
        faults = database.faults()
    except (sqlite3.Error, HomeUnusable) as error:
        if not is_damage(error if isinstance(error, sqlite3.Error) else error.__cause__):
            raise
        faults = [str(error.__cause__ or error)]
    return " ".join("; ".join(faults[:MOST_TOLD]).split())


def _model(parts: "Parts", fix: bool) -> Check:
    settings = parts.settings
    folder = bundled.folder_in(settings.cache)
    if settings.embedding_model is None and folder.is_dir():
        damaged = bundled.check(folder)
        if damaged and not fix:
            return Check("embedding model", False, f"damaged: {', '.join(damaged)}: {MEND}")
        if damaged:
            bundled.unpack(settings.cache, thorough=True)
            return Check("embedding model", True, f"unpacked again: {', '.join(damaged)}", fixed=True)
    embedder = parts.embedder
    detail = f"{embedder.name}, {embedder.dimension} dimensions, computed in {embedder.precision}"
    return Check("embedding model", True, detail)


def _pending(parts: "Parts", fix: bool) -> Check:
    waiting = len(parts.library.pending())
    if not waiting:
        return Check("pending", True, "every article was embedded")
    detail = f"{waiting} articles wait to be embedded"
    if not fix:
        return Check("pending", False, f"{detail}: {MEND}")
    try:
        parts.sync.repair()
    except HomeUnusable:
        return Check("pending", True, f"{detail}, with all others", fixed=True)  # ``_vectors`` makes all anew
    return Check("pending", True, detail, fixed=True)


def _vectors(parts: "Parts", fix: bool) -> Check:
    """Vectors of another model, or that can't be read, are made anew; else what is out of step is put right."""
    try:
        missing, surplus = parts.sync.difference()
        parts.vectors.search(np.ones(parts.embedder.dimension, dtype=np.float32), 1)
    except Damaged:
        raise
    except HomeUnusable as error:
        if not fix:
            return Check("vectors", False, str(error))
        *_, done = parts.reindex()
        return Check("vectors", True, f"{done['chunks']} passages embedded again: {error}", fixed=True)
    if not missing and not surplus:
        return Check("vectors", True, "in step with the library")
    detail = f"{len(missing)} passages without a vector, {len(surplus)} vectors without a passage"
    if not fix:
        lost = (
            ""
            if parts.library.count()[1]
            else "if the library was lost, 'isnad restore FILE' brings it back; else "
        )
        return Check("vectors", False, f"{detail}: {lost}{MEND}")
    parts.sync.mend()
    return Check("vectors", True, detail, fixed=True)


CHECKS: dict[str, Callable[["Parts", bool], Check]] = {
    "packages": _packages,
    "home": _home,
    LIBRARY: _library,
    "saved chats": _chats,
    "embedding model": _model,
    "pending": _pending,
    "vectors": _vectors,
}
