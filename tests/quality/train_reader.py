"""Trains the reader in ``qa/weights/`` on public question sets and on paragraphs written for it.

    python -m tests.quality.train_reader DATA_FOLDER OUT_FOLDER [STEPS]

All layers of the bundled embedding model, not its embeddings, are tuned to read a question beside a few sentences and
to say where in them the answer begins and ends, or at the first token that it isn't there (as in SQuAD 2.0, Devlin
et al. 2019). Each step shows a few questions, each with the run of sentences that answers and the runs that the
embedding model finds likest among those that don't; or a question that a paragraph only seems to answer, with runs of
it. Part of the loss asks that the right run come first among its question's.

``DATA_FOLDER`` holds XQuAD (question and sentences in any two of its languages) and ARCD. The paragraphs of
``reading/tuning.jsonl`` were written by a language model for this, with invented names and facts, in Arabic, French
and English. Left out, to choose on: XQuAD's articles from the 35th on, ARCD-train's last 40 paragraphs, and
``reading/held_out.jsonl``.
"""

import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from platformdirs import user_cache_path
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, pad
from torch.optim import AdamW
from torch.optim.lr_scheduler import LambdaLR
from transformers import AutoModel

from vectorstore import bundled
from vectorstore.text import sentences

STEPS = 1200
TUNING_ARTICLES = 34
LEFT_OUT = 40
QUESTIONS_A_STEP = 8
ROWS_A_PASS = 12
WRONG_RUNS = 2
HARDEST = 14
RUN_LENGTHS = {1: 4, 2: 4, 3: 2}
MOST_ASKED = 64
MOST_TOKENS = 160
RATE = 1e-4
WARM_UP = 60
# Readers of this product write Arabic, English and French; the other languages teach what all share.
OFTEN = ("ar", "en")
STORED_OFTEN = 0.7
SPOKEN_OFTEN = 0.6
SAME_LANGUAGE = 0.35
WRITTEN, ARCD = 0.5, 0.2
# A processor that doesn't multiply in bf16 itself is several times slower at it than in single precision.
HALVED = torch.cpu.get_capabilities().get("avx512_bf16", False)
UNANSWERED = 0.28

Rows = list["Row"]


@dataclass(slots=True)
class Paragraph:
    """A text with its sentences' places."""

    text: str
    spans: list[tuple[int, int]]

    @classmethod
    def of(cls, text: str) -> "Paragraph":
        """``text`` in sentences."""
        return cls(text, [(span.start, span.end) for span in sentences(text)])


@dataclass(slots=True)
class Asked:
    """A question, with its paragraph and the place of its answer there; none where it isn't answered."""

    text: str
    paragraph: Paragraph
    answer: tuple[int, int] | None
    vector: np.ndarray | None = None


@dataclass(slots=True)
class Pool:
    """One file's tuning part: its questions by id, and the vectors of its sentences with where they stand."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
    unanswered: list[Asked] = field(default_factory=list)
    matrix: np.ndarray | None = None
    owners: list[tuple[int, int]] = field(default_factory=list)

    def hardest(self, asked: Asked) -> list[int]:
        """The sentences likest to answer ``asked``."""
        return list(np.argsort(-(self.matrix @ asked.vector))[:HARDEST])


def squad(path: Path, articles: int | None, skip: frozenset[str] = frozenset()) -> Pool:
    """The first ``articles`` of a file in SQuAD's format, less the paragraphs ``skip``."""
    read = Pool()
    for article in json.loads(path.read_text("utf-8"))["data"][:articles]:
        for each in article["paragraphs"]:
            text = each["context"]
            if text in skip:
                continue
            paragraph = Paragraph.of(text)
            read.paragraphs.append(paragraph)
            for asked in each["qas"]:
                answer, start = asked["answers"][0]["text"], asked["answers"][0]["answer_start"]
                if text[start : start + len(answer)] != answer:
                    start = text.find(answer)
                if start >= 0:
                    read.asked[asked["id"]] = Asked(
                        asked["question"], paragraph, (start, start + len(answer))
                    )
    return read


