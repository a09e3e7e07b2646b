"""Goes on with the training of the reader in ``qa/weights/`` on whole news articles (needs ``onnx``).

    torchrun --nproc-per-node 2 -m tests.quality.tune_reader DATA_FOLDER OUT_FOLDER [MINUTES]

The articles of ``reading/articles.jsonl`` were written by a language model for this, with invented names and facts,
in Arabic, French and English. A question's wrong runs are those of its own article that the embedding model finds
likest, cut as the reader sees them when it answers (``qa.reading``), now and then with the title before them, and
sometimes one of another article. Beside them stand questions of what ``train_reader`` trains on and of
``reading/further.jsonl``, so that nothing is forgotten. The lowest layers stay as they are.
``reading/articles_held_out.jsonl`` is left out, and asked before and after: how often the likeliest run of all its
article's holds the answer.

Each process reads its own questions, on one thread: two are faster than one on two cores.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.distributed as processes
from onnx import numpy_helper
from platformdirs import user_cache_path
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from qa.reading import LONGEST_READ, run_around
from tests.quality.train_reader import (
    OFTEN,
    Asked,
    Examples,
    Paragraph,
    Reader,
    Row,
    Rows,
    answer_odds,
    batch_loss,
    embed,
    logits_of,
    optimiser_of,
    pools_of,
    readable_of,
    save,
    written,
)
from tests.quality.train_reader import mine as mine_pool
from vectorstore import bundled
from vectorstore.records import Span

READING = Path(__file__).parent / "reading"
SHIPPED = Path(__file__).parents[2] / "qa" / "weights" / "reader.onnx"
MINUTES = 46
ARTICLE_QUESTIONS_A_STEP = 3
# Of the questions beside them.
WRITTEN, ARCD = 0.3, 0.3
WRONG_RUNS = 3
LIKEST = 7
# How often a wrong run is of another article.
STRANGE = 0.35
# How long a run is, in characters: mostly as long as when the reader answers.
LENGTHS = (170, 250, 250, 250, 320)
TITLED = 0.5
CHOICE = 0.8
FROZEN_LAYERS = 4
RATE = 4e-5
WARM_UP = 40
TOLD_EVERY = 10


@dataclass(slots=True)
class Article:
    """A title, its text, and what is asked of it, likest sentences first for each question.

    ``strange`` are, for each question, the likest sentences of all others: the article and the sentence.
    """

    title: str
    text: Paragraph
    asked: list[Asked]
    likest: list[list[int]] = field(default_factory=list)
    strange: list[list[tuple["Article", int]]] = field(default_factory=list)


def articles_of(path: Path) -> list[Article]:
    """Articles a line, as ``written`` reads them, with a ``title``."""
    pool = written(path)
    titles = [json.loads(line)["title"] for line in path.read_text("utf-8").splitlines()]
    every = [*pool.asked.values(), *pool.unanswered]
    return [
        Article(title, text, [each for each in every if each.paragraph is text])
        for title, text in zip(titles, pool.paragraphs, strict=True)
    ]


def mine(articles: Sequence[Article], model: nn.Module, tokenizer: Tokenizer) -> None:
    """Put each article's sentences in order of likeness, for each of its questions, and find those of others."""
    places = [(each, at) for each in articles for at in range(len(each.text.spans))]
    told = [each.text.text[slice(*each.text.spans[at])] for each, at in places]
    sentences = embed(model, tokenizer, [f"passage: {each}" for each in told])
    questions = embed(model, tokenizer, [f"query: {asked.text}" for each in articles for asked in each.asked])
    begins = 0
    for each in articles:
        ends = begins + len(each.text.spans)
        vectors, questions = np.split(questions, [len(each.asked)])
        for likeness in vectors @ sentences.T:
            each.likest.append([int(at) for at in np.argsort(-likeness[begins:ends])])
            likeness[begins:ends] = -1
            each.strange.append([places[at] for at in np.argsort(-likeness)[:LIKEST]])
        begins = ends


def around(text: Paragraph, at: int, longest: int) -> tuple[int, int]:
    """The first and last sentence of the run around sentence ``at``, as read when a question is answered."""
    return run_around([Span(*each) for each in text.spans], at, longest)


