"""What the commands reach the outside through: environment, operations, page, terminal."""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qa.cli.text import json_line, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from qa.operations import Operations
    from qa.settings import Settings
    from qa.wiring import Parts

    Say = Callable[[str], None]
    Open = Callable[[Settings], AbstractContextManager[Operations]]
    Join = Callable[[Settings, Say], AbstractContextManager[Operations]]
    Serve = Callable[..., None]
    OpenParts = Callable[[Settings], AbstractContextManager[tuple[Parts, Operations]]]


@dataclass(frozen=True, slots=True)
class Shell:
    """One run's surroundings.

    ``join`` opens the operations on a home or hands them to the page that owns it; ``open_beside`` opens
    those that need no ownership, or all where this process owns the home; ``serve_page`` runs the page until
    it is stopped; ``open_parts`` opens a home that nobody else knows of, with the parts below its operations.
    """

    environment: Mapping[str, str]
    join: "Join"
    open_beside: "Open"
    serve_page: "Serve"
    open_parts: "OpenParts"
    home: str | None = None

    @classmethod
    def of_this_process(cls) -> "Shell":
        """The real surroundings."""
        return cls(os.environ, _join, _open_beside, _serve_page, _open_parts)

    def settings(self) -> "Settings":
        """The settings of this run; logging goes by them from now on."""
        from qa.logs import LOGGER
        from qa.settings import read

        settings = read(self.environment, self.home)
        terminal = logging.StreamHandler()
        terminal.setLevel(settings.log_level)
        # How a call ended is told by the command itself, or to the page's reader.
        terminal.addFilter(lambda record: record.name != LOGGER.name)
        logging.basicConfig(
            level=settings.log_level, format="%(levelname)s %(name)s: %(message)s", handlers=[terminal]
        )
        return settings

    def operations(self) -> AbstractContextManager["Operations"]:
        """Every operation on this run's home."""
        return self.join(self.settings(), say)

    def library(self) -> AbstractContextManager["Operations"]:
        """The operations that read the library alone."""
        return self.open_beside(self.settings())

    def restore(self, file: "Path") -> dict[str, Any]:
        """Restore this run's home from a backup."""
        from qa.wiring import restore_home

        return restore_home(self.settings(), file, say)

    def evaluated(self, home: "Path") -> AbstractContextManager["tuple[Parts, Operations]"]:
        """The parts and operations of another home than this run's, which nobody else uses."""
        return self.open_parts(replace(self.settings(), home=home))


def tell_where_it_goes(settings: "Settings", llm: str | None) -> None:
    """Say that questions leave this machine, where the chat model ``llm`` (or the one set) isn't on it."""
    from qa.llm import is_local

    name = llm or settings.llm
    if not is_local(name, settings.llm_base_url):
        say(f"questions, and the passages found for them, are sent to {name}")


def _join(settings: "Settings", tell: "Say") -> AbstractContextManager["Operations"]:
    from qa.wiring import open_operations

    return open_operations(settings, tell)


def _open_beside(settings: "Settings") -> AbstractContextManager["Operations"]:
    from qa.wiring import open_library

    return open_library(settings)


def _open_parts(settings: "Settings") -> AbstractContextManager["tuple[Parts, Operations]"]:
    from qa.wiring import open_parts

    return open_parts(settings)


def _serve_page(operations: "Operations", **options: Any) -> None:
    from qa.app import serve

    serve(operations, **options)


def say(line: str) -> None:
    """Tell the user something that isn't the result."""
    print(f"isnad: {one_line(line)}", file=sys.stderr, flush=True)


def put_json(value: Any) -> None:
    """Write ``value`` to standard output as one line of JSON, at once."""
    sys.stdout.flush()
    sys.stdout.buffer.write(json_line(value))
    sys.stdout.buffer.flush()


def console() -> "Console":
    """Standard output for people. A terminal breaks long lines itself; into a file they stay whole."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rather than to exit here: the run's ending knows the status

    wide = None if sys.stdout.isatty() else 10_000
    return Output(soft_wrap=True, highlight=False, markup=False, emoji=False, width=wide)


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show that something is being done, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def bar(label: str, out: "Console | None" = None) -> Iterator[Callable[[int, int], None]]:
    """A progress bar, where standard error is a terminal; gives the function that takes (done, total).

    ``out`` is where lines are printed meanwhile, ``None`` for JSON.
    """
    # Two writers on one terminal would write into one another: JSON goes without a bar there, and lines for
    # people share the bar's console, which moves it out of their way.
    same = sys.stdout.isatty()
    if not sys.stderr.isatty() or (same and out is None):
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    where = out if same else Console(stderr=True)
    with Progress(console=where, redirect_stdout=False, redirect_stderr=False, transient=True) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
