"""An answer of the contract → its message in the chat: what was understood, answer, lists, how it was made."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

from qa.app.chips import chips
from qa.app.dated import overview
from qa.app.dates import written
from qa.app.footnotes import footnoted
from qa.app.markup import direction, escape, isolated, side, tag, words
from qa.app.prose import prose
from qa.app.words import count, say, spoken

Json = Mapping[str, Any]


LONGEST_SHOWN = 400
"""Characters of a question that are shown before a click."""
REASONS = ("wrong_source", "wrong_date", "incomplete", "off_topic")
"""Why an answer may displease; each is a word of the page too."""


def question(text: str, turn: int, language: str) -> str:
    """The message that holds what was asked, with the link ``#edit-TURN``."""
    lines = "<br>".join(escape(line) for line in text.strip().splitlines())
    asked = tag("div", lines, class_="asked", dir=direction(text))
    if len(text) > LONGEST_SHOWN:
        asked = _folded(text, lines, language)
    return tag("div", _tool("edit", f"#edit-{turn}", language) + asked, class_="question", dir=side(language))


def _folded(text: str, lines: str, language: str) -> str:
    """A long question: its beginning, which a click opens to the whole."""
    begun = words("span", shorten(text, LONGEST_SHOWN, placeholder="…"), class_="begun")
    more = tag("span", escape(say(language, "whole_question")), class_="more", dir=side(language))
    less = tag("span", escape(say(language, "less_question")), class_="less", dir=side(language))
    return tag(
        "details", tag("summary", begun + more + less) + lines, class_="asked long", dir=direction(text)
    )


def waiting(language: str) -> str:
    """The message before the first words of an answer."""
    return tag("div", escape(say(language, "looking")), class_="waiting")


def problem(text: str, turn: int = 0, language: str = "") -> str:
    """The message for something that went wrong: ``text`` is one line for the user.

    Where ``turn`` is given, a link asks its question again.
    """
    offer = tag("p", _again(turn, language), class_="offers", dir=side(language)) if turn else ""
    return words("div", text, class_="problem") + offer


def stopped(turn: int, language: str) -> str:
    """What is put under an answer that the user stopped, with the link that asks again."""
    told = tag("span", escape(say(language, "stopped")))
    return tag("div", f"{told} {_again(turn, language)}", class_="stopped", dir=side(language))


def _again(turn: int, language: str) -> str:
    return tag("a", escape(say(language, "tool_retry")), href=f"#retry-{turn}", class_="offer")


def answer(
    told: Json, turn: int, page_language: str, options: Json | None = None, verdict: str | None = None
) -> str:
    """The message for an answer, growing or complete, as one line of HTML.

    Its own words are in the answer's language where the page speaks it. Links are ``#src-TURN-N`` for
    citations, ``#near-TURN-I`` and ``#undated-TURN-I`` for passages of the two lists, counted from 1. ``options`` are
    what was asked besides the question, ``verdict`` what the reader thought of the answer.
    """
    language = spoken(told.get("language"), page_language)
    complete = bool(told.get("timings_ms"))
    parts = [
        _notice(told.get("notice")),
        chips(told, options or {}, turn, language),
        tag("div", prose(told, turn, language), class_="refusal" if told.get("abstained") else "answer"),
        _wider(told, turn, language),
        overview(told, turn, language) if complete else "",
        _passages(
            told.get("nearest") or (),
            "nearest" if told.get("abstained") else "next_nearest",
            f"near-{turn}",
            language,
        ),
        _passages(told.get("undated") or (), "undated_passages", f"undated-{turn}", language),
        _foot(told, turn, page_language, language, verdict) if complete else "",
    ]
    return tag("div", "".join(parts), class_="told", dir=side(language), lang=language)


def _notice(notice: str | None) -> str:
    return words("p", notice, class_="notice") if notice else ""


def _wider(told: Json, turn: int, language: str) -> str:
    """The way out where only the window stands between the question and an answer."""
    if told.get("reason") != "outside_window":
        return ""
    return tag(
        "p",
        tag("a", escape(say(language, "ask_any_time")), href=f"#drop-{turn}-window", class_="offer"),
        class_="offers",
    )


def _passages(passages: Sequence[Json], title: str, kind: str, language: str) -> str:
    """A list that opens on a click; the first is the likeliest."""
    if not passages:
        return ""
    summary = tag("summary", f"{escape(say(language, title))} · {len(passages)}")
    items = "".join(
        tag("li", _passage(passage, f"#{kind}-{i}", language)) for i, passage in enumerate(passages, start=1)
    )
    return tag("details", summary + tag("ul", items), class_="passages")


def _passage(passage: Json, href: str, language: str) -> str:
    about = [
        passage.get("title") or say(language, "untitled"),
        passage.get("source") or say(language, "no_outlet"),
    ]
    line = " · ".join([*map(isolated, about), isolated(written(passage.get("published"), language))])
    quote = words("span", passage["quote"], class_="quote")
    return tag("a", tag("span", line, class_="meta") + quote, href=href, class_="passage")


def _foot(told: Json, turn: int, page_language: str, language: str, verdict: str | None) -> str:
    """How the answer was made, in small print, and what can be done with it."""
    tools = [
        _tool("copy", f"#copy-{turn}", page_language),
        _tool("retry", f"#retry-{turn}", page_language),
        _tool("up", f"#up-{turn}", page_language, chosen=verdict == "up"),
        _tool("down", f"#down-{turn}", page_language, chosen=verdict in ("down", *REASONS)),
    ]
    bar = tag("div", "".join(tools), class_="tools", dir=side(page_language))
    text = tag("div", "".join(tag("p", escape(line)) for line in footnoted(told, language)), class_="kept")
    made = tag("p", _made(told, language), class_="made")
    return tag("div", made + bar + text, class_="foot") + _reasons(turn, page_language, verdict)


def _tool(name: str, href: str, language: str, *, chosen: bool = False) -> str:
    label = say(language, f"tool_{name}")
    kind = f"tool {name} chosen" if chosen else f"tool {name}"
    return tag("a", tag("span", escape(label), class_="unseen"), href=href, class_=kind, title=label)


def _reasons(turn: int, language: str, verdict: str | None) -> str:
    """What was wrong, to choose from once an answer was found wanting."""
    if verdict not in ("down", *REASONS):
        return ""
    asked = tag("span", escape(say(language, "what_was_wrong" if verdict == "down" else "noted")))
    links = [
        tag(
            "a",
            escape(say(language, reason)),
            href=f"#why-{turn}-{reason}",
            class_="reason chosen" if reason == verdict else "reason",
        )
        for reason in REASONS
    ]
    return tag("div", asked + "".join(links), class_="reasons", dir=side(language), lang=language)


def _made(told: Json, language: str) -> str:
    parts = [count(language, "considered", told.get("articles_considered") or 0)]
    if not told.get("abstained"):
        parts.insert(0, _maker(told, language))
    return " · ".join(map(escape, parts))


def _maker(told: Json, language: str) -> str:
    if told.get("mode") != "llm":
        return say(language, "verbatim")
    return say(language, "written_by", model=told["model"]) if told.get("model") else say(language, "written")
