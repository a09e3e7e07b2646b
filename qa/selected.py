"""Words chosen to be quoted: what they are, their order, and which say the same again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from qa.evidence import Evidence
from qa.named import names_told
from qa.negation import EARLIER, denials
from qa.standing import Standing
from vectorstore.neighbours import lacks_its_subject
from vectorstore.passages import DATELINE, sentence_after, sentence_before
from vectorstore.records import Article, Days, Span
from vectorstore.text import sentences, terms

LONGEST_QUOTE = 400
MOST_LISTED = 60
SAME_WORDS = 0.7
# A look back tells of an event weeks after it.
NEWS_DAYS = timedelta(31)


@dataclass(frozen=True, slots=True)
class Selected:
    """Words to quote, the evidence they come from, and other articles that tell the same.

    Of a figure that stands beside others: it is dated by its report, may be the newest of one event whose figures
    differ, and may take back another (``corrects``, as written). ``standing`` says whether a deed took place.
    """

    evidence: Evidence
    span: Span
    retold: tuple[Article, ...] = ()
    as_reported: bool = False
    newest: bool = False
    differs: bool = False
    corrects: str = ""
    standing: Standing = "held"

    @property
    def highlight(self) -> Span | None:
        """The words among them that answer, where they are known."""
        answer = self.evidence.answer
        return answer if answer and self.span.start <= answer.start and answer.end <= self.span.end else None

    def answered(self, by: Span | None) -> "Selected":
        """The same, the words at ``by`` in the article being those that answer."""
        return replace(self, evidence=replace(self.evidence, answer=by))

    @property
    def text(self) -> str:
        """The words."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def article(self) -> Article:
        """The article that holds them."""
        return self.evidence.chunk.article


def as_articles(kept: Evidence, others: Iterable[Evidence]) -> tuple[Article, ...]:
    """The articles of ``others``, each once, without that of ``kept``."""
    found = {each.chunk.article.article_id: each.chunk.article for each in others}
    found.pop(kept.chunk.article.article_id, None)
    return tuple(found.values())


def sentence_span(evidence: Evidence) -> Span:
    """The sentence, without the dateline of a report's first one.

    What an earlier version said goes with the sentence after it, which says what is so.
    """
    sentence, article = evidence.sentence, evidence.chunk.article
    after = sentence_after(article, sentence.end) if EARLIER.search(evidence.text) else None
    whole = after is not None and after.end - sentence.start <= LONGEST_QUOTE
    end = after.end if after is not None and whole else sentence.end
    return _without_dateline(article.text, Span(sentence.start, end))


def first_sentence(article: Article) -> Span | None:
    """The sentence that an article opens with, without its dateline; none where it holds no word."""
    opening = next(iter(sentences(article.text)), None)
    return opening and _without_dateline(article.text, opening)


def _without_dateline(text: str, sentence: Span) -> Span:
    start = sentence.start
    dateline = DATELINE.match(text, start) if text[:start].endswith("\n") or not start else None
    return Span(dateline.end() if dateline else start, sentence.end)


def with_subject(selected: Selected, others: Sequence[Selected]) -> Span:
    """The words, behind the sentence before them where they begin with a pronoun and ``others`` don't quote it."""
    span, article = selected.span, selected.article
    before = sentence_before(article, span.start) if lacks_its_subject(selected.text) else None
    if before is None or span.start != selected.evidence.sentence.start:
        return span
    whole = Span(_without_dateline(article.text, before).start, span.end)
    told = any(
        each.article.version == article.version
        and each.span.start < before.end
        and before.start < each.span.end
        for each in others
    )
    return span if told or whole.end - whole.start > LONGEST_QUOTE else whole


def by_date(selected: Selected) -> tuple[int, str, int]:
    """Orders by the day told, else the day of publication; undated last; then by place."""
    events = selected.evidence.sentence.events
    day = events[0].first if events else selected.article.published or date.max
    return day.toordinal(), selected.article.article_id, selected.span.start


def same_time(one: Evidence, other: Evidence) -> bool:
    """Whether both can tell of one day; where neither the words nor the page say when, it can be any."""
    left, right = _days(one), _days(other)
    return not left or not right or any(a.overlaps(b) for a in left for b in right)


def _days(evidence: Evidence) -> tuple[Days, ...]:
    published = evidence.chunk.article.published
    if evidence.sentence.events or published is None:
        return evidence.sentence.events
    return (Days(published - NEWS_DAYS, published),)


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says, as index terms: all of them, and those of its names and numbers; and whether it says no."""

    terms: frozenset[str]
    told: frozenset[str]
    denies: bool

    @classmethod
    def of(cls, text: str) -> "Said":
        """What ``text`` says."""
        said = frozenset(terms(text))
        numbers = frozenset(each for each in said if any(char.isdigit() for char in each))
        # The capital that opens a text makes no name of its first word.
        _, _, rest = text.partition(" ")
        names = {term for name in names_told(rest) for term in terms(name)}
        return cls(said, numbers | names, bool(denials(text)))

    def says_the_same(self, other: "Said") -> bool:
        """Whether most words of the shorter are the other's too, all its names and numbers, and what is denied."""
        if self.denies != other.denies:
            return False
        shorter, longer = sorted((self, other), key=lambda each: len(each.terms))
        shared = len(shorter.terms & longer.terms)
        return shared >= SAME_WORDS * max(1, len(shorter.terms)) and shorter.told <= longer.terms


def distinct(selected: Sequence[Selected]) -> list[Selected]:
    """Those that don't say of the same time, in mostly the same words, what one before them says."""
    kept: list[tuple[Selected, Said]] = []
    for each in selected:
        own = Said.of(each.text)
        if not any(
            own.says_the_same(said) and same_time(each.evidence, other.evidence) for other, said in kept
        ):
            kept.append((each, own))
    return [each for each, _ in kept]
