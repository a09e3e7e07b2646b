"""Knowing when not to answer: what an answer's confidence is worth, on the reporting parts of public sets.

    python -m tests.bench.refusal DATA_FOLDER [--questions 150] [--save FILE]

Each question is asked of all paragraphs, then again while its own is taken out. Told are the shares of the answerable
that are refused (error) and of the others that are answered (hallucination), by the least confidence of an answer;
``--save`` keeps these and the risk–coverage curve, without any question's words.
"""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qa.evaluate import Progress, evaluate
from qa.operations import LocalOperations
from qa.question_sets import QuestionSet, read_set, thinned
from qa.settings import read
from qa.wiring import Parts
from tests.bench.retrieval import reported

SETS = {
    "ARCD": ("arcd-test", "arcd-test"),
    "XQuAD ar→ar": ("xquad-ar", "xquad-ar"),
    "XQuAD en→ar": ("xquad-en", "xquad-ar"),
}
KEPT = ("digest", "questions", "answers", "abstention", "risk_coverage_area", "risk_coverage", "thresholds")


def reporting(folder: Path, asked: str, stored: str, most: int) -> QuestionSet:
    """The part of a set that is reported on, thinned."""
    files = [folder / f"{name}.json" for name in (asked, stored)]
    questions = read_set(files[0], files[1] if asked != stored else None)
    own = {each.question for each in reported(*files)}
    return thinned(
        replace(questions, questions=tuple(each for each in questions.questions if each.question in own)),
        most,
    )


def measured(questions: QuestionSet) -> dict[str, Any]:
    """The report on a set, less what only a saved run holds."""
    with TemporaryDirectory() as home:
        parts = Parts(read({}, home))
        for each in evaluate(questions, parts, LocalOperations(parts), withhold=True):
            if isinstance(each, Progress):
                print(f"\r{each.what} {each.done} of {each.total} ", end="", file=sys.stderr, flush=True)
            else:
                found = {name: each[name] for name in KEPT}
        parts.close()
    return found


def main() -> None:
    """Measure each set and print its table."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--questions", type=int, default=150)
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    kept = {}
    for name, (asked, stored) in SETS.items():
        found = kept[name] = measured(reporting(given.folder, asked, stored, given.questions))
        print(f"\n{name}: {found['questions']} questions, area {found['risk_coverage_area']['value']:.3f}")
        for each in found["thresholds"]:
            cells = (
                f"{what} {each[what]['value']:.3f} ({each[what]['low']:.3f} to {each[what]['high']:.3f})"
                for what in ("error", "hallucination")
            )
            print(f"  {each['least']:.3f}", *cells, flush=True)
        if given.save:
            given.save.write_text(json.dumps(kept, indent=1, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
