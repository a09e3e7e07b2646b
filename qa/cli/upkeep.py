"""The commands that look after a home: ``doctor``, ``reindex``, ``backup`` and ``restore``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from qa.cli import options
from qa.cli.shell import Shell, bar, console, put_json, waiting
from qa.cli.text import one_line
from vectorstore.errors import NotFound


def doctor(
    context: typer.Context,
    as_json: options.AsJson = False,
    fix: Annotated[bool, typer.Option("--fix", metavar="", help="Mend what can be mended.")] = False,
) -> int:
    """Check the installation and the home."""
    shell: Shell = context.obj
    with shell.operations() as operations, waiting("checking"):
        report = operations.doctor(fix=fix)
    if as_json:
        put_json(report)
    else:
        for check in report["checks"]:
            console().print(_check_line(check))
    return 0 if report["ok"] else 1


def _check_line(check: dict[str, Any]) -> str:
    state = "mended" if check["fixed"] else "ok" if check["ok"] else "FAULT"
    return f"{state:<7} {one_line(check['name'])}: {one_line(check['detail'])}"


def reindex(context: typer.Context, as_json: options.AsJson = False) -> None:
    """Embed every stored article again, for instance after the model was changed."""
    shell: Shell = context.obj
    line: dict[str, Any] = {}
    out = None if as_json else console()
    with shell.operations() as operations, bar("articles", out) as advance:
        for line in operations.reindex():
            if "done" in line:
                advance(line["done"], line["total"])
    if out is None:
        put_json(line)
    else:
        out.print("{articles} articles, {chunks} passages, {seconds} s".format(**line))


BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="The backup's file.")]


def backup(context: typer.Context, file: BackupFile, as_json: options.AsJson = False) -> None:
    """Write the whole home to one file, while it is in use."""
    shell: Shell = context.obj
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise NotFound(f"the backup can't be written to {file}: name a file in a folder that exists")
    with shell.operations() as operations, waiting("writing the backup"):
        _put_backup(operations.backup(str(file)), as_json)


def restore(context: typer.Context, file: BackupFile, as_json: options.AsJson = False) -> None:
    """Make an empty home the one that a backup was written from."""
    shell: Shell = context.obj
    with waiting("restoring"):
        _put_backup(shell.restore(file), as_json)


def _put_backup(line: dict[str, Any], as_json: bool) -> None:
    if as_json:
        put_json(line)
    else:
        console().print(
            f"{one_line(line['file'])}: {line['articles']} articles, {line['bytes'] / 2**20:.1f} MB"
        )
