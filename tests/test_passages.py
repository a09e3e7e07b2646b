from datetime import date

import pytest
from homes import article

from vectorstore.passages import best_event, sentence_fit, sentences_of, sentences_touching
from vectorstore.records import Article, Days, Fit

MAY = Days(date(2024, 5, 4), date(2024, 5, 4))
YEAR_2024 = Days(date(2024, 1, 1), date(2024, 12, 31))
YEAR_2019 = Days(date(2019, 1, 1), date(2019, 12, 31))


def told(stored: Article) -> list[tuple[str, tuple[Days, ...]]]:
    return [(stored.text[each.start : each.end], each.events) for each in sentences_of(stored)]


def test_a_sentence_tells_its_own_days_and_the_next_one_goes_on_with_them() -> None:
    stored = article("The bridge opened on 4 May 2024. Many people came.\nThe weather was fine.")
    assert told(stored) == [
        ("The bridge opened on 4 May 2024.", (MAY,)),
        ("Many people came.", (MAY,)),
        ("The weather was fine.", ()),
    ]


def test_days_are_inherited_through_a_whole_paragraph_until_another_is_told() -> None:
    stored = article("It opened on 4 May 2024. People came. It rained. It closed in 2019. Nobody came.")
    assert [events for _, events in told(stored)] == [(MAY,), (MAY,), (MAY,), (YEAR_2019,), (YEAR_2019,)]


VISIT = Days(date(2024, 9, 23), date(2024, 9, 26))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "The minister visited Spain on a visit from 23 to 26 September.\nBees are few.\nThe visit ended well.",
            VISIT,
        ),
        ("كانت زيارة الوزير إلى قطر من 23 إلى 26 شتنبر.\nوالتقى، على هامش تلك الزيارة، نظيره.", VISIT),
        (
            "La visite en Espagne a duré du 23 au 26 septembre.\nLors de cette visite, il a vu trois ministres.",
            VISIT,
        ),
        ("زار الوزير قطر من 23 إلى 26 شتنبر.\nقل النحل.\nوأجرى مباحثات مع رئيس الشرطة في قطر.", VISIT),
        (
            "A visit to Spain lasted from 23 to 26 September.\nA visit to Peru followed.\nThe visit was short.",
            None,
        ),
        ("A visit to Spain lasted from 23 to 26 September.\nSpain grows many oranges.", None),
        (
            "A visit to Spain lasted from 23 to 26 September.\nIn February 2022 he ate.\nThe visit was short.",
            VISIT,
        ),
        (
            "A visit to Spain lasted from 23 to 26 September.\nA visit in 2022 was longer.\nThe visit was dull.",
            None,
        ),
        ("The conference of 2019 was long.\nThe conference was dull.", None),
        ("كانت زيارة قطر من 23 إلى 26 شتنبر.\nوقال محلل إن الأمن مهم.", None),
    ],
)
def test_a_later_paragraph_goes_on_with_the_dated_event_it_points_back_to(
    text: str, last: Days | None
) -> None:
    assert told(article(text))[-1][1] == ((last,) if last else ())


def test_relative_days_count_from_the_publication_and_mean_nothing_without_one() -> None:
    text = "التقى الوزير نظيره أمس في الرباط."
    assert told(article(text))[0][1] == (Days(date(2024, 10, 2), date(2024, 10, 2)),)
    assert told(article(text, published=None))[0][1] == ()


def test_a_day_told_twice_is_one_event() -> None:
    stored = article("On 4 May 2024, that is 4 May 2024, it opened.")
    assert told(stored)[0][1] == (MAY,)


def test_the_sentences_of_which_a_part_lies_in_a_place_are_whole() -> None:
    stored = article("First one here. Second one here. Third one here.")
    found = sentences_touching(stored, 10, 20)
    assert [stored.text[each.start : each.end] for each in found] == ["First one here.", "Second one here."]
    assert [each.start for each in sentences_touching(stored, 16, 32)] == [16]
    assert sentences_touching(stored, 15, 16) == []


