"""The times a text tells, in reading order: single moments joined into ranges, lists and open ranges."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vectorstore.time_grammar import Found, Grammar
from vectorstore.time_moments import (
    Calendar,
    Moment,
    Near,
    Open,
    OpenKind,
    Range,
    Shift,
    Weekday,
    inherit,
    is_hijri,
)
from vectorstore.time_resolve import resolve
from vectorstore.time_tokens import Token, tokens

_LONGEST_LIST = 8
_OPEN: tuple[OpenKind, ...] = ("before", "after", "until")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A moment and the characters that tell it; ``lead`` is where a preposition before them begins."""

    lead: int
    start: int
    end: int
    moment: Moment


# A moment with the places of its first token and after its last.
_Placed = tuple[int, int, Moment]


def phrases(text: str, *, question: bool = False, month_first: bool = False) -> Iterator[Phrase]:
    """The times told in ``text``, none overlapping another.

    In a question a bare year is a time, and "before", "after" and "until" open a range; in a text they only say
    that a time follows, for what is told is told of that time.
    """
    reader = _Reader(Grammar(tokens(text), question, month_first))
    for i, j, moment in reader.equated(reader.placed()):
        at = reader.grammar.at
        lead = reader.grammar.skip_back(i - 1, "in") + 1
        lead += at(lead).word == "the" and lead < i
        lead, start = (at(k).start + _conjunction(at(k), text) for k in (lead, i))
        yield Phrase(lead, start, at(j - 1).end, moment)


