"""The library: articles, their versions, passages and full-text index in one SQLite file, the source of truth."""

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, field, replace
from datetime import date, datetime
from itertools import accumulate
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakSet

from vectorstore.errors import Damaged, HomeUnusable, NotFound
from vectorstore.fingerprints import fingerprints, line_print, line_prints
from vectorstore.names import sound_keys
from vectorstore.naming import SHORTEST, name_words
from vectorstore.passages import sentences_touching
from vectorstore.records import Appearance, Article, Chunk, Days, RemovedLine, Scope, Span, Visit, chunk_id
from vectorstore.text import fold, terms, words

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE article (
    article_id TEXT PRIMARY KEY,
    version TEXT NOT NULL,
    same_story_as TEXT,
    corrections TEXT NOT NULL DEFAULT '{}'
) WITHOUT ROWID;
CREATE TABLE version (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    source_key TEXT NOT NULL,
    published TEXT,
    published_from TEXT,
    url TEXT,
    author TEXT,
    ingested_at TEXT NOT NULL,
    removed TEXT NOT NULL,
    chunks TEXT NOT NULL,
    PRIMARY KEY (article_id, version)
);
CREATE INDEX version_by_text ON version (version);
CREATE TABLE appearance (
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    origin TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    url TEXT,
    published TEXT
) WITHOUT ROWID;
CREATE INDEX appearance_by_article ON appearance (article_id);
CREATE TABLE chunk (
    number INTEGER PRIMARY KEY,
    chunk_id TEXT NOT NULL UNIQUE,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    undated INTEGER NOT NULL,
    source_key TEXT NOT NULL
);
CREATE INDEX chunk_by_article ON chunk (article_id);
CREATE TABLE chunk_days (
    chunk INTEGER NOT NULL REFERENCES chunk ON DELETE CASCADE,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL
);
CREATE INDEX chunk_days_by_chunk ON chunk_days (chunk);
CREATE TABLE sentence_vectors (
    chunk INTEGER PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    packed BLOB NOT NULL
);
CREATE VIRTUAL TABLE chunk_terms USING fts5 (
    title, body, tokenize = 'unicode61 remove_diacritics 0 categories ''L* N* Co M*'''
);
CREATE VIRTUAL TABLE chunk_vocabulary USING fts5vocab (chunk_terms, 'row');
CREATE TABLE sound (
    key TEXT NOT NULL,
    word TEXT NOT NULL,
    named INTEGER NOT NULL,
    PRIMARY KEY (key, word)
) WITHOUT ROWID;
CREATE TABLE pending (article_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""

# What a home made earlier may lack.
ADDED = """
CREATE TABLE IF NOT EXISTS fingerprint (
    print INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (print, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS fingerprint_by_article ON fingerprint (article_id);
CREATE TABLE IF NOT EXISTS source_line (
    outlet TEXT NOT NULL,
    print INTEGER NOT NULL,
    article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (outlet, print, article_id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS source_line_by_article ON source_line (article_id);
CREATE INDEX IF NOT EXISTS chunk_days_by_first ON chunk_days (first, last, chunk);
CREATE INDEX IF NOT EXISTS chunk_days_long ON chunk_days (first, last, chunk) WHERE last - first > 62;
CREATE TABLE IF NOT EXISTS chunk_told (
    chunk INTEGER PRIMARY KEY REFERENCES chunk ON DELETE CASCADE,
    days TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS leaving (chunk_id TEXT PRIMARY KEY, article_id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leaving_by_article ON leaving (article_id);
CREATE INDEX IF NOT EXISTS article_by_story ON article (same_story_as);
CREATE TABLE IF NOT EXISTS visit (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    article_id TEXT,
    listing TEXT
) WITHOUT ROWID;
"""

KEEP_SENTENCE_VECTORS = (
    "INSERT OR REPLACE INTO sentence_vectors SELECT number, ? FROM chunk WHERE chunk_id = ?"
)
DAYS_OF_CHUNK_WITHIN = (
    "EXISTS (SELECT 1 FROM chunk_days d WHERE d.chunk = c.number AND d.first <= ? AND d.last >= ?)"
)
# No index serves two bounds at once: of short ranges the first day bounds the last, and long ones are few.
DAYS_WITHIN = (
    "SELECT chunk FROM chunk_days WHERE first <= ? AND last >= ? AND first >= ? - 62 "
    "UNION ALL SELECT chunk FROM chunk_days WHERE first <= ? AND last >= ? AND last - first > 62"
)
TITLE_WEIGHT = 0.5
MOST_RANKED = 30_000
LISTED = 4
"""So many noted days are listed in the time in which one passage's are looked up."""
MOST_COUNTED = 20_000
BATCH = 400
MAPPED_BYTES = 2**28
"""How much of the file is read where it lies in memory, for a question touches hundreds of pages far apart.

It counts as the process's own memory, though it can be taken back at any time.
"""
SHARED = 0.2
MOST_ALIKE = 40
"""How many articles are looked at for one fingerprint, so that a phrase that thousands share costs no more."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A chunk's id with its score in one search; higher is better."""

    chunk_id: str
    score: float


@dataclass(slots=True)
class _Counted:
    """What was counted while the library was in one ``state``, for a count walks through all that it counts."""

    state: tuple[int, int]
    stored: tuple[int, int] | None = None
    frequencies: dict[str, int] = field(default_factory=dict)


class _Connection(sqlite3.Connection):
    """One that can be referred to weakly, so that it goes with its thread."""


class Library:
    """The articles of one home.

    Any thread may read and write; each has its own connection and SQLite orders the writers. A change to an
    article is one transaction, so that a kill leaves it wholly old or wholly new.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: WeakSet[_Connection] = WeakSet()
        self._guard = threading.Lock()
        self._prepare()

    # -- connections ---------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._writing() as connection:
                found = connection.execute("PRAGMA user_version").fetchone()[0]
                if found == 0:
                    _run_script(connection, SCHEMA)
                    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                _run_script(connection, ADDED)
                columns = {row["name"] for row in connection.execute("PRAGMA table_info(version)")}
                if "published_note" not in columns:
                    connection.execute("ALTER TABLE version ADD COLUMN published_note TEXT")
        except (OSError, sqlite3.Error) as error:
            self.close()
            if is_damage(error):
                raise damaged(self._path, error) from error
            raise HomeUnusable(
                f"the library {self._path} can't be used ({error}); check its permissions and the disk, "
                "or name another home with --home"
            ) from error
        if found > SCHEMA_VERSION:
            raise HomeUnusable(f"the library {self._path} was made by a newer isnad; upgrade isnad to use it")

    def _connection(self) -> sqlite3.Connection:
        connection: _Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(
                self._path, timeout=60, isolation_level=None, check_same_thread=False, factory=_Connection
            )
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
            self._local.connection = connection
            with self._guard:
                self._connections.add(connection)
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise HomeUnusable(
                    f"the library {self._path} can't be written ({error}): make room on its disk"
                ) from error
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._guard:
            for connection in tuple(self._connections):
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    # -- reading -------------------------------------------------------------------------------------------

    def get(self, article_id: str, version: str | None = None) -> Article:
        """The article, its newest version unless another is named. Raises ``NotFound``."""
        articles = self._articles(
            "a.article_id = ? AND v.version = coalesce(?, a.version)", (article_id, version)
        )
        if articles:
            return articles[0]
        what = f"version {version} of article {article_id}" if version else f"article {article_id}"
        raise NotFound(f"there is no {what}; 'isnad articles' lists what is stored")

    def articles(self) -> list[Article]:
        """The newest version of every article, newest published first, undated last."""
        return self._articles(
            "v.version = a.version", (), "ORDER BY v.published IS NULL, v.published DESC, v.article_id"
        )

    def current(self, article_id: str) -> Article | None:
        """The newest version of an article, or ``None`` where it isn't stored."""
        found = self._articles("a.article_id = ? AND v.version = a.version", (article_id,))
        return found[0] if found else None

    def versions(self, article_id: str) -> list[tuple[str, datetime]]:
        """The versions of an article with the time each was stored, newest first."""
        rows = self._connection().execute(
            "SELECT version, ingested_at FROM version WHERE article_id = ? ORDER BY ingested_at DESC",
            (article_id,),
        )
        return [(row["version"], datetime.fromisoformat(row["ingested_at"])) for row in rows]

    def spans(self, article_id: str, version: str) -> list[Span]:
        """Where the chunks of that version lie."""
        row = (
            self._connection()
            .execute("SELECT chunks FROM version WHERE article_id = ? AND version = ?", (article_id, version))
            .fetchone()
        )
        return [Span(start, end) for start, end in json.loads(row["chunks"])] if row else []

    def holder_of_text(self, version: str) -> str | None:
        """The id of the article whose newest version has exactly this text (by its digest)."""
        return self._one(
            "SELECT a.article_id FROM article a JOIN version v USING (article_id, version) WHERE v.version = ?",
            version,
        )

    def holder_of_origin(self, origin: str) -> str | None:
        """The id of the article under which ``origin`` is recorded as another appearance."""
        return self._one("SELECT article_id FROM appearance WHERE origin = ?", origin)

    def corrections(self, article_id: str) -> dict[str, str]:
        """What an editor corrected, by field."""
        found = self._one("SELECT corrections FROM article WHERE article_id = ?", article_id)
        return dict(json.loads(found)) if found else {}

    def chunks(self, ids: Sequence[str]) -> dict[str, Chunk]:
        """The chunks with these ids that the newest versions hold; unknown ids are left out."""
        rows = self._batched(
            "SELECT chunk_id, article_id, start, end, days FROM chunk "
            "LEFT JOIN chunk_told ON chunk = number WHERE chunk_id IN",
            ids,
        )
        needed = list({row["article_id"] for row in rows})
        articles = {article.article_id: article for article in self._newest(needed)}
        return {
            row["chunk_id"]: _chunk(articles[row["article_id"]], row["start"], row["end"], row["days"])
            for row in rows
            if row["article_id"] in articles
        }

    def chunks_of(self, article_id: str) -> list[Chunk]:
        """The chunks of an article's newest version, in reading order."""
        article = self.get(article_id)
        return [chunk_of(article, span.start, span.end) for span in self.spans(article_id, article.version)]

    def count(self) -> tuple[int, int]:
        """How many articles and how many searchable chunks are stored."""
        counted = self._counted()
        if counted.stored is None:
            sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM chunk)"
            articles, chunks = self._connection().execute(sql).fetchone()
            counted.stored = articles, chunks
        return counted.stored

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        return [row[0] for row in self._connection().execute("SELECT article_id FROM article ORDER BY 1")]

    def titles(self) -> dict[str, tuple[str, str]]:
        """Version and title of each article's newest version."""
        rows = self._connection().execute(
            "SELECT article_id, version, title FROM article JOIN version USING (article_id, version)"
        )
        return {article_id: (version, title) for article_id, version, title in rows}

    def chunk_ids(self) -> set[str]:
        """The ids of all searchable chunks."""
        return {row[0] for row in self._connection().execute("SELECT chunk_id FROM chunk")}

    # -- stories -------------------------------------------------------------------------------------------

    def sharing(self, prints: Collection[int], limit: int) -> list[Article]:
        """The ``limit`` articles that have most of these fingerprints, most first.

        An article counts where it has a fifth of them, or they are a fifth of its own.
        """
        shared: Counter[str] = Counter()
        for each in prints:
            shared.update(
                row[0]
                for row in self._connection().execute(
                    "SELECT article_id FROM fingerprint WHERE print = ? LIMIT ?", (each, MOST_ALIKE)
                )
            )
        likely = sorted(shared, key=lambda article_id: (-shared[article_id], article_id))[:limit]
        alike = [each for each in likely if shared[each] >= SHARED * min(len(prints), self._prints(each))]
        found = {each.article_id: each for each in self._newest(alike)}
        return [found[article_id] for article_id in alike]

    def _prints(self, article_id: str) -> int:
        row = self._connection().execute(
            "SELECT count(*) FROM fingerprint WHERE article_id = ?", (article_id,)
        )
        return int(row.fetchone()[0])

    def with_line(self, outlet: str, line: str, limit: int) -> list[Article]:
        """At most ``limit`` articles of an outlet (by ``outlet_of``) whose text has this line."""
        rows = self._connection().execute(
            "SELECT article_id FROM source_line WHERE outlet = ? AND print = ? LIMIT ?",
            (outlet, line_print(line), limit),
        )
        return self._newest([row[0] for row in rows])

    def retellings(self, article_id: str) -> list[Article]:
        """The articles that are linked to this one as the same story."""
        return self._articles("v.version = a.version AND a.same_story_as = ?", (article_id,))

    def story_of(self, article_id: str) -> list[Article]:
        """The other articles that tell the same story nearly word for word, the one stored first in front.

        Raises ``NotFound``.
        """
        first = self.get(article_id).same_story_as or article_id
        others = sorted(self.retellings(first), key=lambda each: (each.ingested_at, each.article_id))
        return [each for each in (*self._newest([first]), *others) if each.article_id != article_id]

    def set_story(self, article_id: str, same_story_as: str | None) -> None:
        """Link an article to the first one of its story, or to none."""
        with self._writing() as connection:
            connection.execute(
                "UPDATE article SET same_story_as = ? WHERE article_id = ?", (same_story_as, article_id)
            )

    # -- searching -----------------------------------------------------------------------------------------

    def lexical(self, query: Sequence[str], limit: int, scope: Scope) -> list[Ranked]:
        """The chunks that hold any of the terms, best first by BM25 within ``scope``."""
        frequencies = self.frequencies(list(dict.fromkeys(query)))
        rarest = _rarest(frequencies)
        if not rarest:
            return []
        where, values = self._matched_sql(scope, sum(frequencies[term] for term in rarest))
        rows = self._connection().execute(
            "SELECT chunk_id, score FROM chunk JOIN ("
            f"SELECT chunk_terms.rowid AS number, -bm25(chunk_terms, {TITLE_WEIGHT}, 1.0) AS score "
            f"FROM chunk_terms {where} AND chunk_terms MATCH ? ORDER BY score DESC, number LIMIT ?"
            ") USING (number) ORDER BY score DESC, chunk_id",
            (*values, _any_of(rarest), limit),
        )
        return [Ranked(row["chunk_id"], row["score"]) for row in rows]

    def _matched_sql(self, scope: Scope, rows: int) -> tuple[str, list[Any]]:
        """The condition on at most so many ``rows`` of ``chunk_terms``, with what it needs joined, and its values.

        Joined as little as can be: that costs as much as to rank.
        """
        if scope == Scope():
            return "WHERE 1", []
        if scope.window and self.is_narrow(scope, LISTED * rows):
            # Without the + SQLite would search the full text once a number.
            return f"WHERE +chunk_terms.rowid IN ({DAYS_WITHIN})", _days_within(scope.window)
        where, values = _scope_sql(scope)
        return f"JOIN chunk c ON c.number = chunk_terms.rowid WHERE {where}", values

    def indexed(self, ids: Sequence[str]) -> dict[str, tuple[list[str], list[str]]]:
        """The index terms of the title and of the body of these chunks."""
        rows = self._batched(
            "SELECT c.chunk_id, t.title, t.body FROM chunk c JOIN chunk_terms t ON t.rowid = c.number "
            "WHERE c.chunk_id IN",
            ids,
        )
        return {row["chunk_id"]: (row["title"].split(), row["body"].split()) for row in rows}

    def within(self, scope: Scope) -> list[int]:
        """The numbers of the chunks that ``scope`` admits, each once."""
        if scope.window and scope == Scope(scope.window):
            # A day more than one sentence tells is there once a chunk; the chunks themselves needn't be read.
            sql, values = DAYS_WITHIN, _days_within(scope.window)
            return sorted({row[0] for row in self._connection().execute(sql, values)})
        where, values = _scope_sql(scope, together=True)
        rows = self._connection().execute(f"SELECT c.number FROM chunk c WHERE {where}", values)
        return [row[0] for row in rows]

    def is_narrow(self, scope: Scope, most: int) -> bool:
        """Whether ``scope`` is a window, and one within which at most so many days are noted."""
        if scope.window is None or scope != Scope(scope.window):
            return False
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({DAYS_WITHIN}) LIMIT ?)"
        values = (*_days_within(scope.window), most + 1)
        return int(self._connection().execute(sql, values).fetchone()[0]) <= most

    def names(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of the chunks with these numbers; unknown numbers are left out."""
        rows = self._batched("SELECT number, chunk_id FROM chunk WHERE number IN", numbers)
        return {row["number"]: row["chunk_id"] for row in rows}

    def numbers(self, ids: Sequence[str]) -> dict[str, int]:
        """The numbers of the chunks with these ids, the same until their article's text or title is another."""
        rows = self._batched("SELECT number, chunk_id FROM chunk WHERE chunk_id IN", ids)
        return {row["chunk_id"]: row["number"] for row in rows}

    def admitted(self, ids: Sequence[str], scope: Scope) -> set[str]:
        """Which of these chunks ``scope`` admits."""
        where, values = _scope_sql(scope)
        rows = self._batched(f"SELECT c.chunk_id FROM chunk c WHERE {where} AND c.chunk_id IN", ids, values)
        return {row[0] for row in rows}

    def words_by_sound(self, keys: Iterable[str]) -> dict[str, bool]:
        """The stored words that share a sound key, folded, and whether any article uses each as a name."""
        rows = self._batched("SELECT word, named FROM sound WHERE key IN", sorted(keys))
        found: dict[str, bool] = {}
        for row in rows:
            found[row["word"]] = found.get(row["word"], False) or bool(row["named"])
        return found

    def frequencies(self, query: Sequence[str]) -> dict[str, int]:
        """In how many stored chunks each term occurs; terms that don't occur are left out."""
        known = self._counted().frequencies
        lacking = [term for term in query if term not in known]
        rows = self._batched("SELECT term, doc FROM chunk_vocabulary WHERE term IN", lacking)
        known.update(dict.fromkeys(lacking, 0) | {row["term"]: row["doc"] for row in rows})
        return {term: known[term] for term in query if known[term]}

    def _counted(self) -> "_Counted":
        """What this thread counted since the library last changed."""
        connection = self._connection()
        # The one tells of others' changes, the other of the connection's own.
        state = (connection.execute("PRAGMA data_version").fetchone()[0], connection.total_changes)
        counted: _Counted | None = getattr(self._local, "counted", None)
        if counted is None or counted.state != state or len(counted.frequencies) > MOST_COUNTED:
            counted = self._local.counted = _Counted(state)
        return counted

    # -- writing -------------------------------------------------------------------------------------------

    def put(self, article: Article, spans: Sequence[Span]) -> None:
        """Store ``article`` as its newest version, searchable by ``spans``, and mark its vectors as pending."""
        prints = fingerprints(article.text)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO article (article_id, version, same_story_as) VALUES (?, ?, ?) "
                "ON CONFLICT (article_id) DO UPDATE SET version = excluded.version, "
                "same_story_as = excluded.same_story_as",
                (article.article_id, article.version, article.same_story_as),
            )
            connection.execute("DELETE FROM fingerprint WHERE article_id = ?", (article.article_id,))
            connection.executemany(
                "INSERT INTO fingerprint VALUES (?, ?)", [(each, article.article_id) for each in prints]
            )
            connection.execute("INSERT OR IGNORE INTO pending VALUES (?)", (article.article_id,))
            _unindex(connection, article.article_id)
            _write_version(connection, article, spans)
            _index(connection, article, spans)

    def revise(self, article: Article, corrections: dict[str, str] | None = None) -> None:
        """Store other metadata for a version whose text stays; its passages are dated again.

        Its vectors are pending where the title is another.
        """
        spans = self.spans(article.article_id, article.version)
        with self._writing() as connection:
            kept = connection.execute(
                "SELECT s.packed, c.chunk_id FROM chunk c JOIN sentence_vectors s ON s.chunk = c.number "
                "WHERE c.article_id = ?",
                (article.article_id,),
            ).fetchall()
            numbers = dict(
                connection.execute(
                    "SELECT chunk_id, number FROM chunk WHERE article_id = ?", (article.article_id,)
                )
            )
            # The title is part of what is embedded.
            connection.execute(
                "INSERT OR IGNORE INTO pending SELECT article_id FROM version "
                "WHERE article_id = ? AND version = ? AND title <> ?",
                (article.article_id, article.version, article.title),
            )
            _unindex(connection, article.article_id)
            _write_version(connection, article, spans)
            _index(connection, article, spans, numbers)
            connection.executemany(KEEP_SENTENCE_VECTORS, kept)
            if corrections is not None:
                connection.execute(
                    "UPDATE article SET corrections = ? WHERE article_id = ?",
                    (json.dumps(corrections, ensure_ascii=False), article.article_id),
                )

    def add_appearance(self, article_id: str, origin: str, appearance: Appearance) -> None:
        """Record that the same text was found at ``origin`` too."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO appearance VALUES (?, ?, ?, ?, ?)",
                (article_id, origin, appearance.source, appearance.url, _iso(appearance.published)),
            )

    def drop_appearance(self, origin: str) -> None:
        """Forget that any article's text was found at ``origin``."""
        with self._writing() as connection:
            connection.execute("DELETE FROM appearance WHERE origin = ?", (origin,))

    def remove(self, article_id: str) -> bool:
        """Take an article out with all its versions; ``False`` where it wasn't stored. Vectors are pending."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO pending SELECT article_id FROM article WHERE article_id = ?",
                (article_id,),
            )
            _unindex(connection, article_id)
            _pass_on(connection, article_id)
            return connection.execute("DELETE FROM article WHERE article_id = ?", (article_id,)).rowcount > 0

    def pending(self) -> list[str]:
        """The articles whose vectors may not follow the library yet."""
        return [row[0] for row in self._connection().execute("SELECT article_id FROM pending ORDER BY 1")]

    def leaving(self, article_ids: Sequence[str]) -> list[str]:
        """The ids under which vectors of these pending articles may still be held from before their change."""
        rows = self._batched("SELECT chunk_id FROM leaving WHERE article_id IN", article_ids)
        return [row["chunk_id"] for row in rows]

    def mark_pending(self, article_ids: Iterable[str]) -> None:
        """Mark these articles' vectors as out of step."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO pending VALUES (?)", [(each,) for each in article_ids]
            )

    def mark_all_pending(self) -> None:
        """Mark every article's vectors as out of step, before they are all made again."""
        with self._writing() as connection:
            connection.execute("INSERT OR IGNORE INTO pending SELECT article_id FROM article")

    def settle(self, article_ids: Iterable[str]) -> None:
        """The vectors of these articles follow the library."""
        ids = [(each,) for each in article_ids]
        with self._writing() as connection:
            connection.executemany("DELETE FROM leaving WHERE article_id = ?", ids)
            connection.executemany("DELETE FROM pending WHERE article_id = ?", ids)

    def put_sentence_vectors(self, packed: Mapping[str, bytes]) -> None:
        """Keep the packed vectors of the sentences of these chunks, by chunk id."""
        with self._writing() as connection:
            connection.executemany(KEEP_SENTENCE_VECTORS, [(value, name) for name, value in packed.items()])

    def sentence_vectors(self, ids: Sequence[str]) -> dict[str, bytes]:
        """The packed sentence vectors of these chunks, where there are any."""
        rows = self._batched(
            "SELECT c.chunk_id, s.packed FROM chunk c JOIN sentence_vectors s ON s.chunk = c.number "
            "WHERE c.chunk_id IN",
            ids,
        )
        return {row["chunk_id"]: row["packed"] for row in rows}

    def visit(self, url: str) -> Visit | None:
        """The last visit to a web address, if there was one."""
        row = self._connection().execute("SELECT * FROM visit WHERE url = ?", (url,)).fetchone()
        return Visit(*row) if row else None

    def put_visit(self, visit: Visit) -> None:
        """Remember a visit, in place of an earlier one to the same address."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO visit VALUES (?, ?, ?, ?, ?)", astuple(visit))

    def note(self, name: str) -> str | None:
        """A value remembered about the home itself."""
        return self._one("SELECT value FROM note WHERE name = ?", name)

    def set_note(self, name: str, value: str) -> None:
        """Remember a value about the home itself."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (name, value))

    def copy_to(self, path: Path) -> None:
        """Write the library as it is at one moment to a file of its own, while others read and write."""
        with closing(sqlite3.connect(path)) as copy:
            self._connection().backup(copy)

    def read_everything(self) -> None:
        """Read every row once. Raises ``ValueError``, ``TypeError`` or ``LookupError`` for one that isn't ours."""
        for article_id in self.article_ids():
            self.corrections(article_id)
            for version, _ in self.versions(article_id):
                length = len(self.get(article_id, version).text)
                if any(not 0 <= span.start < span.end <= length for span in self.spans(article_id, version)):
                    raise ValueError(f"a passage of {article_id} lies outside its text")
        for (told,) in self._connection().execute("SELECT days FROM chunk_told"):
            _noted_days(told)

    def faults(self) -> list[str]:
        """What SQLite's own check finds wrong with the file; empty when it is sound."""
        rows = self._connection().execute("PRAGMA quick_check").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    # -- helpers -------------------------------------------------------------------------------------------

    def _one(self, sql: str, *values: str) -> str | None:
        row = self._connection().execute(sql, values).fetchone()
        return row[0] if row else None

    def _batched(
        self, sql: str, values: Sequence[str] | Sequence[int], before: Sequence[Any] = ()
    ) -> list[sqlite3.Row]:
        """The rows of ``sql``, which ends with ``IN`` and has ``before`` in front, for any number of values."""
        rows: list[sqlite3.Row] = []
        for at in range(0, len(values), BATCH):
            part = values[at : at + BATCH]
            marks = ", ".join("?" * len(part))
            rows += self._connection().execute(f"{sql} ({marks})", [*before, *part])
        return rows

    def _newest(self, ids: Sequence[str]) -> list[Article]:
        articles: list[Article] = []
        for at in range(0, len(ids), BATCH):
            part = ids[at : at + BATCH]
            marks = ", ".join("?" * len(part))
            articles += self._articles(f"v.version = a.version AND a.article_id IN ({marks})", tuple(part))
        return articles

    def _articles(self, where: str, values: tuple[str | None, ...], order: str = "") -> list[Article]:
        rows = self._connection().execute(
            "SELECT v.*, a.same_story_as FROM article a JOIN version v USING (article_id) "
            f"WHERE {where} {order}",
            values,
        )
        return self._with_appearances([_article(row) for row in rows])

    def _with_appearances(self, articles: list[Article]) -> list[Article]:
        ids = [article.article_id for article in articles]
        found: dict[str, list[Appearance]] = {}
        for row in self._batched(
            "SELECT article_id, source, url, published FROM appearance WHERE article_id IN", ids
        ):
            found.setdefault(row["article_id"], []).append(
                Appearance(row["source"], row["url"], _day(row["published"]))
            )
        return [
            replace(article, appearances=tuple(found[article.article_id]))
            if article.article_id in found
            else article
            for article in articles
        ]


