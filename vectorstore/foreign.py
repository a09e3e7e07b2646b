"""A SQLite file that came from elsewhere → is it safe to open as our own? Changes with what such a file might try."""

import sqlite3
from contextlib import closing
from pathlib import Path

from vectorstore.errors import UserError


def check_database(path: Path, ours: Path) -> None:
    """Raise ``UserError`` unless ``path`` is sound and has exactly the tables and indexes of ``ours``.

    Triggers and views would run a stranger's SQL later; a damaged page could make SQLite misread the rest.
    https://www.sqlite.org/security.html tells the settings used here.
    """
    try:
        found, own = _schema(path), _schema(ours)
    except sqlite3.Error as error:
        raise UserError(f"{path.name} in the backup is damaged ({error}): take another backup") from error
    if found != own:
        raise UserError(
            f"{path.name} in the backup isn't as this isnad makes it: restore with the isnad that made it"
        )


def _schema(path: Path) -> tuple[int, list[tuple[str, str, str | None]]]:
    """The version and the schema of a sound database. Raises ``sqlite3.Error``."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for guard in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {guard}")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        faults = [row[0] for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
    if faults:
        raise sqlite3.DatabaseError(faults[0])
    return version, schema
