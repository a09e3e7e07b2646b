"""Whether somebody is still in office, and who came after: by what is told of appointments and of those who leave."""

import re
from collections.abc import Sequence

from qa.evidence import Evidence
from qa.people import Sought, mentions, names_somebody
from qa.question import Kind, Question
from qa.relations import forms
from qa.subject import goes_on_about, tells_of
from vectorstore.text import terms

LEAVING = frozenset[str]().union(*(forms(each) for each in ("resign", "dismiss")))
REPLACING = frozenset(
    terms(
        """
        replace replaced replaces replacing replacement succeed succeeds succeeded succeeding successor acting interim
        caretaker lead take charge
        remplace remplacé remplacée remplacer remplaçant remplaçante succède succédé succéder successeur intérim
        intérimaire assurera prendra
        خلف خلفا خلفه خلفها خليفته خليفتها محل محله محلها عوض عوضه عوضا بدلا بديلا بالنيابة مؤقتا مؤقتة يتولى تتولى
        سيتولى ستتولى يقود سيقود
        """
    )
)
POSTS = LEAVING | REPLACING | forms("appoint") | forms("elect")
STILL = re.compile(r"\b(?:still|toujours|encore|لا [يت]زال|ما ?زالت?|لازال)\b", re.IGNORECASE)
ASKS_WHO_CAME_AFTER = re.compile(
    r"\b(?:replac(?:ed|es|ing)|succe(?:ed|eded|eds)|took over from|takes over from|remplac\w{1,3}|succ[èé]d\w{1,2})\b"
    r"|(?<!\w)(?:حل(?:ت)? محل|خلف|خلفت|عوض|عوضت)(?!\w)",
    re.IGNORECASE,
)
# After these stands who left; before these, in the passive, who left.
_ACTIVE = re.compile(
    r"\b(?:replac(?:ed?|es|ing)(?! by)|succeed(?:s|ed|ing)?(?! by)|taking over from|remplac(?:e|er|é|ée|ant)(?! par)"
    r"|succède(?:r|ra)? à|succédé à|successor to|successeur d)"
    r"|(?<!\w)و?(?:خلفا? ل?|محل(?!\w)|عوض(?:ا عن)?|بدلا (?:من|عن)|بديلا ل)",
    re.IGNORECASE,
)
# What says so of one who stands in, where the one who left isn't named again.
_STANDS_IN = re.compile(
    r"\b(?:acting|interim|caretaker|successor|(?:would|will) lead|take charge|tak(?:es?|ing) over)\b"
    r"|\b(?:successeur|intérim(?:aire)?|remplaçante?|assurera|prendra)\b"
    r"|(?<!\w)(?:بالنيابة|مؤقتا|مؤقتة|خلفا له|خلفا لها|خليفت\w+|محله|محلها|س?[يت]تولى|س?[يت]قود)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:replaced by|succeeded by|remplacée? par)\b", re.IGNORECASE)


def asks_whether_still(question: Question) -> bool:
    """Whether it asks if something is as it was: "is X still minister?"."""
    return question.kind is Kind.YES_NO and bool(STILL.search(question.query))


def asks_who_came_after(question: Question, people: Sequence[Sought]) -> bool:
    """Whether it asks who replaced somebody it names."""
    named = ASKS_WHO_CAME_AFTER.search(question.query)
    after = question.query[named.end() :] if named else ""
    return question.kind is Kind.WHO and any(mentions(after, each) for each in people if not each.place)


def of_posts(evidence: Sequence[Evidence], sought: Sought) -> list[Evidence]:
    """The sentences that tell of somebody's posts, by name or going on about them."""
    return [
        each
        for each in evidence
        if POSTS & set(terms(each.text))
        and (mentions(each.text, sought) or goes_on_about(each.chunk.article, each.sentence, sought))
    ]


def who_came_after(evidence: Sequence[Evidence], sought: Sought) -> list[Evidence]:
    """The sentences that tell who replaced somebody, or who stands in since they left."""
    return [each for each in evidence if _tells_who(each, sought)]


def _tells_who(evidence: Evidence, sought: Sought) -> bool:
    text = evidence.text
    if not REPLACING & set(terms(text)) or not names_somebody(text, [sought]):
        return False
    if any(mentions(text[: each.start()], sought) for each in _PASSIVE.finditer(text)):
        return True
    if any(mentions(text[each.end() :], sought) for each in _ACTIVE.finditer(text)):
        return True
    # One named as acting, in a report of somebody's leaving that goes on without the name.
    if not _STANDS_IN.search(text):
        return False
    leaves = any(LEAVING & set(terms(part)) for part in (evidence.chunk.article.title, evidence.chunk.text))
    return leaves and not mentions(text, sought) and _is_about(evidence, sought)


def _is_about(evidence: Evidence, sought: Sought) -> bool:
    article = evidence.chunk.article
    return mentions(article.title, sought) or tells_of(article, evidence.sentence, sought)
