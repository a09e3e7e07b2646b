"""Handing operations to a running page: the route, the shell's side, and what goes wrong between them."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.handover import RemoteOperations, answering, control_route
from qa.handover.remote import as_given
from qa.handover.route import MOST_BODY_BYTES, OPERATIONS
from vectorstore.errors import BadDate, HomeBusy, HomeUnusable, NotFound, UserError
from vectorstore.ownership import Page, claim, own

TOKEN = "t" * 43
ODD = "أ\u2028ب\x85\udcff"


class FakeOperations:
    """Canned results; ``calls`` tells what was asked, ``threads`` where it ran."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.threads: set[int] = set()
        self.stopped = threading.Event()

    def ask(
        self, question: str, *, as_of: str | None = None, llm: str | None = None
    ) -> Iterator[dict[str, Any]]:
        self.threads.add(threading.get_ident())
        self.calls.append((question, as_of))
        yield {"answer": "a"}
        if question == "late":
            raise HomeUnusable("the disk is full: make room")
        if question == "broken":
            raise ZeroDivisionError
        self.threads.add(threading.get_ident())
        yield {"answer": "ab", "error": None}

    def search(self, query: str, *, k: int = 10) -> dict[str, Any]:
        return {"query": query, "k": k}

    def ingest(self, inputs: list[str], *, published: str | None = None) -> Iterator[dict[str, Any]]:
        self.calls.append(("ingest", inputs))
        if published == "forever":
            return self._forever()
        return iter(
            ({"total": 2}, {"input": inputs[0], "status": "added"}, {"input": inputs[0] + "/x/y.txt"})
        )

    def _forever(self) -> Iterator[dict[str, Any]]:
        try:
            while True:
                yield {"total": 1}
                time.sleep(0.01)
        finally:
            self.stopped.set()

    def ingest_text(self, text: str, *, name: str = "") -> dict[str, Any]:
        return {"input": name, "length": len(text)}

    def articles(self) -> dict[str, Any]:
        return {"articles": [{"title": ODD}]}

    def show(self, article_id: str, *, version: str | None = None) -> dict[str, Any]:
        raise NotFound(f"no article {article_id}")

    def set(self, article_id: str, *, published: str | None = None) -> dict[str, Any]:
        raise BadDate(f"{published} isn't a date")

    def remove(self, article_ids: list[str]) -> dict[str, Any]:
        return {"removed": article_ids, "unknown": []}

    def verify(self, answer: dict[str, Any] | str) -> dict[str, Any]:
        return {"citations": [], "sentences": [], "ok": answer == {"answer": ODD}}

    def model(self, llm: str | None = None) -> dict[str, Any]:
        return {"model": "openai:m", "local": False}

    def reindex(self) -> Iterator[dict[str, Any]]:
        yield {"articles": 1}

    def doctor(self, *, fix: bool = False) -> dict[str, Any]:
        return {"ok": fix, "checks": []}


@contextmanager
def running(operations: FakeOperations, token: str = TOKEN) -> Iterator[Page]:
    listener = socket.create_server(("127.0.0.1", 0))
    app = Starlette(routes=[control_route(operations, token)])  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield Page(os.getpid(), f"http://127.0.0.1:{listener.getsockname()[1]}", token)
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()
    assert not thread.is_alive()


@pytest.fixture(scope="module")
def operations() -> FakeOperations:
    return FakeOperations()


@pytest.fixture(scope="module")
def page(operations: FakeOperations) -> Iterator[Page]:
    with running(operations) as page:
        yield page


@pytest.fixture
def remote(page: Page) -> RemoteOperations:
    return RemoteOperations(page)


def test_growing_answers_come_one_by_one_from_one_thread(
    remote: RemoteOperations, operations: FakeOperations
) -> None:
    operations.threads.clear()
    assert list(remote.ask("q", as_of="2024")) == [{"answer": "a"}, {"answer": "ab", "error": None}]
    assert operations.calls[-1] == ("q", "2024")
    assert len(operations.threads) == 1


def test_every_operation_has_its_way_through(remote: RemoteOperations) -> None:
    assert remote.search("x", k=3) == {"query": "x", "k": 3}
    assert remote.ingest_text(ODD, name="-") == {"input": "-", "length": len(ODD)}
    assert remote.articles() == {"articles": [{"title": ODD}]}
    assert remote.remove(["a"]) == {"removed": ["a"], "unknown": []}
    assert list(remote.reindex()) == [{"articles": 1}]
    assert remote.verify({"answer": ODD})["ok"]
    assert remote.model() == {"model": "openai:m", "local": False}
    assert remote.doctor(fix=True)["ok"]
    assert {name for name in dir(RemoteOperations) if not name.startswith("_")} == OPERATIONS


def test_relative_paths_are_the_shell_s_and_are_told_as_they_were_given(
    remote: RemoteOperations, operations: FakeOperations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = list(remote.ingest(["news", "https://example.org/feed"]))
    assert operations.calls[-1] == ("ingest", [str(tmp_path / "news"), "https://example.org/feed"])
    assert [line.get("input") for line in lines] == [None, "news", "news/x/y.txt"]


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("/d/news", "news"),
        ("/d/news/x/y.txt", "news/x/y.txt"),
        ("/d/news#3", "news#3"),
        ("/d/newspaper", "/d/newspaper"),
        ("https://example.org/a", "https://example.org/a"),
    ],
)
def test_what_is_within_an_input_is_told_as_the_input_was_given(told: str, written: str) -> None:
    assert as_given(told, {"/d/news": "news"}) == written


