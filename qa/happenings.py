"""Lists of what people did, said or went through besides meeting: every sentence that tells it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from qa.asking import LISTS_WORDS, PERSONS, PLACES
from qa.evidence import Evidence, names_all
from qa.exonyms import nations_in
from qa.extractive import ENOUGH, quoted
from qa.meetings import tells_of_all, ways
from qa.people import Sought, mentions, names_somebody, stands_as_place
from qa.quantities import numbers_told
from qa.question import Kind, Question
from qa.relations import REMARKS, SAYING, VISITING, forms, phrased, relations_in, telling, told_by
from qa.selected import Selected
from qa.subject import goes_on_about, paragraph_of, tells_of
from vectorstore.clues import Clue
from vectorstore.names import question_names
from vectorstore.neighbours import ONE, SEVERAL
from vectorstore.places import Place
from vectorstore.records import Article, Span
from vectorstore.text import fold, sentences, terms, words

# What may be listed by whom it befell, and by when it happened.
BEFALLS = ("appoint", "elect", "arrest", "resign", "dismiss", "convict", "acquit")
HAPPENS = (*BEFALLS, "visit", "sign", "win", "open")
# Who arrests as a rule; that, who appoints, the post itself and what makes a verb passive narrow no question.
POLICE = frozenset(
    terms("police gendarmes gendarmerie authorities autorités الشرطة الأمن الدرك السلطات المخابرات")
)
# What else makes «أوقف» or « garde » an arrest.
CHARGES = frozenset(
    terms("القاضي القاضية النيابة المعلومات التحقيق بتهمة بتهم بشبهة للاشتباه المشتبه الحراسة معه معهم vue")
)
AS_A_RULE = POLICE.union(terms("government gouvernement post posts office job تم الحكومة منصب منصبه منصبها"))
BEEN = re.compile(
    r"\b(?:was|were|been|été)(?: \w{3,12})? (?:arrested|detained|arrêté|interpellé|placé)", re.IGNORECASE
)
RELEASED = frozenset(
    terms("released freed libéré libérée libérés liberté fugitive wanted fuite أفرج الإفراج سراح فارا فار")
)
STOPS = frozenset(terms("أوقف garde"))
# Those who are arrested without their names being told.
UNNAMED = frozenset(
    terms(
        "man men woman women suspect suspects individual individuals youth youths teenager homme hommes femme femmes "
        "individu individus jeune jeunes رجل رجال امرأة نساء شاب شباب مشتبه متهم متهمين قاصر قاصرين"
    )
).union(PERSONS)
# Words from the verb of a visit to where it went.
NEAR_PLACE = 14
# Words between somebody's name and the verb that is theirs, and before the name of whom a sentence is about.
NEAR_VERB = 6
EARLY = 8
# Words before the verb of one who goes on speaking.
OPENING = 3
QUOTED = re.compile('[«»“”"„]')
# How a sentence begins that turns to somebody else's words.
ANOTHER = re.compile(
    r"(?:for (?:his|her|their) part|de (?:son|leur) côté|à son tour|quant à|و?من (?:جانب|جهت)(?:ه|ها|هم)"
    r"|و?بدور(?:ه|ها))\b",
    re.IGNORECASE,
)
# Behind it a name says whose lawyer or which town's mayor speaks.
OF = re.compile(r"(?:\b(?:of|de|du|des)|\bd['’])\s*$", re.IGNORECASE)
# How much of the subject asked about must be said, where it is said in the question's language.
ON_SUBJECT = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What each line must tell, as index terms of a verb, the kind of thing that answers, and what is said about."""

    verb: frozenset[str]
    kind: Kind
    subject: frozenset[str]


def wanted(question: Question, people: Sequence[Sought], places: Sequence[Place]) -> Wanted | None:
    """What ``question`` wants a list of; none where the likeliest sentence answers it.

    Of what happened only what is asked about without more: "who was arrested in Rabat", "when did X visit Y".
    """
    asked = frozenset(terms(question.query))
    names = [*(each.asked for each in people), *(each.asked for each in places)]
    named = frozenset(term for name in names for term in terms(name))
    persons = [each for each in people if each.terms and not each.place]
    rest = asked - named
    speaks = persons and not OF.search(question.query[: question.query.find(persons[0].asked)])
    if question.kind is Kind.WHAT and rest & SAYING and speaks:
        return Wanted(SAYING, Kind.WHAT, rest - SAYING)
    kind = Kind.WHERE if question.kind is Kind.WHAT and rest & PLACES else question.kind
    listed: tuple[str, ...] = BEFALLS if kind is Kind.WHO else ()
    if persons:
        listed = {Kind.WHEN: HAPPENS, Kind.WHERE: ("visit",)}.get(kind, listed)
    asked_of = relations_in(question.query) + phrased(question.query)
    told = [each for each in dict.fromkeys(asked_of) if each in listed]
    verb = telling(told[0]) if told else frozenset[str]()
    only = not rest - verb - PLACES - PERSONS - LISTS_WORDS - AS_A_RULE
    return Wanted(verb, kind, frozenset()) if len(told) == 1 and only else None


def happenings(
    evidence: Sequence[Evidence],
    want: Wanted,
    question: Question,
    people: Sequence[Sought],
    places: Sequence[Place],
    clues: Sequence[Clue],
) -> list[Selected]:
    """The sentences that tell it, of the people asked about and there, without repetitions."""
    tells = partial(_says if want.verb == SAYING else _tells, want=want, people=people, places=places)
    found = [each for each in evidence if tells(each) and _is_on(each, want, question)]
    if want.verb == SAYING:
        # What was said in Brussels is told by the report from there, not in each of its sentences.
        there = ways([each for each in people if each.place], places)
        found = [each for each in found if names_all(each.chunk.article, there)] or found
    return quoted(found, question, clues)


