"""Asks the questions of a set and scores the answers: changes when one should be asked or judged otherwise."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from ingest.chunking import chunk
from ingest.pipeline import Item
from qa import metrics
from qa.citations import bare
from qa.evaluation_report import Json, Outcome, report
from qa.question_sets import Asked, Expected, QuestionSet
from vectorstore.errors import UserError
from vectorstore.records import Article, digest
from vectorstore.text import language_of

if TYPE_CHECKING:
    from qa.operations import Operations
    from qa.wiring import Parts

DEPTH = 10
# Contexts mostly are one chunk; of longer ones the best chunk counts, so more hits than ranks are looked at.
HITS = 30
STORED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one file is: ``what`` is ``"storing"`` or ``"asking"``."""

    what: str
    done: int
    total: int


Stored = Generator[Progress, None, dict[str, str]]
"""Storing a set; returns the articles' ids by context or file name."""


def evaluate(
    questions: QuestionSet,
    parts: "Parts",
    operations: "Operations",
    as_of: str | None = None,
    *,
    withhold: bool = False,
) -> Iterator[Progress | Json]:
    """Store the set's articles in the home of ``parts``, ask every question of all of them, report.

    With ``withhold``, each is asked once more while the paragraphs that answer it are taken out, when it should be
    refused. The home must be empty, or hold these articles alone. Raises ``UserError``.
    """
    if withhold and questions.articles:
        raise UserError("paragraphs are withheld of sets in SQuAD's format alone: ask this one without it")
    began = perf_counter()
    ids = yield from _store_files(questions, parts) if questions.articles else _store(questions, parts)
    stored_s = perf_counter() - began
    outcomes: list[Outcome] = []
    total = len(questions.questions) + withhold * sum(not each.impossible for each in questions.questions)
    for asked in questions.questions:
        yield Progress("asking", len(outcomes), total)
        outcomes.append(_outcome(asked, operations, ids, as_of))
    for asked in _withheld(questions, parts, operations) if withhold else ():
        yield Progress("asking", len(outcomes), total)
        outcomes.append(_outcome(asked, operations, ids, as_of))
    articles, chunks = parts.library.count()
    yield {
        "file": questions.file,
        "digest": questions.digest,
        "articles": articles,
        "chunks": chunks,
        "embedding_model": f"{parts.embedder.name}@{parts.embedder.revision}",
        "storing_seconds": round(stored_s, 2),
        **report(outcomes),
    }


def _store(questions: QuestionSet, parts: "Parts") -> Stored:
    ids = {text: digest(text) for text in questions.contexts}
    _check_alone(parts, set(ids.values()))
    known = set(parts.library.article_ids())
    new = [text for text, article_id in ids.items() if article_id not in known]
    for at in range(0, len(new), STORED_AT_ONCE):
        yield Progress("storing", at, len(new))
        _put(new[at : at + STORED_AT_ONCE], parts)
    return ids


def _withheld(questions: QuestionSet, parts: "Parts", operations: "Operations") -> Iterator[Asked]:
    """Each question that has an answer, as one that has none: its paragraphs are out until the next is wanted."""
    by_answer: dict[frozenset[str], list[Asked]] = {}
    for asked in questions.questions:
        if not asked.impossible:
            by_answer.setdefault(asked.relevant, []).append(asked)
    for relevant, several in by_answer.items():
        operations.remove([digest(text) for text in sorted(relevant)])
        for asked in several:
            yield replace(asked, id=f"{asked.id} withheld", impossible=True, relevant=frozenset(), gold=())
        _put(sorted(relevant), parts)


def _put(contexts: Sequence[str], parts: "Parts") -> None:
    """Store each context as an article, word for word: cleaning is measured elsewhere."""
    now = datetime.now(UTC)
    for text in contexts:
        article = Article(digest(text), digest(text), "", text, language_of(text), "", now)
        parts.library.put(article, chunk(text, parts.embedder.count_tokens))
    parts.sync.repair()


