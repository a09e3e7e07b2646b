"""Trains the reader in ``qa/weights/`` on the tuning parts of the public question sets.

    python -m tests.quality.train_reader DATA_FOLDER OUT_FOLDER STEPS SECONDS

The bundled embedding model is tuned by low-rank changes (LoRA, Hu et al. 2021) to read a question beside a few
sentences, and to say where in them the answer begins and ends, or at the first token that it isn't there (as in
SQuAD 2.0, Devlin et al. 2019). Each step shows a few questions, each with the run of sentences that answers and the
runs that the embedding model finds likest among those that don't; question and sentences are in any two languages
of XQuAD. Part of the loss asks that the right run come first among its question's.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, linear
from transformers import AutoModel

from vectorstore import bundled
from vectorstore.text import sentences

RANK = 32
LAYERS = 8
TUNED = ("query", "key", "value", "dense")
TUNING_ARTICLES = 40
QUESTIONS_A_STEP = 6
WRONG_RUNS = 2
HARDEST = 14
LONGEST_RUN = 3
MOST_TOKENS = 160
RATE = 8e-4
WARM_UP = 40
# Readers of this product write Arabic, English and French; the other languages teach what all share.
OFTEN = ("ar", "en")
PASSAGES_OFTEN = 0.6
SAME_LANGUAGE = 0.4
ARCD = 0.3


@dataclass(slots=True)
class Paragraph:
    """A text with its sentences' places, and their vectors once made."""

    text: str
    spans: list[tuple[int, int]]
    vectors: np.ndarray | None = None


@dataclass(slots=True)
class Asked:
    """A question of one language's file."""

    text: str
    paragraph: Paragraph
    answer: str
    start: int
    vector: np.ndarray | None = None


@dataclass(slots=True)
class Pool:
    """One file's tuning part."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    matrix: np.ndarray | None = None
    owners: list[tuple[int, int]] = field(default_factory=list)


def pool(path: Path, skip: frozenset[str]) -> Pool:
    """The tuning part of a SQuAD-style file."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    read = Pool()
    for article in data[:TUNING_ARTICLES] if path.stem.startswith("xquad") else data:
        for each in article["paragraphs"]:
            text = each["context"]
            if text in skip:
                continue
            paragraph = Paragraph(text, [(span.start, span.end) for span in sentences(text)])
            read.paragraphs.append(paragraph)
            for asked in each["qas"]:
                answer = asked["answers"][0]
                start = answer["answer_start"]
                if text[start : start + len(answer["text"])] != answer["text"]:
                    start = text.find(answer["text"])
                if start >= 0:
                    read.asked[asked["id"]] = Asked(asked["question"], paragraph, answer["text"], start)
    return read


def embed(model: nn.Module, tokenizer: Tokenizer, texts: list[str]) -> np.ndarray:
    """Unit vectors, ``(len(texts), dimension)``."""
    rows = [tokenizer.encode(text).ids[:256] for text in texts]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    vectors = np.zeros((len(texts), 384), np.float32)
    for at in range(0, len(order), 48):
        chosen = order[at : at + 48]
        ids, mask = padded([rows[each] for each in chosen])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[chosen] = nn.functional.normalize(mean, dim=1).numpy()
    return vectors


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask, ``(len(rows), longest)``."""
    longest = max(len(row) for row in rows)
    ids = torch.tensor([row + [1] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


class LowRank(nn.Module):
    """A frozen linear layer with a trained low-rank change."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) / base.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, hidden: Tensor) -> Tensor:
        """The layer's output with the change."""
        return self.base(hidden) + linear(linear(hidden, self.down), self.up)


class Reader(nn.Module):
    """The tuned encoder with a head that says where an answer starts and ends."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.encoder.layer = self.encoder.encoder.layer[:LAYERS]
        self.encoder.requires_grad_(False)
        for layer in self.encoder.encoder.layer:
            for module in list(layer.modules()):
                for name, child in list(module.named_children()):
                    if name in TUNED and isinstance(child, nn.Linear):
                        setattr(module, name, LowRank(child))
        self.head = nn.Linear(384, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Start and end logits, ``(rows, tokens, 2)``."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(hidden.float())


def run_around(paragraph: Paragraph, at: int, chance: random.Random) -> tuple[int, int]:
    """A run of sentences that holds sentence ``at``, as places in the paragraph."""
    size = chance.randint(1, LONGEST_RUN)
    first = max(0, at - chance.randint(0, size - 1))
    last = min(len(paragraph.spans) - 1, first + size - 1)
    return paragraph.spans[first][0], paragraph.spans[max(last, at)][1]


@dataclass(slots=True)
class Row:
    """A question beside a run of sentences: token ids, and the answer's first and last token or 0, 0."""

    ids: list[int]
    first: int
    last: int
    readable: list[bool]


