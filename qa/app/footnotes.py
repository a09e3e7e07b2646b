"""An answer as plain text with its sources as footnotes, for whoever pastes it elsewhere."""

from collections.abc import Mapping
from typing import Any

from qa.app.dates import written
from qa.app.prose import unescaped
from qa.app.words import say

Json = Mapping[str, Any]


def footnoted(told: Json, language: str) -> list[str]:
    """The answer's lines with their [n] marks, an empty line, and a line a citation."""
    lines = unescaped(str(told["answer"])).strip().split("\n")
    notes = [_note(citation, language) for citation in told.get("citations") or ()]
    return [*lines, "", *notes] if notes else lines


def _note(citation: Json, language: str) -> str:
    facts = [
        citation.get("source") or say(language, "no_outlet"),
        citation.get("title") or say(language, "untitled"),
        written(citation.get("published"), language),
        citation.get("url"),
    ]
    quote = " ".join(citation["quote"].split())
    return f"[{citation['n']}] {', '.join(filter(None, facts))}: «{quote}»"
