"""Saved chats in one SQLite file of the home: who owns one sees it, nobody else; what is deleted is gone.

Each call opens the file anew, so that any thread or process may use it at any time; SQLite orders the writers.
"""

import builtins
import json
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from vectorstore.errors import HomeUnusable, NotFound, UserError
from vectorstore.text import fold

Json = dict[str, Any]

MOST_CONVERSATIONS = 2000
MOST_EXCHANGES = 500
MOST_BYTES = 8 * 2**20
LONGEST_TITLE = 200
LONGEST_VERDICT = 500

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    title TEXT NOT NULL,
    began TEXT NOT NULL,
    changed TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversation_by_owner ON conversation (owner, changed);
CREATE TABLE IF NOT EXISTS exchange (
    conversation TEXT NOT NULL REFERENCES conversation ON DELETE CASCADE,
    number INTEGER NOT NULL,
    told TEXT NOT NULL,
    verdict TEXT,
    PRIMARY KEY (conversation, number)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as ``ask`` returns it, null where none came.

    ``options`` are what was asked besides, as ``Operations.ask`` takes them; ``ended`` tells that the answer was
    broken off. ``verdict`` is the reader's: ``up``, ``down``, or what was wrong with it.
    """

    question: str
    answer: Json | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    ended: bool = False
    verdict: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A chat. An empty ``id`` is one that was never saved; an empty ``title`` becomes the first question."""

    exchanges: tuple[Exchange, ...]
    id: str = ""
    title: str = ""
    began: datetime | None = None
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A chat as it stands in a list."""

    id: str
    title: str
    changed: datetime
    exchanges: int


class Conversations:
    """The saved chats of one home.

    ``owner`` is a login or a browser's random cookie; only its digest is stored. Someone else's chat and one that
    doesn't exist are the same ``NotFound``. Raises ``HomeUnusable`` where the file can't be read or written.
    """

    def __init__(self, path: Path, most: int = MOST_CONVERSATIONS) -> None:
        self._path = path
        self._most = most

    def list(self, owner: str, query: str = "") -> "builtins.list[Listed]":
        """The owner's chats that hold every word of ``query``, the last changed first."""
        wanted = fold(query).split()
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, title, changed, words, (SELECT count(*) FROM exchange e WHERE e.conversation = c.id) "
                "FROM conversation c WHERE owner = ? ORDER BY changed DESC, id",
                (_key(owner),),
            )
            return [
                Listed(name, title, datetime.fromisoformat(changed), count)
                for name, title, changed, words, count in rows
                if all(word in words for word in wanted)
            ]

    def load(self, owner: str, conversation_id: str) -> Conversation:
        """The whole chat. Raises ``NotFound``."""
        with self._opened() as connection:
            return self._load(connection, owner, conversation_id)

    def save(self, owner: str, conversation: Conversation) -> Conversation:
        """Store the chat as it is now, and return it with its id, its title and the time.

        An exchange whose answer is the stored one keeps its verdict where it brings none. Raises ``UserError`` for
        an empty chat or one beyond the limits, ``NotFound`` for an id that isn't the owner's.
        """
        _check(conversation)
        now = datetime.now(UTC)
        with self._opened() as connection:
            if conversation.id:
                before = self._load(connection, owner, conversation.id)
                exchanges = _with_verdicts(conversation.exchanges, before.exchanges)
                saved = replace(conversation, exchanges=exchanges, began=before.began, changed=now)
            else:
                self._check_room(connection, owner)
                saved = replace(conversation, id=secrets.token_urlsafe(12), began=now, changed=now)
            saved = replace(saved, title=_title(saved.title or saved.exchanges[0].question))
            _write(connection, _key(owner), saved)
        return saved

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give the chat another title; an empty one makes it the first question again. Raises ``NotFound``."""
        self.save(owner, replace(self.load(owner, conversation_id), title=title.strip()))

    def rate(self, owner: str, conversation_id: str, number: int, verdict: str | None) -> None:
        """Store what the reader thinks of answer ``number``, counted from 1; null takes it back.

        Raises ``NotFound``.
        """
        with self._opened() as connection:
            self._load(connection, owner, conversation_id)
            found = connection.execute(
                "UPDATE exchange SET verdict = ? WHERE conversation = ? AND number = ?",
                (verdict and verdict[:LONGEST_VERDICT], conversation_id, number),
            )
            if not found.rowcount:
                raise NotFound(f"there is no answer {number} in this chat")

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete the chat for good: its bytes are overwritten. Raises ``NotFound``."""
        with self._opened() as connection:
            found = connection.execute(
                "DELETE FROM conversation WHERE id = ? AND owner = ?", (conversation_id, _key(owner))
            )
            if not found.rowcount:
                raise _unknown()

    def count(self) -> int:
        """How many chats there are, of all owners."""
        with self._opened() as connection:
            return int(connection.execute("SELECT count(*) FROM conversation").fetchone()[0])

    def faults(self) -> "builtins.list[str]":
        """What SQLite's own check finds wrong with the file; empty when it is sound."""
        with self._opened() as connection:
            rows = connection.execute("PRAGMA quick_check").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    def copy_to(self, path: Path) -> None:
        """Write all chats as they are at one moment to a file of its own."""
        self.count()  # a home where nobody chatted yet has no file
        with closing(sqlite3.connect(self._path)) as own, closing(sqlite3.connect(path)) as copy:
            own.backup(copy)

    def read_everything(self) -> None:
        """Read every row once. Raises ``ValueError`` or ``TypeError`` for one that isn't ours."""
        with self._opened() as connection:
            for told, began, changed in connection.execute(
                "SELECT told, began, changed FROM exchange e JOIN conversation c ON c.id = e.conversation"
            ):
                Exchange(**json.loads(told))
                datetime.fromisoformat(began), datetime.fromisoformat(changed)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection within one transaction."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._path, timeout=60, isolation_level=None)) as connection:
                # The default journal, unlike a write-ahead log, keeps no copy of what was deleted.
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("PRAGMA foreign_keys = ON")
                connection.execute("BEGIN IMMEDIATE")
                for statement in filter(str.strip, SCHEMA.split(";")):
                    connection.execute(statement)
                try:
                    yield connection
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
        except (OSError, sqlite3.Error) as error:
            raise HomeUnusable(
                f"the saved chats in {self._path} can't be used ({error}): check the disk"
            ) from error

    def _load(self, connection: sqlite3.Connection, owner: str, conversation_id: str) -> Conversation:
        row = connection.execute(
            "SELECT title, began, changed FROM conversation WHERE id = ? AND owner = ?",
            (conversation_id, _key(owner)),
        ).fetchone()
        if row is None:
            raise _unknown()
        told = connection.execute(
            "SELECT told, verdict FROM exchange WHERE conversation = ? ORDER BY number", (conversation_id,)
        )
        exchanges = tuple(Exchange(**json.loads(each), verdict=verdict) for each, verdict in told)
        began, changed = (datetime.fromisoformat(each) for each in row[1:])
        return Conversation(exchanges, conversation_id, row[0], began, changed)

    def _check_room(self, connection: sqlite3.Connection, owner: str) -> None:
        count = connection.execute(
            "SELECT count(*) FROM conversation WHERE owner = ?", (_key(owner),)
        ).fetchone()[0]
        if count >= self._most:
            raise UserError(f"{self._most} chats are the most that are kept: delete some")


