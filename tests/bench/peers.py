"""Ours beside what one would take instead: same weights, same paragraphs, same questions, in one run.

    pip install '.[bench]'
    python -m tests.bench.peers SQUAD_FILE [--articles SQUAD_FILE] [--questions 60] [--repeats 5] [--timed 120]
        [--save FILE]

- ``ours``: every sentence's vector is made too, search is dense and lexical, answers quote sentences.
- ``tutorial``: LangChain's splitter, HuggingFaceEmbeddings and Chroma, as its tutorial has it.
- ``txtai``: its hybrid index with the same model.
- ``bm25s``: plain BM25, without a model.

Quality and memory are measured once, over all paragraphs, since they are the same each time. Then each repeat times
every system, one after another in turn, over the first ``--timed`` paragraphs: storing and searching. Each is in a
process of its own. Paragraphs are ranked by their best piece; hit@1 is whether the first piece shown (ours: the first
quotation) holds a gold answer. ``--save`` is written after each process, and a broken run goes on from there.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
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
Json = dict[str, Any]
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


def quality(search: Search, answer: Search, questions: QuestionSet) -> dict[str, float]:
    """How well the paragraphs are ranked, and what is shown first."""
    scores: list[tuple[float, float, float]] = []
    shown: list[int] = []
    for each in questions.questions:
        ranked = list(dict.fromkeys(context for context, _ in search(each.question)))
        pieces = [piece for _, piece in answer(each.question)][:1]
        shown += map(len, pieces)
        scores.append(
            (
                metrics.ndcg(ranked, each.relevant, DEPTH),
                metrics.recall(ranked, each.relevant, 1),
                float(metrics.hit(pieces, each.gold, 1)),
            )
        )
    ndcg, recall, hit = map(float, np.mean(scores, axis=0))
    characters = float(np.mean(shown)) if shown else 0.0
    return {"nDCG@10": ndcg, "R@1": recall, "hit@1": hit, "characters shown": characters}


def search_ms(search: Search, questions: QuestionSet) -> float:
    """The median of a search's milliseconds."""
    seconds = []
    search("warm")
    for each in questions.questions:
        began = time.perf_counter()
        search(each.question)
        seconds.append(time.perf_counter() - began)
    return 1000 * float(np.median(seconds))


def run_one(name: str, questions: QuestionSet, timed: int | None) -> dict[str, float]:
    """One system, measured in this process: times over the first ``timed`` paragraphs, or, of all, quality."""
    contexts = questions.contexts[:timed]
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        marks: list[float] = []
        search, answer = SYSTEMS[name](contexts, Path(folder), lambda: marks.append(time.perf_counter()))
        stored_s = time.perf_counter() - marks[0]
        if timed is None:
            found = quality(search, answer, questions)
            return found | {"memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
        return {
            "paragraphs a second": len(contexts) / stored_s,
            "search, ms": search_ms(search, questions),
        }


def steps(
    kept: Json, systems: Sequence[str], repeats: int, measure: Callable[[str, bool], dict[str, float]]
) -> Iterator[str]:
    """Measure what ``kept`` lacks, and add it there; yields after each what was measured.

    ``measure`` takes a system's name and whether it is to be timed.
    """
    for name in systems:
        if name not in kept["quality"]:
            kept["quality"][name] = measure(name, False)
            yield f"quality of {name}"
    for repeat in range(repeats):
        for name in systems:
            own = kept["runs"].setdefault(name, [])
            if len(own) <= repeat:
                own.append(measure(name, True))
                yield f"{name}, repeat {repeat + 1} of {repeats}"


def table(kept: Json) -> list[str]:
    """A Markdown row a system: medians, and of times the ratio to ours in a repeat with its spread."""
    quality, runs = kept["quality"], kept["runs"]
    columns = [*next(iter(quality.values())), *next(iter(runs.values()))[0]]
    rows = [f"| | {' | '.join(columns)} |", f"| --- |{' --- |' * len(columns)}"]
    for name, own in runs.items():
        cells = [f"{value:.3g}" for value in quality[name].values()]
        for what in own[0]:
            value = f"{np.median([each[what] for each in own]):.3g}"
            if name != "ours" and "ours" in runs:
                ratios = [each[what] / base[what] for each, base in zip(own, runs["ours"], strict=False)]
                value += f" (×{np.median(ratios):.2f}; {min(ratios):.2f} to {max(ratios):.2f})"
            cells.append(value)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def gone_on(save: Path | None, begun: Json) -> Json:
    """What an earlier call of the same run has saved, else ``begun``."""
    if save is None or not save.exists():
        return begun
    saved: Json = json.loads(save.read_text("utf-8"))
    if {**saved, "quality": {}, "runs": {}} != begun:
        sys.exit(f"{save} is of another run: name another file, or remove it")
    return saved


def main() -> None:
    """Run every system in turn, as often as asked, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--timed", type=int, default=120, help="paragraphs that are stored when timed")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--systems", nargs="+", default=list(SYSTEMS), choices=SYSTEMS)
    parser.add_argument("--save", type=Path, help="where the figures go as JSON")
    parser.add_argument("--one", nargs=2, metavar=("SYSTEM", "WHAT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    questions = thinned(read_set(given.file, given.articles), given.questions)
    if given.one:
        name, what = given.one
        print(json.dumps(run_one(name, questions, given.timed if what == "timed" else None)))
        return
    kept = gone_on(
        given.save,
        {
            "file": given.file.name,
            "digest": questions.digest,
            "asked": f"{len(questions.questions)} questions of {len(questions.contexts)} paragraphs",
            "timed": given.timed,
            "quality": {},
            "runs": {},
        },
    )
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.peers", *sys.argv[1:], "--one"]

    def measure(name: str, timed: bool) -> dict[str, float]:
        what = "timed" if timed else "quality"
        # The bars of libraries that load a model would bury the progress.
        quiet = {**os.environ, "TQDM_DISABLE": "1"}
        done = subprocess.run(
            [*command, name, what], stdout=subprocess.PIPE, text=True, check=True, env=quiet
        )
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found

    began = time.perf_counter()
    for done in steps(kept, given.systems, given.repeats, measure):
        print(f"{time.perf_counter() - began:5.0f} s  {done}", file=sys.stderr, flush=True)
        if given.save:
            given.save.write_text(json.dumps(kept, indent=1), "utf-8")
    print(f"{kept['file']} ({kept['digest']}), {kept['asked']}, {given.repeats} repeats in turn")
    print("\n".join(table(kept)))


if __name__ == "__main__":
    main()
