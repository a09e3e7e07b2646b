"""The way from inputs to stored articles: read, clean, date, chunk, embed, store; goes on past a bad item."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from ingest.ahead import Ahead
from ingest.chunking import chunk
from ingest.inputs import Skipped
from ingest.prepared import Prepared, Refused
from ingest.reading import Reading, Total, Unchanged
from ingest.recurring import Recurring
from ingest.sources import Sources
from ingest.stories import Stories
from vectorstore.embedding import Embedder
from vectorstore.fingerprints import fingerprints
from vectorstore.indexing import outlet_of
from vectorstore.library import Library
from vectorstore.passages import sentences_of
from vectorstore.records import Appearance, Article, Visit, digest
from vectorstore.sync import Sync
from vectorstore.text import language_of

Status = Literal["added", "updated", "unchanged", "duplicate", "rejected", "failed"]
BATCH_CHUNKS = 64
READ_AHEAD = 32  # articles that are read while others are embedded
MOST_CHARACTERS = 400_000
ANOTHER_WEEK = timedelta(6)
CHANGED = ("added", "updated")
OTHER_TEXT = (
    "quite another text under the same file name: the earlier one is now an old version, out of the search; "
    "a --source of its own keeps both"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says about the articles, above whatever the page says."""

    published: date | None = None
    source: str | None = None
    title: str | None = None


NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Item:
    """How one input ended. ``article`` is null, and ``reason`` set, when it was rejected or failed.

    An update may have a ``reason`` too, which then is a warning.
    """

    input: str
    status: Status
    article: Article | None = None
    chunks: int = 0
    reason: str | None = None


