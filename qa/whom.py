"""Where the words of a meeting name whom somebody met: what a reader of the list looks for."""

from collections.abc import Iterator, Sequence

from qa.named import LATIN_PARTICLES
from qa.pairing import people_words
from qa.people import Sought, mentions
from qa.relations import forms
from vectorstore.naming import PARTICLES
from vectorstore.records import Span
from vectorstore.text import fold, is_rtl, terms, words

_PARTICLES = PARTICLES | LATIN_PARTICLES


def whom(text: str, within: Span, people: Sequence[Sought]) -> Span | None:
    """From the first to the last full name behind the verb of meeting, as far as names can be told.

    The names of ``people``, who are asked about, don't count. ``within`` and the result are places in ``text``.
    """
    told = text[within.start : within.end]
    spans = words(told)
    met = (at for at, each in enumerate(spans) if forms("meet") & set(terms(_word(told, each))))
    names = [
        name
        for name in _full_names(told, spans[next(met, len(spans)) :])
        if not any(mentions(_word(told, name), one) for one in people)
    ]
    return Span(within.start + names[0].start, within.start + names[-1].end) if names else None


def _full_names(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The names that are whole, particles within."""
    named = people_words(text)
    run: list[Span] = []
    for span in spans:
        told = _word(text, span)
        adjoins = bool(run) and text[run[-1].end : span.start].isspace()
        if (fold(told) in named and terms(told)) or (adjoins and fold(told) in _PARTICLES):
            if not adjoins:
                yield from _full(text, run)
                run = []
            run.append(span)
        else:
            yield from _full(text, run)
            run = []
    yield from _full(text, run)


def _full(text: str, run: Sequence[Span]) -> Iterator[Span]:
    """Two words; three in Arabic, which has no capitals, so that one of two may mean something else."""
    whole = list(run)
    while whole and fold(_word(text, whole[-1])) in _PARTICLES:
        whole.pop()
    if whole and len(whole) >= (3 if is_rtl(_word(text, whole[0])) else 2):
        yield Span(whole[0].start, whole[-1].end)


def _word(text: str, span: Span) -> str:
    return text[span.start : span.end]
