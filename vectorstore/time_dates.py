"""Days, months, seasons, quarters and years as they are written: the calendar's own part of the grammar.

Every method looks at a bounded number of tokens from one place on and returns what begins there with the place
after it, or ``None``. ``sure`` says that the words around already make it a time ("since March", "from 2019 to"),
so that a bare number or a name that is also an ordinary word will do.
"""

from dataclasses import replace
from typing import NamedTuple

from vectorstore.time_moments import Calendar
from vectorstore.time_reader import DECIMAL, FIRST_YEAR, LAST_YEAR, OLDEST_YEAR, STROKES, Reader, is_latin
from vectorstore.time_tokens import Token
from vectorstore.time_words import ABBREVIATED, WEAK

Dated = tuple[Calendar, int]

_RELATIVE_UNITS = frozenset({"week", "month", "year", "weekend"})


class Counted(NamedTuple):
    """So many units, counted from now where the words say so, and the place after them."""

    unit: str
    amount: int
    end: int


class DateReader(Reader):
    """Reads calendar dates off tokens."""

    # Years, said after a day, a month, a season or a quarter.

    def year_after(self, i: int, moment: Calendar) -> Dated:
        """``moment`` with the year or the "last" that follows it, if one does."""
        if self.has(i, "after_noun"):
            moment, i = replace(moment, side=self.at(i).sense.side), i + 1
            if not self.has(i, "of"):
                return moment, i
        j = self.skip(self.comma(i), "of", "filler")
        if ahead := self.unit_ahead(j):
            known = replace(moment, years_ahead=ahead.amount, side=None)
            return (known, ahead.end) if ahead.unit == "year" else (moment, i)
        j = self.skip(j, "year", most=1)
        year = (moment.hijri and self.hijri_year(j)) or self.plain_year(j, OLDEST_YEAR)
        if not year or (self.has(j - 1, "filler") and self.has(year[1], "name")):
            return moment, i  # "on 10 June the 2024 budget"
        return replace(moment, year=year[0], side=None), year[1]

    def unit_ahead(self, i: int) -> Counted | None:
        """A unit seen from now: "last week", «الشهر الجاري», « l'an dernier », "this year"."""
        token, after = self.at(i), self.at(i + 1)
        noun, side = (after, token) if self.has(i, "before_noun") else (token, after)
        if noun.sense.unit not in _RELATIVE_UNITS or noun.sense.amount == 2 or side.sense.side is None:
            return None
        if "recent" in side.sense.roles or side.word == "اخر":
            return None
        if side is after:
            return Counted(noun.sense.unit, side.sense.side, i + 2) if self.has(i + 1, "after_noun") else None
        j = i + 4 if self.at(i + 2).word == "-" and self.at(i + 3).word == "ci" else i + 2
        of_something = self.at(j).word == "of"  # "the last week of February"
        return None if of_something else Counted(noun.sense.unit, side.sense.side, j)

    # Days and months.

    def numeric(self, i: int) -> Dated | None:
        """2024-10-03, 03/10/2024, 3.10.24: year first, else day and month in the text's order if that is possible."""
        marks = self.at(i + 1), self.at(i + 3)
        values = self.at(i), self.at(i + 2), self.at(i + 4)
        if marks[0].word not in ("/", "-", ".") or marks[0].word != marks[1].word:
            return None
        if any(value.number < 0 for value in values) or not all(self.at(i + k).glued for k in range(1, 5)):
            return None
        if self.is_numbered(i) or self.in_longer_code(i, i + 5):
            return None
        widths = tuple(value.digits for value in values)
        a, b, c = (value.number for value in values)
        if widths[0] == 4 and max(widths[1:]) <= 2:
            return self.dated(a, b, c, i + 5)
        if max(widths[:2]) <= 2 and (widths[2] == 4 or (widths[2] == 2 and marks[0].word == "/")):
            year = c if widths[2] == 4 else 2000 + c
            day, month = (b, a) if self.month_first else (a, b)
            if month > 12:
                return self.dated(year, day, month, i + 5)
            found = self.dated(year, month, day, i + 5)
            return (replace(found[0], swappable=day <= 12 and day != month), found[1]) if found else None
        return None

    def dated(self, year: int, month: int, day: int, j: int) -> Dated | None:
        """A day of a Gregorian year, if these can be one."""
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= 31:
            return Calendar(year=year, months=(month, month), day=day), j
        return None

    def is_numbered(self, i: int) -> bool:
        """Whether «رقم», "no." or the like says that a number is none of a calendar."""
        return self.has(i - 2 if self.at(i - 1).word == "." else i - 1, "numbered")

    def in_longer_code(self, i: int, j: int) -> bool:
        """Whether more digits or letters hang on the numbers from ``i`` to ``j``: a version, an address, a phone."""
        before, after = self.at(i - 1), self.at(j)
        if self.at(i).glued and (before.word in DECIMAL or is_latin(before)):
            return True
        return after.glued and after.word in DECIMAL - {",", ":"} and self.at(j + 1).digits > 0

    def month_name(self, i: int) -> tuple[Calendar, Token, int] | None:
        """A month, maybe with its other name («سبتمبر/أيلول», «يوليو (تموز)»): it, its token, the place after."""
        i = self.skip(i, "of", "month_word")
        token = self.at(i)
        number = token.sense.month or token.sense.hijri
        if not number:
            return None
        moment = Calendar(months=(number, number), hijri=not token.sense.month)
        j = i + 1
        if token.sense.weak == ABBREVIATED and self.at(j).word == "." and self.at(j).glued:
            j += 1
        if self.at(j).word in ("/", "(", "-", "–") and self.at(j + 1).sense.month == number:
            j += 3 if self.at(j).word == "(" and self.at(j + 2).word == ")" else 2
        return moment, token, j

    def day_of_month(self, i: int) -> Dated | None:
        """23 September 2024, « 1er mai », «26 من شتنبر الجاري», "the 26th of this month"."""
        day = self.day_number(i)
        if day is None:
            return None
        value, k = day
        if self.at(k).word in ("-", "/") and self.at(k).glued and self.at(k + 1).sense.month:
            k += 1
        if ahead := self.unit_ahead(self.skip(k, "of", "filler")):
            moment = Calendar(day=value, months_ahead=ahead.amount)
            return (moment, ahead.end) if ahead.unit == "month" else None
        name = self.month_name(k)
        if name is None:
            return None
        if self.at(name[2]).word in ("-", "/") and self.at(name[2]).glued and self.plain_year(name[2] + 1):
            name = (*name[:2], name[2] + 1)
        found = self.year_after(name[2], replace(name[0], day=value))
        return None if self.is_ordinary(name[1], found[0]) or self.names_something(i, found) else found

    def is_ordinary(self, token: Token, moment: Calendar) -> bool:
        """Whether "may" or "march" in small letters is the verb, as it is without a year."""
        small = token.sense.weak == WEAK and "english" in token.sense.roles and not token.capital
        return small and moment.needs_year and not self.question

    def names_something(self, i: int, found: Dated) -> bool:
        """Whether a day without a year is a name: «حركة 20 فبراير», "the 16 May attacks"."""
        if not found[0].needs_year:
            return False
        before = self.skip_back(i - 1, "name_link")
        return self.has(before, "named_day") or self.has(found[1], "named_day")

    def skip_back(self, i: int, *roles: str) -> int:
        """The place before at most three tokens that play one of ``roles``."""
        most = 3
        while most and not self.at(i).sense.roles.isdisjoint(roles):
            i, most = i - 1, most - 1
        return i

    def month_then_day(self, i: int) -> Dated | None:
        """September 26th, 2024; outside English only with the year («يونيو 10، 2022»)."""
        name = self.month_name(i)
        day = self.day_number(name[2]) if name and self.at(name[2]).number > 0 else None
        if name is None or day is None or self.at(day[1]).sense.month or self.has(day[1], "counted"):
            return None
        found = self.year_after(day[1], replace(name[0], day=day[0]))
        if found[0].needs_year and "english" not in name[1].sense.roles:
            return None
        return None if self.is_ordinary(name[1], found[0]) or self.names_something(i, found) else found

    def names_a_day(self, i: int) -> bool:
        """Whether month and day are a name: "the February 20 movement"."""
        name = self.month_name(i)
        day = self.day_number(name[2]) if name else None
        return bool(day and self.has(day[1], "named_day"))

    def month(self, i: int, sure: bool) -> Dated | None:
        """A month with its year or "last", or by itself where the words before make it one."""
        name = self.month_name(i)
        if name is None:
            return None
        found = self.year_after(name[2], name[0])
        if self.is_ordinary(name[1], found[0]):
            return None
        if not found[0].needs_year or found[0].side is not None:
            return found
        if name[1].sense.weak == ABBREVIATED or self.names_a_war(i, found[1]):
            return None
        sure = sure or self.has(i, "month_word")
        return found if sure or self.month_is_meant(i, name[1]) else None

    def names_a_war(self, i: int, j: int) -> bool:
        """Whether the month from ``i`` to ``j`` is part of a name: «حرب أكتوبر», "the October Revolution"."""
        return self.has(self.skip_back(i - 1, "name_link"), "named_month") or self.has(j, "named_month")

    def month_is_meant(self, i: int, token: Token) -> bool:
        """Whether the word before, or a prefix («بأبريل»), says that a bare name is the month."""
        if token.sense.hijri:
            return self.has(i - 1, "month_word")
        cue = "strong_cue" if token.sense.weak else "month_cue"
        if self.has(i - 1, cue) or self.has(self.skip_back(i - 1, "filler"), "strong_cue"):
            return True
        prefixed = "ب" in token.sense.prefix or "ل" in token.sense.prefix
        return not token.sense.weak and (prefixed or (self.question and self.at(i - 1).number < 0))

    # Parts of years, and years.

    def season(self, i: int) -> Dated | None:
        """A season with a year: "spring 2024", « l'été dernier », «صيف العام الماضي»."""
        token = self.at(i)
        if token.sense.months is None:
            return None
        if self.has(i, "weak_season") and not (self.has(i - 1, "filler") or self.has(i - 1, "in")):
            return None
        found = self.year_after(i + 1, Calendar(months=token.sense.months))
        return found if not found[0].needs_year or found[0].side is not None else None

    def piece(self, i: int) -> Dated | None:
        """A quarter or a half of a year that is named: "Q3 2024", «النصف الأول من 2024»."""
        first, second = self.at(i), self.at(i + 1)
        j = i + 2
        if "glued_quarter" in first.sense.roles:
            pieces, index = 4, second.number if second.glued else 0
        elif first.sense.pieces:
            pieces, index = first.sense.pieces, second.sense.ordinal
        else:
            day = self.day_number(i) if first.number > 0 else None
            index, j = day or (first.sense.ordinal, i + 1)
            pieces, j = self.at(j).sense.pieces, j + 1
        if not (pieces and 1 <= index <= pieces):
            return None
        length = 12 // pieces
        found = self.year_after(j, Calendar(months=((index - 1) * length + 1, index * length)))
        return None if found[0].needs_year else found

    def decade(self, i: int) -> Dated | None:
        """The 1990s, « les années 1990 », « les années 90 », «التسعينيات»."""
        token, after = self.at(i), self.at(i + 1)
        if token.sense.decade:
            return Calendar(year=token.sense.decade, years=10), i + 1
        if token.word == "annees" and after.number in range(30, 100, 10):
            return Calendar(year=1900 + after.number, years=10), i + 2
        if token.digits != 4 or token.number % 10 or not FIRST_YEAR <= token.number <= LAST_YEAR:
            return None
        english = after.glued and after.word == "s"
        if english or self.at(i - 1).word in ("annees", "سنوات"):
            return Calendar(year=token.number, years=10), i + 2 if english else i + 1
        return None

    def year(self, i: int, sure: bool) -> Dated | None:
        """A bare year, or year and month in digits, where the words around make it one."""
        found = self.plain_year(i)
        if found is None:
            return self.bare_hijri_year(i)
        if not (sure or self.year_is_meant(i, found[1])) or self.is_name(i, found[1]):
            return None
        mark, month = self.at(i + 1), self.at(i + 2)
        if mark.glued and mark.word in STROKES and month.glued and not self.plain_year(i + 2):
            if month.digits == 2 and 1 <= month.number <= 12 and mark.word in ("-", "/"):
                return Calendar(year=found[0], months=(month.number, month.number)), i + 3
            if month.digits:
                return None
        return Calendar(year=found[0]), found[1]

    def month_and_year(self, i: int, sure: bool) -> Dated | None:
        """10/2024"""
        month, mark = self.at(i), self.at(i + 1)
        if not (mark.word == "/" and mark.glued and self.at(i + 2).glued and 1 <= month.number <= 12):
            return None
        meant = sure or self.question or self.has(i - 1, "year_cue")
        year = self.plain_year(i + 2) if meant and not self.is_numbered(i) else None
        return (Calendar(year=year[0], months=(month.number, month.number)), year[1]) if year else None

    def bare_hijri_year(self, i: int) -> Dated | None:
        """1445 هـ"""
        found = self.hijri_year(i)
        return (Calendar(year=found[0], hijri=True), found[1]) if found and found[1] == i + 2 else None

    def year_is_meant(self, i: int, j: int) -> bool:
        """Whether the words before, or brackets, make a number from 1900 to 2099 a year."""
        if self.is_numbered(i) or self.has(i - 1, "by"):
            return self.question and self.has(i - 1, "by")
        if self.has(i - 1, "year_cue"):
            counts = self.at(i).number % 100 == 0 and not self.has(i - 1, "year")
            return not (counts and _is_word(self.at(j)))
        if self.at(i - 1).word in ("(", "[") and self.at(j).word in (")", "]", "-", "–"):
            return True
        listed = self.has(i - 1, "and") and self.after_year == i - 1
        return listed or (self.question and not (self.at(i).glued and self.at(i - 1).word in DECIMAL))

    def is_name(self, i: int, j: int) -> bool:
        """Whether the year belongs to a name: "World Cup 2022", «ميزانية سنة 2024», "law 94 of 2015"."""
        if self.has(j, "name"):
            return True
        if self.has(i - 1, "year") and "ل" in self.at(i - 1).sense.prefix and self.at(i - 2).digits:
            return True
        k = (
            i - 2 if self.at(i - 1).capital and not self.at(i - 1).sense.roles else i - 1
        )  # « plan Maroc 2030 »
        return self.has(self.skip_back(k, "name_link"), "name")


def _is_word(token: Token) -> bool:
    return token.word[:1].isalpha() and not token.sense.roles and not token.word.startswith("ال")
