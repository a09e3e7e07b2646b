import re
from collections.abc import Callable
from typing import Any

import pytest
from conftest import ask, settle
from fake_operations import ANSWERS, LEADS, QUOTES
from playwright.sync_api import expect

Open = Callable[..., Any]

QUESTIONS = {
    "ar": "متى افتتح جسر الفنار سنة 2024؟",
    "en": "When did the Fanar bridge open in 2024?",
    "fr": "Quand la passerelle du phare a-t-elle été ouverte ?",
}


def marked(page: Any, reader: str = "#reader") -> str:
    return str(page.inner_text(f"{reader} mark"))


def side(page: Any, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).direction"))


@pytest.mark.parametrize("language", ["ar", "en", "fr"])
def test_an_answer_in_each_language_has_chips_that_open_the_very_words(
    open_page: Open, language: str
) -> None:
    page = open_page(language)
    ask(page, QUESTIONS[language])
    expect(page.locator("#chat")).to_contain_text(LEADS[language])
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    assert marked(page) == QUOTES[language][0]
    assert page.is_visible("#reader mark")
    for where in ("#chat .answer", "#reader mark"):
        expect(page.locator(f"{where} .key")).to_have_text(ANSWERS[language])
    expected = "rtl" if language == "ar" else "ltr"
    assert side(page, ".told") == side(page, "#reader .text p") == side(page, "html") == expected
    page.click("#back")
    page.wait_for_selector("#sources .card")
    page.click('#sources a[href="#src-1-2"]')
    page.wait_for_function(
        "words => document.querySelector('#reader mark')?.innerText === words", arg=QUOTES[language][1]
    )


