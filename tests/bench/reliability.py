"""Runs every test that tells a figure of the reliability suite, and prints the whole table.

    python -m tests.bench.reliability [PYTEST OPTIONS]

It takes about half an hour on two cores; tests whose means aren't there (Chromium, the public sets) are skipped and
their rows say so.
"""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from figures import KEPT, NAMES, kept_figures, table  # noqa: E402

PACKAGES = ("chromadb", "gradio", "langchain", "sentence-transformers", "torch", "transformers")


def main(options: list[str]) -> int:
    """Run and print; the status is pytest's."""
    KEPT.unlink(missing_ok=True)
    files = sorted(
        str(path)
        for path in TESTS.rglob("test_*.py")
        if 'figure("T' in path.read_text(encoding="utf-8") and path.name != "test_figures.py"
    )
    status = subprocess.run([sys.executable, "-m", "pytest", "-q", "-m", "", *files, *options], check=False)
    figures = kept_figures()
    print("\n".join(table(figures)))
    missing = [
        f"{name} {told}" for name, told in NAMES.items() if not any(each["name"] == name for each in figures)
    ]
    print(f"\nWithout a figure: {', '.join(missing) or 'none'}.")
    print("With", ", ".join(f"{name} {version(name)}" for name in PACKAGES))
    return status.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
