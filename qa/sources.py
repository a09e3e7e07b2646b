"""What was found for a question as numbered passages that a model may cite: changes when it should get others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.answer import Passage, Window
from vectorstore.passages import best_event, sentence_fit
from vectorstore.records import Chunk, Fit, Sentence, Span
from vectorstore.text import fold

MOST_PASSAGES = 10
MOST_CHARACTERS = 9_000
"""Of passages: what a small model on one's own machine still reads."""
LONGEST_SENTENCE = 3_000
"""What is longer is no sentence, but a page without full stops."""


@dataclass(frozen=True, slots=True)
class Source:
    """A passage as it is numbered for the model, with those of its sentences that may be quoted."""

    number: int
    chunk: Chunk
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences that may be quoted."""
        text = self.chunk.article.text
        return " ".join(text[each.start : each.end] for each in self.sentences)


def sources_of(chunks: Iterable[Chunk], window: Window | None) -> list[Source]:
    """The passages in their order, each sentence once, numbered from 1.

    Sentences outside the window are left out: what isn't told can't be cited.
    """
    found: list[Source] = []
    seen: set[str] = set()
    room = MOST_CHARACTERS
    for chunk in {each.chunk_id: each for each in chunks}.values():
        source = Source(len(found) + 1, chunk, tuple(_new(chunk, window, seen)))
        if len(found) == MOST_PASSAGES or (found and len(source.text) > room):
            break
        if source.sentences:
            seen |= {_key(chunk, each) for each in source.sentences}
            room -= len(source.text)
            found.append(source)
    return found


def _new(chunk: Chunk, window: Window | None, seen: set[str]) -> Iterator[Sentence]:
    days = window.days if window else None
    for each in chunk.sentences:
        fits = sentence_fit(each, chunk.article, days) is Fit.INSIDE
        if fits and each.end - each.start <= LONGEST_SENTENCE and _key(chunk, each) not in seen:
            yield each


def _key(chunk: Chunk, sentence: Sentence) -> str:
    return fold(chunk.article.text[sentence.start : sentence.end])


def passage_of(source: Source, span: Span, window: Window | None) -> Passage:
    """The words of ``source`` at ``span`` of its article, with the event they tell."""
    touched = [each for each in source.sentences if each.start < span.end and span.start < each.end]
    events = tuple(days for each in touched for days in each.events)
    return Passage(
        chunk=source.chunk,
        start=span.start,
        end=span.end,
        event=best_event(events, window.days if window else None),
    )
