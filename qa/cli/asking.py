"""The commands that look for something: ``ask`` and ``search``."""

from pathlib import Path
from typing import Annotated

import typer

from qa.cli import options
from qa.cli.shell import Shell, console, put_json, tell_where_it_goes, waiting


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In Arabic, English or French.")],
    as_json: options.AsJson = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="Day on which it is asked; default today.")
    ] = None,
    date_from: options.From = None,
    date_to: options.To = None,
    source: options.OnlySource = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="The answer's: ar, en or fr; default the question's.")
    ] = None,
    llm: Annotated[
        str | None, typer.Option(metavar="PROVIDER:MODEL", help="Chat model; 'none' answers in quotations.")
    ] = None,
    history: Annotated[
        Path | None, typer.Option(metavar="FILE", help="JSON list of earlier {question, answer}.")
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--person", metavar="NAME=SPELLING,...", help="Spellings to look for, instead of all."),
    ] = None,
) -> None:
    """Answer a question from the stored articles, with citations."""
    shell: Shell = context.obj
    options.check_words(question, "question")
    options.check_dates(as_of=as_of, date_from=date_from, date_to=date_to)
    options.check_llm(llm)
    turns = options.read_history(history)
    named = options.read_people(people)
    tell_where_it_goes(shell.settings(), llm)
    answer = {}
    with shell.operations() as operations, waiting("reading the articles"):
        for answer in operations.ask(  # noqa: B007  the last answer is the complete one
            question,
            as_of=as_of,
            date_from=date_from,
            date_to=date_to,
            source=source,
            language=language,
            llm=llm,
            history=turns,
            people=named,
        ):
            pass
    if as_json:
        put_json(answer)
        return
    from qa.cli.answers import answer_text

    console().print(answer_text(answer))


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help="Words to look for.")],
    as_json: options.AsJson = False,
    k: Annotated[int, typer.Option("-k", metavar="N", min=1, max=1000, help="How many passages.")] = 10,
    date_from: options.From = None,
    date_to: options.To = None,
    source: options.OnlySource = None,
) -> None:
    """Find passages."""
    shell: Shell = context.obj
    options.check_words(query, "query")
    options.check_dates(date_from=date_from, date_to=date_to)
    with shell.operations() as operations, waiting("searching"):
        found = operations.search(query, k=k, date_from=date_from, date_to=date_to, source=source)
    if as_json:
        put_json(found)
        return
    from qa.cli.answers import hits_text

    console().print(hits_text(found))
