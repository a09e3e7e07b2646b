"""The same articles again: nothing is doubled, nothing old is found, and time goes by what changed (T21)."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import Home, opened, write

from ingest.pipeline import Item

WORDS = (
    "bridge tunnel harbour station library market theatre school museum garden river tower mountain valley road "
    "minister governor engineer fishermen teachers council region village capital winter summer morning price water "
    "bread olive wheat rain storm budget plan report visit treaty strike vote court judge doctor hospital factory "
    "worker student song"
).split()


def story(number: int, edition: str = "first") -> str:
    """An article of its own words, so that it isn't taken for a copy of another."""
    chosen = random.Random(number)
    told = [" ".join(chosen.choices(WORDS, k=12)) for _ in range(4)]
    sentences = " ".join(f"The {each} was told of on that day by people." for each in told)
    return f"The {edition} word{number} of {chosen.choice(WORDS)} was opened.\n\n{sentences}\n"


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
    assert not any("first" in text and "word1 " in text for text in home.found("word1 first"))
    ids = {each.text.split("\n")[0]: each.article_id for each in home.library.articles()}
    doomed = [ids[story(number, "second").split("\n")[0]] for number in range(removed)]
    assert home.pipeline.remove(*doomed) == set(doomed)
    assert home.library.count()[0] == articles - removed
    assert home.vectors.ids() == home.library.chunk_ids()
    assert not any("word1 " in text for text in home.found("word1"))


def test_articles_given_three_times_then_edited_then_removed_are_counted_right(
    home: Home, tmp_path: Path
) -> None:
    three_times_edited_and_removed(home, tmp_path / "in", 40)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_thousand_articles_three_times_a_hundred_edited_fifty_removed(home: Home, tmp_path: Path) -> None:
    three_times_edited_and_removed(home, tmp_path / "in", 1000)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_time_goes_by_what_changed_not_by_what_is_stored(tmp_path: Path) -> None:
    """50 articles edited, read again unchanged and removed, among 300 and among 10,000."""
    seconds = {}
    for stored in (300, 10_000):
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
    print({stored: [round(each, 2) for each in spent] for stored, spent in seconds.items()})
    for few, many in zip(seconds[300], seconds[10_000], strict=True):
        assert many < 3 * few + 0.3