class Pipeline:
    """Stores articles; ingesting the same thing twice changes nothing."""

    def __init__(
        self,
        library: Library,
        sync: Sync,
        embedder: Embedder,
        sources: Sources,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._library = library
        self._recurring = Recurring(library)
        self._stories = Stories(library)
        self._sync = sync
        self._embedder = embedder
        self._sources = sources
        self._now = now or (lambda: datetime.now(UTC))

    def ingest(self, inputs: Sequence[str], given: Given = NOTHING) -> Iterator[Total | Skipped | Item]:
        """Store the articles in files, folders and addresses; yields each as soon as it can be found.

        Reading runs ahead of embedding, which takes the articles that are there together.
        """
        waiting: list[Item] = []
        with Ahead(self._sources.read(inputs, afresh=given != NOTHING), READ_AHEAD) as reading:
            for event in reading:
                if not isinstance(event, Reading):
                    yield event
                    continue
                item = self._store(event.shown, event.article, given)
                self._remember(event.visit, item)
                # Of a copy, the stored article that it repeats is told of first.
                if item.status in CHANGED or (item.status == "duplicate" and waiting):
                    waiting.append(item)
                else:
                    yield item
                if sum(each.chunks for each in waiting) >= BATCH_CHUNKS or (waiting and reading.waits):
                    yield from self._embed(waiting)
                    waiting = []
        yield from self._embed(waiting)

    def ingest_text(self, text: str, given: Given = NOTHING, name: str = "") -> Item:
        """Store one article from its text; ``name`` is what it was read from, such as ``-``."""
        item = self._store(name, self._sources.read_text(text, name), given)
        return self._embed([item])[0]

    def correct(self, article_id: str, given: Given) -> Article:
        """Store an editor's corrections, which outrank what later ingests find. Raises ``NotFound``."""
        article = self._library.get(article_id)
        corrections = self._library.corrections(article_id) | _as_corrections(given)
        corrected = _corrected(article, corrections)
        self._library.revise(corrected, corrections)
        self._sync.repair()
        return corrected

    def remove(self, *article_ids: str) -> frozenset[str]:
        """Take articles out with all their versions; returns the ids of those that were stored."""
        gone = frozenset(each for each in article_ids if self._library.remove(each))
        self._sync.repair()
        return gone

    def _embed(self, items: list[Item]) -> list[Item]:
        """``items``, once they can be found; what an ingest that was broken off left behind too."""
        self._sync.repair()
        return items

    def _remember(self, visit: Visit | None, item: Item) -> None:
        if visit and item.article:
            self._library.put_visit(replace(visit, article_id=item.article.article_id))

    def _store(self, name: str, prepared: Prepared | Refused | Unchanged, given: Given) -> Item:
        """Write the article to the library; its vectors are the caller's to bring up to date."""
        if isinstance(prepared, Unchanged):
            return self._item(name, "unchanged", self._library.get(prepared.article_id))
        if isinstance(prepared, Refused):
            return Item(name, prepared.status, reason=prepared.reason)
        size = len(prepared.cleaned.text)
        if size > MOST_CHARACTERS:
            return Item(
                name, "rejected", reason=f"{size} characters are too many for one article: split the file"
            )
        article, origin = self._article(prepared, given)
        stored = self._library.current(article.article_id)
        if stored is None:
            holder = self._library.holder_of_origin(origin) or self._library.holder_of_text(article.version)
            if holder and _is_copy(article, self._library.get(holder)):
                appearance = Appearance(article.source, article.url, article.published)
                self._library.add_appearance(holder, origin, appearance)
                return self._item(name, "duplicate", self._library.get(holder))
            # A copy that was edited since is no copy any more.
            self._library.drop_appearance(origin)
        elif stored.published_from == "option" and article.published_from != "option":
            # What somebody said once outranks what the page says again.
            article = replace(
                article, published=stored.published, published_from="option", published_note=None
            )
        article = _corrected(article, self._library.corrections(article.article_id))
        if stored and stored.version == article.version:
            return self._revise(name, stored, article)
        spans = chunk(article.text, self._embedder.count_tokens)
        article = self._stories.put(article, spans)
        item = self._item(name, "updated" if stored else "added", article)
        return replace(item, reason=OTHER_TEXT) if stored and _unlike(stored, article) else item

    def _revise(self, name: str, stored: Article, article: Article) -> Item:
        kept = replace(
            article,
            ingested_at=stored.ingested_at,
            same_story_as=stored.same_story_as,
            appearances=stored.appearances,
        )
        if kept == stored:
            return self._item(name, "unchanged", stored)
        self._library.revise(kept)
        return self._item(name, "updated", kept)

    def _item(self, name: str, status: Status, article: Article) -> Item:
        return Item(name, status, article, len(self._library.spans(article.article_id, article.version)))

    def _article(self, prepared: Prepared, given: Given) -> tuple[Article, str]:
        cleaned, found = prepared.cleaned, prepared.publication
        source = given.source or prepared.source or cleaned.site_name or ""
        url = cleaned.url or prepared.url
        origin = url or f"{source}\n{prepared.name or cleaned.title}"
        cleaned = self._recurring.take_out(
            cleaned, outlet_of(source, url), self._library.current(digest(origin))
        )
        article = Article(
            article_id=digest(origin),
            version=digest(cleaned.text),
            title=given.title or cleaned.title,
            text=cleaned.text,
            language=language_of(cleaned.text),
            source=source,
            ingested_at=self._now(),
            published=given.published or (found.day if found else None),
            published_from="option" if given.published else (found.found_from if found else None),
            published_note=found.note if found and not given.published else None,
            url=url,
            author=cleaned.author,
            removed=cleaned.removed,
        )
        return article, origin


def _is_copy(article: Article, holder: Article) -> bool:
    """Whether ``article`` is the holder's text again; not where "on Tuesday" is that of another week."""
    if article.version != holder.version:
        return False
    if (
        not article.published
        or not holder.published
        or abs(article.published - holder.published) < ANOTHER_WEEK
    ):
        return True
    return sentences_of(article) == sentences_of(replace(article, published=holder.published))


def _unlike(stored: Article, article: Article) -> bool:
    """Whether two texts of one file name have nothing in common, as those of two folders' ``index.html``."""
    return not article.url and not fingerprints(stored.text) & fingerprints(article.text)


def _as_corrections(given: Given) -> dict[str, str]:
    values = {
        "published": given.published.isoformat() if given.published else None,
        "source": given.source,
        "title": given.title,
    }
    return {name: value for name, value in values.items() if value is not None}


def _corrected(article: Article, corrections: dict[str, str]) -> Article:
    if "published" in corrections:
        day = date.fromisoformat(corrections["published"])
        article = replace(article, published=day, published_from="editor", published_note=None)
    return replace(
        article,
        source=corrections.get("source", article.source),
        title=corrections.get("title", article.title),
    )
