"""A headless Chromium over the running page; whatever it logs or asks of other hosts fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_process import running_page

sync_api = pytest.importorskip("playwright.sync_api")
sync_api.expect.set_options(timeout=15_000)

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        if CHROMIUM is None and not Path(playwright.chromium.executable_path).exists():
            pytest.skip("no Chromium here")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_page() as (url, _):
        yield url


# The page holds back a question for half a second after an answer, and may still draw an answer again that is whole.
SETTLED = """() => new Promise(told => {
  let waited = setTimeout(told, 600);
  new MutationObserver(() => { clearTimeout(waited); waited = setTimeout(told, 600); })
    .observe(document.querySelector('#chat, #conversation'), { subtree: true, childList: true });
})"""


def settle(page: Any) -> None:
    """Wait until the page draws nothing more in the chat and takes the next question."""
    page.wait_for_selector("#stop", state="detached")
    page.evaluate(SETTLED)


def ask(page: Any, question: str, turn: int = 1) -> None:
    """Ask, and wait for the whole answer."""
    settle(page)
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("n => document.querySelectorAll('#chat .made').length === n", arg=turn)
    settle(page)


# What Gradio logs of the requests it breaks off while a page is left is nothing a reader sees. A page that is closed
# isn't told so, one that is left or loaded again is: before any listener of Gradio's, since this one comes first.
SILENCE = "console.error = () => {}"
LEFT_IN_SILENCE = f"addEventListener('beforeunload', () => {{ {SILENCE} }})"


@pytest.fixture
def open_page(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Opens the page as a reader of some language on some screen; afterwards its log must be clean.

    ``link`` is what follows the address, of a permalink; ``foreseen`` are words of an error that the log
    may hold all the same.
    """
    contexts, faults = [], []

    def logged(text: str, foreseen: str) -> None:
        if not foreseen or foreseen not in text:
            faults.append(f"logged {text}")

    def opened(
        language: str = "en-US",
        width: int = 1280,
        height: int = 800,
        link: str = "",
        foreseen: str = "",
        **more: Any,
    ) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale=language, **more)
        context.add_init_script(LEFT_IN_SILENCE)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        own = (address + "/", "data:", f"blob:{address}/")
        page.on("request", lambda sent: sent.url.startswith(own) or faults.append(f"asked for {sent.url}"))
        page.on("console", lambda said: said.type == "error" and logged(said.text, foreseen))
        page.on("pageerror", lambda error: faults.append(f"threw {error}"))
        page.on("popup", lambda popup: faults.append(f"opened {popup.url}"))
        page.goto(f"{address}/{link}")
        page.wait_for_selector("#welcome .welcome", state="attached")
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            page.evaluate(SILENCE)
        context.close()
    assert faults == []
