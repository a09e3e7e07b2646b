"""Draws the README's plots from figures: ``python -m tests.bench.plots PEERS.json SIZE.json FOLDER``.

``PEERS.json`` is what ``tests.bench.peers --save`` wrote, ``SIZE.json`` what ``tests.bench.size --save`` did.
"""

import json
import sys
from pathlib import Path
from statistics import median
from typing import Any

from matplotlib.figure import Figure


def quality(runs: dict[str, list[dict[str, float]]]) -> Figure:
    """Rank quality against the time of a search, a point a system, with the spread of the repeats' medians."""
    figure = Figure((6, 3.6), layout="constrained")
    axes = figure.subplots()
    for name, own in runs.items():
        times = [each["search, ms"] for each in own]
        middle, height = median(times), median(each["nDCG@10"] for each in own)
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


def main(peers: Path, size: Path, folder: Path) -> None:
    """Write both plots."""
    quality(json.loads(peers.read_text("utf-8"))["runs"]).savefig(folder / "quality-time.png", dpi=120)
    growth(json.loads(size.read_text("utf-8"))).savefig(folder / "size.png", dpi=120)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
