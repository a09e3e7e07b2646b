"""From outcomes to figures: what a run's report holds, by slice, and how two runs differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qa import metrics
from qa.metrics import Figure

Json = dict[str, Any]
RETRIEVAL = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
ANSWERS = ("hit@1", "hit@3", "exact_match", "f1", "citation_precision", "mean_quote_chars")
JUDGED = ("recall@1", "recall@10", "hit@1", "hit@3", "right")
"""What makes a question better or worse in a comparison."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back for one question.

    ``scores`` holds each measure that applies to it, by its name. ``faults`` are what is not as expected, null
    where nothing particular was. ``confidence`` is the answer's own, where it has one.
    """

    id: str
    question: str
    language: str
    kind: str
    impossible: bool
    abstained: bool
    confidence: float | None
    scores: dict[str, float]
    faults: tuple[str, ...] | None
    seconds: float


def report(outcomes: Sequence[Outcome]) -> Json:
    """The figures of the contract's ``eval``, then slices, the risk–coverage curve and the outcomes themselves."""
    return {
        "questions": len(outcomes),
        **_figures(outcomes),
        "questions_per_second": asdict(_rate([each.seconds for each in outcomes])),
        "risk_coverage": _risk_coverage(outcomes),
        "slices": {
            "language": _slices(outcomes, lambda each: each.language),
            "kind": _slices(outcomes, lambda each: each.kind),
        },
        "outcomes": [asdict(each) for each in outcomes],
    }


def compare(before: Json, after: Json) -> Json:
    """How two saved reports on the same questions differ: the measures' means, and the questions one by one.

    A difference is after less before, over the questions in both, with the interval of the paired differences.
    """
    old = {each["id"]: each for each in before["outcomes"]}
    pairs = [(old[each["id"]], each) for each in after["outcomes"] if each["id"] in old]
    moved = [_moved(one, other) for one, other in pairs]
    return {
        "file": after["file"],
        "questions": len(pairs),
        "differences": {name: _difference(pairs, name) for name in (*RETRIEVAL, *ANSWERS, "right")},
        "better": [each for each in moved if any(to > was for was, to in each["moved"].values())],
        "worse": [each for each in moved if any(to < was for was, to in each["moved"].values())],
    }


def _figures(outcomes: Sequence[Outcome]) -> Json:
    impossible = [each.impossible for each in outcomes]
    answered = [float(not each.abstained) for each in outcomes if not each.impossible]
    as_expected = [float(not each.faults) for each in outcomes if each.faults is not None]
    precision, recall = metrics.abstention([each.abstained for each in outcomes], impossible)
    return {
        "retrieval": {name: _figure(outcomes, name) for name in RETRIEVAL},
        "answers": {name: _figure(outcomes, name) for name in ANSWERS},
        "abstention": {"precision": asdict(precision), "recall": asdict(recall)} if any(impossible) else None,
        "answered": asdict(metrics.figure(answered)),
        "as_expected": asdict(metrics.figure(as_expected)),
    }


def _figure(outcomes: Sequence[Outcome], name: str) -> Json:
    return asdict(metrics.figure([each.scores[name] for each in outcomes if name in each.scores]))


def _rate(seconds: Sequence[float]) -> Figure:
    """Questions a second, asked one after another: over the mean time of one, and over its interval's ends."""
    took = metrics.mean(seconds)
    if not took.value or not took.low or not took.high:
        return metrics.NO_CASE
    return Figure(1 / took.value, took.n, 1 / took.high, 1 / took.low)


def _risk_coverage(outcomes: Sequence[Outcome]) -> list[Json] | None:
    """Over the answers that tell their confidence, null where none does; right is one of which hit@3 holds."""
    told = [each for each in outcomes if not each.abstained and each.confidence is not None]
    if not told:
        return None
    right = [each.scores.get("hit@3") == 1 for each in told]
    curve = metrics.risk_coverage([each.confidence or 0.0 for each in told], right)
    return [{"coverage": coverage * len(told) / len(outcomes), "risk": risk} for coverage, risk in curve]


def _slices(outcomes: Sequence[Outcome], by: Callable[[Outcome], str]) -> dict[str, Json]:
    slices: dict[str, list[Outcome]] = {}
    for each in outcomes:
        slices.setdefault(by(each), []).append(each)
    return {name: {"questions": len(own), **_figures(own)} for name, own in sorted(slices.items())}


def _scores(outcome: Mapping[str, Any]) -> dict[str, float]:
    """A saved outcome's scores, and whether it was rightly answered or refused, as expected where that is told."""
    right = outcome["abstained"] == outcome["impossible"] and not outcome["faults"]
    return {**outcome["scores"], "right": float(right)}


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> Json:
    old, new = _scores(before), _scores(after)
    moved = {name: [old[name], new[name]] for name in JUDGED if name in old and name in new}
    return {
        "id": after["id"],
        "question": after["question"],
        "moved": {name: pair for name, pair in moved.items() if pair[0] != pair[1]},
    }


def _difference(pairs: Sequence[tuple[Json, Json]], name: str) -> Json:
    scored = [(_scores(old), _scores(new)) for old, new in pairs]
    return asdict(metrics.mean([new[name] - old[name] for old, new in scored if name in old and name in new]))
