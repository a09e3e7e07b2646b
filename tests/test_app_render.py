import csv
import io
import re
import time
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.datastructures import Headers

from qa.app import answers, chats, dated, owner, panel, places, reader, shelf, suggest, talk
from qa.app.dates import period, written
from qa.app.dress import dresser, page_language
from qa.app.footnotes import footnoted
from qa.app.key_words import in_article
from qa.app.markup import escape, web_address
from qa.app.prose import plain, prose
from qa.app.removals import Removals
from qa.app.sift import Sift
from qa.app.surroundings import Surroundings
from qa.app.turns import Turn, history, messages, paced, place
from qa.app.words import ARABIC, ENGLISH, FRENCH, preferred
from qa.compose import escaped
from qa.conversations import Listed
from vectorstore.errors import NotFound

HOSTILE = "<img src=http://evil.example/a.png onerror=x()>\n\n![p](http://evil.example/b.png) [c](javascript:x()) `d`"


class Parsed(HTMLParser):
    """The elements, addresses and text of a piece of HTML; open elements must be closed in order."""

    VOID = {"br", "img", "hr", "input"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert not self._open, f"left open: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open[-1:] == [tag], f"</{tag}> closes {self._open[-1:]}"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        return [value or "" for key, value in self.attributes if key == name]


def answer(text: str = "", **more: Any) -> dict[str, Any]:
    return {
        "question": "q",
        "rewritten": "q",
        "language": "en",
        "answer": text,
        "citations": [],
        "sentences": [],
    } | more


def citation(n: int, **more: Any) -> dict[str, Any]:
    return {
        "n": n,
        "article_id": "a",
        "version": "v",
        "title": "T",
        "source": "S",
        "url": None,
        "published": "2024-10-03",
        "event": {"from": "2024-09-23", "to": "2024-09-26"},
        "quote": "words",
        "start": 0,
        "end": 5,
        "support": "supported",
        "also_in": [],
    } | more


def article(text: str, **more: Any) -> dict[str, Any]:
    return {
        "article_id": "a",
        "version": "v",
        "versions": [{"version": "v", "ingested_at": "2026-01-01"}],
        "title": "T",
        "language": "en",
        "published": None,
        "published_from": None,
        "source": "S",
        "url": None,
        "author": None,
        "appearances": [],
        "text": text,
        "removed": [],
    } | more


def quoted(html: str) -> str:
    return "".join(re.findall(r"<mark>(.*?)</mark>", html))


# ------------------------------------------------------------------------------------------- prose


def test_a_mark_becomes_a_chip_that_leads_to_the_citation_of_its_own_turn() -> None:
    html = prose(answer("He met X [1].", citations=[citation(1)]), 3, "en")
    assert Parsed(html).all("href") == ["#src-3-1"]
    assert "<bdi><a" in html


def test_a_mark_without_a_citation_stays_text() -> None:
    assert Parsed(prose(answer("See [7]."), 1, "en")).all("href") == []


def test_an_escaped_bracket_number_is_shown_as_it_stood_and_is_no_chip() -> None:
    html = Parsed(prose(answer(r"«long \[3\]» [3]", citations=[citation(3)]), 1, "en"))
    assert html.all("href") == ["#src-1-3"]
    assert html.text == "«long [3]» [3]"


def test_words_of_articles_make_no_links_pictures_code_or_headings() -> None:
    html = Parsed(
        prose(
            answer(HOSTILE + "\n\n<script>y</script> http://evil.example [r]\n\n[r]: http://e.example"),
            1,
            "en",
        )
    )
    assert not {"a", "img", "script"} & set(html.tags)
    assert html.all("href") == html.all("src") == []


def test_a_partial_sentence_is_marked_and_says_what_is_missing() -> None:
    text = "Sure [1]. He met **Ali <b>** twice [1]."
    sentence = {"start": 10, "end": len(text), "cites": [1], "support": "partial", "missing": ["twice <x>"]}
    html = prose(answer(text, citations=[citation(1)], sentences=[sentence]), 1, "en")
    assert 'class="sentence partial">He met ' in html
    assert "partly supported" in html
    assert any("twice <x>" in title for title in Parsed(html).all("title"))
    assert "sentence" not in html[: html.index("He met")].replace('class="sentence partial">', "")


def test_a_sentence_that_is_a_list_item_leaves_the_list_a_list() -> None:
    text = "- one [1]\n- two [1]\n"
    sentences = [{"start": 0, "end": 9, "cites": [1], "support": "unsupported", "missing": []}]
    html = prose(answer(text, citations=[citation(1)], sentences=sentences), 1, "en")
    assert Parsed(html).tags.count("li") == 2
    assert html.count("not supported") == 1


def test_sentences_with_places_outside_the_answer_are_passed_over() -> None:
    sentences = [
        {"start": 3, "end": 99, "support": "partial", "missing": []},
        {"start": 5, "end": 2, "support": "partial"},
    ]
    assert "partial" not in prose(answer("short", sentences=sentences), 1, "en")


def test_each_paragraph_takes_its_own_direction() -> None:
    html = prose(
        answer("The articles say:\n\n- «التقى المدير الوفد يوم الثلاثاء» [1]", citations=[citation(1)]),
        1,
        "en",
    )
    assert '<p dir="ltr">' in html
    assert '<ul dir="rtl">' in html


def test_a_date_set_off_in_an_arabic_line_keeps_its_own_order() -> None:
    html = prose(answer("- **21 April 2024** — «التقى المدير الوفد يوم الثلاثاء في العاصمة»"), 1, "en")
    assert '<strong dir="ltr">21 April 2024</strong>' in html
    assert '<div dir="rtl">' in html


@pytest.mark.parametrize(
    "piece", ["[", "\\[", "*a ", "> ", "`", "[1]", "- ", "_a*", "\n- a", "<", "&", "![", "|a"]
)
def test_hostile_answers_are_rendered_in_linear_time(piece: str) -> None:
    text = piece * (50_000 // len(piece))
    began = time.process_time()
    html = prose(answer(text, citations=[citation(1)]), 1, "en")
    assert (
        time.process_time() - began < 10
    )  # at most 0.9 s when measured, on a busy machine several times that
    assert "<script" not in html


def test_plain_words_carry_neither_marks_nor_escapes() -> None:
    assert plain(r"He met X [1] [2], «long \[3\]» [1].") == "He met X, «long [3]»."


# ----------------------------------------------------------------------------------------- messages


def test_a_message_is_one_line_so_that_no_markdown_reader_looks_into_it() -> None:
    told = answer(
        HOSTILE.replace("`", ""),  # the answer's own Markdown may set words in code
        notice=HOSTILE,
        rewritten=HOSTILE,
        window={"from": "2024-01-01", "to": "2024-12-31", "understood_from": HOSTILE},
        people=[{"asked": HOSTILE, "matched": [HOSTILE]}, {"asked": HOSTILE, "matched": []}],
        nearest=[citation(1, quote=HOSTILE, title=HOSTILE, source=HOSTILE, published=HOSTILE)],
        undated=[citation(1, quote=HOSTILE)],
        citations=[citation(1, title=HOSTILE)],
        mode="llm",
        model=HOSTILE,
        timings_ms={"answer": 1},
        articles_considered=3,
    )
    for html in (answers.answer(told, 1, "en"), answers.question(HOSTILE, 1, "en"), answers.problem(HOSTILE)):
        parsed = Parsed(html)
        assert "\n" not in html
        assert "\r" not in html
        assert not {"img", "script", "code"} & set(parsed.tags)
        assert all(href.startswith("#") for href in parsed.all("href"))
        assert not [name for name, _ in parsed.attributes if name.startswith("on")]


def test_what_was_understood_stands_above_the_answer() -> None:
    told = answer(
        "A.",
        window={"from": "2024-01-01", "to": "2024-12-31", "understood_from": "in 2024"},
        people=[{"asked": "Fanar", "matched": ["الفنار", "فنار"]}],
        rewritten="when in 2024",
    )
    text = Parsed(answers.answer(told, 1, "en")).text
    assert text.index("Asked as: when in 2024") < text.index("2024 from “in 2024”") < text.index("A.")
    assert "Fanar: matched  الفنار · فنار" in text


def test_a_refusal_lists_the_nearest_and_the_undated_passages_as_links_of_its_turn() -> None:
    told = answer("No.", abstained=True, nearest=[citation(1), citation(2)], undated=[citation(1)])
    assert Parsed(answers.answer(told, 4, "en")).all("href") == ["#near-4-1", "#near-4-2", "#undated-4-1"]


def test_a_message_speaks_the_answers_language_or_the_pages() -> None:
    told = answer("A.", timings_ms={"answer": 1}, articles_considered=1)
    assert 'dir="rtl" class="told"' in answers.answer(
        told | {"language": "ar"}, 1, "en"
    ) or 'lang="ar"' in answers.answer(told | {"language": "ar"}, 1, "en")
    assert "1 article examiné" in answers.answer(told | {"language": "de"}, 1, "fr")


def test_history_carries_words_and_never_rendered_sources() -> None:
    turns = [Turn("first", "<div>…</div>", answer("Said [1].")), Turn("broken", "<div>…</div>")]
    assert history(turns) == [{"question": "first", "answer": "Said."}]
    assert len(history(turns * 20)) == 6


def test_a_reference_leads_to_the_passage_of_its_own_turn() -> None:
    turns = [
        Turn("a", "", answer(citations=[citation(1, title="old")])),
        Turn("b", "", answer(citations=[citation(1, title="new")], nearest=[{"title": "near"}])),
    ]
    assert place("src-1-1", turns) == (1, turns[0].answer["citations"][0])  # type: ignore[index]
    assert place("near-2-1", turns) == (2, {"title": "near"})
    for wrong in ("src-3-1", "src-0-1", "src-1-2", "undated-1-1", "src-1-1x", "", "src-1-99999999999"):
        assert place(wrong, turns) is None


def test_a_fast_stream_is_paced_and_its_last_answer_always_comes() -> None:
    times = iter([0.0, 0.0, 0.01, 0.02, 0.2, 0.2, 0.21])
    assert list(paced(({"n": n} for n in range(5)), 0.05, lambda: next(times))) == [
        {"n": 0},
        {"n": 3},
        {"n": 4},
    ]


def test_messages_alternate() -> None:
    assert [each["role"] for each in messages([Turn("q", "m"), Turn("r", "n")], "en")] == [
        "user",
        "assistant",
    ] * 2


# -------------------------------------------------------------------------------- asking in another way


def asked_once(**more: Any) -> list[Turn]:
    told = answer("A.", people=[{"asked": "Ali", "matched": ["علي"]}, {"asked": "Omar", "matched": ["عمر"]}])
    return [Turn("q", "m", told, options={"source": "Gazette"} | more), Turn("r", "n", told)]


def test_a_chip_taken_off_asks_the_same_question_without_it_in_its_place() -> None:
    turns = asked_once()
    assert talk.again("drop-1-source", turns) == talk.Wish("q", {}, [])
    anytime = {"source": "Gazette", "date_from": "0001-01-01", "date_to": "9999-12-31"}
    assert talk.again("drop-1-window", turns) == talk.Wish("q", anytime, [])
    omar = {"asked": "Omar", "matched": ["عمر"]}
    assert talk.again("drop-2-person-1", turns) == talk.Wish("r", {"people": [omar]}, turns[:1])
    unspelled = {"people": [{"asked": "Ali", "matched": []}, omar]}
    assert talk.again("drop-2-spelling-1-1", turns) == talk.Wish("r", unspelled, turns[:1])
    assert talk.again("retry-2", turns) == talk.Wish("r", {}, turns[:1])
    for wrong in ("retry-3", "retry-0", "drop-1-x", "drop-1", "retry-1x", "", "src-1-1"):
        assert talk.again(wrong, turns) is None


def test_a_thumb_is_shown_and_the_same_thumb_again_takes_it_back() -> None:
    turns = asked_once()
    number, judged = talk.judged("down-2", turns, "en") or (0, [])
    assert (number, judged[1].verdict, judged[0]) == (2, "down", turns[0])
    _, reasoned = talk.judged("why-2-wrong_date", judged, "en") or (0, [])
    assert reasoned[1].verdict == "wrong_date"
    _, taken_back = talk.judged("down-2", reasoned, "en") or (0, [])
    assert taken_back[1].verdict is None
    assert talk.judged("why-2-nonsense", turns, "en") is None


def test_a_down_thumb_asks_what_was_wrong() -> None:
    told = answer("A.", timings_ms={"answer": 1})
    assert not [href for href in Parsed(answers.answer(told, 1, "en")).all("href") if "why" in href]
    hrefs = Parsed(answers.answer(told, 1, "en", verdict="down")).all("href")
    assert [href for href in hrefs if "why" in href] == [f"#why-1-{reason}" for reason in answers.REASONS]


def test_an_answer_is_copied_with_its_sources_as_footnotes() -> None:
    told = answer(r"He met X, «long \[3\]» [1].", citations=[citation(1, url="https://a.example/b")])
    assert footnoted(told, "en") == [
        "He met X, «long [3]» [1].",
        "",
        "[1] S, T, 3 October 2024, https://a.example/b: «words»",
    ]


def test_follow_ups_name_only_years_with_articles_and_the_first_source() -> None:
    window = {"from": "2024-01-01", "to": "2024-12-31", "understood_from": "2024"}
    told = answer("A.", question="who in 2024?", window=window, citations=[citation(1, title="The bridge")])
    articles = [stored(n, published=f"{year}-05-01") for n, year in enumerate((2018, 2022, 2023, 2024))]
    expected = ["And in 2022?", "And in 2023?", "What is said about “The bridge”?"]
    assert suggest.follow_ups(told, articles, "en") == expected
    assert suggest.follow_ups(told | {"window": None}, articles, "en") == expected[2:]
    mixed = told | {"citations": [citation(1, title="الجسر")]}
    assert suggest.follow_ups(mixed, articles, "en") == expected[:2]
    assert suggest.follow_ups(told | {"abstained": True}, articles, "en") == []
    assert suggest.follow_ups(None, articles, "en") == []
    hostile = suggest.shown([HOSTILE], "ar")
    assert not {"img", "script", "code"} & set(Parsed(hostile).tags)


# --------------------------------------------------------------------------------------------- saved chats


def test_hostile_titles_of_saved_chats_are_only_text() -> None:
    chat = Listed("id-1", HOSTILE, datetime(2026, 1, 2, tzinfo=UTC), 3)
    for html in (
        chats.listed([chat], "en", doubted="id-1"),
        chats.listed([chat], "ar"),
        chats.recent([chat], "fr"),
    ):
        assert not {"img", "code", "script"} & set(Parsed(html).tags)
        assert all(href.startswith("#chat-") for href in Parsed(html).all("href"))


def test_an_exported_file_is_handed_over_line_by_line() -> None:
    html = Parsed(chats.file("a.md", f"# Title\n\n{HOSTILE}"))
    assert html.all("title") == ["a.md"]
    assert html.tags == ["div", *["p"] * 5]


def test_a_browser_keeps_the_cookie_it_has_and_no_cookie_passes_for_a_login() -> None:
    given = owner.new_cookie(Headers({}), secure=True) or ""
    assert "HttpOnly; SameSite=Strict; Secure" in given
    number = given.partition(";")[0].partition("=")[2]
    again = Headers({"cookie": f"a=b; isnad-browser={number}"})
    assert owner.new_cookie(again, secure=False) is None
    for forged in ("login:editor", "", "short", "x" * 200):
        assert owner.browser(Headers({"cookie": f"isnad-browser={forged}"})) == ""
    assert owner.browser(again) == number


# ---------------------------------------------------------------------------------------------- in time


def dated_answer(*days: str | None) -> dict[str, Any]:
    citations = [
        citation(n, event={"from": day, "to": day} if day else None, published=None, quote=f"=SUM({n})")
        for n, day in enumerate(days, start=1)
    ]
    return answer("A.", citations=citations, timings_ms={"answer": 1})


def test_an_answer_with_several_dates_has_a_table_and_a_line_of_time() -> None:
    html = answers.answer(dated_answer("2024-05-01", "2023-05-01", None), 1, "en")
    parsed = Parsed(html)
    assert html.index("1 May 2023") < html.index('<li style="--at:100.0%')
    assert [href for href in parsed.all("href") if "sort" in href] == [f"#sort-{n}" for n in range(5)]
    cells = [
        row.citation["n"] for row in dated.rows(dated_answer("2024-05-01", "2023-05-01", None)["citations"])
    ]
    assert cells == [2, 1, 3]


def test_two_citations_or_a_single_day_make_no_line_of_time() -> None:
    assert dated.overview(dated_answer("2024-05-01", "2023-05-01"), 1, "en") == ""
    assert "timeline" not in dated.overview(dated_answer(*["2024-05-01"] * 3), 1, "en")


def test_no_cell_of_the_saved_table_is_a_formula() -> None:
    rows = dated.rows(dated_answer("2024-05-01", None, None)["citations"])
    [_, *lines] = list(csv.reader(io.StringIO(dated.spreadsheet(rows))))
    assert [line[4] for line in lines] == ["'=SUM(1)", "'=SUM(2)", "'=SUM(3)"]
    assert lines[0][1] == "2024-05-01"


def test_what_tells_no_day_of_its_own_is_reported_in_the_table_and_in_its_file() -> None:
    told = dated_answer("2024-05-01", "2023-05-01", None)
    told["citations"][2]["published"] = "2024-05-10"
    assert "reported 10 May 2024" in dated.overview(told, 1, "en")
    saved = csv.DictReader(io.StringIO(dated.spreadsheet(dated.rows(told["citations"]))))
    assert [line["reported"] for line in saved] == ["", "", "2024-05-10"]


# ------------------------------------------------------------------------------------------- panel


def test_a_link_to_a_place_is_read_back_and_nothing_else_is() -> None:
    target = places.at("abc", "def", 3, 9)
    assert places.read(target) == {"article_id": "abc", "version": "def", "start": 3, "end": 9}
    for wrong in ("", "at-a-b-1", "at-a-b-1-2-3", "at-../x-b-1-2", "at-a-b-1-99999999999"):
        assert places.read(wrong) is None


def test_a_card_shows_the_words_around_a_quotation_cut_between_words() -> None:
    text = "Before " * 40 + "quoted words " + "after " * 40 + "\nnext line"

    class Stored:
        def show(self, _article_id: str, *, version: str) -> dict[str, Any]:
            if version != "v":
                raise NotFound("gone")
            return {"text": text}

    around = Surroundings(Stored())  # type: ignore[arg-type]
    start = text.index("quoted")
    before, after = around(citation(1, start=start, end=start + 12))
    assert before.startswith("…Before ")
    assert after.endswith("after…")
    assert len(before) <= 111 >= len(after)
    assert around(citation(1, version="gone")) == ("", "")


def test_the_quoted_words_are_marked_at_their_exact_places() -> None:
    text = "First <line>.\n\nSecond لقاء line & more.\nThird."
    for start, end in ((0, 5), (6, 12), (15, 25), (0, len(text)), (40, 46)):
        html = reader.reader(article(text), (start, end), "en")
        shown = "".join(Parsed(f"<p>{each}</p>").text for each in re.findall(r"<mark>(.*?)</mark>", html))
        assert shown == text[start:end].replace("\n", "")


def test_a_quote_outside_the_text_is_told_and_nothing_is_marked() -> None:
    html = reader.reader(article("short"), (3, 99), "en")
    assert "outside this text" in html


def test_the_reader_tells_of_an_older_version_and_of_what_was_removed() -> None:
    versions = [{"version": "v", "ingested_at": "2026-01-01"}, {"version": "w", "ingested_at": "2026-02-01"}]
    html = reader.reader(
        article("x", versions=versions, removed=[{"line": HOSTILE, "why": "menu"}]), None, "en"
    )
    assert "older version" in html
    assert "menu" in html
    assert "img" not in Parsed(html).tags


@pytest.mark.parametrize(
    "url", ["javascript:x()", "data:text/html,x", "http://", "//evil", "http://[", "file:///etc"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_address(url) is None
    hrefs = Parsed(reader.reader(article("x", url=url), None, "en")).all("href")
    assert hrefs == ["#at-a-v-0-0"]


def test_an_address_opens_elsewhere_without_telling_where_from() -> None:
    html = Parsed(reader.reader(article("x", url='https://news.example/a?b=1&c="><b>'), None, "en"))
    assert html.all("href")[0] == 'https://news.example/a?b=1&c="><b>'
    assert html.all("rel") == ["noopener noreferrer"]
    assert "b" not in html.tags


QUOTE = "It cost [about] 24 *million* dirhams, they said."


def keyed(html: str) -> str:
    return "".join(Parsed(each).text for each in re.findall(r'<b class="key">(.*?)</b>', html))


@pytest.mark.parametrize("words", ["24 *million* dirhams", "It cost [about]", "said.", QUOTE])
def test_the_words_that_answer_are_set_off_in_the_answer_the_card_and_the_reader(words: str) -> None:
    at = QUOTE.index(words)
    text = f"First line.\n{QUOTE}\nThird."
    cited = citation(
        1, quote=QUOTE, start=12, end=12 + len(QUOTE), highlight={"start": at, "end": at + len(words)}
    )
    line = f"“{escaped(QUOTE)}” [1]"
    sentences = [{"start": 2, "end": 2 + len(line), "cites": [1], "support": "supported", "missing": []}]
    told = answer(f"- {line}", citations=[cited], sentences=sentences)
    assert keyed(prose(told, 1, "en")) == words
    assert Parsed(prose(told, 1, "en")).text.strip() == f"“{QUOTE}” [1]"
    assert keyed(panel.sources(told, 1, "en")) == words
    html = reader.reader(article(text), (12, 12 + len(QUOTE)), "en", in_article(cited))
    assert keyed(html) == keyed(quoted(html)) == words


@pytest.mark.parametrize(
    "highlight", [None, {"start": 0, "end": 99}, {"start": 4, "end": 4}, {"start": -3, "end": 4}]
)
def test_a_highlight_that_doesnt_lie_in_its_quotation_sets_nothing_off(highlight: Any) -> None:
    cited = citation(1, highlight=highlight)
    sentence = {"start": 0, "end": 11, "cites": [1], "support": "supported", "missing": []}
    told = answer("“words” [1]", citations=[cited], sentences=[sentence])
    html = prose(told, 1, "en") + panel.sources(told, 1, "en")
    assert keyed(html + reader.reader(article("words"), (0, 5), "en", in_article(cited))) == ""


def test_a_card_a_citation_with_outlet_dates_and_other_outlets() -> None:
    told = answer(
        citations=[citation(1, also_in=[{"source": "Other"}]), citation(2, published=None, source="")]
    )
    parsed = Parsed(panel.sources(told, 2, "en"))
    assert parsed.all("href") == ["#src-2-1", "#src-2-2"]
    for words in (
        "3 October 2024",
        "Tells of 23–26 September 2024",
        "Also in: Other",
        "undated",
        "outlet unknown",
    ):
        assert words in parsed.text


def test_another_outlet_is_a_link_to_its_page_else_to_its_stored_article_else_only_its_name() -> None:
    others = [
        {"article_id": "a", "source": "Paged", "url": "https://other.example/1"},
        {"article_id": "b", "source": "Stored", "url": None},
        {"article_id": "c", "source": "Hostile", "url": "javascript:x()"},
        {"article_id": "a", "source": "Named", "url": "javascript:x()"},
    ]
    parsed = Parsed(panel.sources(answer(citations=[citation(1, also_in=others)]), 1, "en"))
    assert parsed.all("href") == ["#src-1-1", "https://other.example/1", "#article-b", "#article-c"]
    assert parsed.all("rel") == ["noopener noreferrer"]
    assert "Also in: Paged, Stored, Hostile, Named" in parsed.text


class OneVersion:
    def show(self, article_id: str, *, version: str | None = None) -> dict[str, Any]:
        if article_id != "a" or version not in (None, "v"):
            raise NotFound("there is no version")
        return article("x")


@pytest.mark.parametrize(
    ("article_id", "told", "links"), [("a", "This version", 1), ("b", "no longer stored", 0)]
)
def test_an_unknown_version_leads_to_the_current_one_and_an_unknown_article_nowhere(
    article_id: str, told: str, links: int
) -> None:
    passage = {"article_id": article_id, "version": "w", "start": 0, "end": 0}
    parsed = Parsed(reader.opened(OneVersion(), passage, "en"))  # type: ignore[arg-type]
    assert told in parsed.text
    assert parsed.all("href") == ["#at-a-v-0-0"] * links


def test_a_long_question_is_folded_and_a_stopped_answer_can_be_asked_again() -> None:
    long = "word " * 100
    folded = Parsed(answers.question(long, 3, "en"))
    assert "details" in folded.tags
    assert "Show the whole question" in folded.text
    assert "details" not in Parsed(answers.question("word", 3, "en")).tags
    for html in (answers.stopped(3, "en"), answers.problem("It broke.", 3, "en")):
        assert Parsed(html).all("href") == ["#retry-3"]


# ------------------------------------------------------------------------------------------- shelf


def stored(n: int, **more: Any) -> dict[str, Any]:
    return article("", article_id=f"id{n}", title=f"Title {n}", published="2024-10-03") | more


def test_the_list_is_filtered_as_search_folds_words() -> None:
    articles = [stored(1, title="الأُمّة"), stored(2, title="Été à Rabat"), stored(3, source="Gazette")]
    assert Parsed(shelf.library(articles, Sift("الامه"), "en")).all("href")[0] == "#article-id1"
    assert Parsed(shelf.library(articles, Sift("ete rabat"), "en")).all("href")[0] == "#article-id2"
    assert "No article matches" in shelf.library(articles, Sift("zzz"), "en")


def test_the_list_is_restricted_by_outlet_language_time_and_story() -> None:
    articles = [
        stored(1, source="Gazette", published="2024-10-03"),
        stored(2, language="ar", published="2024-01-31", same_story_as="id1"),
        stored(3, published=None),
    ]

    def left(**wanted: str) -> list[str]:
        return [each["article_id"] for each in Sift(**wanted).of(articles)]

    assert left() == ["id1", "id2", "id3"]
    assert left(outlet="Gazette") == ["id1"]
    assert left(language="ar") == ["id2"]
    assert left(story="id1") == ["id1", "id2"]
    assert (
        left(first="2024") == left(last="2024-10") == left(first="2024-01-31", last="2024") == ["id1", "id2"]
    )
    assert left(last="2024-01") == ["id2"]
    assert left(first="2024-02") == ["id1"]


@pytest.mark.parametrize("text", ["abc", "2024-13", "2024-02-30", "2024/10", "20245"])
def test_a_filter_date_that_is_none_is_told_and_restricts_nothing(text: str) -> None:
    wanted = Sift(first=text)
    assert wanted.of([stored(1)])
    told = Parsed(shelf.library([stored(1)], wanted, "en"))
    assert f"“{text}” isn’t a date" in told.text
    assert "Title 1" in told.text


@pytest.mark.parametrize(
    "text", ["2", "20", "2024", "2024-", "2024-1", "2024-10", "2024-10-", "2024-10-0", "2024-10-03"]
)
def test_a_filter_date_that_is_still_being_typed_is_no_fault(text: str) -> None:
    assert Sift(first=text).no_dates() == []


def test_the_numbers_tell_articles_stories_outlets_languages_and_the_time_between() -> None:
    articles = [
        stored(1, source="Gazette", published="2024-10-03"),
        stored(2, language="ar", published="2023-01-31", same_story_as="id1"),
    ]
    text = Parsed(shelf.library(articles, Sift(), "en")).text
    assert "2 articles · 1 story · 2 outlets · January 2023 – October 2024 · English 1 · العربية 1" in text
    assert "2 tell this story" in text


def test_a_removal_is_carried_out_after_its_time_of_grace_unless_it_is_taken_back() -> None:
    gone: list[str] = []
    patient = Removals(gone.extend, grace_s=60)
    patient.begin("a")
    assert patient.hides("a")
    assert patient.take_back("a")
    assert not patient.take_back("a")
    quick = Removals(gone.extend, grace_s=0.05)
    quick.begin("b")
    until = time.monotonic() + 20
    while quick.hides("b") and time.monotonic() < until:
        time.sleep(0.02)
    assert gone == ["b"]
    assert not quick.take_back("b")


def test_a_long_list_shows_its_first_part_and_says_so() -> None:
    html = shelf.library([stored(n) for n in range(500)], Sift(), "en")
    assert "200 of 500" in html


def test_hostile_titles_are_only_text_in_the_list_and_the_report() -> None:
    hostile = stored(1, title=HOSTILE, source=HOSTILE, language=HOSTILE, published=HOSTILE)
    line = {
        "input": f"/tmp/x/{HOSTILE}",
        "status": "failed",
        "reason": HOSTILE,
        "article_id": None,
        "title": None,
    }
    pieces = (
        shelf.library([hostile], Sift(), "en"),
        shelf.report([line], 1, "en"),
        shelf.removed(hostile, "en"),
        shelf.taken_back(hostile, "en"),
        shelf.failure(HOSTILE, "en"),
        shelf.welcome([hostile], [HOSTILE], "en"),
    )
    for html in pieces:
        assert "\n" not in html
        assert not {"img", "code", "script"} & set(Parsed(html).tags)


@pytest.mark.parametrize(
    ("language", "first"),
    [("ar", "متى كان ذلك؟"), ("fr", "Quand est-ce arrivé ?"), ("en", "When did it happen?")],
)
def test_questions_to_begin_with_in_the_pages_language_come_first(language: str, first: str) -> None:
    examples = ["When did it happen?", "متى كان ذلك؟", "Quand est-ce arrivé ?", "Who was it?", "من هو؟"]
    html = shelf.welcome([{"article_id": "1", "language": "en"}], examples, language)
    offered = re.findall('class="example"[^>]*>([^<]*)<', html)
    assert offered[0] == first
    assert len(offered) == 4


def test_a_report_tells_each_item_and_the_sums_when_it_is_whole() -> None:
    lines = [
        {
            "input": "/tmp/x/a.txt",
            "status": "added",
            "article_id": "1",
            "title": "A",
            "published": None,
            "reason": None,
        },
        {
            "input": "/tmp/x/b.txt",
            "status": "rejected",
            "article_id": None,
            "title": None,
            "reason": "a list page",
        },
    ]
    assert "1 of 2" in shelf.report(lines[:1], 2, "en")
    text = Parsed(shelf.report(lines, 2, "en")).text
    assert "1 added" in text
    assert "a list page" in text
    assert "/tmp" not in text


def test_examples_are_made_of_stored_titles_in_their_languages_in_turn() -> None:
    articles = [stored(n) for n in range(5)] + [stored(9, title="عنوان", language="ar")]
    examples = shelf.example_questions(articles)
    assert len(examples) == 4
    assert "ماذا جاء عن «عنوان»؟" in examples[:2]


# -------------------------------------------------------------------------------------- small things


def test_every_word_is_said_in_every_language_with_the_same_blanks() -> None:
    blanks = re.compile(r"\{\w+\}")
    for other in (FRENCH, ARABIC):
        assert set(other) == set(ENGLISH)
        for key, text in ENGLISH.items():
            assert sorted(blanks.findall(text)) == sorted(blanks.findall(other[key])), key


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.8", "fr"),
        ("ar-MA", "ar"),
        ("de,ar;q=0.5,en;q=0.9", "en"),
        ("zh", "en"),
        ("", "en"),
        ("ar;q=x, fr", "fr"),
    ],
)
def test_the_page_speaks_the_browsers_first_language_that_it_knows(header: str, language: str) -> None:
    assert preferred(header) == language


def test_a_choice_in_the_page_outranks_the_setting_and_the_setting_the_browser() -> None:
    browser = {"accept-language": "fr"}
    assert page_language(None, Headers(browser)) == "fr"
    assert page_language("ar", Headers(browser)) == "ar"
    assert page_language("ar", Headers(browser | {"cookie": "a=b; isnad-language=en"})) == "en"
    assert page_language("ar", Headers(browser | {"cookie": "isnad-language=<x>"})) == "ar"


def test_the_bare_page_is_dressed_in_the_requests_language() -> None:
    bare = (
        '<html\n\tlang="en"><head><meta charset="utf-8" /><meta property="og:title" content="Gradio" />'
        '<meta\n\tname="twitter:creator"\n\tcontent="@Gradio" /><link rel="manifest" href="/manifest.json" />'
    )
    dressed = dresser(None, "1")(bare, Headers({"accept-language": "ar"}))
    assert 'lang="ar" dir="rtl"' in dressed
    assert "Gradio" not in dressed
    assert "manifest" not in dressed
    assert "<title>Isnad إسناد</title>" in dressed


def test_escaped_text_is_one_line_without_control_characters() -> None:
    assert escape("a\r\n\x00b\u2028<\"'&`") == "a b &lt;&quot;&#x27;&amp;&#96;"


def test_dates_are_written_in_the_pages_language() -> None:
    assert written("2024-10-03", "fr") == "3 octobre 2024"
    assert written("2024-10", "ar") == "أكتوبر 2024"
    assert written(None, "en") == "undated"
    assert written("soon", "en") == "soon"
    assert period({"from": "2024-01-01", "to": "2024-12-31"}, "en") == "2024"
    assert period({"from": None, "to": None}, "en") == "any time"
    assert period({"from": "2024-05-01", "to": None}, "en") == "since May 2024"
    assert period({"from": "x", "to": "y"}, "en") == "x – y"
