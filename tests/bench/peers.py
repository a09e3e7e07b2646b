"""Ours beside what one would take instead: same weights, same paragraphs, same questions, in one run.

    pip install '.[bench]'
    python -m tests.bench.peers SQUAD_FILE [--articles SQUAD_FILE] [--paragraphs N] [--questions 100] [--repeats 5]
        [--save FILE]

- ``ours``: every sentence's vector is made too, search is dense and lexical, answers quote sentences.
- ``tutorial``: LangChain's splitter, HuggingFaceEmbeddings and Chroma, as its tutorial has it.
- ``txtai``: its hybrid index with the same model.
- ``bm25s``: plain BM25, without a model.

Each repeat runs every system in a process of its own, one after another in turn. Paragraphs are ranked by their best
piece; hit@1 is whether the first piece shown (ours: the first quotation) holds a gold answer.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from qa import metrics
from qa.question_sets import QuestionSet, read_set, thinned
from qa.settings import read
from vectorstore import bundled

DEPTH = 10
PIECES = 30
Found = list[tuple[str, str]]
"""Pieces found, best first: the paragraph each is of, and what is shown of it."""
Search = Callable[[str], Found]
Loaded = Callable[[], None]
"""Called once libraries and model are loaded, before the first paragraph is stored: from then on it is timed."""


def ours(contexts: tuple[str, ...], folder: Path, loaded: Loaded) -> tuple[Search, Search]:
    """Search, and answer."""
    from qa.evaluate import _store
    from qa.operations import LocalOperations
    from qa.wiring import Parts

    parts = Parts(read({}, str(folder)))
    parts.embedder.query("warm")
    loaded()
    stored = _store(QuestionSet("", "", (), contexts), parts)
    try:
        while True:
            next(stored)
    except StopIteration as ended:
        texts = {article_id: text for text, article_id in ended.value.items()}
    operations = LocalOperations(parts)

    def search(question: str) -> Found:
        return [
            (texts[each["article_id"]], each["text"])
            for each in operations.search(question, k=PIECES)["hits"]
        ]

    def answer(question: str) -> Found:
        *_, told = operations.ask(question)
        return [(texts[each["article_id"]], each["quote"]) for each in told["citations"]]

    return search, answer


def tutorial(contexts: tuple[str, ...], folder: Path, loaded: Loaded) -> tuple[Search, Search]:
    """As https://docs.langchain.com/oss/python/langchain/rag has it, with the local model for the hosted one."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    embeddings = HuggingFaceEmbeddings(model_name=str(_model()))
    store = Chroma("bench", embedding_function=embeddings, persist_directory=str(folder))
    embeddings.embed_query("warm")
    loaded()
    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)
    store.add_documents(
        splitter.split_documents([Document(each, metadata={"of": each}) for each in contexts])
    )

    def search(question: str) -> Found:
        return [
            (each.metadata["of"], each.page_content) for each in store.similarity_search(question, k=PIECES)
        ]

    return search, search


def txtai(contexts: tuple[str, ...], folder: Path, loaded: Loaded) -> tuple[Search, Search]:
    """Its hybrid index: the model's vectors and its own BM25."""
    from txtai import Embeddings

    embeddings = Embeddings(path=str(_model()), hybrid=True, content=True)
    embeddings.transform("warm")
    loaded()
    embeddings.index(contexts)
    embeddings.save(str(folder / "index"))

    def search(question: str) -> Found:
        return [(each["text"], each["text"]) for each in embeddings.search(question, PIECES)]

    return search, search


def bm25(contexts: tuple[str, ...], folder: Path, loaded: Loaded) -> tuple[Search, Search]:
    """bm25s as its README has it."""
    import bm25s

    loaded()
    retriever = bm25s.BM25()
    retriever.index(bm25s.tokenize(list(contexts), show_progress=False), show_progress=False)
    retriever.save(str(folder / "index"))
    most = min(PIECES, len(contexts))

    def search(question: str) -> Found:
        tokens = bm25s.tokenize(question, show_progress=False)
        found, _ = retriever.retrieve(tokens, k=most, show_progress=False)
        return [(contexts[at], contexts[at]) for at in found[0]]

    return search, search


