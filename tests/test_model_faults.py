"""T26: whatever a chat model does, an answer comes, in time, with few calls; and stopping stops."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from homes import operating
from stub_model import Stub, stub_model

from qa.operations import LocalOperations

pytest.importorskip("langchain_openai")
pytestmark = pytest.mark.slow

FAULTS = (
    *(
        "http401",
        "http429",
        "http500",
        "http400",
        "bad-json",
        "cut-stream",
        "empty",
        "refuse",
        "huge",
        "never-stops",
    ),
    *("silence", "stalls", "ttft5000", "cite-99", "markdown-exfil", "html-xss", "refused connection"),
)
TIMES = 5
MOST_CALLS = 3
FIRST_WORD_S, ALL_S = 20, 60
MEETING = "Abdellatif Hammouchi met the German police chief Holger Münch in Berlin on 25 September 2024."
HISTORY = [{"question": "who did Hammouchi meet", "answer": "Holger Münch"}]
QUESTION = "and when?"


@dataclass(frozen=True, slots=True)
class Run:
    """One question of a faulty model."""

    fault: str
    answer: dict[str, Any]
    first_s: float
    whole_s: float


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with stub_model() as running:
        yield running


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory, stub: Stub) -> Iterator[LocalOperations]:
    with operating(tmp_path_factory.mktemp("home")) as (made, parts):
        parts.settings = replace(parts.settings, llm_base_url=stub.base_url)
        made.ingest_text(MEETING, title="Berlin", published="2024-10-03", source="Sample Post")
        yield made


def _run(operations: LocalOperations, fault: str) -> Run:
    began = monotonic()
    first = 0.0
    answer: dict[str, Any] = {}
    growing = operations.ask(QUESTION, as_of="2024-11-01", llm=f"openai:{fault}", history=HISTORY)
    for answer in growing:  # noqa: B007  the last one counts
        first = first or monotonic() - began
    return Run(fault, answer, first, monotonic() - began)


@pytest.mark.timeout(600)
def test_every_fault_ends_in_an_answer_in_time(
    operations: LocalOperations, stub: Stub, tmp_path: Path, figure: Callable[..., None]
) -> None:
    operations.articles()
    with ThreadPoolExecutor(TIMES) as pool:
        runs = [run for fault in FAULTS[:-1] for run in pool.map(_run, [operations] * TIMES, [fault] * TIMES)]
        calls = Counter(request["model"] for request in stub.requests)
        with operating(tmp_path) as (other, parts):
            parts.settings = replace(parts.settings, llm_base_url="http://127.0.0.1:9/v1")
            other.ingest_text(MEETING, title="Berlin", published="2024-10-03", source="Sample Post")
            runs += [_run(other, FAULTS[-1]) for _ in range(TIMES)]
    unanswered = [run for run in runs if not run.answer["citations"]]
    untold = [run for run in runs if run.answer["mode"] == "extractive" and not run.answer["notice"]]
    late = [run for run in runs if run.first_s > FIRST_WORD_S or run.whole_s > ALL_S]
    figure(
        "T26",
        failures=len(unanswered + untold),
        n=len(runs),
        what="questions without an answer that says why",
    )
    figure("T26", failures=len(late), n=len(runs), what="first word after 20 s, or not whole after 60 s")
    figure(
        "T26", max(run.first_s for run in runs), n=len(runs), what="longest until the first word", unit="s"
    )
    figure("T26", max(calls.values()) / TIMES, n=len(runs), what="most calls a question")
    assert (unanswered, untold, late) == ([], [], [])
    assert max(calls.values()) <= MOST_CALLS * TIMES


def test_stopping_closes_the_connection_to_the_model(operations: LocalOperations, stub: Stub) -> None:
    growing = operations.ask(QUESTION, as_of="2024-11-01", llm="openai:say-forever", history=HISTORY)
    next(growing)
    left = stub.left
    growing.close()  # type: ignore[attr-defined]
    due = monotonic() + 5
    while stub.left == left and monotonic() < due:
        sleep(0.05)
    assert stub.left == left + 1
