"""Fits the weights in ``qa/rating.py`` and ``qa/reading.py`` on question sets, and prints what they do.

    python -m tests.quality.fit_evidence DATA_FOLDER [QUESTIONS_A_RUN]

The sets are the tuning parts of ARCD and XQuAD in ``DATA_FOLDER``, each paragraph an article, and the articles of
``reading/rating.jsonl``, which neither the reader nor the adapter of queries was trained on, stored beside those of
``reading/articles.jsonl``. A sentence counts as right when it holds a gold answer and stands in the gold article.
Each question counts a second time without its own article: then nothing is right. No sign speaks against a
sentence: where two of them say much the same, a plain fit sets one against the other.

What is printed for each run: hit@1 and hit@3 (the best, one of the best three sentences is right) and, for several
thresholds, how many questions are refused that could be answered, and answered although their own article was taken
out, by the signs and by the reader's word beside them.
"""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from ingest.chunking import chunk
from qa.evidence import Evidence, Evidences
from qa.question import understand
from qa.rating import Logistic
from qa.reading import LEAST, Readings
from qa.settings import read as read_settings
from qa.wiring import Parts
from vectorstore.records import Article, Scope, digest
from vectorstore.text import language_of

TUNING_ARTICLES = 40
THRESHOLDS = (0.03, 0.06, 0.1, 0.15, 0.2)
RUNS = (("arcd-train", "arcd-train"), ("xquad-ar", "xquad-ar"), ("xquad-en", "xquad-ar"))
READING = Path(__file__).parent / "reading"
NEWS = "rating"
# A question of the public sets counts for less: the reader was trained on most of them.
OF_PUBLIC_SETS = 0.7
PENALTY = 1.0
SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """A candidate sentence: its signs, what its rating is multiplied with, what the reader said (log odds) if it
    was read, whether it is right, and whether it is of the gold article."""

    signs: tuple[float, ...]
    discount: float
    read: float | None
    right: bool
    own: bool
    same_language: bool


Group = list[Row]
Told = tuple[str, str, list[str]]


@dataclass(frozen=True, slots=True)
class Texts:
    """A run's articles, as title and text, and its questions: text, the gold article's text, answers."""

    articles: list[tuple[str, str]]
    asked: list[Told]


def public(folder: Path, asked_in: str, stored_in: str) -> Texts:
    """The tuning part of a public set, less what is in ARCD's test."""
    shared = {context for _, context, _ in _questions(folder / "arcd-test.json").values()}
    asked, gold = (_questions(folder / f"{name}.json") for name in (asked_in, stored_in))
    data = json.loads((folder / f"{stored_in}.json").read_text("utf-8"))["data"]
    contexts = dict.fromkeys(each["context"] for article in data for each in article["paragraphs"])
    chosen = [name for name in asked if name in gold and gold[name][1] not in shared]
    return Texts([("", each) for each in contexts], [(asked[name][0], *gold[name][1:]) for name in chosen])


def _questions(path: Path) -> dict[str, Told]:
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    return {
        asked["id"]: (asked["question"], paragraph["context"], [each["text"] for each in asked["answers"]])
        for article in (data[:TUNING_ARTICLES] if path.stem.startswith("xquad") else data)
        for paragraph in article["paragraphs"]
        for asked in paragraph["qas"]
    }


def news() -> Texts:
    """The articles written for this and those beside them; questions without an answer have no answers."""
    told = [json.loads(line) for line in (READING / "rating.jsonl").read_text("utf-8").splitlines()]
    beside = [json.loads(line) for line in (READING / "articles.jsonl").read_text("utf-8").splitlines()]
    return Texts(
        [(each["title"], each["text"]) for each in (*told, *beside)],
        [
            (asked["q"], each["text"], [asked["a"]] if asked["a"] else [])
            for each in told
            for asked in each["questions"]
        ],
    )