def written(path: Path) -> Pool:
    """Paragraphs a line: ``text`` and ``questions``, each ``q`` with its answer ``a``, null where there is none.

    Where ``a`` stands more than once, ``at`` is a longer run of the text that holds the right one.
    """
    read = Pool()
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        told = json.loads(line)
        paragraph = Paragraph.of(told["text"])
        read.paragraphs.append(paragraph)
        for at, each in enumerate(told["questions"]):
            if each["a"] is None:
                read.unanswered.append(Asked(each["q"], paragraph, None))
                continue
            around = each.get("at", each["a"])
            start = told["text"].find(around) + around.find(each["a"])
            read.asked[f"{number}-{at}"] = Asked(each["q"], paragraph, (start, start + len(each["a"])))
    return read


def embed(model: nn.Module, tokenizer: Tokenizer, texts: Sequence[str]) -> np.ndarray:
    """Unit vectors, ``(len(texts), dimension)``."""
    rows = [tokenizer.encode(text).ids[:256] for text in texts]
    order = sorted(range(len(rows)), key=lambda at: len(rows[at]))
    vectors = np.zeros((len(texts), 384), np.float32)
    for at in range(0, len(order), 48):
        chosen = order[at : at + 48]
        ids, mask = padded([rows[each] for each in chosen])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=HALVED):
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        mean = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[chosen] = nn.functional.normalize(mean, dim=1).numpy()
    return vectors


def mine(pool: Pool, model: nn.Module, tokenizer: Tokenizer) -> None:
    """Embed a pool's sentences and questions, so that wrong runs can be found."""
    pool.owners = [(n, at) for n, each in enumerate(pool.paragraphs) for at in range(len(each.spans))]
    told = [pool.paragraphs[n].text[slice(*pool.paragraphs[n].spans[at])] for n, at in pool.owners]
    pool.matrix = embed(model, tokenizer, [f"passage: {each}" for each in told])
    vectors = embed(model, tokenizer, [f"query: {each.text}" for each in pool.asked.values()])
    for asked, vector in zip(pool.asked.values(), vectors, strict=True):
        asked.vector = vector


