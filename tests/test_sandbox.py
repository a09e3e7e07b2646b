"""Hostile files: names that lead elsewhere, files that unpack without end, parsers that run wild."""

import os
import re
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from homes import opened, sandbox
from test_pdf import pdf
from test_readers import docx, zipped

from ingest.inputs import Skipped
from ingest.page import Document
from ingest.prepared import Outcome, Prepared, Refused
from ingest.sandbox import Limits, Sandbox

SENTENCE = (
    "The harbour council voted on Tuesday to keep the old lighthouse lit, after a long debate in town. "
)
ENTITIES = "".join(f'<!ENTITY a{at} "{f"&a{at - 1};" * 10}">' for at in range(1, 12))
MOST_S = 22
LAUGHS = f'<!DOCTYPE x [<!ENTITY a0 "ha">{ENTITIES}]>'


def outcomes(data: bytes, name: str, within: Sandbox | None = None) -> dict[str, Prepared | Refused]:
    events = (within or sandbox()).articles(Document(data, name, name))
    return {event.shown: event.article for event in events if isinstance(event, Outcome)}


def reason(data: bytes, name: str, within: Sandbox | None = None) -> str:
    (article,) = outcomes(data, name, within).values()
    assert isinstance(article, Refused)
    assert "\n" not in article.reason
    return article.reason


@pytest.fixture
def strict() -> Iterator[Sandbox]:
    made = Sandbox(Limits(seconds=2, seconds_each=0, memory=400 * 2**20))
    yield made
    made.close()


# -- what the process may do -------------------------------------------------------------------------------

DEEDS = """
import socket, subprocess, os, sys
from ingest.worker import confine
confine(2**30)
def deed(name, act):
    try:
        act()
    except (OSError, MemoryError) as error:
        return
    print(name)
deed("connect", lambda: socket.create_connection(("127.0.0.1", 9)))
deed("socket", lambda: socket.socket())
deed("look up", lambda: socket.getaddrinfo("localhost", 80))
deed("write", lambda: open("written", "w").write("x"))
deed("append", lambda: open("written", "ab"))
deed("low write", lambda: os.write(os.open("written", os.O_CREAT | os.O_WRONLY), b"x"))
deed("run", lambda: subprocess.run(["true"]))
deed("system", lambda: os.system("true"))
deed("fork", os.fork)
deed("remove", lambda: os.remove(sys.argv[1]))
deed("memory", lambda: bytearray(2**30))
"""


