"""The command line as a whole: its commands, its global options, and how a run of it ends."""

import sys
import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer
from typer.main import get_command

from qa.cli import asking, checking, evaluating, library, serving, upkeep
from qa.cli.ending import Ending
from qa.cli.shell import Shell

app = typer.Typer(
    name="isnad",
    help="Questions about news articles, answered with citations that open at the very words.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (
    library.ingest,
    asking.ask,
    asking.search,
    library.articles,
    library.show,
    library.set_article,
    library.remove,
    checking.verify,
    evaluating.eval_questions,
    serving.serve,
    upkeep.doctor,
    upkeep.reindex,
    upkeep.backup,
    upkeep.restore,
):
    app.command(command.__name__.removesuffix("_article").removesuffix("_questions"))(command)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"isnad {version('isnad')}")
        except PackageNotFoundError:
            typer.echo("isnad, run from its source without being installed")
        raise typer.Exit


@app.callback()
def _global(
    context: typer.Context,
    home: Annotated[
        str | None, typer.Option(metavar="DIR", help="Folder of the library; wins over ISNAD_HOME.")
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", metavar="", help="Show the traceback of an error.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", metavar="", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    context.obj = replace(context.obj, home=home)


def main(arguments: Sequence[str], shell: Shell) -> int:
    """Run one command line; its exit status. What goes wrong is told in one line on standard error."""
    with Ending() as ending:
        context = get_command(app).make_context("isnad", list(arguments) or ["--help"], obj=shell)
        with context:
            ending.debug = context.params["debug"]
            ending.status = context.command.invoke(context) or 0
            sys.stdout.flush()
    return ending.status


def run() -> None:
    """The console's entry point."""
    # A name that the terminal can't spell is no reason to fail.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    sys.exit(main(sys.argv[1:], Shell.of_this_process()))
