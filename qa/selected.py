"""Words chosen to be quoted: what they are, their order, and which say the same again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa.evidence import Evidence
from vectorstore.records import Article, Span
from vectorstore.text import terms

LONGEST_QUOTE = 280
MOST_LISTED = 30
SAME_WORDS = 0.7


@dataclass(frozen=True, slots=True)
class Selected:
    """Words to quote, the evidence they come from, and other articles that tell the same."""

    evidence: Evidence
    span: Span
    retold: tuple[Article, ...] = ()

    @property
    def text(self) -> str:
        """The words."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def article(self) -> Article:
        """The article that holds them."""
        return self.evidence.chunk.article


def by_date(selected: Selected) -> tuple[int, str, int]:
    """Orders by the day told, else the day of publication; undated last; then by place."""
    events = selected.evidence.sentence.events
    day = events[0].first if events else selected.article.published or date.max
    return day.toordinal(), selected.article.article_id, selected.span.start


def distinct(selected: Sequence[Selected]) -> list[Selected]:
    """Those that don't say in mostly the same words what one before them says."""
    kept: list[tuple[Selected, set[str]]] = []
    for each in selected:
        own = set(terms(each.text))
        if not any(_alike(own, other) for _, other in kept):
            kept.append((each, own))
    return [each for each, _ in kept]


def _alike(left: set[str], right: set[str]) -> bool:
    return len(left & right) >= SAME_WORDS * max(1, min(len(left), len(right)))
