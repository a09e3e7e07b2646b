"""The library's SQLite file: its connections, its transactions, and what is told where it can't be used."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakSet

from vectorstore.errors import Damaged, HomeUnusable
from vectorstore.schema import ADDED, SCHEMA, SCHEMA_VERSION

BATCH = 400
MAPPED_BYTES = 2**28
"""How much of the file is read where it lies in memory, for a question touches hundreds of pages far apart.

It counts as the process's own memory, though it can be taken back at any time.
"""


class _Connection(sqlite3.Connection):
    """One that can be referred to weakly, so that it goes with its thread."""


class Database:
    """One SQLite file.

    Any thread may read and write; each has its own connection and SQLite orders the writers.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: WeakSet[_Connection] = WeakSet()
        self._guard = threading.Lock()
        self._prepare()

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


def _run_script(connection: sqlite3.Connection, script: str) -> None:
    # executescript would commit the transaction that holds the whole schema together.
    for statement in script.split(";"):
        if statement.strip():
            connection.execute(statement)
