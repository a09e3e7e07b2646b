"""The whole product from outside: ``isnad serve`` as a process, the page in Chromium, the shell beside it."""

import json
import os
import signal
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio
import pytest
from conftest import settle
from playwright.sync_api import expect

from ingest import samples
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

ISNAD = (sys.executable, "-c", "from qa.cli import run; run()")
STOP_S = 30
TITLE = "The lighthouse of Ras Zitoun shines again"
LEAD = "The lighthouse of Ras Zitoun was lit again on 3 March 2025 after eleven years of repairs."
ARTICLE = f"""{TITLE}

{LEAD}

The keeper, who lives beside the tower with two cats, said that fishermen had asked for the light every winter.

The harbour office paid for the new lens, which was ground in Tangier and carried up the stairs by six people.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "home"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """The page on an empty home; it must stop by itself when it is told to."""
    command = [*ISNAD, "--home", str(home), "serve", "--port", "0"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Isnad is at http://127.0.0.1:"), line
            yield line.split()[3]
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                assert process.wait(STOP_S) == 0
            finally:
                process.kill()


def shell(home: Path, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [*ISNAD, "--home", str(home), *arguments, "--json"], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def ask(page: Any, question: str) -> None:
    settle(page)
    answered = page.locator("#chat .made").count()
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('#chat .made').length > n", arg=answered)
    settle(page)


def test_an_uploaded_article_is_asked_about_and_its_words_are_highlighted(
    open_page: Any, tmp_path: Path
) -> None:
    file = tmp_path / "lighthouse.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    page = open_page()
    page.click("#articles-tab-button")
    page.set_input_files("#upload input[type=file]", str(file))
    page.wait_for_selector("#report:has-text('lighthouse.txt')")
    page.click("#chat-tab-button")
    ask(page, "When was the lighthouse of Ras Zitoun lit again?")
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    expect(page.locator("#reader mark")).to_have_text(LEAD)
    expect(page.locator("#reader")).to_contain_text(TITLE)


def test_a_pasted_link_opens_the_cited_version_after_the_article_was_updated(
    open_page: Any, tmp_path: Path
) -> None:
    page = open_page()
    ask(page, "When was the lighthouse of Ras Zitoun lit again?")
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    link = page.get_attribute("#reader a.permalink", "href")
    file = tmp_path / "lighthouse.txt"
    file.write_text(ARTICLE.replace(LEAD, "It rained on the day of the ceremony, the keeper said."), "utf-8")
    page.click("#articles-tab-button")
    page.set_input_files("#upload input[type=file]", str(file))
    page.wait_for_selector("#report .status.updated")
    elsewhere = open_page(link=link)
    elsewhere.wait_for_selector("#reader mark")
    assert elsewhere.inner_text("#reader mark") == LEAD
    assert "older version" in elsewhere.inner_text("#reader .notice")


def test_what_the_shell_ingests_beside_the_page_is_answered_by_the_page(open_page: Any, home: Path) -> None:
    lines = shell(home, "ingest", *(str(path) for path in samples.paths()))
    assert {line["status"] for line in lines} == {"added"}
    page = open_page()
    ask(page, "من التقى حموشي سنة 2024؟")
    expect(page.locator("#chat")).to_contain_text("المزروعي")
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    assert page.eval_on_selector("#reader mark", "mark => getComputedStyle(mark).direction") == "rtl"
    [answer] = shell(home, "ask", "من التقى حموشي سنة 2024؟")
    assert page.inner_text("#reader mark") in {citation["quote"] for citation in answer["citations"]}


def test_a_question_without_an_answer_is_refused_on_the_page(open_page: Any) -> None:
    page = open_page()
    ask(page, "what is the capital of Peru")
    page.wait_for_selector(".refusal")
    expect(page.locator("#sources .card")).to_have_count(0)


# What a reader waits for, in the browser's own clock: from Enter to the first words of an answer.
FIRST_WORDS = """question => new Promise(told => {
  const box = document.querySelector('#question textarea');
  const turns = document.querySelectorAll('#chat .answer').length;
  const began = performance.now();
  new MutationObserver((_, observer) => {
    const answers = document.querySelectorAll('#chat .answer');
    if (answers.length > turns && answers[answers.length - 1].innerText.trim()) {
      observer.disconnect();
      told(performance.now() - began);
    }
  }).observe(document.body, { childList: true, subtree: true });
  box.value = question;
  box.dispatchEvent(new Event('input', { bubbles: true }));
  setTimeout(() => box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })), 20);
  setTimeout(() => box.dispatchEvent(new KeyboardEvent('keypress', { key: 'Enter', bubbles: true })), 20);
})"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


@pytest.fixture(scope="module")
def bare_page(chromium: Any) -> float:
    """How long Gradio's own page with one box takes until it is painted, in ms: the measure of this machine."""
    with gradio.Blocks(analytics_enabled=False) as blocks:
        gradio.Textbox()
    _, url, _ = blocks.launch(prevent_thread_lock=True, quiet=True, share=False)
    paints = []
    for _ in range(5):
        page = chromium.new_page()
        page.goto(url)
        page.wait_for_selector("textarea")
        paints.append(page.evaluate(PAINT))
        page.close()
    blocks.close()
    return statistics.median(paints)


def test_the_page_is_painted_and_an_answer_begins_soon(
    open_page: Any, home: Path, bare_page: float, record_property: Any
) -> None:
    """Prints the medians; what is soon is told by a page that does nothing, since machines differ tenfold."""
    shell(home, "ingest", *map(str, samples.paths()))
    paints, words = [], []
    for _ in range(5):
        page = open_page()
        paints.append(page.evaluate(PAINT))
    for question in ("من التقى حموشي سنة 2024؟", "Who did Hammouchi meet in 2024?") * 3:
        page.wait_for_timeout(700)
        words.append(page.evaluate(FIRST_WORDS, question))
        page.wait_for_selector("#stop", state="detached")
    paint, first = statistics.median(paints), statistics.median(words)
    print(
        f"first paint {paint:.0f} ms (n={len(paints)}), first words {first:.0f} ms (n={len(words)}), "
        f"first paint of a bare page {bare_page:.0f} ms, medians"
    )
    record_property("first_paint_ms", paint)
    record_property("first_words_ms", first)
    record_property("bare_paint_ms", bare_page)
    assert paint < 3 * bare_page
    assert first < 3 * bare_page
