"""The commands that fill, list and correct the library."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa.cli import options
from qa.cli.shell import Shell, bar, console, put_json, say
from vectorstore.errors import NotFound, UserError

if TYPE_CHECKING:
    from rich.console import Console

    from qa.operations import Operations

STDIN = "-"
MOST_STDIN_BYTES = 16 * 2**20
SPOILT = ("failed", "rejected")


def ingest(
    context: typer.Context,
    inputs: Annotated[
        list[str], typer.Argument(metavar="PATH_OR_URL...", help="Files, folders, addresses; - reads a text.")
    ],
    as_json: options.AsJson = False,
    published: options.Published = None,
    source: options.Outlet = None,
) -> int:
    """Store articles; doing it twice changes nothing."""
    shell: Shell = context.obj
    options.check_dates(published=published)
    paths = [each for each in inputs if each != STDIN]
    _check_paths(paths)
    text = _stdin() if STDIN in inputs else None
    given = {"published": published, "source": source}
    counts: Counter[str] = Counter()
    skipped: Counter[str] = Counter()
    out = None if as_json else console()
    with shell.operations() as operations, bar("articles", out) as advance:
        total = 0
        for line in _lines(operations, paths, text, given):
            if "status" in line:
                counts[line["status"]] += 1
                _put_item(line, out)
            elif "skipped" in line:
                skipped[_passed_over(line)] += 1
            total = line.get("total", total)
            advance(counts.total(), total)
    _sum_up(counts, skipped, out)
    return 1 if any(counts[status] for status in SPOILT) else 0


def _lines(
    operations: "Operations", paths: list[str], text: str | None, given: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """``{"total": n}`` and the items' lines, of the paths and then of standard input."""
    extra = int(text is not None)
    if paths:
        for line in operations.ingest(paths, **given):
            yield line | {"total": line["total"] + extra} if "total" in line else line
    else:
        yield {"total": extra}
    if text is not None:
        yield operations.ingest_text(text, name=STDIN, **given)


def _check_paths(paths: list[str]) -> None:
    for path in paths:
        if "://" not in path and not os.path.lexists(path):
            raise NotFound(f"{path} doesn't exist: check the path")


def _stdin() -> str:
    from ingest.encoding import NotText, decode

    if sys.stdin.isatty():
        say("reading an article from the keyboard; end it with Ctrl-D")
    body = sys.stdin.buffer.read(MOST_STDIN_BYTES + 1)
    if len(body) > MOST_STDIN_BYTES:
        raise UserError(f"standard input holds over {MOST_STDIN_BYTES >> 20} MB: give one article at a time")
    try:
        return decode(body)
    except NotText as error:
        raise UserError("standard input isn't text: give a file by its name instead") from error


def _put_item(line: dict[str, Any], out: "Console | None") -> None:
    if out is None:
        put_json(line)
        return
    from qa.cli.articles import item_text

    out.print(item_text(line))


def _passed_over(line: dict[str, Any]) -> str:
    """Why a folder's file isn't read, with its type where that is why."""
    ending = Path(line["skipped"]).suffix
    return f"{line['why']} {ending}".strip() if line["why"] == "unknown type" else str(line["why"])


def _sum_up(counts: "Counter[str]", skipped: "Counter[str]", out: "Console | None") -> None:
    if skipped:
        told = ", ".join(f"{number} {why}" for why, number in skipped.most_common())
        say(f"passed over in folders and archives: {told}")
    told = ", ".join(f"{number} {status}" for status, number in counts.items())
    noun = "article" if counts.total() == 1 else "articles"
    line = f"{counts.total()} {noun}: {told}" if told else "no articles found there"
    if out is None:
        say(line)
    else:
        out.print(line)


def articles(context: typer.Context, as_json: options.AsJson = False) -> None:
    """List what is stored."""
    shell: Shell = context.obj
    with shell.library() as operations:
        listed = operations.articles()
    if as_json:
        put_json(listed)
        return
    from qa.cli.articles import articles_table

    console().print(articles_table(listed))


def show(
    context: typer.Context,
    article_id: options.ArticleId,
    as_json: options.AsJson = False,
    version: Annotated[
        str | None, typer.Option(metavar="V", help="An earlier version; default the newest.")
    ] = None,
) -> None:
    """Show one article: its text, where it is from, what was removed from the page."""
    shell: Shell = context.obj
    with shell.library() as operations:
        article = operations.show(article_id, version=version)
    if as_json:
        put_json(article)
        return
    from qa.cli.articles import article_text

    console().print(article_text(article))


def set_article(
    context: typer.Context,
    article_id: options.ArticleId,
    as_json: options.AsJson = False,
    published: options.Published = None,
    source: options.Outlet = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Headline.")] = None,
) -> None:
    """Correct an article's date, outlet or title; the correction survives re-ingest."""
    shell: Shell = context.obj
    if published is source is title is None:
        raise UserError("nothing to set: give --published, --source or --title")
    options.check_dates(published=published)
    with shell.operations() as operations:
        article = operations.set(article_id, published=published, source=source, title=title)
    if as_json:
        put_json(article)
        return
    from qa.cli.articles import article_text

    console().print(article_text(article))


def remove(
    context: typer.Context,
    article_ids: Annotated[
        list[str], typer.Argument(metavar="ARTICLE_ID...", help="As 'isnad articles' lists them.")
    ],
    as_json: options.AsJson = False,
) -> int:
    """Take articles out, with all their versions."""
    shell: Shell = context.obj
    with shell.operations() as operations:
        told = operations.remove(article_ids)
    if as_json:
        put_json(told)
    else:
        console().print(f"removed: {len(told['removed'])}")
        for unknown in told["unknown"]:
            say(f"no article {unknown}: 'isnad articles' lists what is stored")
    return 1 if told["unknown"] else 0
