"""The real page as a process, asked over HTTP."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import gradio_client
import httpx
import pytest
from page_process import SCRIPT, running_page

from qa.app.api import NAMES, TOOLS


@pytest.fixture(scope="module")
def page() -> Iterator[str]:
    with running_page() as (url, _):
        yield url


def called(page: str, name: str, *arguments: Any) -> tuple[str, Any]:
    """The event and the data with which the API answers a call."""
    import json

    begun = httpx.post(f"{page}/gradio_api/call/{name}", json={"data": list(arguments)}, timeout=20)
    assert begun.status_code == 200, begun.text
    told = httpx.get(f"{page}/gradio_api/call/{name}/{begun.json()['event_id']}", timeout=20).text
    event, data = told.strip().split("\n")[-2:]
    return event.removeprefix("event: "), json.loads(data.removeprefix("data: "))


def test_health_answers_when_questions_can_be_answered(page: str) -> None:
    assert httpx.get(f"{page}/health").json() == {"status": "ok"}


def test_the_page_is_ours_from_the_first_byte_on(page: str) -> None:
    html = httpx.get(page, headers={"accept-language": "ar"}).text
    assert 'lang="ar" dir="rtl"' in html
    assert "<title>Isnad إسناد</title>" in html
    assert "@Gradio" not in html
    assert "gradio.app" not in html
    for name in ("page.css", "page.js", "icon.svg"):
        assert httpx.get(f"{page}/isnad/{name}").status_code == 200
    assert httpx.get(f"{page}/isnad/..%2fserver.py").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/health",
        "/isnad/page.js",
        "/config",
        "/gradio_api/info",
        "/gradio_api/upload",
        "/gradio_api/queue/join",
    ],
)
def test_every_route_refuses_foreign_hosts_and_origins(page: str, path: str, figure: Any) -> None:
    told = [
        httpx.request(method, page + path, headers=headers).status_code
        for headers in ({"host": "evil.example"}, {"origin": "http://evil.example"})
        for method in ("GET", "POST", "OPTIONS")
    ]
    accepted = sum(status != 403 for status in told)
    figure("T11", failures=accepted, n=len(told), what="requests of a foreign host or origin accepted")
    assert not accepted


def test_only_the_contracts_operations_are_public(page: str) -> None:
    info = httpx.get(f"{page}/gradio_api/info").json()
    assert set(info["named_endpoints"]) == {f"/{name}" for name in (*NAMES, "ingest_files")}
    assert info["unnamed_endpoints"] == {}
    parameters = {each["parameter_name"] for each in info["named_endpoints"]["/ask"]["parameters"]}
    assert parameters >= {"question", "as_of", "date_from", "date_to", "source", "language", "llm", "history"}


def test_the_api_returns_the_contracts_json(page: str) -> None:
    event, (told,) = called(page, "ask", "When did the bridge open?", *[None] * 8)
    assert event == "complete"
    assert told["citations"][0]["quote"] in told["answer"]
    listed = called(page, "articles")[1][0]["articles"]
    assert called(page, "show", listed[0]["article_id"], None)[1][0]["text"]


def test_the_api_is_used_with_gradios_own_client(page: str, tmp_path: Path) -> None:
    file = tmp_path / "harbour news.txt"
    file.write_text("The harbour grows every year. " * 10, encoding="utf-8")
    client = gradio_client.Client(page, verbose=False)
    lines = client.predict(
        files=[gradio_client.handle_file(file)],
        source="The Gazette",
        published=None,
        api_name="/ingest_files",
    )
    assert [(line["status"], line["source"]) for line in lines] == [("added", "The Gazette")]
    assert str(tmp_path) not in str(lines)
    assert "/" not in lines[0]["input"]
    told = client.predict(question="When did the bridge open in 2024?", date_from="2024-03", api_name="/ask")
    assert told["window"]["from"] == "2024-03"


def test_the_reading_operations_are_mcp_tools_and_no_others() -> None:
    mcp = pytest.importorskip("mcp")
    from mcp.client.streamable_http import streamable_http_client

    async def tried(url: str) -> tuple[set[str], Any, Any]:
        async with (
            streamable_http_client(f"{url}/gradio_api/mcp/") as (read, write, _),
            mcp.ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            listed = await session.call_tool("articles", {})
            removed = await session.call_tool("remove", {"article_ids": ["x"]})
            return tools, listed, removed

    with running_page("--mcp") as (url, _):
        # In a thread, since Playwright leaves its loop running in this one.
        with ThreadPoolExecutor(1) as pool:
            tools, listed, removed = pool.submit(lambda: asyncio.run(tried(url))).result()
        assert tools == set(TOOLS)
        assert "Lantern bridge" in listed.content[0].text
        assert removed.isError
        foreign = httpx.post(f"{url}/gradio_api/mcp/", headers={"origin": "http://evil.example"}, json={})
        assert foreign.status_code == 403


def test_mcp_and_a_login_dont_go_together() -> None:
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "--mcp", "--auth", "a:b"], capture_output=True, text=True, timeout=60
    )
    assert "--mcp doesn't go with ISNAD_AUTH" in ran.stderr


def test_the_api_tells_a_user_error_in_one_line(page: str) -> None:
    event, told = called(page, "ask", "fail", *[None] * 8)
    assert event == "error"
    assert "start it, or use --llm none" in str(told)


def test_a_second_page_on_the_same_port_is_one_line_and_ends(page: str) -> None:
    port = page.rsplit(":", 1)[1]
    ran = subprocess.run(
        [sys.executable, str(SCRIPT), "--port", port], capture_output=True, text=True, timeout=60
    )
    assert f"port {port}" in ran.stderr.strip().splitlines()[-1]


def test_the_page_stops_cleanly_while_somebody_watches() -> None:
    with running_page() as (url, process):
        joined = {"data": ["slow one", []], "fn_index": 0, "session_hash": "s"}
        httpx.post(f"{url}/gradio_api/queue/join", json=joined)
        with httpx.stream("GET", f"{url}/gradio_api/heartbeat/s", timeout=20):
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0
        assert process.stdout is not None
        assert process.stdout.read().strip() == "stopped"


def test_a_page_with_a_login_shows_nothing_without_it() -> None:
    with running_page("--auth", "editor:secret-word") as (url, _):
        bare = httpx.get(url)
        assert "auth_required" in bare.text
        assert "secret-word" not in bare.text
        assert "endpoint" not in httpx.get(f"{url}/gradio_api/info").text
        assert httpx.post(f"{url}/gradio_api/call/articles", json={"data": []}).status_code == 401
        assert httpx.get(f"{url}/health").status_code == 200
        with httpx.Client(base_url=url) as client:
            client.post("/login", data={"username": "editor", "password": "secret-word"})
            assert client.get("/gradio_api/info").status_code == 200