def test_the_event_shown_is_the_one_in_the_window() -> None:
    assert best_event((YEAR_2019, MAY), YEAR_2024) == MAY
    assert best_event((YEAR_2019, MAY), None) == YEAR_2019
    assert best_event((YEAR_2019,), YEAR_2024) is None
    assert best_event((), None) is None


def test_a_sentence_fits_by_what_it_tells_before_when_it_was_published() -> None:
    stored = article("The bridge opened in 2019. \nThe weather was fine.")
    told_2019, untold = sentences_of(stored)
    assert sentence_fit(told_2019, stored, YEAR_2024) is Fit.OUTSIDE
    assert sentence_fit(untold, stored, YEAR_2024) is Fit.INSIDE
    assert sentence_fit(told_2019, stored, None) is Fit.INSIDE
    undated = article("The weather was fine.", published=None)
    assert sentence_fit(sentences_of(undated)[0], undated, YEAR_2024) is Fit.UNDATED


def test_a_date_without_its_year_is_the_one_that_the_article_tells_with_its_year() -> None:
    stored = article(
        "The cup is played from 21 December 2025 to 18 January 2026.\nThe hosts play first, on 21 December.",
        published=date(2025, 1, 28),
    )
    assert told(stored)[1][1] == (Days(date(2025, 12, 21), date(2025, 12, 21)),)


def test_what_began_long_ago_is_not_told_of_one_later_day() -> None:
    stored = article("Since April he has toured the Gulf.")
    (sentence,) = sentences_of(stored)
    for window, expected in (
        (Days(date(2024, 9, 24), date(2024, 9, 24)), Fit.OUTSIDE),
        (Days(date(2024, 4, 1), date(2024, 4, 30)), Fit.INSIDE),
        (YEAR_2024, Fit.INSIDE),
    ):
        assert sentence_fit(sentence, stored, window) is expected


@pytest.mark.parametrize(
    "text",
    [
        "Turnout was 61 per cent, the highest since 2016.",
        "C'est le niveau le plus bas depuis mars 2019.",
        "وهو أعلى مستوى منذ 2016.",
    ],
)
def test_since_when_something_is_a_record_is_no_time_told(text: str) -> None:
    (sentence,) = sentences_of(article(text))
    assert sentence.events == ()


def test_the_day_of_the_dateline_is_not_that_of_what_is_told() -> None:
    text = "OSLO, July 2, 2026 (Agency) - The minister met the envoy on Tuesday."
    (sentence,) = sentences_of(article(text, published=date(2026, 7, 2)))
    assert sentence.events == (Days(date(2026, 6, 30), date(2026, 6, 30)),)


def test_a_year_told_elsewhere_is_not_that_of_its_last_day() -> None:
    text = "He leaves on 31 December.\n\nThe firm will have 800 people in 2027."
    first, _ = sentences_of(article(text, published=date(2026, 11, 4)))
    assert first.events == (Days(date(2026, 12, 31), date(2026, 12, 31)),)


@pytest.mark.parametrize(
    "text",
    [
        "The bribes were paid from 2019 to 2022. His lawyer, Rupert Haines, said he would appeal.",
        "فاز بالجائزة سنة 2019. وقال محاميه إنه سيستأنف الحكم.",
    ],
)
def test_what_is_said_of_something_long_past_is_said_now(text: str) -> None:
    _, said = sentences_of(article(text, published=date(2026, 6, 12)))
    assert said.events == ()


def test_what_is_said_of_a_day_of_the_news_is_of_that_day() -> None:
    text = "They met on 10 June 2026. The minister said that it was useful."
    _, said = sentences_of(article(text, published=date(2026, 6, 12)))
    assert said.events == (Days(date(2026, 6, 10), date(2026, 6, 10)),)
