"""A home as one file and back, and what a file from a stranger may try."""

import io
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import pytest
from fakes import WordEmbedder
from homes import operating

from qa.conversations import Conversation, Exchange
from qa.operations import LocalOperations
from qa.restore import restore_backup
from qa.settings import Settings
from qa.wiring import Parts
from vectorstore.errors import HomeUnusable, NotFound, UserError

QUERIES = ("bridge over the river", "ferry across the lake", "museum of clocks")
TEXTS = (
    "The old bridge over the river was opened in 1901 by the mayor. It is of stone.",
    "A ferry carried the farmers across the lake until 1950. Nobody misses it now.",
    "The museum of clocks shows four hundred clocks that were made in the valley.",
)
ME = "login:me"


def fill(operations: LocalOperations, parts: Parts) -> None:
    for number, text in enumerate(TEXTS):
        operations.ingest_text(text, title=f"Title {number}", name=f"{number}.txt")
    [listed, *_] = operations.articles()["articles"]
    operations.set(listed["article_id"], source="The Post", published="2024-10-03")
    operations.ingest_text(TEXTS[0] + " It was painted in May.", title="Title 0", name="0.txt")
    parts.conversations.save(ME, Conversation((Exchange("who?"),)))


def told(operations: LocalOperations) -> dict[str, Any]:
    """All that a home answers."""
    listed = operations.articles()["articles"]
    shown = [
        operations.show(each["article_id"], version=version["version"])
        for each in listed
        for version in each["versions"]
    ]
    return {"shown": shown, "found": [operations.search(query) for query in QUERIES]}


def restored(file: Path, folder: Path, embedder: WordEmbedder | None = None) -> dict[str, Any]:
    """Restore into ``folder/home``, as ``operating`` opens it."""
    home = folder / "home"
    home.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def opened(at: Path) -> Iterator[Parts]:
        parts = Parts(Settings(home=at, cache=folder / "cache"))
        parts.embedder = embedder or WordEmbedder()  # type: ignore[assignment]
        try:
            yield parts
        finally:
            parts.close()

    return restore_backup(file, home, opened)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A backup's file, and what the home answered when it was written."""
    folder = tmp_path_factory.mktemp("original")
    with operating(folder) as (operations, parts):
        fill(operations, parts)
        line = operations.backup(str(folder / "isnad.backup"))
        assert line == {
            "file": str(folder / "isnad.backup"),
            "articles": 3,
            "bytes": (folder / "isnad.backup").stat().st_size,
        }
        yield folder / "isnad.backup", told(operations)


