"""Which days a moment means, seen from a given day: calendar arithmetic, no language."""

from dataclasses import replace
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

from vectorstore.records import Days
from vectorstore.time_moments import Calendar, Moment, Near, Open, Range, Rolling, Shift, Weekday

_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}
_YEAR_THIRDS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}
_DECADE_THIRDS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
_LARGEST_AMOUNT = 1000


def resolve(moment: Moment, today: date | None, ahead: int) -> Days | None:
    """The days meant by ``moment`` when it is said on ``today``; ``None`` where that can't be known.

    A day or month without a year is the latest one that begins at most ``ahead`` days after ``today``. Without
    ``today``, what is said since a date is known to be true of that date alone.
    """
    try:
        return _resolve(moment, today, ahead)
    except (ValueError, OverflowError):  # no such day (31 June), or out of the calendar's years
        return None


def _resolve(moment: Moment, today: date | None, ahead: int) -> Days | None:
    if isinstance(moment, Calendar):
        return _calendar(moment, today, ahead)
    if isinstance(moment, Range):
        return _range(moment, today, ahead)
    if isinstance(moment, Open):
        return _open(moment, today)
    if today is None:
        return None
    if isinstance(moment, Near):
        return _near(moment, today)
    if isinstance(moment, Weekday):
        return _weekday(moment, today)
    return _shift(moment, today) if isinstance(moment, Shift) else _rolling(moment, today)


def _calendar(moment: Calendar, today: date | None, ahead: int) -> Days | None:
    if moment.year is not None:
        return _in_year(moment, moment.year)
    if today is None:
        return None
    if moment.years_ahead is not None:
        return _in_year(moment, today.year + moment.years_ahead)
    if moment.months_ahead is not None:
        month = today.month + moment.months_ahead
        return _in_year(replace(moment, months=(month, month)), today.year)
    return _nearest(moment, today, ahead)


def _nearest(moment: Calendar, today: date, ahead: int) -> Days | None:
    """The one of the neighbouring years that a writer of ``today`` means."""
    year = _hijri_year(today) if moment.hijri else today.year
    reach = 8 if moment.day == 29 else 1  # 29 February
    found = [days for y in range(year - reach, year + reach + 1) if (days := _try_year(moment, y))]
    past = [days for days in found if days.last < today]
    coming = [days for days in found if days.first > today]
    if moment.side == 0:
        return min(found, key=lambda days: _distance(days, today), default=None)
    if moment.side == 1:
        return min(coming, default=None)
    if moment.side == -1:
        return max(past, default=None)
    return max((days for days in found if (days.first - today).days <= ahead), default=None)


def _try_year(moment: Calendar, year: int) -> Days | None:
    try:
        return _in_year(moment, year)
    except ValueError:  # no such day that year
        return None


def _distance(days: Days, today: date) -> int:
    return max((days.first - today).days, (today - days.last).days, 0)


def _in_year(moment: Calendar, year: int) -> Days:
    if moment.hijri:
        return _hijri_days(moment, year)
    if moment.months is None:
        if moment.years == 10:
            first, last = _DECADE_THIRDS.get(moment.part, (0, 9))
            return Days(date(year + first, 1, 1), date(year + last, 12, 31))
        first, last = _YEAR_THIRDS.get(moment.part, (1, 12))
        return Days(_month_start(year, first), _month_start(year, last + 1) - timedelta(1))
    start = _month_start(year, moment.months[0])
    end = _month_start(year, moment.months[1] + 1) - timedelta(1)
    if moment.day is not None:
        return Days(start.replace(day=moment.day), start.replace(day=moment.day))
    if moment.part and moment.months[0] == moment.months[1]:
        first, last = _THIRDS[moment.part]
        return Days(start.replace(day=first), min(end, start + timedelta(last - 1)))
    return Days(start, end)


