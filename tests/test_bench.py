"""The measuring programs: what is kept of a broken run."""

import json
from pathlib import Path
from typing import Any

import pytest
from bench.peers import gone_on, steps, table


def begun(**changes: Any) -> dict[str, Any]:
    return {"digest": "d", "quality": {}, "runs": {}, **changes}


def test_a_broken_run_goes_on_with_what_it_lacks(tmp_path: Path) -> None:
    kept = begun(quality={"ours": {"R@1": 1.0}}, runs={"ours": [{"search, ms": 20.0}]})
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(kept))
    measured: list[tuple[str, bool]] = []

    def measure(name: str, timed: bool) -> dict[str, float]:
        measured.append((name, timed))
        return {"search, ms": 10.0} if timed else {"R@1": 0.5}

    found = gone_on(file, begun())
    assert found == kept
    list(steps(found, ["ours", "peer"], 2, measure))
    assert measured == [("peer", False), ("peer", True), ("ours", True), ("peer", True)]
    assert [len(own) for own in found["runs"].values()] == [2, 2]
    assert table(found)[-1] == "| peer | 0.5 | 10 (×0.75; 0.50 to 1.00) |"


def test_figures_of_another_run_are_not_gone_on_from(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    file.write_text(json.dumps(begun(digest="other")))
    with pytest.raises(SystemExit, match="another run"):
        gone_on(file, begun())
    assert gone_on(tmp_path / "none.json", begun()) == begun()