def _store_files(questions: QuestionSet, parts: "Parts") -> Stored:
    ids: dict[str, str] = {}
    for done, each in enumerate(parts.pipeline.ingest([str(path) for path in questions.articles])):
        yield Progress("storing", done, len(questions.articles))
        if isinstance(each, Item) and each.article:
            ids[Path(each.input).name] = each.article.article_id
    _check_alone(parts, set(ids.values()))
    return ids


def _check_alone(parts: "Parts", ids: set[str]) -> None:
    if set(parts.library.article_ids()) - ids:
        raise UserError("that store holds other articles too: name an empty folder with --store")


def _outcome(asked: Asked, operations: "Operations", ids: Mapping[str, str], as_of: str | None) -> Outcome:
    began = perf_counter()
    answer: Json = {}
    history = list(asked.history) or None
    for answer in operations.ask(asked.question, as_of=asked.as_of or as_of, history=history):  # noqa: B007
        pass
    seconds = perf_counter() - began
    relevant = {ids[each] for each in asked.relevant if each in ids}
    scores: dict[str, float] = {}
    if not asked.impossible:
        hits = operations.search(answer["rewritten"] if history else asked.question, k=HITS)["hits"]
        scores = _retrieval([hit["article_id"] for hit in hits], relevant) | _answer(asked, answer, relevant)
    return Outcome(
        id=asked.id,
        question=asked.question,
        language=asked.language,
        kind=asked.kind,
        impossible=asked.impossible,
        abstained=answer["abstained"],
        confidence=answer.get("confidence"),
        scores=scores,
        faults=faults(asked, answer, relevant) if asked.expected else None,
        seconds=seconds,
    )


def _retrieval(found: Sequence[str], relevant: set[str]) -> dict[str, float]:
    ranked = list(dict.fromkeys(found))[:DEPTH]
    recalls = {f"recall@{k}": metrics.recall(ranked, relevant, k) for k in (1, 5, 10)}
    return recalls | {
        "mrr@10": metrics.reciprocal_rank(ranked, relevant, DEPTH),
        "ndcg@10": metrics.ndcg(ranked, relevant, DEPTH),
    }


def _answer(asked: Asked, answer: Json, relevant: set[str]) -> dict[str, float]:
    quotes = [each["quote"] for each in answer["citations"]]
    wanted = asked.gold or _any_of(asked.expected)
    scores = {f"hit@{k}": float(metrics.hit(quotes, wanted, k)) for k in (1, 3)}
    if asked.gold:
        words = bare(answer["answer"]) if answer["mode"] == "llm" else quotes[0] if quotes else ""
        scores["exact_match"] = float(metrics.exact_match(words, asked.gold))
        scores["f1"] = metrics.f1(words, asked.gold)
    if quotes:
        cited = [each["article_id"] for each in answer["citations"]]
        scores["citation_precision"] = metrics.citation_precision(cited, relevant)
        scores["mean_quote_chars"] = sum(map(len, quotes)) / len(quotes)
    return scores


def _any_of(expected: Expected | None) -> list[str]:
    return [each for group in expected.quotes_contain for each in group] if expected else []


def faults(asked: Asked, answer: Json, relevant: set[str]) -> tuple[str, ...]:
    """What is wrong with an answer, by what a question of our own format expects; ``relevant`` are article ids."""
    expected = asked.expected or Expected()
    found = [f"abstained is {answer['abstained']}"] if answer["abstained"] != asked.impossible else []
    if not asked.impossible and not answer["abstained"]:
        quotes = " | ".join(citation["quote"] for citation in answer["citations"])
        groups = expected.quotes_contain
        found += [
            f"lacks {' or '.join(group)}" for group in groups if not any(each in quotes for each in group)
        ]
        found += [f"quotes {each}" for each in expected.quotes_lack if each in quotes]
        found += [
            f"cites {each['title']}" for each in answer["citations"] if each["article_id"] not in relevant
        ]
    window = answer["window"] and {end: answer["window"][end] for end in ("from", "to")}
    if expected.checks_window and window != expected.window:
        found.append(f"window is {window}")
    return tuple(found)
