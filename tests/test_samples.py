"""The bundled samples and the questions asked of them agree with each other and with their own dates.

In a question's ``expect``, a ``window`` of null says that none may be understood; a missing one, that
any may.
"""

import json
import re
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from ingest.samples import paths

QUESTIONS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "quality" / "questions.json").read_text(encoding="utf-8")
)
KINDS = {
    "who", "when", "where", "how_many", "what", "why", "list", "yes_no", "follow_up", "unanswerable", "trap",
}  # fmt: skip
MONTHS = {
    "January": 1, "May": 5, "June": 6, "September": 9, "November": 11,
    "mai": 5, "décembre": 12,
    "يناير": 1, "ماي": 5, "يونيو": 6, "سبتمبر": 9, "أيلول": 9, "شتنبر": 9, "أكتوبر": 10,
}  # fmt: skip
WEEKDAYS = {
    "Monday": 0, "Tuesday": 1, "Wednesday": 2, "Thursday": 3, "Friday": 4, "Saturday": 5, "Sunday": 6,
    "lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6,
    "الاثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الخميس": 3, "الجمعة": 4, "السبت": 5, "الأحد": 6,
}  # fmt: skip
NAMED_DAY = re.compile(
    rf"({'|'.join(WEEKDAYS)})(?: of last week)?,? (\d{{1,2}}) ({'|'.join(MONTHS)})(?:/سبتمبر)?(?: (\d{{4}}))?"
)
RUN = 8


@cache
def parts(path: Path) -> tuple[dict[str, str], str]:
    """The front matter's fields and the body."""
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return dict(line.split(": ", 1) for line in front.splitlines()), body.strip()


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight consecutive words."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def test_there_are_enough_articles_in_each_language() -> None:
    assert Counter(parts(path)[0]["language"] for path in paths()) == {"ar": 5, "en": 3, "fr": 2}
    assert paths() == sorted(paths())


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_a_sample_is_complete_and_of_a_readable_length(path: Path) -> None:
    fields, body = parts(path)
    assert list(fields) == ["title", "published", "source", "language"]
    assert all(value.strip() and ": " not in value for value in fields.values())
    assert fields["source"] == "Isnad sample"
    assert path.name.startswith(fields["language"] + "-")
    assert date(2018, 1, 1) <= date.fromisoformat(fields["published"]) <= date(2025, 12, 31)
    assert 200 <= len(body.split()) <= 500


@pytest.mark.parametrize("path", paths(), ids=lambda path: path.stem)
def test_every_named_weekday_is_true_of_its_date(path: Path) -> None:
    fields, body = parts(path)
    published = date.fromisoformat(fields["published"])
    for weekday, day, month, year in NAMED_DAY.findall(body):
        told = date(int(year or published.year), MONTHS[month], int(day))
        assert told.weekday() == WEEKDAYS[weekday], (weekday, told)
        assert told <= published


def test_the_day_before_is_what_yesterday_says() -> None:
    yesterdays = {
        path.stem: re.findall(rf"(?:أمس|hier,) ({'|'.join(WEEKDAYS)})", parts(path)[1]) for path in paths()
    }
    told = {stem: names for stem, names in yesterdays.items() if names}
    assert len(told) >= 4
    for stem, names in told.items():
        published = date.fromisoformat(parts(next(p for p in paths() if p.stem == stem))[0]["published"])
        assert {WEEKDAYS[name] for name in names} == {(published.weekday() - 1) % 7}, stem


def test_no_sample_repeats_eight_words_of_a_scraped_article() -> None:
    folder = Path(__file__).parents[1].parent / "shared" / "articles"
    scraped = sorted(folder.glob("*.txt"))
    if not scraped:
        pytest.skip("the scraped articles are not here")
    theirs = set().union(*(runs(path.read_text(encoding="utf-8")) for path in scraped))
    for path in paths():
        assert not runs(parts(path)[0]["title"] + "\n" + parts(path)[1]) & theirs, path.name


def test_question_ids_are_unique_and_all_three_languages_are_asked() -> None:
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS) >= 60
    languages = Counter(question["language"] for question in QUESTIONS)
    assert set(languages) == {"ar", "en", "fr"}
    assert min(languages.values()) >= 15
    assert {question["kind"] for question in QUESTIONS} == KINDS


def test_questions_cross_languages_both_ways() -> None:
    pairs = {
        (question["language"], name[:2]) for question in QUESTIONS for name in question["expect"]["articles"]
    }
    assert pairs >= {("en", "ar"), ("ar", "en"), ("fr", "ar"), ("ar", "fr"), ("fr", "en"), ("en", "fr")}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["id"])
def test_what_a_question_expects_stands_in_the_articles_it_names(question: dict[str, Any]) -> None:
    expect = question["expect"]
    bodies = {path.name: parts(path)[1] for path in paths()}
    assert set(expect["articles"]) <= set(bodies)
    assert bool(expect["articles"]) == bool(expect["quotes_contain"]) == (not expect["abstain"])
    for group in expect["quotes_contain"]:
        for alternative in group:
            assert any(alternative in bodies[name] for name in expect["articles"]), alternative
    for unwanted in expect["quotes_lack"]:
        assert any(unwanted in body for body in bodies.values()), unwanted
    window = expect.get("window")
    if window:
        assert date.fromisoformat(window["from"]) <= date.fromisoformat(window["to"])
