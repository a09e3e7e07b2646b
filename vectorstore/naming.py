"""Which words of a text are used as names, so that a question's name is looked for among these alone."""

import re
from collections.abc import Iterator

from vectorstore.given_names import given_forms
from vectorstore.records import Span
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, sentences, terms, words

# How many words after a given name may still belong to the name.
SURNAMES = 2
# "Both sides", behind the name of one.
SIDES = frozenset(fold(word) for word in "الطرفان الطرفين للطرفين الجانبان الجانبين للجانبين".split())
PARTICLES = frozenset(fold(word) for word in "بن ابن بنت ولد آل أبو عبد".split())
SHORTEST = 3
# Offices that a name follows between commas: «وزيرة الخارجية الفرنسية، هيلين مورو،».
OFFICES = frozenset(
    fold(word)
    for word in "رئيس رئيسة وزير وزيرة سفير سفيرة مدير مديرة والي عامل أمين أمينة مفوض مفوضة مبعوث مبعوثة ناطق "
    "ناطقة نظيره نظيرته نظيرها قائد مستشار مستشارة".split()
)
BETWEEN_COMMAS = re.compile(r"[،,] (?!ال|و)([ء-ي]{3,12} [ء-ي]{3,12})(?=[،,])")
OFFICE_BEFORE = 60  # characters
# What two words between commas say when they say when, where or by whom.
NO_NAME = frozenset(
    terms(
        "أمس اليوم مساء صباح ليلة فجر يوم مؤخرا حاليا سابقا هنا هناك حسب وفق نقلا خلال أثناء قبل بعد منذ حيث "
        "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
    )
)


def name_words(text: str) -> set[str]:
    """The words of ``text`` that are used as names, folded.

    Latin words are, where they are capitalised inside a sentence. Arabic has no capitals: there a given name is,
    and what directly follows it.
    """
    found: set[str] = set()
    for sentence in sentences(text):
        spans = [
            Span(sentence.start + each.start, sentence.start + each.end)
            for each in words(text[sentence.start : sentence.end])
        ]
        latin = (text[span.start : span.end] for span in spans[1:] if text[span.start].isupper())
        found |= {fold(word) for word in latin if len(word) >= SHORTEST}
        found |= set(_arabic_names(text, spans))
    found |= set(_in_apposition(text))
    return found


def _in_apposition(text: str) -> Iterator[str]:
    """The two words between commas behind an Arabic office."""
    for found in BETWEEN_COMMAS.finditer(text):
        before = text[max(0, found.start() - OFFICE_BEFORE) : found.start()].rpartition("\n")[2]
        office = any({fold(word), without_clitics(fold(word))} & OFFICES for word in before.split())
        told = [fold(word) for word in found[1].split()]
        if office and all(terms(word) and not NO_NAME & set(terms(word)) for word in told):
            yield from told


def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name or a part of one, such as «عبد», also behind a preposition."""
    bare = without_clitics(word)
    # Folded, the name علي is the preposition على, which takes no preposition before it.
    if bare == "علي":
        return word != bare
    return any(each in PARTICLES or bool(given_forms(each)) for each in (word, bare))


def _arabic_names(text: str, spans: list[Span]) -> Iterator[str]:
    reach = 0
    before: Span | None = None
    for span in spans:
        raw = text[span.start : span.end]
        adjoins = before is not None and not text[before.end : span.start].strip()
        before = span
        word = fold(raw)
        if not is_rtl(raw):
            reach = 0
        elif is_given_name(word):
            reach = SURNAMES
            yield word
            yield without_clitics(word)
        elif reach and adjoins and terms(raw) and word not in SIDES:
            reach -= 1
            yield word
        else:
            reach = 0