def row(tokenizer: Tokenizer, question: str, run: str, answer: tuple[int, int] | None) -> Row | None:
    """One row; none where the answer would be cut off."""
    asked = tokenizer.encode("query: " + question).ids[:64]
    coded = tokenizer.encode("passage: " + run)
    ids, offsets = coded.ids[1:], coded.offsets[1:]
    if len(ids) > MOST_TOKENS:
        ids, offsets = [*ids[: MOST_TOKENS - 1], ids[-1]], [*offsets[: MOST_TOKENS - 1], (0, 0)]
    lead = len("passage: ")
    readable = [False] * len(asked) + [end > lead for _, end in offsets]
    first = last = 0
    if answer:
        inside = [
            len(asked) + at
            for at, (start, end) in enumerate(offsets)
            if end > lead + answer[0] and start < lead + answer[1] and end > start
        ]
        if not inside:
            return None
        first, last = inside[0], inside[-1]
    return Row([*asked, *ids], first, last, readable)


def wrong(number: int, mined: Pool, among: Pool) -> tuple[Paragraph, int]:
    """The sentence of ``among`` that stands where one of ``mined`` does: the sets are parallel."""
    place, at = mined.owners[number]
    paragraph = among.paragraphs[place]
    return paragraph, at * len(paragraph.spans) // len(mined.paragraphs[place].spans)


def rows(
    question: str,
    gold: Asked,
    among: Pool,
    likest: np.ndarray,
    mined: Pool,
    tokenizer: Tokenizer,
    chance: random.Random,
) -> list[Row]:
    """The right run first, then wrong ones, of the sentences ``likest`` to answer of the parallel set ``mined``."""
    paragraph = gold.paragraph
    end = gold.start + len(gold.answer)
    at = next((n for n, span in enumerate(paragraph.spans) if span[1] > gold.start), len(paragraph.spans) - 1)
    start, stop = run_around(paragraph, at, chance)
    stop = max(stop, end)
    made = [row(tokenizer, question, paragraph.text[start:stop], (gold.start - start, end - start))]
    chance.shuffle(chosen := list(likest))
    for number in chosen:
        other, place = wrong(number, mined, among)
        first, last = run_around(other, place, chance)
        run = other.text[first:last]
        if gold.answer not in run:
            made.append(row(tokenizer, question, run, None))
        if len(made) > WRONG_RUNS:
            break
    return [each for each in made if each] if made[0] else []


def examples(pools: dict[str, Pool], tokenizer: Tokenizer, chance: random.Random) -> Iterator[list[Row]]:
    """Questions without end, each as its rows."""
    languages = [name for name in pools if name != "arcd"]
    names = list(pools["ar"].asked)
    while True:
        if chance.random() < ARCD:
            asked = gold = mine = chance.choice(list(pools["arcd"].asked.values()))
            among = mined = pools["arcd"]
        else:
            name = chance.choice(names)
            stored = chance.choice(OFTEN if chance.random() < PASSAGES_OFTEN else languages)
            spoken = chance.choice(OFTEN if chance.random() < 0.5 else languages)
            spoken = stored if chance.random() < SAME_LANGUAGE else spoken
            among, mined = pools[stored], pools[chance.choice(OFTEN)]
            if name not in among.asked or name not in pools[spoken].asked or name not in mined.asked:
                continue
            gold, asked, mine = among.asked[name], pools[spoken].asked[name], mined.asked[name]
        likest = np.argsort(-(mined.matrix @ mine.vector))[:HARDEST]
        made = rows(asked.text, gold, among, likest, mined, tokenizer, chance)
        if len(made) == 1 + WRONG_RUNS:
            yield made


