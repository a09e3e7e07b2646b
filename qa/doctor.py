"""``isnad doctor``: is the installation sound, is the home, and what of it was mended."""

import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from shutil import disk_usage
from typing import TYPE_CHECKING, Any

from vectorstore import bundled
from vectorstore.errors import UserError

if TYPE_CHECKING:
    from qa.wiring import Parts

LOWEST_FREE_BYTES = 500 * 2**20
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
    except (UserError, OSError, sqlite3.Error) as error:
        return Check(name, False, str(error))


def _packages(parts: "Parts", fix: bool) -> Check:
    try:
        told = ", ".join(f"{name} {version(name)}" for name in SHOWN_PACKAGES)
    except PackageNotFoundError as error:
        return Check("packages", False, f"{error.name} isn't installed: install isnad again")
    return Check("packages", True, told)


def _home(parts: "Parts", fix: bool) -> Check:
    home = parts.settings.home
    free = disk_usage(home).free
    detail = f"{home}, {free // 2**20} MB free"
    return Check("home", free >= LOWEST_FREE_BYTES, detail)


def _library(parts: "Parts", fix: bool) -> Check:
    faults = parts.library.faults()
    articles, chunks = parts.library.count()
    return Check("library", not faults, "; ".join(faults) or f"{articles} articles, {chunks} passages")


def _model(parts: "Parts", fix: bool) -> Check:
    embedder = parts.embedder
    settings = parts.settings
    folder = bundled.folder_in(settings.cache)
    if settings.embedding_model is None and folder.is_dir():
        damaged = bundled.check(folder)
        if damaged and not fix:
            return Check("embedding model", False, f"damaged: {', '.join(damaged)}: run 'isnad doctor --fix'")
        if damaged:
            bundled.unpack(settings.cache, thorough=True)
            return Check("embedding model", True, f"unpacked again: {', '.join(damaged)}", fixed=True)
    detail = f"{embedder.name}, {embedder.dimension} dimensions, computed in {embedder.precision}"
    return Check("embedding model", True, detail)


def _vectors(parts: "Parts", fix: bool) -> Check:
    missing, surplus = parts.sync.difference()
    if not missing and not surplus:
        return Check("vectors", True, "in step with the library")
    detail = f"{len(missing)} passages without a vector, {len(surplus)} vectors without a passage"
    if not fix:
        return Check("vectors", False, f"{detail}: run 'isnad doctor --fix'")
    parts.sync.mend()
    return Check("vectors", True, detail, fixed=True)


CHECKS: dict[str, Callable[["Parts", bool], Check]] = {
    "packages": _packages,
    "home": _home,
    "library": _library,
    "embedding model": _model,
    "vectors": _vectors,
}
