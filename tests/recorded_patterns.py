"""Prints every regular expression that the project compiles: on import, and over the samples and the date traps.

A process of its own, since what was imported before can't be listened to. The lines are JSON: where, pattern, flags.
"""

import importlib
import json
import pkgutil
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
PACKAGES = ("qa", "ingest", "vectorstore")
OWN = tuple(str(ROOT / name) for name in PACKAGES)
found: dict[tuple[str, int], str] = {}


def record(original: Any) -> Any:
    """``re``'s own compiler, which every function of that module calls, listened to."""

    def compiled(pattern: Any, flags: Any) -> Any:
        caller = sys._getframe(1)
        while caller.f_code.co_filename == re.__file__ and caller.f_back:
            caller = caller.f_back
        file = caller.f_code.co_filename
        if file.startswith(OWN) and isinstance(pattern, str):
            found.setdefault((pattern, int(flags)), f"{Path(file).relative_to(ROOT)}:{caller.f_lineno}")
        return original(pattern, flags)

    return compiled


def use() -> None:
    """Everything that reads texts or questions, in this process rather than in the sandbox's."""
    for name in PACKAGES:
        for module in pkgutil.walk_packages(importlib.import_module(name).__path__, f"{name}."):
            importlib.import_module(module.name)
    from homes import operating
    from test_date_traps import CASES

    from ingest import samples
    from ingest.clean import clean
    from ingest.publication import find_publication
    from ingest.readers import read_text
    from qa.app.prose import prose

    pages = [(path.name, path.read_text("utf-8")) for path in samples.paths()]
    pages += [(case["name"], case["pages"][-1]) for case in CASES]
    for name, text in pages:
        page = read_text(text, name)
        find_publication(page, clean(page))
    questions = json.loads((Path(__file__).parent / "quality" / "questions.json").read_text("utf-8"))
    with TemporaryDirectory() as folder, operating(Path(folder)) as (operations, _):
        list(operations.ingest([str(path) for path in samples.paths()]))
        for each in questions[::6]:
            *_, answer = operations.ask(each["question"], as_of="2026-11-26")
            operations.verify(answer)
            prose(answer, 1, "en")


if __name__ == "__main__":
    re._compile = record(re._compile)  # type: ignore[attr-defined]
    use()
    for (pattern, flags), where in found.items():
        print(json.dumps([where, pattern, flags]))
