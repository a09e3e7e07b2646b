"""The people a question asks about, found in the collection under any spelling, and who a passage names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Person
from qa.exonyms import nations_in
from qa.named import means_something
from qa.relations import relations_in
from vectorstore.clues import PARTICLES
from vectorstore.library import Library
from vectorstore.names import LIKELY, is_written_small, likeness, question_names, same_person
from vectorstore.naming import is_given_name
from vectorstore.places import places_in
from vectorstore.records import Span
from vectorstore.spelling import spellings
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, terms, words

LONGEST_NAME = 4
BEN, BEN_JOINED = ("بن", "ابن"), ("ben", "bin")
# Letters after "Ben", and how alike what follows «بن» must be.
SHORTEST_AFTER_BEN, ALIKE_AFTER_BEN = 4, 0.9
LEAST_FULL = 2
AT = frozenset("in at to a en au aux dans vers في الي إلى".split())

ARTICLES = frozenset("the le la les l' du des".split())
# A plural, a participle or an adverb: "Members", "Completing", "Historically".
ENDS_WORD = re.compile(r"(?:[b-df-hj-np-rtvwz]s|ies|ing|ly)\Z")
ACRONYM = re.compile(r"[A-Z]{2,6}s?")

# What stands beside a person's name in news, without article or preposition.
TITLES = frozenset(
    form
    for word in """
    رئيس مدير وزير قائد امير ملك سفير مفوض كاتب لواء جنرال فريق عميد عقيد دكتور استاذ سيد سيده شيخ نظير نظيره
    نظيرها مستشار ناطق متحدث امين والي عامل نائب حاكم قاضي محامي مهندس مندوب خبير باحث
    president director minister commander king queen prince ambassador commissioner secretary general chief head
    dr mr mrs ms sheikh governor counterpart spokesman spokeswoman chairman chairwoman
    presidente directeur directrice ministre commandant roi reine ambassadeur ambassadrice commissaire secretaire
    chef gouverneur homologue monsieur madame mme
    """.split()
    for form in (fold(word), without_clitics(fold(word)))
)
# What numbers a king's or a pope's name.
REGNAL = dict(
    zip(
        "I II III IV V VI VII VIII IX X".split(),
        "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split(),
        strict=True,
    )
)
# Words from an office to the name of who holds it.
NEAR_NAME = 6
_COMMAS = (",", "،")
# What follows a name where a sentence says who that is.
DEFINES = re.compile(
    r"(?: ?\([^()\n]{4,120}\))?"
    r"(?:(?<=\)) ?[,،:-]|,? (?:هو|هي|(?:is|was) (?:an?|the)|(?:est|était) (?:une?|l[ae])) )"
)
# Days of the week that are given names as well.
WEEKDAYS = frozenset(terms("الخميس الجمعة"))
CAPITALISED_NAME = re.compile(
    r"\b[A-ZÀ-Þ][\w’'-]{1,30}(?:\s(?:al|el|bin|ben|ibn|ould|de|del|la|van|von|[A-ZÀ-Þ][\w’'-]{0,30})){1,6}"
)


@dataclass(frozen=True, slots=True)
class Sought:
    """A name asked about, with the index terms that any spelling of it has in the articles.

    ``terms`` is empty where no article holds the name. ``place`` says that the question names it as a place,
    ``thing`` that it may be no person's: letters that stand for words, a name with "the" before it, words with a
    meaning, as in "Assembly", or a plural whose capital only opens the question. Such names are translated rather
    than spelled in another script.
    """

    asked: str
    matched: tuple[str, ...]
    terms: frozenset[str]
    place: bool = False
    thing: bool = False


def names_in(question: str, library: Library) -> tuple[Sought, ...]:
    """The people that ``question`` names, found in the stored articles under any spelling.

    A capitalised name that no article holds comes without spellings; a word that may or may not be a name counts
    as one only where an article uses it so. Places known as such aren't people.
    """
    places = [*places_in(question), *nations_in(question)]
    countries = {term for place in places for term in terms(place.asked)}
    found = []
    for name in (each for run in question_names(question) for each in _parted(run)):
        # Articles' words are stored without their hyphens.
        parts = [part for part in re.split(r"[\s-]+", name) if part and not set(terms(part)) <= countries]
        parts = [part for part in parts if not is_written_small(part)]
        told = [part for part in parts if fold(part) not in PARTICLES and not relations_in(part)]
        # "leila amrani" is somebody, also without capitals.
        full = len(parts) > 1 and is_given_name(fold(parts[0]))
        certain = not is_rtl(name) and (name[0].isupper() or full)
        spelled = {
            part: (*spellings(part, library, certain), *_with_ben(part, parts, library)) for part in told
        }
        if len(told) > 1 and not spelled[told[-1]] and _is_nobodys(question, told, library, certain):
            found.append(Sought(" ".join(parts), (), frozenset()))
            continue
        kept = parts if certain else [part for part in told if spelled[part]]
        if kept and told:
            if len(told) > 1 and told[-1] in REGNAL:
                spelled[told[-1]] = (told[-1], REGNAL[told[-1]])
            words = tuple(dict.fromkeys(word for part in told for word in spelled[part]))
            surname = spelled[told[-1]] or words
            known = frozenset(term for word in surname for term in (*terms(word), *terms(told[-1])))
            place, thing = _is_place(question, kept[0], words), _as_thing(question, kept)
            asked = " ".join(kept)
            asked = name if asked == name.replace("-", " ") else asked
            found.append(Sought(asked, words, known, place, thing))
    return tuple(found)


def _is_place(question: str, name: str, spelled: Sequence[str]) -> bool:
    """Whether it is named as a place; in Arabic «بنداود» begins with no preposition but with a letter of its own."""
    if _follows_preposition(question, name) or not stands_as_place(question, name):
        return _follows_preposition(question, name)
    rest = fold(name[1:]).removeprefix("ال")
    return max((likeness(rest, each) - likeness(name, each) for each in spelled), default=0.0) > 0


def _with_ben(part: str, parts: Sequence[str], library: Library) -> tuple[str, ...]:
    """A name's spellings in the other script where Arabic writes its "Ben" apart: «بن دالي» is Bendali."""
    if is_rtl(part):
        before = parts[parts.index(part) - 1] if part in parts[1:] else ""
        joined = spellings(f"بن{part}", library, certain=True) if before in BEN else ()
        return tuple(each for each in joined if not is_rtl(each) and fold(each).startswith(BEN_JOINED))
    rest = part[len(BEN_JOINED[0]) :]
    if not fold(part).startswith(BEN_JOINED) or len(rest) < SHORTEST_AFTER_BEN:
        return ()
    found = spellings(rest.capitalize(), library, certain=False)
    return tuple(each for each in found if is_rtl(each) and likeness(rest, each) >= ALIKE_AFTER_BEN)


