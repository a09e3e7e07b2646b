"""The same articles again: nothing is doubled, nothing old is found, and time goes by what changed (T21)."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import Home, opened, write

from ingest.pipeline import Item

NAMES = "Rabat Fez Agadir Tangier Oujda Nador Safi Meknes Tetouan Settat".split()
THINGS = "bridge tunnel harbour station library market theatre school museum garden".split()


def story(number: int, edition: str = "first") -> str:
    name, thing = NAMES[number % 10], THINGS[number // 10 % 10]
    return (
        f"The {edition} {thing} of {name} number word{number} was opened on Tuesday by the region's governor.\n\n"
        f"Its building took {number + 2} months, said engineer Name{number}, and cost less than had been planned.\n"
    )


def written(folder: Path, numbers: range, edition: str = "first") -> Path:
    for number in numbers:
        write(folder / f"{number}.txt", story(number, edition))
    return folder


def ended(home: Home, folder: Path) -> Counter[str]:
    items = home.pipeline.ingest([str(folder)])
    return Counter(each.status for each in items if isinstance(each, Item))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with opened(tmp_path / "home") as made:
        yield made


def three_times_edited_and_removed(home: Home, folder: Path, articles: int) -> None:
    edited, removed = articles // 10, articles // 20
    written(folder, range(articles))
    assert ended(home, folder) == {"added": articles}
    counted = home.library.count()
    for _ in range(2):
        assert ended(home, folder) == {"unchanged": articles}
        assert home.library.count() == counted
    written(folder, range(edited), "second")
    assert ended(home, folder) == {"updated": edited, "unchanged": articles - edited}
    assert home.library.count() == counted
    assert home.vectors.ids() == home.library.chunk_ids()
    assert not any("first" in text and "word1 " in text for text in home.found("word1 first Name1"))
    ids = {each.text.split("\n")[0]: each.article_id for each in home.library.articles()}
    doomed = [ids[story(number, "second").split("\n")[0]] for number in range(removed)]
    assert home.pipeline.remove(*doomed) == set(doomed)
    assert home.library.count()[0] == articles - removed
    assert home.vectors.ids() == home.library.chunk_ids()
    assert not any("word1 " in text for text in home.found("word1 Name1"))


def test_articles_given_three_times_then_edited_then_removed_are_counted_right(
    home: Home, tmp_path: Path
) -> None:
    three_times_edited_and_removed(home, tmp_path / "in", 40)


@pytest.mark.slow
def test_a_thousand_articles_three_times_a_hundred_edited_fifty_removed(home: Home, tmp_path: Path) -> None:
    three_times_edited_and_removed(home, tmp_path / "in", 1000)


@pytest.mark.slow
def test_time_goes_by_what_changed_not_by_what_is_stored(tmp_path: Path) -> None:
    """50 articles edited, read again unchanged and removed, among 500 and among ten times as many."""
    seconds = {}
    for stored in (500, 5000):
        with opened(tmp_path / f"home{stored}") as home:
            folder = written(tmp_path / f"in{stored}", range(stored))
            assert ended(home, folder) == {"added": stored}
            part = written(tmp_path / f"part{stored}", range(50), "second")
            assert ended(home, part) == {"updated": 50}
            written(part, range(50), "third")
            began = time.process_time()
            assert ended(home, part) == {"updated": 50}
            updated = time.process_time()
            assert ended(home, part) == {"unchanged": 50}
            again = time.process_time()
            ids = [each.article_id for each in home.library.articles() if each.text.startswith("The third")]
            listed = time.process_time()
            assert len(home.pipeline.remove(*ids)) == 50
            removed = time.process_time()
        seconds[stored] = (updated - began, again - updated, removed - listed)
    print(seconds)
    for few, many in zip(seconds[500], seconds[5000], strict=True):
        assert many < 3 * few + 0.3
