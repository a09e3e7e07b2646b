"""Sentences of the passages found, each rated by how likely it is to answer the question."""

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from math import log

from qa.answer import Person
from qa.counted import says_none
from qa.exonyms import names_a_country, nations_in, place_terms
from qa.offices import holder, office_in
from qa.people import (
    Sought,
    corrected,
    is_anothers,
    is_full_name,
    is_title,
    names_fully,
    names_in,
    names_somebody,
    stands_as_place,
)
from qa.quantities import numbers_told
from qa.question import Kind, Question
from qa.rating import OTHER_LANGUAGE, SAME_LANGUAGE, Scale, Signs
from qa.relations import forms, relations_in
from qa.subject import has_each, paragraph_of
from vectorstore.clues import Clue, either, weighed
from vectorstore.clues import covered as share_covered
from vectorstore.lexicon import in_any_words
from vectorstore.library import Library
from vectorstore.passages import sentence_fit, told_within
from vectorstore.places import Place, places_in
from vectorstore.records import Article, Chunk, Days, Fit, Hit, Scope, Sentence, Span
from vectorstore.retriever import Search
from vectorstore.text import fold, is_rtl, terms
from vectorstore.time_ahead import speaks_ahead
from vectorstore.times import find_times

DEPTH = 16
# How many passages are looked at for a list of all that happened, and for figures.
LISTED = 200
COUNTED = 64
# A sentence without the kind of thing asked for (a number, a date, a name) is seldom the answer.
WRONG_KIND = 0.4
# A passage that names nothing of what the question names tells of something else.
LACKS_NAMES = 0.2
# So does a sentence about the World Cup of 2030 where that of 2034 is asked about.
OTHER_EDITION = 0.2
# A name that no article holds may be told in other words where it can't be spelled, in another language.
TOLD_OTHERWISE = 0.6
# Who stands in for somebody isn't the one in office.
DEPUTY_TOLD = 0.1
DEPUTY = re.compile(r"\b(?:vice|deputy|adjointe?)\b|(?<!\w)و?ل?(?:ال)?نائبة?(?!\w)", re.IGNORECASE)
FORMER = re.compile(
    r"\b(?:former|ex|anciens?|ancienne|outgoing|sortante?)\b|(?<!\w)(?:ال)?سابقة?(?!\w)", re.IGNORECASE
)
HEADS = re.compile(r"\b(?:heads|runs|dirige|préside)\b|(?<!\w)[يت](?:دير|رأس)(?!\w)", re.IGNORECASE)
EDITION = re.compile(r"[12][0-9]{3}")
# A figure asked for without a time is that of the news, not of what the news recalls; so is a day, where no name is.
RECALLED = 0.15
LONG_AGO = timedelta(days=330)
# What a prosecutor asks for is no sentence passed.
DEMANDED = 0.15
DEMAND = re.compile(
    r"\b(?:requi(?:s|ert|èrent|sitions?|sitoire)|réclam|sought by|asked the court"
    r"|prosecutors? (?:had )?(?:asked|sought|demanded|called|requested|want))|(?:طالب|طالبت|التمس|التمست|ملتمس)",
    re.IGNORECASE,
)
SENTENCED = re.compile(
    r"\b(?:sentence|convict|jail|condamn|peine|prison|verdict|how many years (?:did|was|were|has)\b)"
    r"|(?:حكم|الحكم|سجن|أدين|إدانة|عقوبة)",
    re.IGNORECASE,
)
# What the first court ruled isn't what was ruled on appeal.
OF_FIRST_INSTANCE = 0.02
BESIDE_APPEAL = 0.3
APPEAL = re.compile(
    r"\b(?:appeals? court|court of appeals?|on appeal|cour d['’]appel|en appel)\b"
    r"|(?:محكمة الاستئناف|استئنافي|الحكم الاستئنافي|في الاستئناف|استئنافيا)",
    re.IGNORECASE,
)
FIRST_INSTANCE = re.compile(r"\b(?:first instance|première instance|lower court)\b|ابتدائي", re.IGNORECASE)
# Nor tells what was to come whether it came.
EXPECTED = 0.3
# A sentence that itself tells a day of the window speaks of what was asked more than others: this power lifts it.
TOLD_THEN = 0.6
# Domestic news doesn't name the country that this share of all passages names.
AT_HOME = 0.15
# What persons do, or what befalls them.
OF_PERSONS = frozenset(
    ("meet", "visit", "appoint", "resign", "elect", "arrest", "dismiss", "convict", "acquit")
)
LOOKED_AT = 1_500  # characters of an article that name its country, if any do
LONGEST_HEADING = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit, with the cosines of question and sentence, and of question and passage."""

    hit: Hit
    sentence: Sentence
    likeness: float
    passage_likeness: float

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.hit.chunk.article.text[self.sentence.start : self.sentence.end]

    @property
    def passage(self) -> str:
        """Its passage's words under the article's title."""
        return f"{self.hit.chunk.article.title}\n{self.hit.chunk.text}"

    @property
    def is_question(self) -> bool:
        """Whether it asks: the nearer it is to the question, the less it answers."""
        return self.text.rstrip('»”"’ ').endswith(("?", "؟"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with how likely it is to answer, and the words in it that do, where it was read.

    ``discount`` is what the probability was multiplied with for what speaks against the sentence whatever its words
    are near to; ``echoes`` are other articles that say the same in the same words.
    """

    chunk: Chunk
    sentence: Sentence
    signs: Signs
    probability: float
    answer: Span | None = None
    echoes: tuple[Article, ...] = ()
    discount: float = 1.0

    @property
    def place(self) -> tuple[str, int]:
        """Which sentence it is: the article's version, and where it begins there."""
        return self.chunk.article.version, self.sentence.start

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.chunk.article.text[self.sentence.start : self.sentence.end]


