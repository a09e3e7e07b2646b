from datetime import date

import pytest
from homes import article

from ingest.pipeline import Item
from qa.answer import Window
from qa.contract import days_json, hit_json, item_json, window_json
from vectorstore.indexing import chunk_of
from vectorstore.records import Chunk, Days, Hit, RemovedLine

MAY = Days(date(2024, 5, 4), date(2024, 5, 6))
YEAR_2019 = Days(date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (None, None),
        (MAY, {"from": "2024-05-04", "to": "2024-05-06"}),
        (Days(date.min, MAY.last), {"from": None, "to": "2024-05-06"}),
        (Days(MAY.first, date.max), {"from": "2024-05-04", "to": None}),
    ],
)
def test_an_open_end_is_null(days: Days | None, expected: object) -> None:
    assert days_json(days) == expected
    if days:
        assert window_json(Window(days, "in May")) == {**days_json(days), "understood_from": "in May"}  # type: ignore[dict-item]
    assert window_json(None) is None


def test_a_hit_shows_the_event_that_lies_in_the_window() -> None:
    stored = article("It opened in 2019. It closed on 4 May 2024.")
    hit = Hit(chunk_of(stored, 0, len(stored.text)), 1.23456789, ("dense",), 0.5)
    window = Days(date(2024, 1, 1), date(2024, 12, 31))
    assert hit_json(hit, 1, window)["event"] == {"from": "2024-05-04", "to": "2024-05-04"}
    assert hit_json(hit, 1, None)["event"] == {"from": "2019-01-01", "to": "2019-12-31"}
    assert hit_json(hit, 3, None)["score"] == 1.2346
    assert hit_json(hit, 3, None)["rank"] == 3


def test_a_hit_that_tells_no_day_has_no_event() -> None:
    stored = article("The weather was fine.", published=None)
    told = hit_json(Hit(Chunk(stored, 0, 5), 1.0, ("lexical",)), 1, YEAR_2019)
    assert (told["event"], told["published"], told["text"]) == (None, None, "The w")


def test_a_line_counts_what_was_removed() -> None:
    stored = article("Text.", removed=(RemovedLine("Share", "share"), RemovedLine("Menu", "menu")))
    assert item_json(Item("a.txt", "added", stored, 3))["removed_lines"] == 2


def test_a_line_of_a_failure_has_its_reason_and_nothing_else() -> None:
    told = item_json(Item("a.txt", "failed", reason="'a.txt' doesn't exist; check the path"))
    assert {name: value for name, value in told.items() if value} == {
        "input": "a.txt",
        "status": "failed",
        "reason": "'a.txt' doesn't exist; check the path",
    }