def answering(asked: Asked) -> int | None:
    """The sentence in which the answer begins."""
    if asked.answer is None:
        return None
    spans = asked.paragraph.spans
    return next((at for at, span in enumerate(spans) if span[1] > asked.answer[0]), len(spans) - 1)


@dataclass(slots=True)
class ArticleExamples:
    """Questions of articles without end, each as its rows: the right run first, where there is one."""

    articles: list[Article]
    examples: Examples
    chance: random.Random

    def __iter__(self) -> Iterator[Rows]:
        """Rows of one question after another; each question once, then all again."""
        every = [(each, at) for each in self.articles for at in range(len(each.asked))]
        while True:
            self.chance.shuffle(every)
            for article, at in every:
                if len(made := self._rows(article, at)) >= WRONG_RUNS:
                    yield made

    def _rows(self, article: Article, number: int) -> Rows:
        asked = article.asked[number]
        titled = self.chance.random() < TITLED
        right, made = answering(asked), []
        if right is not None:
            run = around(article.text, right, self.chance.choice(LENGTHS))
            row = self._row(asked, article, titled, run, asked.answer)
            if row is None:
                return []
            made.append(row)
        if self.chance.random() < STRANGE:
            other, at = self.chance.choice(article.strange[number])
            run = around(other.text, at, self.chance.choice(LENGTHS))
            made.append(self._row(asked, other, titled, run, None))
        near = list(article.likest[number][:LIKEST])
        self.chance.shuffle(near)
        seen = set()
        for at in near:
            run = around(article.text, at, self.chance.choice(LENGTHS[:3]))
            if right is not None and run[0] <= right <= run[1]:
                run = at, at
            if at != right and run not in seen:
                seen.add(run)
                made.append(self._row(asked, article, titled, run, None))
        return [each for each in made if each][: WRONG_RUNS + (right is not None)]

    def _row(
        self, asked: Asked, of: Article, titled: bool, run: tuple[int, int], answer: tuple[int, int] | None
    ) -> Row | None:
        spans, text = of.text.spans, of.text.text
        lead = f"{of.title}\n" if titled else ""
        before = spans[run[0]][0] - len(lead)
        moved = (answer[0] - before, answer[1] - before) if answer else None
        return self.examples.row(asked.text, lead + text[spans[run[0]][0] : spans[run[1]][1]], moved)


def shipped(path: Path) -> dict[str, Tensor]:
    """The tensors that ``export_reader`` put into a graph, by the names that ``Reader`` gives them."""
    graph = onnx.load(path).graph
    known = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            known[node.output[0]] = known[node.input[0]].astype(np.float32) * known[node.input[1]]

    def inputs(operation: str) -> list[list[np.ndarray | None]]:
        return [[known.get(each) for each in node.input] for node in graph.node if node.op_type == operation]

    attention, products, wide = inputs("Attention"), inputs("MatMul"), inputs("BiasGelu")
    norms = inputs("SkipLayerNormalization")
    kept = {"head.weight": products[-1][1].T, "head.bias": inputs("Add")[-1][1]}
    for number, (_, weight, bias, _) in enumerate(attention):
        layer = f"encoder.encoder.layer.{number}"
        for name, columns, part in zip(
            ("query", "key", "value"), np.split(weight, 3, 1), np.split(bias, 3), strict=True
        ):
            kept[f"{layer}.attention.self.{name}.weight"] = columns.T
            kept[f"{layer}.attention.self.{name}.bias"] = part
        kept[f"{layer}.intermediate.dense.weight"] = products[3 * number + 1][1].T
        kept[f"{layer}.intermediate.dense.bias"] = wide[number][1]
        for at, name in enumerate(("attention.output", "output")):
            *_, scale, shift, bias = norms[2 * number + at]
            kept[f"{layer}.{name}.dense.weight"] = products[3 * number + 2 * at][1].T
            kept[f"{layer}.{name}.dense.bias"] = bias
            kept[f"{layer}.{name}.LayerNorm.weight"] = scale
            kept[f"{layer}.{name}.LayerNorm.bias"] = shift
    return {name: torch.tensor(np.ascontiguousarray(each)) for name, each in kept.items()}


