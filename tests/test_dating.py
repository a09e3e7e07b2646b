from datetime import date

import pytest
from homes import article

from qa.dating import event_of
from vectorstore.passages import sentences_of
from vectorstore.records import Days, Span

THURSDAY = date(2026, 4, 16)


def shown(text: str, at: int = 0, answer: str = "", published: date = THURSDAY) -> Days | None:
    """What the sentence ``at`` of an article on ``published`` is dated by, where ``answer`` is what answers."""
    stored = article(text, published=published)
    start = text.find(answer)
    found = Span(start, start + len(answer)) if answer else None
    return event_of(stored, sentences_of(stored)[at], None, found)


def day(iso: str) -> Days:
    return Days(date.fromisoformat(iso), date.fromisoformat(iso))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The council met on Tuesday.", day("2026-04-14")),
        ("The market was shut on Tuesday and on Wednesday.", Days(date(2026, 4, 14), date(2026, 4, 15))),
        # The day of an announcement isn't that of the thing announced.
        ("The visit begins on 28 April, the government said on Thursday.", day("2026-04-28")),
        (
            "يبدأ الرئيس الكيني يوم 28 أبريل الجاري زيارة إلى المغرب، حسب ما أعلنت الحكومة اليوم الخميس.",
            day("2026-04-28"),
        ),
        # What a side clause dates is something else.
        ("The council elected Najla, who succeeds a man who resigned in March.", None),
        (
            "Parmi les graciés figure le dessinateur Nadir Lounès, condamné en décembre à un an de prison.",
            None,
        ),
        ("She takes over at culture, which had been without a minister since his death in December.", None),
        ("قبل رئيس الحكومة، اليوم الخميس، استقالة الوزيرة التي قدمتها قبل أسبوع.", day("2026-04-16")),
        ("وقال المدير إن الشركة ستسير 14 رحلة يوميا في كل اتجاه حتى نهاية مارس.", None),
        ("He said that inflation had fallen to 1.1% in February.", None),
        # Two days far apart are no span of days.
        ("He was in Fez on 2 April and in Rabat on 9 April.", None),
    ],
)
def test_a_quotation_is_dated_by_the_day_of_what_it_tells_and_of_nothing_else(
    text: str, expected: Days | None
) -> None:
    assert shown(text) == expected


def test_the_day_among_the_words_that_answer_is_shown_wherever_it_stands() -> None:
    text = "Parmi les graciés figure le dessinateur Nadir Lounès, condamné en décembre à un an de prison."
    assert shown(text, answer="en décembre") == Days(date(2025, 12, 1), date(2025, 12, 31))


def test_a_sentence_without_a_day_goes_on_with_one_of_these_weeks_not_with_one_long_past() -> None:
    assert shown("Two men were arrested on Tuesday. A third remains at large.", 1) == day("2026-04-14")
    assert shown("They were sentenced in June 2025. A third remains at large.", 1) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("La campagne s'étendra aux jardins d'enfants à partir du 6 mai.", "2026-05-06"),
        ("Il est ministre depuis le 6 mai.", "2025-05-06"),
    ],
)
def test_what_begins_on_a_day_to_come_isn_t_so_since_a_year_ago(text: str, expected: str) -> None:
    events = sentences_of(article(text, published=THURSDAY))[0].events
    assert date.fromisoformat(expected) in [each.first for each in events]


@pytest.mark.parametrize(
    "text",
    [
        "Unemployment stood at 13.1 percent, compared with 13.6 percent in April 2024.",
        "Le taux a atteint 13,1 %, contre 13,6 % en avril 2024.",
        "بلغ المعدل 13,1 في المائة، مقابل 13,6 في المائة في أبريل 2024.",
    ],
)
def test_the_time_of_a_figure_compared_with_is_none_of_the_sentence(text: str) -> None:
    assert sentences_of(article(text, published=THURSDAY))[0].events == ()
