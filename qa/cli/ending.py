"""How a run ends: whatever was raised becomes one line on standard error and an exit status."""

import os
import sys
import traceback
from types import TracebackType

import typer

from qa.cli.text import one_line
from vectorstore.errors import UserError

WRONG_CALL = 2
INTERNAL = 70  # a fault of the program's own, as sysexits.h numbers it
INTERRUPTED = 130
NOBODY_READS = 141  # what a shell reports for a writer whose reader went away


class Ending:
    """Context manager around a run. ``status`` is the exit status; set ``debug`` to have tracebacks shown."""

    def __init__(self) -> None:
        self.status = 0
        self.debug = False

    def __enter__(self) -> "Ending":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> bool:
        if error is None or isinstance(error, SystemExit):
            return error is None
        if isinstance(error, typer.Exit):
            self.status = error.exit_code
            return True
        self.status, line = _told(error)
        if self.debug and line:
            traceback.print_exception(error)
        if line:
            print(f"isnad: {line}", file=sys.stderr)
        return True


def _told(error: BaseException) -> tuple[int, str]:
    """Exit status and line for ``error``; no line where there is nothing to say."""
    if isinstance(error, UserError):
        return WRONG_CALL, one_line(str(error))
    if _is_damage(error):
        return WRONG_CALL, one_line(
            f"a database of the home is damaged ({error}): 'isnad doctor' tells which"
        )
    if isinstance(error, typer.TyperException):
        return WRONG_CALL, _usage(error)
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, "interrupted; what was finished is kept"
    if isinstance(error, BrokenPipeError):
        _let_go_of_stdout()
        return NOBODY_READS, ""
    if isinstance(error, OSError):
        return WRONG_CALL, one_line(f"{error.strerror or error}: {error.filename or 'while working'}")
    told = one_line(f"{type(error).__name__}: {error}")
    return INTERNAL, f"a fault of isnad's own ({told}): run 'isnad --debug …' to see where, and report it"


def _is_damage(error: BaseException) -> bool:
    from vectorstore.database import is_damage

    return is_damage(error)


def _usage(error: typer.TyperException) -> str:
    line = one_line(error.format_message()).rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{line} (see '{context.command_path if context else 'isnad'} --help')"


def _let_go_of_stdout() -> None:
    """Keep the interpreter's last flush from complaining about the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
