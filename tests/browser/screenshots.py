"""Makes the README's pictures in ``.github/images`` of a page that shows the sample articles: give its address.

``isnad serve --demo --port 7911``, then ``PYTHONPATH=tests python tests/browser/screenshots.py http://127.0.0.1:7911``.
"""

import sys
from pathlib import Path
from typing import Any

from conftest import ARGUMENTS, CHROMIUM, ask, sync_api

IMAGES = Path(__file__).parents[2] / ".github" / "images"
LAPTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
QUESTIONS = {
    "en-US": "Who did Hammouchi meet in 2024?",
    "ar": "من التقى حموشي سنة 2024؟",
}


def taken(page: Any, name: str) -> None:
    page.wait_for_timeout(900)
    page.screenshot(path=IMAGES / f"{name}.png")


def opened(browser: Any, address: str, language: str, light: str, size: dict[str, int]) -> Any:
    page = browser.new_context(viewport=size, locale=language, color_scheme=light).new_page()
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_selector("#welcome .welcome")
    return page


def answered(browser: Any, address: str, language: str, light: str, size: dict[str, int]) -> Any:
    page = opened(browser, address, language, light, size)
    ask(page, QUESTIONS[language])
    return page


def main(address: str) -> None:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = answered(browser, address, "en-US", "light", LAPTOP)
        page.click('#chat a[href="#src-1-1"]')
        page.wait_for_selector("#reader mark")
        taken(page, "chat-en")
        page.click("#back")
        page.evaluate("document.querySelector('#chat [role=log]').scrollTop = 1e6")
        taken(page, "timeline-en")
        page.click("#articles-tab-button")
        page.wait_for_selector("#library tbody tr")
        taken(page, "articles-en")
        page = answered(browser, address, "ar", "light", LAPTOP)
        page.click('#chat a[href="#src-1-1"]')
        page.wait_for_selector("#reader mark")
        taken(page, "chat-ar")
        taken(answered(browser, address, "ar", "dark", LAPTOP), "chat-ar-dark")
        taken(answered(browser, address, "ar", "dark", PHONE), "phone-ar-dark")
        taken(answered(browser, address, "en-US", "light", PHONE), "phone-en")


if __name__ == "__main__":
    main(sys.argv[1])
