"""What a question speaks of, names and nouns, and what of it a later question may mean: changes with grammar."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from qa.followup.reading import Asked, Named, is_arabic, is_place
from qa.followup.words import (
    BEGINS_WITH_WAW,
    BESIDE_A_PLACE,
    CITIES,
    COUNTED,
    DEFINITE,
    INFLECTED,
    JOINERS,
    NOW,
    ONES,
    PARTICIPLES,
    PREPOSITIONS,
    SUFFIXES,
    VERBS,
    WHICH,
)
from qa.people import is_title
from qa.question import GENERIC, Kind
from qa.relations import WORDS, forms, relations_in
from vectorstore.names import question_names
from vectorstore.naming import is_given_name
from vectorstore.text import fold, terms

MOST_NAMED = 3
MOST_DIGITS = 2
NO_NAMES = NOW.union(ONES, PREPOSITIONS)
# Words between "the" and the title that they belong to.
OFFICE_WORDS = 4


@lru_cache(maxsize=32)
def named_in(asked: Asked) -> tuple[Named, ...]:
    """What ``asked`` speaks of, in order: names, and nouns with what belongs to them."""
    known = _content(asked)
    found: list[Named] = []
    at = 0
    while at < len(asked.words):
        end = _run_end(asked, known, at)
        if end > at:
            found.append(_named(asked, at, end))
        at = max(end, at + 1)
    return tuple(found)


def _content(asked: Asked) -> list[str]:
    """For each word ``proper``, ``plain``, ``arabic`` or, where it is no part of what is spoken of, nothing."""
    skipped = _verb_after_opening(asked)
    kinds = []
    for at, word in enumerate(asked.words):
        out = at < asked.opening or at == skipped or asked.in_window(word)
        kinds.append("" if out else _kind_of_word(asked, at))
    for at, word in enumerate(asked.words):
        if at >= asked.opening and not is_arabic(word.folded) and is_title(word.folded):
            _as_office(asked, kinds, at)
    return kinds


def _as_office(asked: Asked, kinds: list[str], at: int) -> None:
    """Let the title at ``at`` go with what stands between it and its article: "the new prime minister"."""
    before = range(max(asked.opening, at - OFFICE_WORDS), at)
    first = next((place for place in reversed(before) if asked.words[place].folded in DEFINITE), None)
    if first is not None:
        kinds[first + 1 : at + 1] = ["plain"] * (at - first)


def _verb_after_opening(asked: Asked) -> int:
    """The place of the verb that follows an Arabic question word, or -1."""
    at = asked.opening
    if not 0 < at < len(asked.asked_for) + at - 1 or asked.words[at - 1].folded in ("ما", "هو", "هي", "هم"):
        return -1
    word = asked.words[at].folded
    stays = word.startswith("ال") or is_place(word) or is_given_name(word) or is_title(word)
    return -1 if stays or not is_arabic(word) else at


def _kind_of_word(asked: Asked, at: int) -> str:
    word = asked.words[at]
    raw = asked.text[word.start : word.end]
    before = asked.words[at - 1].folded if at else ""
    if at and is_title(raw) and is_arabic(word.folded):
        return "arabic"
    if not terms(raw) or raw[0].isdigit() or word.folded in NO_NAMES:
        return ""
    if is_arabic(word.folded):
        tells = word.folded in COUNTED or tells_what_happened(raw)
        return "" if verb_of(word.folded) or (tells and not word.folded.startswith("ال")) else "arabic"
    # What is asked in French by inversion may open with a name.
    if raw[0].isupper() and (at or asked.kind is Kind.YES_NO):
        return "proper"
    if before in DEFINITE or before in JOINERS:
        return "plain"
    inflected = INFLECTED.search(raw) or word.folded in PARTICIPLES
    return "" if inflected or tells_what_happened(raw) or not question_names(raw.lower()) else "plain"


@cache
def _told_terms() -> frozenset[str]:
    things = frozenset[str]().union(*(forms(each) for each in WORDS if each != "earthquake"))
    return things | GENERIC


def tells_what_happened(raw: str) -> bool:
    """Whether a word says what happened, not to whom."""
    return bool(_told_terms() & set(terms(raw)))


def _run_end(asked: Asked, known: Sequence[str], at: int) -> int:
    """The end of what begins with the word at ``at``, which is ``at`` if nothing does."""
    end = at + 1
    if not known[at]:
        return at
    while end < len(known):
        joined = end
        if _joins(asked, known, end):
            joined += 1
            while joined < len(known) and asked.words[joined].folded in DEFINITE:
                joined += 1
        if joined == len(known) or not known[joined] or not _goes_on(asked, known, end, joined):
            break
        end = joined + 1
    while end < len(known) and _numbers(asked, end):
        end += 1
    return end


def _numbers(asked: Asked, at: int) -> bool:
    """Whether the word at ``at`` is the number of what is named before it: "Liwa-2", «ليوا 2»."""
    word, before = asked.words[at], asked.words[at - 1]
    between = asked.text[before.end : word.start]
    joins = between == "-" or (between == " " and is_arabic(before.folded))
    return joins and word.folded.isdigit() and len(word.folded) <= MOST_DIGITS and not asked.in_window(word)


def _joins(asked: Asked, known: Sequence[str], at: int) -> bool:
    """Whether the word at ``at`` joins nouns: "of", « du », and « à » in « ligne à grande vitesse »."""
    word = asked.words[at]
    plain = known[at - 1] == "plain" and known[at + 1 : at + 2] == ["plain"]
    return word.folded in JOINERS or (plain and asked.text[word.start : word.end] == "à")


def _goes_on(asked: Asked, known: Sequence[str], end: int, at: int) -> bool:
    """Whether the word at ``at`` belongs to what ends before ``end``."""
    between = asked.text[asked.words[end - 1].end : asked.words[at].start]
    if any(not (char.isspace() or char.isalpha() or char in "-'’‐‑") for char in between):
        return False
    if at > end:
        return True
    if known[at] == "arabic":
        return known[end - 1] == "arabic" and not _begins_another(asked, end - 1, at)
    return known[at] == known[end - 1] or (known[at] == "plain" and _is_called(asked, known, end - 1))


def _is_called(asked: Asked, known: Sequence[str], at: int) -> bool:
    """Whether the name that ends at ``at`` has "the" before it and so goes on: "the Al Hoceima earthquake"."""
    while at and known[at] == "proper":
        at -= 1
    return asked.words[at].folded == "the"


def _begins_another(asked: Asked, before: int, at: int) -> bool:
    """Whether one Arabic noun after another is somebody or somewhere else: «زار حموشي الإمارات»."""
    word, previous = asked.words[at].folded, asked.words[before].folded
    if is_place(word):
        return "visit" in relations_in(asked.text) or is_place(previous) or is_prefixed(word)
    if _is_linked(word):
        return True
    if word in ("بن", "ابن", "بنت", "ال"):
        return False
    goes_on = previous.startswith("ال") or is_given_name(previous) or is_title(previous)
    return (is_given_name(word) or is_title(word)) and not goes_on


def _is_linked(word: str) -> bool:
    """Whether a word inside a question begins with the «و» of a list."""
    return word.startswith("و") and len(word) > 4 and word not in BEGINS_WITH_WAW


def _named(asked: Asked, at: int, end: int) -> Named:
    raw = asked.text
    first = at
    while first > 0 and asked.words[first - 1].folded in DEFINITE and first > asked.opening:
        first -= 1
    before = asked.words[first - 1] if first > asked.opening or (first and not asked.opening) else None
    preposition = PREPOSITIONS.get(before.folded, "") if before else ""
    lead = before.start if before and preposition else asked.words[first].start
    if before and before.folded == "to" and first > 1 and asked.words[first - 2].folded == "according":
        preposition, lead = "source", asked.words[first - 2].start
    start_word = asked.words[at].folded
    start = asked.words[first].start + (at > 0 and first == at and _is_linked(start_word))
    text = raw[start : asked.words[end - 1].end]
    several = [word.folded for word in asked.words[at:end]]
    beside = all(is_place(each) or each in BESIDE_A_PLACE for each in several)
    place = is_place(" ".join(several)) or (beside and any(map(is_place, several)))
    prefixed = is_arabic(start_word) and place and is_prefixed(start_word)
    if prefixed:
        preposition = "in" if start_word[0] == "ب" else "to"
    definite = first < at or (
        is_arabic(start_word)
        and (end - at > 1 or start_word.startswith("ال"))
        and not is_given_name(start_word)
    )
    proper = any(raw[word.start].isupper() for word in asked.words[at:end])
    return Named(start, asked.words[end - 1].end, text, preposition, lead, proper, definite, place)


def is_prefixed(word: str) -> bool:
    """Whether an Arabic place has a preposition written onto it: «بالرباط», not «بيروت»."""
    return word[:1] in ("ب", "ل") and word not in CITIES and is_place(word[1:]) and word[1:3] == "ال"


def verb_of(word: str) -> str:
    """The verb that ``word`` is, without a pronoun written onto it; empty for any other word."""
    for ending in ("", *SUFFIXES):
        bare = word.removesuffix(ending)
        if bare in VERBS or (ending and word.endswith(ending) and re.sub("ا$", "ي", bare) in VERBS):
            return word if bare == word else bare
    return ""


def subjects_of(earlier: Asked) -> list[Named]:
    """What the earlier question is about: what it names; without names, what it has "the" before; else all."""
    counted = earlier.kind is Kind.HOW_MANY or earlier.words[0].folded in WHICH
    found = list(named_in(earlier))
    if counted and len(found) > 1 and not found[0].proper and not found[0].definite:
        found = found[1:] if not is_arabic(fold(found[0].text)) else found
    strong = [
        each for each in found if each.proper or each.definite or each.place or is_arabic(fold(each.text))
    ]
    return strong or found


def people_of(earlier: Asked) -> list[Named]:
    """The people, or whatever else isn't a place, that ``earlier`` is about, its subject first."""
    found = [each for each in subjects_of(earlier) if not each.place and each.preposition != "in"]
    return [each for each in found if each.proper or is_given_name(fold(each.text).split()[0])] or found


def places_of(earlier: Asked) -> list[Named]:
    """The places in ``earlier``, by name or by the preposition before them."""
    found = named_in(earlier)
    return [each for each in found if each.place] or [each for each in found if each.preposition == "in"]


def thing_of(earlier: Asked) -> str:
    """What "it" is: the thing spoken of, or all that was said to happen."""
    things = [each for each in subjects_of(earlier) if not each.place]
    things = [each for each in things if each.definite or is_arabic(fold(each.text))]
    return things[0].text if things else event_of(earlier)


def event_of(earlier: Asked) -> str:
    """The earlier question without its question words and window."""
    kept = [word for word in earlier.asked_for if terms(earlier.text[word.start : word.end])]
    return " ".join(earlier.text[word.start : word.end] for word in kept)


def in_brackets(several: Iterable[str], text: str) -> str:
    """Those of ``several`` that ``text`` doesn't have already, as a list in brackets."""
    present = set(terms(text))
    kept: list[str] = []
    for each in several:
        if not set(terms(each)) <= present:
            kept.append(each)
            present |= set(terms(each))
    comma = "، " if kept and is_arabic(fold(kept[0])) else ", "
    return f"({comma.join(kept)})" if kept else ""
