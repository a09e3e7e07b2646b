"""The shell's side of a hand-over: operations that a running page carries out."""

import json
import os
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from qa.handover.route import MOST_BODY_BYTES
from vectorstore import errors
from vectorstore.errors import HomeBusy, UserError
from vectorstore.ownership import Page

if TYPE_CHECKING:
    from httpx import Response

_SILENCE_S = 60.0  # several of the page's heartbeats
_PING_S = 2.0


def answering(page: Page) -> bool:
    """Whether ``page`` takes operations now."""
    try:
        return any(told.get("pid") == page.pid for told in _call(page, "ping", {}, silence_s=_PING_S))
    except UserError:
        return False


class RemoteOperations:
    """``Operations`` that a running page carries out; arguments, results and errors are as they are here.

    ``HomeBusy`` is raised where the page goes away or falls silent in the middle.
    """

    def __init__(self, page: Page) -> None:
        self._page = page

    def ask(self, question: str, **options: Any) -> Iterator[dict[str, Any]]:
        """Growing answers, the last one complete."""
        return _call(self._page, "ask", {"question": question, **options})

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        """Ranked passages."""
        return self._one("search", query=query, **options)

    def ingest(self, inputs: list[str], **options: Any) -> Iterator[dict[str, Any]]:
        """A line an article; paths are taken from this process's folder and told as they were given."""
        given = {_absolute(text): text for text in inputs}
        for line in _call(self._page, "ingest", {"inputs": list(given), **options}):
            told = line.keys() & {"input", "skipped"}
            yield line | {name: as_given(line[name], given) for name in told}

    def ingest_text(self, text: str, **options: Any) -> dict[str, Any]:
        """One article's line."""
        return self._one("ingest_text", text=text, **options)

    def articles(self) -> dict[str, Any]:
        """Every stored article."""
        return self._one("articles")

    def show(self, article_id: str, **options: Any) -> dict[str, Any]:
        """One article with its text."""
        return self._one("show", article_id=article_id, **options)

    def set(self, article_id: str, **options: Any) -> dict[str, Any]:
        """The corrected article."""
        return self._one("set", article_id=article_id, **options)

    def remove(self, article_ids: list[str]) -> dict[str, Any]:
        """What was removed and what was unknown."""
        return self._one("remove", article_ids=article_ids)

    def verify(self, answer: dict[str, Any] | str) -> dict[str, Any]:
        """What holds of a saved answer."""
        return self._one("verify", answer=answer)

    def model(self, llm: str | None = None) -> dict[str, Any]:
        """The chat model ``llm``, or the one that the page has."""
        return self._one("model", llm=llm)

    def reindex(self) -> Iterator[dict[str, Any]]:
        """Progress, then the totals."""
        return _call(self._page, "reindex", {})

    def doctor(self, **options: Any) -> dict[str, Any]:
        """The checks, as the page's process sees them."""
        return self._one("doctor", **options)

    def backup(self, file: str) -> dict[str, Any]:
        """The backup's line; the path is taken from this process's folder and told as it was given."""
        return self._one("backup", file=os.path.abspath(file)) | {"file": file}

    def _one(self, operation: str, **arguments: Any) -> dict[str, Any]:
        with closing(_call(self._page, operation, arguments)) as results:
            for result in results:
                return result
        raise _broken(self._page, "no answer")


def _absolute(text: str) -> str:
    return text if "://" in text else os.path.abspath(text)


def as_given(told: str, given: Mapping[str, str]) -> str:
    """``told`` (an absolute path at or within one of ``given``) as the caller would write it."""
    for start, written in given.items():
        rest = told.removeprefix(start)
        if rest == "" or (rest != told and rest[0] in "/#"):
            return written.rstrip("/") + rest if rest else written
    return told


def _call(
    page: Page, operation: str, arguments: Mapping[str, Any], silence_s: float = _SILENCE_S
) -> Generator[dict[str, Any], None, None]:
    import httpx

    headers = {"Authorization": f"Bearer {page.token}", "Content-Type": "application/json"}
    body = json.dumps(arguments).encode()
    if len(body) > MOST_BODY_BYTES:
        raise UserError(f"more than {MOST_BODY_BYTES >> 20} MB in one call: split it")
    # No proxy, no certificates, no .netrc: the call never leaves this machine.
    client = httpx.Client(base_url=page.url, timeout=silence_s, trust_env=False, verify=False)
    try:
        with client, client.stream("POST", f"/control/{operation}", content=body, headers=headers) as answer:
            yield from _results(answer)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise _broken(page, type(error).__name__) from error


def _results(answer: "Response") -> Iterator[dict[str, Any]]:
    for line in answer.iter_lines():
        if not line:
            continue
        told = json.loads(line)
        if not isinstance(told, dict) or not told.keys() & {"result", "error"}:
            raise ValueError("not an answer of this protocol")
        if "error" in told:
            raise _raised(told)
        yield told["result"]


def _raised(told: Mapping[str, Any]) -> UserError:
    kind = getattr(errors, str(told.get("type")), UserError)
    known = isinstance(kind, type) and issubclass(kind, UserError)
    return (kind if known else UserError)(str(told["error"]))


def _broken(page: Page, how: str) -> HomeBusy:
    return HomeBusy(f"the page at {page.url} owns the home but broke off ({how}): see its log, or restart it")