def _is_full_name(question: str, parts: Sequence[str]) -> bool:
    """Whether words of a question of a meeting are surely somebody's name: a given name and one more, at its end.

    Only then is one taken for a name in Arabic, which has no capitals, though no article holds it.
    """
    if len(parts) != LEAST_FULL or not is_given_name(fold(parts[0])):
        return False
    return question.rstrip(" ؟?.!").endswith(parts[-1]) and "meet" in relations_in(question)


def _is_nobodys(question: str, parts: Sequence[str], library: Library, certain: bool) -> bool:
    """Whether a name whose last part is spelled nowhere is nobody's here: a full one, or one that begins so too."""
    full = _is_full_name(question, parts) and not _is_held(parts[-1], library)
    return full or (certain and not _may_stand_for(question, parts, library))


def _may_stand_for(question: str, parts: Sequence[str], library: Library) -> bool:
    """Whether the first of ``parts`` says who or what is meant, though no article holds the last."""
    thing = stands_as_place(question, parts[0]) or _as_thing(question, parts)
    named = is_given_name(fold(parts[0])) and len(parts) > LEAST_FULL
    return thing or named or any(_is_held(each, library) for each in parts[1:])


def _is_held(word: str, library: Library) -> bool:
    return any(library.frequencies(terms(word)).values())


