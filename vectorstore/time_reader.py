"""A place among the tokens of a text, what stands around it, and which numbers there are numbers of a calendar."""

from vectorstore.time_tokens import NO_TOKEN, Token
from vectorstore.time_words import NOTHING

OLDEST_YEAR, FIRST_YEAR, LAST_YEAR = 1000, 1900, 2099
STROKES = frozenset("-/–—‐‑")
DECIMAL = frozenset(".,:/٫٬-")
_POINT = DECIMAL - {"-", "/"}
_HIJRI_YEARS = range(1300, 1501)
_HIJRI_MARKS = frozenset({"ه", "هجري", "هجريه", "ah"})
_DAY_SUFFIXES = frozenset({"st", "nd", "rd", "th", "er", "e", "eme", "ere"})
_AFTER_DAY = _DAY_SUFFIXES | {"/", "-", ".", ",", "،"}
_MARGIN = 64  # more than any attempt looks around
_REACH = 24  # more than a list of days is long
_NEVER = 1 << 40


class Reader:
    """Tokens with a look around them. ``question`` makes bare years and plain month names times anywhere.

    With ``month_first``, 03/10/2024 is in March.
    """

    def __init__(self, tokens: list[Token], question: bool, month_first: bool = False) -> None:
        # Margins of empty tokens, so that looking a little around never needs a check of the bounds.
        margin = [NO_TOKEN] * _MARGIN
        self.at = [*margin, *tokens, *margin].__getitem__
        self.places = range(_MARGIN, _MARGIN + len(tokens))
        self.next_anchor = self.anchors()
        self.question = question
        self.month_first = month_first
        self.after_year = -1  # the place after the last bare year that was taken for one

    # What stands where.

    def has(self, i: int, role: str) -> bool:
        """Whether the token at ``i`` can play ``role``."""
        return role in self.at(i).sense.roles

    def anchors(self) -> list[int]:
        """For each place the nearest one, from it on, of a word or number that no time can do without."""
        nearest, places = _NEVER, []
        for i in reversed(range(self.places.stop + _MARGIN)):
            token = self.at(i)
            if token.sense.anchor or token.digits == 4 or (token.word == "/" and self.ends_date(i)):
                nearest = i
            places.append(nearest)
        return places[::-1]

    def ends_date(self, i: int) -> bool:
        """Whether the stroke at ``i`` is the second and last of a date like 03/10/24."""
        return self.at(i - 2).word == "/" and self.at(i + 1).digits == 2 and self.at(i + 2).word != "/"

    def says_nothing(self, i: int) -> bool:
        """Whether no time can begin at ``i``: the cheap question that most tokens are settled by."""
        if self.next_anchor[i] - i > _REACH:
            return True
        token, after = self.at(i), self.at(i + 1)
        if token.number < 0:
            return token.sense is NOTHING
        return token.digits < 4 and after.sense is NOTHING and after.word not in _AFTER_DAY

    def skip(self, i: int, *roles: str, most: int = 3) -> int:
        """The place after at most so many tokens that play one of ``roles``."""
        while most and not self.at(i).sense.roles.isdisjoint(roles):
            i, most = i + 1, most - 1
        return i

    def comma(self, i: int) -> int:
        """The place after a comma, if one stands here."""
        return i + 1 if self.at(i).word in (",", "،") else i

    # Numbers.

    def whole(self, i: int) -> bool:
        """Whether the digits at ``i`` are a number of their own, not part of an amount, a code or a clock time."""
        token, before, after = self.at(i), self.at(i - 1), self.at(i + 1)
        if token.number < 0:
            return False
        if token.glued and (before.word in ("#", "$", "€", "£", "+", "=", "@") or is_latin(before)):
            return False
        if token.glued and before.word in _POINT and before.glued and self.at(i - 2).digits:
            return False
        if after.glued and (after.word in ("%", "٪", "°") or is_latin(after)):
            return False
        dotted = after.glued and after.word in _POINT
        return not (dotted and self.at(i + 2).digits and self.at(i + 2).glued)

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of a month: 23, 23rd, 1er, فاتح."""
        token = self.at(i)
        if self.has(i, "first_day"):
            return 1, i + 1
        if token.sense.day and self.at(i + 1).word == "من" and not self.at(i - 1).word[:1].isalpha():
            return token.sense.day, i + 1
        if token.sense.day and self.at(i + 1).word == "من" and self.has(i - 1, "month_cue"):
            return token.sense.day, i + 1
        if not (0 < token.number <= 31 and token.digits <= 2):
            return None
        suffix = self.at(i + 1)
        if suffix.glued and suffix.word in _DAY_SUFFIXES:
            return token.number, i + 2
        return (token.number, i + 1) if self.whole(i) else None

    def plain_year(self, i: int, oldest: int = FIRST_YEAR) -> tuple[int, int] | None:
        """A number from 1900 to 2099 that doesn't count anything; an older one only right after its month."""
        token = self.at(i)
        if token.digits != 4 or not oldest <= token.number <= LAST_YEAR:
            return None
        after = self.at(i + 1)
        if after.word == "م":
            return token.number, i + 2
        if not self.whole(i) or self.has(i + 1, "counted"):
            return None
        return token.number, i + 1

    def hijri_year(self, i: int) -> tuple[int, int] | None:
        """A Hijri year of our time, with its mark if it has one."""
        if self.at(i).digits != 4 or self.at(i).number not in _HIJRI_YEARS:
            return None
        return self.at(i).number, i + 2 if self.at(i + 1).word in _HIJRI_MARKS else i + 1


def is_latin(token: Token) -> bool:
    """Whether it is a word in Latin letters, accents aside."""
    return token.word.isascii() and token.word.isalpha()
