"""Untrusted files are parsed in a process of their own, with limits on time, memory and what it may do.

A parser that runs wild, crashes or is taken over by a hostile file takes that process down and nothing else. Only
JSON comes back, and it is checked. Processes are reused: starting one takes half a second.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from multiprocessing import Pipe
from threading import Lock
from time import monotonic
from typing import Any

from ingest.feeds import Listing
from ingest.inputs import Skipped
from ingest.page import Document
from ingest.prepared import Began, Event, Outcome, Refused
from vectorstore.errors import Unreadable

_IDLE = 2  # processes kept for the next file
_START_S = 60.0  # in which a process is there, on a busy machine too
_USES = 500  # files a process reads: libraries keep caches that grow
_FAULTS = 5  # articles of one file that may take their process down before the rest is given up


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading a file may take: ``seconds`` up to its first article and as a reserve, then ``seconds_each``."""

    seconds: float = 20.0
    seconds_each: float = 1.0
    memory: int = 2**30


class Sandbox:
    """Reads documents in other processes, started when first needed. Threads may share it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._guard = Lock()
        self._idle: list[_Process] = []

    def articles(self, document: Document) -> Iterator[Event]:
        """The articles of a file as each is ready, announced before it is read; one that can't be read is told of.

        An article that takes its process down fails by itself; those after it in the file are read.
        """
        done = faults = 0
        while True:
            began: Began | None = None
            try:
                for event in self._answer("articles", document, skip=done):
                    if isinstance(event, Began):
                        began = event
                    elif isinstance(event, Outcome):
                        done, began = done + 1, None
                    yield event
                return
            except _Broken as broken:
                faults += 1
                shown = began.shown if began else document.shown
                yield Outcome(shown, Refused("failed", f"'{shown}' {broken}"))
                done += 1
                if began is None or done >= began.total:
                    return
                if faults >= _FAULTS:
                    told = (
                        f"'{document.shown}' has more articles like that: {began.total - done} weren't read"
                    )
                    yield Outcome(document.shown, Refused("failed", told))
                    return

    def listing(self, document: Document) -> Listing:
        """What a feed or sitemap lists. Raises ``Unreadable``."""
        try:
            for event in self._answer("listing", document, skip=0):
                if isinstance(event, Listing):
                    return event
                if isinstance(event, Refused):
                    raise Unreadable(event.reason)
        except _Broken as broken:
            raise Unreadable(f"'{document.shown}' {broken}") from broken
        raise Unreadable(f"'{document.shown}' lists nothing")

    def close(self) -> None:
        """End the idle processes."""
        with self._guard:
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def _answer(self, task: str, document: Document, skip: int) -> Iterator[Any]:
        process = self._take()
        whole = False
        try:
            yield from process.ask(task, document, skip)
            whole = True
        finally:
            if whole:
                self._give_back(process)
            else:
                process.end()

    def _take(self) -> "_Process":
        with self._guard:
            if self._idle:
                return self._idle.pop()
        return _Process(self._limits)

    def _give_back(self, process: "_Process") -> None:
        with self._guard:
            if process.uses < _USES and len(self._idle) < _IDLE:
                self._idle.append(process)
                return
        process.end()


class _Broken(Exception):
    """The process didn't finish; its message goes on from the file's name."""


class _Process:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.uses = 0
        self._channel, other = Pipe()
        numbers = (other.fileno(), limits.memory, limits.seconds)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-X", "utf8", "-m", "ingest.worker", *map(str, numbers)],
            pass_fds=[other.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt at the terminal is this process's to handle
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},  # and no key of the user's
        )
        other.close()

    def ask(self, task: str, document: Document, skip: int) -> Iterator[Any]:
        """The events of one request. Raises ``_Broken``."""
        self.uses += 1
        request = asdict(replace(document, data=b"")) | {"task": task, "skip": skip}
        request.pop("data")
        try:
            if self.uses == 1:
                self._next(monotonic() + _START_S)
            until = monotonic() + self._limits.seconds
            self._channel.send_bytes(json.dumps(request, default=str).encode())
            self._channel.send_bytes(document.data)
            while (event := self._next(until)) is not None:
                until += self._limits.seconds_each if isinstance(event, Outcome) else 0
                yield event
        except (EOFError, OSError) as error:
            raise _Broken(
                f"can't be read: that crashed or took over {self._limits.memory >> 20} MB of memory"
            ) from error

    def _next(self, until: float) -> Any:
        if not self._channel.poll(max(0.0, until - monotonic())):
            raise _Broken(
                f"takes longer than {self._limits.seconds:.0f} s to read; split it, or save it as plain text"
            )
        kinds, told = _kinds(), json.loads(self._channel.recv_bytes())
        if told is None:
            return None
        ((kind, value),) = told.items()
        if kind == "fault":
            memory = f"needs more than {self._limits.memory >> 20} MB of memory to read; split it"
            raise _Broken(
                memory if value == "memory" else f"can't be read ({value}); save it in another format"
            )
        return kinds[kind].validate_python(value, strict=False)

    def end(self) -> None:
        """Stop the process, whatever it is at."""
        self._channel.close()
        self._process.kill()
        self._process.wait()


@cache
def _kinds() -> dict[str, Any]:
    """How what the process says is checked."""
    from pydantic import TypeAdapter

    kinds = (Began, Outcome, Skipped, Listing, Refused)
    return {kind.__name__.lower(): TypeAdapter(kind) for kind in kinds}
