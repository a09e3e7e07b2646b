"""A saved answer checked again, against the very versions that it cited: changes with what makes a citation hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.answer import SUPPORT_ORDER, Passage, Sentence, Support
from qa.claims import unheard
from qa.phrases import say
from qa.saved import Said, Saved, Source
from qa.support import Checker, days_told
from qa.told import read
from qa.verdict import Verdict
from vectorstore.errors import NotFound
from vectorstore.indexing import chunk_of
from vectorstore.library import Library
from vectorstore.passages import sentences_of
from vectorstore.records import Article, Days
from vectorstore.text import fold, terms

FEWEST_TITLE_TERMS = 2
"""A shorter title is in too many lines by chance."""
_REPORTED = tuple(say("reported", language, day="").strip() for language in ("en", "fr", "ar"))
_QUOTATION_MARKS = "“”«»\"'‘’‹› \u00a0\u202f"


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """``valid``: the quotation stands in its version; ``current``: that version is the newest."""

    number: int
    valid: bool
    current: bool
    support: Support


@dataclass(frozen=True, slots=True)
class Report:
    """What became of an answer. It is ``ok`` where every citation is valid and every sentence supported."""

    citations: tuple[CheckedCitation, ...]
    sentences: tuple[Sentence, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing is left to mend."""
        carried = all(each.support == "supported" for each in self.sentences)
        return carried and all(each.valid for each in self.citations)


@dataclass(frozen=True, slots=True)
class _Found:
    """The article of a source, and the words quoted of it; null where they can't be found."""

    article: Article | None = None
    passage: Passage | None = None
    valid: bool = False


def verify(saved: Saved, library: Library, checker: Checker) -> Report:
    """``saved`` checked against ``library``; versions that are no longer the newest are looked at too."""
    shelf = _Shelf(library)
    found = {number: shelf.find(source) for number, source in saved.sources.items()}
    sentences = tuple(_checked(said, found, checker) for said in saved.said)
    citations = (
        CheckedCitation(number, each.valid, shelf.is_newest(each.article), _worst(number, each, sentences))
        for number, each in found.items()
    )
    return Report(tuple(citations), sentences)


class _Shelf:
    """Finds sources in the library, reading all of it at most once."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _articles(self) -> list[Article]:
        return self._library.articles()

    def find(self, source: Source) -> _Found:
        """The article and the words that ``source`` tells of."""
        if not source.line:
            article = self._by_ids(source.ids)
            return _in_version(article, source) if article and source.quotes else _Found(article)
        tried = None
        for tried in self._candidates(source):
            found = _in_version(tried, source)
            if found.valid:
                return found
        return _Found(tried)

    def is_newest(self, article: Article | None) -> bool:
        """Whether ``article`` is as it is stored now."""
        newest = self._library.current(article.article_id) if article else None
        return article is not None and newest is not None and newest.version == article.version

    def _by_ids(self, ids: Sequence[str]) -> Article | None:
        try:
            return self._library.get(*ids[:2])
        except NotFound:
            return None

    def _candidates(self, source: Source) -> Iterator[Article]:
        """The articles that a line of a list may mean, in the version it cites, else in each, newest first.

        By what it quotes, if it names none.
        """
        named = [each for each in self._articles if _names(source, each)]
        for article in named or (self._articles if source.quotes else []):
            older = [version for version, _ in self._library.versions(article.article_id)] if named else []
            cited = [version for version in older if version in source.ids]
            for version in cited or [article.version, *(each for each in older if each != article.version)]:
                yield (
                    article if version == article.version else self._library.get(article.article_id, version)
                )


def _names(source: Source, article: Article) -> bool:
    if article.article_id in source.ids or (source.url and source.url == article.url):
        return True
    title = fold(article.title)
    return len(terms(title)) >= FEWEST_TITLE_TERMS and title in source.line


def _in_version(article: Article, source: Source) -> _Found:
    """The quotation in ``article``, at its place or wherever it stands; without one, the whole article counts."""
    if not source.quotes:
        return _Found(article, None, valid=True)
    for quote in source.quotes:
        start, end = _place(article.text, quote, source.start)
        if start >= 0:
            return _Found(article, Passage(chunk_of(article, start, end), start, end), valid=True)
    return _Found(article)


def _place(text: str, quote: str, start: int | None) -> tuple[int, int]:
    if start is not None and start >= 0 and text.startswith(quote, start):
        return start, start + len(quote)
    found = re.search(r"\s+".join(map(re.escape, quote.split())), text) if quote.strip() else None
    return found.span() if found else (-1, -1)


def _checked(said: Said, found: dict[int, _Found], checker: Checker) -> Sentence:
    invented = tuple(f"[{number}]" for number in said.cites if number not in found)
    known = [found[number] for number in said.cites if number in found]
    passages = [passage for each in known if (passage := _passage(said.text, each, checker))]
    verdict = _verdict(said.text, passages, checker)
    label = (*_undated(said.label, passages), *_unfounded(said.label, passages))
    lacking = (*verdict.missing, *label, *invented)
    support = "partial" if lacking and verdict.support == "supported" else verdict.support
    return Sentence(said.start, said.end, said.cites, support, lacking)


def _passage(text: str, found: _Found, checker: Checker) -> Passage | None:
    """The words to check against: those quoted, else those of the article that carry ``text`` best."""
    if found.passage or not found.article or not found.valid:
        return found.passage
    span = checker.locate(text, found.article, sentences_of(found.article)).span
    return Passage(chunk_of(found.article, span.start, span.end), span.start, span.end) if span else None


def _verdict(text: str, passages: Sequence[Passage], checker: Checker) -> Verdict:
    words = " ".join(text.strip(_QUOTATION_MARKS).split())
    if words and any(words in " ".join(each.quote.split()) for each in passages):
        return Verdict("supported")
    return checker.judge(text, passages)


def _undated(label: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The days set before a quotation that are neither those of its words nor of their publication."""
    known = {days for each in passages for days in days_told(each.article, each.start, each.end)}
    if not known or any(each in label for each in _REPORTED):
        known |= {Days(day, day) for each in passages if (day := each.article.published)}
    firsts, lasts = {days.first for days in known}, {days.last for days in known}
    reference = passages[0].article.published if passages else None
    told = read(label, reference).days if label else ()
    return tuple(
        each.words
        for each in told
        if not (each.days.first in firsts and (each.days.last in lasts or each.days.last.year == 9999))
    )


def _unfounded(label: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """The names and grave words set before a quotation of which its articles tell nothing."""
    lacking = [
        # The quotation first: only so many words are compared by their sound.
        unheard(read(label), read(f"{each.quote} {article.text}"), f"{article.title} {article.source}")
        for each in passages
        if label and (article := each.article)
    ]
    return tuple(what for what in lacking[0] if all(what in each for each in lacking)) if lacking else ()


def _worst(number: int, found: _Found, sentences: Sequence[Sentence]) -> Support:
    if not found.valid:
        return "unsupported"
    return max(
        (each.support for each in sentences if number in each.cites),
        key=SUPPORT_ORDER.__getitem__,
        default="unsupported",
    )
