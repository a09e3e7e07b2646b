"""T23 to T25 and T27: the shell beside the page, ingest beside questions, many at once, two who must not meet."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from homes import write
from served_page import serving, shell

from ingest import samples
from vectorstore import bundled

pytestmark = [
    pytest.mark.load,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here"),
]

QUESTIONS = (
    "who did Hammouchi meet in 2024",
    "when did the high-speed line open",
    "how many people died in the earthquake",
    "أين وقع الزلزال؟",
    "Qui organise la Coupe du monde 2030 ?",
)
QUIET_S, BUSY_S, STEP_S, WARM_S = 20, 60, 6, 30
LIGHTS = 10


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("load") / "home"


@pytest.fixture(scope="module")
def page(home: Path) -> Iterator[tuple[str, int]]:
    shell(home, "ingest", *(str(path) for path in samples.paths()))
    with serving(home) as served:
        yield served


def call(address: str, endpoint: str, **options: Any) -> dict[str, Any]:
    """One call of the page's API, to its last result. Raises where the page answers with an error."""
    with httpx.Client(base_url=address, timeout=120) as client:
        begun = client.post(f"/gradio_api/call/v2/{endpoint}", json=options)
        begun.raise_for_status()
        told: Any = None
        with client.stream("GET", f"/gradio_api/call/v2/{endpoint}/{begun.json()['event_id']}") as events:
            events.raise_for_status()
            kind = ""
            for line in events.iter_lines():
                kind = line.removeprefix("event: ") if line.startswith("event: ") else kind
                if line.startswith("data: "):
                    assert kind != "error", line
                    told = json.loads(line.removeprefix("data: ")) or told
        found: dict[str, Any] = told[0]
        return found


def asking(address: str, until: float, number: int) -> list[float]:
    """The seconds of each answer, asked one after another until the time has come."""
    took = []
    while time.monotonic() < until:
        began = time.monotonic()
        answer = call(address, "ask", question=QUESTIONS[(number + len(took)) % len(QUESTIONS)])
        took.append(time.monotonic() - began)
        for citation in answer["citations"]:
            assert len(citation["quote"]) == citation["end"] - citation["start"]
    return took


def many(address: str, askers: int, seconds: float) -> list[float]:
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(askers) as pool:
        found = pool.map(lambda number: asking(address, until, number), range(askers))
        return [each for took in found for each in took]


def p95(seconds: list[float]) -> float:
    return float(np.percentile(seconds, 95))


def resident(pid: int) -> int:
    """KiB of memory that a process holds."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def test_what_the_shell_ingests_the_page_finds_at_once(
    page: tuple[str, int], home: Path, tmp_path: Path, figure: Callable[..., None]
) -> None:
    waits = []
    for number in range(LIGHTS):
        words = f"The lighthouse of Ras Zitoun{number} was lit again on 3 March 2025 after eleven years of repairs."
        file = write(tmp_path / f"light{number}.txt", f"The light of Zitoun{number}\n\n{words}\n")
        [line] = shell(home, "ingest", str(file))
        assert line["status"] == "added"
        began = time.monotonic()
        while not call(page[0], "search", query=f"lighthouse Ras Zitoun{number}", k=1)["hits"][0][
            "text"
        ].count(f"Zitoun{number}"):
            assert time.monotonic() - began < 10
        waits.append(time.monotonic() - began)
    figure("T23", max(waits), n=len(waits), what="until the page finds what the shell ingested", unit="s")
    assert max(waits) <= 2


def test_questions_are_answered_while_articles_are_taken_in(
    page: tuple[str, int], home: Path, tmp_path: Path, figure: Callable[..., None]
) -> None:
    for number in range(150):
        words = (
            f"The harbour of port {number} was closed for {number} days by a strike of the crane drivers. "
        )
        write(tmp_path / f"port{number}.txt", f"Strike in port {number}\n\n{words * 3}\n")
    many(page[0], 4, 5)
    quiet = many(page[0], 4, QUIET_S)
    ended = threading.Event()

    def ingest() -> int:
        stored = 0
        while not ended.is_set():
            stored += len(shell(home, "ingest", str(tmp_path)))
        return stored

    with ThreadPoolExecutor(1) as pool:
        ingesting = pool.submit(ingest)
        busy = many(page[0], 4, BUSY_S)
        ended.set()
        stored = ingesting.result()
    figure(
        "T24", p95(busy) / p95(quiet), n=len(busy), what="p95 while articles are taken in to the quiet p95"
    )
    figure("T24", failures=0, n=len(busy), what="questions that failed meanwhile")
    assert stored >= 150
    assert p95(busy) <= 4 * p95(quiet)


def test_one_to_thirty_two_askers(page: tuple[str, int], figure: Callable[..., None]) -> None:
    for askers in (1, 2, 4, 8, 16, 32):
        took = many(page[0], askers, STEP_S)
        told = f"{askers:>2} askers: p50 {np.median(took):.2f} s, p95"
        figure("T25", p95(took), n=len(took), what=told, unit="s")


def test_memory_does_not_drift_once_the_page_is_warm(
    page: tuple[str, int], drift_s: int, figure: Callable[..., None]
) -> None:
    many(page[0], 16, WARM_S)
    before = resident(page[1])
    took = many(page[0], 4, drift_s)
    drift = resident(page[1]) / before - 1
    figure("T25", 100 * drift, n=len(took), what=f"memory drift in {drift_s} s of 4 askers", unit="%")
    assert drift <= 0.05


def test_two_who_ask_at_once_never_see_each_other_s_words(
    page: tuple[str, int], tmp_path: Path, home: Path, figure: Callable[..., None]
) -> None:
    sources = ("Left Post", "Right Post")
    for source in sources:
        words = (
            f"The bakery of {source.split()[0]}ville burned on 4 May 2025, said the fire chief of the town."
        )
        shell(
            home, "ingest", str(write(tmp_path / f"{source}.txt", f"Fire\n\n{words}\n")), "--source", source
        )

    def turns(source: str) -> list[str]:
        crossed, history = [], []
        for number in range(100):
            question = f"When did the bakery of {source.split()[0]}ville burn, {number}?"
            answer = call(page[0], "ask", question=question, source=source, history=history)
            text = json.dumps(answer, ensure_ascii=False)
            other = next(each for each in sources if each != source).split()[0]
            if answer["question"] != question or f"{other}ville" in text:
                crossed.append(text)
            history = [*history, {"question": question, "answer": answer["answer"]}][-3:]
        return crossed

    with ThreadPoolExecutor(2) as pool:
        crossed = [each for found in pool.map(turns, sources) for each in found]
    figure("T27", failures=len(crossed), n=200, what="turns with another session's words")
    assert not crossed
