"""What every test has: no way out of the machine, and the real model where it is asked for."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest
from figures import (  # noqa: F401
    figure,
    pytest_runtest_logreport,
    pytest_runtest_makereport,
    pytest_terminal_summary,
)

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

SHARED = Path(__file__).parents[2] / "shared"
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--drift", type=int, default=60, metavar="SECONDS", help="how long memory is watched")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two for all the default tests; what is picked by a marker, a word or a file runs here, and alone."""
    given = config.args_source is pytest.Config.ArgsSource.ARGS or config.option.keyword
    if given or not config.option.markexpr.startswith("not "):
        return 0
    config.option.dist = "loadfile"
    return 2


@pytest.fixture
def drift_s(request: pytest.FixtureRequest) -> int:
    """How long the page's memory is watched."""
    seconds: int = request.config.getoption("--drift")
    return seconds


@pytest.fixture(autouse=True)
def _no_outside_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that would leave this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(address[0]).startswith(LOOPBACK):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _no_settings_of_the_developer(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("ISNAD_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def articles_folder() -> Path:
    """The real articles that lie beside a working copy; skips where they don't."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the real articles aren't here")
    return folder


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The public question sets that lie beside a working copy; skips where they don't."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the public question sets aren't here")
    return folder
