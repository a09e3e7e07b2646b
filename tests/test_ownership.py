"""One owner a home: the lock, the announcement, and what a crash leaves."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from vectorstore.errors import HomeBusy, HomeUnusable
from vectorstore.ownership import Ownership, Page, claim, new_token, own

ROOT = Path(__file__).parents[1]
OWNER = """
import sys, time
from pathlib import Path
from vectorstore.ownership import own
with own(Path(sys.argv[1]), wait_s=0) as owned:
    if len(sys.argv) > 2:
        owned.announce(sys.argv[2], "secret-token")
    print("owned", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_owner(home: Path, *url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", OWNER, str(home), *url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "owned\n"
            yield process
        finally:
            process.kill()


def test_a_missing_home_is_made_for_the_user_alone(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    with own(home, wait_s=0) as owned:
        assert owned == Ownership(home)
    assert home.stat().st_mode & 0o777 == 0o700


def test_a_second_process_waits_says_so_once_and_gives_up(tmp_path: Path) -> None:
    said: list[str] = []
    with another_owner(tmp_path):
        began = time.monotonic()
        with pytest.raises(HomeBusy, match="try again"), own(tmp_path, wait_s=0.5, say=said.append):
            pass
        assert 0.5 <= time.monotonic() - began < 10
    assert len(said) == 1


def test_two_owners_in_one_process_exclude_one_another_too(tmp_path: Path) -> None:
    with own(tmp_path, wait_s=0), pytest.raises(HomeBusy), own(tmp_path, wait_s=0):
        pass
    with own(tmp_path, wait_s=0):
        pass


def test_a_waiting_process_goes_on_as_soon_as_the_owner_is_done(tmp_path: Path) -> None:
    with another_owner(tmp_path) as owner:
        threading.Timer(0.3, owner.kill).start()
        with own(tmp_path, wait_s=10):
            pass


def test_an_announced_page_is_read_by_the_user_alone_and_goes_with_its_owner(tmp_path: Path) -> None:
    with own(tmp_path, wait_s=0) as owned:
        owned.announce("http://127.0.0.1:1", "secret-token")
        assert (tmp_path / "owner.json").stat().st_mode & 0o777 == 0o600
        told = json.loads((tmp_path / "owner.json").read_text())
        assert told == {"pid": os.getpid(), "url": "http://127.0.0.1:1", "token": "secret-token"}
    assert [path.name for path in tmp_path.iterdir()] == ["owner.lock"]


def test_tokens_differ() -> None:
    assert new_token() != new_token()


def test_a_claim_gets_the_page_of_a_running_owner_at_once(tmp_path: Path) -> None:
    asked: list[Page] = []

    def answers(page: Page) -> bool:
        asked.append(page)
        return True

    with (
        another_owner(tmp_path, "http://127.0.0.1:1") as owner,
        claim(tmp_path, wait_s=0, answers=answers) as page,
    ):
        assert isinstance(page, Page)
        assert page == Page(owner.pid, "http://127.0.0.1:1", "secret-token")
        assert "secret-token" not in repr(page)
    assert asked == [page]


def test_a_page_that_still_starts_is_waited_for(tmp_path: Path) -> None:
    tries = iter((False, False, True))
    with (
        another_owner(tmp_path, "http://127.0.0.1:1"),
        claim(tmp_path, wait_s=5, answers=lambda page: next(tries)) as page,
    ):
        assert isinstance(page, Page)


def test_a_second_page_on_a_home_is_told_where_the_first_one_is(tmp_path: Path) -> None:
    with (
        another_owner(tmp_path, "http://127.0.0.1:7"),
        pytest.raises(HomeBusy, match=r"http://127\.0\.0\.1:7"),
        own(tmp_path, wait_s=5),
    ):
        pass


def test_what_a_killed_page_left_behind_is_not_believed(tmp_path: Path) -> None:
    with another_owner(tmp_path, "http://127.0.0.1:1") as owner:
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        assert (tmp_path / "owner.json").exists()
        with claim(tmp_path, wait_s=0, answers=lambda page: pytest.fail("a dead page was asked")) as claimed:
            assert isinstance(claimed, Ownership)
            assert not (tmp_path / "owner.json").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 1}', '{"pid": "x", "url": 1, "token": 2}'])
def test_a_torn_announcement_is_none(tmp_path: Path, content: str) -> None:
    with another_owner(tmp_path):
        (tmp_path / "owner.json").write_text(content)
        with pytest.raises(HomeBusy), claim(tmp_path, wait_s=0, answers=lambda page: True):
            pass


def test_a_home_that_can_t_be_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for home in (tmp_path / "file", tmp_path / "file" / "home", Path("/proc/isnad")):
        with pytest.raises(HomeUnusable, match="choose another with --home") as caught, own(home, wait_s=0):
            pass
        assert str(home) in str(caught.value)
        assert "\n" not in str(caught.value)