def is_damage(error: object) -> bool:
    """Whether SQLite says that a file is no database, or not a sound one."""
    # The low byte: the others tell kinds of it apart.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def damaged(path: Path, error: object) -> Damaged:
    """What to tell of a damaged library."""
    return Damaged(
        f"the library {path} is damaged ({error}): put a backup in its place with 'isnad restore FILE', which keeps "
        "the damaged file, or ingest the articles again into another home with --home"
    )


def outlet_of(source: str, url: str | None) -> str:
    """What an outlet's articles have in common: its name, folded, else its host; empty where neither is known."""
    return fold(source) or (urlsplit(url).hostname or "" if url else "")


def chunk_of(article: Article, start: int, end: int) -> Chunk:
    """The chunk at that place, with the days its sentences tell."""
    told = [days for each in sentences_touching(article, start, end) for days in each.events]
    return Chunk(article, start, end, tuple(dict.fromkeys(told)))


def _chunk(article: Article, start: int, end: int, told: str | None) -> Chunk:
    """As ``chunk_of``, with the days noted when it was stored: reading them out of the text takes milliseconds."""
    return chunk_of(article, start, end) if told is None else Chunk(article, start, end, _noted_days(told))


def _noted_days(told: str) -> tuple[Days, ...]:
    return tuple(Days(date.fromordinal(first), date.fromordinal(last)) for first, last in json.loads(told))


