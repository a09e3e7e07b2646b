"""What storing an article writes and taking it out deletes: its version, passages, days, terms and sounds."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from urllib.parse import urlsplit

from vectorstore.fingerprints import line_prints
from vectorstore.names import sound_keys
from vectorstore.naming import SHORTEST, name_words
from vectorstore.passages import sentences_touching
from vectorstore.records import Article, Chunk, Days, Sentence, Span
from vectorstore.searchable import any_of
from vectorstore.text import fold, terms, words


def outlet_of(source: str, url: str | None) -> str:
    """What an outlet's articles have in common: its name, folded, else its host; empty where neither is known."""
    return fold(source) or (urlsplit(url).hostname or "" if url else "")


def chunk_of(article: Article, start: int, end: int) -> Chunk:
    """The chunk at that place, with the sentences it touches."""
    return Chunk(article, start, end, tuple(sentences_touching(article, start, end)))


def noted(sentences: Sequence[Sentence]) -> str:
    """Sentences as they are noted beside their chunk: reading their days out of a text takes milliseconds."""
    return json.dumps(
        [
            [each.start, each.end, [[days.first.toordinal(), days.last.toordinal()] for days in each.events]]
            for each in sentences
        ]
    )


def from_note(note: str) -> tuple[Sentence, ...]:
    """The reverse of ``noted``. Raises ``ValueError`` or ``TypeError`` for what it didn't make."""
    return tuple(
        Sentence(
            start,
            end,
            tuple(Days(date.fromordinal(first), date.fromordinal(last)) for first, last in events),
        )
        for start, end, events in json.loads(note)
    )


def write_version(connection: sqlite3.Connection, article: Article, spans: Sequence[Span]) -> None:
    """Store a version of an article, and its lines as those of its outlet."""
    connection.execute(
        "INSERT OR REPLACE INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            article.article_id,
            article.version,
            article.title,
            article.text,
            article.language,
            article.source,
            fold(article.source),
            article.published.isoformat() if article.published else None,
            article.published_from,
            article.url,
            article.author,
            article.ingested_at.isoformat(),
            json.dumps([[each.line, each.why] for each in article.removed], ensure_ascii=False),
            json.dumps([[span.start, span.end] for span in spans]),
            article.published_note,
        ),
    )
    connection.execute("DELETE FROM source_line WHERE article_id = ?", (article.article_id,))
    outlet = outlet_of(article.source, article.url)
    if outlet:
        connection.executemany(
            "INSERT INTO source_line VALUES (?, ?, ?)",
            [(outlet, each, article.article_id) for each in line_prints(article.text)],
        )


def index(
    connection: sqlite3.Connection,
    article: Article,
    spans: Sequence[Span],
    numbers: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Make ``article`` found by ``spans``; a chunk that had a number keeps it."""
    title = " ".join(terms(article.title))
    for span in spans:
        chunk = chunk_of(article, span.start, span.end)
        days, undated = _days_of(chunk)
        name = chunk.chunk_id
        number = connection.execute(
            "INSERT INTO chunk VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                numbers.get(name),
                name,
                article.article_id,
                span.start,
                span.end,
                undated,
                fold(article.source),
            ),
        ).lastrowid
        connection.executemany(
            "INSERT INTO chunk_days VALUES (?, ?, ?)",
            [(number, each.first.toordinal(), each.last.toordinal()) for each in days],
        )
        connection.execute("INSERT INTO chunk_sentences VALUES (?, ?)", (number, noted(chunk.sentences)))
        connection.execute(
            "INSERT INTO chunk_terms (rowid, title, body) VALUES (?, ?, ?)",
            (number, title, " ".join(terms(chunk.text))),
        )
    connection.executemany(
        "INSERT INTO sound VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET named = max(named, excluded.named)",
        _sounds(article),
    )


def unindex(connection: sqlite3.Connection, article_id: str) -> None:
    """Let an article be found no more; the ids of its vectors are kept until these are gone."""
    searched = connection.execute(
        "SELECT title, text FROM version v WHERE article_id = ? AND EXISTS (SELECT 1 FROM chunk c "
        "WHERE c.article_id = v.article_id AND c.chunk_id LIKE v.article_id || '-' || v.version || '-%')",
        (article_id,),
    ).fetchall()
    connection.execute(
        "DELETE FROM chunk_terms WHERE rowid IN (SELECT number FROM chunk WHERE article_id = ?)",
        (article_id,),
    )
    # Looking an article's vectors up by its id takes Chroma longer the more it holds.
    connection.execute(
        "INSERT OR IGNORE INTO leaving SELECT chunk_id, article_id FROM chunk JOIN pending USING (article_id) "
        "WHERE article_id = ?",
        (article_id,),
    )
    connection.execute("DELETE FROM chunk WHERE article_id = ?", (article_id,))
    for row in searched:
        _forget_sounds(connection, f"{row['title']}\n{row['text']}")


def _forget_sounds(connection: sqlite3.Connection, text: str) -> None:
    """Take the words of a text that no chunk holds any more out of the index of names."""
    for word in {fold(text[span.start : span.end]) for span in words(text)}:
        own = terms(word)
        if own and not _is_held(connection, own):
            connection.executemany(
                "DELETE FROM sound WHERE key = ? AND word = ?", [(key, word) for key in sound_keys(word)]
            )


def _is_held(connection: sqlite3.Connection, some: Sequence[str]) -> bool:
    """Whether any chunk has one of these terms. The vocabulary would count all that have it, which takes long."""
    found = connection.execute(
        "SELECT 1 FROM chunk_terms WHERE chunk_terms MATCH ? LIMIT 1", (any_of(some),)
    ).fetchone()
    return found is not None


def pass_on(connection: sqlite3.Connection, article_id: str) -> None:
    """The story that began with an article that goes, begins with the next one stored."""
    following = connection.execute(
        "SELECT a.article_id FROM article a JOIN version v USING (article_id, version) "
        "WHERE a.same_story_as = ? ORDER BY v.ingested_at, a.article_id LIMIT 1",
        (article_id,),
    ).fetchone()
    if following:
        connection.execute(
            "UPDATE article SET same_story_as = nullif(?, article_id) WHERE same_story_as = ?",
            (following[0], article_id),
        )


def _days_of(chunk: Chunk) -> tuple[set[Days], bool]:
    """The days for which a chunk can be cited, and whether a part of it can't be placed in time."""
    days: set[Days] = set()
    undated = False
    published = chunk.article.published
    for sentence in chunk.sentences:
        if sentence.events:
            days.update(sentence.events)
        elif published:
            days.add(Days(published, published))
        else:
            undated = True
    return days, undated


def _sounds(article: Article) -> Iterator[tuple[str, str, bool]]:
    whole = f"{article.title}\n{article.text}"
    named = name_words(article.text)
    for word in sorted({fold(whole[span.start : span.end]) for span in words(whole)} | named):
        if len(word) >= SHORTEST and not word.isdigit():
            for key in sound_keys(word):
                yield key, word, word in named
