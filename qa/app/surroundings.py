"""The words of an article around a quotation, for its card."""

from functools import lru_cache
from typing import Any

from qa.operations import Operations
from vectorstore.errors import UserError

Json = dict[str, Any]

MOST_CHARACTERS = 110
_ARTICLES_KEPT = 256


class Surroundings:
    """Finds the words before and after a quotation in its paragraph, cut between words."""

    def __init__(self, operations: Operations) -> None:
        self._operations = operations
        # A version's text never changes, so it can be kept.
        self._text = lru_cache(_ARTICLES_KEPT)(self._read)

    def __call__(self, passage: Json) -> tuple[str, str]:
        """The words before and those after; both empty where the article is gone."""
        try:
            text = self._text(passage["article_id"], passage["version"])
        except UserError:
            return "", ""
        return _before(text[: passage["start"]]), _after(text[passage["end"] :])

    def _read(self, article_id: str, version: str) -> str:
        text: str = self._operations.show(article_id, version=version)["text"]
        return text


def _before(text: str) -> str:
    line = text.rpartition("\n")[2]
    if len(line) <= MOST_CHARACTERS:
        return line.lstrip()
    return "…" + line[-MOST_CHARACTERS:].partition(" ")[2]


def _after(text: str) -> str:
    line = text.partition("\n")[0]
    if len(line) <= MOST_CHARACTERS:
        return line.rstrip()
    return line[:MOST_CHARACTERS].rpartition(" ")[0] + "…"
