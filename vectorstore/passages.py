"""An article's sentences with the days they tell: what the window filter and the answers stand on."""

import re
from bisect import bisect_left
from datetime import date, timedelta
from functools import lru_cache

from vectorstore.discourse import Discourse
from vectorstore.records import Article, Days, Fit, Sentence, Span, fit
from vectorstore.text import sentences
from vectorstore.time_ahead import is_said, speaks_ahead
from vectorstore.times import TimeMention, find_times, months_come_first

LONG_DAYS = 62
LOOKED_BACK = 80
NEWS = timedelta(60)
# The place a report is sent from, and often the day, before its first sentence: «الرباط - »,
# "MADRID, Spain (Reuters) — ", "Oslo, 2 July 2026 (Agency) - ".
_SENT = (
    r"(?:(?:[,،]| [-–—]) ?(?:le |on )?(?:\w{3,9}[,،]? )?(?:\d{1,2}(?:er)? \w{3,9}\.?|\w{3,9}\.? \d{1,2})"
    r"[,،]? (?:19|20)\d\d)"
)
DATELINE = re.compile(
    rf"(?:[A-ZÀ-Þ][A-ZÀ-Þ'’ -]{{1,24}}(?:, [\w ]{{2,20}})?{_SENT}?"
    rf"|[A-ZÀ-Þ][\w'’ -]{{1,24}}(?:, [\w ]{{2,20}})?{_SENT}"
    rf"|[\u0621-\u064a]{{2,15}}(?: [\u0621-\u064a]{{2,15}})?{_SENT}?)"
    r"(?: ?\([^()\n]{2,30}\))? [-–—] "
)
# "The highest since 2016" tells nothing of 2016, nor of all that time.
SINCE = re.compile(r"(?:since|depuis|منذ)\b", re.IGNORECASE)
COMPARES = re.compile(
    r"\b(?:[a-z]{3,12}est|most|least|first|record|worst|best|only|plus|moins|premi[eè]re?s?|pire|meilleure?s?|record"
    r"|(?:ال)?أ(?:على|دنى|كبر|صغر|سوأ|فضل|ول|قل|كثر|ضعف|قوى|خفض)|(?:ال)?أولى)\b[^.!?؟\n,،;؛]{0,60}\Z",
    re.IGNORECASE,
)
# « 13,1 % contre 13,6 % un an plus tôt »: the time is that of the figure compared with.
AGAINST = re.compile(
    r"(?:\b(?:against|compared (?:with|to)|(?:up|down) from|contre|par rapport à)|مقابل|مقارنة)"
    r"(?:[^.!?؟\n;؛\d]|\.(?=\d)){0,25}\d(?:[^.!?؟\n;؛]|\.(?=\d)){0,30}\Z",
    re.IGNORECASE,
)
YEAR = re.compile(r"[0-9٠-٩۰-۹]{4}")


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """The sentences of ``article`` in reading order, their relative dates resolved against its publication.

    A sentence that names no day takes those of the sentence before it in the same paragraph, since a paragraph
    mostly tells one event; else those of the last dated one before it, where it points back to what that tells
    (``discourse``). This takes milliseconds; what a stored passage's sentences tell is noted in the library.
    """
    return _sentences(article.text, article.published, article.language)


