"""Asking in another way: chips taken off and changed, questions edited, asked again, copied and judged."""

from collections.abc import Callable
from typing import Any

from conftest import ask, settle
from fake_operations import QUOTES
from playwright.sync_api import expect

Open = Callable[..., Any]

QUESTION = "When did the Fanar bridge open in 2024?"


def chips(page: Any) -> list[str]:
    return list(page.locator(".told >> nth=-1").locator(".pill").all_inner_texts())


def test_a_window_is_taken_off_and_the_question_asked_again_in_its_place(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    assert any("2024" in each for each in chips(page))
    page.click(".pill.window .off")
    page.wait_for_selector(".pill.window", state="detached")
    page.wait_for_selector("#chat .made")
    expect(page.locator("#chat .asked")).to_have_count(1)
    expect(page.locator(".asked")).to_have_text(QUESTION)


def test_a_window_is_changed_in_its_fields_and_the_question_asked_again(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click(".pill.window .value")
    page.wait_for_selector("#editing")
    expect(page.locator("#question textarea")).to_have_value(QUESTION)
    expect(page.locator("#narrow-from input")).to_have_value("2024-01-01")
    expect(page.locator("#narrow-to input")).to_have_value("2024-12-31")
    settle(page)
    page.fill("#narrow-from input", "2024-03")
    page.fill("#narrow-to input", "2024-05")
    page.press("#narrow-to input", "Enter")
    page.wait_for_selector(".pill.window:has-text('March')")
    page.wait_for_selector("#chat .made")
    expect(page.locator("#chat .asked")).to_have_count(1)
    expect(page.locator("#editing")).to_have_count(0)


def test_a_window_that_was_opened_and_left_narrows_no_other_question_down(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click(".pill.window .value")
    expect(page.locator("#narrow-from input")).to_have_value("2024-01-01")
    page.click("#editing-cancel")
    page.wait_for_selector("#editing", state="detached")
    expect(page.locator("#narrow-from input")).to_have_value("")
    ask(page, "How long is the bridge?", turn=2)
    expect(page.locator(".pill.window")).to_have_count(1)


def test_what_was_typed_before_a_window_was_opened_is_there_again_after_it(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click("#narrow > button")
    page.fill("#narrow-from input", "2023")
    page.click(".pill.window .value")
    page.wait_for_selector("#editing")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#editing", state="detached")
    page.wait_for_function("() => document.querySelector('#narrow-from input').value === '2023'")


def test_a_narrowing_shows_while_folded_and_ends_with_its_chat(open_page: Open) -> None:
    page = open_page()
    page.click("#narrow > button")
    page.fill("#narrow-from input", "2023")
    page.click("#narrow > button")
    page.wait_for_selector("#narrow > button:has-text('2023 – …')")
    ask(page, QUESTION)
    page.click("#new-chat")
    page.wait_for_selector("#welcome .welcome")
    page.wait_for_function("() => !document.querySelector('#narrow > button').innerText.includes('2023')")
    ask(page, "How long is the bridge?")
    expect(page.locator(".pill.window")).to_have_count(0)


def test_an_outlet_is_chosen_and_taken_off_again(open_page: Open) -> None:
    page = open_page()
    page.click("#narrow > button")
    page.click("#narrow-outlet input")
    page.click("[role=option]:has-text('Isnad sample')")
    ask(page, QUESTION)
    page.click(".pill.outlet .off")
    page.wait_for_selector(".pill.outlet", state="detached")
    page.wait_for_selector("#chat .made")
    expect(page.locator("#narrow-outlet input")).to_have_value("Any outlet")


def test_an_earlier_question_is_edited_and_what_followed_it_goes(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    ask(page, "And what is quick about it?", turn=2)
    page.hover(".asked >> nth=0")
    page.click('a[href="#edit-1"]')
    page.wait_for_selector("#editing")
    page.click("#editing-cancel")
    page.wait_for_selector("#editing", state="detached")
    expect(page.locator("#question textarea")).to_have_value("")
    page.click('a[href="#edit-1"]')
    page.wait_for_selector("#editing")
    page.fill("#question textarea", "How long is the bridge?")
    page.press("#question textarea", "Enter")
    page.wait_for_function("() => document.querySelectorAll('#chat .asked').length === 1")
    page.wait_for_selector("#chat .made")
    expect(page.locator(".asked")).to_have_text("How long is the bridge?")


def test_an_answer_is_asked_for_again(open_page: Open) -> None:
    page = open_page()
    ask(page, "slow: when did the bridge open?")
    page.click('a[href="#retry-1"]')
    page.wait_for_selector("#stop")
    page.click("#stop")
    page.wait_for_selector("#chat .stopped")
    expect(page.locator("#chat .asked")).to_have_count(1)


def test_an_answer_is_copied_with_footnotes_and_judged_with_a_reason(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.click("a.tool.copy")
    page.wait_for_selector("a.tool.copy.done")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "[1] Isnad sample, Lantern bridge opens to walkers, 14 March 2024, https://news.example" in copied
    assert f"«{QUOTES['en'][0]}»" in copied
    page.click("a.tool.down")
    page.click("a[href='#why-1-wrong_date']")
    page.wait_for_selector("a.reason.chosen")
    expect(page.locator(".reasons")).to_contain_text("Noted")


def test_a_link_to_the_quoted_words_opens_them_in_another_window(open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, QUESTION)
    page.click('a[href="#src-1-2"]')
    page.wait_for_selector("#reader mark")
    page.click("#reader a.permalink")
    page.wait_for_selector("a.permalink.done")
    address = page.evaluate("navigator.clipboard.readText()")
    other = page.context.new_page()
    other.goto(address)
    other.wait_for_selector("#reader mark")
    expect(other.locator("#reader mark")).to_have_text(QUOTES["en"][1])
    other.click("#back")
    other.wait_for_selector("#welcome .examples")
    assert "#" not in other.url


def test_a_follow_up_is_asked_by_a_click(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.click("#follow-ups a:has-text('What is said about')")
    page.wait_for_function("() => document.querySelectorAll('#chat .made').length === 2")
    expect(page.locator(".asked >> nth=1")).to_contain_text("What is said about")
