"""What the durability tests do to a home in a process that may be killed: each line of its log is a promise kept."""

import os
import sys
from pathlib import Path

import homes

import qa.operations
import vectorstore.vectors
from ingest.pipeline import Item

# Loaded once in the server that the workers are forked from, so that a kill comes in the middle of the work.
PRELOADED = [homes, qa.operations, vectorstore.vectors]
try:
    import chromadb  # noqa: F401
except ImportError:  # pragma: no cover
    sys.exit("chromadb is missing")


def work(folder: Path, articles: Path, what: str, log: Path) -> None:
    """Open the home and ingest, reindex or remove; every finished step is on the disk's log before the next."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with homes.opened(folder) as home:
        if what == "ingest":
            for each in home.pipeline.ingest([str(articles)]):
                if isinstance(each, Item) and each.article:
                    _promise(descriptor, f"{each.article.article_id} {each.article.version}")
        elif what == "reindex":
            for done in home.sync.reindex():
                _promise(descriptor, f"reindexed {done}")
        else:
            for article_id in home.library.article_ids()[::3]:
                home.pipeline.remove(article_id)
                _promise(descriptor, f"{article_id} removed")


def _promise(descriptor: int, line: str) -> None:
    os.write(descriptor, f"{line}\n".encode())
