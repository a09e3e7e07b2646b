"""What is looked up in the library for a search: by words, within a scope, and how often a word occurs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from vectorstore.database import Database
from vectorstore.records import Days, Scope
from vectorstore.text import fold

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
    outlets: tuple[str, ...] | None = None
    frequencies: dict[str, int] = field(default_factory=dict)


class Searchable(Database):
    """The library's passages as a search sees them: ids, numbers, index terms and scores."""

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
            (*values, any_of(rarest), limit),
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

    def count(self) -> tuple[int, int]:
        """How many articles and how many searchable chunks are stored."""
        counted = self._counted()
        if counted.stored is None:
            sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM chunk)"
            articles, chunks = self._connection().execute(sql).fetchone()
            counted.stored = articles, chunks
        return counted.stored

    def outlets(self) -> tuple[str, ...]:
        """The outlets of which articles are stored."""
        counted = self._counted()
        if counted.outlets is None:
            sql = "SELECT DISTINCT source FROM article JOIN version USING (article_id, version) WHERE source != ''"
            counted.outlets = tuple(row["source"] for row in self._connection().execute(sql))
        return counted.outlets


def _rarest(frequencies: Mapping[str, int]) -> list[str]:
    """The terms to look up: where they are in more chunks than can be ranked at once, only the rarest."""
    by_rarity = sorted(frequencies, key=lambda term: (frequencies[term], term))
    sums = accumulate(frequencies[term] for term in by_rarity)
    return [term for term, rows in zip(by_rarity, sums, strict=True) if rows <= MOST_RANKED] or by_rarity[:1]


def any_of(some: Iterable[str]) -> str:
    """The full-text query for rows with any of these terms."""
    return " OR ".join(f'"{term}"' for term in some)


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
