from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fakes import WordEmbedder
from homes import operating

from qa.operations import LocalOperations
from qa.wiring import Parts

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
    parts.vectors.put("ghost", ["ghost-1"], parts.embedder.passages([BRIDGE]))
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


def test_a_check_that_cannot_be_made_is_a_fault_and_the_others_go_on(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(BRIDGE)
    with operating(tmp_path, WordEmbedder("2")) as (operations, _):
        report = operations.doctor(fix=True)
    assert not report["ok"]
    assert "isnad reindex" in check(report, "vectors")["detail"]
    assert check(report, "library")["ok"]


def test_a_library_that_is_no_library_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "library.sqlite3").write_bytes(b"this is not a database" * 100)
    with operating(tmp_path) as (operations, _):
        report = operations.doctor()
    assert not check(report, "library")["ok"]
    assert all("\n" not in each["detail"] for each in report["checks"])
