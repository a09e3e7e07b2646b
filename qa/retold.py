"""Folds what several articles tell of one meeting into one line: the same people, at times that agree."""

from collections.abc import Sequence
from dataclasses import replace

from qa.exonyms import is_arabic_place, place_terms
from qa.named import is_translated, names_told
from qa.negation import denials
from qa.people import Sought, names_somebody
from qa.selected import Selected, by_date, same_time
from vectorstore.names import LIKELY, likeness
from vectorstore.text import terms, words

# Of a name's words, how many another script must spell alike: «عبد الله» is two words, Abdullah one.
SAME_NAMES = 0.6
NAME_WORDS = 2


def folded(selected: Sequence[Selected], language: str, asked: Sequence[Sought]) -> list[Selected]:
    """``selected`` by date, less those whose people others name for the same time; these get them as ``retold``.

    What is in ``language`` is kept before what isn't, and what names more people before what names fewer.
    """
    ranked = sorted(
        selected,
        key=lambda each: (each.article.language != language, -len(_people(each, asked)), by_date(each)),
    )
    kept: list[Selected] = []
    for each in ranked:
        tellers = [at for at, other in enumerate(kept) if same_time(each.evidence, other.evidence)]
        shares = [_told_by(each, kept[at], asked) for at in tellers]
        if sum(shares) >= SAME_NAMES:
            best = tellers[shares.index(max(shares))]
            kept[best] = _with(kept[best], each)
        else:
            kept.append(each)
    return sorted(kept, key=by_date)


def _told_by(each: Selected, other: Selected, asked: Sequence[Sought]) -> float:
    """The share of the people in ``each`` that ``other`` names; 1 where it names nobody and ``other`` does,
    0 where one says no.

    Few Arabic names can be told as such, so that there the other's names are looked for as well.
    """
    if bool(denials(each.text)) != bool(denials(other.text)):
        return 0.0
    own, others = _people(each, asked), _people(other, asked)
    if own:
        return _spelled(own, other.text) / len(own)
    if names_somebody(" ".join(_besides(each, asked))):
        return float(bool(others) and _spelled(others, each.text) >= min(NAME_WORDS, len(others)))
    return float(bool(others) and each.evidence.sentence.events == other.evidence.sentence.events != ())


def _people(selected: Selected, asked: Sequence[Sought]) -> list[str]:
    """The words of names in a quotation, without the people asked about, places and bodies."""
    besides = set(_besides(selected, asked))
    return [
        name
        for name in dict.fromkeys(names_told(selected.text))
        if name in besides and not (place_terms(name) or is_arabic_place(name) or is_translated(name))
    ]


def _besides(selected: Selected, asked: Sequence[Sought]) -> list[str]:
    """The words of a quotation without the surnames asked about and what stands right before them."""
    said = [selected.text[span.start : span.end] for span in words(selected.text)]
    known = {term for sought in asked for term in sought.terms}
    named = [at for at, word in enumerate(said) if known & set(terms(word))]
    own = {at for last in named for at in range(last - NAME_WORDS, last + 1)}
    return [word for at, word in enumerate(said) if at not in own]


def _spelled(names: Sequence[str], text: str) -> int:
    """How many of the names ``text`` has in it, in any script."""
    said = [text[span.start : span.end] for span in words(text)]
    return sum(any(likeness(name, word) >= LIKELY for word in said) for name in names)


def _with(kept: Selected, other: Selected) -> Selected:
    if other.article.article_id in {kept.article.article_id, *(each.article_id for each in kept.retold)}:
        return kept
    return replace(kept, retold=(*kept.retold, other.article))