class Evidences:
    """Looks for the answer to one question, in one scope after another.

    ``people``, where given, stand for the names that would be found in the question.
    """

    def __init__(
        self, library: Library, search: Search, question: Question, people: Sequence[Person] | None = None
    ) -> None:
        self.question = question
        self._library = library
        self._search = search
        self._vector = search.embed(question.query)
        self.places = _places_in(question.query)
        found = names_in(question.query, library)
        if office := office_in(question.query):
            found = self._by_office(found, office)
        self.people = found if people is None else corrected(found, people)
        self.relations = relations_in(question.query)
        self.clues = self._clues(library)
        self._editions = _editions(question.query)
        self._found: dict[tuple[Scope, int], list[Candidate]] = {}
        self._searched: dict[Scope, tuple[int, list[Hit]]] = {}

    def asked_as(self, question: Question) -> "Evidences":
        """The same for ``question``, which differs in its window alone: what was looked up stands for both."""
        other = copy(self)
        other.question = question
        return other

    def _by_office(self, found: tuple[Sought, ...], office: frozenset[str]) -> tuple[Sought, ...]:
        """``found`` without words of the ``office`` asked about, and with who holds it where nobody is named."""
        kept = tuple(each for each in found if not set(terms(each.asked)) <= office)
        if any(not each.place and not each.thing for each in kept):
            return kept
        hits = self._search.find(self.question.query, COUNTED, vector=self._vector)
        texts = [hit.chunk.text for hit in hits]
        named = holder(self.question.query, self.places, texts, self._library)
        if named is None:
            return kept
        # The country says whose minister it is, not where anything happened.
        self.places = [each for each in self.places if stands_as_place(self.question.query, each.asked)]
        return (*kept, named)

    def telling(self, scope: Scope, verb: frozenset[str]) -> list[Evidence]:
        """The rated sentences with ``verb`` (index terms) of the ``LISTED`` best passages, likeliest first."""
        hits = self._hits(scope, LISTED)
        # Most passages lack the verb, and to rate their sentences takes long.
        indexed = self._library.indexed([hit.chunk.chunk_id for hit in hits])
        has_verb = {name for name, (_, body) in indexed.items() if not verb.isdisjoint(body)}
        telling = self._sentences_of([hit for hit in hits if hit.chunk.chunk_id in has_verb])
        return self._best(scope, [each for each in telling if verb & _terms_in(each.text)])

    def within(self, scope: Scope, depth: int = DEPTH) -> list[Evidence]:
        """The rated sentences of the ``depth`` best passages in ``scope``, likeliest first."""
        return self._best(scope, self._candidates(scope, depth))

    def opening(self, evidence: Evidence, number: int) -> list[Evidence]:
        """The first sentences (``number`` of them) of the article that ``evidence`` comes from, less headings."""
        chunks = self._library.chunks_of(evidence.chunk.article.article_id)
        told = {
            each.place: each
            for chunk in chunks
            for sentence in chunk.sentences
            if not is_heading((each := replace(evidence, chunk=chunk, sentence=sentence, answer=None)).text)
        }
        return list(told.values())[:number]

    def _best(self, scope: Scope, candidates: Sequence[Candidate]) -> list[Evidence]:
        kept = [
            each
            for each in candidates
            if self._in_countries(each.hit.chunk.article)
            and self._would_name_all(each.hit.chunk.article)
            and not any(_is_of_another(each, one) for one in self.people)
            and (scope.undated or _fits(each, scope) is Fit.INSIDE)
        ]
        passages = {each.hit.chunk.chunk_id: each for each in kept}
        coverage = {name: covered(self.clues, each.passage) for name, each in passages.items()}
        best: dict[str, float] = {}
        for name, each in passages.items():
            about = each.hit.chunk.article.article_id
            best[about] = max(best.get(about, 0.0), coverage[name])
        rated = [
            self._rated(each, coverage[each.hit.chunk.chunk_id], best[each.hit.chunk.article.article_id])
            for each in kept
        ]
        return sorted(rated, key=lambda each: -each.probability)

    def _candidates(self, scope: Scope, depth: int) -> list[Candidate]:
        """The sentences of the best passages in ``scope``; each scope is searched once a question and depth."""
        if (scope, depth) not in self._found:
            self._found[scope, depth] = self._sentences_of(self._hits(scope, depth))
        return self._found[scope, depth]

    def _hits(self, scope: Scope, depth: int) -> list[Hit]:
        """The best passages in ``scope``: of a deeper search for them, where there was one, the first."""
        searched, hits = self._searched.get(scope, (0, []))
        if searched < depth:
            hits = self._search.find(self.question.query, depth, scope, self.clues, self._vector)
            self._searched[scope] = depth, hits
        return hits[:depth]

    def _sentences_of(self, hits: Sequence[Hit]) -> list[Candidate]:
        likenesses = self._search.sentence_likeness(self._vector, [hit.chunk for hit in hits])
        found = [
            Candidate(hit, sentence, likeness, likeness if hit.likeness is None else hit.likeness)
            for hit, own in zip(hits, likenesses, strict=True)
            for sentence, likeness in zip(hit.chunk.sentences, own, strict=True)
        ]
        return [each for each in found if not is_heading(each.text) and not each.is_question]

    @cached_property
    def _scales(self) -> tuple[Scale, Scale]:
        """How near the sentences found, and their passages, mostly are to the question."""
        found = self._candidates(Scope(), DEPTH)
        return Scale.of([each.likeness for each in found]), Scale.of(
            [each.passage_likeness for each in found]
        )

    def _rated(self, candidate: Candidate, passage_coverage: float, article_coverage: float) -> Evidence:
        article, chunk = candidate.hit.chunk.article, candidate.hit.chunk
        sentences, passages = self._scales
        passage = candidate.passage
        signs = Signs(
            likeness=candidate.likeness,
            passage_likeness=candidate.passage_likeness,
            coverage=covered(self.clues, candidate.text),
            passage_coverage=passage_coverage,
            right_kind=right_kind(self.question.kind, candidate.text),
            rise=sentences.rise(candidate.likeness),
            passage_rise=passages.rise(candidate.passage_likeness),
            article_coverage=article_coverage,
        )
        weights = SAME_LANGUAGE if article.language == self.question.language else OTHER_LANGUAGE
        likely = weights.of(astuple(signs))
        if self._tells_its_time(candidate.sentence):
            likely **= TOLD_THEN
        rated = likely
        if not signs.right_kind:
            rated *= WRONG_KIND
        if self._editions and self._editions.isdisjoint(_editions(candidate.text) or self._editions):
            rated *= OTHER_EDITION
        if self._asks_for_sentence and DEMAND.search(candidate.text):
            rated *= DEMANDED
        if self._asks_of_appeal and (FIRST_INSTANCE.search(candidate.text) or not APPEAL.search(passage)):
            rated *= OF_FIRST_INSTANCE
        elif self._asks_of_appeal and not APPEAL.search(candidate.text):
            rated *= BESIDE_APPEAL
        if self._asks_whether_it_was and speaks_ahead(candidate.text):
            rated *= EXPECTED
        if self._asks_for_head and (DEPUTY.search(candidate.text) or self._tells_of_former(candidate.text)):
            rated *= DEPUTY_TOLD
        if self._asks_for_the_news and recalls(candidate.sentence, article):
            rated *= RECALLED
        if self.anchors:
            rated *= LACKS_NAMES ** (1 - covered(self.anchors, passage))
        if self._unknown_names:
            rated *= LACKS_NAMES if article.language == self.question.language else TOLD_OTHERWISE
        return Evidence(chunk, candidate.sentence, signs, rated, discount=rated / likely)

    @cached_property
    def _asks_for_sentence(self) -> bool:
        """Whether it asks what a court ruled, and not what was asked of it."""
        query = self.question.query
        return SENTENCED.search(query) is not None and not DEMAND.search(query)

    @cached_property
    def _asks_of_appeal(self) -> bool:
        return APPEAL.search(self.question.query) is not None

    @cached_property
    def _asks_whether_it_was(self) -> bool:
        return self.question.kind is Kind.YES_NO and not speaks_ahead(self.question.query)

    @cached_property
    def _asks_for_head(self) -> bool:
        """Whether it asks who holds an office, and not who is second in it."""
        query = self.question.query
        titled = any(is_title(word) for word in query.split()) or HEADS.search(query) is not None
        return self.question.kind is Kind.WHO and titled and not DEPUTY.search(query)

    def _tells_of_former(self, text: str) -> bool:
        return FORMER.search(text) is not None and not FORMER.search(self.question.query)

    def _tells_its_time(self, sentence: Sentence) -> bool:
        """Whether the sentence's own days lie in the window asked about."""
        window = self.question.window
        return window is not None and any(told_within(days, window.days) for days in sentence.events)

    @property
    def _asks_for_the_news(self) -> bool:
        undated = self.question.window is None
        return undated and (
            self.question.kind is Kind.HOW_MANY or (self.question.kind is Kind.WHEN and not self.named)
        )

    def _in_countries(self, article: Article) -> bool:
        """Whether the article names every country asked about: what it tells is of elsewhere otherwise.

        What names none at all is of the country that most here is about.
        """
        countries = [place.names for place in self.places if place.country]
        return names_all(article, countries) or (not self.asks_abroad and _is_domestic(article))

    @property
    def asks_abroad(self) -> bool:
        """Whether it names a country that little of what is stored does."""
        return any(place.country and place.names not in self._home for place in self.places)

    @cached_property
    def _home(self) -> frozenset[frozenset[frozenset[str]]]:
        """The names of those places asked about that much of what is stored names."""
        clues = self.named[len(self.people) :]
        return frozenset(clue.alternatives for clue in clues if clue.weight <= log(1 / AT_HOME))

    @property
    def unknown(self) -> list[str]:
        """The names asked about that no stored article holds."""
        people = [each.asked for each in self.people if not each.terms]
        return people + self._unknown_places

    @property
    def rules_out(self) -> bool:
        """Whether a name that no article holds leaves nothing that could answer.

        Somebody's full name would be found in any script, and who did or suffered something is somebody; other
        names may be written otherwise in another script.
        """
        somebody = bool(OF_PERSONS & set(self.relations))
        people = any(
            not each.terms and not each.thing and (somebody or is_full_name(each.asked))
            for each in self.people
        )
        return people or bool(self._unknown_places)

    @property
    def _unknown_places(self) -> list[str]:
        places = zip(self.places, self.named[len(self.people) :], strict=True)
        return [place.asked for place, clue in places if not clue.held]

    @cached_property
    def _unknown_names(self) -> list[Sought]:
        return [each for each in self.people if not each.terms]

    def _would_name_all(self, article: Article) -> bool:
        """Whether a name of somebody that no article holds could stand in this one: it is in another script."""
        somebody = [each for each in self._unknown_names if not each.thing]
        return all(is_rtl(each.asked) != (article.language == "ar") for each in somebody)

    def _clues(self, library: Library) -> list[Clue]:
        """What a passage that answers should speak of: names in any spelling, the rest in any language known."""
        asked = [*(each.asked for each in self.people), *(each.asked for each in self.places)]
        told = frozenset[str]().union(*(forms(relation) for relation in self.relations))
        known = told | {term for words in asked for term in terms(words)}
        ways = [
            *(either(sought.terms) for sought in self.people),
            *(place.names for place in self.places),
            *(either(forms(relation)) for relation in self.relations),
            *(
                either(in_any_words(term))
                for term in dict.fromkeys(terms(self.question.query))
                if term not in known
            ),
        ]
        return weighed(ways, library)

    @property
    def named(self) -> list[Clue]:
        """The clues for what the question names: its people, then its places."""
        return self.clues[: len(self.people) + len(self.places)]

    @cached_property
    def anchors(self) -> list[Clue]:
        """Those of ``named`` that are stored, and not in much of it."""
        return [clue for clue in self.named if clue.held and clue.alternatives not in self._home]

    @property
    def deeds(self) -> list[Clue]:
        """The other clues: what is asked about those that are named."""
        return self.clues[len(self.people) + len(self.places) :]