def test_an_error_is_raised_again_as_what_it_was(remote: RemoteOperations) -> None:
    with pytest.raises(NotFound, match=r"^no article zz$"):
        remote.show("zz")
    with pytest.raises(BadDate):
        remote.set("a", published="x")
    answers = remote.ask("late")
    assert next(answers) == {"answer": "a"}
    with pytest.raises(HomeUnusable, match="disk"):
        next(answers)


def test_a_page_of_another_version_is_a_clear_line(remote: RemoteOperations) -> None:
    with pytest.raises(UserError, match="restart it"):
        remote.search("x", colour="blue")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_page_is_told_not_mistaken_for_the_end(remote: RemoteOperations) -> None:
    answers = remote.ask("broken")
    assert next(answers) == {"answer": "a"}
    with pytest.raises(HomeBusy, match="broke off"):
        next(answers)


def test_an_operation_stops_when_its_caller_goes_away(
    remote: RemoteOperations, operations: FakeOperations
) -> None:
    operations.stopped.clear()
    lines = remote.ingest(["a"], published="forever")
    next(lines)
    lines.close()  # type: ignore[attr-defined]
    assert operations.stopped.wait(timeout=5)


def test_several_callers_are_served_at_once(page: Page) -> None:
    slow = RemoteOperations(page).ingest(["a"], published="forever")
    next(slow)
    assert RemoteOperations(page).search("x")["query"] == "x"
    slow.close()  # type: ignore[attr-defined]


def test_a_proxy_in_the_environment_is_not_used(
    remote: RemoteOperations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert remote.search("x")["query"] == "x"


def test_only_a_page_that_knows_the_token_answers(page: Page) -> None:
    assert answering(page)
    assert not answering(Page(page.pid, page.url, "wrong"))
    assert not answering(Page(page.pid + 1, page.url, page.token))
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    assert not answering(Page(page.pid, address, page.token))
    assert not answering(Page(page.pid, "nonsense", page.token))


def status(page: Page, path: str = "/control/search", **options: Any) -> int:
    headers = {"Authorization": f"Bearer {page.token}", **options.pop("headers", {})}
    return httpx.post(page.url + path, headers=headers, trust_env=False, **options).status_code


def test_what_isn_t_a_call_is_refused_before_anything_runs(page: Page, operations: FakeOperations) -> None:
    before = list(operations.calls)
    assert status(page, json={"query": "x"}) == 200
    assert status(page, headers={"Authorization": "Bearer x"}) == 401
    assert status(page, headers={"Authorization": ""}) == 401
    assert status(page, "/control/_private", json={}) == 404
    assert status(page, "/control/__init__", json={}) == 404
    assert status(page, content=b"{") == 400
    assert status(page, content=b"[]") == 400
    assert status(page, json={"nonsense": 1}) == 400
    assert httpx.get(page.url + "/control/articles", trust_env=False).status_code == 405
    assert operations.calls == before


def test_callers_from_other_machines_are_refused_even_with_the_token() -> None:
    app = Starlette(routes=[control_route(FakeOperations(), TOKEN)])  # type: ignore[arg-type]
    headers = {"Authorization": f"Bearer {TOKEN}"}
    for address, expected in (("10.0.0.7", 403), ("testclient", 403), ("127.0.0.1", 200), ("::1", 200)):
        with TestClient(app, client=(address, 1)) as client:
            assert client.post("/control/articles", headers=headers).status_code == expected


def test_a_call_too_large_is_refused_on_either_side(page: Page, remote: RemoteOperations) -> None:
    with pytest.raises(UserError, match="MB"):
        remote.ingest_text("x" * MOST_BODY_BYTES)

    def pieces() -> Iterator[bytes]:
        for _ in range(MOST_BODY_BYTES // 2**20 + 1):
            yield b"x" * 2**20

    assert status(page, "/control/ingest_text", content=pieces(), timeout=30) == 413


def test_the_shell_s_work_reaches_the_owner_of_the_home_and_its_own_hands_once_it_is_gone(
    tmp_path: Path,
) -> None:
    operations = FakeOperations()
    with own(tmp_path, wait_s=0) as owned, running(operations) as page:
        owned.announce(page.url, TOKEN)
        with claim(tmp_path, wait_s=5, answers=answering) as claimed:
            assert isinstance(claimed, Page)
            assert RemoteOperations(claimed).remove(["a"])["removed"] == ["a"]
    with claim(tmp_path, wait_s=0, answers=answering) as claimed:
        assert not isinstance(claimed, Page)


def test_a_page_that_dies_in_the_middle_is_told() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def half_an_answer() -> None:
        caller, _ = listener.accept()
        with caller:
            caller.recv(65536)
            caller.sendall(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
            caller.sendall(b'19\r\n{"result": {"total": 2}}\n\r\n')

    thread = threading.Thread(target=half_an_answer)
    thread.start()
    page = Page(1, f"http://127.0.0.1:{listener.getsockname()[1]}", TOKEN)
    lines = RemoteOperations(page).ingest(["a"])
    assert next(lines) == {"total": 2}
    with pytest.raises(HomeBusy, match="broke off"):
        next(lines)
    thread.join()
    listener.close()
