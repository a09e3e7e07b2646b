"""The shell: output, exit statuses, and what reaches a terminal."""

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from homes import operating, write
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qa.cli.answers import answer_text
from qa.cli.articles import article_text
from qa.cli.main import main
from qa.cli.shell import Shell
from qa.cli.text import harmless, json_line, one_line
from qa.operations import LocalOperations
from qa.settings import Settings
from qa.wiring import Parts
from vectorstore.errors import NotFound

ROOT = Path(__file__).parents[1]
TITLE = "حموشي يستقبل سفير الإمارات"
EVIL = "\x1b]0;owned\x07\x1b[31mred\x9b2J \u202eevil\u202c \u2066x\u2069 \U000e0041 back\x08\rover"

PASSAGE: dict[str, Any] = {
    "article_id": "a1",
    "version": "v1",
    "chunk_id": "a1-v1-0-30",
    "title": TITLE,
    "source": "هسبريس",
    "url": None,
    "published": "2024-10-03",
    "event": {"from": "2024-09-23", "to": "2024-09-26"},
    "quote": "استقبل حموشي سفير الإمارات",
    "start": 0,
    "end": 26,
    "also_in": [{"article_id": "a1", "source": "Le Matin", "url": None, "published": None}],
}
ANSWER: dict[str, Any] = {
    "question": "and in 2024?",
    "rewritten": "who did Hammouchi meet in 2024",
    "language": "en",
    "mode": "extractive",
    "answer": "He met the ambassador [1]. The text says \\[3\\].",
    "abstained": False,
    "reason": None,
    "confidence": None,
    "notice": None,
    "window": {"from": "2024-01-01", "to": "2024-12-31", "understood_from": "in 2024"},
    "people": [{"asked": "Hammouchi", "matched": ["حموشي"]}],
    "citations": [{"n": 1, **PASSAGE, "support": "supported"}],
    "sentences": [{"start": 0, "end": 26, "cites": [1], "support": "supported", "missing": []}],
    "nearest": [],
    "undated": [{**PASSAGE, "published": None, "event": None, "title": "بلا تاريخ"}],
    "articles_considered": 5,
    "model": None,
    "timings_ms": {"retrieve": 30},
}
ARTICLE: dict[str, Any] = {
    "article_id": "a1",
    "version": "v1",
    "versions": [{"version": "v1", "ingested_at": "2024-11-01T10:00:00+00:00"}],
    "title": TITLE,
    "language": "ar",
    "published": "2024-10-03",
    "published_from": "byline",
    "source": "هسبريس",
    "url": None,
    "author": None,
    "ingested_at": "2024-11-01T10:00:00+00:00",
    "same_story_as": None,
    "appearances": [],
}
SHOWN: dict[str, Any] = {
    **ARTICLE,
    "text": "السطر الأول\nالسطر الثاني",
    "removed": [{"line": "القائمة", "why": "menu"}, {"line": "البحث", "why": "menu"}],
    "chunks": [{"chunk_id": "a1-v1-0-24", "start": 0, "end": 24}],
}


def item(given: str, status: str = "added") -> dict[str, Any]:
    stored = status not in ("failed", "rejected")
    return {
        "input": given,
        "status": status,
        "article_id": "a1" if stored else None,
        "version": "v1" if stored else None,
        "title": TITLE if stored else None,
        "language": "ar" if stored else None,
        "published": None,
        "published_from": None,
        "source": None,
        "url": None,
        "chunks": 3 if stored else 0,
        "removed_lines": 2,
        "same_story_as": None,
        "reason": None if stored else "there is no article in it",
    }


