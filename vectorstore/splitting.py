"""Where words, sentences and clauses begin and end: changes when a text should be cut elsewhere.

Every span is exact: ``text[span.start:span.end]`` are the words themselves, without surrounding space.
"""

import re
from collections.abc import Iterator

from vectorstore.folding import fold
from vectorstore.records import Span

_MARKS = "\u064b-\u065f\u0670\u0300-\u036f\u0610-\u061a\u06d6-\u06ed\u200c\u200d"
_WORD = re.compile(
    rf"[^\W_][^\W_{_MARKS}]*+(?:[{_MARKS}]++[^\W_{_MARKS}]*+)*+(?:(?<=\d)[.,٫٬](?=\d)[^\W_]++)*+"
)
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_INVISIBLE = "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\xad"
_EDGE = re.compile(rf"[\s{_INVISIBLE}]*+(?:[-–—•●▪◦‣·*][\s{_INVISIBLE}]++)?")
_BLANK = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\xad")

_STOP = re.compile(rf"[.!?؟…。！？۔।]++[\"'”“’»›)\]}}{_INVISIBLE}]*+(?:[ \xa0\u202f][»›])?")
"""What may end a sentence, with the closing marks that stay with it (in French a space stands before »)."""

_BEFORE = 24
"""How far back the word before a full stop is looked for; longer ones are no abbreviations."""

_LAST_WORD = re.compile(r"[^\s(\[«\"“'’]*\Z")

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms mm mme mmes mlle prof pr me mgr st ste gen col lt sgt capt cpt maj adm sen rep gov pres hon rev "
    "vs cf approx ca al env av bd boul tel tel ex min max dept univ".split()
)
_BEFORE_A_NUMBER = frozenset(
    "no nos art p pp vol fig n ch chap sec jan feb mar apr jun jul aug sep sept oct nov dec janv fevr fev avr "
    "juil dec".split()
)
_MAY_END = frozenset("etc inc ltd co corp jr sr a.m p.m am pm u.s u.k u.n e.u الخ".split())
_STARTERS = frozenset(
    "the a an this that these those he she it they we i in on at but and for after before when while if as his her "
    "its their there however meanwhile le la les un une il elle ils elles ce cette ces en au aux dans mais pour "
    "selon apres avant lors on nous vous je".split()
)
_ARABIC_LETTER = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_ERA = re.compile(r"\d\s?[مه]ـ?\Z")
"""The م or هـ after a year is one letter, but may end a sentence."""
_NEXT_WORD = re.compile(r"[\s\"'“‘«(\[]*+([^\W_]*+)")

_COMMA = r"(?<!\d)[،,]|[،,](?!\d)|[;؛…]|\s[–—-]\s"
_LINKS = "كما|إذ|حيث|فيما|بينما|لكن|ولكن|غير أن|إلا أن|في حين|في المقابل|علما|علاوة|فضلا|وذلك"
_CLAUSE = re.compile(rf"{_COMMA}|(?<=\s)(?=(?:{_LINKS})\s)")


def words(text: str) -> list[Span]:
    """The words and numbers of ``text``. Vowel marks belong to their word; an apostrophe or hyphen parts two."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, as places in ``text``.

    None crosses a line break. Closing quotation marks and brackets stay with their sentence; a bullet before it
    and the space around it don't. What holds no letter and no digit is no sentence. Abbreviations, initials,
    decimals, addresses and ``...`` inside a sentence don't end it. Sentences aren't cut for length: see
    ``clauses``.
    """
    stop = len(text) if end is None else min(end, len(text))
    spans = []
    for line in _LINE.finditer(text, start, stop):
        first = line.start()
        for place in (*_ends(text, line.start(), line.end()), line.end()):
            span = _trimmed(text, first, place)
            if span:
                spans.append(span)
            first = place
    return spans


def clauses(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The smallest parts of the sentence ``text[start:end]`` that can be quoted, as places in ``text``.

    Cut at commas, semicolons, spaced dashes and before Arabic connectives («كما», «حيث», …); the mark stays
    outside. A part of a single word is kept with the one before it. From one part's ``start`` to a later part's
    ``end`` is a quotable text too, so that whoever needs a name's title takes the next part along.
    """
    stop = len(text) if end is None else min(end, len(text))
    parts: list[Span] = []
    first = start
    for mark in (*_CLAUSE.finditer(text, start, stop), None):
        span = _trimmed(text, first, mark.start() if mark else stop)
        first = mark.end() if mark else stop
        if span is None:
            continue
        if parts and not re.search(r"\s", text[span.start : span.end]):
            parts[-1] = Span(parts[-1].start, span.end)
        else:
            parts.append(span)
    return parts


def _trimmed(text: str, start: int, end: int) -> Span | None:
    edge = _EDGE.match(text, start, end)
    start = edge.end() if edge else start
    while end > start and (text[end - 1].isspace() or text[end - 1] in _BLANK):
        end -= 1
    return Span(start, end) if any(map(str.isalnum, text[start:end])) else None


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The places in a line where one sentence ends and another begins."""
    first = start
    for mark in _STOP.finditer(text, start, end):
        if mark.end() < end and _ends_here(text, first, mark, end):
            first = mark.end()
            yield first


def _ends_here(text: str, first: int, mark: re.Match[str], end: int) -> bool:
    signs = re.match(r"[.!?؟…。！？۔।]+", mark[0])
    after = text[mark.end() : mark.end() + _BEFORE] if signs else ""
    if not signs or not after or (mark.start() > 0 and text[mark.start() - 1] in "[("):
        return False
    if signs[0][0] in "。！？":
        return True
    if not (after[0].isspace() or _glued(text, mark, after[0])):
        return False
    following = _NEXT_WORD.match(after)
    word = following[1] if following else ""
    if word[:1].islower():
        return False
    if set(signs[0]) == {"."} and len(signs[0]) > 1:
        return word[:1].isupper()
    return signs[0] != "." or _full_stop(text[max(first, mark.start() - _BEFORE) : mark.start()], word)


def _glued(text: str, mark: re.Match[str], following: str) -> bool:
    """Arabic pages often lack the space after a full stop: a word of two letters at least stands on both sides."""
    before = text[max(0, mark.start() - 2) : mark.start()]
    after = text[mark.end() : mark.end() + 2]
    return bool(
        _ARABIC_LETTER.match(following)
        and len(_ARABIC_LETTER.findall(after)) == 2
        and (len(_ARABIC_LETTER.findall(before)) == 2 or before[-1:].isdigit() or mark[0][-1] in '”»)"')
    )


def _full_stop(before: str, following: str) -> bool:
    """Whether the stop between ``before`` (the sentence's last characters) and the next word ends a sentence."""
    found = _LAST_WORD.search(before)
    last = fold(found[0]).strip(",;:") if found else ""
    if last.isdigit():
        return before.strip() != last or len(last) > 3  # not the number of a list's item
    if last in _ABBREVIATIONS:
        return False
    if len(last) == 1 and last.isalpha():
        return bool(_ERA.search(before))
    if last in _BEFORE_A_NUMBER:
        return not following[:1].isdigit()
    if last in _MAY_END or _INITIALS.fullmatch(last):
        return fold(following) in _STARTERS or not following[:1].isalpha()
    return True
