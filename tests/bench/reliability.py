"""Runs every test that tells a figure of the reliability suite, and prints the whole table.

    python -m tests.bench.reliability [PYTEST OPTIONS]

Memory is watched for ten minutes; the whole takes about an hour on two cores. Tests whose means aren't there
(Chromium, the public sets) are skipped, and why is told below the table.
"""

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from figures import KEPT, NAMES, kept_figures, table  # noqa: E402

BROWSER = TESTS / "browser"
DRIFT_S = 600
PACKAGES = ("chromadb", "gradio", "langchain", "sentence-transformers", "torch", "transformers")


def main(options: list[str]) -> int:
    """Run and print; the status is pytest's."""
    KEPT.unlink(missing_ok=True)
    tellers = {path: names for path in sorted(TESTS.rglob("test_*.py")) if (names := _told_in(path))}
    # Playwright keeps an event loop running in its process, in which no other can.
    in_browser = [path for path in tellers if BROWSER in path.parents]
    runs = [
        _run(files, options) for files in (in_browser, [path for path in tellers if path not in in_browser])
    ]
    skipped = runs[0][1] | runs[1][1]
    figures = kept_figures()
    print("\n".join(table(figures)), "\n")
    for name, told in NAMES.items():
        if not any(each["name"] == name for each in figures):
            files = [path.stem for path, names in tellers.items() if name in names]
            why = {reason for file in files for reason in skipped.get(file, ())} or {"its test told none"}
            print(f"{name} {told}, without a figure: {'; '.join(sorted(why))}.")
    print("With", ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    return max(status for status, _ in runs)


def _run(files: list[Path], options: list[str]) -> tuple[int, dict[str, set[str]]]:
    """Pytest's status, and why tests were skipped."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        given = ["-q", "-m", "", f"--drift={DRIFT_S}", f"--junitxml={report}"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *given, *map(str, files), *options], check=False
        )
        return done.returncode, _skipped(report)


def _told_in(file: Path) -> set[str]:
    """The tests of the suite of which ``file`` tells figures."""
    found = re.findall(r'\bfigure\(\s*"(T\d\d)"', file.read_text(encoding="utf-8"))
    return set() if file.name == "test_figures.py" else set(found)


def _skipped(report: Path) -> dict[str, set[str]]:
    """Why tests were skipped, by the names of their modules."""
    reasons: dict[str, set[str]] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        for skip in case.iter("skipped"):
            module = (case.get("classname") or case.get("name") or "").rpartition(".")[2]
            reasons.setdefault(module, set()).add(skip.get("message") or "skipped")
    return reasons


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
