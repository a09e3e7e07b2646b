"""The Check tab and the Settings tab."""

from collections.abc import Callable
from typing import Any

from conftest import ask

Open = Callable[..., Any]


def test_a_pasted_answer_is_checked_and_what_nothing_carries_is_marked(open_page: Open) -> None:
    page = open_page()
    page.click("#check-tab-button")
    page.click("#check-go")
    page.wait_for_selector("#check-report .problem")
    page.fill("#check-answer textarea", "The bridge opened <b>today</b>.")
    page.click("#check-go")
    page.wait_for_selector("#check-report .verdict.bad")
    assert "today</b>" in page.inner_text("#check-report .sentence.unsupported")
    page.fill("#check-answer textarea", '{"answer": "The bridge opened [1].", "citations": []}')
    page.click("#check-go")
    page.wait_for_selector("#check-report .verdict.good")
    assert page.locator("#check-report tbody tr").count() == 1


def test_a_model_elsewhere_is_told_before_the_first_question_and_goes_with_it(open_page: Open) -> None:
    page = open_page()
    assert not page.is_visible("#leaves")
    page.click("#settings-tab-button")
    page.fill("#preferred-model input, #preferred-model textarea", "openai:gpt-x")
    page.click("#model-test")
    page.wait_for_selector("#model-tested .report")
    page.reload()
    page.wait_for_selector("#leaves .leaves")
    assert "are sent to openai:gpt-x" in page.inner_text("#leaves")
    ask(page, "quick: when did the bridge open?")
    page.click("#settings-tab-button")
    page.fill("#preferred-model input, #preferred-model textarea", "")
    page.click("#chat-tab-button")
    page.wait_for_selector("#leaves .leaves", state="detached")
