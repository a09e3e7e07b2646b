"""What ``ingest`` writes beside a removed line, in each language of the page."""

import pytest

from ingest import boilerplate, phrases, recurring, sections, zones
from qa.app.reasons import TOLD, reason

WORDS = "RELATED COMMENTS SHARE FORM COOKIES FOOTER ADVERT UPDATED PAYWALL TAGS MENU CAPTION COUNTS"
WORDS += " NEWSLETTER"
OF_LINES = {getattr(phrases, name) for name in WORDS.split()} | {
    boilerplate.DATES,
    boilerplate.REPEATED,
    sections.TEASER,
}
OF_MARKUP = {*zones._CLASS_ZONES, *zones._TAG_ZONES.values(), *zones._ROLE_ZONES.values()}
OF_PLACE = {"headline again", "place or name", "aside", "before the article", "after the article"}


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_reason_for_leaving_out_a_line_has_its_words(language: str) -> None:
    assert OF_LINES | OF_MARKUP | OF_PLACE | {recurring.RECURS} == set(TOLD[language])
    assert reason("menu", language) == TOLD[language]["menu"]


def test_a_reason_of_another_making_stays_as_it_is() -> None:
    assert reason("some other", "fr") == "some other"
    assert reason("menu", "en") == "menu"
