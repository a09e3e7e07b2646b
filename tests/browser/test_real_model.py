"""End to end with a real chat model: the shell and the page, streaming, over a model so small that it errs.

What is tested is that the path holds, and that what the model makes up is caught.
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import TimeoutError
from real_model import available, real_model

from vectorstore import bundled

pytestmark = [
    pytest.mark.skipif(not available(), reason="the real chat model isn't installed here"),
    pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here"),
]

ISNAD = (sys.executable, "-c", "from qa.cli import run; run()")
LEAD = "The lighthouse of Ras Zitoun was lit again on 3 March 2025 after eleven years of repairs."
ARTICLE = f"""The lighthouse of Ras Zitoun shines again

{LEAD}

The keeper, Salim Bakkali, who lives beside the tower with two cats, said that fishermen had asked for the light.
"""
QUESTION = "When was the lighthouse of Ras Zitoun lit again?"
QUESTIONS = (QUESTION, "Who is the keeper of the lighthouse of Ras Zitoun?")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A home with one article, and the model set as a user would set it."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "lighthouse.txt").write_text(ARTICLE, "utf-8")
    own = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    with real_model() as base_url:
        told = {
            "ISNAD_HOME": str(folder / "home"),
            "ISNAD_LLM": "openai:smollm2",
            "ISNAD_LLM_BASE_URL": base_url,
            "ISNAD_LLM_TIMEOUT": "240",
        }
        subprocess.run([*ISNAD, "ingest", str(folder / "lighthouse.txt")], env=own | told, check=True)
        yield own | told


@pytest.fixture(scope="module")
def address(environment: dict[str, str]) -> Iterator[str]:
    command = [*ISNAD, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[3]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _asked(environment: dict[str, str], question: str) -> dict[str, Any]:
    command = [*ISNAD, "ask", question, "--json"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_shell_gets_a_checked_answer_that_holds_again_when_verified(
    environment: dict[str, str], address: str, tmp_path: Path, question: str
) -> None:
    answer = _asked(environment, question)
    print(answer["mode"], answer["answer"], answer["notice"])
    assert answer["mode"] == "llm" or answer["notice"]
    assert answer["citations"]
    for citation in answer["citations"]:
        assert " ".join(citation["quote"].split()) in " ".join(ARTICLE.split())
    for sentence in answer["sentences"]:
        before, said = (
            answer["answer"][: sentence["start"]],
            answer["answer"][sentence["start"] : sentence["end"]],
        )
        assert sentence["support"] != "unsupported" or before.endswith("⚠ ")
        figures = set(re.findall(r"\d+", re.sub(r"\[\d+\]", "", said)))
        assert sentence["support"] != "supported" or figures <= set(re.findall(r"\d+", ARTICLE))
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(answer), "utf-8")
    verified = subprocess.run([*ISNAD, "verify", str(saved), "--json"], env=environment, capture_output=True)
    report = json.loads(verified.stdout)
    assert [each["support"] for each in report["sentences"]] == [
        each["support"] for each in answer["sentences"]
    ]
    assert verified.returncode == (0 if report["ok"] else 1)


def test_the_page_streams_the_models_answer_and_opens_its_source(open_page: Any) -> None:
    page = open_page()
    page.set_default_timeout(240_000)
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .made")
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    assert page.inner_text("#reader mark") in " ".join(ARTICLE.split())


def test_stopping_it_midway_leaves_the_page_ready(open_page: Any) -> None:
    page = open_page()
    page.set_default_timeout(60_000)
    # So small a model may be done before it can be stopped.
    for _ in range(4):
        page.fill("#question textarea", QUESTION)
        page.press("#question textarea", "Enter")
        try:
            page.click("#stop", timeout=5_000)
            break
        except TimeoutError:
            page.wait_for_selector("#send")
    else:
        pytest.fail("it was never there to be stopped")
    page.wait_for_selector("#send")
