import re
from html.parser import HTMLParser

import pytest
from homes import article

from qa.answer import Passage
from qa.compose import Draft, escaped
from vectorstore.records import Chunk

UNESCAPED_NUMBER = re.compile(r"(?<!\\)\[(\d+)\]")


def passage(text: str, language: str = "en") -> Passage:
    return Passage(Chunk(article(text, language=language), 0, len(text)), 0, len(text))


def rendered(markdown: str) -> str:
    """The characters that a page shows for ``markdown``."""
    from markdown_it import MarkdownIt

    class Text(HTMLParser):
        shown = ""

        def handle_data(self, data: str) -> None:
            self.shown += data

    reader = Text()
    reader.feed(MarkdownIt("gfm-like", {"linkify": False}).render(markdown))
    reader.close()
    return reader.shown.rstrip("\n")


def test_each_quotation_gets_the_next_number_and_its_place() -> None:
    draft = Draft("en")
    draft.say("Two passages:")
    draft.quote("3 October 2024", passage("He came."))
    draft.quote("", passage("She went."))
    assert draft.ended() == "Two passages:\n\n- **3 October 2024** — “He came.” [1]\n- “She went.” [2]"
    assert [each.number for each in draft.citations] == [1, 2]
    assert [draft.text[each.start : each.end] for each in draft.sentences] == [
        "“He came.” [1]",
        "“She went.” [2]",
    ]
    assert [each.cites for each in draft.sentences] == [(1,), (2,)]


@pytest.mark.parametrize(
    "text",
    ["He said [3] so.", "النص [١] هنا [2].", "a\nb\n\n c", "😀 [1] 𝔘", "*bold* _and_ `code` <b>", "a\\[1]"],
)
def test_places_stay_exact_whatever_is_quoted(text: str) -> None:
    draft = Draft("ar")
    for _ in range(3):
        draft.quote("", passage(text, "ar"))
    final = draft.ended()
    for number, each in enumerate(draft.sentences, start=1):
        words = final[each.start : each.end]
        assert words.startswith("«")
        assert words.endswith(f"» [{number}]")
    assert [int(each) for each in UNESCAPED_NUMBER.findall(final)] == [1, 2, 3]


def test_a_bracketed_number_of_the_articles_own_is_no_citation() -> None:
    assert escaped("He said [3] so [1, 2].") == r"He said \[3\] so \[1, 2\]."


@pytest.mark.parametrize(
    "quote",
    [
        "He said [3] so, see [a](http://b).",
        "*bold* **very** _so_ __so__ ~~gone~~ ~one~",
        "`code` and ``more``",
        "a <b>tag</b> and <https://a.example>",
        "1 < 2 > 0 | a | b",
        "back\\slash and \\[3\\]",
        "![image](x.png)",
        "# no heading, - no item",
        "قال «نعم» [١] ثم _ذهب_",
    ],
)
def test_markdown_shows_exactly_the_words(quote: str) -> None:
    assert rendered(f"- “{escaped(quote)}”").strip() == f"“{quote}”"


def test_a_quotation_stands_on_one_line() -> None:
    assert escaped(" a\n\nb\t c ") == "a b c"


def test_a_draft_without_anything_is_empty() -> None:
    assert Draft("en").ended() == ""
