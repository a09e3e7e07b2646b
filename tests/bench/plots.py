"""Draws the README's plots from kept figures: ``python -m tests.bench.plots RESULTS FOLDER``.

``RESULTS`` is a folder with what ``--save`` of ``tests.bench.peers``, ``size`` and ``refusal`` wrote, by their names.
"""

import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

from matplotlib.figure import Figure

from qa.extractive import ENOUGH


def quality(peers: dict[str, Any]) -> Figure:
    """Rank quality against the time of a search, a point a system, with the spread of the repeats' medians."""
    figure = Figure((6, 3.6), layout="constrained")
    axes = figure.subplots()
    for name, own in peers["runs"].items():
        times = [each["search, ms"] for each in own]
        middle, height = median(times), peers["quality"][name]["nDCG@10"]
        axes.errorbar(middle, height, xerr=[[middle - min(times)], [max(times) - middle]], fmt="o", capsize=3)
        axes.annotate(name, (middle, height), xytext=(6, 6), textcoords="offset points")
    axes.set(xscale="log", xlabel="search, ms", ylabel="nDCG@10")
    axes.margins(0.15)
    return figure


def growth(rows: list[dict[str, Any]]) -> Figure:
    """The median time of a search against the passages stored, a line a window."""
    figure = Figure((6, 3.6), layout="constrained")
    axes = figure.subplots()
    sizes = [row["passages"] for row in rows]
    for name in rows[0]["ms"]:
        axes.plot(sizes, [row["ms"][name]["p50"] for row in rows], "o-", label=f"{name}, p50")
    axes.set(xscale="log", xlabel="passages", ylabel="search, ms", ylim=(0, None))
    axes.legend()
    return figure


def refusal(sets: dict[str, dict[str, Any]]) -> Figure:
    """Risk against coverage, and hallucination against error with the threshold that holds marked; a line a set."""
    figure = Figure((10, 3.6), layout="constrained")
    risks, rates = figure.subplots(1, 2)
    for name, found in sets.items():
        curve = found["risk_coverage"]
        risks.plot([each["coverage"] for each in curve], [each["risk"] for each in curve], label=name)
        error, hallucination = (
            [each[what]["value"] for each in found["thresholds"]] for what in ("error", "hallucination")
        )
        holding = [each["least"] for each in found["thresholds"]].index(ENOUGH)
        rates.plot(error, hallucination, ".-", markevery=[holding], markersize=14, label=name)
    risks.set(xlabel="coverage: answered of all asked", ylabel="risk: wrong of the answered", ylim=(0, 1))
    rates.set(xlabel="error: answerable, refused", ylabel="hallucination: unanswerable, answered")
    rates.set(xlim=(0, 1), ylim=(0, 1))
    risks.legend()
    return figure


def main(results: Path, folder: Path) -> None:
    """Write the plots."""
    drawn = {
        "quality-time": quality(_kept(results, "peers")),
        "size": growth(_kept(results, "size")),
        "refusal": refusal(_kept(results, "refusal")),
    }
    for name, figure in drawn.items():
        figure.savefig(folder / f"{name}.png", dpi=120)


def _kept(results: Path, name: str) -> Any:
    return json.loads((results / f"{name}.json").read_text("utf-8"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
