"""The commands that look after a home: ``doctor`` and ``reindex``."""

from typing import Annotated, Any

import typer

from qa.cli import options
from qa.cli.shell import Shell, bar, console, put_json, waiting
from qa.cli.text import one_line


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
