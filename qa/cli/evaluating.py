"""``isnad eval``: questions with known answers asked of a throw-away store, measured, and two runs compared."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import options
from qa.cli.shell import Shell, bar, console, put_json, say
from qa.cli.text import one_line
from vectorstore.errors import NotFound, UserError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from qa.question_sets import QuestionSet

OF_RUNS = ("risk_coverage", "outcomes")
"""What only a saved run holds of each question, too long for the report."""
MOST_SHOWN = 20
REPORTED = ("answered", "as_expected", "risk_coverage_area", "questions_per_second")


def eval_questions(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="Questions: SQuAD's format, or isnad's own."),
    ] = None,
    as_json: options.AsJson = False,
    articles: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH", help="Ask of these instead: a SQuAD file with the same ids, or a folder."
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Day on which it is asked; default today.")
    ] = None,
    most: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Ask N of the questions, evenly spread.")
    ] = None,
    withhold: Annotated[
        bool, typer.Option("--withhold", help="Ask each again without the paragraph that answers it.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the stored articles here, to be used again.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Save the run, question by question.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(metavar="OLD NEW", help="Compare two saved runs instead.")
    ] = None,
) -> None:
    """Measure retrieval and answers on questions whose answers are known."""
    shell: Shell = context.obj
    options.check_dates(as_of=as_of)
    if compare:
        _compare(*compare, as_json=as_json)
        return
    if not files:
        raise UserError("nothing to measure: give files of questions, or --compare OLD NEW")
    from qa.question_sets import read_set, thinned

    if save and not save.absolute().parent.is_dir():
        raise NotFound(f"there is no folder {save.absolute().parent} to save the run in")
    sets = [read_set(file, articles) for file in files]
    run = {"files": [_run(shell, thinned(each, most), as_of, store, withhold=withhold) for each in sets]}
    if save:
        save.write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
    if as_json:
        put_json({"files": [{k: v for k, v in each.items() if k not in OF_RUNS} for each in run["files"]]})
    else:
        for each in run["files"]:
            _put_report(each, console())


def _run(
    shell: Shell, questions: "QuestionSet", as_of: str | None, store: Path | None, *, withhold: bool
) -> dict[str, Any]:
    """The report on one file, from a home of its own."""
    from qa.evaluate import Progress, evaluate

    result: dict[str, Any] = {}
    say(f"asking {len(questions.questions)} questions of {questions.file}")
    with (
        _home(store, questions.digest) as home,
        shell.evaluated(home) as (parts, operations),
        bar("articles, then questions") as advance,
    ):
        for each in evaluate(questions, parts, operations, as_of, withhold=withhold):
            if isinstance(each, Progress):
                advance(each.done, each.total)
            else:
                result = each
    return result


@contextmanager
def _home(store: Path | None, digest: str) -> Iterator[Path]:
    if store is not None:
        yield store / digest
        return
    with TemporaryDirectory(prefix="isnad-eval-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _put_report(report: dict[str, Any], out: "Console") -> None:
    out.print(
        f"{one_line(report['file'])} ({report['digest']}): {report['questions']} questions of "
        f"{report['articles']} articles"
    )
    table = _table("measure", "value", "95 % interval", "n")
    groups = [
        report["retrieval"],
        report["answers"],
        *([report["abstention"]] if report["abstention"] else []),
    ]
    rows = [row for group in groups for row in group.items()]
    rows += [(name, report[name]) for name in REPORTED]
    for name, figure in rows:
        if figure["n"]:
            table.add_row(name, *_cells(figure))
    out.print(table)
    if report["thresholds"]:
        table = _table("least confidence", "error", "hallucination")
        for each in report["thresholds"]:
            rates = (_number(each[name]["value"]) for name in ("error", "hallucination"))
            table.add_row(_number(each["least"]), *rates)
        out.print(table)
    for by, slices in report["slices"].items():
        table = _table(by, "questions", "ndcg@10", "hit@1", "hit@3", "answered")
        for name, own in slices.items():
            figures = (
                own["retrieval"]["ndcg@10"],
                own["answers"]["hit@1"],
                own["answers"]["hit@3"],
                own["answered"],
            )
            table.add_row(name, str(own["questions"]), *(_number(each["value"]) for each in figures))
        out.print(table)
    unexpected = [each for each in report["outcomes"] if each["faults"]]
    if unexpected:
        out.print(f"not as expected: {len(unexpected)}")
    for each in unexpected[:MOST_SHOWN]:
        out.print(f"  {_asked(each)}: {one_line('; '.join(each['faults']))}")


def _compare(before: Path, after: Path, *, as_json: bool) -> None:
    from qa.evaluation_report import compare

    old, new = (_saved(path) for path in (before, after))
    # By its path, or where it was named otherwise, by what is in it.
    known = {each[by]: each for by in ("digest", "file") for each in old}
    pairs = ((known.get(each["file"]) or known.get(each["digest"]), each) for each in new)
    result = {"files": [compare(one, other) for one, other in pairs if one]}
    if not result["files"]:
        raise UserError(
            f"{before} and {after} have no file of questions in common: compare runs on the same files"
        )
    if as_json:
        put_json(result)
        return
    for each in result["files"]:
        _put_comparison(each, console())


def _saved(path: Path) -> list[dict[str, Any]]:
    try:
        files: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["files"]
        return [each for each in files if each["outcomes"]]
    except OSError as error:
        raise NotFound(f"{path} can't be read ({error.strerror}): check the path") from error
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} is no saved run: make one with 'isnad eval FILE --save {path}'") from error


def _put_comparison(found: dict[str, Any], out: "Console") -> None:
    out.print(f"{one_line(found['file'])}: {found['questions']} questions in both")
    table = _table("measure", "difference", "95 % interval", "n")
    for name, figure in found["differences"].items():
        if figure["n"]:
            table.add_row(name, *_cells(figure, signed=True))
    out.print(table)
    for side in ("better", "worse"):
        out.print(f"{side}: {len(found[side])}")
        for each in found[side][:MOST_SHOWN]:
            moves = ", ".join(
                f"{name} {_number(was)} → {_number(to)}" for name, (was, to) in each["moved"].items()
            )
            out.print(f"  {_asked(each)}: {moves}")


def _asked(each: dict[str, Any]) -> str:
    return f"{one_line(each['question'])} ({one_line(each['id'])})"


def _table(*headings: str) -> "Table":
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at else "left")
    return table


def _cells(figure: dict[str, Any], *, signed: bool = False) -> tuple[str, str, str]:
    value, low, high = (_number(figure[name], signed=signed) for name in ("value", "low", "high"))
    return value, f"{low} to {high}", str(figure["n"])


def _number(value: float | None, *, signed: bool = False) -> str:
    if value is None:
        return "–"
    return f"{value:{'+' if signed else ''}.3f}" if abs(value) < 10 else f"{value:{'+' if signed else ''}.1f}"
