"""T19 from outside: a planted key is in nothing that the page, the shell or the home shows; one port, on loopback."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from conftest import ask
from served_page import ISNAD, STOP_S, environment
from stub_model import stub_model

from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

KEY = "sk-planted-0123456789abcdef"
SECRETS = (KEY, "sk-secret")
"""The key given, and the one that the model's server quotes when it refuses."""
ARTICLE = """The lighthouse of Ras Zitoun shines again

The lighthouse of Ras Zitoun was lit again on 3 March 2025 after eleven years of repairs.
"""
QUESTION = "When was the lighthouse of Ras Zitoun lit again?"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """The page with a key and a model that refuses it, its log in a file."""
    folder = tmp_path_factory.mktemp("secrets")
    home, log = folder / "home", folder / "log.txt"
    (folder / "lighthouse.txt").write_text(ARTICLE, "utf-8")
    with stub_model() as stub:
        given = {
            "ISNAD_HOME": str(home),
            "ISNAD_LLM": "openai:http401",
            "ISNAD_LLM_BASE_URL": stub.base_url,
            "ISNAD_LOG_LEVEL": "debug",
            "OPENAI_API_KEY": KEY,
        }
        known = environment() | given
        subprocess.run([*ISNAD, "ingest", str(folder / "lighthouse.txt")], env=known, check=True)
        command = [*ISNAD, "serve", "--port", "0"]
        with (
            log.open("wb") as file,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=file, text=True, env=known) as process,
        ):
            try:
                assert process.stdout is not None
                url = process.stdout.readline().split()[3]
                yield {"url": url, "pid": process.pid, "home": home, "log": log, "requests": stub.requests}
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(STOP_S)


@pytest.fixture(scope="module")
def address(told: dict[str, Any]) -> str:
    return str(told["url"])


def test_a_planted_key_is_in_no_page_export_error_log_or_file(
    open_page: Any, told: dict[str, Any], figure: Any
) -> None:
    page = open_page()
    page.set_default_timeout(60_000)  # the first question loads the model's client
    ask(page, QUESTION)
    page.wait_for_timeout(500)
    page.click("#chats-button")
    page.wait_for_selector("#chats-list .chats")
    seen = [page.content()]
    for kind in ("md", "json"):
        with page.expect_download() as saved:
            page.click(f"a.{kind}")
        seen.append(Path(saved.value.path()).read_text("utf-8"))
    page.click("#settings-tab-button")
    page.click("#model-test")
    page.wait_for_selector("#model-tested .report")
    seen.append(page.content())
    seen += [httpx.get(told["url"] + path).text for path in ("/", "/config", "/gradio_api/info")]
    assert told["requests"], "the model was never asked"
    seen.append(told["log"].read_text("utf-8"))
    assert len(seen[-1]) > 100
    files = [each for each in told["home"].rglob("*") if each.is_file()]
    assert files
    places = dict(enumerate(each.encode() for each in seen)) | {
        each.name: each.read_bytes() for each in files
    }
    holding = [name for name, held in places.items() if any(each.encode() in held for each in SECRETS)]
    figure(
        "T19", failures=len(holding), n=len(places), what="pages, exports, logs and files with a planted key"
    )
    assert holding == []


def test_the_page_listens_on_one_port_of_loopback_alone(told: dict[str, Any]) -> None:
    own = {os.readlink(each) for each in Path(f"/proc/{told['pid']}/fd").iterdir() if each.is_symlink()}
    listening = [
        fields[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{told['pid']}/net/{table}").read_text().splitlines()[1:]
        if (fields := line.split())[3] == "0A" and f"socket:[{fields[9]}]" in own
    ]
    port = int(told["url"].rsplit(":", 1)[1])
    assert listening == [f"0100007F:{port:04X}"]
