"""Lists of meetings: the parts of sentences that tell whom somebody met, where and when that is asked."""

from collections.abc import Iterator, Sequence

from qa.asking import asks_for_all
from qa.evidence import Evidence
from qa.exonyms import place_terms
from qa.people import Sought, is_title, mentions, names_somebody, stands_as_place
from qa.question import Kind, Question
from qa.relations import asks_whom_met, forms, relations_in
from qa.selected import LONGEST_QUOTE, Selected, sentence_span
from qa.subject import goes_on_about, paragraph_of, tells_of
from vectorstore.passages import DATELINE
from vectorstore.places import Place
from vectorstore.records import Span
from vectorstore.text import clauses, terms, words

RECEIVING = frozenset(terms("receive received receives reçu reçoit recevoir"))
BESIDE_OFFICE = 2  # words from an office to the country whose it is
# What is received though nobody is met.
AWARDED = frozenset(
    terms(
        "prize award medal nobel oscar trophy prix médaille trophée distinction récompense peine aide subvention"
        " bourse letter lettre message warning avertissement complaint plainte payment compensation indemnité"
    )
)


def asks_of_meeting(question: Question) -> bool:
    """Whether it asks about somebody's meeting somebody: by a verb, or for a list of meetings.

    "What sentence did he receive" asks about none.
    """
    asked = set(terms(question.query))
    things = question.kind in (Kind.WHAT, Kind.HOW_MANY) or asked & AWARDED
    if things and forms("meet") & asked <= RECEIVING:
        return False
    return asks_whom_met(question.query) or _asks_for_meetings(question)


def asks_for_list(question: Question) -> bool:
    """Whether every match is wanted ("who did X meet", "list X's meetings"), rather than the best one."""
    if question.kind in (Kind.WHO, Kind.WHEN):
        return asks_of_meeting(question)
    return _asks_for_meetings(question)


def _asks_for_meetings(question: Question) -> bool:
    """Whether a list is asked for, and of nothing else that is known to happen."""
    return relations_in(question.query) == ["meet"] and asks_for_all(question.query, forms("meet"))


def meetings(
    evidence: Sequence[Evidence], people: Sequence[Sought], places: Sequence[Place]
) -> list[Selected]:
    """The parts of sentences that tell whom the people asked about met there, each once."""
    found = [
        Selected(each, span)
        for each in evidence
        if tells_of_all(each, people, places)
        for span in _whole_or_parts(each, list(_meeting_parts(each, people)))
        if _is_about(each, span, people)
    ]
    return list({(each.article.article_id, each.span): each for each in found}.values())


def tells_of_all(evidence: Evidence, people: Sequence[Sought], places: Sequence[Place]) -> bool:
    """Whether the sentence tells of all the people asked about, and happened in the places."""
    persons = [sought for sought in people if not sought.place]
    if persons and not tells_of(evidence.chunk.article, evidence.sentence, persons[0]):
        return False
    if not all(mentions(evidence.text, other) for other in persons[1:]):
        return False
    return all(_happened_there(evidence, way) for way in ways(people, places))


def ways(people: Sequence[Sought], places: Sequence[Place]) -> list[frozenset[frozenset[str]]]:
    """For each place asked about, all it is called, each as index terms."""
    towns = [frozenset(frozenset((term,)) for term in sought.terms) for sought in people if sought.place]
    return towns + [place.names for place in places]


def _happened_there(evidence: Evidence, called: frozenset[frozenset[str]]) -> bool:
    """Whether the sentence names the place, or names no other while its paragraph or title and lead name it."""
    article = evidence.chunk.article
    own = set(terms(evidence.text))
    if any(name <= own for name in called):
        return True
    title, lead = set(terms(article.title)), set(terms(paragraph_of(article.text, 0)))
    dateline = DATELINE.match(article.text)
    # "GAZIPUR, Bangladesh - ": the country is that of what is told, the town often where the reporter sits.
    country = set(terms(dateline.group().partition(",")[2])) if dateline else set()
    around = set(terms(paragraph_of(article.text, evidence.sentence.start))) | (title & lead) | country
    elsewhere = [place for place in _places_named(evidence.text) if not place & (title | lead)]
    return not elsewhere and any(name <= around for name in called)


def _places_named(text: str) -> Iterator[frozenset[str]]:
    """The index terms of each place that ``text`` names, but for that of somebody's office: "Turkish president"."""
    said = [text[span.start : span.end] for span in words(text)]
    for at, word in enumerate(said):
        place = place_terms(word)
        beside = said[max(0, at - BESIDE_OFFICE) : at + BESIDE_OFFICE + 1]
        if place and (stands_as_place(text, word) or not any(map(is_title, beside))):
            yield place


def _is_about(evidence: Evidence, span: Span, people: Sequence[Sought]) -> bool:
    """Whether the words name the person asked about first, or stand in an article that is about that person."""
    first = next((sought for sought in people if not sought.place), None)
    article = evidence.chunk.article
    return (
        first is None
        or mentions(article.title, first)
        or mentions(article.text[span.start : span.end], first)
        or goes_on_about(article, evidence.sentence, first)
    )


def _whole_or_parts(evidence: Evidence, parts: list[Span]) -> list[Span]:
    """The sentence rather than its parts, where it is short enough to be read whole."""
    whole = sentence_span(evidence)
    return [whole] if parts and whole.end - whole.start <= LONGEST_QUOTE else parts


def _meeting_parts(evidence: Evidence, people: Sequence[Sought]) -> Iterator[Span]:
    """From a clause that tells of a meeting to the last one after it that still names who was met."""
    text = evidence.chunk.article.text
    whole = sentence_span(evidence)
    parts = clauses(text, whole.start, whole.end)
    first: Span | None = None
    last: Span | None = None
    unnamed = 0
    for part in parts:
        words = text[part.start : part.end]
        named = names_somebody(words, people[:1]) or any(mentions(words, sought) for sought in people[1:])
        meets = bool(set(terms(words)) & forms("meet"))
        unnamed = 0 if named else unnamed + 1
        if last and (meets or unnamed > 1):
            yield Span((first or last).start, last.end)
            first = last = None
        if meets and first is None:
            first = part
        if first and named:
            last = part
    if first and last:
        yield Span(first.start, last.end)
