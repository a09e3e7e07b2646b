"""The program's own errors in the page's language; each is made by the code that raises it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from ingest.addresses import AddressCheck
from ingest.readers import read_text
from qa import operations, saved
from qa.app.crowd import when_full
from qa.app.errors import explained
from qa.conversations import Conversations
from qa.llm import chat_model
from vectorstore.errors import UserError
from vectorstore.library import Library
from vectorstore.times import parse_days

ERRORS: dict[str, Callable[[Path], Any]] = {
    "private": lambda _: AddressCheck().target("http://127.0.0.1/secret"),
    "scheme": lambda _: AddressCheck().target("ftp://news.example/a"),
    "host": lambda _: AddressCheck(resolve=lambda *_: []).target("http://nowhere.example/a"),
    "empty": lambda _: read_text(" ", "empty.txt"),
    "date": lambda _: parse_days("yesterday"),
    "day": lambda _: operations._day("2024", "--published"),
    "window": lambda _: operations._window("2024", "2023"),
    "words": lambda _: operations._words("?", "question"),
    "long": lambda _: operations._words("a" * 9_000_000, "question"),
    "sources": lambda _: saved.read_saved("A sentence without any."),
    "answer": lambda _: saved.read_saved('{"answer": 3}'),
    "chat": lambda home: Conversations(home / "chats.sqlite3").load("me", "none"),
    "article": lambda home: Library(home / "library.sqlite3").get("none"),
    "provider": lambda _: chat_model("nobody:model"),
}


def raised(make: Callable[[Path], Any], home: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        make(home)
    return caught.value


@pytest.mark.parametrize("name", ERRORS)
def test_the_errors_that_a_reader_meets_are_told_in_french_and_arabic(name: str, tmp_path: Path) -> None:
    error = raised(ERRORS[name], tmp_path)
    assert explained(error, "en") == str(error)
    french, arabic = explained(error, "fr"), explained(error, "ar")
    assert "en anglais" not in french
    assert "بالإنجليزية" not in arabic
    assert "None" not in french + arabic


def test_what_an_error_is_about_stands_in_its_translation() -> None:
    error = raised(ERRORS["private"], Path())
    for language in ("fr", "ar"):
        assert "\u2068http://127.0.0.1/secret\u2069" in explained(error, language)


def test_a_line_that_isnt_known_stands_whole_behind_a_lead() -> None:
    line = "the {disk} is <full>: make room"
    for language in ("fr", "ar"):
        told = explained(line, language)
        assert f"\u2068{line}\u2069" in told
        assert not told.startswith("\u2068")


@pytest.mark.parametrize(
    ("detail", "status", "told"),
    [
        ("Queue is full. Max size is 64 and size is 64.", 429, "Trop de questions"),
        ("Queue is stopped.", 503, "Queue is stopped."),
    ],
)
def test_a_full_queue_is_told_in_the_callers_language(detail: str, status: int, told: str) -> None:
    app = FastAPI()
    app.add_exception_handler(HTTPException, when_full(None))

    @app.get("/")
    def full() -> None:
        raise HTTPException(503, detail)

    reply = TestClient(app).get("/", headers={"accept-language": "fr"})
    assert (reply.status_code, "retry-after" in reply.headers) == (status, status == 429)
    assert told in reply.json()["detail"]
