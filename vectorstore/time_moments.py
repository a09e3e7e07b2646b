"""What a phrase of time means, as values that are yet to be placed in the calendar.

Reading and resolving are two steps, because "last May" means nothing before it is known when it was said.
"""

from dataclasses import dataclass, replace
from typing import Literal

Unit = str  # "day", "week", "month", "year" or "weekend"
Part = str  # "early", "mid", "late", or "" for the whole
OpenKind = Literal["since", "before", "after", "until"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """A place in the calendar: a day, some months (a season, a quarter) or a year, with what was said of it.

    ``months`` are the first and the last month, 0 being the December before; ``years_ahead`` and ``months_ahead``
    count from the reference day; ``side`` is -1 past, 0 current, 1 coming, where the year isn't said;
    ``years`` is 10 for a decade; ``swappable`` says that it was told in digits of which either may be the month.
    """

    year: int | None = None
    months: tuple[int, int] | None = None
    day: int | None = None
    part: Part = ""
    side: int | None = None
    years_ahead: int | None = None
    months_ahead: int | None = None
    hijri: bool = False
    years: int = 1
    swappable: bool = False

    @property
    def needs_year(self) -> bool:
        """Whether the phrase leaves the year open."""
        return self.year is None and self.years_ahead is None and self.months_ahead is None


@dataclass(frozen=True, slots=True)
class Near:
    """A day counted from the reference day ("yesterday"); a weekday beside it outranks an off-by-one."""

    days: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday being 0."""

    weekday: int
    side: int | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A whole unit counted from the one of the reference day: "last week", "two months ago"."""

    unit: Unit
    amount: int
    part: Part = ""
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Rolling:
    """The ``amount`` units up to the reference day, or from it on where ``amount`` is positive."""

    unit: Unit
    amount: int


@dataclass(frozen=True, slots=True)
class Range:
    """From one moment to another; each may borrow the year of the other."""

    first: "Moment"
    last: "Moment"


@dataclass(frozen=True, slots=True)
class Open:
    """All that lies on one side of a moment."""

    kind: OpenKind
    moment: "Moment"


Moment = Calendar | Near | Weekday | Shift | Rolling | Range | Open


def is_hijri(moment: Moment) -> bool:
    """Whether any part of it is told in the Hijri calendar."""
    return any(each.hijri for each in _calendars(moment))


def is_ambiguous(moment: Moment) -> bool:
    """Whether in any part of it day and month could be the other way round."""
    return any(each.swappable for each in _calendars(moment))


def _calendars(moment: Moment) -> list[Calendar]:
    if isinstance(moment, Calendar):
        return [moment]
    if isinstance(moment, Range):
        return [*_calendars(moment.first), *_calendars(moment.last)]
    return _calendars(moment.moment) if isinstance(moment, Open) else []


def inherit(first: Moment, last: Moment) -> Moment:
    """``first`` with what only ``last`` says of both: "10 and 11 June 2022", "April and May 2024"."""
    if not (isinstance(first, Calendar) and isinstance(last, Calendar)):
        return first
    months, hijri = (first.months, first.hijri) if first.months else (last.months, last.hijri)
    filled = replace(first, months=months, hijri=hijri)
    if filled.needs_year and filled.side is None:
        filled = replace(filled, years_ahead=last.years_ahead, months_ahead=last.months_ahead)
        return replace(filled, year=last.year, side=last.side)
    return filled