class FakeOperations:
    """Canned results; ``calls`` tells what was asked."""

    def __init__(self, answer: dict[str, Any] | None = None, shown: dict[str, Any] | None = None) -> None:
        self.calls: list[tuple[str, Any, dict[str, Any]]] = []
        self.answer = answer or ANSWER
        self.shown = shown or SHOWN
        self.sound = True

    def ask(self, question: str, **options: Any) -> Iterator[dict[str, Any]]:
        self.calls.append(("ask", question, options))
        if question == "crash":
            raise ZeroDivisionError("by\nzero")
        if question == "stop":
            raise KeyboardInterrupt
        yield {**self.answer, "answer": "He met"}
        yield self.answer

    def search(self, query: str, **options: Any) -> dict[str, Any]:
        self.calls.append(("search", query, options))
        if query == "nothing":
            return {"query": query, "window": None, "hits": []}
        quote = {"rank": 1, "score": 0.5, "text": PASSAGE["quote"], "found_by": ["dense", "lexical"]}
        return {"query": query, "window": None, "hits": [{**PASSAGE, **quote}]}

    def ingest(self, inputs: list[str], **options: Any) -> Iterator[dict[str, Any]]:
        self.calls.append(("ingest", inputs, options))
        yield {"total": len(inputs)}
        for each in inputs:
            if each.endswith("folder"):
                yield {"skipped": f"{each}/.x", "why": "hidden"}
                yield {"skipped": f"{each}/a.css", "why": "unknown type"}
                yield {"skipped": f"{each}/b.css", "why": "unknown type"}
            else:
                yield item(each, "rejected" if "empty" in each else "added")

    def ingest_text(self, text: str, **options: Any) -> dict[str, Any]:
        self.calls.append(("ingest_text", text, options))
        return item(options["name"])

    def articles(self) -> dict[str, Any]:
        return {"articles": [ARTICLE, {**ARTICLE, "article_id": "a2", "published": None, "title": EVIL}]}

    def show(self, article_id: str, *, version: str | None = None) -> dict[str, Any]:
        if article_id != "a1":
            raise NotFound(f"no article {article_id}: 'isnad articles' lists them")
        return self.shown

    def set(self, article_id: str, **options: Any) -> dict[str, Any]:
        self.calls.append(("set", article_id, options))
        return ARTICLE

    def remove(self, article_ids: list[str]) -> dict[str, Any]:
        return {
            "removed": [each for each in article_ids if each == "a1"],
            "unknown": [each for each in article_ids if each != "a1"],
        }

    def verify(self, answer: Any) -> dict[str, Any]:
        self.calls.append(("verify", answer, {}))
        support = "supported" if self.sound else "partial"
        missing = [] if self.sound else ["2024\x1b[31m"]
        citation = {"n": 1, "valid": self.sound, "current": False, "support": support}
        sentence = {"start": 0, "end": 26, "cites": [1], "support": support, "missing": missing}
        return {"citations": [citation], "sentences": [sentence], "ok": self.sound}

    def reindex(self) -> Iterator[dict[str, Any]]:
        yield {"done": 1, "total": 1}
        yield {"articles": 1, "chunks": 3, "seconds": 0.1}

    def doctor(self, *, fix: bool = False) -> dict[str, Any]:
        check = {"name": "vectors", "ok": self.sound or fix, "detail": "3", "fixed": not self.sound and fix}
        return {"ok": self.sound or fix, "checks": [check]}

    def backup(self, file: str) -> dict[str, Any]:
        return {"file": file, "articles": 5, "bytes": 3 * 2**20}


