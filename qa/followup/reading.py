"""A question taken apart into links, question words, a window and the rest: changes when one is put otherwise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from qa.exonyms import nations_in
from qa.followup.words import ABOUT, BEGINS_WITH_WAW, CITIES, IN, LINKS, MORE_OPENERS, PREPOSITIONS, TIMES
from qa.question import OPENINGS, Kind, kind_of
from vectorstore.places import places_in
from vectorstore.text import fold, language_of, terms, words
from vectorstore.times import Window, question_window

LONGEST = 1000
"""Characters; a longer question neither follows another nor is followed up."""


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end]``, folded; without a «و» that only links."""

    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a question speaks of at ``text[start:end]``; ``lead`` is where a preposition before it begins."""

    start: int
    end: int
    text: str
    preposition: str
    lead: int
    proper: bool
    definite: bool
    place: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart: ``words`` after links such as "and", of which ``opening`` are the question words."""

    text: str
    words: tuple[Word, ...]
    linked: bool
    opening: int
    window: Window | None

    @property
    def language(self) -> str:
        """One of the three languages that words are known in, if any."""
        language = language_of(self.text)
        return language if language in IN else ""

    @property
    def core(self) -> str:
        """The text after its links."""
        return self.text[self.words[0].start :] if self.words else ""

    @property
    def kind(self) -> Kind:
        """The kind of the question without its links."""
        return kind_of(self.core)

    @property
    def asked_for(self) -> tuple[Word, ...]:
        """The words after the question words and outside the window."""
        return tuple(word for word in self.words[self.opening :] if not self.in_window(word))

    def in_window(self, word: Word) -> bool:
        """Whether ``word`` is one of those that tell the window."""
        start = self.text.find(self.window.understood_from) if self.window else -1
        return start >= 0 and start < word.end and word.start < start + len(self.told)

    @property
    def told(self) -> str:
        """The window's words, or nothing."""
        return self.window.understood_from if self.window else ""


def read(question: str, as_of: date) -> Asked:
    """``question`` taken apart, as seen on the day ``as_of``; without words if too long to follow another."""
    if len(question) > LONGEST:
        return Asked(question, (), False, 0, None)
    spans = words(question)
    found = [Word(span.start, span.end, fold(question[span.start : span.end])) for span in spans]
    first = _after_links(found)
    rest = tuple(_without_waw(question, found[first:], as_of))
    linked = bool(rest) and rest[0].start > spans[0].start
    window = question_window(question[rest[0].start :], as_of) if rest else None
    return Asked(question, rest, linked, _opening(rest), window)


def _after_links(found: Sequence[Word]) -> int:
    """The place of the first word that isn't a link."""
    first = 0
    folded = [word.folded for word in found]
    while first < len(found):
        bare = [folded[first].removeprefix("و") or folded[first], *folded[first + 1 : first + 5]]
        about = next((link for link in ABOUT if tuple(bare[: len(link)]) == link), None)
        if about:
            return first + len(about)
        link = next((link for link in LINKS if tuple(folded[first : first + len(link)]) == link), None)
        if link is None:
            break
        first += len(link)
    return first


def _without_waw(text: str, found: list[Word], as_of: date) -> list[Word]:
    """The words; of the first, without the «و» or «ف» that links it."""
    if not found or found[0].folded[0] not in ("و", "ف") or text[found[0].start] != found[0].folded[0]:
        return found
    word = found[0]
    bare = Word(word.start + 1, word.end, word.folded[1:])
    told = question_window(f"في {text[bare.start :]}", as_of)
    asks = _opening((bare, *found[1:])) or not terms(bare.folded)
    asks = asks or bare.folded in PREPOSITIONS or bare.folded in TIMES
    time = bare.folded[:1].isdigit() or (told and told.understood_from.startswith(f"في {text[bare.start]}"))
    named = len(found) < 5 and word.folded not in BEGINS_WITH_WAW and word.folded[0] == "و"
    named = named and (len(bare.folded) > 3 or is_place(bare.folded))
    return [bare, *found[1:]] if bare.folded and (asks or time or named) else found


@cache
def _openers() -> tuple[tuple[str, ...], ...]:
    listed = [opener for _, several in OPENINGS for opener in several]
    cut = [tuple(opener[span.start : span.end] for span in words(opener)) for opener in listed]
    return tuple(sorted({*cut, *MORE_OPENERS}, key=len, reverse=True))


@cache
def question_words() -> frozenset[str]:
    """The single words that ask, without the auxiliaries of a yes-or-no question."""
    auxiliaries = {opener for kind, several in OPENINGS for opener in several if kind is Kind.YES_NO}
    return frozenset(opener[0] for opener in _openers() if len(opener) == 1) - auxiliaries - {"كم مره"}


def _opening(found: Sequence[Word]) -> int:
    """How many words at the start are question words, those after an "and" among them ("when and where")."""
    folded = tuple(word.folded for word in found[:4])
    size = next((len(opener) for opener in _openers() if folded[: len(opener)] == opener), 0)
    if size and len(found) > size:
        joined = int(found[size].folded in ("and", "et", "و"))
        following = found[size + joined].folded if len(found) > size + joined else ""
        bare = following if joined else following.removeprefix("و")
        if bare in question_words() and (joined or bare != following):
            return size + joined + 1
    return size


@lru_cache(maxsize=1 << 12)
def is_place(words: str) -> bool:
    """Whether ``words``, folded, are a country or a city, also behind a preposition that is written onto it."""
    bare = words[1:] if words[:1] in ("ب", "ل", "و") and len(words) > 3 else words
    return bool({words, bare, "ا" + bare} & CITIES) or any(
        fold(place.asked) == words
        for place in (*(each for each in places_in(words) if each.country), *nations_in(words))
    )


def is_arabic(word: str) -> bool:
    """Whether ``word`` begins with an Arabic letter."""
    return "ء" <= word[:1] <= "ي"


def said_by(several: Sequence[Word], asked: Asked) -> str:
    """The characters from the first of ``several`` words to the last."""
    return asked.text[several[0].start : several[-1].end] if several else ""
