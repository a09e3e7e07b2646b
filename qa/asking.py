"""How a question is put: the courtesies it opens with, and what asks for a whole list or for persons."""

import re
from functools import cache

from vectorstore.text import fold, terms, words

AGE = re.compile(
    r"\bhow old\b|\bquel (?:est l['’])?âge\b|(?<!\w)(?:كم|ما)(?: كان| هو| كانت)? (?:عمر|سن|يبلغ)(?!\w)",
    re.IGNORECASE,
)
# A number that tells how old somebody is.
TELLS_AGE = re.compile(
    r"\b\d{1,3}(?:[ -]year|[\u00a0 ]ans\b)|\bage(?:d| of) |\bâgée?|, \d{2}[,،]|\(\d{2}\)|\bborn\b|\bnée?\b"
    r"|(?:البالغ|يبلغ|تبلغ|بالغ|عمره|عمرها|العمر|من مواليد|ولد)|\d{1,3} (?:سنة|عاما)",
    re.IGNORECASE,
)
# Relatives that a question may ask about, a row for each kind, and what makes somebody one.
RELATIVES = tuple(
    frozenset(terms(row))
    for row in (
        "wife femme épouse زوجة زوجته",
        "husband mari époux زوجها",
        "son sons fils نجل نجله",
        "daughter daughters fille filles ابنة ابنته ابنتها",
        "brother brothers frère frères شقيق شقيقه أخوه",
        "sister sisters sœur soeur شقيقة شقيقته أخته",
        "father père والد والده والدها",
        "mother mère والدة والدته والدتها",
    )
)
_OF_SOMEBODY = re.compile(
    r"['’]s (\w+)|\b(?:his|her|the) (\w+) of|\b(?:la|le|l['’]|sa|son|du) ?(\w+) (?:de|du|d['’])|(?<!\w)([ء-ي]+)",
    re.IGNORECASE,
)
# What may stand before a question without changing it.
COURTESIES = """
please, kindly, can you, could you, would you, tell me, do you know, i want to know, i would like to know,
s'il te plaît, s'il vous plaît, peux-tu, pouvez-vous, pourriez-vous, me dire, dis-moi, dites-moi, sais-tu,
savez-vous, je veux savoir, je voudrais savoir, j'aimerais savoir,
من فضلك, لو سمحت, رجاء, قل لي, أخبرني, أخبرنا, هل تعرف, هل تعلم, هل يمكنك أن تخبرني, هل يمكنك,
أريد أن أعرف, أود أن أعرف
"""
# What asks for the gist of whatever follows: by itself, or with one of the words that lead to what it is about.
SUMMING_UP = """
summarise, summarize, sum up, summarise for me, tell me about,
résume, résumer, résumez, résume-moi, résumez-moi, parle-moi de, parle-moi du,
لخص, لخصي, لخص لي, تلخيص, ملخص, خلاصة, أوجز, آخر أخبار, ما آخر أخبار, آخر مستجدات, ما آخر مستجدات, حدثني عن
"""
SUMMARIES = """
a summary, summary, give me a summary, give a summary, write a summary, what is known, what do we know,
latest news, the latest news, any news, news, what's new, what is new, anything new, what's the latest,
what is the latest, what is the latest news,
résumé, un résumé, fais un résumé, fais-moi un résumé, donne-moi un résumé, que sait-on, quoi de neuf,
dernières nouvelles, les dernières nouvelles, quelles sont les dernières nouvelles,
ملخصا, أعطني ملخصا, أعطني ملخص, اكتب ملخصا, ماذا نعرف, آخر الأخبار, ما آخر الأخبار, ما هي آخر الأخبار,
ما الجديد, هل من جديد, آخر المستجدات, ما آخر المستجدات
"""
ABOUT = """
about, of, on, in, with, de, du, des, de la, de l, d, sur, à propos de, dans, concernant, عن, في, حول, بخصوص, من
"""
# What asks for all that happened, where no time is told.
HAPPENED = """
what happened in, what happened at, what happened to, what happened during, what happened with,
que s'est-il passé à, que s'est-il passé au, que s'est-il passé en, que s'est-il passé dans,
que s'est-il passé lors de, que s'est-il passé pendant,
ماذا وقع في, ماذا حدث في, ماذا جرى في, ما وقع في, ما الذي حدث في, ما الذي وقع في, ما الذي جرى في
"""
# What asks for all there is, before whatever it is.
LISTING = """
list all, list, give me, show me, name, enumerate, a list of, the list of,
liste, lister, listez, liste-moi, la liste, une liste, cite, citez, donne-moi, donnez-moi, énumère, énumérez,
اذكر, اذكري, عدد لي, اسرد, أعطني, أعطيني, قائمة, لائحة, كل, جميع
"""
# What may stand before the things themselves, where a list of them is wanted.
BEFORE_THINGS = """
which, what, all, all the, the, les, des, toutes les, quelles, quels, quelles sont les, quels sont les,
ما, ما هي, أي, ما أبرز, ما هي أبرز, أبرز
"""
WHICH = "which, with which, quel, quels, quelle, quelles, avec quel, avec quels, avec quelles, أي, مع أي, بأي"
PERSONS = frozenset(
    terms(
        "official officials person people minister ministers leader leaders chief chiefs counterpart counterparts "
        "ambassador ambassadors director directors president presidents officer officers responsable responsables "
        "personne personnes personnalité personnalités ministre ministres dirigeant dirigeants chef chefs homologue "
        "homologues ambassadeur ambassadeurs directeur directeurs président présidents "
        "مسؤول مسؤولين المسؤولين شخص أشخاص شخصية شخصيات الشخصيات وزير وزراء قائد قادة رئيس رؤساء مدير سفير سفراء"
    )
)
WHAT_TIME = """
in what, in which, on what, on which, by what, by which, since what, since which, during what, during which,
until what, what, which, what is the, what was the, en quel, en quelle, en quels, en quelles, de quel, de quelle,
à quel, à quelle, depuis quel, depuis quelle, quel, quelle, quels, quelles, quel est le, quelle est la,
quelle était la, في أي, في أية, منذ أي, خلال أي, حتى أي, بحلول أي, أي, ما, ما هو, ما هي, ماهو, ماهي
"""
TIMES = frozenset(
    terms(
        "year years day date month months année années jour date mois سنة سنوات عام أعوام يوم تاريخ شهر السنة العام"
    )
)
WHAT_AMOUNT = """
what, what is the, what was the, what are the, what were the, what is the total, what was the total, quel, quelle,
quel est le, quelle est la, quel était le, quelle était la, quel a été le, quelle a été la,
ما, ما هو, ما هي, ماهو, ماهي, كم, كم بلغ, كم بلغت, كم تبلغ, كم يبلغ
"""
AMOUNTS = frozenset(
    terms(
        "percentage percent proportion number population length height depth distance cost price budget speed "
        "pourcentage proportion nombre population longueur hauteur profondeur superficie distance coût prix budget "
        "montant vitesse نسبة عدد مساحة ارتفاع عمق مسافة تكلفة كلفة سعر ثمن ميزانية مبلغ سرعة"
    )
)
PLACES = frozenset(
    terms(
        "country countries city cities town towns place places capital capitals pays ville villes lieu lieux "
        "capitale capitales دولة دول الدول بلد بلدان البلدان مدينة مدن المدن عاصمة عواصم"
    )
)
# What a request for a list says besides the things themselves.
LISTS_WORDS = frozenset(term for opening in LISTING.split(",") for term in terms(opening))
LONGEST_OPENING = 18  # words looked at
NEAR_WHICH = 2  # words after "which" among which the persons are named: "which senior officials"


