"""The contract's operations as named endpoints of the page's API; nothing else of the page is public."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from vectorstore.errors import UserError

if TYPE_CHECKING:
    from qa.operations import Operations

Json = dict[str, Any]
P = ParamSpec("P")
R = TypeVar("R")


def answering(operation: Callable[P, R]) -> Callable[P, R]:
    """``operation``, whose ``UserError`` reaches a caller as that one line, without a traceback in the log."""

    @wraps(operation)
    def answered(*args: P.args, **options: P.kwargs) -> R:
        try:
            return operation(*args, **options)
        except UserError as error:
            import gradio

            raise gradio.Error(str(error), print_exception=False) from error

    return answered


class Endpoints:
    """Each public method is an endpoint: it takes the command's options by name and returns its JSON.

    Gradio makes the endpoints' description from the annotations and docstrings.
    """

    def __init__(self, operations: "Operations") -> None:
        self._operations = operations

    @answering
    def ask(
        self,
        question: str,
        as_of: str | None = None,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
        language: str | None = None,
        llm: str | None = None,
        history: list[dict[str, str]] | None = None,
        people: list[Json] | None = None,
    ) -> Json:
        """Answer a question from the stored articles, with citations."""
        growing = self._operations.ask(
            question,
            as_of=as_of,
            date_from=date_from,
            date_to=date_to,
            source=source,
            language=language,
            llm=llm,
            history=history,
            people=people,
        )
        *_, complete = growing
        return complete

    @answering
    def search(
        self,
        query: str,
        k: int = 10,
        date_from: str | None = None,
        date_to: str | None = None,
        source: str | None = None,
    ) -> Json:
        """Find the passages nearest to a query."""
        return self._operations.search(query, k=k, date_from=date_from, date_to=date_to, source=source)

    @answering
    def articles(self) -> Json:
        """List what is stored, newest published first."""
        return self._operations.articles()

    @answering
    def show(self, article_id: str, version: str | None = None) -> Json:
        """Give an article with its text, the newest version unless another is named."""
        return self._operations.show(article_id, version=version)

    @answering
    def ingest_text(
        self, text: str, title: str | None = None, published: str | None = None, source: str | None = None
    ) -> Json:
        """Store one article from its text."""
        return self._operations.ingest_text(text, title=title, published=published, source=source)

    @answering
    def set(
        self,
        article_id: str,
        published: str | None = None,
        source: str | None = None,
        title: str | None = None,
    ) -> Json:
        """Correct an article's date, outlet or title; the correction survives the next ingest."""
        return self._operations.set(article_id, published=published, source=source, title=title)

    @answering
    def remove(self, article_ids: list[str]) -> Json:
        """Remove articles with all their versions."""
        return self._operations.remove(article_ids)

    @answering
    def verify(self, answer: dict[str, Any] | str) -> Json:
        """Check a saved answer again: what `ask` returned, text with [n] and a list of its sources, or a chat."""
        return self._operations.verify(answer)


NAMES = ("ask", "search", "articles", "show", "ingest_text", "set", "remove", "verify")
TOOLS = ("ask", "search", "articles", "show", "verify")
"""What is offered over MCP: all that changes nothing."""


def offer(operations: "Operations") -> None:
    """Register the endpoints on the Gradio page that is being built."""
    import gradio

    endpoints = Endpoints(operations)
    for name in NAMES:
        gradio.api(getattr(endpoints, name), api_name=name)
    _offer_files(operations)


def _offer_files(operations: "Operations") -> None:
    """Files have to come in through a component, which sees to it that they are uploads and no other files."""
    import gradio

    @answering
    def ingest_files(files: list[str], published: str | None = None, source: str | None = None) -> Any:
        """Store articles from uploaded files: one object an article."""
        paths = [Path(each) for each in files or ()]
        try:
            found = operations.ingest([str(path) for path in paths], published=published, source=source)
            return [_under_its_own_name(line, paths) for line in found if "status" in line]
        finally:
            for path in paths:
                path.unlink(missing_ok=True)

    with gradio.Row(visible=False):
        files = gradio.File(file_count="multiple")
        options = [gradio.Textbox(value=None), gradio.Textbox(value=None)]
        lines, call = gradio.JSON(), gradio.Button()
    call.click(ingest_files, [files, *options], lines, api_name="ingest_files")


def _under_its_own_name(line: Json, paths: list[Path]) -> Json:
    """An upload's line with its own name, not the place where it lay for the moment."""
    told = dict(line)
    for path in paths:
        for key in ("input", "reason"):
            told[key] = told[key].replace(str(path), path.name) if told.get(key) else told.get(key)
    return told


def restrict_tools(blocks: Any) -> None:
    """Leave of a mounted page's MCP tools only ``TOOLS``."""
    offered = blocks.mcp_server_obj.tool_to_endpoint
    for name in set(offered) - set(TOOLS):
        del offered[name]