def test_an_older_answers_chip_opens_that_answers_citation(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTIONS["en"])
    ask(page, QUESTIONS["ar"], turn=2)
    assert side(page, ".message-row:nth-of-type(2) .told") == "ltr"
    assert side(page, ".message-row:nth-of-type(4) .told") == "rtl"
    page.click('a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    assert marked(page) == QUOTES["en"][0]
    page.click("#back")
    page.wait_for_selector("#sources .card")
    expect(page.locator("#sources")).to_contain_text(QUESTIONS["en"])


def test_an_answer_grows_and_can_be_stopped_and_the_next_one_asked(open_page: Open) -> None:
    page = open_page()
    page.fill("#question textarea", "slow: when did the bridge open?")
    page.press("#question textarea", "Enter")
    page.wait_for_selector("#stop")
    page.wait_for_selector("#chat .answer")
    expect(page.locator("#chat .made")).to_have_count(0)
    page.click("#stop")
    page.wait_for_selector("#chat .stopped")
    expect(page.locator("#chat .problem")).to_have_count(0)
    settle(page)
    expect(page.locator("#chat .made")).to_have_count(0)
    ask(page, QUESTIONS["fr"])
    page.click("#new-chat")
    page.wait_for_selector("#welcome .examples")
    expect(page.locator("#chat .told")).to_have_count(0)


def test_answers_that_come_at_once_are_shown_whole(open_page: Open) -> None:
    page = open_page()
    for turn in range(1, 6):
        ask(page, "quick: when did the bridge open?", turn)
        page.wait_for_selector("#sources .card >> nth=1")
        expect(page.locator("#chat .told >> nth=-1").locator("li")).to_have_count(2)


def test_an_example_is_asked_by_a_click(open_page: Open) -> None:
    page = open_page()
    page.click("a.example >> nth=0")
    page.wait_for_selector("#chat .made")


def test_a_refusal_is_calm_and_its_nearest_passages_open(open_page: Open) -> None:
    page = open_page("fr")
    ask(page, "Quelle est la capitale du Pérou ?")
    page.wait_for_selector(".refusal")
    expect(page.locator("#sources .card")).to_have_count(0)
    page.click("details.passages >> nth=0")
    page.click('a[href="#near-1-2"]')
    page.wait_for_selector("#reader mark")
    assert marked(page) == QUOTES["en"][0]


def test_an_error_is_told_in_the_chat_and_the_next_question_works(open_page: Open) -> None:
    page = open_page()
    page.fill("#question textarea", "please fail")
    page.click("#send")
    page.wait_for_selector("#chat .problem")
    expect(page.locator("#chat .problem")).to_contain_text("start it, or use --llm none")
    ask(page, QUESTIONS["en"])


def test_a_bracket_number_of_the_article_is_no_chip(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTIONS["en"])
    expect(page.locator("#chat .answer")).to_contain_text("long [3]")
    expect(page.locator('a[href="#src-1-3"]')).to_have_count(0)


def test_the_keyboard_alone_opens_a_source_and_comes_back(open_page: Open) -> None:
    page = open_page()
    ask(page, QUESTIONS["en"])
    page.focus('#chat a[href="#src-1-1"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader mark")
    page.wait_for_function("() => document.activeElement.id === 'back'")
    page.keyboard.press("Escape")
    page.wait_for_selector("#sources .card")
    page.wait_for_function("() => document.activeElement.getAttribute('href') === '#src-1-1'")


def test_uploaded_files_are_reported_one_by_one_under_their_own_names(open_page: Open) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    files = [("ميناء المدينة.txt", "يكبر الميناء كل سنة. " * 20), ("empty.txt", " ")]
    page.set_input_files(
        "#upload input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in files],
    )
    page.wait_for_selector("#report .summary")
    report = page.inner_text("#report")
    assert "1 added" in report
    assert "empty.txt is empty: nothing to store" in report
    assert "/tmp" not in report
    page.wait_for_selector("#library a:has-text('ميناء المدينة')")
    page.fill("#filter input, #filter textarea", "ميناء")
    page.wait_for_function("() => document.querySelectorAll('#library tbody tr').length === 1")
    page.click("#library td.title a")
    page.wait_for_selector("#article-reader .read")
    assert side(page, "#article-reader .text p") == "rtl"


def test_pasted_text_is_stored_corrected_and_removed_and_a_removal_taken_back(open_page: Open) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    page.click("#add-text-tab-button")
    page.fill("#paste-title input, #paste-title textarea", "Pasted <b>title</b>")
    page.fill("#paste-text textarea", "Some words of an article.")
    page.fill("#given-published input, #given-published textarea", "yesterday")
    page.click("#paste-add")
    page.wait_for_selector("#report .problem")
    expect(page.locator("#paste-text textarea")).to_have_value("Some words of an article.")
    page.fill("#given-published input, #given-published textarea", "2024-10-03")
    page.click("#paste-add")
    row = "#library tr:has-text('Pasted <b>title</b>')"
    page.wait_for_selector(row)
    expect(page.locator(row)).to_contain_text("3 October 2024")
    page.click(f"{row} td.title a >> nth=0")
    page.click("#correction > button")
    # The fields are filled in once the article is open; what is typed before is lost.
    expect(page.locator("#correct-published input, #correct-published textarea")).to_have_value("2024-10-03")
    page.fill("#correct-source input, #correct-source textarea", "The Gazette")
    page.click("#correct-save")
    page.wait_for_selector("#correct-told .summary")
    page.wait_for_selector(f"{row}:has-text('The Gazette')")
    page.click("#article-back")
    page.click(f"{row} a.remove")
    page.wait_for_selector(row, state="detached")
    page.click("#report a.offer")
    page.wait_for_selector(row)
    expect(page.locator("#report")).to_contain_text("was kept")


def test_the_list_is_restricted_by_language_and_by_time(open_page: Open) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    page.wait_for_selector("#library tbody tr")
    page.click("#filter-language input")
    page.click("[role=option]:has-text('العربية')")
    page.wait_for_function("() => !document.querySelector('#library tbody').innerText.includes('English')")
    page.fill("#filter-from input, #filter-from textarea", "2024-04")
    page.wait_for_selector("#library .empty")


def test_an_address_that_is_none_is_told_before_anything_is_fetched(open_page: Open) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    page.click("#add-tabs .tab-container:not(.visually-hidden) button >> nth=2")
    page.fill("#addresses textarea", "file:///etc/passwd")
    page.click("#addresses-fetch")
    page.wait_for_selector("#report .reason")
    expect(page.locator("#report")).to_contain_text("file:///etc/passwd isn’t an address")


def test_each_line_of_the_addresses_is_taken_on_its_own(open_page: Open) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    page.click("#add-tabs .tab-container:not(.visually-hidden) button >> nth=2")
    page.click("#addresses-fetch")
    page.wait_for_selector("#report .problem:has-text('There is no address')")
    page.fill("#addresses textarea", "not a url\nhttp://127.0.0.1:9/secret")
    page.click("#addresses-fetch")
    page.wait_for_selector("#report .summary:has-text('2')")
    expect(page.locator("#report")).to_contain_text("not a url isn’t an address")
    expect(page.locator("#report li")).to_have_count(2)


def test_a_day_that_is_none_is_told_at_once_and_never_used(open_page: Open) -> None:
    page = open_page("fr")
    page.click("#settings-tab-button")
    page.fill("#preferred-day input", "tomorrowis")
    page.press("#preferred-day input", "Tab")
    page.wait_for_selector("#day-told .problem:has-text('« tomorrowis » n’est pas un jour')")
    page.click("#chat-tab-button")
    ask(page, QUESTIONS["fr"])
    other = page.context.new_page()
    other.goto(page.url)
    other.click("#settings-tab-button")
    other.wait_for_selector("#model-told p")
    expect(other.locator("#preferred-day input")).to_have_value("")


@pytest.mark.parametrize(
    ("language", "width", "height"),
    [("ar", 390, 844), ("en", 390, 844), ("fr", 390, 844), ("ar", 360, 640), ("fr", 1280, 800)],
)
def test_nothing_is_wider_than_the_screen(open_page: Open, language: str, width: int, height: int) -> None:
    page = open_page(language, width, height)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    ask(page, QUESTIONS[language])
    assert page.evaluate(wide) <= 0
    page.click('#chat a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    assert page.locator("#reader mark").first.bounding_box()["y"] < height
    assert page.evaluate(wide) <= 0
    page.click("#back")
    page.click("#articles-tab-button")
    page.wait_for_selector("#library tbody tr")
    assert page.evaluate(wide) <= 0


def test_the_language_and_the_light_can_be_switched_and_stay(open_page: Open) -> None:
    page = open_page("en-US")
    page.click('#top a[href="#language-ar"]')
    page.wait_for_selector("html[dir=rtl] #welcome .welcome")
    expect(page.locator("#welcome")).to_contain_text("ماذا تريد أن تعرف؟")
    assert page.get_attribute("#question textarea", "placeholder").startswith("اسأل")
    background = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(background)
    page.click("#top a.light")
    assert page.evaluate(background) != before
    page.reload()
    page.wait_for_selector("html[dir=rtl] body.dark #welcome .welcome")


# What WCAG AA asks of text: 4.5 to 1, or 3 to 1 where it is large.
CONTRAST = """() => {
  const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const numbers = (text) => text.match(/[\\d.]+/g).map(Number);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = numbers(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll('#tabs *, #top *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const style = getComputedStyle(element);
    if (!own || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.closest('.unseen, .sr-only, .bridge, [aria-hidden=true], svg') || style.fontSize === '0px') continue;
    const [a, b] = [light(numbers(style.color)), light(ground(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) weak.push(`${element.outerHTML.slice(0, 90)} ${ratio.toFixed(2)}`);
  }
  return weak;
}"""


@pytest.mark.parametrize("light", ["light", "dark"])
def test_text_stands_out_enough_from_its_ground(open_page: Open, light: str) -> None:
    page = open_page(color_scheme=light)
    weak = page.evaluate(CONTRAST)
    ask(page, QUESTIONS["en"])
    weak += page.evaluate(CONTRAST)
    page.click('#chat a[href="#src-1-1"]')
    page.wait_for_selector("#reader mark")
    page.click("#reader details summary")
    weak += page.evaluate(CONTRAST)
    page.click("#articles-tab-button")
    page.wait_for_selector("#library tbody tr")
    assert weak + page.evaluate(CONTRAST) == []


def test_every_control_has_a_name(open_page: Open) -> None:
    page = open_page()
    nameless = """() => [...document.querySelectorAll('button, a, input, textarea')]
      .filter((each) => each.checkVisibility() && !each.closest('.bridge, [aria-hidden=true]'))
      .filter((each) => !(each.innerText || each.title || each.ariaLabel || each.labels?.length).toString().trim())
      .map((each) => each.outerHTML.slice(0, 200))"""
    assert page.evaluate(nameless) == []
    page.click("#articles-tab-button")
    page.wait_for_selector("#library tbody tr")
    assert page.evaluate(nameless) == []
    ask_box = page.get_by_role("tab", name=re.compile("Chat"))
    ask_box.click()
    expect(page.get_by_role("textbox", name="Question")).to_have_count(1)
