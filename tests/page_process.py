"""The page as a process of its own, over canned operations, for tests from outside."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPT = Path(__file__).parent / "browser" / "serve_fake.py"
STOP_S = 20


@contextmanager
def running_page(*options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page's address and process; it must end by itself, cleanly, when it is told to."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, str(SCRIPT), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline().strip()
            assert line.startswith("Isnad is at http://127.0.0.1:"), line
            yield line.removeprefix("Isnad is at "), process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOP_S)
            finally:
                process.kill()