def _write_version(connection: sqlite3.Connection, article: Article, spans: Sequence[Span]) -> None:
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
            _iso(article.published),
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


def _index(
    connection: sqlite3.Connection,
    article: Article,
    spans: Sequence[Span],
    numbers: Mapping[str, int] = MappingProxyType({}),
) -> None:
    """Make ``article`` found by ``spans``; a chunk that had a number keeps it."""
    title = " ".join(terms(article.title))
    for span in spans:
        body = article.text[span.start : span.end]
        days, undated = _days_of(article, span)
        name = chunk_id(article.article_id, article.version, span.start, span.end)
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
        told = chunk_of(article, span.start, span.end).events
        connection.execute(
            "INSERT INTO chunk_told VALUES (?, ?)",
            (number, json.dumps([[each.first.toordinal(), each.last.toordinal()] for each in told])),
        )
        connection.execute(
            "INSERT INTO chunk_terms (rowid, title, body) VALUES (?, ?, ?)",
            (number, title, " ".join(terms(body))),
        )
    connection.executemany(
        "INSERT INTO sound VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET named = max(named, excluded.named)",
        _sounds(article),
    )


def _unindex(connection: sqlite3.Connection, article_id: str) -> None:
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
        "SELECT 1 FROM chunk_terms WHERE chunk_terms MATCH ? LIMIT 1", (_any_of(some),)
    ).fetchone()
    return found is not None


