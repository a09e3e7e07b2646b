"""A chat's turns: how they are shown, what a follow-up is told of them, which passage a link refers to."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from qa.app import answers
from qa.app.prose import plain

Json = dict[str, Any]

MOST_HISTORY = 6
"""Earlier turns that a follow-up is understood from, the newest ones."""
_PLACE = re.compile(r"(src|near|undated)-([0-9]{1,6})-([0-9]{1,6})")
_LISTS = {"src": "citations", "near": "nearest", "undated": "undated"}


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with its answer as far as it has come, and the message that shows it.

    ``options`` are what was asked besides the question, as ``Operations.ask`` takes them. ``ended`` tells that the
    answer was broken off. ``verdict`` is what the reader thought of it: ``up``, ``down`` or a reason.
    """

    question: str
    message: str
    answer: Json | None = None
    ended: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    verdict: str | None = None


def messages(turns: Sequence[Turn], language: str) -> list[dict[str, str]]:
    """The turns as Gradio's chat takes them."""
    return [
        {"role": role, "content": content}
        for number, turn in enumerate(turns, start=1)
        for role, content in (
            ("user", answers.question(turn.question, number, language)),
            ("assistant", turn.message),
        )
    ]


def history(turns: Sequence[Turn]) -> list[dict[str, str]]:
    """What a follow-up is told of the turns before: the words alone, never the rendered sources."""
    answered = [turn for turn in turns if turn.answer]
    return [
        {"question": turn.question, "answer": plain(turn.answer["answer"])}
        for turn in answered[-MOST_HISTORY:]
        if turn.answer
    ]


def paced(growing: Iterable[Json], seconds: float, clock: Callable[[], float] = monotonic) -> Iterator[Json]:
    """The answers of ``growing``, at most one a ``seconds``; always the last."""
    shown_at, waiting = float("-inf"), None
    for each in growing:
        waiting = each
        if clock() - shown_at >= seconds:
            yield each
            shown_at, waiting = clock(), None
    if waiting is not None:
        yield waiting


def place(reference: str, turns: Sequence[Turn]) -> tuple[int, Json] | None:
    """The turn's number and the passage that ``src-2-1`` (``near-…``, ``undated-…``) refers to."""
    found = _PLACE.fullmatch(reference)
    if not found or not 1 <= int(found[2]) <= len(turns):
        return None
    number, wanted = int(found[2]), int(found[3])
    passages = (turns[number - 1].answer or {}).get(_LISTS[found[1]]) or ()
    numbered = enumerate(passages, start=1)
    return next(((number, each) for i, each in numbered if each.get("n", i) == wanted), None)
