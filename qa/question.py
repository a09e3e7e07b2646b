"""What is asked: language, window of time, people, kind of question, and the words to search with."""

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from qa.answer import Window
from qa.asking import asks_for_amount, asks_for_day, asks_which_person, bare, summed_up
from vectorstore.records import Days
from vectorstore.text import fold, language_of, terms
from vectorstore.times import find_times, question_window

ANY_TIME = Days(date.min, date.max)


class Kind(Enum):
    """What would answer the question."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    HOW_MANY = "how_many"
    WHY = "why"
    YES_NO = "yes_no"
    WHAT = "what"


# The first words that decide the kind, folded; longer openings stand before those they contain.
OPENINGS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.HOW_MANY, ("how many", "how much", "how long", "how far", "how fast", "how high", "how old")),
    (
        Kind.HOW_MANY,
        (
            "combien",
            "quel est le montant",
            "quel montant",
            "a quelle vitesse",
            "a quelle distance",
            "quel age",
        ),
    ),
    (
        Kind.HOW_MANY,
        ("كم", "بكم", "منذ كم", "ما مبلغ", "ما هو مبلغ", "ما عدد", "ما هو عدد", "ما حجم", "باي سرعه"),
    ),
    (Kind.WHEN, ("when", "what day", "what date", "what year", "which day", "which year", "since when")),
    (Kind.WHEN, ("quand", "depuis quand", "a quelle date", "en quelle annee", "quel jour", "quelle annee")),
    (
        Kind.WHEN,
        ("متي", "منذ متي", "في اي سنه", "في اي عام", "في اي يوم", "في اي تاريخ", "ما تاريخ", "اي سنه"),
    ),
    (Kind.WHERE, ("where", "ou", "dans quelle ville", "dans quel pays", "in which city", "in which country")),
    (Kind.WHERE, ("اين", "في اي مدينه", "في اي بلد", "في اي دوله")),
    (Kind.WHO, ("who", "whom", "whose", "with whom", "qui", "avec qui", "a qui", "de qui", "par qui")),
    (Kind.WHO, ("من هو", "من هي", "من هم", "مع من", "بمن", "لمن", "من")),
    (
        Kind.WHY,
        ("why", "for what reason", "what caused", "what causes", "what was the cause", "what is the cause"),
    ),
    (
        Kind.WHY,
        ("what led to", "pourquoi", "pour quelle raison", "quelle est la cause", "quelle est l'origine"),
    ),
    (
        Kind.WHY,
        ("qu'est-ce qui a cause", "qu'est-ce qui a provoque", "quelles sont les causes", "qu'a cause"),
    ),
    (
        Kind.WHY,
        ("لماذا", "لم", "ما سبب", "ما هو سبب", "ما اسباب", "ما الذي تسبب", "ما الذي ادي", "ماذا كان سبب"),
    ),
    (
        Kind.YES_NO,
        ("did", "does", "do", "is", "are", "was", "were", "has", "have", "will", "can", "est-ce", "هل"),
    ),
)


# "Castan a-t-elle été condamnée": a French question of yes or no where no word of asking opens it.
INVERTED = re.compile(r"\w-(?:t-)?(?:il|elle|ils|elles|on)\b")
ASKING = frozenset("que quel quelle quels quelles comment a de dans sur pour par avec en qu'est-ce".split())

# What asks wherever it stands ("by how much", « il a licencié combien de personnes »), and at a question's end.
ANYWHERE = re.compile(r"\b(?:combien|how (?:many|much))\b")
AT_THE_END = {
    **dict.fromkeys(("quand", "متي"), Kind.WHEN),
    **dict.fromkeys(("ou", "اين", "فين"), Kind.WHERE),
    **dict.fromkeys(("pourquoi", "لماذا"), Kind.WHY),
    "qui": Kind.WHO,
}
# What a question may be about, before it asks: "Nakuru derailment: who …", « À Béja, combien … ».
TOPIC = re.compile(r"(?:[^:,،?؟]{3,60}\s?:|(?:a|au|aux|en|dans|in|at|في)\s[^:,،?؟]{2,30}[,،])\s+(?=\S)")

# What asks who holds a post.
STATE = re.compile(
    r"(?:who (?:is|heads|runs|leads|holds)|qui (?:est|dirige|preside|occupe)|من (?:هو|هي|[يت]دير|[يت]راس))\b"
)

# Marks before a question, as it is pasted from a list.
BEFORE_A_QUESTION = " ¿«\"'“”-–—•*·"

# What stands before a time and goes with it.
BEFORE_A_TIME = frozenset("in on at since during en au le depuis في منذ خلال سنه عام يوم شهر".split())

# What a question may say besides its window when it asks for nothing in particular.
GENERIC = frozenset(
    terms(
        "happen happened occur occurred event events news going took place take passé arrivé produit événements "
        "actualité day jour journée حدث يحدث وقع جرى يجري أحداث الأحداث أخبار الأخبار تم يوم"
    )
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    ``text`` stands alone (a follow-up is made whole before). ``query`` is what to search with: the question
    without courtesies and the words that ``window`` was understood from. ``sums_up`` says that the gist is asked for.
    """

    text: str
    language: str
    kind: Kind
    query: str
    window: Window | None
    sums_up: bool = False

    @property
    def names_only_a_time(self) -> bool:
        """Whether nothing is asked for but a time ("what happened on 10 June 2022")."""
        return self.window is not None and not set(terms(self.query)) - GENERIC