class Isnad:
    """Runs command lines against fake operations in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str], home: Path) -> None:
        self.operations = FakeOperations()
        self.environment = {"ISNAD_HOME": str(home)}
        self.served: list[dict[str, Any]] = []
        self.homes: list[Path] = []
        self.while_serving: Callable[[], None] | None = None
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        shell = Shell(self.environment, self._join, self._open, self._serve, self._parts)
        status = main(arguments, shell)
        out, err = self._capsys.readouterr()
        return status, out, err

    def _join(self, settings: Settings, say: object) -> Any:
        return self._open(settings)

    @contextmanager
    def _open(self, settings: Settings) -> Iterator[FakeOperations]:
        self.homes.append(settings.home)
        yield self.operations

    @contextmanager
    def _parts(self, settings: Settings) -> Iterator[tuple[Parts, LocalOperations]]:
        with operating(settings.home) as (operations, parts):
            yield parts, operations

    def _serve(self, operations: FakeOperations, **options: Any) -> None:
        self.served.append(options)
        options["on_ready"]("http://127.0.0.1:7")
        if self.while_serving:
            self.while_serving()


@pytest.fixture
def isnad(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Isnad:
    return Isnad(capsys, tmp_path / "home")


# Output


def test_json_output_is_the_contract_s_object_alone_with_arabic_letters_as_they_are(isnad: Isnad) -> None:
    status, out, err = isnad("ask", "and in 2024?", "--json")
    assert (status, json.loads(out), err) == (0, ANSWER, "")
    assert TITLE in out
    assert out.count("\n") == 1


def test_ingest_prints_one_json_line_an_article_and_1_where_one_was_rejected(
    isnad: Isnad, tmp_path: Path
) -> None:
    good, empty = tmp_path / "a.txt", tmp_path / "empty.txt"
    good.write_text("x")
    empty.write_text("")
    status, out, err = isnad("ingest", str(good), str(empty), "--json", "--source", "هسبريس")
    assert [json.loads(line)["status"] for line in out.splitlines()] == ["added", "rejected"]
    assert status == 1
    assert "2 articles: 1 added, 1 rejected" in err
    assert isnad.operations.calls == [
        ("ingest", [str(good), str(empty)], {"published": None, "source": "هسبريس"})
    ]


def test_ingest_tells_what_it_passed_over_in_a_folder_and_not_among_the_json(
    isnad: Isnad, tmp_path: Path
) -> None:
    folder, file = tmp_path / "folder", tmp_path / "a.txt"
    folder.mkdir()
    file.touch()
    status, out, err = isnad("ingest", "--json", str(folder), str(file))
    assert [json.loads(line)["input"] for line in out.splitlines()] == [str(file)]
    assert "passed over in folders and archives: 2 unknown type .css, 1 hidden" in err
    assert status == 0


def test_ingest_for_people_names_the_reason_of_a_rejection(isnad: Isnad, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    status, out, _ = isnad("ingest", str(tmp_path / "empty.txt"))
    assert status == 1
    assert "rejected" in out
    assert "there is no article in it" in out


def test_a_dash_reads_one_article_in_any_encoding_from_standard_input(
    isnad: Isnad, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stdin:
        buffer = type("B", (), {"read": staticmethod(lambda most: ("\ufeff" + TITLE).encode("utf-16-le"))})

        def isatty(self) -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Stdin())
    status, out, _ = isnad("ingest", "-", "--json", "--published", "2024-10-03")
    assert status == 0
    assert json.loads(out)["input"] == "-"
    expected = ("ingest_text", TITLE, {"name": "-", "published": "2024-10-03", "source": None})
    assert isnad.operations.calls == [expected]


def test_an_answer_for_people_numbers_its_sources_and_says_what_was_understood(isnad: Isnad) -> None:
    status, out, _ = isnad("ask", "and in 2024?")
    assert status == 0
    assert "He met the ambassador [1]. The text says [3]." in out
    assert "in 2024 (2024-01-01 to 2024-12-31)" in out
    assert "Hammouchi = حموشي" in out
    assert f"[1] هسبريس · {TITLE} · 2024-10-03 (tells of 2024-09-23 to 2024-09-26)" in out
    assert "“استقبل حموشي سفير الإمارات”" in out
    assert "also in: Le Matin" in out
    assert "بلا تاريخ · undated" in out


def test_a_name_that_the_articles_spell_as_the_question_does_is_not_told_as_understood() -> None:
    people = [{"asked": "حموشي", "matched": ["حموشي"]}]
    assert "=" not in answer_text({**ANSWER, "people": people}).plain


def test_options_reach_the_operation_under_its_names(isnad: Isnad, tmp_path: Path) -> None:
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"question": "who?", "answer": "he", "mode": "extractive"}]))
    told = ("--as-of", "2024-12-01", "--from", "2024-10", "--to", "2024", "--language", "ar")
    isnad("ask", "ومتى؟", *told, "--source", "هسبريس", "--llm", "none", "--history", str(history))
    assert isnad.operations.calls[0][2] == {
        "as_of": "2024-12-01",
        "date_from": "2024-10",
        "date_to": "2024",
        "language": "ar",
        "source": "هسبريس",
        "llm": "none",
        "history": [{"question": "who?", "answer": "he"}],
        "people": None,
    }


def test_the_spellings_of_a_name_may_be_chosen(isnad: Isnad) -> None:
    isnad("ask", "q", "--person", "Al Dhaheri=الظاهري، الظهيري", "--person", "Paris=")
    assert isnad.operations.calls[0][2]["people"] == [
        {"asked": "Al Dhaheri", "matched": ["الظاهري", "الظهيري"]},
        {"asked": "Paris", "matched": []},
    ]


def test_search_lists_ranked_passages(isnad: Isnad) -> None:
    assert "1. هسبريس" in isnad("search", "سفير", "-k", "3")[1]
    assert isnad.operations.calls[0][2]["k"] == 3
    assert isnad("search", "nothing")[:2] == (0, "nothing found\n")


def test_articles_is_a_table_with_a_line_an_article_when_piped(isnad: Isnad) -> None:
    status, out, _ = isnad("articles")
    assert status == 0
    line = next(line for line in out.splitlines() if line.startswith("a1"))
    assert line.split()[:3] == ["a1", "2024-10-03", "ar"]
    assert TITLE in line
    assert any(line.startswith("a2") and "undated" in line for line in out.splitlines())


def test_show_prints_text_and_a_summary_of_what_was_removed(isnad: Isnad) -> None:
    _, out, _ = isnad("show", "a1")
    assert "السطر الأول\nالسطر الثاني" in out
    assert "Removed from the page: 2 lines (2 menu).\n  menu: القائمة\n  menu: البحث" in out
    assert "2024-10-03 (from the byline)" in out


@pytest.mark.parametrize(
    ("note", "told"),
    [("ambiguous", "day and month may be the other way round"), ("hijri", "converted from a Hijri date")],
)
def test_a_day_that_is_a_matter_of_reading_is_marked(note: str, told: str) -> None:
    assert told in article_text({**SHOWN, "published_note": note}).plain


def test_set_passes_a_correction_on(isnad: Isnad) -> None:
    assert isnad("set", "a1", "--published", "2024-10-04", "--json")[0] == 0
    assert isnad.operations.calls[0][2]["published"] == "2024-10-04"


def test_home_given_before_the_command_wins(isnad: Isnad, tmp_path: Path) -> None:
    isnad("--home", str(tmp_path / "other"), "articles")
    assert isnad.homes == [tmp_path / "other"]


# Exit statuses


def test_remove_ends_with_1_where_an_article_is_unknown(isnad: Isnad) -> None:
    assert isnad("remove", "a1")[0] == 0
    status, out, _ = isnad("remove", "a1", "zz", "--json")
    assert (status, json.loads(out)) == (1, {"removed": ["a1"], "unknown": ["zz"]})


def test_verify_ends_with_1_where_something_isnt_carried_and_names_it(isnad: Isnad, tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(json.dumps(ANSWER), "utf-8")
    status, out, _ = isnad("verify", str(saved))
    assert status == 0
    assert "ok  He met the ambassador [1]." in out
    assert "[1] the article has changed since" in out
    assert isnad.operations.calls == [("verify", ANSWER, {})]
    isnad.operations.sound = False
    status, out, _ = isnad("verify", str(saved))
    assert status == 1
    assert "carried in part; not found there: 2024" in out
    assert "\x1b" not in out
    assert json.loads(isnad("verify", str(saved), "--json")[1])["ok"] is False


def test_verify_checks_every_answer_of_an_exported_chat(isnad: Isnad, tmp_path: Path) -> None:
    chat = tmp_path / "chat.json"
    chat.write_text(json.dumps({"exchanges": [{"answer": ANSWER}, {"answer": ANSWER}]}), "utf-8")
    status, out, _ = isnad("verify", str(chat), "--json")
    assert (status, [json.loads(line)["ok"] for line in out.splitlines()]) == (0, [True, True])
    assert isnad.operations.calls == [("verify", ANSWER, {})] * 2


def test_verify_takes_pasted_text_and_refuses_what_is_none(isnad: Isnad, tmp_path: Path) -> None:
    pasted, picture = tmp_path / "a.md", tmp_path / "a.png"
    pasted.write_text("He met the ambassador [1].\n\n[1] A title", "utf-8")
    picture.write_bytes(b"\x89PNG\xff\xfe")
    assert isnad("verify", str(pasted))[0] == 0
    assert isnad.operations.calls[0][1] == pasted.read_text("utf-8")
    assert isnad("verify", str(picture))[0] == 2
    assert isnad("verify", str(tmp_path / "none.json"))[0] == 2
    assert isnad("verify", str(tmp_path))[0] == 2


def test_doctor_ends_with_1_where_it_found_a_fault_and_0_once_mended(isnad: Isnad) -> None:
    isnad.operations.sound = False
    assert isnad("doctor")[0] == 1
    status, out, _ = isnad("doctor", "--fix")
    assert status == 0
    assert "mended" in out


def test_reindex_prints_its_totals(isnad: Isnad) -> None:
    assert json.loads(isnad("reindex", "--json")[1]) == {"articles": 1, "chunks": 3, "seconds": 0.1}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask",), "QUESTION"),
        (("ask", "q", "--nonsense"), "--nonsense"),
        (("nonsense",), "nonsense"),
        (("ask", "q", "--as-of", "tomorrowish"), "--as-of"),
        (("ask", "q", "--from", "2024-13"), "--from"),
        (("ask", "  "), "empty"),
        (("ask", "q", "--llm", "gpt"), "provider:model"),
        (("ask", "q", "--history", "missing.json"), "missing.json"),
        (("ask", "q", "--person", "Hammouchi"), "NAME=SPELLING"),
        (("search", "q", "-k", "0"), "-k"),
        (("ingest", "missing.txt"), "missing.txt"),
        (("ingest", ".", "--published", "tomorrowish"), "--published"),
        (("show", "zz"), "zz"),
        (("set", "a1"), "nothing to set"),
        (("serve", "--host", "0.0.0.0"), "ISNAD_AUTH"),
        (("serve", "--port", "70000"), "--port"),
    ],
)
def test_a_wrong_call_ends_with_2_and_one_line(isnad: Isnad, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = isnad(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("isnad: ")
    assert err.count("\n") == 1
    assert told in err
    assert isnad.operations.calls == []


@pytest.mark.parametrize(
    "content", ["{", "{}", '["x"]', '[{"question": "q"}]', '[{"question": 1, "answer": 2}]']
)
def test_a_history_that_is_none_is_one_clear_error(isnad: Isnad, tmp_path: Path, content: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(content)
    status, _, err = isnad("ask", "q", "--history", str(path))
    assert status == 2
    assert 'a JSON list of {"question": "…", "answer": "…"}' in err


def test_an_unknown_setting_stops_the_command_but_not_its_help(isnad: Isnad) -> None:
    isnad.environment["ISNAD_PROT"] = "1"
    assert "ISNAD_PORT" in isnad("articles")[2]
    assert isnad("articles", "--help")[0] == 0


def test_debug_adds_the_traceback(isnad: Isnad) -> None:
    assert "Traceback" not in isnad("show", "zz")[2]
    assert "Traceback" in isnad("--debug", "show", "zz")[2]


def test_a_fault_of_the_program_is_one_line_with_a_status_of_its_own(isnad: Isnad) -> None:
    status, _, err = isnad("ask", "crash")
    assert status == 70
    assert err.count("\n") == 1
    assert "ZeroDivisionError: by zero" in err


def test_an_interrupt_is_one_line_and_130(isnad: Isnad) -> None:
    status, out, err = isnad("ask", "stop", "--json")
    assert (status, out) == (130, "")
    assert err.count("\n") == 1


def test_no_arguments_show_the_help(isnad: Isnad) -> None:
    status, out, _ = isnad()
    assert status == 0
    assert all(command in out for command in ("ingest", "ask", "serve", "doctor"))


def test_version_is_printed(isnad: Isnad) -> None:
    status, out, _ = isnad("--version")
    assert status == 0
    assert out.startswith("isnad")


# Terminals


def test_nothing_a_terminal_obeys_is_left_in_a_line() -> None:
    shown = one_line(EVIL)
    assert not set(shown) & set("\x1b\x07\x08\r\x9b\u202e\u202c\u2066\u2069\U000e0041")
    assert "red" in shown
    assert harmless("a\tb\r\nc\u2028d") == "a\tb\nc\nd"
    assert harmless("مُحمّد\u200f \u200c") == "مُحمّد\u200f \u200c"


def test_json_of_hostile_text_is_the_same_text_yet_holds_nothing_raw() -> None:
    line = json_line({"t": EVIL + "\udcff"})
    assert json.loads(line) == {"t": EVIL + "\udcff"}
    assert not set(line.decode()) & set("\x1b\x9b\u202e\u2066\U000e0041\x08\r")


def test_hostile_text_of_100_000_characters_takes_time_in_proportion() -> None:
    began = time.monotonic()
    one_line("\x1b[" * 50_000)
    json_line("\u202e" * 100_000)
    assert time.monotonic() - began < 8


def test_escapes_in_titles_quotes_and_text_never_reach_the_terminal(isnad: Isnad) -> None:
    hostile = {**PASSAGE, "title": EVIL, "quote": EVIL, "source": EVIL, "url": EVIL}
    answer = {**ANSWER, "answer": EVIL + " [1]", "citations": [{"n": 1, **hostile, "support": "partial"}]}
    isnad.operations = FakeOperations(answer, {**SHOWN, "title": EVIL, "text": EVIL})
    for command in (("ask", "q"), ("show", "a1"), ("articles",)):
        status, out, _ = isnad(*command)
        assert status == 0
        assert not set(out) & set("\x1b\x07\x08\r\x9b\u202e\u2066\U000e0041")


# Serving


def test_serve_takes_the_shell_s_operations_with_the_token_that_it_announces(isnad: Isnad) -> None:
    answers: list[Any] = []

    def call() -> None:
        owner = json.loads((isnad.homes[0] / "owner.json").read_text())
        app = Starlette(routes=isnad.served[0]["routes"])
        with TestClient(app, client=("127.0.0.1", 1)) as page:
            headers = {"Authorization": f"Bearer {owner['token']}"}
            answers.append((owner["url"], page.post("/control/articles", headers=headers).json()))

    isnad.while_serving = call
    status, out, err = isnad("serve", "--port", "0")
    assert (status, out, err) == (0, "Isnad is at http://127.0.0.1:7 (Ctrl-C stops it)\n", "")
    assert answers == [("http://127.0.0.1:7", {"result": isnad.operations.articles()})]
    assert not (isnad.homes[0] / "owner.json").exists()


def test_a_taken_port_is_one_clear_line(isnad: Isnad) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        status, _, err = isnad("serve", "--port", str(taken.getsockname()[1]))
    assert status == 2
    assert err.count("\n") == 1
    assert "--port" in err


def test_a_login_opens_other_hosts(isnad: Isnad) -> None:
    isnad.environment["ISNAD_AUTH"] = "editor:secret"
    assert isnad("serve", "--host", "0.0.0.0", "--port", "0")[0] == 0
    assert isnad.served[0]["host"] == "0.0.0.0"


def test_the_demo_serves_the_samples_from_a_home_that_goes_with_it(isnad: Isnad, tmp_path: Path) -> None:
    assert isnad("serve", "--demo", "--port", "0")[0] == 0
    (temporary,) = isnad.homes
    assert temporary != tmp_path / "home"
    assert not temporary.exists()
    assert not (tmp_path / "home").exists()
    name, inputs, _ = isnad.operations.calls[0]
    assert name == "ingest"
    assert len(inputs) >= 5


# As a process

SERVE_UNTIL_TOLD = """
import os, sys, time
sys.path.insert(0, "tests")
from test_cli import FakeOperations
from contextlib import contextmanager
from qa.cli.main import main
from qa.cli.shell import Shell
@contextmanager
def opened(settings, *_):
    print(settings.home, flush=True)
    yield FakeOperations()
