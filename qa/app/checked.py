"""What the Check tab shows: an answer's sentences with what carries them, and whether its quotations still stand."""

from collections.abc import Mapping
from typing import Any

from qa.app.markup import escape, side, tag
from qa.app.prose import prose
from qa.app.words import count, say

Json = Mapping[str, Any]
_SUPPORTS = ("supported", "partial", "unsupported")


def report(text: str, told: Json, language: str) -> str:
    """The report of ``verify`` on the answer ``text``, with its marks beside the sentences they belong to."""
    verdict = "all_stands" if told["ok"] else "not_all_stands"
    head = tag("p", escape(say(language, verdict)), class_="verdict good" if told["ok"] else "verdict bad")
    shown = prose({"answer": text, "sentences": told["sentences"], "citations": []}, 0, language)
    parts = [
        head,
        _amounts(told, language),
        tag("div", shown, class_="told answer"),
        _citations(told, language),
    ]
    return tag("div", "".join(parts), class_="checked", dir=side(language), lang=language, role="status")


def _amounts(told: Json, language: str) -> str:
    """How many sentences are carried, in part, and not."""
    badges = []
    for support in _SUPPORTS:
        n = sum(each["support"] == support for each in told["sentences"])
        if n:
            label = f"{count(language, 'sentences', n)}: {say(language, support)}"
            badges.append(tag("span", escape(label), class_=f"badge {support}"))
    return tag("p", " ".join(badges))


def _citations(told: Json, language: str) -> str:
    if not told["citations"]:
        return ""
    keys = ("source_short", "quote_stands", "version_newest", "carries")
    head = "".join(tag("th", escape(say(language, key)), scope="col") for key in keys)
    rows = "".join(_row(each, language) for each in told["citations"])
    return tag("table", tag("thead", tag("tr", head)) + tag("tbody", rows))


def _row(citation: Json, language: str) -> str:
    support = citation["support"] if citation["support"] in _SUPPORTS else "unsupported"
    cells = [
        escape(f"[{citation['n']}]"),
        _yes_no(citation["valid"], language),
        _yes_no(citation["current"], language),
        tag("span", escape(say(language, support)), class_=f"badge {support}"),
    ]
    return tag("tr", "".join(tag("td", cell) for cell in cells))


def _yes_no(value: object, language: str) -> str:
    return tag("span", escape(say(language, "yes" if value else "no")), class_="yes" if value else "no")