def padded(rows: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Token ids and mask, ``(len(rows), longest)``."""
    longest = max(len(row) for row in rows)
    ids = torch.tensor([row + [1] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


class Reader(nn.Module):
    """The tuned encoder with a head that says where an answer starts and ends."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.encoder.embeddings.requires_grad_(False)
        # Attention that drops nothing out is computed in one piece, in half the time.
        for layer in self.encoder.encoder.layer:
            layer.attention.self.dropout.p = 0.0
        self.head = nn.Linear(384, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Start and end logits, ``(rows, tokens, 2)``."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(hidden.float())


@dataclass(slots=True)
class Row:
    """A question beside a run of sentences: token ids, and the answer's first and last token or 0, 0."""

    ids: list[int]
    first: int
    last: int
    readable: list[bool]


@dataclass(slots=True)
class Examples:
    """Questions without end, each as its rows: the right run first, where there is one.

    ``written`` and ``arcd`` are the shares of these pools; the others are of XQuAD.
    """

    pools: dict[str, Pool]
    tokenizer: Tokenizer
    chance: random.Random
    written: float = WRITTEN
    arcd: float = ARCD

    def __iter__(self) -> Iterator[Rows]:
        """Rows of one question after another."""
        while True:
            if len(made := self._drawn()) == 1 + WRONG_RUNS:
                yield made

    def _drawn(self) -> Rows:
        kind = self.chance.random()
        if kind < self.written and self.chance.random() < UNANSWERED:
            return self._unanswered(self.chance.choice(self.pools["written"].unanswered))
        if kind < self.written + self.arcd:
            pool = self.pools["written" if kind < self.written else "arcd"]
            asked = self.chance.choice(list(pool.asked.values()))
            return self._rows(asked.text, asked, pool, pool.hardest(asked), pool)
        languages = [name for name in self.pools if name not in ("arcd", "written")]
        name = self.chance.choice(list(self.pools["ar"].asked))
        stored = self.chance.choice(OFTEN if self.chance.random() < STORED_OFTEN else languages)
        spoken = self.chance.choice(OFTEN if self.chance.random() < SPOKEN_OFTEN else languages)
        spoken = stored if self.chance.random() < SAME_LANGUAGE else spoken
        among, mined = self.pools[stored], self.pools[self.chance.choice(OFTEN)]
        if any(name not in pool.asked for pool in (among, self.pools[spoken], mined)):
            return []
        asked = self.pools[spoken].asked[name]
        return self._rows(asked.text, among.asked[name], among, mined.hardest(mined.asked[name]), mined)

    def _rows(self, question: str, gold: Asked, among: Pool, likest: list[int], mined: Pool) -> Rows:
        """The right run, then wrong ones, of the sentences ``likest`` to answer of the parallel set ``mined``."""
        assert gold.answer is not None
        paragraph, (begins, ends) = gold.paragraph, gold.answer
        last = len(paragraph.spans) - 1
        at = next((n for n, span in enumerate(paragraph.spans) if span[1] > begins), last)
        start, stop = self._run_around(paragraph, at)
        run = paragraph.text[start : max(stop, ends)]
        made = [self.row(question, run, (begins - start, ends - start))]
        self.chance.shuffle(likest)
        for number in likest:
            place, at = mined.owners[number]
            other = among.paragraphs[place]
            # The sets are parallel: a sentence stands where its translation does.
            at = at * len(other.spans) // len(mined.paragraphs[place].spans)
            run = other.text[slice(*self._run_around(other, at))]
            if paragraph.text[begins:ends] not in run:
                made.append(self.row(question, run, None))
            if len(made) > WRONG_RUNS:
                break
        return [each for each in made if each] if made[0] else []

    def _unanswered(self, asked: Asked) -> Rows:
        """Runs of the paragraph that seems to answer and doesn't."""
        order = list(range(len(asked.paragraph.spans)))
        self.chance.shuffle(order)
        runs = (self._run_around(asked.paragraph, at) for at in order[: 1 + WRONG_RUNS])
        made = (self.row(asked.text, asked.paragraph.text[slice(*run)], None) for run in runs)
        return [each for each in made if each]

    def _run_around(self, paragraph: Paragraph, at: int) -> tuple[int, int]:
        """A run of sentences that holds sentence ``at``, as places in the paragraph."""
        (size,) = self.chance.choices(list(RUN_LENGTHS), list(RUN_LENGTHS.values()))
        first = max(0, at - self.chance.randint(0, size - 1))
        last = min(len(paragraph.spans) - 1, first + size - 1)
        return paragraph.spans[first][0], paragraph.spans[max(last, at)][1]

    def row(self, question: str, run: str, answer: tuple[int, int] | None) -> Row | None:
        """One row; none where the answer would be cut off."""
        asked = self.tokenizer.encode("query: " + question).ids[:MOST_ASKED]
        coded = self.tokenizer.encode("passage: " + run)
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


def logits_of(reader: Reader, rows: Rows) -> Tensor:
    """Start and end logits, ``(rows, longest, 2)``; rows of about one length are read together."""
    longest = max(len(each.ids) for each in rows)
    order = sorted(range(len(rows)), key=lambda at: len(rows[at].ids))
    parts = []
    for at in range(0, len(order), ROWS_A_PASS):
        ids, mask = padded([rows[each].ids for each in order[at : at + ROWS_A_PASS]])
        with torch.autocast("cpu", torch.bfloat16, enabled=HALVED):
            found = reader(ids, mask)
        parts.append(pad(found, (0, 0, 0, longest - found.shape[1])))
    return torch.cat(parts)[torch.tensor(np.argsort(order))]


def batch_loss(
    reader: Reader, batch: Sequence[Rows], choice_weight: float = 0.5
) -> tuple[Tensor, float, float]:
    """The loss, the share of the answered whose right run is first, and of the wrong runs told to be so.

    ``choice_weight`` is that of the right run's coming first among its question's.
    """
    flat = [each for made in batch for each in made]
    logits = logits_of(reader, flat)
    readable = readable_of(flat)
    allowed = readable.clone()
    allowed[:, 0] = True
    start, end = logits.masked_fill(~allowed[..., None], -1e4).unbind(-1)
    first, last = torch.tensor([each.first for each in flat]), torch.tensor([each.last for each in flat])
    span = cross_entropy(start, first, reduction="none") + cross_entropy(end, last, reduction="none")
    right = first > 0
    inside = answer_odds(logits, readable)
    parts = inside.split([len(made) for made in batch])
    listed = [part for part, made in zip(parts, batch, strict=True) if made[0].first > 0]
    target = torch.zeros(1, dtype=torch.long)
    choice = torch.stack([cross_entropy(part[None], target) for part in listed]).mean()
    loss = span[right].mean() + span[~right].mean() + choice_weight * choice
    first_right = np.mean([int(part.argmax()) == 0 for part in listed])
    return loss, float(first_right), float((inside[~right] < 0).float().mean())


def readable_of(rows: Rows) -> Tensor:
    """Which tokens may answer, ``(rows, longest)``."""
    longest = max(len(each.ids) for each in rows)
    return torch.tensor([[*each.readable, *[False] * (longest - len(each.readable))] for each in rows])


def answer_odds(logits: Tensor, readable: Tensor) -> Tensor:
    """Log odds that a row holds an answer, ``(rows,)``, of logits ``(rows, tokens, 2)``."""
    return logits.masked_fill(~readable[..., None], -1e4).logsumexp(1).sum(-1) - logits[:, 0].sum(-1)


def optimiser_of(tuned: Sequence[nn.Parameter], rate: float) -> AdamW:
    """AdamW, with weight decay on all but biases and norms."""
    groups = [
        {"params": [each for each in tuned if each.dim() > 1], "weight_decay": 0.01},
        {"params": [each for each in tuned if each.dim() == 1], "weight_decay": 0.0},
    ]
    return AdamW(groups, lr=rate, betas=(0.9, 0.98))


def save(reader: Reader, path: Path) -> None:
    """All tensors but the embeddings, in half precision."""
    kept = {
        name: tensor.detach().half().contiguous()
        for name, tensor in reader.named_parameters()
        if not name.startswith("encoder.embeddings.")
    }
    save_file(kept, str(path))


def pools_of(folder: Path) -> dict[str, Pool]:
    """All that is tuned on: XQuAD by language, ``arcd`` and ``written``."""
    test = frozenset(each.text for each in squad(folder / "arcd-test.json", None).paragraphs)
    train = [each.text for each in squad(folder / "arcd-train.json", None, test).paragraphs]
    pools = {
        path.stem.removeprefix("xquad-"): squad(path, TUNING_ARTICLES)
        for path in sorted(folder.glob("xquad-*.json"))
    }
    pools["arcd"] = squad(folder / "arcd-train.json", None, test.union(train[-LEFT_OUT:]))
    pools["written"] = written(Path(__file__).parent / "reading" / "tuning.jsonl")
    return pools


def main(folder: Path, out: Path, steps: int) -> None:
    """Train and save."""
    torch.manual_seed(1)
    weights = bundled.unpack(user_cache_path("isnad"))
    tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
    encoder = AutoModel.from_pretrained(weights, attn_implementation="sdpa").eval()
    pools = pools_of(folder)
    for name in (*OFTEN, "arcd", "written"):
        mine(pools[name], encoder, tokenizer)
        print("embedded", name, flush=True)
    reader = Reader(encoder).train()
    tuned = [each for each in reader.parameters() if each.requires_grad]
    optimiser = optimiser_of(tuned, RATE)
    schedule = LambdaLR(
        optimiser, lambda at: min((at + 1) / WARM_UP, max(0.02, (steps - at) / (steps - WARM_UP)))
    )
    source = iter(Examples(pools, tokenizer, random.Random(11)))
    began, told = time.perf_counter(), []
    for step in range(1, steps + 1):
        loss, first, none = batch_loss(reader, [next(source) for _ in range(QUESTIONS_A_STEP)])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(tuned, 1.0)
        optimiser.step()
        schedule.step()
        told.append((float(loss.detach()), first, none))
        if step % 20 == 0:
            means = "loss {:.3f} first {:.3f} none {:.3f}".format(*np.mean(told[-100:], 0))
            print(step, means, f"{time.perf_counter() - began:.0f} s", flush=True)
        if step % 200 == 0:
            save(reader, out / f"reader-{step}.safetensors")
    save(reader, out / "reader.safetensors")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else STEPS)
