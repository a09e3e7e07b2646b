"""The command that checks a saved answer again: ``verify``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.cli import options
from qa.cli.shell import Shell, console, put_json, waiting
from vectorstore.errors import NotFound, UserError

MOST_BYTES = 8 * 2**20
_STDIN = Path("-")


def verify(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSON from 'ask', or text with [n] and its sources; - reads it."),
    ],
    as_json: options.AsJson = False,
) -> int:
    """Check a saved answer again, against the versions it cited; of an exported chat, each answer."""
    from qa.cli.answers import report_text
    from qa.saved import answers_in

    shell: Shell = context.obj
    given = answers_in(_read(file))
    with shell.operations() as operations, waiting("checking"):
        reports = [operations.verify(each) for each in given]
    for saved, report in zip(given, reports, strict=True):
        if as_json:
            put_json(report)
        else:
            console().print(report_text(report, saved if isinstance(saved, str) else str(saved["answer"])))
    return 0 if all(report["ok"] for report in reports) else 1


def _read(file: Path) -> str:
    try:
        if file == _STDIN:
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise NotFound(f"{file} can't be read ({error.strerror}): check the path") from error
    if len(raw) > MOST_BYTES:
        raise UserError(f"{file} has more than {MOST_BYTES >> 20} MB: that is no saved answer")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(f"{file} isn't UTF-8 text: save the answer again with 'isnad ask --json'") from error
