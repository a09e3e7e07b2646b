"""The panel beside the chat: a card a citation, with the words around it.

A card's one link lies over all of it (``page.css``), so that the links to other outlets can stand beside it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from qa.app.dates import period, written
from qa.app.key_words import in_quote, set_off
from qa.app.markup import direction, elsewhere, escape, isolated, side, tag, web_address, words
from qa.app.words import say

Json = Mapping[str, Any]
Around = Callable[[Any], tuple[str, str]]
"""The words before and after a citation's quotation."""


def _nothing(_citation: Json) -> tuple[str, str]:
    return "", ""


def sources(told: Json | None, turn: int, language: str, around: Around = _nothing) -> str:
    """The cards of an answer's citations, each a link ``#src-TURN-N``; a hint where there is no answer yet."""
    heading = tag("h2", escape(say(language, "sources")))
    if told is None:
        return _panel(heading, _hint("no_sources_yet", language), language)
    asked = words("p", told["question"], class_="for")
    cards = [
        tag("li", _card(citation, turn, language, around(citation)))
        for citation in told.get("citations") or ()
    ]
    shown = tag("ol", "".join(cards), class_="cards") if cards else _hint("no_sources", language)
    return _panel(heading, asked + shown, language)


def _panel(heading: str, content: str, language: str) -> str:
    return tag("div", heading + content, class_="sources", dir=side(language), lang=language)


def _hint(key: str, language: str) -> str:
    return tag("p", escape(say(language, key)), class_="empty")


def _card(citation: Json, turn: int, language: str, around: tuple[str, str]) -> str:
    number = tag("span", escape(citation["n"]), class_="number")
    outlet = tag("span", isolated(citation.get("source") or say(language, "no_outlet")), class_="outlet")
    head = tag("span", number + outlet + _date(citation, language), class_="head")
    title = words(
        "a",
        citation.get("title") or say(language, "untitled"),
        href=f"#src-{turn}-{citation['n']}",
        class_="title",
        title=say(language, "open_source", n=citation["n"]),
    )
    quote = _quote(citation, *around)
    parts = [
        head,
        title,
        quote,
        _event(citation, language),
        _also_in(citation, language),
        _support(citation, language),
    ]
    return tag("div", "".join(parts), class_="card")


def _quote(citation: Json, before: str, after: str) -> str:
    """The quoted words, set off from those around them."""
    quote = citation["quote"]
    parts = [
        tag("span", escape(before), class_="around") if before else "",
        tag("span", set_off(quote, in_quote(citation)), class_="said"),
        tag("span", escape(after), class_="around") if after else "",
    ]
    return tag("span", " ".join(filter(None, parts)), class_="quote", dir=direction(quote))


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
    links = (_elsewhere(other, citation["article_id"], language) for other in others)
    named = ", ".join(dict.fromkeys(links))
    return tag("span", f"{escape(say(language, 'also_in'))}: {named}", class_="also")


def _elsewhere(other: Json, article_id: str, language: str) -> str:
    """Another outlet: a link to its page, else to its own stored article, else its name alone."""
    name = other.get("source") or say(language, "no_outlet")
    if web_address(other.get("url")) is None and other.get("article_id", article_id) != article_id:
        return tag("a", isolated(name), href=f"#article-{other['article_id']}", class_="elsewhere")
    return elsewhere(name, other.get("url"), class_="elsewhere")


def _support(citation: Json, language: str) -> str:
    support = citation.get("support")
    if support not in ("supported", "partial", "unsupported"):
        return ""
    return tag("span", escape(say(language, support)), class_=f"badge {support}")
