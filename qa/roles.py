"""Who does it to whom, where the order of two names tells: changes when another such deed should be known.

Names, figures and likeness are the same in "A beat B" and "B beat A".
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from qa.told import Text
from vectorstore.text import fold, sentences, terms, words

# One deed a row, in which the doer is named first unless "by" says otherwise.
_DEEDS = """
beat beats beaten defeat defeated victory over battre battu bat vaincu victoire فاز فوز هزم تغلب
succeed succeeds succeeded replace replaces replaced succéder succède succédé remplacer remplace remplacé خلف خلفا
receive receives received welcomed host hosted recevoir reçoit reçu accueilli accueille استقبل استقبال
invite invites invited inviter invité دعا دعوة
accuse accuses accused sue sued accuser accusé poursuivi اتهم
arrest arrested arrêter arrêté اعتقل أوقف
appoint appoints appointed nommer nommé عين
criticise criticised criticize criticized critiquer critiqué انتقد
attack attacked attaquer attaqué هاجم قصف
ahead devant أمام متقدما متقدمة
"""
_BY = frozenset(("by", "par", "طرف", "قبل"))
_REACH = 4
"""Words from a deed to its "by", and from there to the name."""

IsNamed = Callable[[str, Text, Text], bool]


@cache
def _deeds() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(terms(row)) for row in _DEEDS.strip().splitlines())


def turned_round(claim: Text, cited: Text, is_named: IsNamed) -> Iterator[str]:
    """The deeds of ``claim``, as written, whose doer is in the cited words the one it is done to.

    Only where it names two, no more. ``is_named`` tells whether a name of the first text stands in the second.
    """
    own = _words(claim.text)
    names = _runs(own, claim.names)
    deeds = [deed for deed in _deeds() if deed & claim.terms and deed & cited.terms]
    if len(names) != 2 or not deeds:
        return
    for sentence in sentences(cited.text):
        there = _words(cited.text[sentence.start : sentence.end])
        places = [at for name in names if (at := _place(name, claim, there, cited, is_named)) is not None]
        for deed in deeds:
            here, done = _at(own, deed), _at(there, deed)
            if len(places) == len(names) and here is not None and done is not None:
                first = [own.index(name[0]) for name in names]
                if _doer(own, here, first) != _doer(there, done, places):
                    yield own[here]


def _words(text: str) -> list[str]:
    return [text[span.start : span.end] for span in words(text)]


def _runs(own: Sequence[str], names: Sequence[str]) -> list[list[str]]:
    """The names of several words each as one."""
    found: list[list[str]] = []
    for before, word in pairwise(["", *own]):
        if word in names and before in names and found:
            found[-1].append(word)
        elif word in names:
            found.append([word])
    return found


def _place(
    name: Sequence[str], claim: Text, there: Sequence[str], cited: Text, is_named: IsNamed
) -> int | None:
    """The place of the first of the cited words that is a part of ``name``."""
    texts = [Text(word, cited.reference, cited.language) for word in there]
    return next(
        (at for at, text in enumerate(texts) if any(is_named(part, claim, text) for part in name)), None
    )


def _at(said: Sequence[str], deed: frozenset[str]) -> int | None:
    return next((at for at, word in enumerate(said) if deed & set(terms(word))), None)


def _doer(said: Sequence[str], deed: int, places: Sequence[int]) -> int:
    """Which of the two names is the doer: the first one, or with a "by" between the deed and a name the other."""
    first, second = (0, 1) if places[0] < places[1] else (1, 0)
    by = next((at for at in range(deed + 1, min(deed + _REACH, len(said))) if fold(said[at]) in _BY), None)
    passive = by is not None and any(0 < place - by <= _REACH for place in places)
    return second if passive else first
