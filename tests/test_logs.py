"""The home's log: what is told, and what never is."""

import json
import logging
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from homes import operating
from served_page import ISNAD, environment

from qa.logs import MOST_BYTES, logged, logged_in_home
from qa.settings import Auth, Settings
from vectorstore.errors import UserError

TEXT = "The mayor Zoubida opened the granite bridge in Pizzazz. It is of stone and wood."
QUESTION = "Who opened the granite bridge of Pizzazz?"
WORDS = ("Zoubida", "granite", "Pizzazz", "mayor", "Quixotry")


def lines(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home / "logs" / "isnad.jsonl").read_text().splitlines()]


def use(folder: Path, level: str = "WARNING") -> str:
    """A home in use at ``level``; all that its logs hold."""
    settings = Settings(home=folder / "home", cache=folder / "cache", log_level=level)
    with operating(folder) as (operations, _), logged_in_home(settings):
        told = logged(operations)
        told.ingest_text(TEXT, title="Quixotry", name="pizzazz.txt")
        list(told.ask(QUESTION))
        told.search(QUESTION)
        told.articles()
        with pytest.raises(UserError):
            told.show("Zoubida")
        logging.getLogger("some.library").warning("embedded %s", TEXT)
        with pytest.raises(ZeroDivisionError):
            list(logged(Broken()).ask(QUESTION))  # type: ignore[arg-type]
    return "".join(path.read_text() for path in (folder / "home" / "logs").iterdir())


class Broken:
    def ask(self, question: str) -> Iterator[dict[str, Any]]:
        yield {"answer": question}
        raise ZeroDivisionError(question)


def test_calls_are_told_with_their_time_and_outcome_as_json(tmp_path: Path) -> None:
    use(tmp_path)
    told = lines(tmp_path / "home")
    assert [each.get("event") for each in told] == [
        "ingest_text",
        "ask",
        "search",
        "articles",
        "show",
        None,
        "ask",
    ]
    stored, asked, _, listed, unknown, library, broken = told
    assert stored["status"] == "added"
    assert len(stored["article_id"]) == 16
    assert asked["seconds"] >= 0
    assert asked["abstained"] in (True, False)
    assert listed["articles"] == 1
    assert (unknown["level"], unknown["failed"]) == ("WARNING", "NotFound")
    assert library["logger"] == "some.library"
    assert broken["level"] == "ERROR"
    assert broken["error"]["type"] == "ZeroDivisionError"
    assert any(place.startswith("test_logs.py:") for place in broken["error"]["where"])


def test_no_word_of_an_article_or_a_question_is_logged_by_default(tmp_path: Path, figure: Any) -> None:
    told = use(tmp_path)
    leaked = [word for word in WORDS if word.casefold() in told.casefold()]
    figure("T19", failures=len(leaked), n=len(WORDS), what="words of articles and questions in the log")
    assert not leaked


def test_words_are_logged_on_demand(tmp_path: Path) -> None:
    assert "Pizzazz" in use(tmp_path, "DEBUG")


KEYS = (
    "sk-proj-abcdEFGH12345678",
    "Bearer eyJhbGciOi.secret-token",
    "https://amal:hunter22222@proxy.example/v1",
    "https://host.example/v1?key=AIzaSySecret99",
    "p4ss-of-the-page",
)
SECRETS = ("abcdEFGH12345678", "secret-token", "hunter22222", "AIzaSySecret99", "p4ss-of-the-page")


@pytest.mark.parametrize("level", ["DEBUG", "WARNING"])
def test_no_secret_is_logged_at_any_level(tmp_path: Path, level: str, figure: Any) -> None:
    settings = Settings(home=tmp_path, cache=tmp_path, log_level=level, auth=Auth("amal", "p4ss-of-the-page"))
    with logged_in_home(settings):
        for key in KEYS:
            logging.getLogger("some.client").warning("calling with %s", key)
            try:
                raise RuntimeError(f"401 for {key}")
            except RuntimeError:
                logging.getLogger("isnad").exception("ask")
    told = (tmp_path / "logs" / "isnad.jsonl").read_text()
    leaked = [secret for secret in SECRETS if secret in told]
    figure("T19", failures=len(leaked), n=2 * len(KEYS), what=f"planted keys in the log at {level}")
    assert not leaked
    assert len(told.splitlines()) == 2 * len(KEYS)


@pytest.mark.durability
def test_the_log_rotates_and_stays_within_its_size(tmp_path: Path) -> None:
    with logged_in_home(Settings(home=tmp_path, cache=tmp_path)):
        for _ in range(80):
            logging.getLogger("isnad").warning("x" * 400_000)
    sizes = [path.stat().st_size for path in (tmp_path / "logs").iterdir()]
    assert len(sizes) == 5
    assert max(sizes) <= MOST_BYTES


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs" / "isnad.jsonl").mkdir(parents=True)
    with logged_in_home(Settings(home=tmp_path, cache=tmp_path)):
        logging.getLogger("isnad").warning("ask")


def test_the_log_is_let_go_of_at_the_end(tmp_path: Path) -> None:
    handlers = list(logging.getLogger().handlers)
    with logged_in_home(Settings(home=tmp_path, cache=tmp_path)):
        assert len(logging.getLogger().handlers) == len(handlers) + 1
    assert logging.getLogger().handlers == handlers


def test_a_call_that_fails_is_one_line_on_the_terminal_and_another_in_the_log(tmp_path: Path) -> None:
    command = [*ISNAD, "--home", str(tmp_path), "ask", "?"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment())
    told = "isnad: the question has no words: write what you want to know\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    (line,) = lines(tmp_path)
    assert (line["event"], line["failed"]) == ("ask", "UserError")
