"""Asking on the page: a question grows into a turn, is asked again in another way, and is judged."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from qa.app import answers
from qa.app.chips import ANY_TIME
from qa.app.errors import explained
from qa.app.turns import Turn, history, paced
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

Json = dict[str, Any]

PACE_S = 0.05
"""The least time between two pictures of a growing answer."""
_NUMBERS = re.compile(r"[0-9]+")
_AGAIN = re.compile(
    r"(retry|edit|change)-([0-9]{1,6})|drop-([0-9]{1,6})-(window|source|person-[0-9]{1,4}|spelling-[0-9]{1,4}-[0-9]{1,4})"
)
_JUDGED = re.compile(rf"(up|down)-([0-9]{{1,6}})|why-([0-9]{{1,6}})-({'|'.join(answers.REASONS)})")


@dataclass(frozen=True, slots=True)
class Wish:
    """A question to ask, with the options of ``Operations.ask`` and the turns that it follows."""

    question: str
    options: Mapping[str, Any]
    before: Sequence[Turn]


def asked(operations: Operations, wish: Wish, language: str) -> Iterator[list[Turn]]:
    """The chat's turns as the answer grows, from the question alone to the whole answer or what went wrong."""
    number = len(wish.before) + 1
    turn = Turn(wish.question, answers.waiting(language), options=wish.options)
    yield [*wish.before, turn]
    try:
        growing: Any = operations.ask(wish.question, history=history(wish.before), **wish.options)
        with closing(growing):
            for told in paced(growing, PACE_S):
                turn = rendered(replace(turn, answer=told), number, language)
                yield [*wish.before, turn]
    except UserError as error:
        wrong = answers.problem(explained(error, language), number, language)
        turn = replace(turn, answer=None, message=wrong)
        yield [*wish.before, turn]


def rendered(turn: Turn, number: int, language: str) -> Turn:
    """``turn`` with the message that shows its answer."""
    if turn.answer is None:
        return turn
    told = answers.answer(turn.answer, number, language, turn.options, turn.verdict)
    return replace(turn, message=told + (answers.stopped(number, language) if turn.ended else ""))


def broken_off(turns: Sequence[Turn], told: str) -> list[Turn]:
    """The turns with the last one ended as far as it had come; ``told`` says why."""
    if not turns:
        return []
    last = turns[-1]
    begun = last.message if last.answer else ""
    return [*turns[:-1], replace(last, message=begun + told, ended=True)]


def again(reference: str, turns: Sequence[Turn]) -> Wish | None:
    """What ``retry-2``, ``edit-2``, ``change-2`` or ``drop-2-window`` asks for, null for any other text.

    It takes the place of its turn and of those after it.
    """
    found = _AGAIN.fullmatch(reference)
    number = int(found[2] or found[3]) if found else 0
    if not found or not 1 <= number <= len(turns):
        return None
    turn = turns[number - 1]
    options = dict(turn.options)
    if found[4] == "window":
        options |= ANY_TIME
    elif found[4] == "source":
        options.pop("source", None)
    elif found[4]:
        options["people"] = _left(
            (turn.answer or {}).get("people") or (), *map(int, _NUMBERS.findall(found[4]))
        )
    return Wish(turn.question, options, turns[: number - 1])


def _left(people: Sequence[Json], person: int, spelling: int | None = None) -> list[Json]:
    """The people without one of them, or without one of its spellings; both are counted from 1."""
    left = []
    for at, each in enumerate(people, start=1):
        if at != person:
            left.append({"asked": each["asked"], "matched": list(each["matched"])})
        elif spelling:
            kept = [name for place, name in enumerate(each["matched"], start=1) if place != spelling]
            left.append({"asked": each["asked"], "matched": kept})
    return left


def judged(reference: str, turns: Sequence[Turn], language: str) -> tuple[int, list[Turn]] | None:
    """The turn's number and the turns after ``up-2``, ``down-2`` or ``why-2-REASON``; null for any other text.

    The same thumb again takes it back.
    """
    found = _JUDGED.fullmatch(reference)
    number = int(found[2] or found[3]) if found else 0
    if not found or not 1 <= number <= len(turns):
        return None
    turn, verdict = turns[number - 1], found[1] or found[4]
    taken_back = verdict == turn.verdict or (verdict == "down" and turn.verdict in answers.REASONS)
    turn = rendered(replace(turn, verdict=None if taken_back else verdict), number, language)
    return number, [*turns[: number - 1], turn, *turns[number:]]


def failed(number: int, language: str) -> str:
    """What is told under turn ``number`` when something broke that nobody foresaw."""
    return answers.problem(say(language, "broken"), number, language)