SYSTEMS: dict[str, Callable[[tuple[str, ...], Path, Loaded], tuple[Search, Search]]] = {
    "ours": ours,
    "tutorial": tutorial,
    "txtai": txtai,
    "bm25s": bm25,
}


def _model() -> Path:
    return bundled.unpack(read({}).cache)


def run_one(name: str, questions: QuestionSet) -> dict[str, float]:
    """One system, measured in this process."""
    scores: list[tuple[float, float, float]] = []
    seconds: list[float] = []
    shown: list[int] = []
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        marks: list[float] = []
        search, answer = SYSTEMS[name](
            questions.contexts, Path(folder), lambda: marks.append(time.perf_counter())
        )
        stored_s = time.perf_counter() - marks[0]
        search("warm")
        for each in questions.questions:
            began = time.perf_counter()
            found = search(each.question)
            seconds.append(time.perf_counter() - began)
            ranked = list(dict.fromkeys(context for context, _ in found))
            pieces = [piece for _, piece in answer(each.question)][:1]
            shown += map(len, pieces)
            scores.append(
                (
                    metrics.ndcg(ranked, each.relevant, DEPTH),
                    metrics.recall(ranked, each.relevant, 1),
                    float(metrics.hit(pieces, each.gold, 1)),
                )
            )
    ndcg, recall, hit = np.mean(scores, axis=0)
    return {
        "paragraphs a second": len(questions.contexts) / stored_s,
        "search, ms": 1000 * float(np.median(seconds)),
        "memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "nDCG@10": float(ndcg),
        "R@1": float(recall),
        "hit@1": float(hit),
        "characters shown": float(np.mean(shown)) if shown else 0.0,
    }


def table(runs: dict[str, list[dict[str, float]]]) -> list[str]:
    """A Markdown row a system: medians, and of times and memory the ratio to ours in a repeat with its spread."""
    first = next(iter(runs.values()))[0]
    rows = [f"| | {' | '.join(first)} |", f"| --- |{' --- |' * len(first)}"]
    for name, own in runs.items():
        cells = []
        for what in first:
            value = f"{np.median([each[what] for each in own]):.3g}"
            if name != "ours" and ("," in what or "second" in what):
                ratios = [each[what] / base[what] for each, base in zip(own, runs["ours"], strict=True)]
                value += f" (×{np.median(ratios):.2f}; {min(ratios):.2f} to {max(ratios):.2f})"
            cells.append(value)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def _of_first(questions: QuestionSet, paragraphs: int | None) -> QuestionSet:
    contexts = questions.contexts[:paragraphs]
    asked = tuple(each for each in questions.questions if each.relevant <= set(contexts))
    return replace(questions, contexts=contexts, questions=asked)


def main() -> None:
    """Run every system in turn, as often as asked, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--paragraphs", type=int, help="only so many, and only their questions")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--systems", nargs="+", default=list(SYSTEMS), choices=SYSTEMS)
    parser.add_argument("--save", type=Path, help="where the figures go as JSON")
    parser.add_argument("--one", choices=SYSTEMS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    questions = thinned(_of_first(read_set(given.file, given.articles), given.paragraphs), given.questions)
    if given.one:
        print(json.dumps(run_one(given.one, questions)))
        return
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in given.systems}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.peers", *sys.argv[1:], "--one"]
    for repeat in range(given.repeats):
        for name in given.systems:
            done = subprocess.run([*command, name], capture_output=True, text=True, check=True)
            runs[name].append(json.loads(done.stdout.splitlines()[-1]))
            print(repeat, name, done.stdout.splitlines()[-1], file=sys.stderr, flush=True)
    asked = f"{len(questions.questions)} questions of {len(questions.contexts)} paragraphs"
    print(f"{given.file.name} ({questions.digest}), {asked}, {given.repeats} repeats in turn")
    print("\n".join(table(runs)))
    if given.save:
        saved = {"file": given.file.name, "digest": questions.digest, "asked": asked, "runs": runs}
        given.save.write_text(json.dumps(saved, indent=1), "utf-8")


if __name__ == "__main__":
    main()