def test_the_process_can_not_connect_write_run_or_take_more_memory(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.touch()
    environment = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", DEEDS, str(kept)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr
    assert [(each.name, each.stat().st_size) for each in tmp_path.iterdir() if each.stat().st_size] == []
    assert kept.exists()


def test_the_process_knows_no_key_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-planted")
    made = Sandbox()
    assert outcomes(SENTENCE.encode(), "a.txt", made)
    tasks = Path("/proc/self/task").glob("*/children")
    children = [pid for task in tasks for pid in task.read_text().split()]
    known = [Path(f"/proc/{pid}/environ").read_bytes() for pid in children]
    made.close()
    assert known
    assert not any(b"sk-planted" in each for each in known)


def test_a_process_is_used_again_and_replaced_when_it_died(strict: Sandbox) -> None:
    assert isinstance(outcomes(SENTENCE.encode(), "a.txt", strict)["a.txt"], Prepared)
    began = time.monotonic()
    assert isinstance(outcomes(SENTENCE.encode(), "a.txt", strict)["a.txt"], Prepared)
    assert time.monotonic() - began < 1
    assert "takes longer than 2 s" in reason(WILD, "a.mhtml", strict)
    assert isinstance(outcomes(SENTENCE.encode(), "a.txt", strict)["a.txt"], Prepared)


# A parser of ours or another's that needs a minute for it.
WILD = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n" + b"--x\n\n" * 2_000_000


def test_an_article_that_runs_wild_fails_alone(strict: Sandbox) -> None:
    data = zipped({"a.txt": SENTENCE, "b.mhtml": WILD, "c.txt": SENTENCE * 2})
    found = outcomes(data, "all.zip", strict)
    assert [type(each).__name__ for each in found.values()] == ["Prepared", "Refused", "Prepared"]
    wild = found["all.zip/b.mhtml"]
    assert isinstance(wild, Refused)
    assert wild.reason.startswith("'all.zip/b.mhtml' takes longer than 2 s")


@pytest.mark.slow
def test_a_file_full_of_articles_that_run_wild_is_given_up_after_a_few() -> None:
    impatient = Sandbox(Limits(seconds=2, seconds_each=0))
    data = zipped({f"{at}.mhtml": WILD[: len(WILD) // 3] for at in range(9)})
    found = outcomes(data, "all.zip", impatient)
    impatient.close()
    assert len(found) == 6
    last = found["all.zip"]
    assert isinstance(last, Refused)
    assert "4 weren't read" in last.reason


# -- bombs -------------------------------------------------------------------------------------------------


def flate(size: int, layers: int) -> bytes:
    """A PDF file whose one page unpacks to ``size`` bytes of drawing."""
    data = b"BT /F 11 Tf 50 700 Td " + b"(a b c) Tj 0 -14 Td " * (size // 20) + b"ET"
    for _ in range(layers):
        data = zlib.compress(data, 9)
    whole = pdf(["PLACE"])
    start, end = whole.index(b"4 0 obj"), whole.index(b"5 0 obj")
    filters = b"/FlateDecode " * layers
    packed = b"4 0 obj<</Length %d/Filter[%s]>>stream\n%s\nendstream\nendobj\n" % (len(data), filters, data)
    return whole[:start] + packed + whole[end:]


BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a Word file of 64 MB": (
        "a.docx",
        lambda: zipped({"word/document.xml": b"<a>" + bytes(64 * 2**20)}),
        "unpacks to more than 60 MB",
    ),
    "a Word file of entities": (
        "a.docx",
        lambda: docx("&a11;", before=LAUGHS),
        "damaged Word file",
    ),
    "a feed of entities": (
        "a.xml",
        lambda: f"{LAUGHS}<rss><channel><item><description>&a11;</description></item></channel></rss>".encode(),
        "only lists articles",
    ),
    "a page of entities": (
        "a.html",
        lambda: f"{LAUGHS}<html><body><p>&a11;</p></body></html>".encode(),
        "too little text",
    ),
    "200,000 elements in one another": (
        "a.html",
        lambda: b"<html><body>" + b"<div>" * 200_000 + SENTENCE.encode(),
        "too little text",
    ),
    "100,000 open paragraphs": (
        "a.html",
        lambda: b"<html><body>" + (b"<p>" + SENTENCE.encode()) * 100_000,
        "more than 100,000 elements",
    ),
    "a tag with 200,000 attributes": (
        "a.html",
        lambda: b"<html><body><p " + b" ".join(b"a%d=1" % at for at in range(200_000)) + b">" + SENTENCE.encode(),
        "thousands of attributes",
    ),
    "brackets in brackets": ("a.json", lambda: b"[" * 5_000_000, "valid JSON"),
    "a text of 19 MB": ("a.txt", lambda: SENTENCE.encode() * 200_000, "too long for one article"),
}  # fmt: skip
SLOW_BOMBS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an archive of 228 MB": (
        "a.zip",
        lambda: zipped({f"{at}.txt": bytes(2**20) * 19 for at in range(12)}),
        "unpacks to more than 200 MB",
    ),
    "a Word file of 300 MB": (
        "a.docx",
        lambda: zipped({"word/document.xml": b"<a>" + bytes(300 * 2**20)}),
        "unpacks to more than 60 MB",
    ),
    "a PDF file of 300 MB": ("a.pdf", lambda: flate(300 * 2**20, 1), "MB of memory"),
    "a PDF file of 300 MB packed twice": ("a.pdf", lambda: flate(300 * 2**20, 2), "MB of memory"),
    "99,000 paragraphs": (
        "a.html",
        lambda: b"<html><body>" + (b"<p>" + SENTENCE.encode() + b"</p>") * 99_000,
        "more than 50,000 lines|takes longer",
    ),
    "five million records": (
        "a.json", lambda: b"[" + b",".join([b'{"a":1}'] * 5_000_000) + b"]", "MB of memory|longer"
    ),
    "a saved page of two million parts": ("a.mhtml", lambda: WILD, "takes longer than 20 s"),
}  # fmt: skip


def refused_in_time(name: str, data: bytes, told: str, figure: Any) -> None:
    began = time.monotonic()
    why = reason(data, name)
    refused = re.search(told, why) and time.monotonic() - began < MOST_S
    figure("T16", failures=int(not refused), n=1, what=f"bombs not refused in a line within {MOST_S} s")
    assert refused, why


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_a_line(bomb: str, figure: Any) -> None:
    name, make, told = BOMBS[bomb]
    refused_in_time(name, make(), told, figure)


@pytest.mark.slow
@pytest.mark.parametrize("bomb", SLOW_BOMBS)
def test_a_bomb_that_takes_its_time_is_refused_within_the_limits(bomb: str, figure: Any) -> None:
    name, make, told = SLOW_BOMBS[bomb]
    refused_in_time(name, make(), told, figure)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200 * 2**20)
    with opened(tmp_path / "home") as home:
        (item,) = home.ingest(tmp_path / "a.txt")
    assert item.status == "failed"
    assert "larger than 50 MB" in str(item.reason)


