"""What news tells most, as sets of words in three languages, so that a question in one finds another's."""

import re
from functools import cache

from vectorstore.text import fold, terms, words

# Each row is one thing that happens, in the forms that stemming doesn't bring together.
WORDS: dict[str, str] = {
    "meet": """
        meet meets met meeting meetings talks received receives receive hosted welcomed held lunch dined
        rencontre rencontrer rencontres recu recoit recevoir accueilli entretenu entretenir entretiens entretien
        reunion dejeune
        التقى يلتقي التقت لقاء لقاءات لقاءه اجتمع اجتماع اجتماعات استقبل يستقبل استقبال مباحثات تباحث محادثات
    """,
    "visit": """
        visit visits visited visiting trip tour travelled travels arrived flew
        visite visiter visites deplacement voyage tournee arrive
        زار يزور زارها زاره زيارة زيارات جولة سفر سافر حل سيحل وصل توجه توجهت يتوجه سيتوجه
    """,
    "die": """
        died dead deaths death killed toll victims drowned perished
        morts mort tues tue tuee deces bilan victimes decede noye
        توفي قتلى قتيل وفيات وفاة ضحايا مصرع حصيلة لقي مات أودى أودت
    """,
    "missing": """
        missing unaccounted
        disparus disparues
        مفقود مفقودين مفقودون فقدان
    """,
    "injure": """
        injured wounded hurt
        blesse blesses
        جرحى جريح أصيب أصيبوا إصابة إصابات مصاب مصابين
    """,
    "cost": """
        cost costs price spent budget worth
        coute cout prix budget
        كلف كلفة تكلفة ثمن سعر
    """,
    "fine": """
        penalty penalties
        amende amendes
        غرامة غرامات تغريم
    """,
    "open": """
        open opened opens opening inaugurated launched inauguration entered service
        ouvert ouverture ouvre inaugure inauguration lance
        افتتح افتتاح دشن تدشين انطلق انطلاق إطلاق
    """,
    "sign": """
        sign signed signs signing agreement memorandum
        signe signer signature accord memorandum convention
        وقع توقيع وقعت اتفاق اتفاقية مذكرة
    """,
    "win": """
        win won wins winner victory beat
        gagne remporte victoire vainqueur
        فاز فوز انتصر توج
    """,
    "appoint": """
        appointed appoint named appointment
        nomme nommer nomination designe
        عين تعيين عينت
    """,
    "resign": """
        resign resigned resigns resignation quit
        demission demissionne demissionner demissionnaire demissionnaires
        استقال استقالت استقالة استقالته استقالتها
    """,
    "convict": """
        convicted sentenced jailed
        condamne condamnee condamnes
        أدين أدانت إدانة سجن
    """,
    "acquit": """
        acquitted acquittal
        acquitte acquittee relaxe relaxee
        برأت برئ تبرئة براءة
    """,
    "dismiss": """
        dismiss dismissed sacked ousted
        limoge limogee limogeage destitue revoque evince evincee demis demise
        أقال أقيل إقالة أعفى إعفاء عزل
    """,
    "elect": """
        elect elected election
        elu elue elire election
        انتخب انتخبت انتخاب
    """,
    "arrest": """
        arrest arrested arrests detained custody
        arrete arretee arretes arrestation interpelle interpelles interpellation garde
        اعتقل اعتقال اعتقلت توقيف أوقف أوقفت موقوف موقوفين القبض
    """,
    "host": """
        host hosts hosting organise organize organised stage
        accueille accueillir organise organiser organisation
        استضاف استضافة تستضيف يستضيف تنظيم ينظم تنظم
    """,
    "train": """
        train trains railway rail
        train trains ferroviaire rail
        قطار قطارات سكة
    """,
    "collapse": """
        collapse collapsed collapses effondrement effondre effondree انهار انهارت انهيار
    """,
    "postpone": """
        postpone postponed postpones postponement delayed reporte reportee ajourne تأجل تأجلت تأجيل أجل أرجئ
    """,
    "hospital": """
        hospital hospitals hospitalised hospitalized hopital hospitalise hospitalisee مستشفى المستشفى مستشفيات
    """,
    "vaccinate": """
        vaccine vaccines vaccinate vaccinated vaccination vaccin vacciner vaccine لقاح تطعيم تلقيح
    """,
    "earthquake": """
        earthquake quake tremor seisme tremblement زلزال الزلزال هزة
    """,
}