def _month_start(year: int, month: int) -> date:
    """The first day of a month counted from January of ``year``; 0 and 13 are its neighbours."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _hijri_days(moment: Calendar, year: int) -> Days:
    """Converted by the Umm al-Qura calendar: a day may differ by one or two from what was announced elsewhere."""
    first, last = moment.months or (1, 12)
    if year > 1800:  # "Ramadan 2024": the one that begins in that Gregorian year
        guess = _hijri_year(date(year, 1, 1))
        year = next(y for y in range(guess, guess + 3) if _hijri(y, first, 1).year == year)
    if moment.day is not None:
        if not 1 <= moment.day <= 30:
            raise ValueError("a Hijri month has 30 days at most")
        return Days(_hijri(year, first, moment.day), _hijri(year, first, moment.day))
    start, end = _hijri(year, first, 1), _hijri(year, last + 1, 1) - timedelta(1)
    if moment.part and first == last:
        low, high = _THIRDS[moment.part]
        return Days(start + timedelta(low - 1), min(end, start + timedelta(high - 1)))
    return Days(start, end)


def _hijri(year: int, month: int, day: int) -> date:
    """A day by the Umm al-Qura calendar, which is known from 1343 to 1500; month 13 is the next year's first."""
    first = Hijri(year + (month - 1) // 12, (month - 1) % 12 + 1, 1).to_gregorian()
    return date(first.year, first.month, first.day) + timedelta(day - 1)


def _hijri_year(day: date) -> int:
    return int(Gregorian.fromdate(day).to_hijri().year)


def _range(moment: Range, today: date | None, ahead: int) -> Days | None:
    first, last = moment.first, moment.last
    if isinstance(last, Calendar) and last.needs_year and isinstance(first, Calendar) and first.year:
        last = replace(last, year=first.year)
        if (a := _resolve(first, today, ahead)) and (b := _resolve(last, today, ahead)) and b < a:
            last = replace(last, year=first.year + 1)
    end = _resolve(last, today, ahead)
    if end is None:
        return None
    start = _resolve(_in_years_of(first, end), today, ahead)
    return Days(start.first, end.last) if start and start.first <= end.last else None


def _in_years_of(first: Moment, end: Days) -> Moment:
    """``first`` in the year in which the range ends, or the one before where it would begin after its end."""
    if not (isinstance(first, Calendar) and first.needs_year) or first.months is None:
        return first
    year = _hijri_year(end.first) if first.hijri else end.first.year
    return replace(first, year=year if _in_year(first, year).first <= end.last else year - 1)


def _open(moment: Open, today: date | None) -> Days | None:
    days = _resolve(moment.moment, today, 0)
    if days is None:
        return None
    if moment.kind == "before":
        return Days(date.min, days.first - timedelta(1))
    if moment.kind == "until":
        return Days(date.min, days.last)
    if moment.kind == "after":
        first = days.last + timedelta(1)
        return Days(first, today if today and first <= today else date.max)
    return Days(days.first, today) if today and days.first <= today else days


def _near(moment: Near, today: date) -> Days:
    day = today + timedelta(moment.days)
    if moment.weekday is not None:
        day += timedelta((moment.weekday - day.weekday() + 3) % 7 - 3)
    return Days(day, day)


def _weekday(moment: Weekday, today: date) -> Days:
    back = (today.weekday() - moment.weekday) % 7
    day = today - timedelta(back)
    if moment.side == 0:
        day = today + timedelta(moment.weekday - today.weekday())
    elif moment.side == 1:
        day += timedelta(7)
    elif moment.side == -1 and back == 0:
        day -= timedelta(7)
    return Days(day, day)


def _shift(moment: Shift, today: date) -> Days | None:
    if abs(moment.amount) > _LARGEST_AMOUNT:
        return None
    if moment.unit == "day":
        return _near(Near(moment.amount), today)
    if moment.unit in ("week", "weekend"):
        monday = today + timedelta(7 * moment.amount - today.weekday())
        if moment.weekday is not None:
            return Days(monday + timedelta(moment.weekday), monday + timedelta(moment.weekday))
        return Days(monday + timedelta(5 if moment.unit == "weekend" else 0), monday + timedelta(6))
    if moment.unit == "year":
        return _in_year(Calendar(part=moment.part), today.year + moment.amount)
    month = today.month + moment.amount
    return _in_year(Calendar(months=(month, month), part=moment.part), today.year)


def _rolling(moment: Rolling, today: date) -> Days | None:
    if abs(moment.amount) > _LARGEST_AMOUNT:
        return None
    if moment.unit in ("day", "week", "weekend"):
        other = today + timedelta(moment.amount * (1 if moment.unit == "day" else 7))
    else:
        months = moment.amount * (12 if moment.unit == "year" else 1)
        start = _month_start(today.year, today.month + months)
        end = _month_start(start.year, start.month + 1) - timedelta(1)
        other = start.replace(day=min(today.day, end.day))
    return Days(min(other, today), max(other, today))
