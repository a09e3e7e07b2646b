"""What a sentence changed that otherwise repeats its passage: changes when copies are altered in another way."""

import re
from collections.abc import Iterator

from qa.quantities import quantities
from qa.told import Text, coverage, read
from vectorstore.names import LIKELY, likeness, question_names
from vectorstore.text import clauses, fold, is_rtl, terms

_NEAR_VERBATIM = 0.7
"""Share of a sentence's terms from which on it repeats a passage, so that what differs is what was changed."""
_VERBATIM = 0.9
_LEAST_QUOTED = 3
"""Words in quotation marks; fewer are a name or a manner of speaking."""
_QUOTATION = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"]+)\"")
_SOFT = re.compile("[اويىأإآؤئءة]")


def quoted(claim: Text, cited: Text) -> list[str]:
    """What stands in quotation marks without being in the cited words, where those are in the same language."""
    if not claim.speaks_like(cited):
        return []
    told = " ".join(terms(cited.text))
    quotations = (next(filter(None, found.groups())) for found in _QUOTATION.finditer(claim.text))
    return [
        each
        for each in quotations
        if len(each.split()) >= _LEAST_QUOTED and " ".join(terms(each)) not in told
    ]


def moved(claim: Text, cited: Text) -> list[str]:
    """Figures that do stand in the cited words, but not where a sentence that repeats those has them."""
    shared = coverage(claim, cited)
    if shared < _NEAR_VERBATIM or not claim.speaks_like(cited):
        return []
    enough = all if shared >= _VERBATIM else any
    exact = {each.days for each in cited.days}
    coarser = {term for each in claim.days if each.days not in exact for term in terms(each.words)}
    return [
        figure
        for part in clauses(claim.text)
        for figure, pairs in _neighbours(terms(claim.text[part.start : part.end]), cited)
        if figure not in coarser and not enough(pair in cited.term_pairs for pair in pairs)
    ]


def _neighbours(own: list[str], cited: Text) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each figure with its pairs with the words before and after, where the cited words have both."""
    for before, figure, after in zip(["", *own], own, [*own[1:], ""], strict=False):
        pairs = [pair for pair in ((before, figure), (figure, after)) if cited.terms.issuperset(pair)]
        if figure[0].isdigit() and pairs:
            yield figure, pairs


def _one_word(one: str, other: str) -> bool:
    """Whether two Arabic words are spellings of one name, or forms of one word: «فرق» and «فريقا»."""
    return likeness(one, other) >= LIKELY or _SOFT.sub("", one) == _SOFT.sub("", other)


def changed(claim: Text, cited: Text, beside: str) -> list[str]:
    """Where an Arabic sentence repeats an Arabic passage but for a word or two: those, if they can be names."""
    if not (is_rtl(claim.text) and is_rtl(cited.text)) or coverage(claim, cited) < _NEAR_VERBATIM:
        return []
    known = cited.terms | read(beside).terms
    candidates = [word for run in question_names(claim.text) for word in run.split()]
    return [
        word
        for word in candidates
        if terms(word)
        and not known.intersection(terms(word))
        and not quantities(word)
        and not any(_one_word(fold(word), each) for each in cited.folded_words)
    ]