def _tells(evidence: Evidence, want: Wanted, people: Sequence[Sought], places: Sequence[Place]) -> bool:
    text = evidence.text
    # One report is of one trial: its town is named once, and the verdicts further down are of the same court.
    if want.verb in (forms("convict"), forms("acquit")) and names_all(
        evidence.chunk.article, ways(people, places)
    ):
        people, places = [each for each in people if not each.place], []
    if not told_by(want.verb, text) or not tells_of_all(evidence, people, places):
        return False
    if want.verb == VISITING and not _goes_somewhere(text):
        return False
    if want.verb == forms("arrest") and not _arrests(text):
        return False
    if want.kind is Kind.WHO:
        return names_somebody(text, people) or (want.verb == forms("arrest") and _tells_of_somebody(text))
    did = all(_does(text, want.verb, each) for each in people if not each.place)
    return did and (want.kind is not Kind.WHEN or bool(evidence.sentence.events))


def _arrests(text: str) -> bool:
    """Whether somebody is arrested: «أوقف» says so of the police or a charge, else that something is stopped."""
    told = set(terms(text))
    return not RELEASED & told and bool(told & forms("arrest") - STOPS or told & (POLICE | CHARGES))


def _tells_of_somebody(text: str) -> bool:
    return bool(UNNAMED & set(terms(text)) or BEEN.search(text) or numbers_told(text))


def _does(text: str, verb: frozenset[str], sought: Sought) -> bool:
    """Whether the verb can be that person's: named near it or early in the sentence, or not at all."""
    said = [text[span.start : span.end] for span in words(text)]
    return (
        not mentions(text, sought)
        or mentions(" ".join(said[:EARLY]), sought)
        or _stands_by(said, verb, sought)
    )


def _stands_by(said: Sequence[str], verb: frozenset[str], sought: Sought) -> bool:
    """Whether the name stands near one of the verbs."""
    verbs = (at for at, word in enumerate(said) if verb & set(terms(word)))
    return any(mentions(" ".join(said[max(at - NEAR_VERB, 0) : at + NEAR_VERB + 1]), sought) for at in verbs)


def _goes_somewhere(text: str) -> bool:
    """Whether a place stands right after the verb ("visited Germany"), or soon after it as where one goes."""
    said = [text[span.start : span.end] for span in words(text)]
    known = {place.asked for place in nations_in(text)} | {
        name for run in question_names(text) for name in run.split() if name[0].isupper()
    }
    verbs = told_by(VISITING, text)
    for at in (at for at, word in enumerate(said) if verbs & set(terms(word))):
        for before, word in pairwise(said[at : at + NEAR_PLACE]):
            if word in known and (before == said[at] or stands_as_place(f"{before} {word}", word)):
                return True
    return False


def _says(evidence: Evidence, want: Wanted, people: Sequence[Sought], places: Sequence[Place]) -> bool:
    del want, places
    article, sentence = evidence.chunk.article, Span(evidence.sentence.start, evidence.sentence.end)
    speaker = _speaker(people)
    others = [each for each in people if each.terms and not each.place and each != speaker]
    told = all(
        mentions(evidence.text, each) or goes_on_about(article, evidence.sentence, each) for each in others
    )
    return told and _speaks(article, sentence, speaker)


def _speaks(article: Article, sentence: Span, speaker: Sought) -> bool:
    """Whether the sentence gives the speaker's words: with the name by the verb, or going on after one that does."""
    text = article.text[sentence.start : sentence.end]
    if not SAYING & set(terms(text)):
        return False
    said = [text[span.start : span.end] for span in words(text)]
    if _stands_by(said, SAYING, speaker):
        return True
    if ANOTHER.match(text):
        return False
    if not SAYING & set(terms(" ".join(said[:OPENING]))) or names_somebody(" ".join(said[:NEAR_VERB])):
        return False
    before = [each for each in sentences(article.text) if each.end <= sentence.start][-1:]
    return any(_speaks(article, each, speaker) or _leads(article, each, sentence, speaker) for each in before)


def _leads(article: Article, before: Span, sentence: Span, speaker: Sought) -> bool:
    """Whether a sentence that begins with the speaker's name leads to the next of its paragraph, with "he"."""
    opening = words(article.text[before.start : before.end])[:EARLY]
    said = article.text[before.start + opening[0].start : before.start + opening[-1].end] if opening else ""
    together = "\n" not in article.text[before.end : sentence.start]
    first = fold(article.text[sentence.start : sentence.end]).split(maxsplit=1)[0]
    return together and first in ONE | SEVERAL and mentions(said, speaker)


def remarks(evidence: Sequence[Evidence], people: Sequence[Sought]) -> list[Evidence]:
    """Those that may tell, in whatever words, what the speaker thinks: of a paragraph about them, with a remark."""
    speaker = _speaker(people)
    return [
        each
        for each in evidence
        if (REMARKS & set(terms(each.text)) or QUOTED.search(each.text))
        and tells_of(each.chunk.article, each.sentence, speaker)
    ]


def _speaker(people: Sequence[Sought]) -> Sought:
    return next(each for each in people if each.terms and not each.place)


def _is_on(evidence: Evidence, want: Wanted, question: Question) -> bool:
    """Whether it is on the subject: in the question's language by its paragraph's words, else by its rating."""
    if not want.subject:
        return True
    if evidence.chunk.article.language != question.language:
        return evidence.probability >= ENOUGH
    around = paragraph_of(evidence.chunk.article.text, evidence.sentence.start)
    return len(want.subject & set(terms(around))) >= ON_SUBJECT * len(want.subject)
