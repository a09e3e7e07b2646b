"""Follow-ups whose pronouns point at what was said: changes when something else can point back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.followup.names import (
    MOST_NAMED,
    in_brackets,
    named_in,
    people_of,
    places_of,
    subjects_of,
    thing_of,
    verb_of,
)
from qa.followup.reading import Asked, Named, Word, is_arabic
from qa.followup.times import ended
from qa.followup.words import (
    AFTER_THERE,
    ATTACHED,
    BE,
    BE_OR_HAVE,
    BEFORE_THAT,
    DEFINITE,
    DEMONSTRATIVES,
    HE,
    IMPERSONAL,
    IT,
    JOINERS,
    NEXT,
    NOUNS_OF_BEFORE,
    NOW,
    ONES,
    OWNED,
    OWNED_ALONE,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SOMEBODY,
    STANDING_ALONE,
    TAKES_SOMEBODY,
    THERE,
    THEY,
)
from qa.question import Kind
from qa.relations import relations_in
from vectorstore.text import terms


@dataclass(frozen=True, slots=True)
class _Reference:
    """A word that points at what was said before: the word at ``at``, or a verb there that lacks its subject."""

    at: int
    to: str


def references_in(asked: Asked) -> list[_Reference]:
    """What in ``asked`` points at something that it doesn't itself name before."""
    given = named_in(asked)
    found = []
    for at in range(len(asked.words)):
        word = asked.words[at]
        if at < asked.opening and word.folded not in STANDING_ALONE:
            continue
        to = "" if asked.in_window(word) else _points_to(asked, at)
        if to and not any(_may_be_meant(asked, each, word, to) for each in given):
            found.append(_Reference(at, to))
    lacking = _lacks_subject(asked, given)
    return [_Reference(asked.opening, "subject"), *found] if lacking else found


def _may_be_meant(asked: Asked, named: Named, word: Word, to: str) -> bool:
    if named.end > word.start or to in ("event", "object"):
        return False
    if to == "place" or word.folded in NOUNS_OF_BEFORE:
        return named.place if to == "place" else named.proper
    return (named.proper or named.definite) and not (named.place and word.folded in ("he", "she", "him"))


def _points_to(asked: Asked, at: int) -> str:
    """What the word at ``at`` stands for: ``person``, ``owner``, ``thing``, ``place``, ``event``, ``object``."""
    said = [word.folded for word in asked.words]
    word, before = said[at], said[at - 1] if at else ""
    after = said[at + 1] if at + 1 < len(said) else ""
    if after in IMPERSONAL or said[max(0, at - 3) : at] == ["y", "a", "t"]:
        return ""
    if word in THERE:
        exists = after in BE or (before in BE and after and after not in AFTER_THERE)
        return "" if exists or asked.kind is Kind.HOW_MANY else "place"
    if word in NOUNS_OF_BEFORE and before in DEFINITE and after not in JOINERS and after not in PREPOSITIONS:
        return "event"
    if word == "y" and (after != "a" or said[at + 2 : at + 4] == ["t", "on"]):
        return "event" if after == "a" else "place"
    if word == "en" and asked.opening == at > 0 and after in BE_OR_HAVE:
        return "thing"
    if word == "her" or word in POSSESSIVES:
        return "owner" if terms(after) or word != "her" else "person"
    if word in DEMONSTRATIVES:
        return "event" if _is_demonstrative(said, at) else ""
    if word in HE:
        return "person"
    if word in THEY:
        return "several"
    if word in IT:
        return "thing"
    return _attached(asked, at)


def _is_demonstrative(said: Sequence[str], at: int) -> bool:
    """Not the "that" of a clause, nor a part of « est-ce que » or « ce qui »."""
    before, after = said[at - 1] if at else "", said[at + 1] if at + 1 < len(said) else ""
    if said[at] == "that":
        return before in BEFORE_THAT
    if said[at] in ONES and (after in JOINERS or after in PREPOSITIONS):
        return False
    return not (said[at] == "ce" and (before == "est" or after in ("qui", "que", "qu", "dont")))


def _attached(asked: Asked, at: int) -> str:
    """What an Arabic pronoun stands for that is written onto a verb, a preposition or a noun."""
    word = asked.words[at]
    said = [each.folded for each in asked.words]
    if not is_arabic(word.folded) or any(each.folded in RELATIVES for each in asked.words[:at]):
        return ""
    if word.folded in STANDING_ALONE:
        return "person" if NOW.issuperset(said[at + 1 :]) else ""
    if verb_of(word.folded) not in ("", word.folded):
        return "object"
    raw = asked.text[word.start : word.end]
    alone = asked.opening and len(asked.asked_for) == 1 and OWNED_ALONE.fullmatch(raw)
    if alone and word.folded not in ATTACHED:
        return "owner"
    owned = word.folded in ATTACHED or OWNED.fullmatch(raw)
    return "thing" if owned or (word.folded in NOUNS_OF_BEFORE and len(asked.asked_for) < 4) else ""