def store(parts: Parts, articles: Sequence[tuple[str, str]]) -> None:
    """Every text as an article of its own."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for title, text in articles:
        article = Article(digest(text), digest(text), title, text, language_of(text), "", now)
        parts.library.put(article, chunk(text, parts.embedder.count_tokens))
    parts.sync.repair()


def rows(parts: Parts, text: str, gold: str, answers: Sequence[str]) -> Group:
    """The candidates for one question, the likeliest of them read."""
    assert parts.reader is not None
    question = understand(text, date(2026, 1, 1))
    evidences = Evidences(parts.library, parts.search, question)
    found = evidences.within(Scope())
    readings = Readings(parts.reader, question, evidences.anchors)
    read = {each.place: readings.heard(each) for each in readings.of(found)}
    return [_row(each, read[each.place], question.language, gold, answers) for each in found]


def _row(each: Evidence, read: float | None, language: str, gold: str, answers: Sequence[str]) -> Row:
    article = each.chunk.article
    own = article.text == gold
    return Row(
        tuple(map(float, astuple(each.signs))),
        each.discount,
        read,
        own and any(answer in each.text for answer in answers),
        own,
        article.language == language,
    )


def groups_of(texts: Texts, most: int | None) -> list[Group]:
    """The candidates of every question of a run."""
    with TemporaryDirectory() as home:
        parts = Parts(read_settings({}, home))
        store(parts, texts.articles)
        # Evenly, for the first are of few articles.
        step = max(1, len(texts.asked) // most) if most else 1
        found = [rows(parts, *each) for each in texts.asked[::step]]
        parts.close()
    return found


def with_those_withheld(groups: Sequence[Group]) -> Iterator[Group]:
    """Each group as it is, and without what is of the gold article."""
    for group in groups:
        yield group
        yield [row for row in group if not row.own]


def fitted(
    values: Callable[[Row], Sequence[float] | None], runs: dict[str, list[Group]], same_language: bool
) -> Logistic:
    """A logistic regression over the ``values`` of each row that has any; none of its weights is negative."""
    chosen = [
        (told, row.right, row.discount * (1.0 if name == NEWS else OF_PUBLIC_SETS))
        for name, groups in runs.items()
        for group in with_those_withheld(groups)
        for row in group
        if row.same_language is same_language and (told := values(row)) is not None
    ]
    features = np.array([each[0] for each in chosen], float)
    signs = np.where([each[1] for each in chosen], 1.0, -1.0)
    shares = np.array([each[2] for each in chosen])
    scale = features.std(0) + 1e-9

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = signs * (features / scale @ weights[1:] + weights[0])
        slopes = -signs * shares / (1 + np.exp(margins))
        slope = np.r_[slopes.sum(), slopes @ (features / scale) + PENALTY * weights[1:]]
        return float(shares @ np.logaddexp(0, -margins) + PENALTY / 2 * weights[1:] @ weights[1:]), slope

    begin = np.r_[-5.0, np.full(features.shape[1], 0.1)]
    bounds = [(None, None)] + [(0, None)] * features.shape[1]
    bias, *weights = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Logistic(float(bias), tuple(float(w) for w in weights / scale))


def report(name: str, groups: list[Group], rate: Callable[[Row], float]) -> None:
    """Hits and errors of one run."""
    answerable = [group for group in groups if any(row.right for row in group)]
    hits, best = [], []
    for group in answerable:
        order = sorted(group, key=rate, reverse=True)
        hits.append([row.right for row in order[:3]])
        best.append(rate(order[0]))
    best_without = [max((rate(row) for row in group if not row.own), default=0.0) for group in answerable]
    told = "  ".join(
        f"{enough}: {np.mean(np.array(best) < enough):.2f}/{np.mean(np.array(best_without) >= enough):.2f}"
        for enough in THRESHOLDS
    )
    hit1, hit3 = np.mean([each[0] for each in hits]), np.mean([any(each) for each in hits])
    print(f"{name} n={len(answerable)} hit@1 {hit1:.3f} hit@3 {hit3:.3f} | refused/wrongly answered {told}")


def log_odds(probability: float) -> float:
    """Of a probability that may be 0 or 1."""
    held = min(max(probability, SURE), 1 - SURE)
    return float(np.log(held / (1 - held)))


def main(folder: Path, most: int | None) -> None:
    """Collect, fit, report."""
    runs = {f"{asked} of {stored}": groups_of(public(folder, asked, stored), most) for asked, stored in RUNS}
    runs[NEWS] = groups_of(news(), most)
    rating = {same: fitted(lambda row: row.signs, runs, same) for same in (True, False)}

    def likely(row: Row) -> float:
        return rating[row.same_language].of(row.signs)

    def both(row: Row) -> list[float] | None:
        return None if row.read is None else [log_odds(likely(row)), max(row.read, LEAST)]

    def rated(row: Row) -> float:
        return row.discount * likely(row)

    reading = {same: fitted(both, runs, same) for same in (True, False)}

    def read(row: Row) -> float:
        told = both(row)
        return rated(row) * SURE if told is None else row.discount * reading[row.same_language].of(told)

    for what, weights in (("qa/rating.py", rating), ("qa/reading.py", reading)):
        for same, each in weights.items():
            language = "same" if same else "other"
            print(what, language, round(each.bias, 2), [round(w, 2) for w in each.weights])
    for name, groups in runs.items():
        report(f"{name}, signs", groups, rated)
        report(f"{name}, read", groups, read)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
