"""T12: markup in every place where an article or a model has words of its own. Nothing of it becomes active.

``open_page`` fails a test on any request to another host, on any console error and on any window that opens.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import ask
from fake_operations import PAYLOADS
from page_process import running_page
from playwright.sync_api import expect

Open = Callable[..., Any]

OURS = (
    "#chat .told, #sources, #reader, #library, #article-reader, #report, #welcome, #chats-list, #check-report"
)
ACTIVE = """roots => roots.flatMap(root => [...root.querySelectorAll('*')]
    .filter(each => /^(IMG|SCRIPT|IFRAME|STYLE|LINK|VIDEO|AUDIO|SVG|MATH|FORM|INPUT|META|BASE|OBJECT|EMBED|PICTURE)$/i
        .test(each.tagName)
        || [...each.attributes].some(one => /^on|^srcset$|^src$/.test(one.name))
        || /^(javascript|data|vbscript):|^\\/\\/|evil/i.test(each.getAttribute('href') || ''))
    .map(each => each.outerHTML.slice(0, 120)))"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with running_page("--evil") as (url, _):
        yield url


def active(page: Any) -> list[str]:
    assert page.evaluate("window.hacked === undefined")
    return list(page.eval_on_selector_all(OURS, ACTIVE))


def test_titles_outlets_authors_addresses_and_texts_of_articles_stay_text(
    open_page: Open, figure: Any
) -> None:
    assert len(PAYLOADS) >= 24
    page = open_page()
    ask(page, "evil")
    found = active(page)
    expect(page.locator("#sources .card")).to_have_count(len(PAYLOADS))
    for n in range(1, len(PAYLOADS) + 1):
        page.evaluate(
            "n => document.querySelector(`#sources a[href='#src-1-${n}'], #chat a[href='#src-1-${n}']`).click()",
            n,
        )
        page.wait_for_selector(f"#reader h2:has-text('evil {n} ')")
        found += active(page)
    page.hover("#chat .answer p >> nth=0")
    page.click("#articles-tab-button")
    page.wait_for_function(
        "n => document.querySelectorAll('#library tbody tr').length > n", arg=len(PAYLOADS)
    )
    page.click("#library td.title a:has-text('evil 2 ')")
    page.wait_for_selector("#article-reader .read")
    page.click("#article-reader details.removed summary")
    page.wait_for_timeout(500)
    found += active(page)
    figure("T12", failures=len(found), n=len(PAYLOADS), what="pieces of articles that became active")
    assert found == []


def test_names_of_files_pasted_titles_and_checked_answers_stay_text(open_page: Open, figure: Any) -> None:
    page = open_page()
    page.click("#articles-tab-button")
    names = [payload.replace("/", "_").replace("\n", " ")[:120] + ".txt" for payload in PAYLOADS]
    page.set_input_files(
        "#upload input[type=file]",
        [{"name": name, "mimeType": "text/plain", "buffer": b"<script>hacked=1</script>"} for name in names],
    )
    page.wait_for_selector("#report .summary", timeout=30_000)
    found = active(page)
    page.click("#check-tab-button")
    page.fill("#check-answer textarea", "\n\n".join(PAYLOADS))
    page.click("#check-go")
    page.wait_for_selector("#check-report .verdict")
    found += active(page)
    page.click("#chat-tab-button")
    ask(page, "quick " + " ".join(PAYLOADS)[:1500])
    page.wait_for_timeout(500)
    page.click("#chats-button")
    page.wait_for_selector("#chats-list a.title")
    found += active(page)
    figure("T12", failures=len(found), n=len(PAYLOADS), what="pieces of names and answers that became active")
    assert found == []