def serve(*_, on_ready, **__):
    on_ready("http://127.0.0.1:7")
    print("serving", flush=True)
    time.sleep(60)
sys.exit(main(sys.argv[1:], Shell(os.environ, opened, opened, serve, opened)))
"""


def process(*arguments: str, code: str = SERVE_UNTIL_TOLD, **options: Any) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, **options)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_demo_s_home_goes_when_the_process_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    with process("serve", "--demo", "--port", "0", stderr=subprocess.PIPE) as demo:
        assert demo.stdout is not None
        home = Path(demo.stdout.readline().strip())
        assert demo.stdout.readline().startswith("Isnad is at")
        assert (home / "owner.json").exists()
        demo.send_signal(number)
        _, err = demo.communicate(timeout=30)
    assert demo.returncode == 128 + number
    assert "Traceback" not in err
    assert not home.exists()


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    with process("articles", stderr=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stderr is not None
        writer.stdout.close()
        assert writer.wait(timeout=30) == 141
        assert writer.stderr.read() == ""


def test_help_comes_at_once() -> None:
    code = "import sys; from qa.cli import run; sys.argv = ['isnad', '--help']; run()"
    seconds = []
    for _ in range(3):  # the quickest counts: the others tell of the machine's other work
        began = time.monotonic()
        with process(code=code, stderr=subprocess.DEVNULL) as showing:
            out, _ = showing.communicate(timeout=30)
        seconds.append(time.monotonic() - began)
        assert showing.returncode == 0
        assert "ingest" in out
    assert min(seconds) < 3


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; from qa.cli import run; sys.argv = ['isnad', '--help']; run()"
    with process(code=code, stderr=subprocess.PIPE, env={"PYTHONPROFILEIMPORTTIME": "1"}) as showing:
        _, err = showing.communicate(timeout=30)
    imported = {line.rpartition("|")[2].strip() for line in err.splitlines()}
    assert "qa.cli.main" in imported
    heavy = (
        "torch",
        "gradio",
        "chromadb",
        "sentence_transformers",
        "transformers",
        "langchain_core",
        "numpy",
    )
    assert not imported & {*heavy, "pydantic", "httpx", "starlette", "sqlite3"}


def test_a_progress_bar_on_the_terminal_leaves_the_piped_json_alone(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("x")
    ours, theirs = pty.openpty()
    paths = [str(path) for path in sorted(tmp_path.iterdir())]
    with process("ingest", *paths, "--json", stderr=theirs, env={"TERM": "xterm"}) as ingest:
        os.close(theirs)
        out, _ = ingest.communicate(timeout=30)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert [json.loads(line)["status"] for line in out.splitlines()[1:]] == ["added"] * 3
    assert "articles" in shown


# Measuring

SET = {
    "data": [
        {
            "paragraphs": [
                {
                    "context": "The old bridge over the river was opened in 1901.",
                    "qas": [
                        {"id": "1", "question": "When was the bridge opened?", "answers": [{"text": "1901"}]}
                    ],
                }
            ]
        }
    ]
}


@pytest.fixture
def questions(tmp_path: Path) -> str:
    (tmp_path / "set.json").write_text(json.dumps(SET), encoding="utf-8")
    return str(tmp_path / "set.json")


def test_eval_measures_in_a_throw_away_home_and_prints_json_alone(isnad: Isnad, questions: str) -> None:
    status, out, _ = isnad("eval", questions, "--json")
    assert status == 0
    [report] = json.loads(out)["files"]
    assert report["retrieval"]["recall@1"]["value"] == 1
    assert "outcomes" not in report
    assert not (Path(isnad.environment["ISNAD_HOME"])).exists()


def test_eval_withholds_what_answers_and_tells_error_and_hallucination(isnad: Isnad, questions: str) -> None:
    status, out, _ = isnad("eval", questions, "--withhold", "--json")
    assert status == 0
    [report] = json.loads(out)["files"]
    assert report["questions"] == 2
    assert {each["hallucination"]["n"] for each in report["thresholds"]} == {1}
    assert "risk_coverage" not in report
    status, out, _ = isnad("eval", questions, "--withhold")
    assert "hallucination" in out


def test_two_saved_runs_are_compared(isnad: Isnad, questions: str, tmp_path: Path) -> None:
    saved = [str(tmp_path / name) for name in ("old.json", "new.json")]
    for file in saved:
        status, out, _ = isnad("eval", questions, "--save", file)
        assert status == 0
        assert "ndcg@10" in out
    status, out, _ = isnad("eval", "--compare", *saved)
    assert status == 0
    assert "better: 0" in out


def test_runs_on_one_set_are_compared_whatever_its_path_was(
    isnad: Isnad, questions: str, tmp_path: Path
) -> None:
    moved = write(tmp_path / "moved" / "copy.json", Path(questions).read_text("utf-8"))
    saved = [str(tmp_path / name) for name in ("old.json", "new.json")]
    for file, save in zip((questions, str(moved)), saved, strict=True):
        assert isnad("eval", file, "--save", save)[0] == 0
    status, out, _ = isnad("eval", "--compare", *saved, "--json")
    assert status == 0
    assert json.loads(out)["files"][0]["questions"] == 1


def test_eval_names_the_questions_whose_answer_is_not_as_expected(isnad: Isnad, tmp_path: Path) -> None:
    asked = {
        "id": "q1",
        "question": "When was the bridge opened?",
        "expect": {"abstain": False, "articles": ["a.md"], "quotes_contain": [["1950"]]},
    }
    article = write(
        tmp_path / "articles" / "a.md", f"# The bridge\n\n{SET['data'][0]['paragraphs'][0]['context']}\n"
    )
    own = write(tmp_path / "own.json", json.dumps([asked]))
    status, out, _ = isnad("eval", str(own), "--articles", str(article.parent))
    assert status == 0
    assert "not as expected: 1" in out
    assert "When was the bridge opened? (q1): " in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["missing.json"],
        ["--compare", "a.json", "b.json"],
        ["{set}", "--save", "/no/such/folder/run.json"],
    ],
)
def test_eval_refuses_what_it_cannot_measure_in_one_line(
    isnad: Isnad, questions: str, arguments: list[str]
) -> None:
    status, out, err = isnad("eval", *(each.replace("{set}", questions) for each in arguments))
    assert (status, out) == (2, "")
    assert err.startswith("isnad: ")
    assert err.count("\n") == 1


# Backup


def test_a_backup_tells_its_file_and_size(isnad: Isnad, tmp_path: Path) -> None:
    file = str(tmp_path / "isnad.backup")
    assert isnad("backup", file) == (0, f"{file}: 5 articles, 3.0 MB\n", "")
    status, out, _ = isnad("backup", file, "--json")
    assert (status, json.loads(out)) == (0, {"file": file, "articles": 5, "bytes": 3 * 2**20})


@pytest.mark.parametrize("arguments", [["backup", "/no/such/folder/file"], ["restore", "/no/such/file"]])
def test_a_backup_that_cannot_be_written_or_read_is_one_line(isnad: Isnad, arguments: list[str]) -> None:
    status, out, err = isnad(*arguments)
    assert (status, out) == (2, "")
    assert err.startswith("isnad: ")
    assert err.count("\n") == 1
