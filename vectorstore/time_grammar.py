"""One moment told in words, of whatever kind, in three languages at once.

Every method looks at a bounded number of tokens from one place on, so reading a text costs time linear in it.
"""

from dataclasses import replace

from vectorstore.time_dates import Counted, Dated, DateReader
from vectorstore.time_moments import Calendar, Moment, Near, Rolling, Shift, Weekday
from vectorstore.time_tokens import Token
from vectorstore.time_words import ABBREVIATED

Found = tuple[Moment, int]


class Grammar(DateReader):
    """Reads moments off tokens: the calendar's, and those counted from the reference day."""

    def __init__(self, tokens: list[Token], question: bool, month_first: bool = False) -> None:
        super().__init__(tokens, question, month_first)
        self.sure: dict[int, Found | None] = {}  # what begins where if a time must, already read

    # Counted from now.

    def near(self, i: int) -> Found | None:
        """Yesterday, today, tomorrow, with the weekday or the date said beside it."""
        token = self.at(i)
        if token.sense.shift is None or (token.capital and self.at(i - 1).word[:1].isalpha()):
            return None  # "The Tomorrow People", "USA Today"
        if self.has(i, "plain_today") and self.is_not_today(i):
            return None
        j = self.skip(self.comma(i + 1), "filler")
        weekday = self.at(j).sense.weekday
        if weekday is not None:
            dated = self.day_of_month(self.skip(self.comma(j + 1), "filler"))
            return dated or (Near(token.sense.shift, weekday), j + 1)
        if dated := self.day_of_month(j):
            return dated
        return None if self.has(i, "this_weekday") else (Near(token.sense.shift), i + 1)

    def is_not_today(self, i: int) -> bool:
        """Whether «اليوم» is "the day" of something, or the end of a newspaper's name («العرب اليوم»)."""
        before, after = self.at(i - 1), self.at(i + 1)
        if after.sense.weekday is not None:
            return False
        if self.has(i + 1, "not_today_after") or after.sense.day or before.word in ("هذا", "ذلك", "ذات"):
            return True
        if self.has(i - 1, "not_today_before"):
            return not self.question
        return (
            after.word in ("-", "–") or self.has(i - 1, "outlet") or "#" in (before.word, self.at(i - 2).word)
        )

    def weekday(self, i: int) -> Found | None:
        """A weekday with its date, with "last" or "next", of some week, or by itself."""
        token = self.at(i)
        if token.sense.weekday is None:
            return None
        j = self.skip(self.comma(i + 1), "filler", "in", most=2)
        j += self.at(j).word == "." and self.has(i, "weak_weekday")
        if dated := self.numeric(j) or self.day_of_month(j) or self.month_then_day(j):
            return dated
        if self.has(i + 1, "after_noun"):
            return Weekday(token.sense.weekday, self.at(i + 1).sense.side), i + 2
        ahead = self.unit_ahead(self.skip(i + 1, "of", "filler"))
        if ahead and ahead.unit == "week":
            return Shift("week", ahead.amount, weekday=token.sense.weekday), ahead.end
        alone = not self.has(i, "weak_weekday") or self.has(i - 1, "day_word")
        named = self.has(i - 1, "habit") or (token.capital and self.has(i + 1, "paper"))
        return (Weekday(token.sense.weekday), i + 1) if alone and not named else None

    def said_before(self, i: int) -> Found | None:
        """What "last", "this" or "next" before a name makes: "last Thursday", « ce mardi », "this spring"."""
        token, noun = self.at(i), self.at(i + 1)
        if "before_noun" not in token.sense.roles or token.sense.side is None or token.word == "اخر":
            return None
        if noun.sense.weekday is not None and "weak_weekday" not in noun.sense.roles:
            return Weekday(noun.sense.weekday, token.sense.side), i + 2
        if noun.sense.months is not None:
            return Calendar(months=noun.sense.months, side=token.sense.side), i + 2
        name = self.month_name(i + 1)
        moment = replace(name[0], side=token.sense.side) if name else None
        if not name or not moment or name[1].sense.weak == ABBREVIATED:
            return None
        small = name[1].sense.weak and not name[1].capital and not self.question
        return None if small else (moment, name[2])

    def relative_unit(self, i: int, part: str = "") -> Found | None:
        """Last week, «الشهر الجاري», « l'an dernier »."""
        ahead = self.unit_ahead(i)
        return (Shift(ahead.unit, ahead.amount, part), ahead.end) if ahead else None

    def quantity(self, i: int) -> Counted | None:
        """So many units: "two weeks", «ثلاثة أيام», «يومين», «الأشهر الثلاثة»."""
        token, after = self.at(i), self.at(i + 1)
        if token.sense.unit and token.sense.amount == 2:
            return Counted(token.sense.unit, 2, i + 1)
        if token.sense.unit and after.sense.amount > 2 and not token.word.isascii():
            return Counted(token.sense.unit, after.sense.amount, i + 2)
        amount = self.amount(i)
        return Counted(after.sense.unit, amount, i + 2) if amount and after.sense.unit else None

    def amount(self, i: int) -> int:
        """The count at ``i``, in digits or in a word; 0 where there is none."""
        token = self.at(i)
        return token.number if 0 < token.number < 1000 and self.whole(i) else token.sense.amount

    def ago(self, i: int) -> Found | None:
        """Two weeks ago, « il y a deux semaines », «قبل ثلاثة أيام»."""
        if told := self.quantity(i):
            return (Shift(told.unit, -told.amount), told.end + 1) if self.has(told.end, "ago") else None
        if not self.has(i, "ago_before"):
            return None
        j = self.skip(i + 1, "roughly")
        told = self.quantity(j)
        if told is None and self.has(j, "one_unit"):
            told = Counted(self.at(j).sense.unit, 1, j + 1)
        return (Shift(told.unit, -told.amount), told.end) if told and self.counts_from_now(told.end) else None

    def counts_from_now(self, i: int) -> bool:
        """Not "three days before the match", nor "before the month of Ramadan" or "the year 2020"."""
        if self.at(i).word == "من":
            return self.has(i + 1, "now")
        token = self.at(i)
        named = token.sense.month or token.sense.hijri or token.sense.weekday is not None
        return not (named or token.number >= 0)

    def rolling(self, i: int) -> Found | None:
        """The last two years, « ces trois derniers mois », «الأشهر الثلاثة الماضية», «آخر سنتين»."""
        if self.has(i, "before_noun"):
            return self.rolling_on(i, self.at(i).sense.side or 0)
        amount, noun = self.amount(i), self.at(i + 2).sense.unit
        if amount and noun and self.has(i + 1, "after_noun") and self.has(i + 1, "before_noun"):
            return Rolling(noun, -amount), i + 3
        told = self.quantity(i)
        if told and self.has(told.end, "after_noun") and (side := self.at(told.end).sense.side):
            return Rolling(told.unit, side * told.amount), told.end + 1
        return None

    def rolling_on(self, i: int, side: int) -> Found | None:
        """The rest of "last two years" and "past week", after the "last" at ``i``."""
        told = self.quantity(i + 1)
        if told is None and self.at(i).word == "past" and self.at(i + 1).sense.unit:
            told = Counted(self.at(i + 1).sense.unit, 1, i + 2)
        return (Rolling(told.unit, side * told.amount), told.end) if told and side else None

    # All of them.

    def part(self, i: int) -> Found | None:
        """The beginning, the middle or the end of something: «منتصف ماي الماضي», "early 2024", « fin mars »."""
        token = self.at(i)
        if not token.sense.part:
            return None
        j = i + 2 if self.at(i + 1).word == "-" and self.at(i + 1).glued else i + 1
        j = self.skip(j, "of", "filler")
        if found := self.relative_unit(j, token.sense.part):
            return found
        plain = self.said_before(j) or self.month(j, sure=True) or self.season(j)
        plain = plain or self.decade(j) or self.year(self.skip(j, "year", most=1), sure=True)
        if plain and isinstance(plain[0], Calendar):
            return replace(plain[0], part=token.sense.part), plain[1]
        if self.has(j, "this_year") and self.at(j + 1).number < 0:
            return Shift("year", 0, token.sense.part), j + 1
        return None

    def backwards(self, i: int) -> Dated | None:
        """The order of some datelines: «2017 الثلاثاء ,26 كانون الأول / ديسمبر»."""
        year = self.plain_year(i)
        if year is None or self.at(year[1]).sense.weekday is None:
            return None
        dated = self.day_of_month(self.comma(year[1] + 1))
        return (replace(dated[0], year=year[0]), dated[1]) if dated and dated[0].needs_year else None

    def number_led(self, i: int, sure: bool) -> Found | None:
        """What begins with digits."""
        if self.at(i).digits == 4:
            return self.numeric(i) or self.backwards(i) or self.decade(i) or self.year(i, sure)
        if self.at(i + 1).word in ("/", "-", "."):
            return self.numeric(i) or self.day_of_month(i) or self.month_and_year(i, sure)
        return self.day_of_month(i) or self.rolling(i) or self.ago(i) or self.piece(i)

    def moment(self, i: int, sure: bool = False) -> Found | None:
        """The moment that begins at ``i``."""
        if not sure:
            return self.read(i, sure)
        if i not in self.sure:
            self.sure[i] = self.read(i, sure)
        return self.sure[i]

    def read(self, i: int, sure: bool) -> Found | None:
        """What :meth:`moment` answers, read anew."""
        if self.says_nothing(i):
            return None
        token = self.at(i)
        if token.number >= 0:
            return self.number_led(i, sure)
        return (
            self.near(i)
            or self.weekday(i)
            or self.counted_from_now(i)
            or self.part(i)
            or self.piece(i)
            or self.season(i)
            or self.day_of_month(i)
            or self.decade(i)
            or self.month_led(i, sure)
            or self.year_led(i)
        )

    def counted_from_now(self, i: int) -> Found | None:
        """What begins with a unit, a count, or a word such as "last" and "ago"."""
        sense = self.at(i).sense
        if not (sense.unit or sense.amount) and sense.roles.isdisjoint(("before_noun", "ago_before")):
            return None
        return self.rolling(i) or self.ago(i) or self.relative_unit(i) or self.said_before(i)

    def month_led(self, i: int, sure: bool) -> Found | None:
        """What begins with a month or with the word for it."""
        if not (self.at(i).sense.month or self.at(i).sense.hijri or self.has(i, "month_word")):
            return None
        dated = self.month_then_day(i)
        return dated or (None if self.names_a_day(i) else self.month(i, sure))

    def year_led(self, i: int) -> Found | None:
        """What begins with the word for a year: «سنة 2024», "the year 2024"."""
        if not self.has(i, "year"):
            return None
        return self.year(i + 1, sure=False)
