"""Articles and tokens a second against the pipeline most tutorials build: ``python -m tests.bench.ingest``.

The other side is RecursiveCharacterTextSplitter, HuggingFaceEmbeddings with the same weights, Chroma.from_documents
(``pip install '.[bench]'``). It cleans, dates and checks nothing, and embeds passages alone; ours embeds each
sentence too, so rates are given by tokens embedded and by articles. The sides take turns in one process; the rates
are medians, and the ratios are medians of the turns', by the clock and by processor time, which says more on a busy
machine. Our readers' process is there when the clock starts; its processor time counts whole.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import platformdirs
import typer
from numpy.typing import NDArray

from ingest.page import Document
from qa.settings import Settings
from qa.wiring import Parts
from tests.bench.size import articles as made_up
from vectorstore import bundled, graph_encoder, pretrained
from vectorstore.embedding import SentenceEmbeddings
from vectorstore.encoder import Precision

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
    processor_seconds: float
    tokens: int


def processor_time() -> float:
    """Of this process, and of its children that have ended, in seconds."""
    return sum(os.times()[:4])


def ours(files: Path, home: Path, embedder: Counting) -> Turn:
    """The product's own way, readers' process and all."""
    parts = Parts(Settings(home=home, cache=platformdirs.user_cache_path("isnad")))
    parts.embedder = embedder
    used, tokens = processor_time(), embedder.tokens
    list(parts.sandbox.articles(Document(b"A word.", "first.txt", "first.txt")))
    began = perf_counter()
    stored = sum(getattr(each, "status", "") == "added" for each in parts.pipeline.ingest([str(files)]))
    took = perf_counter() - began
    parts.close()
    if stored != len(list(files.iterdir())):
        raise RuntimeError(f"only {stored} articles were stored")
    return Turn(took, processor_time() - used, embedder.tokens - tokens)


def plain(files: Path, home: Path, embeddings: object, count: Callable[[Sequence[str]], list[int]]) -> Turn:
    """The tutorials' way."""
    from langchain_chroma import Chroma
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    used, began = processor_time(), perf_counter()
    whole = [Document(path.read_text("utf-8"), metadata={"source": path.name}) for path in files.iterdir()]
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHARACTERS_A_PASSAGE, chunk_overlap=100)
    passages = splitter.split_documents(whole)
    Chroma.from_documents(passages, embeddings, persist_directory=str(home))
    took = perf_counter() - began
    return Turn(took, processor_time() - used, sum(count([each.page_content for each in passages])))


def main(
    precision: Annotated[
        Precision | None, typer.Option(help="of ours; by default the processor's best")
    ] = None,
    articles: int = 40,
    turns: int = 5,
) -> None:
    """Print both sides' rates."""
    from langchain_huggingface import HuggingFaceEmbeddings

    folder = bundled.unpack(platformdirs.user_cache_path("isnad"))
    embedder = Counting(graph_encoder.open_folder(folder, pretrained.DEFAULT, bundled.REVISION, precision))
    embeddings = HuggingFaceEmbeddings(
        model_name=str(folder),
        encode_kwargs={"prompt": "passage: "},
        query_encode_kwargs={"prompt": "query: "},
    )
    taken: list[tuple[Turn, Turn]] = []
    with TemporaryDirectory() as place:
        files = Path(place, "articles")
        write(files, articles)
        for number in range(turns + 1):
            own = ours(files, Path(place, f"ours-{number}"), embedder)
            other = plain(files, Path(place, f"plain-{number}"), embeddings, embedder.count_tokens)
            if number:  # The first turn pays for imports.
                taken.append((own, other))
    tell(taken, articles, embedder.precision)


def write(files: Path, count: int) -> None:
    """Made-up articles, a text file each."""
    files.mkdir()
    for number, (article, _) in enumerate(islice(made_up(0), count)):
        (files / f"{number}.txt").write_text(f"{article.title}\n\n{article.text}", "utf-8")


def tell(turns: Sequence[tuple[Turn, Turn]], articles: int, precision: Precision) -> None:
    """Print what the turns, of ours and of the plain pipeline, come to."""
    for name, made in zip(("ours", "plain"), zip(*turns, strict=True), strict=True):
        print(
            f"{name}: {median(each.tokens / each.seconds for each in made):.0f} tokens a second, "
            f"{median(each.tokens / each.processor_seconds for each in made):.0f} a processor second, "
            f"{median(articles / each.seconds for each in made):.2f} articles a second, {made[0].tokens} tokens"
        )
    by_token = [a.tokens / b.tokens * b.seconds / a.seconds for a, b in turns]
    by_processor = median(a.tokens / b.tokens * b.processor_seconds / a.processor_seconds for a, b in turns)
    print(
        f"ours / plain, {precision}, {articles} articles, n = {len(turns)}: by tokens {median(by_token):.2f} "
        f"({min(by_token):.2f} to {max(by_token):.2f}), by tokens and processor time {by_processor:.2f}, "
        f"by articles {median(b.seconds / a.seconds for a, b in turns):.2f}"
    )


if __name__ == "__main__":
    typer.run(main)
