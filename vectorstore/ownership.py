"""One process owns a home's vectors at a time: who that is, and how another one reaches it.

The operating system's lock on ``owner.lock`` is the whole truth: it goes with its process, however that ends.
``owner.json`` only tells where the owner's page listens, and is believed only while that lock is held.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.errors import HomeBusy, HomeUnusable

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_NAME = "owner.lock"
PAGE_NAME = "owner.json"
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class Page:
    """Where the owner's page takes operations: process id, loopback address, and the token it asks for."""

    pid: int
    url: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ownership:
    """The right to open a home's vectors, held until the context manager that gave it ends."""

    home: Path

    def announce(self, url: str, token: str) -> None:
        """Tell other processes that this one takes operations at ``url`` from whoever knows ``token``.

        Only the user may read the file that says so. Raises ``HomeUnusable`` where it can't be written.
        """
        page = Page(os.getpid(), url, token)
        path = self.home / PAGE_NAME
        draft = path.with_suffix(f".{page.pid}.tmp")
        try:
            draft.unlink(missing_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(page), file)
            draft.replace(path)
        except OSError as error:
            raise _unusable(self.home, error) from error


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


@contextmanager
def own(home: Path, *, wait_s: float, say: Callable[[str], None] | None = None) -> Iterator[Ownership]:
    """Own ``home`` for as long as the context lasts; the folder is made where it is missing.

    While another process owns it, waits up to ``wait_s`` seconds (``say`` gets one line about that), then
    raises ``HomeBusy``; a page that was announced isn't waited for. Raises ``HomeUnusable`` for a home that
    can't be used.
    """
    with claim(home, wait_s=wait_s, answers=lambda page: True, say=say) as claimed:
        if isinstance(claimed, Page):
            raise HomeBusy(
                f"a page runs on {home} already, at {claimed.url} (process {claimed.pid}): use it, or stop it"
            )
        yield claimed


@contextmanager
def claim(
    home: Path, *, wait_s: float, answers: Callable[[Page], bool], say: Callable[[str], None] | None = None
) -> Iterator[Ownership | Page]:
    """Own ``home``, or get the page that does, whichever comes first within ``wait_s`` seconds.

    ``answers`` decides whether a page that was announced is there to take operations; one that still starts
    is waited for. Raises as ``own`` does.
    """
    lock = _lock(home)
    page = _take(lock, home, wait_s, answers, say)
    if page is not None:
        yield page
        return
    try:
        # What a killed owner left behind must not be taken for this process's page.
        _forget_page(home)
        yield Ownership(home)
    finally:
        _forget_page(home)
        lock.release()


def _take(
    lock: "FileLock",
    home: Path,
    wait_s: float,
    answers: Callable[[Page], bool],
    say: Callable[[str], None] | None,
) -> Page | None:
    """Take the lock, or return the page of the process that has it."""
    deadline = time.monotonic() + wait_s
    while not _taken(lock, home):
        page = _read_page(home)
        if page is not None and answers(page):
            return page
        if time.monotonic() >= deadline:
            raise HomeBusy(f"another isnad process works on {home}: try again when it is done")
        if say is not None:
            say(f"another isnad process works on {home}: waiting up to {wait_s:.0f} s for it")
            say = None
        time.sleep(_POLL_S)
    return None


def _lock(home: Path) -> "FileLock":
    from filelock import FileLock

    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(home, error) from error
    # A lock file without the system's own lock behind it would outlive a crash: rather none.
    return FileLock(home / LOCK_NAME, mode=0o600, thread_local=False, fallback_to_soft=False)


def _taken(lock: "FileLock", home: Path) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=0)
    except Timeout:
        return False
    except OSError as error:
        raise _unusable(home, error) from error
    return True


def _read_page(home: Path) -> Page | None:
    try:
        told = json.loads((home / PAGE_NAME).read_text(encoding="utf-8"))
        return Page(int(told["pid"]), str(told["url"]), str(told["token"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _forget_page(home: Path) -> None:
    with suppress(OSError):
        (home / PAGE_NAME).unlink()


def _unusable(home: Path, error: OSError) -> HomeUnusable:
    reason = (error.strerror or str(error)).lower()
    return HomeUnusable(f"the home {home} can't be used ({reason}): choose another with --home or ISNAD_HOME")
