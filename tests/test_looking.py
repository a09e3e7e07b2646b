from datetime import date

import pytest
from homes import newsroom

from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2026, 3, 12),
        "Atlas Ceramics earns less",
        "Tile maker Atlas Ceramics reported on Thursday a net profit of 412 million dirhams for 2025, down 8%.",
    ),
    (
        date(2025, 4, 25),
        "Pens seized",
        "Customs officers in Algeciras seized 3,200 forged pens on Thursday 24 April, a spokesman said.",
    ),
]


operations = newsroom(REPORTS)


def quotes(operations: LocalOperations, question: str) -> list[str]:
    return [each["quote"] for each in list(operations.ask(question, as_of="2026-11-27"))[-1]["citations"]]


def test_results_for_a_year_are_found_in_the_report_of_the_next_one(operations: LocalOperations) -> None:
    assert "412 million" in quotes(operations, "What was Atlas Ceramics' net profit for 2025?")[0]
    assert not quotes(operations, "What was Atlas Ceramics' net profit for 2023?")


def test_a_day_without_a_year_is_of_the_newest_year_that_tells_of_it(operations: LocalOperations) -> None:
    answer = list(operations.ask("How many pens were seized on 24 April?", as_of="2026-11-27"))[-1]
    assert "3,200" in answer["citations"][0]["quote"]
    assert answer["window"]["from"] == "2025-04-24"
    assert not quotes(operations, "How many pens were seized on 24 April 2024?")
    assert not quotes(operations, "How many pens were seized on 30 April?")
