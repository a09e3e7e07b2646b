"""The contract's dates as a reader of the page's language writes them."""

from collections.abc import Mapping
from datetime import date

from qa.app.words import say
from qa.phrases import days_in_words
from vectorstore.errors import BadDate
from vectorstore.records import Days
from vectorstore.times import parse_days


def written(iso: str | None, language: str) -> str:
    """An ISO day, month or year in words; ``undated`` for none; as it stands where it isn't ISO."""
    if not iso:
        return say(language, "undated")
    try:
        return days_in_words(parse_days(iso[:10]), language)
    except BadDate:
        return iso


def period(days: Mapping[str, str | None], language: str) -> str:
    """``{"from", "to"}`` in words; an end that is null is open."""
    first_iso, last_iso = days.get("from"), days.get("to")
    try:
        first = parse_days(first_iso).first if first_iso else date.min
        last = parse_days(last_iso).last if last_iso else date.max
        if (first, last) == (date.min, date.max):
            return say(language, "any_time")
        return days_in_words(Days(first, last), language)
    except (BadDate, ValueError):
        return f"{first_iso or ''} – {last_iso or ''}"