SAYING = frozenset(
    terms(
        """
        say says said told declared announced added explained stressed affirmed insisted warned
        dit dire declare affirme annonce ajoute explique souligne indique estime rappele
        قال يقول صرح أكد أضاف أوضح أشار شدد أعلن تابع اعتبر
        """
    )
)
"""The verbs that tell what somebody said, as index terms."""

REMARKS = SAYING | frozenset(
    terms(
        """
        ruled stood promised pledged called urged criticised criticized praised condemned denied rejected
        thanked welcomed wrote
        believes hopes wants argued replied described denounced defended acknowledged predicted quoted according
        exclu exclut félicité félicitée réjoui réjouie regretté prévenu
        promis appelé exhorté critiqué salué condamné démenti rejeté remercié écrit espère veut répondu dénoncé
        défendu reconnu prédit plaidé assuré confié selon
        وعد دعا انتقد أشاد أدان نفى رفض شكر رحب كتب يأمل يريد رد وصف ندد دافع اعترف توقع حسب وفق طالب حذر عبر أعرب
        """
    )
)
"""All that tells what somebody thinks of something, as index terms."""

# What makes a question one about whom somebody met. Whole words, since "the meetings of the IMF" are only a subject.
MEETING_VERBS = frozenset(
    fold(word)
    for word in """
        meet met meets receive received receives
        rencontre rencontré rencontrée rencontrés rencontrer reçu reçus recevoir reçoit entretenu entretenus vu
        التقى التقت يلتقي التقاهم لقاءات لقاءاته اجتمع اجتمعت استقبل استقبلت يستقبل استقبلهم تباحث تباحثت
    """.split()
)


def asks_whom_met(question: str) -> bool:
    """Whether a verb of the question makes it one about whom somebody met."""
    return not MEETING_VERBS.isdisjoint(fold(question[span.start : span.end]) for span in words(question))


# "For" has the letters of "postponed".
FOR_SAKE = re.compile(r"(?<!\w)(?:و?من|ل) ?[أا]جل(?:\w{1,3})?(?!\w)")


@cache
def forms(relation: str) -> frozenset[str]:
    """The index terms of a relation in all three languages."""
    return frozenset(term for word in WORDS[relation].split() for term in terms(word))


# Words that tell something only in a phrase: « rendu » is as often said of a verdict or of homage.
_PHRASES = {
    "visit": (
        re.compile(r"\b(?:se|s['’](?:est|était|étaient|sont)) rend(?:re|ue?s?|ra|ront|ait)\b", re.IGNORECASE),
        frozenset(terms("rendre rendu rendue rendus rendra rendait")),
    ),
    "dismiss": (
        re.compile(
            r"\b(?:relevée?s?|déchargée?s?) de (?:ses|leurs?|son) (?:fonctions?|poste)\b", re.IGNORECASE
        ),
        frozenset(terms("relevé relevée relevés déchargé déchargée déchargés")),
    ),
}


def telling(relation: str) -> frozenset[str]:
    """The index terms of all that may tell of a relation; some of it only in a phrase."""
    return forms(relation) | (_PHRASES[relation][1] if relation in _PHRASES else frozenset())


VISITING = telling("visit")


def phrased(text: str) -> list[str]:
    """The relations that ``text`` tells of by a phrase: « s'est rendu », « relevé de ses fonctions »."""
    return [relation for relation, (phrase, _) in _PHRASES.items() if phrase.search(text)]


def told_by(verb: frozenset[str], text: str) -> frozenset[str]:
    """The index terms of ``verb`` by which ``text`` tells it, less those whose phrase it hasn't."""
    unphrased = (words for phrase, words in _PHRASES.values() if not phrase.search(text))
    loose = frozenset[str]().union(*(words for words in unphrased if words <= verb))
    return verb.intersection(terms(text)) - loose


def relations_in(text: str) -> list[str]:
    """The relations that ``text`` speaks of."""
    spoken = set(terms(FOR_SAKE.sub(" ", text)))
    return [relation for relation in WORDS if spoken & forms(relation)]
