"""T27: two readers at once; no word of one reaches the other."""

from collections.abc import Callable
from typing import Any

from conftest import settle
from playwright.sync_api import expect

Open = Callable[..., Any]
TURNS = 6


def begin(page: Any, question: str) -> None:
    settle(page)
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def test_no_text_crosses_between_two_readers(open_page: Open) -> None:
    pages = {name: open_page() for name in ("alpha", "omega")}
    for turn in range(1, TURNS + 1):
        for name, page in pages.items():  # both answers grow at the same time
            begin(page, f"{name} {turn}: when did the bridge open?")
        for page in pages.values():
            page.wait_for_function("n => document.querySelectorAll('#chat .made').length === n", arg=turn)
    for name, page in pages.items():
        other = next(each for each in pages if each != name)
        page.click("#chats-button")
        page.wait_for_selector("#chats-list a.title")
        expect(page.locator("#chat .asked")).to_have_count(TURNS)
        expect(page.locator("body")).not_to_contain_text(other, use_inner_text=True)
