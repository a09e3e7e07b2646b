"""Serves the page over canned operations on a free port: ``--port``, ``--auth``, ``--language``."""

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[2]))

from fake_operations import FakeOperations

from qa.app import serve
from qa.conversations import Conversations
from qa.settings import Auth


@dataclass(frozen=True)
class Told:
    language: str | None
    auth: Auth | None
    allowed_hosts: tuple[str, ...] = ("news.example",)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--auth")
    parser.add_argument("--language")
    parser.add_argument("--evil", action="store_true", help="store articles full of hostile markup too")
    parser.add_argument("--mcp", action="store_true")
    parser.add_argument("--chats", help="folder of the saved chats")
    told = parser.parse_args()
    auth = Auth(*told.auth.split(":")) if told.auth else None
    settings = Told(told.language, auth)
    with TemporaryDirectory() as folder:
        chats = Conversations(Path(told.chats or folder) / "chats.sqlite3")
        serve(
            FakeOperations(evil=told.evil),
            conversations=chats,
            settings=settings,
            host="127.0.0.1",
            port=told.port,
            mcp=told.mcp,
        )
    print("stopped", flush=True)


if __name__ == "__main__":
    main()
