"""Whether what is told took place: changes when what didn't, or hasn't yet, is worded in another way."""

import re
from collections.abc import Sequence
from typing import Literal

from qa.negation import EARLIER, denials, is_denier
from qa.relations import VISITING, forms
from vectorstore.text import fold, terms, words

Standing = Literal["held", "denied", "ahead"]

# Words from what delays a meeting, or anything else, to the word for it, and from there on.
_BEFORE = 5
# Words from "denied" to what is denied: "denied on Thursday that he had ever met".
_DENIED = 12
_AFTER = 4
_TO_COME = frozenset(
    fold(word)
    for word in """
    will would shall due set plans planned planning expected scheduled hopes hoped intends wants wanted
    va vont doit doivent devrait devraient devait prévoit prévu prévue prévus souhaite
    attendu attendue attendus prochain prochaine
    سوف المقرر المرتقب المنتظر المتوقع مقررا يعتزم تعتزم ينوي تنوي يأمل
    """.split()
)
# "On Wednesday she is to travel to Beirut for talks."
_IS_TO = re.compile(r"\b(?:is|are|was|were) to\b|\bse (?:rendra|rendront|déplacera)\b")
# "The meeting in Ankara with the Turkish minister had been cancelled": so it is however far on, in one clause.
_CALLED_OFF = re.compile(
    r"\b(?:cancell?ed|called off|postponed|(?:annul|report)ée?s?|ألغي|ألغيت|تأجل|تأجلت|أرجئ)\b", re.IGNORECASE
)
_DECLINED = re.compile(
    r"\b(?:not|n['’]a pas|n['’]ont pas|لم) (?:accept|[يت]قبل)|\b(?:rejected|turned down|refus[ée]e?)\b"
)
_DELAYED = frozenset(
    fold(word)
    for word in """
    scheduled planned postponed cancelled canceled due expected
    prévu prévue prévus prévues reporté reportée reportés annulé annulée annulés
    مقرر مقررة مرتقب مرتقبة تأجل تأجلت ألغي ألغيت
    """.split()
)
# In Arabic and in French the verb itself may tell of what is to come.
_FUTURE = re.compile(
    fold("[وف]?س[يتن](?:لتقي|جتمع|ستقبل|عقد|جري|تباحث|قابل|زور|توجه|سافر|حل|صل)(?:ون|ان)?")
    + "|(?:rencontr|recevr|entretiendr|accueiller|tiendr|visiter|arriver|rendr)(?:era|eront|a|ont|aient|ait)"
)


def standing(text: str, verb: frozenset[str]) -> Standing:
    """How it stands with what ``text`` tells by ``verb`` (index terms).

    ``held`` where any of it took place, or none is told of.
    """
    said = [text[span.start : span.end] for span in words(text)]
    denying = {word for denial in denials(text) for word in denial.split()}
    told = [at for at, word in enumerate(said) if verb & set(terms(word))]
    if told and verb <= forms("meet") | VISITING and _CALLED_OFF.search(text):
        return "denied"
    if told and verb == forms("resign") and _DECLINED.search(text):
        return "denied"
    if told and EARLIER.search(text):
        return "denied"
    found = {_standing(said, at, denying) for at in told}
    return "held" if not found or "held" in found else min(found)


def _standing(said: Sequence[str], at: int, denying: set[str]) -> Standing:
    before = said[max(0, at - _BEFORE) : at]
    if not denying.isdisjoint(before) or any(map(is_denier, said[max(0, at - _DENIED) : at])):
        return "denied"
    if _IS_TO.search(" ".join(said[max(0, at - _DENIED) : at])):
        return "ahead"
    # A name such as Will has a capital.
    coming = {fold(word) for word in before if word[0].islower() or not word.isascii()}
    after = {fold(word) for word in said[at + 1 : at + 1 + _AFTER]}
    ahead = coming & _TO_COME or after & _DELAYED
    if ahead or any(_FUTURE.fullmatch(fold(word)) for word in (*before, said[at])):
        return "ahead"
    return "held"
