"""What an outlet repeats under every article is learned; what belongs to a subject stays."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import Home, opened, write

from ingest.clean import CleanPage
from ingest.pipeline import Given, Item
from ingest.recurring import Recurring
from vectorstore.records import Article

HERALD = Given(source="Herald")
PLEA = "The Herald is printed at the old mill in Lowport on recycled paper."
STORIES = {
    "Lighthouse stays lit": "The harbour council voted to keep the old lighthouse lit after a petition of fishermen.",
    "Bakers raise prices": "Bakers in the old town sell their loaves dearer since flour became scarce this winter.",
    "Tunnel closed for months": "Engineers shut the railway tunnel below the pass as water seeps through its vault.",
    "Orchestra loses its hall": "Musicians have rehearsed in a gymnasium since the roof of their theatre collapsed.",
    "Wolves seen by hikers": "Two hikers photographed a pack of wolves crossing a frozen meadow close to the border.",
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with opened(tmp_path / "home") as made:
        yield made


def stored(home: Home, folder: Path, title: str, *lines: str, given: Given = HERALD) -> Item:
    text = "\n".join((title, *lines)) + "\n"
    (item,) = home.ingest(write(folder / f"{title}.txt", text), given=given)
    assert item.article
    return item


def text_of(item: Item) -> str:
    assert item.article
    return item.article.text


def reasons(item: Item) -> dict[str, str]:
    assert isinstance(item.article, Article)
    return {removed.line: removed.why for removed in item.article.removed}


def all_stored(home: Home, folder: Path, extra: str, given: Given = HERALD) -> list[Item]:
    return [
        stored(home, folder, title, said, "Nobody had expected it so soon.", extra, given=given)
        for title, said in STORIES.items()
    ]


def test_a_line_under_three_unlike_articles_is_taken_out_of_the_next(home: Home, tmp_path: Path) -> None:
    items = all_stored(home, tmp_path, PLEA)
    assert [PLEA in text_of(item) for item in items] == [True, True, True, False, False]
    assert reasons(items[3])[PLEA] == "recurs in this source"


def test_learning_a_line_makes_no_new_version(home: Home, tmp_path: Path) -> None:
    first = [text_of(item) for item in all_stored(home, tmp_path, PLEA)]
    again = all_stored(home, tmp_path, PLEA)
    assert {item.status for item in again} == {"unchanged"}
    assert [text_of(item) for item in again] == first


def test_a_line_that_is_forgotten_again_makes_no_new_version(home: Home, tmp_path: Path) -> None:
    items = all_stored(home, tmp_path, PLEA)
    for item in items[:3]:
        assert item.article
        home.pipeline.remove(item.article.article_id)
    titles = list(STORIES)
    again = stored(home, tmp_path, titles[4], STORIES[titles[4]], "Nobody had expected it so soon.", PLEA)
    assert again.status == "unchanged"


def test_another_outlet_keeps_the_line(home: Home, tmp_path: Path) -> None:
    all_stored(home, tmp_path, PLEA)
    said = "The ferry was sold to a museum abroad."
    other = stored(home, tmp_path, "Ferry sold", said, PLEA, given=Given(source="Post"))
    assert PLEA in text_of(other)


def test_articles_of_no_known_outlet_teach_nothing(home: Home, tmp_path: Path) -> None:
    assert all(PLEA in text_of(item) for item in all_stored(home, tmp_path, PLEA, Given()))


def test_background_that_follow_ups_repeat_stays(home: Home, tmp_path: Path) -> None:
    background = "The lighthouse was built in 1871 after a passenger ship had struck the reef."
    turns = ("may close", "saved by vote", "gets a museum", "keeper retires", "lamp goes solar")
    for turn in turns:
        said = f"The council said of the lighthouse that it {turn}."
        item = stored(home, tmp_path, f"Lighthouse {turn}", said, background)
        assert background in text_of(item)


@pytest.mark.parametrize("line", ["Filed from Rabat for Reuters.", "عن وكالات الأنباء ومراسلينا في الرباط."])
def test_an_agency_s_line_stays(home: Home, tmp_path: Path, line: str) -> None:
    assert all(line in text_of(item) for item in all_stored(home, tmp_path, line))


def test_articles_of_thousands_of_short_lines_end_soon(home: Home) -> None:
    page = CleanPage("Long", "\n\n".join(f"Line number {number} of many." for number in range(20_000)))
    start = time.process_time()
    Recurring(home.library).take_out(page, "herald", None)
    assert time.process_time() - start < 5