def batch_loss(reader: Reader, batch: list[list[Row]]) -> tuple[Tensor, float]:
    """The loss of some questions, and how many of them have the right run first."""
    flat = [each for made in batch for each in made]
    ids, mask = padded([each.ids for each in flat])
    with torch.autocast("cpu", torch.bfloat16):
        logits = reader(ids, mask)
    longest = ids.shape[1]
    readable = torch.tensor([[*each.readable, *[False] * (longest - len(each.readable))] for each in flat])
    allowed = readable.clone()
    allowed[:, 0] = True
    start, end = logits.masked_fill(~allowed[..., None], -1e4).unbind(-1)
    first, last = torch.tensor([each.first for each in flat]), torch.tensor([each.last for each in flat])
    span = cross_entropy(start, first, reduction="none") + cross_entropy(end, last, reduction="none")
    right = first > 0
    inside = logits.masked_fill(~readable[..., None], -1e4).logsumexp(1).sum(-1) - logits[:, 0].sum(-1)
    listed = inside.view(len(batch), -1)
    choice = cross_entropy(listed, torch.zeros(len(batch), dtype=torch.long))
    loss = span[right].mean() + span[~right].mean() + 0.5 * choice
    return loss, float((listed.argmax(1) == 0).float().mean())


def save(reader: Reader, path: Path) -> None:
    """The trained tensors in half precision."""
    kept = {
        name: tensor.detach().half().contiguous()
        for name, tensor in reader.named_parameters()
        if tensor.requires_grad
    }
    save_file(kept, str(path))


def main(folder: Path, out: Path, steps: int, seconds: float) -> None:
    """Train and save."""
    torch.manual_seed(1)
    weights = bundled.unpack(user_cache_path("isnad"))
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    encoder = AutoModel.from_pretrained(weights, attn_implementation="sdpa").eval()
    test = frozenset(each.text for each in pool(folder / "arcd-test.json", frozenset()).paragraphs)
    pools = {
        path.stem.removeprefix("xquad-"): pool(path, frozenset())
        for path in sorted(folder.glob("xquad-*.json"))
    }
    pools["arcd"] = pool(folder / "arcd-train.json", test)
    cached = out / "vectors.npz"
    known = dict(np.load(cached)) if cached.exists() else {}
    for name in (*OFTEN, "arcd"):
        each = pools[name]
        each.owners = [
            (n, at) for n, paragraph in enumerate(each.paragraphs) for at in range(len(paragraph.spans))
        ]
        if f"{name}-sentences" not in known:
            told = [
                "passage: " + each.paragraphs[n].text[slice(*each.paragraphs[n].spans[at])]
                for n, at in each.owners
            ]
            known[f"{name}-sentences"] = embed(encoder, tokenizer, told)
            known[f"{name}-questions"] = embed(
                encoder, tokenizer, ["query: " + a.text for a in each.asked.values()]
            )
            print("embedded", name, len(told), flush=True)
            np.savez(cached, **known)
        each.matrix = known[f"{name}-sentences"]
        for asked, vector in zip(each.asked.values(), known[f"{name}-questions"], strict=True):
            asked.vector = vector
    reader = Reader(encoder)
    tuned = [each for each in reader.parameters() if each.requires_grad]
    print("tuned", sum(each.numel() for each in tuned), flush=True)
    optimiser = torch.optim.AdamW(tuned, lr=RATE, weight_decay=0.0, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / WARM_UP, max(0.02, (steps - at) / (steps - WARM_UP)))
    )
    state, done = out / "state.pt", 0
    if state.exists():
        stored = torch.load(state, weights_only=True)
        reader.load_state_dict(stored["reader"], strict=False)
        optimiser.load_state_dict(stored["optimiser"])
        schedule.load_state_dict(stored["schedule"])
        done = stored["done"]
    source = examples(pools, tokenizer, random.Random(done))
    began, losses, firsts = time.perf_counter(), [], []
    for step in range(done + 1, steps + 1):
        loss, first = batch_loss(reader, [next(source) for _ in range(QUESTIONS_A_STEP)])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(tuned, 1.0)
        optimiser.step()
        schedule.step()
        losses.append(float(loss.detach()))
        firsts.append(first)
        if step % 10 == 0 and losses:
            told = f"loss {np.mean(losses[-100:]):.3f} first {np.mean(firsts[-100:]):.3f}"
            print(step, told, f"{time.perf_counter() - began:.0f} s", flush=True)
        if step % 100 == 0:
            save(reader, out / f"reader-{step}.safetensors")
        if time.perf_counter() - began > seconds:
            trained = {name: each for name, each in reader.named_parameters() if each.requires_grad}
            stored = {
                "reader": trained,
                "optimiser": optimiser.state_dict(),
                "schedule": schedule.state_dict(),
            }
            torch.save(stored | {"done": step}, state)
            return
    save(reader, out / "reader.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