def bare(question: str) -> str:
    """The question without the courtesies it opens with; whole where nothing else is said."""
    return _after(question, COURTESIES) or question


def summed_up(question: str, *, timeless: bool = True) -> str:
    """What the question asks the gist of, or what happened there if it is ``timeless``; else an empty text."""
    openings = f"{COURTESIES},{SUMMING_UP},{_summaries()}" + (f",{HAPPENED}" if timeless else "")
    topic = _after(question, openings)
    return "" if topic in (question, bare(question)) else topic


@cache
def _summaries() -> str:
    heads, links = (
        [part.strip() for part in each.replace("\n", " ").split(",")] for each in (SUMMARIES, ABOUT)
    )
    return ",".join(f"{head} {link}" for head in heads for link in links)


def asks_for_all(question: str, things: frozenset[str]) -> bool:
    """Whether it opens with a request for a list, or with ``things`` (index terms) themselves, as a heading does."""
    return _after(question, LISTING) != question or _names(_after(question, BEFORE_THINGS), things, 1)


def asks_which_person(question: str) -> bool:
    """Whether it asks "which minister", "quels responsables" or the like."""
    rest = _after(question, WHICH)
    return rest != question and _names(rest, PERSONS, NEAR_WHICH)


def asks_for_day(question: str) -> bool:
    """Whether it asks "in what year", "quelle est la date" or the like."""
    rest = _after(question, WHAT_TIME)
    return rest != question and _names(rest, TIMES, 1)


def asks_for_amount(question: str) -> bool:
    """Whether it asks "what percentage", "quel est le prix" or the like."""
    rest = _after(question, WHAT_AMOUNT)
    return rest != question and _names(rest, AMOUNTS, 1)


def asks_for_age(question: str) -> bool:
    """Whether it asks how old somebody is."""
    return AGE.search(question) is not None


def relative_asked(question: str) -> frozenset[str]:
    """The index terms of the kind of relative asked about: "X's wife", « la femme de X »; empty if of none."""
    named = (word for found in _OF_SOMEBODY.finditer(question) for word in found.groups() if word)
    said = frozenset(term for word in named for term in terms(word))
    return next((row for row in RELATIVES if row & said), frozenset())


def _names(text: str, things: frozenset[str], within: int) -> bool:
    """Whether one of the first ``within`` words is one of ``things``."""
    return any(things & set(terms(text[span.start : span.end])) for span in words(text)[:within])


def _after(text: str, openings: str) -> str:
    """``text`` from behind all of ``openings`` that it begins with; whole where there are none."""
    spans = words(text)
    said = [fold(text[span.start : span.end]) for span in spans[:LONGEST_OPENING]]
    at = 0
    while step := max(
        (len(each) for each in _parted(openings) if said[at : at + len(each)] == each), default=0
    ):
        at += step
    if at == 0:
        return text
    return text[spans[at].start :] if at < len(spans) else ""


@cache
def _parted(openings: str) -> list[list[str]]:
    """Openings parted by commas, as folded words."""
    each = (part.strip() for part in openings.replace("\n", " ").split(",") if part.strip())
    return [[fold(part[span.start : span.end]) for span in words(part)] for part in each]
