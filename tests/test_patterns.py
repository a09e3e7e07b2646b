"""Every compiled pattern of the project, against long hostile text: none may take time that grows with its square."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

SHORT = 10_000
LONG = 100_000
LONGEST = 1_000_000
MOST_S = 1.0
MOST_GROWTH = 2.5
MEASURABLE_S = 0.02
QUICK_S = 0.008  # at SHORT; what grows with the square from there takes less than MOST_S at LONG
MOST_S_A_PATTERN = 60.0
OWN_LINES = "qa/app/errors.py"
"""Whose patterns are matched against our own errors, a line each and from its start."""
# Runs of what patterns repeat, whole and in turns with what may stop them; each ends in something that fails.
SEEDS = (
    *"aA1 \t\n.,-_*#=/\\:;'\"()[]{}<>|%&@!?~`^+$الو٣ـّ،\u200fé«»",
    *(
        "a ",
        " a",
        "1 ",
        "1.",
        "1-",
        "1/",
        "a.",
        "a, ",
        "A. ",
        "a-",
        "a_",
        "[1",
        "[1]",
        "[1, ",
        "](",
        "![",
        "[[",
        "[a](",
    ),
    *(
        "<a ",
        "<a>",
        "</",
        "<!--",
        "&a;",
        "http://",
        "https://a.",
        "a@",
        "a@b.",
        "#a ",
        "> ",
        "- ",
        "* ",
        "| ",
        "**",
        "__",
    ),
    *(
        "ال",
        "ا ",
        "و ",
        "في ",
        "٣ ",
        "(1",
        "((",
        "\\[",
        "\\\\",
        '"@type":"',
        "charset=",
        "= ",
        "a\n",
        "\n\n",
        " \n",
        "\r\n",
    ),
    *(
        "---\n",
        "2024-",
        "2024-10-03 ",
        "3 October ",
        "Mr. A",
        "Mc",
        "d'",
        "l'a ",
        "1 and ",
        "from ",
        "between ",
        "of the ",
    ),
)


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns by where they are compiled: see ``recorded_patterns``."""
    here = Path(__file__).parent
    done = subprocess.run(
        [sys.executable, str(here / "recorded_patterns.py")],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(here), str(here.parent)])},
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return {
        f"{where} {pattern[:40]}": re.compile(pattern, flags)
        for where, pattern, flags in told
        if not where.startswith(OWN_LINES)
    }


def taken(pattern: re.Pattern[str], text: str) -> float:
    began = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.thread_time() - began


def hostile(seed: str, length: int) -> str:
    return (seed * length)[:length] + "\x00!"


def fault(pattern: re.Pattern[str]) -> str:
    """What is wrong with a pattern, empty where nothing is: all seeds short, then the slowest and those that grow."""
    try:
        with processor_time(MOST_S_A_PATTERN):
            short = {seed: taken(pattern, hostile(seed, SHORT)) for seed in SEEDS}
            growing = [
                seed
                for seed, took in short.items()
                if took > QUICK_S and taken(pattern, hostile(seed, 2 * SHORT)) > MOST_GROWTH * took
            ]
            chosen = [max(short, key=short.__getitem__), *growing]
            return next(filter(None, (fault_at_length(pattern, seed) for seed in chosen)), "")
    except TimeoutError:
        return f"more than {MOST_S_A_PATTERN:.0f} s for all seeds"


def fault_at_length(pattern: re.Pattern[str], seed: str) -> str:
    took = taken(pattern, hostile(seed, LONG))
    if took > MOST_S:
        return f"{took:.2f} s at {LONG:,} of {seed!r}"
    for length in (LONG, LONGEST // 2):
        text, twice = hostile(seed, length), hostile(seed, 2 * length)
        # Beside other work one measurement may mislead, three hardly do.
        if taken(pattern, text) > MEASURABLE_S and all(
            taken(pattern, twice) > MOST_GROWTH * taken(pattern, text) for _ in range(3)
        ):
            return f"more than {MOST_GROWTH} times as long for twice {length:,} of {seed!r}"
    return ""


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Raises ``TimeoutError`` inside once that much is used, which stops a pattern in the middle of a match too."""

    def stop(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_pattern_is_slow_on_hostile_text(figure: Callable[..., None]) -> None:
    faults = {name: told for name, pattern in patterns().items() if (told := fault(pattern))}
    figure("T17", failures=len(faults), n=len(patterns()), what="patterns slow on up to a million characters")
    assert faults == {}


def test_a_pattern_without_end_is_stopped_and_told() -> None:
    with pytest.raises(TimeoutError), processor_time(0.2):
        taken(re.compile(r"(?:a|a)*b"), hostile("a", 100))


def test_a_pattern_that_grows_with_the_square_is_told() -> None:
    assert " s at " in fault_at_length(re.compile(r"a+b"), "a")


@pytest.mark.slow
def test_the_patterns_are_found_also_those_that_functions_compile() -> None:
    assert len(patterns()) > 200
    assert sum(name.startswith("ingest/rejection.py") for name in patterns()) > 10