def _key(owner: str) -> str:
    return sha256(owner.encode()).hexdigest()


def _unknown() -> NotFound:
    return NotFound("there is no such saved chat")


def _title(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TITLE]


def _check(conversation: Conversation) -> None:
    if not conversation.exchanges:
        raise UserError("there is nothing to save: the chat is empty")
    if len(conversation.exchanges) > MOST_EXCHANGES:
        raise UserError(f"{MOST_EXCHANGES} questions are the most that one chat takes: begin a new one")
    if sum(len(_told(each)) for each in conversation.exchanges) > MOST_BYTES:
        raise UserError(f"a chat takes {MOST_BYTES >> 20} MB at most: begin a new one")


def _told(exchange: Exchange) -> str:
    told = {
        "question": exchange.question,
        "answer": exchange.answer,
        "options": dict(exchange.options),
        "ended": exchange.ended,
    }
    return json.dumps(told, ensure_ascii=False)


def _with_verdicts(exchanges: tuple[Exchange, ...], before: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    known = {_told(each): each.verdict for each in before}
    return tuple(replace(each, verdict=each.verdict or known.get(_told(each))) for each in exchanges)


def _write(connection: sqlite3.Connection, owner: str, conversation: Conversation) -> None:
    assert conversation.began
    assert conversation.changed
    words = [conversation.title]
    words += [f"{each.question}\n{(each.answer or {}).get('answer', '')}" for each in conversation.exchanges]
    connection.execute(
        "INSERT INTO conversation VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
        "title = excluded.title, changed = excluded.changed, words = excluded.words",
        (
            conversation.id,
            owner,
            conversation.title,
            conversation.began.isoformat(),
            conversation.changed.isoformat(),
            fold("\n".join(words)),
        ),
    )
    connection.execute("DELETE FROM exchange WHERE conversation = ?", (conversation.id,))
    connection.executemany(
        "INSERT INTO exchange VALUES (?, ?, ?, ?)",
        [
            (conversation.id, number, _told(each), each.verdict and each.verdict[:LONGEST_VERDICT])
            for number, each in enumerate(conversation.exchanges, start=1)
        ],
    )
