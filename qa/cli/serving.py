"""``isnad serve``: the page on a home, and on the samples for a demonstration."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from qa.cli.shell import Shell, bar, console, say, tell_where_it_goes
from vectorstore.errors import BadSetting

if TYPE_CHECKING:
    from qa.operations import Operations
    from qa.settings import Settings

_WAIT_S = 30.0
DEMO_QUESTIONS = (
    "Who did Hammouchi meet in 2024?",
    "من التقى حموشي سنة 2024؟",
    "Qui Hammouchi a-t-il rencontré en 2024 ?",
    "How many people died in the earthquake?",
    "كم عدد قتلى الزلزال؟",
    "Quand la ligne à grande vitesse a-t-elle ouvert ?",
)


def serve(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address to listen on; default 127.0.0.1.")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65_535, metavar="PORT", help="Default 7860; 0 takes any free one."),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option("--demo", metavar="", help="Serve the sample articles; your own home stays untouched."),
    ] = False,
    mcp: Annotated[
        bool, typer.Option("--mcp", metavar="", help="Offer the reading operations as MCP tools too.")
    ] = False,
) -> None:
    """Open the web page; Ctrl-C stops it."""
    shell: Shell = context.obj
    settings = shell.settings()
    settings = replace(
        settings,
        host=settings.host if host is None else host,
        port=settings.port if port is None else port,
    )
    with _terminated_as_exit(), _home(settings, demo) as home:
        _serve_home(shell, replace(settings, home=home), demo=demo, mcp=mcp)


def _serve_home(shell: Shell, settings: "Settings", *, demo: bool, mcp: bool) -> None:
    from qa.handover import control_route
    from qa.logs import logged, logged_in_home
    from qa.wiring import saved_chats
    from vectorstore.ownership import new_token, own

    with (
        own(settings.home, wait_s=_WAIT_S, say=say) as owned,
        logged_in_home(settings),
        shell.open_beside(settings) as unlogged,
    ):
        operations = logged(unlogged)
        _check_address(settings)
        if demo:
            _store_samples(operations)
        # The first search loads the model: better now than under somebody's first question.
        operations.search("isnad", k=1)
        tell_where_it_goes(settings, None)
        token = new_token()

        def ready(address: str) -> None:
            owned.announce(address, token)
            console().print(f"Isnad is at {address} (Ctrl-C stops it)")

        shell.serve_page(
            operations,
            conversations=saved_chats(settings),
            settings=settings,
            host=settings.host,
            port=settings.port,
            routes=[control_route(operations, token)],
            examples=DEMO_QUESTIONS if demo else (),
            on_ready=ready,
            mcp=mcp,
        )


def _check_address(settings: "Settings") -> None:
    """Say what is wrong with the address before any work is done for it. Raises ``UserError``."""
    from qa.app.server import closing_socket, is_loopback

    if settings.auth is None and not is_loopback(settings.host):
        raise BadSetting(
            f"{settings.host} can be reached by others: set ISNAD_AUTH=user:password, or use --host 127.0.0.1"
        )
    with closing_socket(settings.host, settings.port):
        pass


@contextmanager
def _home(settings: "Settings", demo: bool) -> Iterator[Path]:
    if not demo:
        yield settings.home
        return
    with TemporaryDirectory(prefix="isnad-demo-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _store_samples(operations: "Operations") -> None:
    from ingest.samples import paths

    say("storing the sample articles")
    with bar("articles", console()) as advance:
        total = done = 0
        for line in operations.ingest([str(path) for path in paths()]):
            total, done = line.get("total", total), done + ("status" in line)
            advance(done, total)


@contextmanager
def _terminated_as_exit() -> Iterator[None]:
    """Let a signal that ends the process unwind it first, so that temporary files and announcements go."""
    ends = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, _exit) for number in ends}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _exit(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
