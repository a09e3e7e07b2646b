"""What was understood of a question, as chips that can be changed or taken off."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.app.dates import period
from qa.app.markup import escape, isolated, tag, words
from qa.app.words import say

Json = Mapping[str, Any]

ANY_TIME = {"date_from": "0001-01-01", "date_to": "9999-12-31"}
"""The options that take off a window which the question's own words name."""


def chips(told: Json, options: Json, turn: int, language: str) -> str:
    """The chips of a turn: ``#change-TURN`` opens the fields, ``#drop-TURN-WHAT`` asks again without one."""
    pills = [
        *_rewritten(told, language),
        *_window(told.get("window"), turn, language),
        *_people(told.get("people") or (), turn, language),
        *_outlet(options.get("source"), turn, language),
    ]
    if not pills:
        return ""
    label = tag("span", escape(say(language, "understood")), class_="label")
    return tag("div", " ".join([label, *pills]), class_="understood")


def _rewritten(told: Json, language: str) -> list[str]:
    rewritten = told.get("rewritten")
    if not rewritten or rewritten.strip() == str(told.get("question", "")).strip():
        return []
    return [tag("span", isolated(say(language, "asked_as", question=rewritten)), class_="pill rewritten")]


def _window(window: Json | None, turn: int, language: str) -> list[str]:
    if not window:
        return []
    told = isolated(period(window, language))
    source = window.get("understood_from") or ""
    if source and not source.startswith("--"):  # what came from the fields needs no explanation
        told += " " + tag("span", isolated(say(language, "from_words", words=source)), class_="hint")
    return [_pill("window", told, turn, "window", language)]


def _people(people: Sequence[Json], turn: int, language: str) -> list[str]:
    return [
        _pill("person", _spelled(person, turn, number, language), turn, f"person-{number}", language)
        if person.get("matched")
        else tag(
            "span",
            isolated(say(language, "spelled_none", asked=person["asked"])),
            class_="pill person missing",
        )
        for number, person in enumerate(people, start=1)
    ]


def _spelled(person: Json, turn: int, number: int, language: str) -> str:
    """The name asked and its spellings, each of which can be left out where there are several."""
    matched, hint = person["matched"], say(language, "leave_out")
    if len(matched) < 2:
        return isolated(say(language, "spelled", asked=person["asked"], matched=matched[0]))
    links = [
        words("a", each, href=f"#drop-{turn}-spelling-{number}-{at}", class_="spelling", title=hint)
        for at, each in enumerate(matched, start=1)
    ]
    told = escape(say(language, "spelled", asked=person["asked"], matched=""))
    return f"{tag('span', told)} " + (" · ".join(f"<bdi>{link}</bdi>" for link in links))


def _outlet(source: str | None, turn: int, language: str) -> list[str]:
    if not source:
        return []
    told = isolated(say(language, "only_outlet", outlet=source))
    return [_pill("outlet", told, turn, "source", language)]


def _pill(kind: str, told: str, turn: int, what: str, language: str) -> str:
    change = tag("a", told, href=f"#change-{turn}", class_="value", title=say(language, "change"))
    if kind == "person":  # its spellings are links of their own
        change = tag("span", told, class_="value")
    unseen = tag("span", escape(say(language, "take_off")), class_="unseen")
    off = tag("a", unseen, href=f"#drop-{turn}-{what}", class_="off", title=say(language, "take_off"))
    return tag("span", change + off, class_=f"pill {kind}")
