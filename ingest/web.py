"""Web addresses to articles: a page, or all that a feed or a sitemap lists, each fetched only where it changed."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from ingest.feeds import Entry, Listing
from ingest.fetch import Fetched, Fetcher, Validators
from ingest.kinds import format_of
from ingest.page import Document, Said
from ingest.prepared import Began, Outcome, Refused
from ingest.reading import Reading, Step, Unchanged, failed
from ingest.sandbox import Sandbox
from vectorstore.errors import Unreadable
from vectorstore.records import Article, Visit

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_DEEPEST = 3  # sitemaps that name sitemaps
_SETTLED = timedelta(days=1)  # that an article was stored after its last change, whatever the clocks


class Visits(Protocol):
    """What is remembered of addresses that were fetched before: the library."""

    def visit(self, url: str) -> Visit | None:
        """The last visit there."""

    def put_visit(self, visit: Visit) -> None:
        """Remember one."""

    def current(self, article_id: str) -> Article | None:
        """The article, where it is still stored."""


class Web:
    """Reads addresses, one pass a call."""

    def __init__(self, sandbox: Sandbox, fetcher: Fetcher, visits: Visits) -> None:
        self._sandbox = sandbox
        self._fetcher = fetcher
        self._visits = visits

    def read(self, url: str, afresh: bool) -> Iterator[Step]:
        """The page at ``url``, or those listed there; with ``afresh`` even where they haven't changed."""
        try:
            fetched, visit = self._fetched(url, afresh)
            listing = self._listing(fetched, visit)
        except Unreadable as error:
            yield failed(url, error)
            return
        if listing is None:
            yield from self._page(url, fetched, visit, None)
            return
        listed = list(self._listed(listing, afresh, _DEEPEST))
        for each in listed:
            yield Began(url, len(listed))
            yield from [each] if isinstance(each, Reading) else self._entry(each, afresh)
        if not listed:
            yield Reading(url, Refused("rejected", f"{url} lists no articles"))
        elif fetched.data is not None:
            self._remember(url, fetched.validators, listing)

    def _fetched(self, url: str, afresh: bool) -> tuple[Fetched, Visit | None]:
        """What is at ``url``; where that hasn't changed since a visit, that visit. Raises ``Unreadable``."""
        visit = None if afresh else self._visits.visit(url)
        stored = visit and visit.article_id and self._visits.current(visit.article_id)
        if not visit or not (stored or visit.listing):
            return self._fetcher.get(url), None
        fetched = self._fetcher.get(url, Validators(visit.etag, visit.last_modified))
        return fetched, visit if fetched.data is None else None

    def _listing(self, fetched: Fetched, visit: Visit | None) -> Listing | None:
        """What a feed or sitemap lists; ``None`` for any other page. Raises ``Unreadable``."""
        if fetched.data is None:
            told: Listing | None = (
                _listings().validate_json(visit.listing) if visit and visit.listing else None
            )
            return told
        if format_of(fetched.data, "") != "feed":
            return None
        return self._sandbox.listing(Document(fetched.data, "", fetched.url, fetched.url))

    def _listed(self, listing: Listing, afresh: bool, deepest: int) -> Iterator[Entry | Reading]:
        """The articles listed, each once, and those of the sitemaps listed, as far as those can be read."""
        yield from {entry.url: entry for entry in listing.entries if entry.url}.values()
        for url in listing.sitemaps if deepest else ():
            try:
                inner = self._listing(*self._fetched(url, afresh))
            except Unreadable as error:
                yield failed(url, error)
                continue
            if inner:
                yield from self._listed(inner, afresh, deepest - 1)

    def _entry(self, entry: Entry, afresh: bool) -> Iterator[Step]:
        settled = None if afresh else self._settled(entry)
        if settled:
            yield Reading(entry.url, Unchanged(settled))
            return
        try:
            fetched, visit = self._fetched(entry.url, afresh)
        except Unreadable as error:
            yield failed(entry.url, error)
            return
        steps = self._page(entry.url, fetched, visit, entry.said)
        yield from (each for each in steps if not isinstance(each, Began))

    def _settled(self, entry: Entry) -> str | None:
        """The article that is stored from an entry and that its sitemap says hasn't changed since."""
        visit = self._visits.visit(entry.url) if entry.modified else None
        article = self._visits.current(visit.article_id) if visit and visit.article_id else None
        since = entry.modified and article and article.ingested_at - entry.modified
        return article.article_id if article and since and since >= _SETTLED else None

    def _page(self, url: str, fetched: Fetched, visit: Visit | None, said: Said | None) -> Iterator[Step]:
        """The article in a page; of another kind of file, such as an archive, all that are in it."""
        if fetched.data is None:
            known = visit.article_id if visit else None
            yield Reading(url, Unchanged(known)) if known else failed(url, Unreadable(f"{url} gives no page"))
            return
        told, single = fetched.validators, True
        seen = Visit(url, told.etag, told.last_modified)
        name = fetched.url.partition("#")[0].partition("?")[0]
        document = Document(fetched.data, name, url, fetched.url, fetched.charset, said)
        for event in self._sandbox.articles(document):
            if isinstance(event, Outcome):
                yield Reading(event.shown, event.article, seen if single else None)
            else:
                single = isinstance(event, Began) and event.total == 1
                yield event

    def _remember(self, url: str, told: Validators, listing: Listing) -> None:
        if told == Validators():
            return
        # Without the texts in the feed: articles are read from their pages.
        bare = replace(listing, entries=tuple(replace(each, content="") for each in listing.entries))
        self._visits.put_visit(
            Visit(url, told.etag, told.last_modified, listing=json.dumps(asdict(bare), default=str))
        )


def is_address(text: str) -> bool:
    """Whether an input is a web address rather than a path."""
    return text.lower().startswith(("http://", "https://"))


@cache
def _listings() -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    return TypeAdapter(Listing)
