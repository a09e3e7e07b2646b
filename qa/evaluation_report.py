"""From outcomes to figures: what a run's report holds, by slice, and how two runs differ."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from qa import metrics
from qa.extractive import ENOUGH
from qa.metrics import Figure

Json = dict[str, Any]
RETRIEVAL = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
ANSWERS = ("hit@1", "hit@3", "exact_match", "f1", "citation_precision", "mean_quote_chars")
JUDGED = ("recall@1", "recall@10", "hit@1", "hit@3", "right")
"""What makes a question better or worse in a comparison."""
THRESHOLDS = (0.01, 0.02, 0.03, 0.04, ENOUGH, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5)
"""The least confidences of an answer that are looked at; ``ENOUGH`` is the one that holds."""


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
    """The figures of the contract's ``eval``, then what confidence is worth, slices and the outcomes themselves."""
    told = _told(outcomes)
    return {
        "questions": len(outcomes),
        **_figures(outcomes),
        "questions_per_second": asdict(_rate([each.seconds for each in outcomes])),
        "risk_coverage_area": asdict(metrics.resampled(told, _area)),
        "risk_coverage": _risk_coverage(told, len(outcomes)),
        "thresholds": _thresholds(outcomes),
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


def _told(outcomes: Sequence[Outcome]) -> list[tuple[float, bool]]:
    """The confidence of each answer that tells it, and whether it is right, which is one of which hit@3 holds."""
    return [
        (each.confidence, each.scores.get("hit@3") == 1)
        for each in outcomes
        if not each.abstained and each.confidence is not None
    ]


def _area(told: Sequence[tuple[float, bool]]) -> float:
    return metrics.area_under(_curve(told))


def _curve(told: Sequence[tuple[float, bool]]) -> list[tuple[float, float]]:
    return metrics.risk_coverage([confidence for confidence, _ in told], [right for _, right in told])


def _risk_coverage(told: Sequence[tuple[float, bool]], asked: int) -> list[Json] | None:
    """The curve over all that was asked; null where no answer tells its confidence."""
    found = [{"coverage": cover * len(told) / asked, "risk": risk} for cover, risk in _curve(told)]
    return found or None


def _thresholds(outcomes: Sequence[Outcome]) -> list[Json] | None:
    if all(each.confidence is None for each in outcomes):
        return None
    return [_at_threshold(outcomes, least) for least in THRESHOLDS]


def _at_threshold(outcomes: Sequence[Outcome], least: float) -> Json:
    """What refusals and answers would be with ``least`` as the least confidence, where confidence decides."""
    answered = [
        not each.abstained if each.confidence is None else each.confidence >= least for each in outcomes
    ]
    error, hallucination = metrics.refusal(answered, [each.impossible for each in outcomes])
    return {"least": least, "error": asdict(error), "hallucination": asdict(hallucination)}


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
