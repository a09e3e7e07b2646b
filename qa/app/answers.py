"""An answer of the contract → its message in the chat: what was understood, answer, lists, how it was made."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.app.dates import period, written
from qa.app.markup import direction, escape, isolated, tag, words
from qa.app.prose import prose
from qa.app.words import count, say, spoken

Json = Mapping[str, Any]


def question(text: str) -> str:
    """The message that holds what was asked."""
    lines = "<br>".join(escape(line) for line in text.strip().splitlines())
    return tag("div", lines, class_="asked", dir=direction(text))


def waiting(language: str) -> str:
    """The message before the first words of an answer."""
    return tag("div", escape(say(language, "looking")), class_="waiting")


def problem(text: str) -> str:
    """The message for something that went wrong: ``text`` is one line for the user."""
    return words("div", text, class_="problem")


def stopped(language: str) -> str:
    """What is put under an answer that the user stopped."""
    return tag("div", escape(say(language, "stopped")), class_="stopped")


def answer(told: Json, turn: int, page_language: str) -> str:
    """The message for an answer, growing or complete, as one line of HTML.

    Its own words are in the answer's language where the page speaks it. Links are ``#src-TURN-N`` for
    citations, ``#near-TURN-I`` and ``#undated-TURN-I`` for passages of the two lists, counted from 1.
    """
    language = spoken(told.get("language"), page_language)
    parts = [
        _notice(told.get("notice")),
        _understood(told, language),
        tag("div", prose(told, turn, language), class_="refusal" if told.get("abstained") else "answer"),
        _passages(told.get("nearest") or (), "nearest", f"near-{turn}", language),
        _passages(told.get("undated") or (), "undated_passages", f"undated-{turn}", language),
        _made(told, language),
    ]
    side = "rtl" if language == "ar" else "ltr"
    return tag("div", "".join(parts), class_="told", dir=side, lang=language)


def _notice(notice: str | None) -> str:
    return words("p", notice, class_="notice") if notice else ""


def _understood(told: Json, language: str) -> str:
    pills = [*_window_pill(told.get("window"), language), *_people_pills(told.get("people") or (), language)]
    rewritten = told.get("rewritten")
    if rewritten and rewritten.strip() != str(told.get("question", "")).strip():
        pills.insert(0, _pill("rewritten", say(language, "asked_as", question=rewritten)))
    if not pills:
        return ""
    label = tag("span", escape(say(language, "understood")), class_="label")
    return tag("div", " ".join([label, *pills]), class_="understood")


def _window_pill(window: Json | None, language: str) -> list[str]:
    if not window:
        return []
    hint = (
        say(language, "from_words", words=window["understood_from"])
        if window.get("understood_from")
        else None
    )
    return [_pill("window", period(window, language), hint)]


def _people_pills(people: Sequence[Json], language: str) -> list[str]:
    return [
        _pill(
            "person",
            say(language, "spelled", asked=person["asked"], matched=_listed(person["matched"], language)),
        )
        if person.get("matched")
        else _pill("person missing", say(language, "spelled_none", asked=person["asked"]))
        for person in people
    ]


def _listed(names: Sequence[str], language: str) -> str:
    return ("، " if language == "ar" else ", ").join(names)


def _pill(kind: str, text: str, hint: str | None = None) -> str:
    shown = isolated(text) + (f" {tag('span', isolated(hint), class_='hint')}" if hint else "")
    return tag("span", shown, class_=f"pill {kind}")


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


def _made(told: Json, language: str) -> str:
    """How the answer was made, in small print; nothing while it grows."""
    if not told.get("timings_ms"):
        return ""
    parts = [count(language, "considered", told.get("articles_considered") or 0)]
    if not told.get("abstained"):
        parts.insert(0, _maker(told, language))
    return tag("p", " · ".join(map(escape, parts)), class_="made")


def _maker(told: Json, language: str) -> str:
    if told.get("mode") != "llm":
        return say(language, "verbatim")
    return say(language, "written_by", model=told["model"]) if told.get("model") else say(language, "written")
