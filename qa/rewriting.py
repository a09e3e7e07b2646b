"""A follow-up made whole by the chat model, where the rules found nothing to add and code finds that it made nothing
up: changes when more or less of its wording should be trusted.
"""

from collections.abc import Sequence
from time import monotonic

from qa.answer import Turn
from qa.faults import Fault
from qa.listening import listen
from qa.llm import ChatModel
from qa.prompts import follow_up
from qa.told import read
from vectorstore.text import fold, is_rtl, terms, words

SHARE = 0.07
"""The share of the model's time that this may take: four of 60 seconds, which leaves the answer its own."""
LONGEST = 300
MOST_TURNS = 6
MOST_WORDS = 8
_MARKS = "\"'“”«»` \n"


class Rewriter:
    """Has a chat model put a follow-up so that it can be understood alone."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def rewritten(self, question: str, history: Sequence[Turn], by_rules: str) -> str:
        """``by_rules`` where the rules made it whole; else the model's wording, where it can be trusted.

        Only a short question that names nobody is worth the one call. Of ``history`` the newest questions are told,
        never an answer. Never raises a ``Fault``.
        """
        earlier = [turn.question for turn in history[-MOST_TURNS:]]
        whole = by_rules != question or len(words(question)) > MOST_WORDS or read(question).names
        if not earlier or whole:
            return by_rules
        try:
            told = self._said(question, earlier)
        except Fault:
            return by_rules
        return told if is_trusted(told, question, earlier) else by_rules

    def _said(self, question: str, earlier: Sequence[str]) -> str:
        from langchain_core.messages import HumanMessage, SystemMessage

        asked = follow_up(question, earlier)
        due = monotonic() + SHARE * self._model.timeout_s
        said = ""
        for piece in listen(
            self._model.chat, [SystemMessage(asked.rules), HumanMessage(asked.text)], lambda: due
        ):
            said += piece
            if len(said) > LONGEST:
                break
        return said.strip(_MARKS)


def is_trusted(told: str, question: str, earlier: Sequence[str]) -> bool:
    """Whether ``told`` is one question that keeps what ``question`` says and takes the rest from ``earlier``.

    Every name, number and time of it must have been asked about; so must most of its words.
    """
    if not told or len(told) > LONGEST or "\n" in told or is_rtl(told) != is_rtl(question):
        return False
    known = read(" . ".join([question, *earlier]))
    new = read(told)
    known_names = frozenset(term for name in known.names for term in terms(name))
    invented = [name for name in new.names if not set(terms(name)) <= known.terms | known_names]
    figures = {term for term in new.terms if term[0].isdigit()}
    kept = {term for term in terms(question) if term[0].isdigit() or fold(term) in known_names}
    asked = new.terms & known.terms
    return not invented and figures <= known.terms and kept <= new.terms and len(asked) * 2 > len(new.terms)
