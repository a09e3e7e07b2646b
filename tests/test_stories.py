"""Which articles tell one story: copies under other headlines are linked, follow-ups and corrections aren't."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from homes import article, opened, write

from ingest.stories import Stories
from vectorstore.fingerprints import fingerprints
from vectorstore.library import Library
from vectorstore.records import Article

QUALITY = Path(__file__).parent / "quality"


@dataclass(frozen=True, slots=True)
class Pair:
    """A stored article and one that may be a copy of it."""

    id: str
    base: Article
    variant: Article
    same: bool


def told(base: dict[str, Any], variant: dict[str, Any] | None = None) -> Article:
    fields = base | (variant or {})
    paragraphs = [paragraph(base["text"], part) for part in fields["text"]]
    name = f"{base['id']}/{variant['id']}" if variant else base["id"]
    published = date.fromisoformat(fields["published"]) if fields["published"] else None
    return article("\n\n".join(paragraphs), name, title=fields["title"], published=published)


def paragraph(base: list[str], part: int | str | list[Any]) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, int):
        return base[part]
    text = base[part[0]]
    for old, new in part[1].items():
        assert old in text
        text = text.replace(old, new)
    return text


def bases(name: str) -> list[dict[str, Any]]:
    return list(json.loads((QUALITY / name).read_text("utf-8"))["bases"])


def pairs(name: str) -> list[Pair]:
    return [
        Pair(f"{base['id']}/{each['id']}", told(base), told(base, each), each["same"])
        for base in bases(name)
        for each in base["variants"]
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library.sqlite3")
    yield made
    made.close()


@pytest.mark.parametrize("name", ["stories.json", "stories_held_out.json"])
def test_copies_are_linked_and_follow_ups_are_not(library: Library, name: str) -> None:
    stories = Stories(library)
    for base in bases(name):
        assert stories.put(told(base), []).same_story_as is None
    linked = {}
    for pair in pairs(name):
        linked[pair.id] = stories.put(pair.variant, []).same_story_as
        library.remove(pair.variant.article_id)
    wrong = [pair.id for pair in pairs(name) if not pair.same and linked[pair.id]]
    missed = [pair.id for pair in pairs(name) if pair.same and linked[pair.id] != pair.base.article_id]
    same = sum(pair.same for pair in pairs(name))
    recall, precision = 1 - len(missed) / same, (same - len(missed)) / (same - len(missed) + len(wrong))
    print(f"{len(linked)} pairs, {same} copies: {precision=:.3f} {recall=:.3f}", missed, wrong)
    assert precision >= 0.98, wrong
    assert recall >= 0.9, missed


def copies(*names: str) -> list[Article]:
    text = "\n\n".join(bases("stories.json")[0]["text"])
    return [article(text + f"\n\nPrinted by {name}.", name, source=name) for name in names]


def test_copies_form_one_story_around_the_first_that_was_stored(library: Library) -> None:
    first, second, third = copies("Herald", "Courier", "Gazette")
    for each in (first, second, third):
        Stories(library).put(each, [])
    assert {each.source for each in library.story_of(first.article_id)} == {"Courier", "Gazette"}
    assert [each.source for each in library.story_of(third.article_id)] == ["Herald", "Courier"]


def test_when_the_first_is_removed_the_next_takes_its_place(library: Library) -> None:
    first, second, third = copies("Herald", "Courier", "Gazette")
    for each in (first, second, third):
        Stories(library).put(each, [])
    library.remove(first.article_id)
    left = {each.source: each.same_story_as for each in library.articles()}
    assert sorted(map(str, left.values())) == sorted(
        ["None", next(each.article_id for each in (second, third) if left[each.source] is None)]
    )


def test_a_copy_leaves_the_story_when_its_first_article_is_updated(library: Library) -> None:
    first, second = copies("Herald", "Courier")
    for each in (first, second):
        Stories(library).put(each, [])
    updated = article(first.text.replace("214", "231"), "Herald", source="Herald")
    assert Stories(library).put(updated, []).same_story_as is None
    assert library.story_of(second.article_id) == []
    assert library.get(second.article_id).same_story_as is None


def test_an_ingested_copy_is_stored_and_linked(tmp_path: Path) -> None:
    text = "\n".join(bases("stories.json")[0]["text"])
    with opened(tmp_path / "home") as home:
        first, second = (
            home.ingest(write(tmp_path / f"{name}.txt", f"{title}\n{text}"))[0]
            for name, title in (("a", "Ferry aground off Sandholm"), ("b", "All saved from ferry"))
        )
        assert (first.status, second.status) == ("added", "duplicate")
        trimmed = text.rsplit("\n", 1)[0]
        third = home.ingest(write(tmp_path / "c.txt", f"All saved from ferry\n{trimmed}"))[0]
        assert third.article
        assert first.article
        assert (third.status, third.article.same_story_as) == ("added", first.article.article_id)


def test_a_link_looks_at_no_more_articles_the_more_are_stored(library: Library) -> None:
    stories = Stories(library)
    for each in copies(*(f"Paper{number}" for number in range(60))):
        stories.put(each, [])
    likely = library.sharing(fingerprints(copies("Herald")[0].text), 9)
    assert len(likely) == 9
    assert len(library.story_of(copies("Paper0")[0].article_id)) == 59
