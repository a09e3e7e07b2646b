"""The command that checks a saved answer again: ``verify``."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

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
    """Check a saved answer again, against the versions it cited."""
    shell: Shell = context.obj
    saved = _parsed(_read(file))
    with shell.operations() as operations, waiting("checking"):
        report = operations.verify(saved)
    if as_json:
        put_json(report)
    else:
        from qa.cli.answers import report_text

        console().print(report_text(report, saved if isinstance(saved, str) else str(saved["answer"])))
    return 0 if report["ok"] else 1


def _parsed(text: str) -> dict[str, Any] | str:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return text  # pasted text, or broken JSON, of which the check itself tells
    return told if isinstance(told, dict) else text


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
