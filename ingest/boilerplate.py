"""Which lines of a page are its article: the run of lines that weighs most, less the furniture inside it.

Structure decides first. Paragraphs weigh by their length; short lines, teasers, dates and labelled lines weigh
against; the heaviest run of lines is the article. So a menu of a site never seen falls out for being a row of
short lines, and a subheading stays for standing between paragraphs.
"""

from collections.abc import Sequence

from ingest.extent import continued
from ingest.furniture import loose, mark_captions, mark_clips, mark_enclosed, mark_entries, mark_threads
from ingest.labels import is_date_line, is_publication_stamp, label, repeated_word, speaks_to_reader
from ingest.lines import ENTRY, PROSE, ROW, Line, cut_off, ends_sentence, is_prose, key, letters
from ingest.phrases import ADVERT, CAPTION, COMMENTS, COUNTS, FOOTER, FORM, NEWSLETTER, RELATED, SHARE, TAGS
from ingest.sections import DATES, LINK, TEASER, Judged, mark_linked, mark_sections, mark_teasers
from vectorstore.folding import fold

REPEATED = "repeated"
_BARRIERS = (COMMENTS, FOOTER)
_BULLETS = ("-", "•", "*", "–", "—", "·", "▪", "●", "◦", "‣", "■")
_VALUES = {RELATED: -4.0, DATES: -6.0, TEASER: -4.0, ADVERT: -1.0}
_PLAIN_TAGS = ("div", "span", "section", "article", "main", "header")
_ALL_LINK = 0.9  # of the characters of a list's item that does nothing but lead elsewhere
_BEFORE_DAY = 6  # lines above a day among which its paragraph is looked for
_ASIDES = (RELATED, TEASER, ADVERT, SHARE, NEWSLETTER, TAGS, CAPTION, COUNTS)
_VOUCHED = 1.5  # how much more weighs what an extractor took for the article too
_ASIDE = -4.0  # what lines of these kinds in a row cost an article that goes on after them


def judge(lines: Sequence[Line]) -> list[Judged]:
    """Each line with what speaks against it: its markup, its words, the section it stands in."""
    judged = [Judged(line, line.zone or _why(line), is_prose(line)) for line in lines]
    mark_captions(judged)
    mark_threads(judged)
    mark_entries(judged)
    mark_clips(judged)
    mark_enclosed(judged)
    mark_sections(judged)
    mark_teasers(judged)
    mark_linked(judged)
    return [_as_row(each) if each.line.tag == ROW else each for each in judged]


def _as_row(each: Judged) -> Judged:
    """A table's row as what it is: neither its words nor its neighbours say more of it than the markup does."""
    return Judged(each.line, each.line.zone, each.prose)


def body(judged: Sequence[Judged]) -> range:
    """The lines from the article's first paragraph to its last; empty where there is none."""
    values = _once_an_aside(judged, [_value(judged, at) for at in range(len(judged))])
    best, best_sum, taken = range(0), 0.0, 0
    for segment in _segments(judged):
        run, total = _heaviest(values, segment)
        # What follows a comment form or a footer is the article only where nothing better came before it.
        if total * (0.4 if taken >= 200 else 1.0) > best_sum:
            best, best_sum = run, total
        taken += sum(letters(judged[at].text) for at in run if judged[at].prose)
    return continued(judged, best)


def kept(judged: Sequence[Judged], run: range, title: str) -> list[int]:
    """Which lines of ``run`` are the article's: its paragraphs, subheadings and list items."""
    titled = key(title)
    outside = {key(each.text) for at, each in enumerate(judged) if at not in run and not each.prose}
    asides = _asides(judged, run) | loose(judged, run)
    return [
        at
        for at in run
        if is_day_heading(judged, at)
        or not (judged[at].why or at in asides or _stray(judged[at], titled, outside))
    ]


def _asides(judged: Sequence[Judged], run: range) -> set[int]:
    """Short lines that speak to the reader after the last paragraph, and those that a page's main text lacks."""
    prose = {at for at in run if judged[at].prose and not judged[at].why}
    calls = {at for at in run if at not in prose and speaks_to_reader(judged[at].text)}
    last = max(
        (at for at in run if at in prose or (ends_sentence(judged[at].text) and at not in calls)), default=-1
    )
    vouched = any(judged[at].line.vouched for at in prose)
    return {
        at
        for at in run
        if at not in prose
        if (at > last and at in calls)
        or (vouched and _is_unvouched(judged[at].line) and not _heads(judged, at, prose))
    }


def _is_unvouched(line: Line) -> bool:
    return not line.vouched and line.tag in _PLAIN_TAGS


def _heads(judged: Sequence[Judged], at: int, prose: set[int]) -> bool:
    """Whether the line may be a subheading: paragraphs follow that are marked up no better than it is."""
    return at + 1 in prose and judged[at + 1].line.tag in _PLAIN_TAGS


