"""Saved chats: found after a reload, searched, renamed, exported, deleted; nobody else's are listed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ask
from page_process import running_page
from playwright.sync_api import expect

Open = Callable[..., Any]

QUESTION = "When did the Fanar bridge open in 2024?"


@pytest.fixture(scope="module")
def chats_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("chats")


@pytest.fixture(scope="module")
def address(chats_folder: Path) -> Iterator[str]:
    with running_page("--chats", str(chats_folder)) as (url, _):
        yield url


def reloaded(page: Any) -> None:
    page.reload()
    page.wait_for_selector("#welcome .welcome")


def listed(page: Any) -> None:
    page.click("#chats-button")
    page.wait_for_selector("#chats-list .chats")


def test_a_chat_is_found_after_a_reload_and_goes_on_where_it_stopped(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, "quick: and how long is it?", turn=2)
    page.wait_for_timeout(500)
    reloaded(page)
    page.click(f".recent a.title:has-text('{QUESTION}')")
    page.wait_for_function("() => document.querySelectorAll('#chat .made').length === 2")
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    ask(page, "quick: what did it cost?", turn=3)
    page.wait_for_timeout(500)
    listed(page)
    expect(page.locator("#chats-list a.title")).to_have_count(1)
    expect(page.locator("#chats-list")).to_contain_text("3 questions")


def test_a_chat_is_searched_renamed_exported_and_deleted(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click("#new-chat")
    page.wait_for_selector("#welcome .examples")
    ask(page, "Quand la passerelle du phare a-t-elle été ouverte ?")
    page.wait_for_timeout(500)
    listed(page)
    expect(page.locator("#chats-list a.title")).to_have_count(2)
    page.fill("#chats-search input, #chats-search textarea", "phare")
    page.wait_for_function("() => document.querySelectorAll('#chats-list a.title').length === 1")
    page.focus("a.rename")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.ariaLabel") == "Title of the chat"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "rename"
    expect(page.locator(".renaming")).to_have_count(0)
    page.click("a.rename")
    page.keyboard.type("Le phare <b>")
    page.keyboard.press("Enter")
    page.wait_for_selector("a.title:has-text('Le phare <b>')")
    for kind in ("md", "json"):
        with page.expect_download() as saved:
            page.click(f"a.{kind}")
        assert saved.value.suggested_filename == f"Le-phare-b.{kind}"
        assert "12 mars 2024" in Path(saved.value.path()).read_text("utf-8")
    page.click("a.doubt")
    page.click(".doubt a.no")
    page.wait_for_selector("a.doubt")
    page.click("a.doubt")
    page.click(".doubt a.yes")
    page.wait_for_selector("#chats-list a.title", state="detached")
    page.fill("#chats-search input, #chats-search textarea", "")
    page.wait_for_selector(f"#chats-list a.title:has-text('{QUESTION}')")


def test_another_browser_lists_none_of_these_chats(open_page: Open, chats_folder: Path) -> None:
    page = open_page()
    assert (chats_folder / "chats.sqlite3").stat().st_size > 0
    expect(page.locator(".recent")).to_have_count(0)
    listed(page)
    expect(page.locator("#chats-list a.title")).to_have_count(0)


def test_no_hidden_part_of_the_page_takes_the_focus(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    listed(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        size = page.evaluate(
            "Math.min(...['width', 'height'].map(e => document.activeElement.getBoundingClientRect()[e]))"
        )
        assert size > 1, page.evaluate("document.activeElement.outerHTML")


def test_a_question_that_was_just_sent_is_there_again_after_a_reload(open_page: Open) -> None:
    page = open_page()
    page.fill("#question textarea", QUESTION)
    page.press("#question textarea", "Enter")
    reloaded(page)
    page.wait_for_function(
        "told => document.querySelector('#question textarea').value === told", arg=QUESTION
    )
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#chat .made")
    page.wait_for_timeout(2000)  # the answer is saved, and the question forgotten
    reloaded(page)
    expect(page.locator("#question textarea")).to_have_value("")
