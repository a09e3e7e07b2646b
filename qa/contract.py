"""The JSON that the commands, the page and the API share: one function a type."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.answer import Answer, Citation, Passage, Sentence, Window
from vectorstore.neighbours import with_neighbours
from vectorstore.passages import best_event
from vectorstore.records import Appearance, Article, Days, Hit, Span

if TYPE_CHECKING:
    from ingest.pipeline import Item
    from qa.verify import Report

Json = dict[str, Any]


def answer_json(answer: Answer) -> Json:
    """What ``ask`` prints."""
    return {
        "question": answer.question,
        "rewritten": answer.rewritten,
        "language": answer.language,
        "mode": answer.mode,
        "answer": answer.text,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": None if answer.confidence is None else round(answer.confidence, 4),
        "notice": answer.notice,
        "window": window_json(answer.window),
        "people": [{"asked": each.asked, "matched": list(each.matched)} for each in answer.people],
        "citations": [_citation(each) for each in answer.citations],
        "sentences": [_sentence(each) for each in answer.sentences],
        "nearest": [passage_json(each) for each in answer.nearest],
        "undated": [passage_json(each) for each in answer.undated],
        "articles_considered": answer.articles_considered,
        "model": answer.model,
        "timings_ms": answer.timings_ms,
    }


def passage_json(passage: Passage) -> Json:
    """A passage of ``nearest`` or ``undated``: a citation's fields without number and support."""
    article = passage.article
    return {
        "article_id": article.article_id,
        "version": article.version,
        "chunk_id": passage.chunk.chunk_id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": _iso(article.published),
        "event": days_json(passage.event),
        "quote": passage.quote,
        "start": passage.start,
        "end": passage.end,
        "highlight": _highlight(passage),
        "also_in": [
            *(_also_in(article.article_id, each) for each in article.elsewhere),
            *(_also_in(each.article_id, each) for each in passage.retold),
        ],
    }


def hit_json(hit: Hit, rank: int, window: Days | None) -> Json:
    """A hit of ``search``; ``rank`` counts from 1.

    ``context`` is its text in whole sentences, with those before that it needs to be understood.
    """
    chunk, article = hit.chunk, hit.chunk.article
    context = with_neighbours(article, chunk.start, chunk.end)
    return {
        "rank": rank,
        "score": round(hit.score, 4),
        "article_id": article.article_id,
        "version": article.version,
        "chunk_id": chunk.chunk_id,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": _iso(article.published),
        "event": days_json(best_event(chunk.events, window)),
        "start": chunk.start,
        "end": chunk.end,
        "text": chunk.text,
        "found_by": list(hit.found_by),
        "context": {
            "start": context.start,
            "end": context.end,
            "text": article.text[context.start : context.end],
        },
    }


def item_json(item: "Item") -> Json:
    """A line of ``ingest``."""
    article = item.article
    return {
        "input": item.input,
        "status": item.status,
        "article_id": article.article_id if article else None,
        "version": article.version if article else None,
        "title": article.title if article else None,
        "language": article.language if article else None,
        "published": _iso(article.published) if article else None,
        "published_from": article.published_from if article else None,
        "source": article.source if article else None,
        "url": article.url if article else None,
        "chunks": item.chunks,
        "removed_lines": len(article.removed) if article else 0,
        "same_story_as": article.same_story_as if article else None,
        "reason": item.reason,
    }


def article_json(article: Article, versions: list[tuple[str, str]]) -> Json:
    """An article as ``articles`` and ``set`` print it."""
    return {
        "article_id": article.article_id,
        "version": article.version,
        "versions": [{"version": version, "ingested_at": at} for version, at in versions],
        "title": article.title,
        "language": article.language,
        "published": _iso(article.published),
        "published_from": article.published_from,
        "published_note": article.published_note,
        "source": article.source,
        "url": article.url,
        "author": article.author,
        "ingested_at": article.ingested_at.isoformat(timespec="seconds"),
        "same_story_as": article.same_story_as,
        "appearances": [
            {"source": each.source, "url": each.url, "published": _iso(each.published)}
            for each in article.appearances
        ],
    }


def show_json(article: Article, versions: list[tuple[str, str]], chunks: list[tuple[str, Span]]) -> Json:
    """What ``show`` prints."""
    return article_json(article, versions) | {
        "text": article.text,
        "removed": [{"line": each.line, "why": each.why} for each in article.removed],
        "chunks": [{"chunk_id": name, "start": span.start, "end": span.end} for name, span in chunks],
    }


def report_json(report: "Report") -> Json:
    """What ``verify`` prints."""
    return {
        "citations": [
            {"n": each.number, "valid": each.valid, "current": each.current, "support": each.support}
            for each in report.citations
        ],
        "sentences": [_sentence(each) for each in report.sentences],
        "ok": report.ok,
    }


def chat_json(reports: Sequence[Json]) -> Json:
    """What ``verify`` gives of a chat: as of one answer, and the report of each."""
    return {
        "citations": [each for report in reports for each in report["citations"]],
        "sentences": [each for report in reports for each in report["sentences"]],
        "ok": all(report["ok"] for report in reports),
        "answers": list(reports),
    }


def window_json(window: Window | None) -> Json | None:
    """A window; an open end is null."""
    if window is None:
        return None
    return {**_ends(window.days), "understood_from": window.understood_from}


def days_json(days: Days | None) -> Json | None:
    """An event's days; an open end is null."""
    return _ends(days) if days else None


def _ends(days: Days) -> Json:
    return {
        "from": None if days.first == date.min else days.first.isoformat(),
        "to": None if days.last == date.max else days.last.isoformat(),
    }


def _citation(citation: Citation) -> Json:
    passage = passage_json(citation.passage)
    also_in = passage.pop("also_in")
    return {"n": citation.number, **passage, "support": citation.support, "also_in": also_in}


def _sentence(sentence: Sentence) -> Json:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "cites": list(sentence.cites),
        "support": sentence.support,
        "missing": list(sentence.missing),
    }


def _highlight(passage: Passage) -> Json | None:
    """Where in the quote the words stand that answer."""
    if passage.highlight is None:
        return None
    return {"start": passage.highlight.start - passage.start, "end": passage.highlight.end - passage.start}


def _also_in(article_id: str, appearance: Appearance | Article) -> Json:
    return {
        "article_id": article_id,
        "source": appearance.source,
        "url": appearance.url,
        "published": _iso(appearance.published),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