class _Reader:
    """Walks over the tokens once; every attempt looks at a bounded number of them."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar

    def placed(self) -> Iterator[_Placed]:
        i = self.grammar.places.start
        while i < self.grammar.places.stop:
            found = self.read(i)
            yield from found
            for _, j, moment in found:
                if _is_bare_year(moment):
                    self.grammar.after_year = j
            i = found[-1][1] if found else i + 1

    def read(self, i: int) -> list[_Placed]:
        """What begins at ``i``: a range, an open range, a list or one moment."""
        if self.grammar.says_nothing(i):
            return []
        single = self.opened(i) or self.open_ended(i) or self.joined(i)
        if single:
            return [(i, single[1], single[0])]
        if listed := self.listed(i):
            return listed
        alone = self.alone(i)
        return [(i, alone[1], alone[0])] if alone else []

    def alone(self, i: int) -> Found | None:
        """One moment; a mere month or year has to be meant as one."""
        found = self.grammar.moment(i, sure=True)
        bare = found and isinstance(found[0], Calendar) and found[0].day is None
        return self.grammar.moment(i) if bare else found

    def equated(self, placed: Iterator[_Placed]) -> Iterator[_Placed]:
        """Joins a Hijri day and the Gregorian one given for it: «15 رمضان 1445 الموافق 25 مارس 2024»."""
        held: _Placed | None = None
        for this in placed:
            if held and is_hijri(held[2]) != is_hijri(this[2]) and self.is_same_day(held[1], this[0]):
                held = held[0], this[1], held[2] if is_hijri(this[2]) else this[2]
                continue
            if held:
                yield held
            held = this
        if held:
            yield held

    def is_same_day(self, i: int, j: int) -> bool:
        between = range(i, min(j, i + 5))
        says_so = any(
            self.grammar.has(k, "same_as") or self.grammar.at(k).word in ("(", "/") for k in between
        )
        return j - i <= 4 and says_so

    # Ranges.

    def opened(self, i: int) -> Found | None:
        """From X to Y, between X and Y, «من 23 إلى غاية 26 شتنبر الجاري»."""
        grammar = self.grammar
        if grammar.has(i, "from") and (found := self.range(grammar.skip(i + 1, "filler"), "to")):
            return found
        if grammar.has(i, "between"):
            k = grammar.skip(i + 1, "filler", "years")
            return self.range(k, "and") or self.range(k, "to")
        return None

    def joined(self, i: int) -> Found | None:
        """X to Y, X-Y, with nothing before: only between two of the same kind."""
        begun = self.beginning(i)
        if begun and _is_bare_year(begun[0]) and not self.grammar.year_is_meant(i, i + 1):
            return None
        found = self.range(i, "to")
        if not (found and isinstance(found[0], Range)):
            return None
        first, last = found[0].first, found[0].last
        if not (isinstance(first, Calendar) and isinstance(last, Calendar)) or _grain(first) != _grain(last):
            return None
        return None if _grain(first) == "year" and self.grammar.is_name(i, found[1]) else found

    def range(self, i: int, link: str) -> Found | None:
        """Two moments with ``link`` between them, the first maybe a mere day."""
        first = self.beginning(i)
        k = self.linked(first[1], link) if first else None
        if first is None or k is None:
            return None
        last = self.grammar.moment(k, sure=True) or self.now(k) or self.later_day(first[0], k)
        if last is None:
            return None
        start = _with_month_of(first[0], last[0])
        whole = Range(start, last[0])
        known = resolve(start, None, 0) and resolve(last[0], None, 0)
        return None if known and resolve(whole, None, 0) is None else (whole, last[1])

    def beginning(self, i: int) -> Found | None:
        """A moment, or a day whose month comes later: the "23" of "23 to 26 September"."""
        found = self.grammar.moment(i, sure=True)
        k = i
        if isinstance(found[0] if found else None, Weekday):
            k = self.grammar.skip(i + 1, "filler")
        if found is None or k != i:
            day = self.grammar.day_number(k)
            return (Calendar(day=day[0]), day[1]) if day else found
        return found

    def linked(self, i: int, link: str) -> int | None:
        """The place after a linking word; «و» may be a prefix of the very next word."""
        if self.grammar.has(i, link):
            return self.grammar.skip(i + 1, link, "filler", most=2)
        return i if link == "and" and self.grammar.at(i).sense.prefix.startswith("و") else None

    def now(self, i: int) -> Found | None:
        return (Near(0), i + 1) if self.grammar.has(i, "now") else None

    def later_day(self, first: Moment, i: int) -> Found | None:
        """The "26, 2024" of "September 23-26, 2024"."""
        day = self.grammar.day_number(i)
        if day is None or not (isinstance(first, Calendar) and first.day and first.months):
            return None
        return self.grammar.year_after(day[1], replace(first, day=day[0]))

    def open_ended(self, i: int) -> Found | None:
        """Since X; in a question before, after and until X as well."""
        grammar = self.grammar
        kinds: tuple[OpenKind, ...] = ("since", *_OPEN) if grammar.question else ("since",)
        kind = next((kind for kind in kinds if grammar.has(i, kind)), None)
        if grammar.question and grammar.has(i, "by"):
            kind = "until"
        if kind is None:
            return None
        k = grammar.skip(i + 1, "filler", "roughly")
        if kind == "since" and (ended := self.range(k, "to")):
            return ended  # "since 2019 until 2021"
        found = grammar.moment(k, sure=True) or (self.for_so_long(i + 1) if kind == "since" else None)
        if found is None or (grammar.at(k - 1).word == "the" and _is_bare_year(found[0])):
            return None  # "since the 2005 revival"
        return Open(kind, found[0]), found[1]

    def for_so_long(self, i: int) -> Found | None:
        """« depuis deux semaines », «منذ أسبوعين», «منذ شهر»."""
        k = self.grammar.skip(i, "roughly")
        if told := self.grammar.quantity(k):
            return Shift(told.unit, -told.amount), told.end
        token = self.grammar.at(k)
        alone = self.grammar.has(k, "one_unit") and self.grammar.counts_from_now(k + 1)
        return (Shift(token.sense.unit, -1), k + 1) if alone else None

    # Lists.

    def listed(self, i: int) -> list[_Placed]:
        """10 and 11 June, «أبريل وماي 2024»: each a moment of its own, with what the last one says of all."""
        found = self.beginning(i)
        items: list[_Placed] = []
        while found and isinstance(found[0], Calendar) and found[0].needs_year and len(items) < _LONGEST_LIST:
            items.append((i, found[1], found[0]))
            comma = self.grammar.comma(found[1])
            k = comma if comma != found[1] else self.linked(found[1], "and")
            if k is None:
                break
            i = self.linked(k, "and") or k
            found = self.beginning(i)
        return self.completed(items, (i, found[1], found[0]) if found else None)

    def completed(self, items: list[_Placed], last: _Placed | None) -> list[_Placed]:
        """The list, if its last item names a month and, for months, a year; else nothing."""
        if not items or last is None or not isinstance(last[2], Calendar) or not last[2].months:
            return []
        grains = {_grain(item[2]) for item in items if isinstance(item[2], Calendar)}
        if grains != {_grain(last[2])} or (last[2].needs_year and last[2].side is None and not last[2].day):
            return []
        if last[:2] not in [item[:2] for item in items]:
            items = [*items, last]
        return [(i, j, inherit(moment, last[2])) for i, j, moment in items] if len(items) > 1 else []


def _conjunction(token: Token, text: str) -> int:
    """1 where the token begins with a «و» or «ف» that isn't part of the time, else 0."""
    return int(token.sense.prefix[:1] in ("و", "ف") and text[token.start] == token.sense.prefix[0])


def _is_bare_year(moment: Moment) -> bool:
    return isinstance(moment, Calendar) and _grain(moment) == "year" and moment.years == 1 and not moment.part


def _grain(moment: Calendar) -> str:
    if moment.day is not None:
        return "day"
    return "month" if moment.months else "year"


def _with_month_of(first: Moment, last: Moment) -> Moment:
    """A mere day with the month that only the other end of the range names."""
    if isinstance(first, Calendar) and isinstance(last, Calendar) and first.day and not first.months:
        return replace(first, months=last.months, hijri=last.hijri, months_ahead=last.months_ahead)
    return first
