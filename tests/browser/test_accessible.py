"""What axe-core finds wrong in the main views, in light and dark, left to right and right to left."""

from collections.abc import Callable
from typing import Any

import pytest
from conftest import ask

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

Open = Callable[..., Any]
# WCAG 2 to the level AA. The bridges are Gradio fields that only the page's script fills.
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
CONTEXT = {"exclude": [[".bridge"]]}


def faults(page: Any, view: str) -> list[str]:
    page.wait_for_timeout(400)
    told = axe.Axe().run(page, context=CONTEXT, options=OPTIONS).response
    assert len(told["passes"]) > 5
    found = told["violations"]
    return [f"{view}: {each['id']} {node['html'][:160]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize(("language", "light"), [("en-US", "light"), ("ar", "dark")])
def test_axe_finds_nothing_in_the_main_views(open_page: Open, language: str, light: str) -> None:
    page = open_page(language, color_scheme=light)
    found = faults(page, "welcome")
    ask(page, "When did the Fanar bridge open in 2024?")
    found += faults(page, "answer")
    page.click('#chat a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    found += faults(page, "reader")
    page.click("#narrow > button")
    page.click("#chats-button")
    page.wait_for_selector("#chats-list .chats")
    found += faults(page, "saved chats")
    for tab in ("articles", "check", "settings"):
        page.click(f"#{tab}-tab-button")
        found += faults(page, tab)
    assert found == []


def test_the_keyboard_alone_asks_narrows_and_switches_tabs(open_page: Open) -> None:
    page = open_page()
    page.focus("#question textarea")
    page.keyboard.type("quick: when did the bridge open?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chat .made")
    page.wait_for_timeout(800)
    page.focus("#narrow > button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#narrow-from")
    page.focus("#chats-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#chats-list .chats")
    page.keyboard.press("Escape")
    page.wait_for_selector("#chats-box", state="detached")
    page.focus("#articles-tab-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#articles-tab-button[aria-selected=true]")
