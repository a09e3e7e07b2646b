"""The home's log: a line of JSON an event, in files that rotate. Changes with what is logged, or kept out of it.

``logs/isnad.jsonl`` tells each operation with its time and outcome, warnings and faults. No words of
a question or an article are in it unless ``ISNAD_LOG_LEVEL`` is ``DEBUG``; passwords and keys never are. Only the
process that owns the home writes there, so that two never rotate it at once.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import TYPE_CHECKING, Any, cast

from vectorstore.errors import HomeUnusable, UserError

if TYPE_CHECKING:
    from qa.operations import Operations
    from qa.settings import Settings

FOLDER, FILE = "logs", "isnad.jsonl"
MOST_BYTES = 5 * 2**20
OLDER_FILES = 4
LOGGER = logging.getLogger("isnad")
TOLD = (
    "status",
    "article_id",
    "version",
    "mode",
    "abstained",
    "model",
    "timings_ms",
    "articles",
    "chunks",
    "ok",
)
"""What is told of a result, of lists their length: never a field that may hold words of an article or a question."""

# What keys look like (OpenAI's, Anthropic's, bearer tokens) and passwords within addresses.
_SECRET = re.compile(
    r"(?:sk|pk|key|xox[bap])-[\w-]{6,}|(?<=Bearer )[^\s\"']+|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
    r"|[?&](?:key|token)=[^&\s\"']+",
    re.IGNORECASE,
)


class JsonLines(logging.Formatter):
    """A record as one line of JSON, without secrets; with ``words``, the message too.

    Messages of libraries are made with what they worked on, so that they are left out unless ``words`` is set.
    """

    def __init__(self, *, words: bool, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._words = words
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            **getattr(record, "told", {}),
        }
        if self._words or record.name == LOGGER.name:
            told["event"] = record.getMessage()
        if record.exc_info and record.exc_info[1]:
            told["error"] = self._error(record.exc_info[1])
        return self._without_secrets(json.dumps(told, ensure_ascii=False, default=str))

    def _error(self, error: BaseException) -> dict[str, Any]:
        where = [f"{Path(each.filename).name}:{each.lineno}" for each in extract_tb(error.__traceback__)]
        return {"type": type(error).__name__, "where": where} | (
            {"message": str(error)} if self._words else {}
        )

    def _without_secrets(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "…")
        return _SECRET.sub("…", line)


@contextmanager
def logged_in_home(settings: "Settings") -> Iterator[None]:
    """Log to the home of ``settings``, which this process owns, for as long as the context lasts.

    A log that can't be written is no reason not to work. Raises ``HomeUnusable`` where its folder can't be made.
    """
    folder = settings.home / FOLDER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(f"the log's folder {folder} can't be made ({error.strerror})") from error
    handler = RotatingFileHandler(
        folder / FILE,
        maxBytes=MOST_BYTES,
        backupCount=OLDER_FILES,
        encoding="utf-8",
        errors="backslashreplace",
        delay=True,
    )
    handler.handleError = lambda record: None  # type: ignore[method-assign]  # such as on a full disk
    level = getattr(logging, settings.log_level)
    secrets = (settings.auth.password,) if settings.auth else ()
    handler.setFormatter(JsonLines(words=level <= logging.DEBUG, secrets=secrets))
    handler.addFilter(lambda record: record.levelno >= level or record.name == LOGGER.name)
    root, before = logging.getLogger(), LOGGER.level
    LOGGER.setLevel(min(level, logging.INFO))
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        LOGGER.setLevel(before)
        handler.close()


def logged(operations: "Operations") -> "Operations":
    """``operations``, each call of which is logged with its time and outcome."""
    return cast("Operations", _Logged(operations))


class _Logged:
    def __init__(self, operations: "Operations") -> None:
        self._operations = operations

    def __getattr__(self, name: str) -> Any:
        call = getattr(self._operations, name)
        return _timed(name, call) if callable(call) else call


def _timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(call)
    def timed(*arguments: Any, **options: Any) -> Any:
        began = monotonic()
        with _faults_told(name):
            result = call(*arguments, **options)
        if not isinstance(result, Iterator):
            _tell(name, began, result)
            return result
        return _each(name, began, result)

    return timed


def _each(name: str, began: float, results: Iterator[Any]) -> Iterator[Any]:
    last: Any = {}
    with _faults_told(name):
        for last in results:
            if isinstance(last, Mapping) and "status" in last:
                _tell("item", began, last)
            yield last
    _tell(name, began, last)


@contextmanager
def _faults_told(name: str) -> Iterator[None]:
    try:
        yield
    except UserError as error:
        LOGGER.warning(name, extra={"told": {"failed": type(error).__name__}})
        raise
    except Exception:
        LOGGER.exception(name)
        raise


def _tell(name: str, began: float, result: Any) -> None:
    outcome = {key: result[key] for key in TOLD if key in result} if isinstance(result, Mapping) else {}
    told = {key: len(value) if isinstance(value, list) else value for key, value in outcome.items()}
    LOGGER.info(name, extra={"told": {"seconds": round(monotonic() - began, 3), **told}})
