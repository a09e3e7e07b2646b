"""From what was found in the cited words to a verdict: changes when more or less should count as carried."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.answer import SUPPORT_ORDER, Support
from qa.claims import against
from qa.negation import denials, nearly_denies, negators, undone
from qa.opposites import opposed
from qa.told import SPOKEN, Text
from vectorstore.records import Days, Span
from vectorstore.text import clauses, sentences, terms

FEWEST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is carried, what it claims beyond the cited words, and the place that carries it best.

    ``span`` is null where there was nothing to look in. ``denied``: the words tell the opposite.
    """

    support: Support
    missing: tuple[str, ...] = ()
    span: Span | None = None
    denied: bool = False

    @property
    def order(self) -> tuple[int, int]:
        """Sorts the better one first."""
        return SUPPORT_ORDER[self.support], len(self.missing)


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of an article, with the days known of them and the title they are shown under."""

    text: Text
    events: tuple[Days, ...]
    title: str


def decided(claim: Text, cited: Sequence[Cited], lacks: tuple[str, ...], nearness: float) -> Verdict:
    """The verdict on ``claim`` by what it ``lacks`` in ``cited``, and its ``nearness`` in meaning (1: the same)."""
    anchors = _anchors(claim)
    if nearness < 1 and not anchors and len(claim.terms) < FEWEST_TERMS:
        return Verdict("unsupported")  # too little said for a likeness to mean anything
    if nearness <= 0 or (nearness < 1 and len(lacks) > 1 and len(lacks) >= anchors):
        return Verdict("unsupported", lacks)
    opposite = [against(claim, each.text) for each in cited]
    denying = negators if nearly_denies(claim.text) else denials
    # "Refused" beside "accepted" and "denied" beside "admitted" are its opposite already, and no denial besides.
    if any(opposite):
        if all(words and not _undone(claim, each.text) for words, each in zip(opposite, cited, strict=True)):
            return Verdict("partial", (*lacks, *opposite[0]), denied=True)
    elif no := denials(claim.text):
        if not any(_denies(each.text) for each in cited):
            return Verdict("unsupported", (*lacks, *no), denied=True)
    elif all(denied := [_denied(claim, each.text, denying) for each in cited]):
        return Verdict("partial", (*lacks, denied[0]), denied=True)
    # Neither near nor far: then something that was looked up has to have been found.
    vague = nearness < 1 and anchors <= len(lacks)
    return Verdict("partial" if lacks or vague else "supported", lacks)


def _undone(claim: Text, cited: Text) -> bool:
    """Whether a "not" before one of two opposites makes them say the same: "not open", "closed"."""
    own, theirs = opposed(claim.terms, cited.terms), opposed(cited.terms, claim.terms)
    return undone(claim.text, own) != undone(cited.text, theirs)


def _denies(cited: Text) -> bool:
    """Whether the cited words may deny anything; in a language whose negations aren't known, they may."""
    return bool(cited.negators) or cited.language not in SPOKEN or nearly_denies(cited.text)


def _denied(claim: Text, cited: Text, denying: Callable[[str], list[str]]) -> str:
    """The word by which the cited words deny what is claimed; empty where they don't, or deny something else.

    ``denying`` finds such words in a text.
    Across languages it can't be told which clause is meant, so only short ones count.
    """
    parts = [part for each in sentences(cited.text) for part in clauses(cited.text, each.start, each.end)]
    for part in parts:
        words = cited.text[part.start : part.end]
        own, no = set(terms(words)), denying(words)
        meant = len(own & claim.terms) * 2 >= len(own) if claim.speaks_like(cited) else len(parts) <= 2
        if no and meant:
            return no[0]
    return ""


def _anchors(claim: Text) -> int:
    """How many things of the claim can be looked up."""
    return len(claim.names) + len(claim.numbers) + len(claim.days) + len(claim.addresses)
