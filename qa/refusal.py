"""What is said when the stored articles don't answer: what was looked at, and what comes nearest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from qa.answer import Answer, Passage, Reason
from qa.phrases import count, days_in_words, months_in_words, say, spoken
from vectorstore.passages import LONG_DAYS
from vectorstore.records import Days, Holdings

MOST_NEAREST = 3
MOST_OUTLETS = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at in vain: all that is held, the passages that come nearest, and what the question supposes.

    ``unknown`` are names that no article holds, ``together`` names that no passage brings together. ``held`` is
    false where words were asked about that no article holds. ``no_outlet`` is an outlet asked for that has no
    article here.
    """

    holdings: Holdings
    nearest: Sequence[Passage] = ()
    unknown: Sequence[str] = ()
    together: Sequence[str] = ()
    held: bool = True
    no_outlet: str = ""


def refusal(blank: Answer, reason: Reason, looked: Looked) -> Answer:
    """``blank`` as an answer that declines, with what was looked at and what the question supposes wrongly.

    Outside a window, the nearest passages are the nearest in time, and all tell when the same happened.
    """
    language = blank.language
    if looked.no_outlet:
        return replace(blank, text=_no_outlet(looked, language), reason=reason)
    days = days_in_words(blank.window.days, language) if blank.window else ""
    said = reason if looked.held else "not_held"
    lines = [say(said, language, looked=looked_at(looked.holdings, language), days=days)]
    lines += [say("unknown_name", language, name=name) for name in looked.unknown]
    if looked.together and not looked.unknown:
        lines.append(say("not_together", language, names=", ".join(f"“{name}”" for name in looked.together)))
    nearest = looked.nearest
    if reason == "outside_window" and blank.window:
        lines.append(say("elsewhere", language, days=_told_months(nearest, language)))
        nearest = sorted(nearest, key=partial(_away, window=blank.window.days))
    if blank.undated:
        lines.append(say("undated", language, passages=count("passages", len(blank.undated), language)))
    return replace(blank, text=" ".join(lines), reason=reason, nearest=tuple(nearest[:MOST_NEAREST]))


def _no_outlet(looked: Looked, language: str) -> str:
    """That the outlet isn't stored, and those that are, those of most articles first."""
    outlets = looked.holdings.outlets
    comma = "، " if spoken(language) == "ar" else ", "
    told = comma.join(f"{name} ({number})" for name, number in outlets[:MOST_OUTLETS])
    more = comma + "…" if len(outlets) > MOST_OUTLETS else ""
    return say("no_outlet", language, outlet=looked.no_outlet, outlets=told + more)


def looked_at(holdings: Holdings, language: str) -> str:
    """How many articles there are, between which days they were published, and how many are undated."""
    number = count("articles", holdings.articles, language)
    if not holdings.published:
        return say("undated_articles", language, articles=number)
    return say(
        "span_some" if holdings.undated else "span",
        language,
        articles=number,
        days=days_in_words(holdings.published, language),
        undated=str(holdings.undated),
    )


def _told_months(passages: Sequence[Passage], language: str) -> str:
    """The months in which the passages say it happened, else were published; of long ranges the years."""
    days = [each for passage in passages if (each := days_of(passage))]
    months = {
        (day.year, day.month if (each.last - each.first).days <= LONG_DAYS else 0)
        for each in days
        for day in (each.first, each.last)
    }
    return months_in_words(months, language)


def days_of(passage: Passage) -> Days | None:
    """When what a passage tells happened, else when it was published; none where neither is known."""
    published = passage.article.published
    return passage.event or (Days(published, published) if published else None)


def _away(passage: Passage, window: Days) -> int:
    """How many days lie between a passage's and the window."""
    days = days_of(passage)
    if days is None:
        return date.max.toordinal()
    gaps = (
        days.first.toordinal() - window.last.toordinal(),
        window.first.toordinal() - days.last.toordinal(),
    )
    return max(*gaps, 0)
