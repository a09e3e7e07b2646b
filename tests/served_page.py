"""``isnad serve`` as a process of its own on a home, for tests from outside."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ISNAD = (sys.executable, "-c", "from qa.cli import run; run()")
STOP_S = 60


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("ISNAD_")}


@contextmanager
def serving(home: Path) -> Iterator[tuple[str, int]]:
    """The page's address and process id; it must stop by itself when it is told to."""
    command = [*ISNAD, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("Isnad is at http://127.0.0.1:"), line
            yield line.split()[3], process.pid
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_S)
            finally:
                process.kill()


def shell(home: Path, *arguments: str) -> list[dict[str, Any]]:
    """What a command prints with ``--json``, a line each."""
    done = subprocess.run(
        [*ISNAD, "--home", str(home), *arguments, "--json"],
        capture_output=True,
        text=True,
        check=True,
        env=environment(),
    )
    return [json.loads(line) for line in done.stdout.splitlines()]