def _parted(run: str) -> list[str]:
    """One person or, where a surname stands alone before another name in Arabic, two: «التقى حموشي المزروعي»."""
    first, _, rest = run.partition(" ")
    alone = rest and is_rtl(first) and not is_given_name(fold(first)) and not is_title(first)
    begins = is_given_name(fold(rest.split()[0])) or fold(rest).startswith("ال") if alone else False
    return [first, *_parted(rest)] if begins else [run]


def corrected(found: Sequence[Sought], given: Sequence[Person]) -> tuple[Sought, ...]:
    """``found`` with the people that the asker names in place of those found by sound.

    Places stay, and names that no article holds. A person given without spellings is nobody.
    """
    kept = [each for each in found if each.place or not each.matched]
    return (*kept, *(_sought(each) for each in given if each.matched))


def _sought(person: Person) -> Sought:
    *first_names, _ = person.asked.split() or [person.asked]
    others = [each for each in person.matched if any(likeness(one, each) >= LIKELY for one in first_names)]
    spelled = [each for each in person.matched if each not in others] or person.matched
    known = frozenset(term for word in spelled for term in terms(word))
    return Sought(person.asked, person.matched, known)


def stands_as_place(question: str, name: str) -> bool:
    """Whether a preposition of place stands before ``name``, or in Arabic on it."""
    return _follows_preposition(question, name) or (is_rtl(name) and name.startswith("ب"))


def _follows_preposition(question: str, name: str) -> bool:
    before = question[: question.find(name)].split()
    return bool(before and fold(before[-1]) in AT)


def _as_thing(question: str, parts: Sequence[str]) -> bool:
    """Whether a name is an acronym, a common word, or behind an article that no person's name takes.

    So is a lone word that opens the question and ends as few names do: its capital says nothing.
    """
    before = question[: question.find(parts[0])].replace("’", "' ").replace("'", "' ").split()
    after_article = bool(before and before[-1].casefold() in ARTICLES)
    opens = len(parts) == 1 and question.lstrip(" \"'«“").startswith(parts[0]) and ENDS_WORD.search(parts[0])
    if opens or any(ACRONYM.fullmatch(part) for part in parts) or means_something(parts):
        return True
    return after_article and not is_title(parts[0])


def mentions(text: str, sought: Sought) -> bool:
    """Whether ``text`` names the person: the surname in any spelling, and no other first name before it."""
    spans = words(text)
    named = (at for at, span in enumerate(spans) if sought.terms & set(terms(text[span.start : span.end])))
    return any(" " not in sought.asked or _same(text, spans, at, sought) for at in named)


def names_another(text: str, sought: Sought) -> bool:
    """Whether ``text`` has the surname of the one sought, but with other first names alone: "Rachid Bennis"."""
    said = frozenset(terms(text))
    return " " in sought.asked and bool(sought.terms & said) and not mentions(text, sought)


def is_full_name(name: str) -> bool:
    """Whether a first name that is known stands before another word of it."""
    first, _, rest = name.partition(" ")
    return bool(rest) and is_given_name(fold(first))


def is_anothers(text: str, sought: Sought) -> bool:
    """Whether ``text`` has full names with the surname of the one sought by a full name, all of other people."""
    named = _bearers(text, sought)
    return bool(named) and not any(named)


def names_fully(text: str, sought: Sought) -> bool:
    """Whether ``text`` has the full name of the one sought."""
    return any(_bearers(text, sought))


def _bearers(text: str, sought: Sought) -> list[bool]:
    """For each full name in ``text`` with the surname sought, whether it can be the one sought by a full name."""
    if not is_full_name(sought.asked) or not sought.terms:
        return []
    spans = words(text)
    full = (
        _full_name(text, spans, at)
        for at, span in enumerate(spans)
        if sought.terms & set(terms(text[span.start : span.end]))
    )
    return [same_person([sought.asked], [" ".join(name)]) for name in full if len(name) >= LEAST_FULL]


