from dataclasses import replace
from datetime import date

import pytest
from homes import article

from qa.answer import Answer, Passage, Window
from qa.refusal import Looked, looked_at, refusal
from vectorstore.records import Chunk, Days, Holdings

YEAR_2019 = Days(date(2019, 1, 1), date(2019, 12, 31))
DATED = article("Text one.", "one", published=date(2024, 10, 3))
ONE = Holdings(1, 0, Days(date(2024, 10, 3), date(2024, 10, 3)))
TWO = Holdings(2, 0, Days(date(2023, 5, 12), date(2024, 10, 3)))


def blank(language: str = "en", window: Days | None = None, undated: tuple[Passage, ...] = ()) -> Answer:
    return Answer("?", "?", language, "", window=Window(window, "") if window else None, undated=undated)


def passage(event: Days | None = None) -> Passage:
    return Passage(Chunk(DATED, 0, 9), 0, 9, event)


def test_what_was_looked_at_is_counted_and_dated() -> None:
    assert looked_at(ONE, "en") == "1 article (published: 3 October 2024)"
    assert looked_at(TWO, "en") == "2 articles (published: 12 May 2023 to 3 October 2024)"
    assert looked_at(replace(TWO, articles=3, undated=1), "en").endswith("3 October 2024; 1 undated)")
    assert looked_at(Holdings(1, 1), "en") == "1 article, none of known date"
    assert looked_at(TWO, "fr") == "2 articles (publication : du 12 mai 2023 au 3 octobre 2024)"
    assert "3 أكتوبر 2024" in looked_at(ONE, "ar")


def test_a_refusal_keeps_what_is_known_and_says_why() -> None:
    answer = refusal(blank(), "nothing_relevant", Looked(ONE, [passage()]))
    assert answer.abstained
    assert (answer.reason, answer.citations, answer.nearest) == ("nothing_relevant", (), (passage(),))
    assert answer.text == (
        "The stored articles don't answer this. Looked at: 1 article (published: 3 October 2024)."
    )


def test_a_name_that_no_article_holds_is_told() -> None:
    assert (
        "No stored article names “Zidane”."
        in refusal(blank(), "nothing_relevant", Looked(ONE, [], ["Zidane"])).text
    )


def test_outside_the_window_the_times_it_is_told_of_are_named() -> None:
    text = refusal(
        blank(window=YEAR_2019), "outside_window", Looked(ONE, [passage(), passage(YEAR_2019)])
    ).text
    assert "about 2019" in text
    assert "another time: 2019; October 2024." in text


def test_inside_any_window_no_other_time_is_named() -> None:
    assert "another time" not in refusal(blank(), "nothing_relevant", Looked(ONE, [passage()])).text


def test_undated_passages_are_mentioned() -> None:
    answer = refusal(blank(undated=(passage(),)), "nothing_relevant", Looked(ONE))
    assert "1 passage without a known date" in answer.text


@pytest.mark.parametrize("reason", ["no_articles", "nothing_relevant", "outside_window"])
@pytest.mark.parametrize("language", ["en", "fr", "ar", "und"])
def test_every_refusal_is_whole_sentences_in_its_language(language: str, reason: str) -> None:
    answer = refusal(blank(language, YEAR_2019, (passage(),)), reason, Looked(ONE, [passage()], ["X"]))  # type: ignore[arg-type]
    assert "{" not in answer.text
    assert answer.text.endswith(".")
    assert answer.language == language


def test_names_that_no_passage_brings_together_are_told() -> None:
    looked = Looked(ONE, [passage()], together=["Salmi", "Macron"])
    assert "name “Salmi”, “Macron”, but no passage" in refusal(blank(), "nothing_relevant", looked).text


def test_outside_the_window_the_nearest_in_time_come_first() -> None:
    near, far = Days(date(2018, 12, 1), date(2018, 12, 1)), Days(date(2012, 1, 1), date(2012, 1, 1))
    looked = Looked(ONE, [passage(far), passage(near)])
    answer = refusal(blank(window=YEAR_2019), "outside_window", looked)
    assert [each.event for each in answer.nearest] == [near, far]
