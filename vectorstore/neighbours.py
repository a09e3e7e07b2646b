"""The sentences around a passage whose own don't stand alone: changes when another beginning points back."""

from vectorstore.folding import fold
from vectorstore.records import Article, Span
from vectorstore.splitting import sentences, words

MOST_BEFORE = 2

# Pronouns that stand for one person or several as what a sentence is about.
ONE, SEVERAL = frozenset(fold("he she il elle هو هي").split()), frozenset(fold("they ils elles هم").split())
_LONGEST_OPENING = 80
_POSSESSIVES = ("his", "her", "its", "their", "son", "sa", "ses", "leur", "leurs")
_SUBJECTS = frozenset(
    (
        *ONE,
        *SEVERAL,
        *_POSSESSIVES,
        "it",
        *fold("أضاف أضافت تابع تابعت أوضح أوضحت أردف أردفت استطرد استطردت").split(),
    )
)
_POINTS_BACK = frozenset(
    fold(
        # English: pronouns and what goes on from a sentence before
        "he she it they him her his its their them this that these those here there but and so yet also however "
        "then thus instead meanwhile moreover both another "
        # French
        "il elle ils elles lui leur leurs son sa ses ce cet cette ces cela celui celle ceux y mais et or donc puis "
        "ainsi aussi toutefois cependant pourtant celui-ci ensuite ailleurs "
        # Arabic: pronouns, links, and verbs of somebody who goes on speaking
        "هو هي هم هما هن هذا هذه ذلك تلك هؤلاء أولئك كما لكن لكنه لكنها إذ حيث بينما كذلك أيضا غير بيد ثم "
        "إنه إنها أضاف أضافت تابع تابعت أوضح أوضحت أردف أردفت استطرد استطردت منه منها فيه فيها "
        "بدوره بدورها"
    ).split()
)


def with_neighbours(article: Article, start: int, end: int) -> Span:
    """The place of ``article.text[start:end]`` in whole sentences, with those before that it needs to be understood.

    As long as the first one begins with a word that points back, the sentence before it comes along: at most two,
    and none across a paragraph's end.
    """
    text = article.text
    found = sentences(text)
    touched = [at for at, each in enumerate(found) if each.start < end and start < each.end]
    if not touched:
        return Span(start, end)
    first = touched[0]
    while touched[0] - first < MOST_BEFORE and first > 0 and points_back(text[found[first].start :]):
        if "\n" in text[found[first - 1].end : found[first].start]:
            break
        first -= 1
    return Span(min(start, found[first].start), max(end, found[touched[-1]].end))


def lacks_its_subject(sentence: str) -> bool:
    """Whether ``sentence`` begins with a pronoun for its subject or its owner, or an Arabic verb of who speaks on."""
    return _opens_with(_SUBJECTS, sentence)


def points_back(sentence: str) -> bool:
    """Whether ``sentence`` begins with a word that stands for, or goes on from, what was said before."""
    return _opens_with(_POINTS_BACK, sentence)


def _opens_with(some: frozenset[str], sentence: str) -> bool:
    """Whether the first word is one of ``some``, an Arabic "and" before it left out."""
    for first in words(sentence[:_LONGEST_OPENING])[:1]:
        word = fold(sentence[first.start : first.end])
        return word in some or (word[0] in "وف" and word[1:] in some)
    return False
