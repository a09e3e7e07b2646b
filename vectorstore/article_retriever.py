"""The search as a LangChain retriever. Apart from it, since LangChain's base class is slow to import."""

from functools import partial
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import run_in_executor
from pydantic import ConfigDict

from vectorstore.neighbours import with_neighbours
from vectorstore.records import Chunk, Days, Hit, Scope
from vectorstore.retriever import Search


class ArticleRetriever(BaseRetriever):
    """The same search as a LangChain retriever, for anyone's chain.

    What is found is restricted to a window of days, a source and a language; each of these, and ``k``, may also be
    given with a call: ``retriever.invoke(query, k=3, source="The Post")``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    window: Days | None = None
    source: str | None = None
    language: str | None = None
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun, **given: Any
    ) -> list[Document]:
        return self._documents(query, **given)

    async def _aget_relevant_documents(
        self, query: str, *, run_manager: AsyncCallbackManagerForRetrieverRun, **given: Any
    ) -> list[Document]:
        # In a thread: SQLite and the embedding model would hold up whatever else the loop does.
        return await run_in_executor(None, partial(self._documents, query, **given))

    def _documents(self, query: str, **given: Any) -> list[Document]:
        unknown = set(given) - {"window", "source", "language", "k"}
        if unknown:
            raise TypeError(
                f"a search takes window, source, language and k, not {', '.join(sorted(unknown))}"
            )
        scope = Scope(
            window=given.get("window", self.window),
            source=given.get("source", self.source),
            language=given.get("language", self.language),
        )
        return [document(hit) for hit in self.search.find(query, given.get("k", self.k), scope)]


def document(hit: Hit) -> Document:
    """A hit as LangChain's document; ``context`` is its text with the sentences before that it needs."""
    chunk: Chunk = hit.chunk
    article = chunk.article
    context = with_neighbours(article, chunk.start, chunk.end)
    return Document(
        page_content=chunk.text,
        id=chunk.chunk_id,
        metadata={
            "article_id": article.article_id,
            "version": article.version,
            "title": article.title,
            "source": article.source,
            "url": article.url,
            "published": article.published.isoformat() if article.published else None,
            "start": chunk.start,
            "end": chunk.end,
            "context": article.text[context.start : context.end],
            "score": hit.score,
        },
    )
