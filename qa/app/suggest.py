"""Questions that may come next: the same in another year, and what else the likeliest source tells."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.app.markup import direction, side, tag, words
from qa.app.words import say, spoken

Json = Mapping[str, Any]

MOST_YEARS = 2
LONGEST_TITLE = 70


def follow_ups(told: Json | None, articles: Sequence[Json], page_language: str) -> list[str]:
    """Follow-ups to an answer, in its language; none after a refusal. Only years with stored articles are named."""
    if not told or told.get("abstained") or not told.get("citations"):
        return []
    language = spoken(told.get("language"), page_language)
    asked = _year(told.get("window"))
    stored = sorted({int(each["published"][:4]) for each in articles if each.get("published")})
    near = sorted(
        (year for year in stored if year != asked), key=lambda year: (abs(year - (asked or 0)), -year)
    )
    years = sorted(near[:MOST_YEARS]) if asked else []
    return [*(say(language, "and_in", year=year) for year in years), *_of_source(told)]


def _year(window: Json | None) -> int | None:
    """The year that a window lies in, null where it is open or longer."""
    first, last = ((window or {}).get(end) or "" for end in ("from", "to"))
    return int(first[:4]) if first and first[:4] == last[:4] else None


def _of_source(told: Json) -> list[str]:
    """What else the first source tells, asked by its title; nothing where that was the question."""
    title = " ".join((told["citations"][0].get("title") or "").split())
    if not title or len(title) > LONGEST_TITLE or title in told["question"]:
        return []
    language = spoken(told.get("language"), "en")
    if direction(title) != side(language):
        return []  # a line that is read in both directions is a riddle
    return [say(language, "example", title=title)]


def shown(questions: Sequence[str], language: str) -> str:
    """The questions as links ``#follow-I``, nothing for none."""
    links = "".join(
        words("a", question, href=f"#follow-{at}", class_="offer")
        for at, question in enumerate(questions, start=1)
    )
    return tag("div", links, class_="follow", dir=side(language)) if links else ""
