"""Every compiled pattern of the project, against long hostile text: none may take time that grows with its square."""

import gc
import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import ingest
import qa
import vectorstore

LENGTH = 100_000
MOST_S = 1.0
MOST_GROWTH = 2.5
QUICK_S = 0.008
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


def modules() -> Iterator[str]:
    for package in (qa, ingest, vectorstore):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.startswith("qa.app"):  # which need Gradio, and hold no patterns of outside text
                yield found.name


def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns in the modules' variables, and in containers there, by where they are."""
    found: dict[str, re.Pattern[str]] = {}
    for name in modules():
        for variable, value in vars(importlib.import_module(name)).items():
            for at, each in enumerate(_within(value)):
                if isinstance(each.pattern, str):
                    found[f"{name}.{variable}" + (f"[{at}]" if at else "")] = each
    return {
        name: each for name, each in found.items() if name.split(".")[0] in ("qa", "ingest", "vectorstore")
    }


def _within(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from _within(each)


def taken(pattern: re.Pattern[str], text: str) -> float:
    began = time.thread_time()
    for _ in pattern.finditer(text):
        pass
    pattern.fullmatch(text)
    return time.thread_time() - began


def fault(pattern: re.Pattern[str], seeds: tuple[str, ...]) -> str:
    """What is wrong with a pattern, empty where nothing is. Short texts first, so that a bad one ends soon."""
    for seed in seeds:
        text = (seed * LENGTH)[:LENGTH] + "\x00!"
        small = taken(pattern, text[-LENGTH // 10 :])
        if small > MOST_S / 4:
            return f"{small:.2f} s at {LENGTH // 10:,} of {seed!r}"
        if small < QUICK_S:
            continue  # time that grows with the square would be within the limit at ten times the length, too
        whole = taken(pattern, text)
        if whole > MOST_S:
            return f"{whole:.2f} s at {LENGTH:,} of {seed!r}"
        if whole > 0.1 and (growth := taken(pattern, text + text) / whole) > MOST_GROWTH:
            return f"{growth:.1f} times as long for twice {seed!r}"
    return ""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_pattern_is_slow_on_hostile_text() -> None:
    gc.collect()
    faults = {name: told for name, pattern in patterns().items() if (told := fault(pattern, SEEDS))}
    assert faults == {}


def test_the_patterns_are_found() -> None:
    assert len(patterns()) > 100
