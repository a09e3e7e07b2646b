"""Which told days a later sentence goes on with: one that speaks of "the visit", or of a meeting in the same country.

News dates an event once, in its opening, and comes back to it paragraphs later. Only what points back is followed:
a sentence without such a sign keeps no days of another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from vectorstore.places import places_in
from vectorstore.records import Days
from vectorstore.text import fold, terms, words

_OCCASIONS = frozenset(
    terms(
        "زيارة جولة لقاء لقاءات اجتماع اجتماعات مباحثات محادثات مشاورات مفاوضات قمة مؤتمر ندوة منتدى معرض مهرجان حفل"
        " مباراة حادث حادثة حريق زلزال هجوم انفجار عاصفة محاكمة جلسة"
        " visite tournée déplacement rencontre réunion entretien entretiens pourparlers sommet conférence forum salon"
        " festival cérémonie match accident incendie séisme attaque explosion tempête procès audience"
        " visit tour trip meeting talks negotiations summit conference forum fair festival ceremony match accident"
        " fire earthquake attack explosion storm trial hearing"
    )
)
_MET = frozenset(
    terms(
        "التقى التقت استقبل استقبلت أجرى أجرت تباحث تباحثت اجتمع اجتمعت زار زارت"
        " rencontré reçu reçue signé visité entretenu met received signed visited"
    )
)
_DEFINITE = frozenset(
    fold(
        "هذا هذه ذلك تلك le la les l ce cet cette ces du au aux the this that these those its his her their"
        " son sa ses"
    ).split()
)
_REMEMBERED = 7
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "وبال", "لل", "ولل")


@dataclass(frozen=True, slots=True)
class Focus:
    """Dated words that later ones may go on with: their days, and the occasions and countries that they name."""

    events: tuple[Days, ...]
    occasions: frozenset[str]
    countries: frozenset[str]


class Discourse:
    """What a text has dated so far; sentences are told to it in reading order."""

    def __init__(self) -> None:
        self._told: list[Focus] = []

    def dated(self, text: str, events: tuple[Days, ...]) -> None:
        """A sentence tells a time itself: ``events``, or none where that is no time of one event."""
        self._told = [*self._told[-_REMEMBERED:], Focus(events, _occasions(text), _countries(text))]

    def went_on(self, text: str) -> None:
        """A sentence tells more of what was dated last: what it calls that may be come back to."""
        if self._told:
            last = self._told[-1]
            self._told[-1] = replace(last, occasions=last.occasions | _occasions(text))

    def points_to(self, text: str) -> tuple[Days, ...]:
        """The days that a sentence without any of its own goes on with; none where nothing in it points back."""
        if not self._told:
            return ()
        known = set(_definite(text))
        found = next((each for each in reversed(self._told) if not each.occasions.isdisjoint(known)), None)
        if found is None and _meets_again(text, self._told[-1]):
            found = self._told[-1]
        if found is None:
            self._forget(text)
            return ()
        self._told = [*(each for each in self._told if each is not found), found]
        self.went_on(text)
        return found.events

    def _forget(self, text: str) -> None:
        """A visit to another country is "the visit" from here on, and it has no day."""
        named = _occasions(text)
        if named and (elsewhere := _countries(text)):
            self._told = [
                each for each in self._told if each.occasions.isdisjoint(named) or elsewhere <= each.countries
            ]


def _meets_again(text: str, focus: Focus) -> bool:
    """Whether somebody meets or visits somebody in a country that is in focus."""
    met = not (_MET | focus.occasions).isdisjoint(terms(text))
    return met and not focus.countries.isdisjoint(_countries(text))


def _occasions(text: str) -> frozenset[str]:
    return _OCCASIONS.intersection(terms(text))


def _definite(text: str) -> Iterator[str]:
    """The terms of the words that «ال», "the" or "that" make known ones."""
    before = ""
    for span in words(text):
        word = text[span.start : span.end]
        folded = fold(word)
        if before in _DEFINITE or folded.startswith(_ARTICLES):
            yield from terms(word)
        before = folded


def _countries(text: str) -> frozenset[str]:
    named = (each.names for each in places_in(text) if each.country)
    return frozenset(min(" ".join(sorted(name)) for name in names) for names in named)
