"""Trains the adapter of queries, ``vectorstore/query_adapter.npy``, on the reader's training sets.

    python -m tests.quality.train_adapter DATA_FOLDER OUT.npy

The bundled embedding model puts texts of one language together: a question finds what is in its own language. A
linear map on the query's side alone (after the linear adapters of LlamaIndex) unlearns that, and stored vectors stay
as they are. It is trained by cross-entropy over all sentences of a set, and over all its passages, so that the ones
that answer lie nearest to the question. ``DATA_FOLDER`` holds XQuAD and ARCD; ``reading/articles_held_out.jsonl`` is
left out, and asked before and after: how often the answering passage is among the first one, four and sixteen of
all articles'.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize

from tests.quality.train_reader import Asked, Paragraph, Pool, pools_of, written
from tests.quality.tune_reader import READING, answering, articles_of
from vectorstore import bundled
from vectorstore.embedding import SentenceEmbeddings
from vectorstore.graph_encoder import open_folder

LONGEST_PASSAGE = 700
STEPS = 900
QUESTIONS_A_STEP = 192
RATE = 3e-3
SHARPNESS = 30.0
PASSAGES = 0.5
SHRINKAGE = 0.03
# XQuAD is parallel: the language that asks and the one that answers, with the share of each pair.
PAIRS = {
    ("ar", "ar"): 0.3,
    ("en", "ar"): 0.3,
    ("ar", "en"): 0.3,
    ("en", "en"): 0.2,
    ("es", "es"): 0.15,
    ("ru", "ru"): 0.15,
    ("es", "ar"): 0.1,
    ("ru", "en"): 0.1,
}
WRITTEN = {"articles": 3.0, "tuning": 1.0, "further": 1.0, "arcd": 0.5}
TOLD_AT = (1, 4, 16)


@dataclass(frozen=True, slots=True)
class Embedded:
    """Questions with the places of the sentence and the passage that answer, among all ``(number, 384)``."""

    questions: Tensor
    sentences: Tensor
    passages: Tensor
    sentence: Tensor
    passage: Tensor

    def loss(self, moved: Callable[[Tensor], Tensor], chosen: Tensor) -> Tensor:
        """How far the ``chosen`` questions, ``moved``, are from what answers them."""
        vectors = SHARPNESS * moved(self.questions[chosen])
        near = cross_entropy(vectors @ self.sentences.T, self.sentence[chosen])
        return near + PASSAGES * cross_entropy(vectors @ self.passages.T, self.passage[chosen])


Text = tuple[str, Paragraph, Sequence[Asked]]


def texts_of(pool: Pool) -> list[Text]:
    """A pool's paragraphs, untitled, each with the questions that it answers."""
    return [
        ("", each, [asked for asked in pool.asked.values() if asked.paragraph is each])
        for each in pool.paragraphs
    ]


def passages_of(paragraph: Paragraph) -> list[list[int]]:
    """Runs of its sentences, none longer than a passage."""
    runs: list[list[int]] = []
    for at, span in enumerate(paragraph.spans):
        if not runs or span[1] - paragraph.spans[runs[-1][0]][0] > LONGEST_PASSAGE:
            runs.append([])
        runs[-1].append(at)
    return runs


def embedded(texts: Iterable[Text], model: SentenceEmbeddings) -> Embedded:
    """All sentences, passages (under their title) and answered questions of ``texts``."""
    asked: list[str] = []
    sentences: list[str] = []
    passages: list[str] = []
    places: list[tuple[int, int]] = []
    for title, paragraph, questions in texts:
        runs = passages_of(paragraph)
        for each in questions:
            gold = answering(each)
            if gold is not None:
                asked.append(each.text)
                run = next(number for number, run in enumerate(runs) if gold in run)
                places.append((len(sentences) + gold, len(passages) + run))
        sentences += [paragraph.text[slice(*span)] for span in paragraph.spans]
        for run in runs:
            body = paragraph.text[paragraph.spans[run[0]][0] : paragraph.spans[run[-1]][1]]
            passages.append(f"{title}\n{body}" if title else body)
    gold_places = torch.tensor(places)
    return Embedded(
        torch.tensor(np.array([model.query(each) for each in asked])),
        torch.tensor(model.passages(sentences)),
        torch.tensor(model.passages(passages)),
        gold_places[:, 0],
        gold_places[:, 1],
    )


def found(held: Embedded, beside: Tensor, moved: Callable[[Tensor], Tensor]) -> dict[int, float]:
    """How often the passage that answers is among the first few of its set's and those ``beside`` them."""
    scores = moved(held.questions) @ torch.cat([held.passages, beside]).T
    before = (scores > scores.gather(1, held.passage[:, None])).sum(1)
    return {most: float((before < most).float().mean()) for most in TOLD_AT}


def main(folder: Path, out: Path) -> None:
    """Train and save."""
    torch.manual_seed(1)
    plain = open_folder(bundled.unpack(user_cache_path("isnad")), "", "", adapted=False)
    model = SentenceEmbeddings(plain)
    pools = pools_of(folder)
    titled, apart = (
        [(each.title, each.text, each.asked) for each in articles_of(READING / name)]
        for name in ("articles.jsonl", "articles_held_out.jsonl")
    )
    sets = {
        "articles": embedded(titled, model),
        "tuning": embedded(texts_of(pools["written"]), model),
        "further": embedded(texts_of(written(READING / "further.jsonl")), model),
        "arcd": embedded(texts_of(pools["arcd"]), model),
    }
    spoken_or_stored = {name for pair in PAIRS for name in pair}
    languages = {name: embedded(texts_of(pools[name]), model) for name in spoken_or_stored}
    weights = dict(WRITTEN)
    for (spoken, stored), weight in PAIRS.items():
        there = languages[stored]
        sets[spoken + stored] = Embedded(
            languages[spoken].questions, there.sentences, there.passages, there.sentence, there.passage
        )
        weights[spoken + stored] = weight
    held, beside = embedded(apart, model), sets["articles"].passages
    print("before:", found(held, beside, lambda vectors: vectors), flush=True)
    matrix = torch.zeros(384, 384, requires_grad=True)
    row = torch.zeros(384, requires_grad=True)

    def moved(vectors: Tensor) -> Tensor:
        return normalize(vectors + vectors @ matrix + row, dim=1)

    optimiser = torch.optim.Adam([matrix, row], lr=RATE)
    for step in range(STEPS):
        loss = SHRINKAGE * (matrix**2).sum()
        for name, weight in weights.items():
            chosen = torch.randint(len(sets[name].questions), (QUESTIONS_A_STEP,))
            loss = loss + weight / sum(WRITTEN.values()) * sets[name].loss(moved, chosen)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - step / STEPS)
        if step % 100 == 0:
            print(step, f"loss {float(loss.detach()):.3f}", flush=True)
    with torch.inference_mode():
        print("after:", found(held, beside, moved))
        np.save(out, torch.cat([matrix, row[None]]).half().numpy())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
