"""Fits the weights in ``qa/rating.py`` on the tuning parts of the public question sets, and prints what they do.

    python -m tests.quality.fit_evidence DATA_FOLDER [QUESTIONS_A_RUN]

A sentence counts as right when it holds a gold answer and stands in the gold paragraph. What is printed for each
run: hit@1 and hit@3 (the best, one of the best three sentences is right) and, for several thresholds, how many
questions are refused that could be answered, and answered although their own paragraph was taken out.
"""

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression

from ingest.chunking import chunk
from qa.evidence import Evidences
from qa.question import understand
from qa.rating import OUTSTANDING, Signs
from qa.settings import read as read_settings
from qa.wiring import Parts
from vectorstore.records import Article, Scope, digest
from vectorstore.text import language_of

TUNING_ARTICLES = 40
THRESHOLDS = (0.04, 0.06, 0.08, 0.1, 0.15, 0.2)
RUNS = (
    ("arcd-train", "arcd-train"),
    ("xquad-ar", "xquad-ar"),
    ("xquad-en", "xquad-en"),
    ("xquad-en", "xquad-ar"),
    ("xquad-ar", "xquad-en"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate sentence: its signs, whether it is right, and whether it is of the gold paragraph."""

    signs: Signs
    right: bool
    own: bool
    same_language: bool


Group = list[Row]


def questions(path: Path, skip: frozenset[str] = frozenset()) -> dict[str, tuple[str, str, list[str]]]:
    """Question, context and answers by id, of the tuning part of a SQuAD-style file."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    tuning = data[:TUNING_ARTICLES] if path.stem.startswith("xquad") else data
    return {
        asked["id"]: (asked["question"], paragraph["context"], [each["text"] for each in asked["answers"]])
        for article in tuning
        for paragraph in article["paragraphs"]
        if paragraph["context"] not in skip
        for asked in paragraph["qas"]
    }


def store(parts: Parts, path: Path) -> None:
    """Every paragraph of a set as an article of its own, without a title."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    contexts = dict.fromkeys(each["context"] for article in data for each in article["paragraphs"])
    for text in contexts:
        article = Article(digest(text), digest(text), "", text, language_of(text), path.stem, now)
        parts.library.put(article, chunk(text, parts.embedder.count_tokens))
    parts.sync.repair()


def rows(parts: Parts, text: str, context: str, answers: list[str]) -> Group:
    """The candidates for one question."""
    question = understand(text, date(2026, 1, 1))
    found = Evidences(parts.library, parts.search, question).within(Scope())
    result = []
    for each in found:
        own = each.chunk.article.text == context
        right = own and any(answer in each.text for answer in answers)
        result.append(Row(each.signs, right, own, each.chunk.article.language == question.language))
    return result


def collect(folder: Path, most: int | None) -> dict[tuple[str, str], dict[str, Group]]:
    """The candidates of every question of every run."""
    shared = frozenset(context for _, context, _ in questions(folder / "arcd-test.json").values())
    collected = {}
    for asked_in, paragraphs_of in RUNS:
        with TemporaryDirectory() as home:
            parts = Parts(read_settings({}, home))
            store(parts, folder / f"{paragraphs_of}.json")
            asked = questions(folder / f"{asked_in}.json", shared)
            gold = questions(folder / f"{paragraphs_of}.json", shared)
            chosen = [name for name in asked if name in gold][:most]
            collected[asked_in, paragraphs_of] = {
                name: rows(parts, asked[name][0], *gold[name][1:]) for name in chosen
            }
            parts.close()
            print("asked", asked_in, "of", paragraphs_of, len(chosen), flush=True)
    return collected


def mixed(one: dict[str, Group], other: dict[str, Group]) -> Iterator[Group]:
    """As if half of the paragraphs were stored in one language and half in the other."""
    chance = random.Random(1)
    for name, group in one.items():
        in_one = chance.random() < 0.5
        kept = [row for row in group if in_one or not row.own]
        yield kept + [row for row in other.get(name, []) if not in_one or not row.own]


def fitted(groups: list[Group], same_language: bool, of: str) -> LogisticRegression:
    """One regression, over ``Signs.near`` or ``Signs.outstanding``; its weights are printed."""
    chosen = [row for group in groups for row in group if row.same_language is same_language]
    model = LogisticRegression(C=100, max_iter=3000)
    model.fit([getattr(row.signs, of) for row in chosen], [row.right for row in chosen])
    told = "same" if same_language else "other"
    print(told, of, round(float(model.intercept_[0]), 2), np.round(model.coef_[0], 2).tolist())
    return model


def report(name: str, groups: list[Group], models: dict[tuple[bool, str], LogisticRegression]) -> None:
    """Hits and errors of one run."""
    hits, best, best_without = [], [], []
    for group in groups:
        rates = [rate(row, models) for row in group]
        order = np.argsort([-each for each in rates])[:3]
        hits.append([group[at].right for at in order])
        best.append(max(rates, default=0))
        best_without.append(max((r for r, row in zip(rates, group, strict=True) if not row.own), default=0))
    hit1, hit3 = np.mean([each[0] for each in hits if each]), np.mean([any(each) for each in hits])
    told = "  ".join(
        f"{enough}: {np.mean(np.array(best) < enough):.2f}/{np.mean(np.array(best_without) >= enough):.2f}"
        for enough in THRESHOLDS
    )
    print(f"{name} n={len(groups)} hit@1 {hit1:.3f} hit@3 {hit3:.3f} | refused/wrongly answered {told}")


def rate(row: Row, models: dict[tuple[bool, str], LogisticRegression]) -> float:
    """The probability as ``qa.rating`` computes it."""
    near = models[row.same_language, "near"].predict_proba([row.signs.near])[0, 1]
    outstanding = models[row.same_language, "outstanding"].predict_proba([row.signs.outstanding])[0, 1]
    return float(max(near, OUTSTANDING * outstanding))


def main(folder: Path, most: int | None) -> None:
    """Collect, fit, report."""
    collected = collect(folder, most)
    sets = {f"{asked} of {stored}": list(groups.values()) for (asked, stored), groups in collected.items()}
    for asked, other in (("xquad-en", "xquad-ar"), ("xquad-ar", "xquad-en")):
        both = mixed(collected[asked, asked], collected[asked, other])
        sets[f"{asked} of both languages"] = list(both)
    everything = [group for groups in sets.values() for group in groups]
    models = {
        (same, of): fitted(everything, same, of) for same in (True, False) for of in ("near", "outstanding")
    }
    for name, groups in sets.items():
        report(name, groups, models)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
