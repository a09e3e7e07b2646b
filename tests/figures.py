"""The reliability table: tests tell their figures, and a run's figures are printed at its end and kept.

A test asks for the fixture ``figure`` and calls it *before* it asserts, so that a figure that falls short is seen::

    figure("T20", failures=0, n=50, what="articles lost over 50 kills")
    figure("T05", share=98, n=100, what="altered numbers found, of 100")
    figure("T22", 1.4, n=1, what="time to the error", unit="s")
    figure("T01", failures=0, n=900, what="quotes other than their slice", by_construction=True)

Failures and shares that several tests tell in the same words, as the cases of one do, are added up.
``python -m tests.bench.reliability`` runs every test that does, and prints the table whole.
"""

import json
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qa import metrics

NAMES = {
    "T01": "quote validity",
    "T02": "right sentence",
    "T03": "where is this from",
    "T04": "knowing when not to answer",
    "T05": "auditing a model's citations",
    "T06": "retrieval floors",
    "T07": "date traps",
    "T08": "ablation",
    "T09": "SSRF",
    "T10": "DNS rebinding outward",
    "T11": "Host/Origin inward",
    "T12": "beacons and script in a browser",
    "T13": "a wholly compromised model",
    "T14": "poisoned and jamming articles",
    "T15": "names and zips",
    "T16": "bombs",
    "T17": "slow patterns",
    "T18": "templates and escapes",
    "T19": "secrets and ports",
    "T20": "kill -9",
    "T21": "again",
    "T22": "full disk",
    "T23": "shell beside page",
    "T24": "ingest and questions at once",
    "T25": "load",
    "T26": "model faults",
    "T27": "two users",
}
KEPT = Path(os.environ.get("ISNAD_FIGURES", Path(__file__).parent / "bench" / "figures.json"))
"""The figures of this and earlier runs, by name and what was measured; not for version control."""

_told: list[dict[str, Any]] = []


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Tells a figure of the reliability suite; see the module."""
    own: list[dict[str, Any]] = []

    def tell(
        name: str,
        value: float | None = None,
        *,
        n: int,
        what: str,
        share: int | None = None,
        failures: int | None = None,
        unit: str = "",
        by_construction: bool = False,
    ) -> None:
        assert name in NAMES, f"{name} is no test of the suite"
        assert (value, share, failures).count(None) == 2, "a figure takes a value, a share or failures"
        own.append(
            {
                "name": name,
                "what": what + (" (by construction)" if by_construction else ""),
                "value": value,
                "share": share,
                "failures": failures,
                "n": n,
                "unit": unit,
                "test": request.node.nodeid,
                "date": datetime.now(UTC).date().isoformat(),
            }
        )

    yield tell
    report = getattr(request.node, "called", None)
    holds = report is not None and report.passed
    # Reports come to the process that prints, wherever the test ran.
    request.node.user_properties.extend(("figure", {**each, "holds": holds}) for each in own)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "teardown":
        _told.extend(dict(told) for name, told in report.user_properties if name == "figure")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report: Any = yield
    if call.when == "call":
        item.called = report  # type: ignore[attr-defined]
    return report  # type: ignore[return-value]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not _told:
        return
    told = _added_up(_told)
    kept = {(each["name"], each["what"]): each for each in [*kept_figures(), *told]}
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(
        json.dumps(sorted(kept.values(), key=_order), indent=1, ensure_ascii=False), encoding="utf-8"
    )
    terminalreporter.section("reliability")
    for line in table(told):
        terminalreporter.write_line(line)


def _added_up(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each figure in words of its own."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for each in told:
        before = rows.get((each["name"], each["what"]))
        if before and each["value"] is None:
            sums = {
                kind: before[kind] + each[kind]
                for kind in ("share", "failures", "n")
                if each[kind] is not None
            }
            each = {**each, **sums, "holds": before["holds"] and each["holds"]}
        rows[each["name"], each["what"]] = each
    return [_row(**each) for each in rows.values()]


def _row(
    *, value: float | None, share: int | None, failures: int | None, n: int, unit: str, **kept: Any
) -> dict[str, Any]:
    shown, interval = _shown(value, share, failures, n, unit)
    return {**kept, "figure": shown, "interval": interval, "n": n}


def kept_figures() -> list[dict[str, Any]]:
    """The figures of earlier runs."""
    return json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else []


def table(figures: list[dict[str, Any]]) -> list[str]:
    """Markdown rows, in the suite's order."""
    rows = ["| | name | what | figure | 95 % | n | |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for each in sorted(figures, key=_order):
        state = "holds" if each["holds"] else "FALLS SHORT"
        cells = (NAMES[each["name"]], each["what"], each["figure"], each["interval"], str(each["n"]), state)
        rows.append(f"| {each['name']} | {' | '.join(cells)} |")
    return rows


def _order(each: dict[str, Any]) -> tuple[str, str]:
    return each["name"], each["what"]


def _shown(
    value: float | None, share: int | None, failures: int | None, n: int, unit: str
) -> tuple[str, str]:
    """The figure and its interval in words. Of no failures at most 3/n is told (the rule of three)."""
    if failures == 0:
        return "0", f"≤ {min(1.0, 3 / n):.1%}"
    counted = failures if failures is not None else share
    if counted is not None:
        found = metrics.share(counted, n)
        whole = f"{counted} = {found.value:.1%}"
        return whole, f"{found.low:.1%} to {found.high:.1%}"
    return f"{value:.3g}{f' {unit}' if unit else ''}", ""
