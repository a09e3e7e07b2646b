"""The day that a machine's time stamp tells: ISO, as in e-mail, seconds since 1970; else in words."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from vectorstore.times import find_times

_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d{1,9})?")
_DAY = re.compile(r"([12]\d{3})-?(\d\d)-?(\d\d)(?!\d)")


def read_stamp(value: Any) -> date | None:
    """The day at the publisher's own clock where the stamp tells it; ``None`` where it tells no single day."""
    text = str(value).strip()[:100] if isinstance(value, str | int | float) else ""
    try:
        if _EPOCH.fullmatch(text):
            seconds = float(text)
            return datetime.fromtimestamp(seconds / (1000 if seconds > 1e11 else 1), UTC).date()
        found = _DAY.match(text)
        if found:
            return date(*map(int, found.groups()))
        return parsedate_to_datetime(text).date()
    except (ValueError, OverflowError, OSError):
        days = {each.days for each in find_times(text, None) if each.days}
        day = days.pop() if len(days) == 1 else None
        return day.first if day and day.first == day.last else None
