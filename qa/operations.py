"""Every operation of the contract, with plain arguments in and the contract's JSON out.

The shell, the page, its API and the hand-over between processes all call these; who calls can't tell whether the
work is done here or by the process that owns the home. Ingest is imported where it is called: a question needn't
wait for it.
"""

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa.answer import Person, Turn, Window
from qa.contract import (
    Json,
    answer_json,
    article_json,
    chat_json,
    hit_json,
    item_json,
    report_json,
    show_json,
    window_json,
)
from qa.settings import NO_MODEL
from vectorstore.errors import BadDate, NotFound, UserError
from vectorstore.records import Article, Days, Scope, chunk_id
from vectorstore.times import parse_days

if TYPE_CHECKING:
    from ingest.inputs import Skipped
    from ingest.pipeline import Item
    from ingest.reading import Total
    from qa.wiring import Parts

MOST_HITS = 1000
MOST_CHARACTERS = 4000
LANGUAGES = ("ar", "en", "fr")


class Operations(Protocol):
    """What can be asked of a home. All raise ``UserError`` for a call that can't be carried out."""

    def ask(
        self,
        question: str,
        *,
        as_of: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
        language: str | None = None,
        llm: str | None = None,
        history: list[dict[str, str]] | None = None,
        people: list[Json] | None = None,
    ) -> Iterator[Json]:
        """Growing answers; the last one is complete.

        ``people`` (``[{"asked", "matched"}]``, as an answer has them) takes the place of the names found in the
        question and their spellings.
        """

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Json:
        """The ``k`` best passages."""

    def ingest(
        self, inputs: list[str], *, published: str | None = None, source: str | None = None
    ) -> Iterator[Json]:
        """A line an article as each finishes; ``{"total": n}`` first and whenever more is known.

        ``{"skipped": path, "why": …}`` tells of a file in a folder or an archive that isn't read.
        """

    def ingest_text(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        source: str | None = None,
        name: str = "",
    ) -> Json:
        """Store one article from its text."""

    def articles(self) -> Json:
        """What is stored."""

    def show(self, article_id: str, *, version: str | None = None) -> Json:
        """One article, the newest version unless another is named."""

    def set(
        self,
        article_id: str,
        *,
        published: str | None = None,
        source: str | None = None,
        title: str | None = None,
    ) -> Json:
        """Store an editor's correction, which survives the next ingest."""

    def remove(self, article_ids: list[str]) -> Json:
        """Take articles out with all their versions."""

    def verify(self, answer: Json | str) -> Json:
        """Check a saved answer again: the JSON of ``ask``, text with [n] and a list of its sources, or a chat."""

    def model(self, llm: str | None = None) -> Json:
        """The chat model ``llm``, or the one that is set, as ``{"model", "local"}``; null for none.

        With ``local`` nothing leaves this machine.
        """

    def reindex(self) -> Iterator[Json]:
        """Embed every article again: ``{"done", "total"}`` on the way, the contract's line last."""

    def doctor(self, *, fix: bool = False) -> Json:
        """Check the home and the installation; mend what can be mended."""

    def backup(self, file: str) -> Json:
        """Write the whole home to one file."""