def is_heading(text: str) -> bool:
    """Whether it is a few words without a full stop, such as a subheading: it answers nothing."""
    return text[-1].isalnum() and len(text.split()) <= LONGEST_HEADING


def names_all(article: Article, ways: Sequence[frozenset[frozenset[str]]]) -> bool:
    """Whether the article has of each of ``ways`` one alternative in it, each as index terms."""
    present = article_terms(article) if ways else frozenset()
    return has_each(present, ways)


@lru_cache(maxsize=256)
def _is_domestic(article: Article) -> bool:
    return not names_a_country(f"{article.title}\n{article.text[:LOOKED_AT]}")


def recalls(sentence: Sentence, article: Article) -> bool:
    """Whether all that a sentence tells was long over when its article was published."""
    if article.published is None or not sentence.events:
        return False
    return all(_is_long_over(days, article.published) for days in sentence.events)


def _is_of_another(candidate: Candidate, sought: Sought) -> bool:
    """Whether the article's title and lead tell of another of the surname sought, and the sentence names but that."""
    return _is_about_another(candidate.hit.chunk.article, sought) and not names_fully(candidate.text, sought)


@lru_cache(maxsize=1024)
def _is_about_another(article: Article, sought: Sought) -> bool:
    return is_anothers(f"{article.title}\n{paragraph_of(article.text, 0)}", sought)


