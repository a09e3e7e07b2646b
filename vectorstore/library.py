"""The library: articles, their versions, passages and full-text index in one SQLite file, the source of truth."""

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, replace
from datetime import date, datetime
from pathlib import Path

from vectorstore.database import BATCH
from vectorstore.errors import NotFound
from vectorstore.fingerprints import fingerprints, line_print
from vectorstore.indexing import chunk_of, from_note, index, noted, pass_on, unindex, write_version
from vectorstore.records import Appearance, Article, Chunk, Days, Holdings, RemovedLine, Span, Visit, digest
from vectorstore.searchable import Searchable
from vectorstore.text import fold

KEEP_SENTENCE_VECTORS = (
    "INSERT OR REPLACE INTO sentence_vectors SELECT number, ? FROM chunk WHERE chunk_id = ?"
)
SHARED = 0.2
MOST_ALIKE = 40
"""How many articles are looked at for one fingerprint, so that a phrase that thousands share costs no more."""


class Library(Searchable):
    """The articles of one home.

    A change to an article is one transaction, so that a kill leaves it wholly old or wholly new.
    """

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

    def newest(self, limit: int, outlet: str | None, days: Days, *, undated: bool) -> list[Article]:
        """The newest version of the first ``limit`` articles (of ``outlet``), newest published first.

        They were published within ``days``, or at no known day where ``undated`` ones are wanted too.
        """
        return self._articles(
            "v.version = a.version AND (? IS NULL OR a.article_id IN "
            "(SELECT article_id FROM chunk WHERE source_key = ? "
            "UNION SELECT article_id FROM appearance WHERE source = ?)) "
            "AND (v.published BETWEEN ? AND ? OR (v.published IS NULL AND ?))",
            (
                outlet,
                outlet and fold(outlet),
                outlet,
                days.first.isoformat(),
                days.last.isoformat(),
                undated,
                limit,
            ),
            "ORDER BY v.published IS NULL, v.published DESC, v.article_id LIMIT ?",
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
            "SELECT chunk_id, article_id, start, end, noted FROM chunk "
            "LEFT JOIN chunk_sentences ON chunk = number WHERE chunk_id IN",
            ids,
        )
        needed = list({row["article_id"] for row in rows})
        articles = {article.article_id: article for article in self._newest(needed)}
        return {
            row["chunk_id"]: _chunk(articles[row["article_id"]], row["start"], row["end"], row["noted"])
            for row in rows
            if row["article_id"] in articles
        }

    def chunks_of(self, article_id: str) -> list[Chunk]:
        """The chunks of an article's newest version, in reading order."""
        article = self.get(article_id)
        return [chunk_of(article, span.start, span.end) for span in self.spans(article_id, article.version)]

    def article_ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        return [row[0] for row in self._connection().execute("SELECT article_id FROM article ORDER BY 1")]

    def holdings(self) -> Holdings:
        """What is held, counted without reading the texts."""
        found = self._connection().execute(
            "SELECT source, count(*), count(published), min(published), max(published) "
            "FROM article JOIN version USING (article_id, version) GROUP BY source ORDER BY 2 DESC, 1"
        )
        rows = found.fetchall()
        days = [date.fromisoformat(each) for *_, first, last in rows for each in (first, last) if each]
        articles = sum(number for _, number, *_ in rows)
        return Holdings(
            articles,
            articles - sum(dated for _, _, dated, *_ in rows),
            Days(min(days), max(days)) if days else None,
            tuple((source, number) for source, number, *_ in rows if source),
        )

    def has_outlet(self, outlet: str) -> bool:
        """Whether an article is of that outlet, or appeared there too."""
        found = self._connection().execute(
            "SELECT EXISTS (SELECT 1 FROM chunk WHERE source_key = ?) "
            "OR EXISTS (SELECT 1 FROM appearance WHERE source = ?)",
            (fold(outlet), outlet),
        )
        return bool(found.fetchone()[0])

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
            unindex(connection, article.article_id)
            write_version(connection, article, spans)
            index(connection, article, spans)

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
            unindex(connection, article.article_id)
            write_version(connection, article, spans)
            index(connection, article, spans, numbers)
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
            unindex(connection, article_id)
            pass_on(connection, article_id)
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

    def note_sentences(self, chunks: Sequence[Chunk]) -> None:
        """Note what the sentences of these chunks tell where it isn't noted, as in a home of an early version."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR IGNORE INTO chunk_sentences SELECT number, ? FROM chunk WHERE chunk_id = ?",
                [(noted(each.sentences), each.chunk_id) for each in chunks],
            )

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
        for (note,) in self._connection().execute("SELECT noted FROM chunk_sentences"):
            from_note(note)

    def altered(self) -> list[str]:
        """The articles of which a version's text isn't the one that the version is named after."""
        rows = self._connection().execute("SELECT article_id, version, text FROM version ORDER BY article_id")
        return list(dict.fromkeys(row["article_id"] for row in rows if digest(row["text"]) != row["version"]))

    def faults(self) -> list[str]:
        """What SQLite's own check finds wrong with the file; empty when it is sound."""
        rows = self._connection().execute("PRAGMA quick_check").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    # -- helpers -------------------------------------------------------------------------------------------

    def _newest(self, ids: Sequence[str]) -> list[Article]:
        articles: list[Article] = []
        for at in range(0, len(ids), BATCH):
            part = ids[at : at + BATCH]
            marks = ", ".join("?" * len(part))
            articles += self._articles(f"v.version = a.version AND a.article_id IN ({marks})", tuple(part))
        return articles

    def _articles(self, where: str, values: tuple[str | int | None, ...], order: str = "") -> list[Article]:
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


def _chunk(article: Article, start: int, end: int, note: str | None) -> Chunk:
    """As ``chunk_of``, with the sentences noted when it was stored, by any but an early version."""
    return chunk_of(article, start, end) if note is None else Chunk(article, start, end, from_note(note))


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
