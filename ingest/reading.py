"""What reading an input comes to, step by step, before anything is stored."""

from dataclasses import dataclass

from ingest.inputs import Skipped
from ingest.prepared import Began, Prepared, Refused
from vectorstore.records import Visit


@dataclass(frozen=True, slots=True)
class Total:
    """How many articles there will be, as far as is known yet."""

    articles: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The page is as it was when the article was stored from it."""

    article_id: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article's turn. ``shown`` is what the user sees of it, ``visit`` to be remembered once it is stored."""

    shown: str
    article: Prepared | Refused | Unchanged
    visit: Visit | None = None


Step = Began | Skipped | Reading


def failed(shown: str, error: Exception) -> Reading:
    """An input that can't be read."""
    return Reading(shown, Refused("failed", str(error)))