def _lacks_subject(asked: Asked, given: Sequence[Named]) -> bool:
    """Whether an Arabic verb after a question word has no subject: «متى زار الدوحة؟»."""
    left = asked.asked_for
    if not asked.opening or not left or not is_arabic(left[0].folded):
        return False
    verb = verb_of(left[0].folded)
    named = [each for each in given if not (each.place or each.preposition)]
    if not verb or named:
        return False
    asks_for_subject = asked.words[0].folded == "من" and asked.opening == 1
    return not asks_for_subject or (verb in TAKES_SOMEBODY and verb == left[0].folded)


def refers_back(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """A question whose pronouns point at the earlier one: with the names in their place, or after it."""
    references = references_in(asked)
    if not references:
        return None
    text = asked.text
    left: list[str] = []
    definite = [each.text for each in subjects_of(earlier) if each.definite]
    people = [each.text for each in people_of(earlier)]
    for nth, reference in reversed(list(enumerate(references))):
        meant = _meant(earlier, reference.to, people, sum(each.to in SOMEBODY for each in references[:nth]))
        fits = reference.to not in ("thing", "several") or meant == definite[:1]
        placed = _put(text, asked, reference, meant) if fits else None
        if placed is None:
            left = [*meant, *left]
        else:
            text = placed
    if text == asked.text and not left:
        return None
    text = text[asked.words[0].start :] if asked.linked and asked.opening else text
    shared = set(relations_in(asked.text)) & set(relations_in(earlier.text))
    event = any(each.to in ("event", "object") for each in references)
    told = earlier.told if not asked.window and (shared or event) and not _next(asked) else ""
    return ended(text, told, in_brackets(left, text) if left else "")


def goes_on(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "Where is the next one?", of nothing that it names: with what the earlier question is about after it."""
    if not _next(asked) or _says_of_what(asked) or any(each.proper or each.place for each in named_in(asked)):
        return None
    meant = in_brackets([each.text for each in subjects_of(earlier)][:MOST_NAMED], asked.core)
    return ended(asked.core, meant) if meant else None


def _says_of_what(asked: Asked) -> bool:
    """Whether what is next is told to be of or between something: «الاجتماع المقبل للبنك»."""
    at = max(at for at, word in enumerate(asked.words) if word.folded in NEXT)
    after = [word.folded for word in asked.words[at + 1 :] if not asked.in_window(word)]
    arabic = is_arabic(asked.words[at].folded)
    return bool(after) if arabic else any(word in JOINERS or word in PREPOSITIONS for word in after)


def _next(asked: Asked) -> bool:
    return any(word.folded in NEXT and not asked.in_window(word) for word in asked.words)


def _meant(earlier: Asked, to: str, people: Sequence[str], nth: int) -> list[str]:
    """What a reference means: the ``nth`` person of the earlier question, its place, its thing, or all of it."""
    places = [each.text for each in places_of(earlier)]
    if to == "place":
        return places
    if to in (*SOMEBODY, "owner") or (to == "object" and not nth):
        return list(people[nth : nth + 1]) or places
    if to == "object":
        return [*people[1:], *places]
    if to == "several":
        return list(people) or places
    if to == "thing":
        return [thing_of(earlier)]
    return [each.text for each in subjects_of(earlier)][:MOST_NAMED]


def _put(text: str, asked: Asked, reference: _Reference, meant: Sequence[str]) -> str | None:
    """``text`` with what is meant in place of the pronoun, or ``None`` where grammar is in the way."""
    word = asked.words[reference.at]
    if len(meant) != 1 or reference.to == "subject":
        return None
    if word.folded in ("he", "she", "him", "her", "his", "it", "its", "they", "them", "their", "there"):
        lead = "in " if reference.to == "place" else ""
        mark = "'s" if reference.to == "owner" or word.folded in ("its", "their") else ""
        return f"{text[: word.start]}{lead}{meant[0]}{mark}{text[word.end :]}"
    if word.folded in STANDING_ALONE:
        return f"{text[: word.end]} {meant[0]}{text[word.end :]}"
    inverted = asked.opening and word.start and text[word.start - 1] in "-‐‑"
    elided = asked.words[asked.opening - 1].folded in ("qu", "que")
    if inverted and not elided and word.folded in ("il", "elle", "ils", "elles"):
        end = asked.words[asked.opening - 1].end
        return f"{text[:end]} {meant[0]}{text[end:]}"
    return None