def first_right(reader: Reader, articles: Sequence[Article], examples: Examples) -> float:
    """The share of the answered questions whose likeliest run of their article's is one with the answer."""
    right = []
    reader.eval()
    for article in articles:
        spans = article.text.spans
        runs = sorted({around(article.text, at, LONGEST_READ) for at in range(len(spans))})
        for asked in article.asked:
            gold = answering(asked)
            if gold is None:
                continue
            told = [article.text.text[spans[first][0] : spans[last][1]] for first, last in runs]
            rows = [examples.row(asked.text, each, None) for each in told]
            with torch.inference_mode():
                logits = logits_of(reader, rows)
            first, last = runs[int(answer_odds(logits, readable_of(rows)).argmax())]
            right.append(first <= gold <= last)
    reader.train()
    return float(np.mean(right))


def shared(tuned: Sequence[nn.Parameter]) -> None:
    """Every process's mean gradients."""
    if not processes.is_initialized():
        return
    flat = torch.cat([each.grad.flatten() for each in tuned])
    processes.all_reduce(flat)
    parts = (flat / processes.get_world_size()).split([each.numel() for each in tuned])
    for each, part in zip(tuned, parts, strict=True):
        each.grad.copy_(part.view_as(each))


def furthest(done: float) -> float:
    """The share of the time that is over, the same to all processes."""
    told = torch.tensor([done])
    if processes.is_initialized():
        processes.all_reduce(told, processes.ReduceOp.MAX)
    return float(told)


def mixed(articles: ArticleExamples, beside: Sequence[Examples]) -> Iterator[list[Rows]]:
    """Batches without end: questions of articles, and one of each set ``beside`` them; not all unanswered."""
    own, others = iter(articles), [iter(each) for each in beside]
    while True:
        batch = [*(next(own) for _ in range(ARTICLE_QUESTIONS_A_STEP)), *map(next, others)]
        if any(made[0].first for made in batch):
            yield batch


def main(folder: Path, out: Path, minutes: float) -> None:
    """Go on with the training for ``minutes``, and save."""
    rank = int(os.environ.get("RANK", "0"))
    if "RANK" in os.environ:
        processes.init_process_group("gloo")
        torch.set_num_threads(1)
    torch.manual_seed(3)
    weights = bundled.unpack(user_cache_path("isnad"))
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    encoder = AutoModel.from_pretrained(weights, attn_implementation="eager", add_pooling_layer=False).eval()
    pools, articles = pools_of(folder), articles_of(READING / "articles.jsonl")
    further = {**pools, "written": written(READING / "further.jsonl")}
    for pool in (*(pools[name] for name in (*OFTEN, "arcd", "written")), further["written"]):
        mine_pool(pool, encoder, tokenizer)
    mine(articles, encoder, tokenizer)
    reader = Reader(encoder)
    reader.load_state_dict(shipped(SHIPPED), strict=False)
    # To draw what is dropped out takes a third of a step.
    for each in reader.modules():
        if isinstance(each, nn.Dropout):
            each.p = 0.0
    for layer in encoder.encoder.layer[:FROZEN_LAYERS]:
        layer.requires_grad_(False)
    tuned = [each for each in reader.parameters() if each.requires_grad]
    optimiser = optimiser_of(tuned, RATE)
    chance = random.Random(5 + rank)
    beside = [Examples(each, tokenizer, chance, WRITTEN, ARCD) for each in (pools, further)]
    held_out = articles_of(READING / "articles_held_out.jsonl")
    if not rank:
        print("first right before:", first_right(reader, held_out, beside[0]), flush=True)
    source = mixed(ArticleExamples(articles, beside[0], chance), beside)
    began, step, told = time.perf_counter(), 0, []
    while (done := furthest((time.perf_counter() - began) / 60 / minutes)) < 1:
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(step / WARM_UP, max(0.03, 1 - done))
        loss, first, none = batch_loss(reader, next(source), CHOICE)
        optimiser.zero_grad()
        loss.backward()
        shared(tuned)
        nn.utils.clip_grad_norm_(tuned, 1.0)
        optimiser.step()
        told.append((float(loss.detach()), first, none))
        if not rank and step % TOLD_EVERY == 0:
            means = "loss {:.3f} first {:.3f} none {:.3f}".format(*np.mean(told[-100:], 0))
            print(step, means, f"{done:.0%}", flush=True)
    if not rank:
        save(reader, out / "reader.safetensors")
        print("first right after:", first_right(reader, held_out, beside[0]), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if len(sys.argv) > 3 else MINUTES)
