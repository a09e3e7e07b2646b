"""Dates told in words: in a passage, against the day it was published; in a question, as a window of time.

Arabic (Maghrebi, Levantine, Egyptian, Gulf and Algerian month names, Hijri), French and English, side by side in
one text. Nothing is guessed: a time that can't be placed has no days.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeGuard

from vectorstore.errors import BadDate
from vectorstore.folding import fold
from vectorstore.records import Days
from vectorstore.time_ahead import leads_ahead, once_ahead, told_ahead
from vectorstore.time_moments import Calendar, Moment, Near, Open, Weekday, is_ambiguous, is_hijri
from vectorstore.time_phrases import Phrase, phrases
from vectorstore.time_resolve import resolve

TimeKind = Literal["absolute", "relative", "hijri", "ambiguous"]

# How many days ahead of its publication an article may name a day without its year: news mostly tells the past.
_AHEAD = 60
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DIGITS = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)\d\d(?![\d/-])")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time told at ``text[start:end]`` and the days it means, ``None`` where they can't be known.

    ``kind``: ``absolute`` says all by itself, ``relative`` needs the reference day ("yesterday", "23 September"),
    ``hijri`` was converted by the Umm al-Qura calendar and may be a day or two off what was announced elsewhere,
    ``ambiguous`` is told in digits of which either may be the month.
    """

    start: int
    end: int
    days: Days | None
    kind: TimeKind = "absolute"


@dataclass(frozen=True, slots=True)
class Window:
    """The days a question asks about, and the words of it that say so, verbatim."""

    days: Days
    understood_from: str


def parse_days(iso: str) -> Days:
    """The days of ``2024``, ``2024-10`` or ``2024-10-03``, in any digits; :class:`BadDate` for anything else."""
    match = _ISO.fullmatch(fold(iso).strip())
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return _whole(year or 0, month, day)
        except ValueError:  # no such month or day
            pass
    shown = iso if len(iso) <= _SHOWN else iso[:_SHOWN] + "…"
    raise BadDate(f"{shown!r} isn't a date; write it as 2024-10-03, 2024-10 or 2024")


def _whole(year: int, month: int | None, day: int | None) -> Days:
    if month is None:
        return Days(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        first = date(year, month, 1)
        return Days(first, first.replace(day=monthrange(year, month)[1]))
    return Days(date(year, month, day), date(year, month, day))


def find_times(text: str, reference: date | None, month_first: bool = False) -> list[TimeMention]:
    """The times told in ``text``, in order, not overlapping; relative ones are seen from ``reference``.

    ``reference`` is the day the text was published. Without it, "yesterday" and "23 September" are found, but have
    no days, and "since 2020" is known of 2020 alone. A day or month without a year is the latest one that isn't
    more than 60 days after ``reference``, or the next one behind words of the future ("will open on 1 May"); a named
    month outranks "current". In 03/04/2025 the day comes first, with ``month_first`` (see ``months_come_first``) the
    month, unless that is impossible. Years count from 1900 to 2099, and only with evidence around them.
    A year or day that belongs to a name ("World Cup 2022", «ميزانية 2024», «حركة 20 فبراير») is not a time told,
    and is left out. Offsets are code points.
    """
    return [
        TimeMention(
            phrase.start, phrase.end, resolve(_aimed(phrase, text), reference, _AHEAD), _kind(phrase.moment)
        )
        for phrase in phrases(text, month_first=month_first)
    ]


def _aimed(phrase: Phrase, text: str) -> Moment:
    """What is told; a bare weekday is the one to come where its sentence tells of the future.

    So is a day or month without a year, where the words before it do. A weekday on which something was to happen
    is the nearest one.
    """
    moment = phrase.moment
    if isinstance(moment, Weekday) and moment.side is None:
        if told_ahead(text, phrase.start, phrase.end):
            return Weekday(moment.weekday, 1)
        return Near(0, moment.weekday) if once_ahead(text, phrase.start) else moment
    if _lacks_year(moment):
        return replace(moment, side=1) if leads_ahead(text, phrase.start) else moment
    if isinstance(moment, Open) and _lacks_year(moment.moment) and _STARTING.match(text, phrase.start):
        ahead = told_ahead(text, phrase.start, phrase.end)
        return replace(moment, moment=replace(moment.moment, side=1)) if ahead else moment
    return moment


# What begins then may be still to come; what is so "since" then isn't.
_STARTING = re.compile(r"(?:à partir|starting|as from|و?(?:ابتداء|انطلاقا|بدءا|بداية))", re.IGNORECASE)


def _asked(phrase: Phrase, question: str) -> Moment:
    """What is asked about: a day or month without a year is the next one where the question is of the future."""
    moment = phrase.moment
    if _lacks_year(moment):
        return replace(moment, side=1) if told_ahead(question, phrase.start, phrase.end) else moment
    return moment


def months_come_first(text: str, language: str) -> bool:
    """Whether 03/04/2025 is in March, in a text in this language (``en``, ``en-GB``, …).

    What the text's other dates in digits leave no doubt of, holds for all of them; else English puts the month
    first, save for a country that doesn't.
    """
    pairs = [(int(first), int(second)) for first, second in _DIGITS.findall(fold(text))]
    days_first = sum(first > 12 >= second for first, second in pairs)
    months_first = sum(second > 12 >= first for first, second in pairs)
    return months_first > days_first if months_first != days_first else language in ("en", "en-US")


def _kind(moment: Moment) -> TimeKind:
    if is_hijri(moment):
        return "hijri"
    if is_ambiguous(moment):
        return "ambiguous"
    return "relative" if resolve(moment, None, 0) is None else "absolute"


TO_COMPARE_WITH = re.compile(
    r"(?:\bthan (?:(?:it|they|he|she|there) (?:is|are) )?(?:today|now)|\bqu['’](?:il|elle) l['’]est aujourd['’]hui"
    r"|\bqu['’]aujourd['’]hui|(?:عما|مما) (?:هو|هي) عليه اليوم)\Z",
    re.IGNORECASE,
)


def question_window(question: str, as_of: date) -> Window | None:
    """The days ``question`` asks about, seen from ``as_of``; ``None`` where it names no time.

    Several times make one window from the first day to the last. A bare year is a time here, unless it belongs to
    a name ("the 2024 budget"); "lower than it is today" asks about another day. "Before" reaches back to
    ``date.min``; "since" and "after" reach to ``as_of``.
    """
    found = [
        (phrase, days)
        for phrase in phrases(question, question=True)
        if not TO_COMPARE_WITH.search(question, 0, phrase.end)
        and (days := resolve(_asked(phrase, question), as_of, 0)) is not None
    ]
    if not found:
        return None
    whole = Days(min(days.first for _, days in found), max(days.last for _, days in found))
    return Window(whole, question[found[0][0].lead : found[-1][0].end])


def lacks_its_year(question: str) -> bool:
    """Whether ``question`` names a day or month of no year in particular ("on 24 April", not "last April")."""
    return any(_lacks_year(phrase.moment) for phrase in phrases(question, question=True))


def _lacks_year(moment: Moment) -> TypeGuard[Calendar]:
    """Whether it is a day or month of whichever year is near."""
    return isinstance(moment, Calendar) and moment.needs_year and bool(moment.months) and moment.side is None