class LocalOperations:
    """The operations carried out in this process, on the parts of one home."""

    def __init__(self, parts: "Parts") -> None:
        self._parts = parts

    def ask(
        self,
        question: str,
        *,
        as_of: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
        language: str | None = None,
        llm: str | None = None,
        history: list[dict[str, str]] | None = None,
        people: list[Json] | None = None,
    ) -> Iterator[Json]:
        """Growing answers; the last one is complete.

        ``people`` (``[{"asked", "matched"}]``, as an answer has them) takes the place of the names found in the
        question and their spellings.
        """
        from qa.assistant import Request

        if language and language not in LANGUAGES:
            raise UserError(f"answers can't be given in {language}: take one of {', '.join(LANGUAGES)}")
        request = Request(
            question=_words(question, "question"),
            as_of=_day(as_of, "--as-of") or date.today(),
            window=_window(date_from, date_to),
            source=source or None,
            language=language or None,
            history=_turns(history or []),
            people=None if people is None else _people(people),
        )
        writer = self._parts.writer(llm)
        for answer in self._parts.assistant.answers(request, writer):
            yield answer_json(answer)

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Json:
        """The ``k`` best passages."""
        if not 1 <= k <= MOST_HITS:
            raise UserError(f"-k takes a number from 1 to {MOST_HITS}, not {k}")
        window = _window(date_from, date_to)
        days = window.days if window else None
        hits = self._parts.search.find(_words(query, "query"), k, Scope(days, source or None))
        return {
            "query": query,
            "window": window_json(window),
            "hits": [hit_json(hit, rank, days) for rank, hit in enumerate(hits, start=1)],
        }

    def ingest(
        self, inputs: list[str], *, published: str | None = None, source: str | None = None
    ) -> Iterator[Json]:
        """A line an article as each finishes; ``{"total": n}`` first and whenever more is known.

        ``{"skipped": path, "why": …}`` tells of a file in a folder or an archive that isn't read.
        """
        from ingest.pipeline import Given

        _check_inputs(inputs)
        given = Given(_published(published), source or None)
        for each in self._parts.pipeline.ingest(inputs, given):
            yield _progress(each)

    def ingest_text(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        source: str | None = None,
        name: str = "",
    ) -> Json:
        """Store one article from its text."""
        from ingest.pipeline import Given

        given = Given(_published(published), source or None, title or None)
        return item_json(self._parts.pipeline.ingest_text(text, given, name))

    def articles(self) -> Json:
        """What is stored."""
        return {"articles": [self._listed(article) for article in self._parts.library.articles()]}

    def show(self, article_id: str, *, version: str | None = None) -> Json:
        """One article, the newest version unless another is named."""
        library = self._parts.library
        article = library.get(article_id, version)
        spans = library.spans(article_id, article.version)
        named = [(chunk_id(article_id, article.version, span.start, span.end), span) for span in spans]
        return show_json(article, self._versions(article_id), named)

    def set(
        self,
        article_id: str,
        *,
        published: str | None = None,
        source: str | None = None,
        title: str | None = None,
    ) -> Json:
        """Store an editor's correction, which survives the next ingest."""
        from ingest.pipeline import Given

        given = Given(_published(published), source or None, title or None)
        if given == Given():
            raise UserError("nothing to set: give --published, --source or --title")
        return self._listed(self._parts.pipeline.correct(article_id, given))

    def remove(self, article_ids: list[str]) -> Json:
        """Take articles out with all their versions."""
        asked = list(dict.fromkeys(article_ids))
        gone = self._parts.pipeline.remove(*asked)
        return {
            "removed": [each for each in asked if each in gone],
            "unknown": [each for each in asked if each not in gone],
        }

    def verify(self, answer: Json | str) -> Json:
        """Check a saved answer again: the JSON of ``ask``, text with [n] and a list of its sources, or a chat."""
        from qa.saved import chat_in

        chat = chat_in(answer)
        return chat_json([self._checked(each) for each in chat]) if chat else self._checked(answer)

    def model(self, llm: str | None = None) -> Json:
        """The chat model ``llm``, or the one that is set, as ``{"model", "local"}``; null for none.

        With ``local`` nothing leaves this machine.
        """
        from qa.llm import is_local

        settings = self._parts.settings
        name = llm or settings.llm
        local = is_local(name, settings.llm_base_url)
        return {"model": None if name == NO_MODEL else name, "local": local}

    def reindex(self) -> Iterator[Json]:
        """Embed every article again: ``{"done", "total"}`` on the way, the contract's line last."""
        return self._parts.reindex()

    def doctor(self, *, fix: bool = False) -> Json:
        """Check the home and the installation; mend what can be mended."""
        from qa.doctor import examine

        return examine(self._parts, fix=fix)

    def backup(self, file: str) -> Json:
        """Write the whole home to one file."""
        from qa.backup import write_backup

        return write_backup(self._parts, Path(file))

    def _checked(self, answer: Json | str) -> Json:
        from qa.saved import read_saved
        from qa.verify import verify

        return report_json(verify(read_saved(answer), self._parts.library, self._parts.checker()))

    def _listed(self, article: Article) -> Json:
        return article_json(article, self._versions(article.article_id))

    def _versions(self, article_id: str) -> list[tuple[str, str]]:
        versions = self._parts.library.versions(article_id)
        return [(version, at.isoformat(timespec="seconds")) for version, at in versions]


def _check_inputs(inputs: list[str]) -> None:
    """Raise ``NotFound`` or ``UserError`` for the first that can be neither a path nor a web address."""
    from ingest.web import is_address

    for each in inputs:
        if is_address(each) or os.path.lexists(each):
            continue
        if "://" in each:
            raise UserError(f"{each} can't be fetched: only http and https addresses can")
        raise NotFound(f"there is no file or folder {each}: check the path")


def _progress(event: "Total | Skipped | Item") -> Json:
    from ingest.pipeline import Item
    from ingest.reading import Total

    if isinstance(event, Item):
        return item_json(event)
    if isinstance(event, Total):
        return {"total": event.articles}
    return {"skipped": event.input, "why": event.why}


def _words(text: str, what: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise UserError(f"the {what} has no words: write what you want to know")
    if len(text) > MOST_CHARACTERS:
        raise UserError(f"the {what} has {len(text)} characters: {MOST_CHARACTERS} are the most")
    return text.strip()


def _turns(history: list[dict[str, str]]) -> tuple[Turn, ...]:
    if not all(isinstance(each.get("question"), str) for each in history):
        raise UserError("the history must be a list of objects with a question each, and its answer")
    return tuple(Turn(each["question"], each.get("answer") or "") for each in history)


def _people(people: list[Json]) -> tuple[Person, ...]:
    try:
        return tuple(Person(_text(each["asked"]), tuple(map(_text, each["matched"]))) for each in people)
    except (KeyError, TypeError) as error:
        raise UserError("people must be a list of objects with a name asked and the list matched") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _day(iso: str | None, option: str) -> date | None:
    if not iso:
        return None
    days = parse_days(iso)
    if days.first != days.last:
        raise BadDate(f"{option} takes one day, such as 2024-10-03, not {iso}")
    return days.first


def _published(iso: str | None) -> date | None:
    day = _day(iso, "--published")
    # Where the day begins first, it may be tomorrow already.
    if day and day > date.today() + timedelta(days=1):
        raise BadDate(
            f"--published {iso} lies in the future: give the day on which the article was published"
        )
    return day


def _window(date_from: str | None, date_to: str | None) -> Window | None:
    if not date_from and not date_to:
        return None
    first = parse_days(date_from).first if date_from else date.min
    last = parse_days(date_to).last if date_to else date.max
    if first > last:
        raise BadDate(f"the window ends ({date_to}) before it begins ({date_from}): swap --from and --to")
    told = [f"--from {date_from}"] * bool(date_from) + [f"--to {date_to}"] * bool(date_to)
    return Window(Days(first, last), " ".join(told))
