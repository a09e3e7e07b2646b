from datetime import date
from pathlib import Path

import pytest
from homes import article, operating

from ingest.chunking import chunk
from qa.news import asks_for_news
from vectorstore.records import digest


@pytest.mark.parametrize(
    "asked",
    [
        "latest news",
        "What's new?",
        "Please give me the latest headlines",
        "Quoi de neuf ?",
        "Quelles sont les dernières actualités ?",
        "ما آخر الأخبار؟",
        "ما الجديد؟",
        "آخر المستجدات",
        "top stories",
    ],
)
def test_what_is_new_is_asked_of_nothing_in_particular(asked: str) -> None:
    assert asks_for_news(asked)


@pytest.mark.parametrize(
    "asked",
    [
        "What is the latest on the earthquake?",
        "latest news about the mayor",
        "الجديد في قضية الوزير",
        "Who is new?",
        "",
        "the last",
    ],
)
def test_news_of_something_is_a_question_like_others(asked: str) -> None:
    assert not asks_for_news(asked)


def test_the_newest_articles_are_told_newest_first_each_story_once(tmp_path: Path) -> None:
    told = [
        ("a", "RABAT, Jan 4 (Agency) — Ministers met. They spoke.", date(2026, 1, 4)),
        ("b", "The bridge opened. Many came.", date(2026, 3, 4)),
        ("c", "The bridge opened. Many people came.", date(2026, 3, 3)),
        ("d", "Nobody knows when this was.", None),
    ]
    with operating(tmp_path) as (operations, parts):
        for name, text, day in told:
            stored = article(text, name, published=day)
            parts.library.put(stored, chunk(text, parts.embedder.count_tokens))
        parts.library.set_story(digest("c"), digest("b"))
        parts.sync.repair()
        answer = list(operations.ask("latest news"))[-1]
    assert [each["quote"] for each in answer["citations"]] == [
        "The bridge opened.",
        "Ministers met.",
        "Nobody knows when this was.",
    ]
    assert answer["answer"].startswith("The newest articles:")


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ("latest news from Le Matin", ["It was Le Matin that told it."]),
        ("Quelles sont les dernières nouvelles de Hespress ?", ["It was Hespress that told it."]),
        ("آخر الأخبار من Hespress", ["It was Hespress that told it."]),
        ("latest news from Nowhere", []),
    ],
)
def test_the_news_of_an_outlet_named_in_the_question_are_its_own(
    tmp_path: Path, asked: str, quotes: list[str]
) -> None:
    with operating(tmp_path) as (operations, parts):
        for outlet in ("Le Matin", "Hespress"):
            text = f"It was {outlet} that told it."
            parts.library.put(article(text, outlet, source=outlet), chunk(text, parts.embedder.count_tokens))
        parts.sync.repair()
        answer = list(operations.ask(asked))[-1]
    assert [each["quote"] for each in answer["citations"]] == quotes


def test_the_news_of_an_outlet_is_its_own(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, parts):
        for outlet in ("Le Matin", "Hespress"):
            text = f"It was {outlet} that told it."
            parts.library.put(article(text, outlet, source=outlet), chunk(text, parts.embedder.count_tokens))
        parts.sync.repair()
        answer = list(operations.ask("ما الجديد؟", source="le matin"))[-1]
    assert [each["quote"] for each in answer["citations"]] == ["It was Le Matin that told it."]


def test_the_news_of_a_time_are_the_articles_published_then(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, parts):
        for name, day in (("a", date(2026, 1, 4)), ("b", date(2026, 3, 4)), ("c", None)):
            text = f"It was {name} that told it."
            parts.library.put(article(text, name, published=day), chunk(text, parts.embedder.count_tokens))
        parts.sync.repair()
        january = list(operations.ask("What were the news of January 2026?"))[-1]
        by_then = list(operations.ask("ما الجديد؟", as_of="2026-02-01"))[-1]
        none = list(operations.ask("news of this week", as_of="2026-11-27"))[-1]
    assert [each["quote"] for each in january["citations"]] == ["It was a that told it."]
    assert [each["quote"] for each in by_then["citations"]] == [
        "It was a that told it.",
        "It was c that told it.",
    ]
    assert none["abstained"]
    assert none["nearest"]
