"""The Check tab and the Settings tab."""

from collections.abc import Callable
from typing import Any

from conftest import ask
from playwright.sync_api import expect

Open = Callable[..., Any]


def test_a_pasted_answer_is_checked_and_what_nothing_carries_is_marked(open_page: Open) -> None:
    page = open_page()
    page.click("#check-tab-button")
    page.click("#check-go")
    page.wait_for_selector("#check-report .problem")
    page.fill("#check-answer textarea", "The bridge opened <b>today</b>.")
    page.click("#check-go")
    page.wait_for_selector("#check-report .verdict.bad")
    expect(page.locator("#check-report .sentence.unsupported")).to_contain_text("today</b>")
    page.fill("#check-answer textarea", '{"answer": "The bridge opened [1].", "citations": []}')
    page.click("#check-go")
    page.wait_for_selector("#check-report .verdict.good")
    expect(page.locator("#check-report tbody tr")).to_have_count(1)


def test_a_model_elsewhere_is_told_before_the_first_question_and_goes_with_it(open_page: Open) -> None:
    page = open_page()
    assert not page.is_visible("#leaves")
    model = page.locator("#preferred-model input, #preferred-model textarea")
    page.click("#settings-tab-button")
    model.fill("openai:gpt-x")
    page.click("#model-test")
    page.wait_for_selector("#model-tested .report")
    page.reload()
    page.wait_for_selector("#leaves .leaves")
    expect(page.locator("#leaves")).to_contain_text("are sent to openai:gpt-x")
    ask(page, "quick: when did the bridge open?")
    page.click("#settings-tab-button")
    # A field that is emptied before it shows what the browser kept is filled with that afterwards.
    expect(model).to_have_value("openai:gpt-x")
    model.fill("")
    expect(model).to_have_value("")
    page.click("#chat-tab-button")
    page.wait_for_selector("#leaves .leaves", state="detached")