@lru_cache(maxsize=512)
def _sentences(text: str, published: date | None, language: str) -> tuple[Sentence, ...]:
    told = _told(text, published, language)
    starts = [start for start, _ in told]
    result: list[Sentence] = []
    discourse = Discourse()
    for span in sentences(text):
        words = text[span.start : span.end]
        own = told[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        events = tuple(dict.fromkeys(days for _, days in own))
        if events:
            discourse.dated(words, events if _is_brief(events) else ())
        elif result and "\n" not in text[result[-1].end : span.start]:
            # What is said of something long past is said to the reporter, now; nor is what took place of a day to
            # come, as in "whose mandate ends on 31 December".
            before = result[-1].events
            old = published is not None and all(day.last < published - NEWS for day in before)
            ahead = published is not None and all(day.first > published for day in before)
            apart = (old and is_said(words)) or (ahead and not speaks_ahead(words))
            events = () if apart else before
            discourse.went_on(words)
        else:
            events = discourse.points_to(words)
        result.append(Sentence(span.start, span.end, events))
    return tuple(result)


def _is_brief(events: tuple[Days, ...]) -> bool:
    """Whether a sentence tells of one event, and of one that isn't a whole season or year."""
    return len(events) == 1 and (events[0].last - events[0].first).days < LONG_DAYS


def _told(text: str, published: date | None, language: str) -> list[tuple[int, Days]]:
    """Where the text tells days, and which. A date without its year is that of the text's own date with one."""
    mentions = [
        (each, each.days)
        for each in find_times(text, published, months_come_first(text, language))
        if each.days and not _only_compares(text, each.start) and not _is_of_report(text, each, published)
    ]
    with_year: dict[tuple[int, int], Days] = {}
    for mention, days in mentions:
        if YEAR.search(text, mention.start, mention.end):
            # A whole year or month tells no day.
            if days.first.day == (days.last + timedelta(1)).day == 1:
                continue
            for day in (days.first, days.last):
                with_year.setdefault((day.month, day.day), Days(day, day))
    return [
        (mention.start, _with_its_year(days, with_year, bool(YEAR.search(text, mention.start, mention.end))))
        for mention, days in mentions
    ]


def _is_of_report(text: str, mention: TimeMention, published: date | None) -> bool:
    """Whether it is the day in the dateline, on which the report was sent: what it tells may be of another."""
    if published is None or mention.days != Days(published, published):
        return False
    dateline = DATELINE.match(text, text.rfind("\n", 0, mention.start) + 1)
    return dateline is not None and mention.end <= dateline.end()


def _only_compares(text: str, start: int) -> bool:
    """Whether a time at ``start`` only says how long ago the like was seen, or of when a figure compared with is."""
    before = text[max(0, start - LOOKED_BACK) : start]
    return bool((SINCE.match(text, start) and COMPARES.search(before)) or AGAINST.search(before))


def _with_its_year(days: Days, with_year: dict[tuple[int, int], Days], has_year: bool) -> Days:
    if has_year or days.first != days.last:
        return days
    return with_year.get((days.first.month, days.first.day), days)


def sentences_touching(article: Article, start: int, end: int) -> list[Sentence]:
    """The sentences of which any part lies in ``article.text[start:end]``."""
    return [each for each in sentences_of(article) if each.start < end and start < each.end]


def sentence_after(article: Article, end: int) -> Span | None:
    """The sentence of the same paragraph that begins behind ``end``, if there is one."""
    line = article.text.find("\n", end)
    return next(iter(sentences(article.text, end, len(article.text) if line < 0 else line)), None)


def sentence_before(article: Article, start: int) -> Span | None:
    """The sentence of the same paragraph that ends before ``start``, if there is one."""
    line = article.text.rfind("\n", 0, start) + 1
    return next(reversed(sentences(article.text, line, start)), None)


def best_event(events: tuple[Days, ...], window: Days | None) -> Days | None:
    """The event to show for a passage: the first that touches the window, else the first."""
    if window is not None:
        return next((days for days in events if days.overlaps(window)), None)
    return events[0] if events else None


def told_within(days: Days, window: Days) -> bool:
    """Whether what took those days can be told of the window.

    A long range, such as "since April", says little about one day in it: it counts where it begins in the window,
    or where the window is most of it.
    """
    if not days.overlaps(window):
        return False
    length = (days.last - days.first).days + 1
    common = (min(days.last, window.last) - max(days.first, window.first)).days + 1
    return length <= LONG_DAYS or window.first <= days.first or 2 * common >= length


def sentence_fit(sentence: Sentence, article: Article, window: Days | None) -> Fit:
    """Whether ``sentence`` belongs to ``window``."""
    found = fit(sentence.events, article.published, window)
    if found is Fit.INSIDE and window is not None and sentence.events:
        return Fit.INSIDE if any(told_within(days, window) for days in sentence.events) else Fit.OUTSIDE
    return found