def _full_name(text: str, spans: Sequence[Span], at: int) -> list[str]:
    """The word at ``at`` behind the words before it that belong to the same name, titles left out."""
    first = _first_of_name(text, spans, at, titles=False)
    return [text[each.start : each.end] for each in spans[first : at + 1]]


def _first_of_name(text: str, spans: Sequence[Span], at: int, *, titles: bool) -> int:
    """Which word begins the name that ends with the one at ``at``; a title may be part of it or not."""
    first = at
    while first > 0 and at - first < LONGEST_NAME and _joined(text, spans[first - 1], spans[first]):
        before = spans[first - 1]
        if not _of_a_name(text, before) or (not titles and is_title(text[before.start : before.end])):
            break
        first -= 1
    return first


def _same(text: str, spans: Sequence[Span], at: int, sought: Sought) -> bool:
    """Whether the full name around the word at ``at`` can be the person asked for."""
    name, _, number = sought.asked.rpartition(" ")
    if number in REGNAL:
        before = text[spans[at - 1].start : spans[at - 1].end] if at else ""
        return likeness(name.split()[-1], before) >= LIKELY
    first = _first_of_name(text, spans, at, titles=True)
    return same_person([sought.asked], [text[spans[first].start : spans[at].end]])


def _joined(text: str, left: Span, right: Span) -> bool:
    return text[left.end : right.start] in (" ", "-", "\u00a0")


def _of_a_name(text: str, span: Span) -> bool:
    word = text[span.start : span.end]
    return word[0].isupper() or is_given_name(fold(word)) or fold(word) in PARTICLES


def names_somebody(text: str, besides: Sequence[Sought] = ()) -> bool:
    """Whether ``text`` seems to name a person or an office other than ``besides``."""
    own = frozenset(term for sought in besides for term in sought.terms)
    for span in words(text):
        word = text[span.start : span.end]
        told = set(terms(word)) - WEEKDAYS
        if told and not own & told and (is_given_name(fold(word)) or is_title(word)):
            return True
    return any(not own & set(terms(found.group())) for found in CAPITALISED_NAME.finditer(text))


def asks_who_is(query: str, people: Sequence[Sought]) -> bool:
    """Whether ``query`` asks who somebody is: besides that one name, titles left out, it says nothing.

    An Arabic title without its article is that of somebody else: «محامي كريم السبتي» is Sebti's lawyer.
    """
    own = (
        word for word in query.split() if not is_title(word) or (is_rtl(word) and not word.startswith("ال"))
    )
    asked = {term for word in own for term in terms(word)}
    return (
        len(people) == 1
        and not people[0].place
        and bool(people[0].terms)
        and asked <= set(terms(people[0].asked))
    )


def introduces(text: str, sought: Sought) -> bool:
    """Whether an office is told with the person's name: some words before it, or right behind it and a comma."""
    spans = words(text)
    offices = [at for at, span in enumerate(spans) if is_title(text[span.start : span.end])]
    for at, span in enumerate(spans):
        if sought.terms & set(terms(text[span.start : span.end])):
            behind = text[span.end : span.end + 2].strip() in _COMMAS
            if any(0 < at - office <= NEAR_NAME or (behind and 0 < office - at <= 2) for office in offices):
                return True
    return False


def defines(text: str, sought: Sought) -> bool:
    """Whether ``text`` begins with the name and goes on to say who that is: "X (born 1988), actor", «X هو ممثل»."""
    spans = words(text)
    named = [at for at, span in enumerate(spans) if sought.terms & set(terms(text[span.start : span.end]))]
    return any(at <= LONGEST_NAME and DEFINES.match(text, spans[at].end) is not None for at in named[:1])


def is_title(word: str) -> bool:
    """Whether ``word`` is an office or a form of address that stands beside names."""
    return bool(TITLES & {fold(word), without_clitics(fold(word))})
