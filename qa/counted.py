"""Which number of a sentence counts what a question asks for: changes when something else is to be counted.

"Killed 20 people and injured 35" counts the dead with 20 alone: each number belongs to the word nearest to it that
tells what happened, without another number or another such word between the two.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.asking import asks_for_age
from qa.grave import matters_of
from qa.negation import EARLIER
from qa.quantities import Quantity, is_dual, quantities
from qa.question import Kind, Question
from qa.relations import forms
from qa.units import unit_after
from vectorstore.lexicon import in_any_words
from vectorstore.records import Span
from vectorstore.text import terms, words
from vectorstore.times import find_times

COUNTING = ("die", "missing", "injure", "cost", "fine")
"""Relations that a figure is told of."""
OF_MONEY = ("cost", "fine")
# A word apart: its stem is the French "fin", end.
FINED = re.compile(r"\b(?:fined|fines?)\b", re.IGNORECASE)
REACH = 6  # words between a number and what it counts
# "The number of people killed in Saturday's earthquake in the south has risen to 31."
REACH_TO = 20
_TO = re.compile(r"\b(?:to|at|à|إلى)(?: (?:at least|au moins))? \Z")
_FROM, _THEN_TO = re.compile(r"\b(?:from|de|من) \Z"), re.compile(r" ?(?:\w{1,20}+ ){0,2}(?:to|à|إلى) ")
# What tells of the dead in several words, or in words that tell it beside a number alone.
_DEAD = re.compile(
    r"\b(?:(?:perdu|co[uû]t\w{1,4}|laiss\w{1,3}) la vie|trouv\w{1,4} la mort|(?:a|ont|avaient) péri|lost their lives|"
    r"lives|bod(?:y|ies)|corps|cadavres|جثة|جثث|حتفهم|قضى|قضوا)\b"
)
# What parts a number from the word before it, and how many words that counts for.
_AND, OF_ANOTHER = re.compile(r"\b(?:and|et|while|tandis que|و|فيما|بينما)\s*\Z", re.IGNORECASE), 2
_NOBODY = re.compile(
    r"\b(?:(?:no|aucune?|لم [تي]سجل أي|دون(?: تسجيل)?(?: أي)?) (?:\w+ )?"
    r"(?:deaths?|fatalities|casualties|morts?|victimes?|décès|وفاة|وفيات|قتلى|ضحايا)"
    r"|(?:nobody|no one) (?:was killed|died)|personne n['’]a été tué)",
    re.IGNORECASE,
)
NOUNS = 2  # words after "how many" that may be what is counted
ASKING = frozenset(terms("how many much combien كم عدد حجم"))
PERSONS = frozenset(terms("people persons person personne personnes شخص أشخاص"))
# What is asked for in these is told by one sentence, not counted over articles: "how many years was he given?"
SPANS_OF_TIME = frozenset(
    terms(
        """
        year years month months week weeks day days hour hours minute minutes an ans année années mois semaine
        semaines jour jours heure heures minute minutes سنة سنوات عام عاما أعوام شهر شهرا أشهر أسبوع أسبوعا أسابيع
        يوم يوما أيام ساعة ساعات دقيقة دقائق
        """
    )
)
# What is measured rather than counted.
MEASURES = frozenset(
    terms(
        """
        speed depth height length magnitude growth inflation unemployment losses damage compensation debt loan tax
        wage salary investment exports imports rain vitesse profondeur hauteur croissance chômage pertes dégâts
        indemnité dette prêt impôt salaire investissement pluie سرعة عمق ارتفاع قوة نمو تضخم بطالة خسارة خسائر
        ضرر أضرار تعويض تعويضات دين ديون قرض ضريبة أجر راتب استثمار صادرات واردات مطر أمطار
        """
    )
)
# What may die beside people, behind its number.
_ANIMALS = re.compile(
    r"\s(?:head of |têtes de )?(?:\w+\s)?(?:sheep|cattle|cows?|goats?|animals?|livestock|horses?|camels?|birds?|"
    r"moutons?|ovins?|brebis|vaches?|bovins?|caprins?|chèvres?|bétail|animaux|bêtes|رأس|رؤوس|خروفا?|أغنام|ماشية|نعجة|بقرة|أبقار|"
    r"ماعز|حيوانا?ت?)\b"
)
# A question for a toll that doesn't ask "how many".
TOLLS = frozenset(terms("toll bilan حصيلة"))
# What stands before a number that is no longer held to be right.
WITHDRAWN = re.compile(
    r"\b(?:had earlier|earlier (?:put|reported|given)|précédent|(?:premier|initial) bilan faisait|"
    r"wrote that|had reported that|avait écrit que|"
    r"correct(?:ing|s|ed) (?:its|the|their|an? (?:earlier|previous))|corrig\w{1,5} (?:son|le|un)|"
    r"not|instead of|rather than|earlier figure|previous(?:ly)?|wrongly|mistakenly|initially|"
    r"et non|au lieu de|par erreur|initialement)\b"
    r"|(?:وليس|بدلا من|بدل|خطأ|سابقا|حصيلة سابقة|حصيلة أولية|كانت .{0,20}قد ذكرت)",
    re.IGNORECASE,
)
# "The toll given as fourteen was wrong."
_WRONG = re.compile(
    r"\b(?:(?:was|were) (?:wrong|incorrect|mistaken|an error|false)|(?:était|étaient|est)"
    r" (?:erronée?s?|fau(?:x|sse)|inexacte?))"
    r"|(?:غير صحيح|خاطئ)",
    re.IGNORECASE,
)
# "Seven deaths had at first been announced."
_AT_FIRST = re.compile(
    r"\b(?:had (?:at first|first|initially)|avai(?:t|en)t d['’]abord|(?:initially|first) (?:announced|reported)"
    r"|initialement annoncé|أعلن في البداية)"
)
# "Four workers, not five as reported, died": what stands aside parts no number from what it counts.
_ASIDE = re.compile(
    r"[,،(–—] ?(?:(?:and |et )?(?:not|non|pas)|instead of|rather than|au lieu de|و?ليس|بدلا? من)\s"
    r"[^,،()–—.;]{1,80}(?:[,،)–—]|(?=[.;])|\Z)"
)
# "30,000 pounds for each of the injured" counts none of them.
_EACH = re.compile(r"\b(?:per|each|every|chaque)\b|(?<!\w)(?:لكل|كل)(?!\w)", re.IGNORECASE)
_BREAK = re.compile(r"[;:؛!?؟()–—]|[,.](?!\d)|،")


@dataclass(frozen=True, slots=True)
class Thing:
    """What is counted, as index terms: the words that tell it, and those that tell what else may be counted.

    ``known`` says that it is one of the things told in three languages; ``people`` that it counts people;
    ``translated`` that it is another thing with a word in each.
    """

    words: frozenset[str]
    others: frozenset[str]
    known: bool
    people: bool
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """The number at ``span`` of a text, what it counts in, and whether the text takes it back."""

    span: Span
    value: Decimal
    unit: str
    withdrawn: bool


def thing_asked(question: Question) -> Thing | None:
    """What ``question`` wants counted; none where it asks for no number."""
    asked = frozenset(terms(question.query))
    asks_for_toll = question.kind in (Kind.WHAT, Kind.YES_NO) and bool(asked & TOLLS)
    if question.kind is not Kind.HOW_MANY and not asks_for_toll:
        return None
    nouns = [term for term in terms(question.query) if term not in PERSONS | ASKING][:NOUNS]
    if (nouns and nouns[0] in SPANS_OF_TIME) or asks_for_age(question.query):
        return None
    fined = FINED.search(question.query) is not None
    relations = [each for each in COUNTING if forms(each) & asked or (each == "fine" and fined)]
    if nouns and nouns[0] in MEASURES:
        # "How much compensation will the families of those killed get?" counts none of them.
        relations = [each for each in relations if each in OF_MONEY]
        asked = frozenset(nouns[:1])
    matters = [row for row in matters_of(asked) if not any(row & forms(each) for each in COUNTING)]
    told = frozenset[str]().union(*(forms(each) for each in relations), *matters)
    if told:
        told |= frozenset(terms("fined")) if "fine" in relations else frozenset()
        others = frozenset[str]().union(*map(forms, COUNTING))
        return Thing(told, others - told, True, not set(relations[:1]) & set(OF_MONEY))
    if not nouns:
        return None
    counted = in_any_words(nouns[0])
    translated = len(counted) > 1 and nouns[0] not in MEASURES
    return Thing(counted if translated else frozenset(nouns), frozenset(), False, False, translated)


def says_none(text: str) -> bool:
    """Whether ``text`` says that nobody died, which is a figure too."""
    return _NOBODY.search(text) is not None


def counted_in(text: str, thing: Thing) -> Iterator[Counted]:
    """The numbers of ``text`` that count ``thing``, in order; without days, shares and times."""
    sentence = _Sentence.of(text)
    counts = False
    for number in sentence.numbers:
        unit = unit_after(text, number.end)
        own = Span(number.start, number.end)
        counts_others = unit not in ("", "person") or _ANIMALS.match(text, number.end)
        of_another = thing.translated and unit and thing.words.isdisjoint(terms(text[number.end :])[:1])
        if unit == "%" or of_another or (thing.people and counts_others):
            continue
        aside = any(each.start <= own.start < each.end for each in sentence.asides)
        counts = counts if aside else sentence.counts(own, thing)
        if counts:
            yield Counted(own, number.value, unit, aside or _is_withdrawn(text, own))
    if "dead" in thing.words and (none := _NOBODY.search(text)):
        own = Span(*none.span())
        yield Counted(own, Decimal(0), "", _is_withdrawn(text, own))


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A text with its numbers, its times, what stands aside in it, and its other words with their index terms."""

    text: str
    numbers: Sequence[Quantity]
    times: Sequence[Span]
    asides: Sequence[Span]
    told: Sequence[tuple[Span, set[str]]]

    @classmethod
    def of(cls, text: str) -> "_Sentence":
        times = [Span(each.start, each.end) for each in find_times(text, None)]
        numbers = quantities(text, times)
        taken = [*times, *(Span(each.start, each.end) for each in numbers)]
        told = [
            (span, set(terms(text[span.start : span.end])))
            for span in words(text)
            # «قتيلان» is a number and what it counts.
            if is_dual(text[span.start : span.end])
            or not any(span.start < each.end and each.start < span.end for each in taken)
        ]
        told += [(Span(*each.span()), {"dead"}) for each in _DEAD.finditer(text)]
        return cls(text, numbers, times, [Span(*each.span()) for each in _ASIDE.finditer(text)], told)

    def counts(self, number: Span, thing: Thing) -> bool:
        """Whether of all words that tell what is counted one for the thing is nearest to its number."""
        near = []
        for word, told in self.told:
            if told & (thing.words | thing.others):
                away = self._away(number, word)
                near += [(away, not told & thing.words)] if away is not None else []
        return not min(near, default=(0, True))[1]

    def _away(self, number: Span, word: Span) -> int | None:
        """How many words part a number from a word; none where more than words do."""
        behind = word.start >= number.end
        start, end = (number.end, word.start) if behind else (word.end, number.start)
        aside = next(
            (each for each in self.asides if start <= each.start and each.end <= end), Span(end, end)
        )
        between = self.text[start : aside.start] + " " + self.text[aside.end : end]
        risen = not behind and _TO.search(self.text, 0, number.start) is not None
        taken = [each.start for each in self.numbers if each.start != number.start]
        if risen:
            # "Rose on Wednesday from 38 to 41": neither the day nor the earlier figure parts the two.
            taken = [each for each in taken if not _FROM.search(self.text, 0, each)]
        else:
            taken += [each.start for each in self.times]
        if (
            _BREAK.search(between)
            or _EACH.search(between)
            or any(start <= each < end and not aside.start <= each < aside.end for each in taken)
        ):
            return None
        # "… ont trouvé la mort et huit ont été blessées": another number begins to tell of something else.
        away = len(words(between)) + OF_ANOTHER * (
            not behind and not risen and _AND.search(between) is not None
        )
        return away if away <= (REACH_TO if risen else REACH) else None


def _is_withdrawn(text: str, number: Span) -> bool:
    """Whether the words before the number, in its clause, take it back, or it fell or rose "from" it."""
    if _FROM.search(text, 0, number.start) and _THEN_TO.match(text, number.end):
        return True
    if EARLIER.search(text, 0, number.start):
        return True
    cuts = [each.end() for each in _BREAK.finditer(text, 0, number.start)]
    if WITHDRAWN.search(text, cuts[-1] if cuts else 0, number.start):
        return True
    end = _BREAK.search(text, number.end)
    after = end.start() if end else len(text)
    return any(pattern.search(text, number.end, after) for pattern in (_AT_FIRST, _WRONG))
