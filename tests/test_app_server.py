import socket
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from qa.app.api import NAMES, Endpoints, answering
from qa.app.guard import Guard
from qa.app.server import address, announce, closing_socket, is_loopback
from vectorstore.errors import UserError

PAGE = "<html><head><script>inline()</script></head><script src=x></script></html>"


def guarded(*allowed: str) -> TestClient:
    async def streamed(_request: Any) -> StreamingResponse:
        return StreamingResponse(iter([PAGE[:20], PAGE[20:]]), media_type="text/html")

    routes = [
        Route("/", lambda _request: HTMLResponse(PAGE), methods=["GET", "HEAD", "POST"]),
        Route("/data", lambda _request: PlainTextResponse("x")),
        Route("/streamed", streamed),
    ]
    app = Guard(Starlette(routes=routes), allowed, lambda page, _headers: page.replace("inline", "dressed"))
    return TestClient(app, base_url="http://127.0.0.1:7860")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860", "news.example", "News.Example:80"]
)
def test_loopback_and_allowed_names_are_served(host: str) -> None:
    assert guarded("news.example").get("/data", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *(
            "evil.example",
            "127.0.0.1.evil.example",
            "localhost.evil.example:7860",
            "169.254.169.254",
            "0.0.0.0",
        ),
        *(
            "user@localhost",
            "localhost@evil.example",
            "",
            "[::1",
            "127.0.0.1:port",
            "localhost/",
            "127.0.0.1#",
        ),
        "localhost:99999",
    ],
)
def test_a_foreign_host_name_is_refused(host: str, figure: Any) -> None:
    status = guarded("news.example").get("/data", headers={"host": host}).status_code
    figure("T11", failures=int(status != 403), n=1, what="odd and foreign hosts accepted")
    assert status == 403


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:7860", 200),
        ("https://news.example", 200),
        ("http://evil.example", 403),
        ("http://127.0.0.1:9999", 403),
        ("http://localhost:7860", 403),
        ("null", 403),
        ("", 403),
        ("file://", 403),
        ("http://news.example.evil.example", 403),
    ],
)
def test_a_foreign_origin_is_refused(origin: str, status: int) -> None:
    assert guarded("news.example").get("/data", headers={"origin": origin}).status_code == status


def test_another_site_may_link_here_but_not_load_from_here() -> None:
    page = guarded()
    foreign = {"sec-fetch-site": "cross-site"}
    assert page.get("/", headers=foreign | {"sec-fetch-mode": "navigate"}).status_code == 200
    assert page.get("/data", headers=foreign | {"sec-fetch-mode": "no-cors"}).status_code == 403


@pytest.mark.parametrize("path", ["/", "/streamed"])
def test_the_page_runs_only_scripts_that_carry_this_replys_number(path: str) -> None:
    page = guarded()
    first, second = page.get(path), page.get(path)
    policy = first.headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert first.text.count(f'<script nonce="{nonce}"') == 2
    assert "dressed()" in first.text
    assert nonce not in second.text
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy


def test_every_reply_carries_the_security_headers() -> None:
    page = guarded()
    for reply in (
        page.get("/"),
        page.get("/data"),
        page.get("/nowhere"),
        page.get("/", headers={"host": "evil"}),
    ):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_a_page_asked_for_its_head_alone_stays_without_a_body() -> None:
    assert guarded().head("/").content == b""


def test_a_user_error_reaches_an_api_caller_as_its_one_line() -> None:
    gradio = pytest.importorskip("gradio")

    @answering
    def failing() -> dict[str, Any]:
        raise UserError("one line")

    with pytest.raises(gradio.Error, match="one line"):
        failing()


def test_every_endpoint_exists() -> None:
    assert all(callable(getattr(Endpoints, name)) for name in NAMES)


def test_a_port_that_is_taken_is_one_line() -> None:
    with closing_socket("127.0.0.1", 0) as first:
        first.listen()
        port = first.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port}.*--port"), closing_socket("127.0.0.1", port):
            pass


def test_a_host_that_is_none_is_one_line() -> None:
    with pytest.raises(UserError, match="--host"), closing_socket("no such host.invalid", 0):
        pass


def test_the_address_is_one_that_a_browser_here_can_open(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as every:
        every.bind(("0.0.0.0", 0))
        announce(address(every))
        assert capsys.readouterr().out == f"Isnad is at http://127.0.0.1:{every.getsockname()[1]}\n"


def test_only_loopback_needs_no_login() -> None:
    assert [is_loopback(each) for each in ("127.0.0.1", "localhost", "::1", "127.8.8.8")] == [True] * 4
    assert [is_loopback(each) for each in ("0.0.0.0", "::", "192.168.1.5", "news.example", "")] == [False] * 5
