"""What is said when the stored articles don't answer: what was looked at, and what comes nearest."""

from collections.abc import Sequence
from dataclasses import replace

from qa.answer import Answer, Passage, Reason
from qa.phrases import count, days_in_words, say
from vectorstore.records import Article, Days


def refusal(
    blank: Answer,
    reason: Reason,
    articles: Sequence[Article],
    nearest: Sequence[Passage],
    unknown: Sequence[str],
) -> Answer:
    """``blank`` as an answer that declines, with what was looked at.

    ``nearest`` are passages to show; outside a window they also tell when the same happened. ``unknown`` are
    names that no article holds.
    """
    language = blank.language
    days = days_in_words(blank.window.days, language) if blank.window else ""
    lines = [say(reason, language, looked=looked_at(articles, language), days=days)]
    lines += [say("unknown_name", language, name=name) for name in unknown]
    told = _told_years(nearest) if reason == "outside_window" else ""
    if told:
        lines.append(say("elsewhere", language, days=told))
    if blank.undated:
        lines.append(say("undated", language, passages=count("passages", len(blank.undated), language)))
    return replace(blank, text=" ".join(lines), reason=reason, nearest=tuple(nearest))


def looked_at(articles: Sequence[Article], language: str) -> str:
    """How many articles there are, between which days they were published, and how many are undated."""
    number = count("articles", len(articles), language)
    published = sorted(each.published for each in articles if each.published)
    if not published:
        return say("undated_articles", language, articles=number)
    undated = len(articles) - len(published)
    return say(
        "span_some" if undated else "span",
        language,
        articles=number,
        days=days_in_words(Days(published[0], published[-1]), language),
        undated=str(undated),
    )


def _told_years(nearest: Sequence[Passage]) -> str:
    """The years in which the nearest passages say it happened, else were published."""
    years = set()
    for each in nearest:
        published = each.article.published
        if each.event:
            years |= {each.event.first.year, each.event.last.year}
        elif published:
            years.add(published.year)
    return ", ".join(str(year) for year in sorted(years))