def understand(text: str, as_of: date, window: Window | None = None) -> Question:
    """``text`` understood on the day ``as_of``; a ``window`` given by options outranks the question's own.

    One that is open at both ends takes off what the question's words say.
    """
    language = language_of(text)
    found = question_window(text, as_of)
    told = Window(found.days, found.understood_from) if found else None
    # Who heads something "today" may have been told of long ago.
    now = told is not None and told.days == Days(as_of, as_of) and STATE.match(fold(text)) is not None
    chosen = window or (None if now else told)
    bounded = chosen is not None and chosen.days != ANY_TIME
    asked = _without_times(text, as_of) if told else text
    topic = summed_up(asked, timeless=not bounded)
    query = topic or bare(asked)
    return Question(text, language, _kind(text, query), query, chosen if bounded else None, bool(topic))


def kind_of(text: str) -> Kind:
    """The kind of question, by its first words after any courtesies."""
    asked = bare(text)
    if asks_which_person(asked):
        return Kind.WHO
    if asks_for_day(asked):
        return Kind.WHEN
    if asks_for_amount(asked):
        return Kind.HOW_MANY
    folded = fold(asked).lstrip(BEFORE_A_QUESTION)
    opening = folded.split()
    for kind, openings in OPENINGS:
        for each in openings:
            words = each.split()
            if opening[: len(words)] == words:
                return kind
    return _kind_further_on(folded) or (
        Kind.YES_NO if INVERTED.search(asked) and opening[:1] and opening[0] not in ASKING else Kind.WHAT
    )


def _kind_further_on(folded: str) -> Kind | None:
    """The kind of a question whose words of asking don't stand first; ``None`` where none stand further on."""
    if ANYWHERE.search(folded):
        return Kind.HOW_MANY
    if topic := TOPIC.match(folded):
        kind = kind_of(folded[topic.end() :])
        return None if kind is Kind.WHAT else kind
    *said, last = folded.rstrip(" ?؟.!").split() or [""]
    return AT_THE_END.get(last) if said else None


def _kind(text: str, query: str) -> Kind:
    """The kind of the text or, where a time stands first ("in 2024, who ..."), of what follows it."""
    kind = kind_of(text)
    return kind_of(query.lstrip(" ,،")) if kind is Kind.WHAT else kind


def _without_times(text: str, as_of: date) -> str:
    """``text`` without the words that tell its window; whole where nothing else would be left."""
    left = text
    for mention in reversed(find_times(text, as_of)):
        before = left[: mention.start].rstrip()
        linked = before.rpartition(" ")
        if fold(linked[2]) in BEFORE_A_TIME:
            before = linked[0]
        left = f"{before} {left[mention.end :].lstrip()}"
    return " ".join(left.split()) if any(each.isalnum() for each in left) else text
