"""Who does it to whom, where the order of two names tells: changes when another such deed should be known.

Names, figures and likeness are the same in "A beat B" and "B beat A".
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from qa.exonyms import is_arabic_place, place_terms
from qa.told import Text
from vectorstore.places import places_in
from vectorstore.text import fold, sentences, terms, words

# One deed a row, in which the doer is named first unless "by" says otherwise.
_DEEDS = """
beat beats beaten defeat defeated victory battre battu bat vaincu victoire فاز فوز هزم تغلب
eliminate eliminated éliminer éliminé élimine
succeed succeeds succeeded replace replaces replaced succéder succède succédé remplacer remplace remplacé خلف خلفا
receive receives received welcomed host hosted recevoir reçoit reçu accueilli accueille استقبل استقبلت يستقبل استقبال
visit visits visited visiter visité visite زار يزور زيارة
invite invites invited inviter invité دعا دعت
summon summoned convoquer convoqué convoque استدعى استدعت
accuse accuses accused sue sued accuser accusé poursuivi plainte اتهم اتهمت يتهم
arrest arrested detained arrêter arrêté interpellé اعتقل اعتقلت أوقف أوقفت
appoint appoints appointed nommer nommé عين عينت
dismiss dismissed sack sacked limoger limogé limoge أقال أقالت أعفى أعفت
criticise criticised criticize criticized denounce denounced condemned critiquer critiqué critique dénoncer dénoncé \
dénonce انتقد انتقدت ينتقد ندد نددت أدان أدانت
praise praised praises hail hailed lauded saluer salué salue أشاد أشادت يشيد
congratulate congratulated féliciter félicité félicite هنأ هنأت
thank thanked remercier remercié remercie شكر شكرت
warn warned avertir averti avertit حذر حذرت
threaten threatened menacer menacé menace هدد هددت يهدد
attack attacked attaquer attaqué هاجم قصف
buy buys bought acquire acquired purchased acheter acheté racheter racheté acquérir اشترى اشترت استحوذ استحوذت
ahead devant أمام متقدما متقدمة
"""
_BY = frozenset(map(fold, ("by", "par", "طرف", "قبل", "يد", "جانب")))
# "Invitation" is of whom it names next; «وزارة» is no visit.
_NO_DEED = re.compile("ations?$|" + fold("وزار"))
_REACH = 4
"""Words from a deed to its "by", and from there to the name."""
_DONE_TO = frozenset(
    map(fold, "was were is are be been being été est sont était étaient fut furent تم تمت جرى جرت".split())
)
_OF = frozenset(map(fold, "of from de du des d من".split()))
_THEM = frozenset("him her them it himself herself themselves".split())
_ITS = ("ه", "ها", "هم", "هما", "هن")
_IN = frozenset(map(fold, "in at near en dans في".split()))
_TO = frozenset(map(fold, "to à au aux إلى".split()))

IsNamed = Callable[[str, Text, Text], bool]


@cache
def _deeds() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(terms(row)) for row in _DEEDS.strip().splitlines())


def turned_round(claim: Text, cited: Text, is_named: IsNamed) -> Iterator[str]:
    """The deeds of ``claim``, as written, whose doer is in the cited words the one it is done to.

    Only where it names two, no more, besides where it was. ``is_named`` tells whether a name of the first text
    stands in the second.
    """
    own = _words(claim.text)
    names = [each for each in _runs(own, claim.names) if not _is_where(own, own.index(each[0]), each)]
    deeds = [deed for deed in _deeds() if deed & claim.terms and deed & cited.terms]
    if len(names) != 2 or not deeds:
        return
    for sentence in sentences(cited.text):
        there = _words(cited.text[sentence.start : sentence.end])
        places = [at for name in names if (at := _place(name, claim, there, cited, is_named)) is not None]
        if len(places) != len(names) or any(_is_where(there, at, [there[at]]) for at in places):
            continue
        for deed in deeds:
            here, done = _at(own, deed), _at(there, deed)
            if here is not None and done is not None:
                doers = _doer(own, here, [own.index(name[0]) for name in names]), _doer(there, done, places)
                if None not in doers and doers[0] != doers[1]:
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


def _is_where(said: Sequence[str], at: int, name: Sequence[str]) -> bool:
    """Whether the name at ``at`` only tells where: "in Rabat", «بالرباط»."""
    before, word = fold(said[at - 1]) if at else "", said[at]
    known = any(place_terms(part) or places_in(part) for part in name)
    return before in _IN or (known and before in _TO) or (word[0] in "بل" and is_arabic_place(word[1:]))


def _at(said: Sequence[str], deed: frozenset[str]) -> int | None:
    return next(
        (at for at, word in enumerate(said) if deed & set(terms(word)) and not _NO_DEED.search(fold(word))),
        None,
    )


def _doer(said: Sequence[str], deed: int, places: Sequence[int]) -> int | None:
    """Which of the two names is the doer: that after "by", else the first one; null where it can't be told.

    So it is where "by" names another, and where a pronoun stands for one of the two.
    """
    before = {fold(word) for word in said[max(0, deed - 2) : deed]}
    after = fold(said[deed + 1]) if deed + 1 < len(said) else ""
    passive = bool(before & _DONE_TO)
    last = len(said) if passive else min(deed + _REACH, len(said))
    for by in (at for at in range(deed + 1, last) if fold(said[at]) in _BY):
        named = [each for each in (0, 1) if 0 < places[each] - by <= _REACH]
        if named:
            return min(named, key=lambda each: places[each])
    # «فوزه» is the win of whom it names before.
    own = said[deed].endswith(_ITS) and "فوز" not in said[deed]
    pronoun = own or after in _THEM or "whom" in before or "l" in before
    if passive or pronoun or after in _OF:
        return None
    return 0 if places[0] < places[1] else 1
