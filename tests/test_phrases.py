from datetime import date
from string import Formatter

import pytest

from qa.phrases import COUNTED, MONTHS, SAID, count, day_in_words, days_in_words, quoted, say
from vectorstore.records import Days

LANGUAGES = ("en", "fr", "ar")


def days(first: str, last: str) -> Days:
    return Days(
        date.fromisoformat(first) if first else date.min, date.fromisoformat(last) if last else date.max
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-10-03", "2024-10-03", ("3 October 2024", "3 octobre 2024", "3 أكتوبر 2024")),
        ("2024-10-01", "2024-10-01", ("1 October 2024", "1er octobre 2024", "1 أكتوبر 2024")),
        ("2024-10-03", "2024-10-05", ("3–5 October 2024", "3–5 octobre 2024", "3–5 أكتوبر 2024")),
        ("2024-02-01", "2024-02-29", ("February 2024", "février 2024", "فبراير 2024")),
        ("2023-02-01", "2023-02-28", ("February 2023", "février 2023", "فبراير 2023")),
        ("2024-01-01", "2024-12-31", ("2024", "2024", "2024")),
        ("2022-01-01", "2024-12-31", ("2022–2024", "2022–2024", "2022–2024")),
        (
            "2024-04-01",
            "2024-06-30",
            ("April 2024 – June 2024", "avril 2024 – juin 2024", "أبريل 2024 – يونيو 2024"),
        ),
        (
            "2024-09-23",
            "2024-10-02",
            (
                "23 September 2024 to 2 October 2024",
                "du 23 septembre 2024 au 2 octobre 2024",
                "من 23 سبتمبر 2024 إلى 2 أكتوبر 2024",
            ),
        ),
        ("", "2024-10-03", ("until 3 October 2024", "jusqu'au 3 octobre 2024", "حتى 3 أكتوبر 2024")),
        ("2024-10-03", "", ("since 3 October 2024", "depuis le 3 octobre 2024", "منذ 3 أكتوبر 2024")),
        ("2024-10-01", "", ("since October 2024", "depuis octobre 2024", "منذ أكتوبر 2024")),
    ],
)
def test_days_are_said_as_a_person_would(first: str, last: str, words: tuple[str, str, str]) -> None:
    assert tuple(days_in_words(days(first, last), language) for language in LANGUAGES) == words


def test_a_language_without_phrases_is_answered_in_english() -> None:
    assert day_in_words(date(2024, 10, 3), "de") == "3 October 2024"
    assert days_in_words(days("", "2024-10-03"), "und") == "until 3 October 2024"
    assert say("no_articles", "es") == say("no_articles", "en")
    assert quoted("x", "es") == "“x”"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_has_its_own_name(language: str) -> None:
    assert len({day_in_words(date(2024, month, 5), language) for month in range(1, 13)}) == 12
    assert len(MONTHS[language]) == 12


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "مقطع واحد"),
        (2, "مقطعان"),
        (3, "3 مقاطع"),
        (10, "10 مقاطع"),
        (11, "11 مقطعا"),
        (25, "25 مقطعا"),
        (99, "99 مقطعا"),
    ],
)
def test_arabic_counts_in_its_own_ways(number: int, words: str) -> None:
    assert count("passages", number, "ar") == words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_is_singular_and_more_are_plural(language: str) -> None:
    assert count("articles", 1, language) == "1 article"
    assert count("articles", 2, language) == "2 articles"
    assert count("passages", 30, language) == "30 passages"


def test_quotation_marks_are_the_languages_own() -> None:
    assert [quoted("x", language) for language in LANGUAGES] == ["“x”", "« x »", "«x»"]


@pytest.mark.parametrize("phrase", SAID)
def test_every_phrase_has_the_same_blanks_in_every_language(phrase: str) -> None:
    def blanks(language: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(SAID[phrase][language]) if name}

    assert set(SAID[phrase]) == set(LANGUAGES)
    assert blanks("en") == blanks("fr") == blanks("ar")


@pytest.mark.parametrize("what", COUNTED)
def test_everything_counted_has_five_forms_in_every_language(what: str) -> None:
    assert {language: len(forms) for language, forms in COUNTED[what].items()} == dict.fromkeys(LANGUAGES, 5)