def is_day_heading(judged: Sequence[Judged], at: int) -> bool:
    """Whether a day stands alone between two paragraphs, as in a chronology."""
    before = [each for each in judged[max(0, at - _BEFORE_DAY) : at] if each.why not in _ASIDES]
    around = [*before[-1:], *judged[at + 1 : at + 2]]
    between = len(around) == 2 and all(each.prose and not each.why for each in around)
    return judged[at].why == DATES and not judged[at].line.zone and between


def _stray(each: Judged, titled: str, outside: set[str]) -> bool:
    """Whether a short line among the paragraphs is the headline again, or the site's name."""
    if each.prose or each.line.tag in ("li", ROW, ENTRY):
        return False
    same = key(each.text)
    return not same or same == titled or (same in outside and not each.line.heading)


def _why(line: Line) -> str:
    if line.tag == ROW:
        return ""
    found = label(line)
    if found:
        return found
    if is_date_line(line.text) or is_publication_stamp(line.text):
        return DATES
    if line.tag == "li" and line.links > _ALL_LINK and not is_prose(line):
        return TEASER
    return REPEATED if repeated_word(line.text) else ""


def _segments(judged: Sequence[Judged]) -> list[range]:
    """The page in parts, cut at comment forms and footers that follow a good deal of prose."""
    total = sum(letters(each.text) for each in judged if each.prose and not each.why)
    cuts, passed = [0], 0
    for at, each in enumerate(judged):
        if each.prose and not each.why:
            passed += letters(each.text)
        elif each.why in (*_BARRIERS, FORM) and passed and (passed >= 600 or passed >= 0.25 * total):
            cuts.append(at)
            passed = 0
    return [range(first, last) for first, last in zip(cuts, [*cuts[1:], len(judged)], strict=True)]


def _heaviest(values: Sequence[float], segment: range) -> tuple[range, float]:
    """The run of neighbouring lines with the greatest sum, and that sum."""
    best, best_sum = range(0), 0.0
    first, total = segment.start, 0.0
    for at in segment:
        if total <= 0:
            first, total = at, 0.0
        total += values[at]
        if total > best_sum:
            best, best_sum = range(first, at + 1), total
    return best, best_sum


def _once_an_aside(judged: Sequence[Judged], values: list[float]) -> list[float]:
    """``values`` where a row of related stories, adverts and links counts as one line: it interrupts once."""
    result, left = [], _ASIDE
    for each, value in zip(judged, values, strict=True):
        if each.why not in _ASIDES and (each.why not in ("", DATES) or each.line.links <= LINK):
            left = _ASIDE
            result.append(value)
            continue
        result.append(max(value, left))
        left -= result[-1]
    return result


def _value(judged: Sequence[Judged], at: int) -> float:
    each = judged[at]
    if is_day_heading(judged, at):
        return -1.0
    if each.why:
        return -4.0 if each.line.zone else _VALUES.get(each.why, -10.0)
    if each.prose:
        return min(letters(each.text), 600) / 20 * (_VOUCHED if each.line.vouched else 1.0)
    after = judged[at + 1].line if at + 1 < len(judged) else None
    if after and after.tag == ROW and each.line.tag != ROW and each.line.vouched and after.vouched:
        return 0.0  # a table's caption
    value = _short_value(each, judged[at - 1] if at else None)
    return value * _VOUCHED if each.line.vouched and value > 0 else value


def _short_value(each: Judged, before: Judged | None) -> float:
    size = letters(each.text)
    if each.line.links > 0.6:
        return -5.0
    if cut_off(each.text):
        return _VALUES[TEASER]
    if each.line.vouched and each.line.tag == "blockquote":
        return size / 20
    if ends_sentence(each.text) and not each.line.heading and size >= 8:
        return 1.0
    if before and not before.why and before.text.endswith((":", ":")) and size >= 2:
        return 1.0
    if each.text.endswith(":") and before and ends_sentence(before.text) and not each.line.heading:
        return 0.0
    if each.line.tag == ENTRY:
        return 2.0
    if each.line.tag == ROW:
        return float(each.line.vouched)  # else it goes along with the paragraphs around it
    if _is_item(each):
        follows = before and (before.prose or _is_item(before) or ends_sentence(before.text))
        return 0.3 if follows else -1.0
    if size >= 2 * PROSE:
        return 0.5
    return -1.5 if each.line.heading else -3.0


def _is_item(each: Judged) -> bool:
    return each.line.tag == "li" or each.text.startswith(_BULLETS) or _numbered(each.text)


def _numbered(text: str) -> bool:
    head = fold(text[:4])
    return head[:1].isdigit() and any(mark in head[1:4] for mark in ".)-")
