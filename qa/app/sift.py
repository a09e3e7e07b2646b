"""Which of the stored articles the list shows, and what they amount to."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vectorstore.errors import BadDate
from vectorstore.text import fold
from vectorstore.times import parse_days

Json = Mapping[str, Any]

_BEGUN = re.compile(r"[0-9]{1,4}(-([0-9]{1,2}(-[0-9]{0,2})?)?)?")
_WHOLE = (4, 7, 10)
"""Characters of an ISO year, month and day."""


@dataclass(frozen=True, slots=True)
class Sift:
    """What the list is restricted to; an empty text restricts nothing.

    ``first`` and ``last`` are ISO days, months or years; with either, undated articles are left out. ``story`` is the
    id of the article that was stored first of it.
    """

    words: str = ""
    outlet: str = ""
    language: str = ""
    first: str = ""
    last: str = ""
    story: str = ""

    def of(self, articles: Sequence[Json]) -> list[Json]:
        """The articles that fit, in their order."""
        needles = fold(self.words).split()
        return [each for each in articles if self._fits(each) and _has(each, needles)]

    def no_dates(self) -> list[str]:
        """What stands for a date and is none, nor the beginning of one that is still being typed."""
        return [
            each for each in (self.first, self.last) if each.strip() and not _may_become_date(each.strip())
        ]

    def _fits(self, article: Json) -> bool:
        return (
            self.outlet in ("", article.get("source"))
            and self.language in ("", article.get("language"))
            and self.story in ("", story(article))
            and self._in_time(article.get("published") or "")
        )

    def _in_time(self, published: str) -> bool:
        first, last = ("" if each in self.no_dates() else each.strip() for each in (self.first, self.last))
        if not first and not last:
            return True
        # An ISO month or year is the beginning of its days, so that comparing the beginnings compares the days.
        return bool(published) and published >= first and (not last or published[: len(last)] <= last)


def _may_become_date(text: str) -> bool:
    if not _BEGUN.fullmatch(text):
        return False
    try:
        return len(text) not in _WHOLE or bool(parse_days(text))
    except BadDate:
        return False


def story(article: Json) -> str:
    """The id that stands for the article's story."""
    found: str = article.get("same_story_as") or article["article_id"]
    return found


def _has(article: Json, needles: Sequence[str]) -> bool:
    fields = ("title", "source", "published", "language", "author", "url")
    told = fold(" ".join(str(article.get(field) or "") for field in fields))
    return all(needle in told for needle in needles)


def outlets(articles: Sequence[Json]) -> list[str]:
    """The outlets' names in order."""
    return sorted({each["source"] for each in articles if each.get("source")})


@dataclass(frozen=True, slots=True)
class Numbers:
    """How much is stored: ``first`` and ``last`` are the ISO days of the oldest and the newest publication."""

    articles: int
    stories: int
    outlets: int
    languages: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None

    @classmethod
    def of(cls, articles: Sequence[Json]) -> "Numbers":
        """Count ``articles``."""
        days = sorted(each["published"] for each in articles if each.get("published"))
        spoken = Counter(each["language"] for each in articles if each.get("language"))
        return cls(
            len(articles),
            len({story(each) for each in articles}),
            len(outlets(articles)),
            tuple(spoken.most_common()),
            days[0] if days else None,
            days[-1] if days else None,
        )