def _rarest(frequencies: Mapping[str, int]) -> list[str]:
    """The terms to look up: where they are in more chunks than can be ranked at once, only the rarest."""
    by_rarity = sorted(frequencies, key=lambda term: (frequencies[term], term))
    sums = accumulate(frequencies[term] for term in by_rarity)
    return [term for term, rows in zip(by_rarity, sums, strict=True) if rows <= MOST_RANKED] or by_rarity[:1]


def _any_of(some: Iterable[str]) -> str:
    """The full-text query for rows with any of these terms."""
    return " OR ".join(f'"{term}"' for term in some)


def _pass_on(connection: sqlite3.Connection, article_id: str) -> None:
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


def _days_of(article: Article, span: Span) -> tuple[set[Days], bool]:
    """The days for which a chunk can be cited, and whether a part of it can't be placed in time."""
    days: set[Days] = set()
    undated = False
    for sentence in sentences_touching(article, span.start, span.end):
        if sentence.events:
            days.update(sentence.events)
        elif article.published:
            days.add(Days(article.published, article.published))
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


def _scope_sql(scope: Scope, *, together: bool = False) -> tuple[str, list[Any]]:
    """A condition on ``chunk c`` and its values.

    With ``together`` the days are looked up once for all chunks, which pays where there are many.
    """
    conditions, values = ["1"], list[Any]()
    if scope.source is not None:
        conditions.append(
            "(c.source_key = ? OR c.article_id IN (SELECT article_id FROM appearance WHERE source = ?))"
        )
        values += [fold(scope.source), scope.source]
    if scope.language is not None:
        conditions.append(
            "c.article_id IN (SELECT v.article_id FROM version v JOIN article a USING (article_id, version) "
            "WHERE v.language = ?)"
        )
        values.append(scope.language)
    if scope.undated:
        conditions.append("c.undated")
    elif scope.window is not None:
        conditions.append(f"c.number IN ({DAYS_WITHIN})" if together else DAYS_OF_CHUNK_WITHIN)
        values += _days_within(scope.window)[: None if together else 2]
    return " AND ".join(conditions), values


def _days_within(window: Days) -> list[int]:
    """The values of ``DAYS_WITHIN``; the first two are those of ``DAYS_OF_CHUNK_WITHIN``."""
    last, first = window.last.toordinal(), window.first.toordinal()
    return [last, first, first, last, first]


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit the transaction that holds the whole schema together.
    for statement in script.split(";"):
        if statement.strip():
            connection.execute(statement)


def _article(row: sqlite3.Row) -> Article:
    return Article(
        article_id=row["article_id"],
        version=row["version"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        source=row["source"],
        ingested_at=datetime.fromisoformat(row["ingested_at"]),
        published=_day(row["published"]),
        published_from=row["published_from"],
        published_note=row["published_note"],
        url=row["url"],
        author=row["author"],
        same_story_as=row["same_story_as"],
        removed=tuple(RemovedLine(line, why) for line, why in json.loads(row["removed"])),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _iso(value: date | None) -> str | None:
    return value.isoformat() if value else None
