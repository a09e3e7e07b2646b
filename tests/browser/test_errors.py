"""What goes wrong is told in the page's language: a refused address, an unforeseen error, a full queue."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from qa.app.page import ASKERS, MOST_WAITING
from qa.app.words import say

Open = Callable[..., Any]
TOO_MANY = ASKERS + MOST_WAITING + 1
TOLD = {"ar": "يقود إلى شبكة خاصة", "fr": "mène à un réseau privé", "en": "leads into a private network"}


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_an_address_of_this_machine_is_refused_in_the_pages_language(open_page: Open, language: str) -> None:
    page = open_page(language)
    page.click("#articles-tab-button")
    page.click("#add-tabs .tab-container:not(.visually-hidden) button >> nth=2")
    page.fill("#addresses textarea", "http://127.0.0.1:9/secret")
    page.click("#addresses-fetch")
    page.wait_for_selector("#report .summary")
    expect(page.locator("#report .reason")).to_contain_text(TOLD[language])
    expect(page.locator("#report .reason")).to_contain_text("http://127.0.0.1:9/secret")


def test_an_unforeseen_error_stands_behind_a_lead_in_the_pages_language(open_page: Open) -> None:
    page = open_page("fr")
    page.fill("#question textarea", "please fail")
    page.click("#send")
    page.wait_for_selector("#chat .problem")
    expect(page.locator("#chat .problem")).to_contain_text("Le programme le dit en anglais")
    expect(page.locator("#chat .problem")).to_contain_text("start it, or use --llm none")


def test_a_folder_is_uploaded_with_all_that_lies_in_it(open_page: Open, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    (folder / "2024").mkdir(parents=True)
    for name in ("one.txt", "2024/two.txt"):
        (folder / name).write_text(f"The harbour of {name} grows every year. " * 10, "utf-8")
    page = open_page()
    page.click("#articles-tab-button")
    with page.expect_file_chooser() as chooser:
        page.click("#upload-folder")
    chooser.value.set_files(folder)
    page.wait_for_selector("#report .summary")
    expect(page.locator("#report .summary")).to_contain_text("2 added")
    assert {"one.txt", "two.txt"} <= set(page.inner_text("#report").split())


# The last of this file: its questions hold the page for a while.
def test_a_full_queue_says_so_in_the_pages_language_and_keeps_the_question(
    open_page: Open, address: str
) -> None:
    page = open_page("ar", foreseen="429")
    page.fill("#question textarea", "متى افتتح الجسر؟")
    page.wait_for_timeout(600)
    data = {"data": ["stuck: when did it open?", *[None] * 8]}
    with httpx.Client(base_url=address, timeout=20) as client:
        taken = (client.post("/gradio_api/call/ask", json=data).status_code for _ in range(2 * TOO_MANY))
        assert next(status for status in taken if status != 200) == 429
    page.press("#question textarea", "Enter")
    page.wait_for_selector(f".toast-body:has-text('{say('ar', 'queue_full')[:30]}')")
    expect(page.locator("#question textarea")).to_have_value("متى افتتح الجسر؟")
