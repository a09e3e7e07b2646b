"""An article's sentences with the days they tell: what the window filter and the answers stand on."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vectorstore.records import Article, Days, Fit, fit
from vectorstore.text import sentences
from vectorstore.times import find_times


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]`` of an article, and the days of what it tells.

    A sentence that names no day takes those of the sentence before it in the same paragraph, since a paragraph
    mostly tells one event. ``events`` is empty where neither names one that can be resolved.
    """

    start: int
    end: int
    events: tuple[Days, ...]


def sentences_of(article: Article) -> tuple[Sentence, ...]:
    """The sentences of ``article`` in reading order, their relative dates resolved against its publication."""
    return _sentences(article.text, article.published)


@lru_cache(maxsize=512)
def _sentences(text: str, published: date | None) -> tuple[Sentence, ...]:
    told = [(mention.start, mention.days) for mention in find_times(text, published) if mention.days]
    result: list[Sentence] = []
    for span in sentences(text):
        own = tuple(dict.fromkeys(days for start, days in told if span.start <= start < span.end))
        if not own and result and "\n" not in text[result[-1].end : span.start]:
            own = result[-1].events
        result.append(Sentence(span.start, span.end, own))
    return tuple(result)


def sentences_touching(article: Article, start: int, end: int) -> list[Sentence]:
    """The sentences of which any part lies in ``article.text[start:end]``."""
    return [each for each in sentences_of(article) if each.start < end and start < each.end]


def best_event(events: tuple[Days, ...], window: Days | None) -> Days | None:
    """The event to show for a passage: the first that touches the window, else the first."""
    if window is not None:
        return next((days for days in events if days.overlaps(window)), None)
    return events[0] if events else None


def sentence_fit(sentence: Sentence, article: Article, window: Days | None) -> Fit:
    """Whether ``sentence`` belongs to ``window``."""
    return fit(sentence.events, article.published, window)