def test_a_damaged_member_does_not_spoil_an_archive() -> None:
    data = zipped({"a.txt": SENTENCE, "b.txt": "x" * 500, "c.csv": "no,text\n1,2\n", "d.txt": SENTENCE * 2})
    at = data.index(b"b.txt") + len(b"b.txt") + 2
    found = outcomes(data[:at] + b"\xff\xff\xff\xff" + data[at + 4 :], "all.zip")
    assert [type(each).__name__ for each in found.values()] == ["Prepared", "Refused", "Refused", "Prepared"]
    damaged = found["all.zip/b.txt"]
    assert isinstance(damaged, Refused)
    assert "damaged; get it again" in damaged.reason


# -- names -------------------------------------------------------------------------------------------------

NAMES = (
    "../out.txt", "../../../../etc/out.txt", "/etc/out.txt", "//host/share/out.txt", "C:\\out.txt", "..\\..\\out.txt",
    "a/../../out.txt", "CON.txt", "aux", "nul.txt", "a\x00b.txt", "x" * 300 + ".txt", "abc\u202etxt.exe.txt",
    "%2e%2e%2fout.txt", "a\nb.txt", "\x1b[31mred.txt", "~/out.txt", "-rf.txt", "a:b.txt", " .txt",
    "con/./../prn.txt", "~root.txt",
)  # fmt: skip


def test_no_name_in_an_archive_leads_out_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, figure: Any
) -> None:
    within = tmp_path / "a" / "b"
    within.mkdir(parents=True)
    monkeypatch.chdir(within)
    members: dict[str, str | bytes] = {name: f"{SENTENCE} Number {at}." for at, name in enumerate(NAMES)}
    events = list(sandbox().articles(Document(zipped(members), "all.zip", "all.zip")))
    names = [
        each.article.name
        for each in events
        if isinstance(each, Outcome) and isinstance(each.article, Prepared)
    ]
    assert len(names) + sum(isinstance(each, Skipped) for each in events) == len(NAMES)
    assert len(names) >= 17
    leading_out = [each for each in names if each.startswith(("/", "~/..", "..")) or ".." in each.split("/")]
    written = [each for each in tmp_path.rglob("*") if each.is_file()]
    figure(
        "T15",
        failures=len(leading_out) + len(written),
        n=len(NAMES),
        what="names that lead out of an archive",
    )
    assert not leading_out
    assert not written
    assert all(name.isprintable() and len(name) <= 220 for name in names)


def test_a_link_in_an_archive_is_passed_over() -> None:
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    events = list(sandbox().articles(Document(made.getvalue(), "all.zip", "all.zip")))
    assert events == [Skipped("all.zip/a.txt", "link")]


def test_files_with_odd_names_are_stored_or_refused_and_nothing_else_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    made = []
    for at, name in enumerate(NAMES):
        if "/" not in name and "\x00" not in name and len(name) < 255:
            (folder / name).write_text(f"{SENTENCE} Number {at}.")
            made.append(name)
    before = sorted(folder.iterdir())
    with opened(tmp_path / "home") as home:
        items = home.ingest(folder)
        assert {item.status for item in items} == {"added"}
        (failed,) = home.ingest(Path("x" * 300 + ".txt"))
        (odd,) = home.ingest(Path("a\x00b.txt"))
    assert {failed.status, odd.status} == {"failed"}
    assert sorted(folder.iterdir()) == before