def test_a_restored_home_answers_the_same_without_embedding_anything(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    file, before = original
    embedder = WordEmbedder()
    assert restored(file, tmp_path, embedder)["articles"] == 3
    assert not embedder.embedded
    with operating(tmp_path) as (operations, parts):
        assert told(operations) == before
        assert [each.title for each in parts.conversations.list(ME)] == ["who?"]
        assert parts.sync.difference() == (set(), set())
        again = operations.ingest_text(TEXTS[1], title="Title 1", name="1.txt")
    assert again["status"] == "unchanged"


def test_the_file_is_its_user_s_alone_and_leaves_nothing_beside_it(
    original: tuple[Path, dict[str, Any]],
) -> None:
    file, _ = original
    assert file.stat().st_mode & 0o077 == 0
    assert sorted(each.name for each in file.parent.iterdir() if "home" not in each.name) == ["isnad.backup"]
    with ZipFile(file) as archive:
        assert "chroma.sqlite3" not in "".join(archive.namelist())


@pytest.mark.parametrize("name", ["home/library.sqlite3", "home/new.backup", "link", "notes.txt"])
def test_a_backup_overwrites_nothing_but_an_earlier_backup(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes.txt").write_text("Notes of another kind.")
    (tmp_path / "link").symlink_to(tmp_path / "home" / "library.sqlite3")
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(TEXTS[0])
        with pytest.raises(UserError, match=r"lies in the home|no backup of isnad's"):
            operations.backup(str(tmp_path / name))
        assert len(operations.articles()["articles"]) == 1
        for _ in range(2):
            assert operations.backup(str(tmp_path / "isnad.backup"))["articles"] == 1
    assert (tmp_path / "notes.txt").read_text() == "Notes of another kind."


def test_another_machine_s_model_embeds_every_article_again(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    embedder = WordEmbedder("2")
    restored(original[0], tmp_path, embedder)
    assert embedder.embedded
    with operating(tmp_path, WordEmbedder("2")) as (operations, parts):
        assert operations.search(QUERIES[0])["hits"][0]["found_by"] == ["dense", "lexical"]
        assert parts.sync.difference() == (set(), set())


def test_a_home_with_an_article_or_a_chat_is_left_alone(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text("A strike closed the harbour for a week.", name="strike")
        before = operations.articles()
    with pytest.raises(HomeUnusable, match="isn't empty"):
        restored(original[0], tmp_path)
    with operating(tmp_path) as (operations, _):
        assert operations.articles() == before


@pytest.mark.parametrize("bytes_kept", [5000, 0])
def test_a_damaged_library_is_kept_aside_and_the_backup_takes_its_place(
    tmp_path: Path, original: tuple[Path, dict[str, Any]], bytes_kept: int
) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text("A strike closed the harbour for a week.", name="strike")
    library = tmp_path / "home" / "library.sqlite3"
    broken = library.read_bytes()[:bytes_kept] + b"nonsense" * 5000
    library.write_bytes(broken)
    assert restored(original[0], tmp_path)["articles"] == 3
    assert (tmp_path / "home" / "library.sqlite3.damaged").read_bytes() == broken
    with operating(tmp_path) as (operations, _):
        assert told(operations) == original[1]


def test_a_restore_that_was_killed_leaves_an_empty_home_that_takes_the_next_one(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    home = tmp_path / "home"
    (home / ".restoring-dead" / "vectors").mkdir(parents=True)
    (home / "vectors").mkdir()
    (home / "vectors" / "chroma.sqlite3").write_bytes(b"half")
    restored(original[0], tmp_path)
    assert not list(home.glob(".restoring-*"))
    with operating(tmp_path) as (operations, _):
        assert told(operations) == original[1]


def test_a_backup_written_while_others_write_and_read_restores_whole(tmp_path: Path) -> None:
    stop = threading.Event()

    def write(operations: LocalOperations) -> None:
        for number in range(1000):
            if stop.is_set():
                return
            operations.ingest_text(f"Fact {number} of the harbour strike is told here.", name=f"{number % 7}")
            operations.search("harbour strike")

    with operating(tmp_path / "busy") as (operations, parts), ThreadPoolExecutor(1) as pool:
        fill(operations, parts)
        writing = pool.submit(write, operations)
        files = [Path(operations.backup(str(tmp_path / f"{number}.backup"))["file"]) for number in range(3)]
        stop.set()
        writing.result()
    for number, file in enumerate(files):
        restored(file, tmp_path / str(number))
        with operating(tmp_path / str(number)) as (operations, parts):
            assert parts.sync.difference() == (set(), set())
            assert not parts.library.pending()
            assert not parts.library.faults()
            for query in (*QUERIES, "harbour strike"):
                assert operations.search(query)["hits"]


# From a stranger


def members(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, content: dict[str, bytes], *, sign: bool = True) -> Path:
    """A zip of ``content``; with ``sign``, its manifest tells the members' sizes and digests as they are."""
    if sign:
        manifest = json.loads(content["manifest.json"])
        manifest["members"] = {
            name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
            for name, data in content.items()
            if name != "manifest.json"
        }
        content = {**content, "manifest.json": json.dumps(manifest).encode()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(ZipInfo(name), data)
    return path


def changed_library(data: bytes, path: Path, *statements: str) -> bytes:
    path.write_bytes(data)
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()
    return path.read_bytes()


def array(values: Any, **options: Any) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, values, **options)
    return buffer.getvalue()


Change = Callable[[dict[str, bytes], Path], dict[str, bytes]]


def library(*statements: str) -> Change:
    return lambda content, folder: {
        **content,
        "library.sqlite3": changed_library(content["library.sqlite3"], folder / "x.sqlite3", *statements),
    }


def member(name: str, data: bytes) -> Change:
    return lambda content, folder: {**content, name: data}


HOSTILE: dict[str, Change] = {
    "climbs out by its name": member("../../escaped", b"x"),
    "is absolute": member("/tmp/isnad-escaped", b"x"),
    "brings a pickle": member("vectors.pkl", b"cos\nsystem\n(S'true'\ntR."),
    "brings Chroma's folder": member("vectors/chroma.sqlite3", b"SQLite format 3\0"),
    "lacks a member": lambda content, folder: {k: v for k, v in content.items() if k != "vectors.npy"},
    "hides a pickle in an array": member(
        "vectors.npy", array(np.array([{}], dtype=object), allow_pickle=True)
    ),
    "has vectors of another kind": member("vectors.npy", array(np.zeros(3, dtype=np.int64))),
    "has a broken array": member("vectors.npy", b"\x93NUMPY\x01\x00"),
    "brings a trigger": library("CREATE TRIGGER t AFTER INSERT ON note BEGIN DELETE FROM article; END"),
    "brings a view": library("ALTER TABLE note RENAME TO n2", "CREATE VIEW note AS SELECT * FROM n2"),
    "brings a table": library("CREATE TABLE more (x)"),
    "has a row that isn't ours": library("UPDATE version SET removed = 'no json'"),
    "has a passage outside its text": library("UPDATE version SET chunks = '[[0, 99999]]'"),
    "is no database": member("library.sqlite3", b"SQLite format 3\0" + b"\xff" * 9000),
    "has torn chats": member("conversations.sqlite3", b"SQLite format 3\0" + b"\xff" * 9000),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_is_refused_in_one_line_and_leaves_the_home_empty_when_it(
    what: str, tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    file = packed(tmp_path / "evil", HOSTILE[what](members(original[0]), tmp_path))
    with pytest.raises(UserError) as raised:
        restored(file, tmp_path / "new")
    assert "\n" not in str(raised.value)
    assert list((tmp_path / "new" / "home").iterdir()) == []
    assert not (tmp_path / "escaped").exists()


def test_bytes_are_counted_and_digests_compared(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    content = members(original[0])
    longer = {**content, "vectors.npy": content["vectors.npy"] + bytes(300 * 2**20)}
    with pytest.raises(UserError, match="longer than it says"):
        restored(packed(tmp_path / "bomb", longer, sign=False), tmp_path / "new")
    altered = {**content, "vectors.npy": content["vectors.npy"][:-1] + b"\x01"}
    with pytest.raises(UserError, match="isn't what was written"):
        restored(packed(tmp_path / "altered", altered, sign=False), tmp_path / "new")


def test_vectors_that_are_no_unit_vectors_are_made_again(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    content = members(original[0])
    rows = np.load(io.BytesIO(content["vectors.npy"]))
    rows[0] = np.nan
    rows[1] *= 100
    file = packed(tmp_path / "odd", {**content, "vectors.npy": array(rows)})
    embedder = WordEmbedder()
    restored(file, tmp_path, embedder)
    assert embedder.embedded
    with operating(tmp_path) as (operations, _):
        assert told(operations) == original[1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 torn", b"not a zip at all" * 100])
def test_what_is_no_zip_is_told_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(UserError, match=r"no backup of isnad's|damaged"):
        restored(tmp_path / "file", tmp_path)
    with pytest.raises(NotFound):
        restored(tmp_path / "missing", tmp_path)


def test_a_backup_of_a_newer_isnad_and_a_full_disk_are_told(
    tmp_path: Path, original: tuple[Path, dict[str, Any]]
) -> None:
    content = members(original[0])
    manifest = json.loads(content["manifest.json"])
    newer = {**content, "manifest.json": json.dumps({**manifest, "layout": 99}).encode()}
    with pytest.raises(UserError, match="newer isnad"):
        restored(packed(tmp_path / "newer", newer, sign=False), tmp_path / "new")
    manifest["members"]["vectors.npy"]["bytes"] = 10**15
    huge = {**content, "manifest.json": json.dumps(manifest).encode()}
    with pytest.raises(UserError, match="make room"):
        restored(packed(tmp_path / "huge", huge, sign=False), tmp_path / "new")
