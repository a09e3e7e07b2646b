"""The options that several commands share, and the checks that come before any work is begun."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from vectorstore.errors import BadDate, BadSetting, NotFound, UserError

AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Print JSON alone.")]
Published = Annotated[str | None, typer.Option(metavar="DATE", help="Publication date, such as 2024-10-03.")]
Outlet = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Name of the outlet.")]
OnlySource = Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only this outlet.")]
From = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Nothing before: 2024-10-03, 2024-10 or 2024.")
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Nothing after, written likewise.")]
ArticleId = Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="As 'isnad articles' lists it.")]


def check_dates(**dates: str | None) -> None:
    """Raise ``BadDate`` for an option (``as_of`` stands for ``--as-of``) that isn't a date."""
    for name, date in dates.items():
        if date is not None:
            _check_date(f"--{name.removeprefix('date_').replace('_', '-')}", date)


def _check_date(option: str, date: str) -> None:
    from vectorstore.times import parse_days

    try:
        parse_days(date)
    except BadDate as error:
        raise BadDate(f"{option}: {error}") from error


def check_words(text: str, what: str) -> str:
    """``text`` where there is something in it that can be searched for. Raises ``UserError``."""
    if not text.strip():
        raise UserError(f"the {what} is empty: write what you want to know")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UserError(f"the {what} isn't valid UTF-8: check the terminal's encoding")
    return text


def check_llm(llm: str | None) -> None:
    """Raise ``BadSetting`` where ``--llm`` is neither ``none`` nor ``provider:model``."""
    from qa import settings

    if llm is None:
        return
    try:
        settings.check_llm(llm)
    except ValueError as error:
        raise BadSetting(f"--llm {llm} can't be used: it takes {error}") from error


def read_history(path: Path | None) -> list[dict[str, str]] | None:
    """The earlier turns in ``path``, oldest first. Raises ``NotFound`` or ``BadSetting``."""
    if path is None:
        return None
    try:
        turns = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotFound(f"--history {path} can't be read ({error.strerror}): check the path") from error
    except (ValueError, RecursionError) as error:
        raise _bad_history(path, "it isn't JSON") from error
    if not isinstance(turns, list):
        raise _bad_history(path, "it isn't a list")
    return [_turn(path, number, turn) for number, turn in enumerate(turns, start=1)]


def read_people(given: list[str] | None) -> list[dict[str, Any]] | None:
    """The names of ``NAME=SPELLING,SPELLING``, each with the spellings to look for. Raises ``BadSetting``."""
    if not given:
        return None
    people = []
    for each in given:
        name, parted, spellings = each.partition("=")
        if not parted or not name.strip():
            raise BadSetting(
                f"--person {each} isn't NAME=SPELLING,SPELLING; with none after = the name is left out"
            )
        matched = [spelling.strip() for spelling in spellings.replace("،", ",").split(",")]
        people.append({"asked": name.strip(), "matched": [spelling for spelling in matched if spelling]})
    return people


def _turn(path: Path, number: int, turn: Any) -> dict[str, str]:
    told: Mapping[str, Any] = turn if isinstance(turn, dict) else {}
    question, answer = told.get("question"), told.get("answer")
    if not isinstance(question, str) or not isinstance(answer, str):
        raise _bad_history(path, f"entry {number} isn't one")
    return {"question": question, "answer": answer}


def _bad_history(path: Path, why: str) -> BadSetting:
    return BadSetting(
        f'--history {path} can\'t be used ({why}): it takes a JSON list of {{"question": "…", "answer": "…"}}'
    )
