"""Whether a sentence tells of somebody: by name, by office, or by going on from a sentence that does."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from qa.people import ARTICLES, Sought, is_title, mentions, names_somebody
from vectorstore.naming import is_given_name
from vectorstore.neighbours import ONE
from vectorstore.passages import DATELINE
from vectorstore.records import Article, Sentence, Span
from vectorstore.text import clauses, fold, sentences, terms, words

OFFICE_WORDS = 2
OPENING = 12
SUBJECT = 6  # words within which a sentence about somebody else names them
LOOKED_BACK = 8  # sentences
COURTESY = frozenset(fold("m mm mme mlle me mr mrs ms dr").split())
# How a sentence begins that goes on telling of whom the one before told.
CONTINUES = frozenset(
    fold(word) for word in (*"كما ثم وقد وأجرى والتقى واستقبل واجتمع وعقد وتباحث وأكد they ils".split(), *ONE)
)


def tells_of(article: Article, sentence: Sentence, sought: Sought) -> bool:
    """Whether the paragraph around ``sentence`` is about the person sought."""
    paragraph = paragraph_of(article.text, sentence.start)
    if mentions(paragraph, sought):
        return True
    folded = fold(paragraph)
    if any(office in folded for office in offices(article, sought)):
        return True
    if goes_on_about(article, sentence, sought):
        return True
    first = folded.split(maxsplit=1)[:1]
    if not first or first[0] not in CONTINUES:
        return False
    begins = article.text.rfind("\n", 0, sentence.start) + 1
    return mentions(paragraph_of(article.text, len(article.text[:begins].rstrip())), sought)


def goes_on_about(article: Article, sentence: Sentence, sought: Sought) -> bool:
    """Whether the sentence begins with "she" or "the minister", and the last one named at such a place is sought."""
    text = article.text
    if not _stands_for_somebody(_opening(text, Span(sentence.start, sentence.end))):
        return False
    for before in reversed(sentences(text, 0, sentence.start)[-LOOKED_BACK:]):
        opening = _opening(text, before)
        if mentions(" ".join(opening), sought):
            return True
        # "Les" is a given name too.
        others = [word for word in opening[:SUBJECT] if fold(word) not in ARTICLES]
        if not _stands_for_somebody(opening) and (_is_called(opening) or names_somebody(" ".join(others))):
            return False
    return mentions(article.title, sought)


def _opening(text: str, sentence: Span) -> list[str]:
    """The first words of a sentence, behind its dateline."""
    dateline = DATELINE.match(text, sentence.start)
    start = dateline.end() if dateline else sentence.start
    return [
        text[start + each.start : start + each.end] for each in words(text[start : sentence.end])[:OPENING]
    ]


def _is_called(opening: Sequence[str]) -> bool:
    """Whether it begins with "Mr" and a name."""
    first, second = [*opening, "", ""][:2]
    return fold(first) in COURTESY and second[:1].isupper()


def _stands_for_somebody(opening: Sequence[str]) -> bool:
    """Whether a pronoun or an office without a name opens a sentence."""
    first, second, third = [*opening, "", "", ""][:3]
    if fold(first) in ONE or fold(third) in ONE:  # "on Wednesday she"
        return True
    if fold(first) in ARTICLES:
        return is_title(second) and second.islower() and not third.istitle()
    return any(
        word.startswith("ال") and is_title(word) and not is_given_name(fold(after))
        for word, after in pairwise((first, second, third))
    )


@lru_cache(maxsize=256)
def offices(article: Article, sought: Sought) -> frozenset[str]:
    """What the article calls the person by office («…حموشي، المدير العام»): its first two words, folded."""
    found = set()
    for sentence in sentences(article.text):
        parts = clauses(article.text, sentence.start, sentence.end)
        for name, office in pairwise(parts):
            if not mentions(article.text[name.start : name.end], sought):
                continue
            told = [
                article.text[office.start + each.start : office.start + each.end]
                for each in words(article.text[office.start : office.end])
            ]
            at = next((at for at, word in enumerate(told[:2]) if is_title(word)), None)
            if at is not None and len(told) >= at + OFFICE_WORDS:
                found.add(fold(" ".join(told[at : at + OFFICE_WORDS])))
    return frozenset(found)


def names_there(article: Article, place: int, ways: Sequence[frozenset[frozenset[str]]]) -> bool:
    """Whether title, lead or the paragraph at ``place`` has of each of ``ways`` one alternative, as index terms.

    An article names other places too, by the way.
    """
    text = "\n".join((article.title, paragraph_of(article.text, 0), paragraph_of(article.text, place)))
    return has_each(frozenset(terms(text)), ways)


def has_each(present: frozenset[str], ways: Sequence[frozenset[frozenset[str]]]) -> bool:
    """Whether of each of ``ways`` one alternative is among the index terms ``present``."""
    return all(any(name <= present for name in names) for names in ways)


def paragraph_of(text: str, place: int) -> str:
    """The paragraph that holds ``place``, or that ends there."""
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : len(text) if end < 0 else end]
