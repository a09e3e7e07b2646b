"""The words of a quotation that answer: where they stand in article and answer, and how they are set off."""

from collections.abc import Mapping
from typing import Any

from qa.app.markup import escape, tag
from qa.compose import escaped

Json = Mapping[str, Any]
Place = tuple[int, int]
"""From the first character to the one after the last."""


def set_off(text: str, place: Place | None) -> str:
    """``text`` as HTML, with the words at ``place`` in ``<b class="key">``; as it is where they don't lie in it."""
    start, end = place or (0, 0)
    if not 0 <= start < end <= len(text):
        return escape(text)
    return escape(text[:start]) + key(text[start:end]) + escape(text[end:])


def key(text: str) -> str:
    """``text`` as words that answer."""
    return tag("b", escape(text), class_="key")


def in_quote(citation: Json) -> Place | None:
    """Where the words stand in the citation's quotation; null where none are told, or not in it."""
    told = citation.get("highlight")
    if not told or not 0 <= told["start"] < told["end"] <= len(citation["quote"]):
        return None
    return told["start"], told["end"]


def in_article(citation: Json) -> Place | None:
    """Where the words stand in the article's text."""
    place = in_quote(citation) if "quote" in citation else None
    return (citation["start"] + place[0], citation["start"] + place[1]) if place else None


def in_sentence(text: str, sentence: Json, citations: Mapping[int, Json]) -> Place | None:
    """Where the words stand in the answer ``text``, if ``sentence`` quotes the one citation that it names."""
    cited = citations.get(sentence["cites"][0]) if len(sentence.get("cites") or ()) == 1 else None
    place = in_quote(cited) if cited else None
    if cited is None or place is None:
        return None
    quote, (start, end) = cited["quote"], place
    at = text.find(escaped(quote), sentence["start"], sentence["end"])
    words = escaped(quote[start:end])
    # A letter behind the words before keeps the space that stands between.
    first = at + len(escaped(quote[:start] + "x")) - 1
    found = at >= 0 and text.startswith(words, first)
    return (first, first + len(words)) if found else None
