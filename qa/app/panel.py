"""The panel beside the chat: a card a citation, and the reader of an article with the quoted words marked."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from qa.app.dates import period, written
from qa.app.markup import direction, escape, isolated, tag, web_address, words
from qa.app.words import NAMES, say

Json = Mapping[str, Any]


def sources(told: Json | None, turn: int, language: str) -> str:
    """The cards of an answer's citations, each a link ``#src-TURN-N``; a hint where there is no answer yet."""
    heading = tag("h2", escape(say(language, "sources")))
    if told is None:
        return _panel(heading, _hint("no_sources_yet", language), language)
    asked = words("p", told["question"], class_="for")
    cards = [tag("li", _card(citation, turn, language)) for citation in told.get("citations") or ()]
    shown = tag("ol", "".join(cards), class_="cards") if cards else _hint("no_sources", language)
    return _panel(heading, asked + shown, language)


def _panel(heading: str, content: str, language: str) -> str:
    return tag("div", heading + content, class_="sources", dir=side(language), lang=language)


def side(language: str) -> str:
    """The direction of the page's own words."""
    return "rtl" if language == "ar" else "ltr"


def _hint(key: str, language: str) -> str:
    return tag("p", escape(say(language, key)), class_="empty")


def _card(citation: Json, turn: int, language: str) -> str:
    number = tag("span", escape(citation["n"]), class_="number")
    outlet = tag("span", isolated(citation.get("source") or say(language, "no_outlet")), class_="outlet")
    head = tag("span", number + outlet + _date(citation, language), class_="head")
    title = words("span", citation.get("title") or say(language, "untitled"), class_="title")
    quote = words("span", citation["quote"], class_="quote")
    parts = [
        head,
        title,
        quote,
        _event(citation, language),
        _also_in(citation, language),
        _support(citation, language),
    ]
    hint = say(language, "open_source", n=citation["n"])
    return tag("a", "".join(parts), href=f"#src-{turn}-{citation['n']}", class_="card", title=hint)


def _date(citation: Json, language: str) -> str:
    published = citation.get("published")
    kind = "date" if published else "date undated"
    return tag("span", isolated(written(published, language)), class_=kind)


def _event(citation: Json, language: str) -> str:
    event = citation.get("event")
    if not event:
        return ""
    return tag("span", escape(say(language, "event", days=period(event, language))), class_="event")


def _also_in(citation: Json, language: str) -> str:
    others = citation.get("also_in") or ()
    if not others:
        return ""
    named = ", ".join(isolated(other.get("source") or say(language, "no_outlet")) for other in others)
    return tag("span", f"{escape(say(language, 'also_in'))}: {named}", class_="also")


def _support(citation: Json, language: str) -> str:
    support = citation.get("support")
    if support not in ("supported", "partial", "unsupported"):
        return ""
    return tag("span", escape(say(language, support)), class_=f"badge {support}")


def reader(article: Json, quoted: tuple[int, int] | None, language: str) -> str:
    """An article as ``show`` gives it, with ``quoted`` (places in its text) in ``<mark>``."""
    title = words("h2", article.get("title") or say(language, "untitled"))
    parts = [title, _about(article, language), _warnings(article, quoted, language)]
    parts += [_text(article, quoted), _removed(article.get("removed") or (), language)]
    return tag("div", "".join(parts), class_="read", dir=side(language), lang=language)


def unreadable(message: str, language: str) -> str:
    """The reader's content when the article can't be shown: ``message`` is one line for the user."""
    return tag("div", words("p", message, class_="problem"), class_="read", dir=side(language), lang=language)


def _about(article: Json, language: str) -> str:
    """The line of metadata under the title."""
    evidence = article.get("published_from")
    published = isolated(written(article.get("published"), language))
    if evidence:
        published += " " + tag(
            "span", escape(f"({say(language, f'evidence_{evidence}')})"), class_="evidence"
        )
    facts = [isolated(article.get("source") or say(language, "no_outlet")), published]
    if article.get("author"):
        facts.append(isolated(article["author"]))
    if article.get("language") in NAMES:
        facts.append(isolated(NAMES[article["language"]]))
    address = web_address(article.get("url"))
    if address:
        label = escape(say(language, "original"))
        facts.append(
            tag("a", label, href=address, target="_blank", rel="noopener noreferrer", class_="original")
        )
    return tag("p", " · ".join(facts), class_="about") + _appearances(
        article.get("appearances") or (), language
    )


def _appearances(appearances: Sequence[Json], language: str) -> str:
    if not appearances:
        return ""
    named = ", ".join(isolated(each.get("source") or say(language, "no_outlet")) for each in appearances)
    return tag("p", f"{escape(say(language, 'also_appeared'))}: {named}", class_="about")


def _warnings(article: Json, quoted: tuple[int, int] | None, language: str) -> str:
    told = []
    if is_older(article):
        told.append("older_version")
    if quoted and not 0 <= quoted[0] < quoted[1] <= len(article["text"]):
        told.append("quote_gone")
    return "".join(tag("p", escape(say(language, key)), class_="notice") for key in told)


def is_older(article: Json) -> bool:
    """Whether a newer version of the article is stored."""
    versions = article.get("versions") or ()
    newest = max(versions, key=lambda each: each["ingested_at"], default=None)
    return newest is not None and newest["version"] != article["version"]


def _text(article: Json, quoted: tuple[int, int] | None) -> str:
    """The paragraphs, each in its own direction."""
    lines = article["text"].split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    start, end = quoted or (0, 0)
    paragraphs = [
        tag("p", _marked(line, start - at, end - at), dir=direction(line))
        for line, at in zip(lines, starts, strict=False)
        if line.strip()
    ]
    return tag("div", "".join(paragraphs), class_="text", lang=article.get("language"))


def _marked(line: str, start: int, end: int) -> str:
    """``line`` with its part of ``start`` to ``end`` marked, if it has one."""
    start, end = max(start, 0), min(end, len(line))
    if start >= end:
        return escape(line)
    return escape(line[:start]) + tag("mark", escape(line[start:end])) + escape(line[end:])


def _removed(removed: Sequence[Json], language: str) -> str:
    if not removed:
        return ""
    summary = tag("summary", f"{escape(say(language, 'removed'))} · {len(removed)}")
    hint = tag("p", escape(say(language, "removed_hint")), class_="hint")
    rows = "".join(
        tag("li", tag("span", escape(each["why"]), class_="why") + words("span", each["line"], class_="line"))
        for each in removed
    )
    return tag("details", summary + hint + tag("ul", rows), class_="removed")
