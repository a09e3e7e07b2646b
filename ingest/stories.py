"""One story in several outlets: which stored article a new one tells again, nearly word for word."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.retelling import same_story, telling
from vectorstore.fingerprints import fingerprints
from vectorstore.library import Library
from vectorstore.records import Article, Span

_CANDIDATES = 8  # articles with most fingerprints in common that are compared sentence by sentence


class Stories:
    """Links copies of one text by ``same_story_as``: each to the article of its story that was stored first.

    What a link costs depends on the articles that share whole phrases with the new one, not on how many are stored.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def put(self, article: Article, spans: Sequence[Span]) -> Article:
        """Store ``article``, linked; returns it so. What was linked to its earlier version is looked at again."""
        article = replace(article, same_story_as=self._first_of(article))
        followers = self._library.retellings(article.article_id)
        self._library.put(article, spans)
        for each in followers:
            if article.same_story_as or not same_story(telling(each), telling(article)):
                self._library.set_story(each.article_id, self._first_of(each))
        return article

    def _first_of(self, article: Article) -> str | None:
        """The id of the first article of the story that ``article`` tells; ``None`` where it is the first itself."""
        likely = self._library.sharing(fingerprints(article.text), _CANDIDATES + 1)
        others = [each for each in likely if each.article_id != article.article_id]
        told = telling(article) if others else None
        for other in others:
            if told and same_story(told, telling(other)):
                first = other.same_story_as or other.article_id
                return None if first == article.article_id else first
        return None
