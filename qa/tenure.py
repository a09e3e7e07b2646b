"""Whether somebody is still in office, and who came after: by what is told of appointments and of those who leave."""

import re
from collections.abc import Sequence

from qa.evidence import Evidence
from qa.people import Sought, is_title, mentions, names_somebody
from qa.question import Kind, Question
from qa.relations import forms
from qa.subject import goes_on_about, tells_of
from vectorstore.neighbours import ONE
from vectorstore.text import fold, is_rtl, terms

LEAVING = frozenset[str]().union(*(forms(each) for each in ("resign", "dismiss")))
REPLACING = frozenset(
    terms(
        """
        replace replaced replaces replacing replacement succeed succeeds succeeded succeeding successor acting interim
        caretaker lead take charge
        remplace remplacé remplacée remplacer remplaçant remplaçante succède succédé succéder successeur intérim
        intérimaire assurera prendra
        خلف خلفا خلفه خلفها خليفته خليفتها محل محله محلها عوض عوضه عوضا بدلا بديلا بالنيابة مؤقتا مؤقتة تولى تولت
        يتولى تتولى سيتولى ستتولى يقود سيقود يعوض يعوضه سيعوض سيعوضه تعوضه ستعوضه يخلف يخلفه سيخلف سيخلفه تخلفه ستخلفه
        """
    )
)
# A player leaves too.
WITHDRAWING = frozenset(
    terms(
        "withdraw withdrew withdrawn injured injury forfait blessé blessure retrait انسحب انسحبت انسحاب إصابة غياب"
    )
)
POSTS = LEAVING | REPLACING | forms("appoint") | forms("elect")
STILL = re.compile(r"\b(?:still|toujours|encore|لا [يت]زال|ما ?زالت?|لازال)\b", re.IGNORECASE)
ASKS_WHO_CAME_AFTER = re.compile(
    r"\b(?:replac(?:ed|es|ing)|succe(?:ed|eded|eds)|took over from|takes over from|remplac\w{1,3}|succ[èé]d\w{1,2})\b"
    r"|(?<!\w)(?:حل(?:ت)? محل|خلف|خلفت|عوض|عوضت)(?!\w)",
    re.IGNORECASE,
)
_ASKS_IN_PASSIVE = re.compile(
    r"\b(?:été|was|were|been) (?:remplacée?s?|replaced|succeeded)(?!\w)", re.IGNORECASE
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
    r"|(?<!\w)(?:بالنيابة|مؤقتا|مؤقتة|خلفا له|خلفا لها|خليفت\w+|محله|س?[يت]تولى|س?[يت]قود"
    r"|و?س?[يت](?:خلف|عوض)(?:ه|ها)?(?!\w))",
    re.IGNORECASE,
)
# What leaves room for somebody to come after: "who took over after X quit?".
_AFTER_LEAVING = re.compile(
    r"\bafter\b.{0,60}\b(?:resign\w*|dismiss\w*|departure|quit|left)\b"
    r"|\baprès (?:la démission|le départ|le limogeage|l['’]éviction)\b"
    r"|(?<!\w)(?:بعد|إثر|عقب) (?:استقالة|إقالة|رحيل|إعفاء|عزل)(?!\w)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\b(?:replaced by|succeeded by|remplacée? par)\b", re.IGNORECASE)


def asks_whether_still(question: Question) -> bool:
    """Whether it asks if something is as it was: "is X still minister?"."""
    return question.kind is Kind.YES_NO and bool(STILL.search(question.query))


def asks_who_came_after(question: Question, people: Sequence[Sought]) -> bool:
    """Whether it asks who replaced somebody it names."""
    query = question.query
    named = ASKS_WHO_CAME_AFTER.search(query)
    after = query[0 if _ASKS_IN_PASSIVE.search(query) else named.end() :] if named else ""
    if not named and _AFTER_LEAVING.search(query) and (REPLACING | forms("appoint")) & set(terms(query)):
        after = query
    persons = [each for each in people if not each.place and not _is_of(query, each.asked)]
    return question.kind is Kind.WHO and any(mentions(after, each) for each in persons)


def _is_of(query: str, name: str) -> bool:
    """Whether ``name`` says of what somebody is head: "the governor of Tiaret", «والي تيارت»."""
    before = query[: max(0, query.find(name))].split()
    if not before:
        return False
    return before[-1].casefold() in ("of", "de", "du") or (
        is_rtl(name) and is_title(before[-1]) and not before[-1].startswith("ال")
    )


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
    article = evidence.chunk.article
    if any(mentions(text[: each.start()], sought) for each in _PASSIVE.finditer(text)):
        return True
    if _PASSIVE.search(text) and fold(text.split(maxsplit=1)[0]) in ONE:
        return _is_about(evidence, sought)
    if any(mentions(text[each.end() :], sought) for each in _ACTIVE.finditer(text)):
        return True
    if not _STANDS_IN.search(text):
        return False
    # "Named X as interim director, two days after Y quit", or one named as acting where the report of somebody's
    # leaving goes on without the name.
    if mentions(text, sought):
        return bool(LEAVING & set(terms(text)))
    leaves = any((LEAVING | WITHDRAWING) & set(terms(part)) for part in (article.title, evidence.chunk.text))
    return leaves and _is_about(evidence, sought)


def _is_about(evidence: Evidence, sought: Sought) -> bool:
    article = evidence.chunk.article
    return mentions(article.title, sought) or tells_of(article, evidence.sentence, sought)