def _is_long_over(days: Days, published: date) -> bool:
    """Whether days were over long before; of a whole year ("last year"), once the next has begun."""
    whole_year = days.last - days.first >= LONG_AGO
    return days.last < published - LONG_AGO or (whole_year and days.last.year < published.year)


def _places_in(query: str) -> list[Place]:
    """Countries, by their people too, and bodies; then the other names of nations and cities."""
    places = [_with_its_people(place) for place in places_in(query)]
    taken = {term for place in places for term in terms(place.asked)}
    return places + [each for each in nations_in(query) if not taken & set(terms(each.asked))]


def _with_its_people(place: Place) -> Place:
    """The country also as its people are called: "Hammouchi in Spain" is told of the Spanish police."""
    called = place_terms(place.asked) if place.country else frozenset[str]()
    return replace(place, names=place.names | {frozenset((term,)) for term in called})


@lru_cache(maxsize=256)
def article_terms(article: Article) -> frozenset[str]:
    """The index terms of an article's title and text."""
    return frozenset(terms(f"{article.title}\n{article.text}"))


def _editions(text: str) -> set[str]:
    """Years in a text that are no dates but part of a name, as in "the 2034 World Cup"."""
    dates = find_times(text, None)
    found = EDITION.finditer(fold(text))
    return {each[0] for each in found if not any(day.start <= each.start() < day.end for day in dates)}


def _fits(candidate: Candidate, scope: Scope) -> Fit:
    return sentence_fit(candidate.sentence, candidate.hit.chunk.article, scope.window)


def covered(clues: Sequence[Clue], text: str) -> float:
    """The share of the clues' weight that ``text`` satisfies, 0 to 1."""
    return share_covered(clues, _terms_in(text))


@lru_cache(maxsize=1024)
def _terms_in(text: str) -> frozenset[str]:
    """Its index terms; a passage is rated once for each of its sentences."""
    return frozenset(terms(text))


def right_kind(kind: Kind, text: str) -> bool:
    """Whether ``text`` has the kind of thing that the question asks for."""
    if kind is Kind.WHO:
        return names_somebody(text)
    if kind is Kind.WHEN:
        return bool(find_times(text, None))
    if kind is Kind.HOW_MANY:
        return bool(numbers_told(text)) or says_none(text)
    return True
