"""Where pasted words come from: finds them in the stored articles, word for word but for a slip or two."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.answer import Passage
from qa.selected import LONGEST_QUOTE
from vectorstore.passages import best_event, sentences_touching
from vectorstore.records import Article, Scope, Span
from vectorstore.retriever import Search
from vectorstore.text import fold, words

FEWEST_WORDS = 8
MOST_AROUND = 12
RUN = 4
# So many of the excerpt's runs of words must stand in the article: more than any two reports of one event share.
HELD = 0.6
DEPTH = 12

QUOTED = re.compile(r"[«“\"„]\s*([^«»“”\"„]{20,}?)\s*[»”\"]")
SOURCE = frozenset(
    fold(word)
    for word in """
        from source sources where which article articles outlet published appeared wrote says said printed come comes
        vient viennent où d'où quel quelle dans paru parue publié publiée écrit tiré
        من أين مصدر المصدر أي مقال مقالة نشر نشرت ورد وردت كتب
    """.split()
)


def excerpt_in(question: str) -> str | None:
    """The words whose source the question asks for: quoted, with little around them but that question."""
    found = max(QUOTED.finditer(question), key=lambda each: len(each[1]), default=None)
    if found is None or len(words(found[1])) < FEWEST_WORDS:
        return None
    around = _folded(f"{question[: found.start()]} {question[found.end() :]}")
    asks = not around or (len(around) <= MOST_AROUND and not SOURCE.isdisjoint(around))
    return found[1] if asks else None


def passages_with(excerpt: str, search: Search, scope: Scope) -> list[Passage]:
    """Where the words of ``excerpt`` stand, one place an article, the best first."""
    found: dict[str, tuple[float, Passage]] = {}
    for hit in search.find(excerpt, DEPTH, scope):
        article = hit.chunk.article
        if article.article_id not in found:
            share, span = _place(_folded(excerpt), article)
            touched = sentences_touching(article, span.start, span.end)
            event = best_event(tuple(days for each in touched for days in each.events), None)
            found[article.article_id] = share, Passage(hit.chunk, span.start, span.end, event)
    held = [each for each in found.values() if each[0] >= HELD]
    return [passage for _, passage in sorted(held, key=lambda each: -each[0])]


def in_its_paragraph(passage: Passage) -> Passage:
    """The passage with the rest of its paragraph, unless that is long."""
    text = passage.article.text
    start, end = text.rfind("\n", 0, passage.start) + 1, text.find("\n", passage.end)
    end = len(text) if end < 0 else end
    return replace(passage, start=start, end=end) if end - start <= LONGEST_QUOTE else passage


def _place(excerpt: Sequence[str], article: Article) -> tuple[float, Span]:
    """The share of the excerpt's runs of words that the article has close together, and where."""
    spans = words(article.text)
    own = [fold(article.text[span.start : span.end]) for span in spans]
    wanted = set(_runs(excerpt))
    places = [at for at, run in enumerate(_runs(own)) if run in wanted]
    best, first, last = 0, 0, 0
    for at, start in enumerate(places):
        near = [each for each in places[at:] if each - start <= len(excerpt)]
        if len(near) > best:
            best, first, last = len(near), start, near[-1] + RUN - 1
    share = best / len(wanted) if wanted else 0.0
    return share, Span(spans[first].start, spans[min(last, len(spans) - 1)].end)


def _runs(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1))


def _folded(text: str) -> list[str]:
    return [fold(text[span.start : span.end]) for span in words(text)]
