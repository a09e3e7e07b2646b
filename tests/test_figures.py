"""The table that the reliability suite prints."""

import json
import os
from pathlib import Path

import pytest
from figures import table

pytest_plugins = "pytester"


@pytest.fixture(autouse=True)
def _kept_elsewhere(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Path(__file__).parent
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(here), str(here.parent)]))
    monkeypatch.setenv("ISNAD_FIGURES", str(pytester.path / "kept.json"))
    pytester.makeconftest(
        "from figures import figure, pytest_runtest_makereport, pytest_terminal_summary  # noqa: F401"
    )


@pytest.mark.slow
def test_a_run_prints_its_figures_with_their_intervals_and_keeps_them(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        def test_kills(figure):
            figure("T20", failures=0, n=50, what="articles lost")
            figure("T05", share=90, n=100, what="numbers found")

        def test_disk(figure):
            figure("T22", 1.25, n=1, what="until the error", unit="s")
            assert False
        """
    )
    result = pytester.runpytest_subprocess("-q")
    result.stdout.fnmatch_lines(
        [
            "| T05 | * | numbers found | 90 = 90.0% | 82.6% to 94.5% | 100 | holds |",
            "| T20 | kill -9 | articles lost | 0 | ≤ 6.0% | 50 | holds |",
            "| T22 | full disk | until the error | 1.25 s |  | 1 | FALLS SHORT |",
        ]
    )
    assert "articles lost" in (pytester.path / "kept.json").read_text()


@pytest.mark.slow
def test_failures_that_the_cases_of_a_test_tell_in_the_same_words_are_added_up(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("failed", [0, 1, 0])
        def test_bombs(figure, failed):
            figure("T16", failures=failed, n=5, what="bombs not refused")
            assert not failed
        """
    )
    result = pytester.runpytest_subprocess("-q")
    result.stdout.fnmatch_lines(["| T16 | bombs | bombs not refused | 1 = 6.7% | * | 15 | FALLS SHORT |"])


@pytest.mark.slow
def test_a_later_run_takes_the_place_of_the_same_figure_alone(pytester: pytest.Pytester) -> None:
    earlier = {"name": "T22", "figure": "1", "interval": "", "n": 1, "holds": True}
    kept = pytester.path / "kept.json"
    kept.write_text(json.dumps([{**earlier, "what": "this"}, {**earlier, "what": "other"}]))
    pytester.makepyfile("def test_it(figure): figure('T22', 2, n=1, what='this')")
    pytester.runpytest_subprocess("-q").assert_outcomes(passed=1)
    assert [(each["what"], each["figure"]) for each in json.loads(kept.read_text())] == [
        ("other", "1"),
        ("this", "2"),
    ]


def test_rows_stand_in_the_suite_s_order() -> None:
    row = {"what": "x", "figure": "1", "interval": "", "n": 1, "holds": True}
    assert [line[2:5] for line in table([{**row, "name": "T20"}, {**row, "name": "T03"}])[2:]] == [
        "T03",
        "T20",
    ]
