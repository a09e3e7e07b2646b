"""Makes a follow-up whole from the questions before it: changes when people go on asking in another way."""

from collections.abc import Callable, Sequence
from datetime import date

from qa.answer import Turn
from qa.dialect import in_written
from qa.followup.fragments import joined, left_unfinished, only_a_name, only_a_question_word
from qa.followup.pointers import goes_on, refers_back
from qa.followup.reading import Asked, read
from qa.followup.times import only_a_window
from qa.followup.words import COURTESIES, DEMANDS, REQUESTS

TURNS = 6
MOST_WORDS = 30
"""A longer question isn't a follow-up."""


def stand_alone(question: str, history: Sequence[Turn], as_of: date) -> str:
    """``question`` with what it leaves out, taken from the questions asked before it; as it is, if nothing.

    ``history`` goes from old to new; its last six turns count, each made whole by those before it. Answers are
    never looked at. ``as_of`` is the day that relative dates count from. A question word stays in front, where
    ``qa.question.kind_of`` looks for it; what can't be put in place of a pronoun stands in brackets at the end.
    """
    earlier: Asked | None = None
    for turn in history[-TURNS:]:
        said = read(_whole(turn.question, earlier, as_of), as_of)
        asks = any(word.folded not in COURTESIES for word in said.words)
        earlier = said if asks else earlier
    whole = _whole(question, earlier, as_of)
    return whole[:1].upper() + whole[1:] if whole != question and question[:1].isupper() else whole


def _whole(said: str, earlier: Asked | None, as_of: date) -> str:
    question = in_written(said)
    asked = read(question, as_of)
    if not 0 < len(asked.words) <= MOST_WORDS:
        return question
    if earlier:
        for case in _CASES:
            whole = case(asked, earlier, as_of)
            if whole is not None:
                return whole
    return asked.core if asked.linked and asked.opening else question


def _asks_for_more(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    said = {word.folded for word in asked.words}
    return earlier.text if said <= REQUESTS and said & DEMANDS else None


_Case = Callable[[Asked, Asked, date], str | None]
_CASES: tuple[_Case, ...] = (
    _asks_for_more,
    only_a_window,
    only_a_question_word,
    only_a_name,
    refers_back,
    goes_on,
    left_unfinished,
    joined,
)
