"""Traps for dates, of fifteen kinds in three languages: the right day and version, and nothing in a wrong window."""

import json
from pathlib import Path
from typing import Any

import pytest
from homes import article, opened, write

from ingest.clean import clean
from ingest.publication import find_publication
from ingest.readers import read_text
from vectorstore.passages import sentence_fit, sentences_of
from vectorstore.records import Article, Fit
from vectorstore.text import language_of
from vectorstore.times import parse_days

CASES = json.loads((Path(__file__).parent / "quality" / "dates.json").read_text("utf-8"))["cases"]


def read(case: dict[str, Any]) -> tuple[Article, str | None]:
    """The article of a case's last page, and its day with what says so."""
    page = read_text(case["pages"][-1], case["name"])
    cleaned = clean(page)
    found = find_publication(page, cleaned)
    day, note = (found.day, found.note) if found else (None, None)
    stored = article(cleaned.text, published=day, language=language_of(cleaned.text), published_note=note)
    return stored, f"{found.day} {found.found_from}" if found else None


def misread(case: dict[str, Any]) -> list[str]:
    stored, told = read(case)
    faults = [f"published {told}"] if told != case["published"] else []
    return faults + ([f"note {stored.published_note}"] if stored.published_note != case["note"] else [])


def sentence_fits(case: dict[str, Any], side: str) -> dict[tuple[str, str], Fit]:
    """How the sentences that hold the words on one side of a case stand to their window."""
    stored, _ = read(case)
    assert all(words in stored.text for told in case[side].values() for words in told), case["id"]
    return {
        (window, words): sentence_fit(each, stored, parse_days(window))
        for window, told in case[side].items()
        for words in told
        for each in sentences_of(stored)
        if words in stored.text[each.start : each.end]
    }


def test_the_traps_are_of_every_kind_and_in_three_languages() -> None:
    assert len({case["kind"] for case in CASES}) >= 12
    assert {case["language"] for case in CASES} == {"ar", "en", "fr"}


def test_nearly_every_trap_tells_its_day_and_none_invents_one(figure: Any) -> None:
    wrong = {case["id"]: found for case in CASES if (found := misread(case))}
    print(f"{len(CASES) - len(wrong)} of {len(CASES)} days right", wrong)
    figure("T07", share=len(CASES) - len(wrong), n=len(CASES), what="date traps whose day is right")
    assert 1 - len(wrong) / len(CASES) >= 0.9, wrong
    invented = [case["id"] for case in CASES if case["published"] is None and read(case)[1]]
    assert not invented


def test_no_sentence_gets_into_a_window_it_does_not_tell_of(figure: Any) -> None:
    fits = {
        (case["id"], *asked): fit for case in CASES for asked, fit in sentence_fits(case, "outside").items()
    }
    leaks = [asked for asked, fit in fits.items() if fit is Fit.INSIDE]
    figure("T07", failures=len(leaks), n=len(fits), what="sentences let into a window they don't tell of")
    assert not leaks


def test_nearly_every_sentence_gets_into_its_own_window() -> None:
    fits = {
        (case["id"], *asked): fit for case in CASES for asked, fit in sentence_fits(case, "inside").items()
    }
    missed = [asked for asked, fit in fits.items() if fit is not Fit.INSIDE]
    print(f"{len(fits) - len(missed)} of {len(fits)} sentences found in their window")
    assert len(missed) <= 0.1 * len(fits), missed


@pytest.mark.parametrize(
    "case", [case for case in CASES if len(case["pages"]) > 1], ids=lambda case: case["id"]
)
def test_a_corrected_page_is_the_newest_version_with_the_first_day(
    tmp_path: Path, case: dict[str, Any]
) -> None:
    with opened(tmp_path / "home") as home:
        items = [home.ingest(write(tmp_path / case["name"], page))[0] for page in case["pages"]]
        assert [item.status for item in items] == ["added", "updated"]
        (stored,) = home.library.articles()
        assert stored.text == clean(read_text(case["pages"][-1], case["name"])).text
        assert f"{stored.published} {stored.published_from}" == case["published"]
