"""The five real articles beside a working copy: what goes in, and what is answered from them."""

import io
import json
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from qa.cli.main import main
from qa.cli.shell import Shell
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

MET = "المزروعي الظاهري الريسي الخليفي باردو|بيكيراس بيرييرو|بلانكو بيريز|رويز أفيلا|بولو"


def isnad(home: Path, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit status and the JSON lines that the command printed."""
    printed = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(printed, encoding="utf-8", write_through=True)):
        status = main(["--home", str(home), *arguments, "--json"], Shell.of_this_process())
        return status, [json.loads(line) for line in printed.getvalue().decode().splitlines()]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, articles_folder: Path) -> Path:
    home = tmp_path_factory.mktemp("real") / "home"
    status, lines = isnad(home, "ingest", str(articles_folder))
    assert status == 0
    assert [line["status"] for line in lines] == ["added"] * 5
    assert {Path(line["input"]).name[:3]: line["published"] for line in lines} == {
        "000": None,
        "001": None,
        "002": None,
        "003": "2024-10-03",
        "004": None,
    }
    return home


def ask(home: Path, question: str) -> dict[str, Any]:
    status, [answer] = isnad(home, "ask", question)
    assert status == 0
    return answer


@pytest.mark.parametrize(
    "question",
    ["who did Hammouchi meet in 2024", "من التقى حموشي سنة 2024", "Qui Hammouchi a-t-il rencontré en 2024 ?"],
)
def test_whom_he_met_in_2024_is_told_from_the_one_dated_article(home: Path, question: str) -> None:
    answer = ask(home, question)
    assert {citation["published"] for citation in answer["citations"]} == {"2024-10-03"}
    quotes = " ".join(citation["quote"] for citation in answer["citations"])
    for names in MET.split():
        assert all(name in quotes for name in names.split("|")), names
    assert "فبراير 2022" not in quotes
    assert answer["people"][0]["matched"]
    assert {passage["published"] for passage in answer["undated"]} == {None}


@pytest.mark.parametrize("question", ["who did Hammouchi meet in 2019", "what is the capital of Peru"])
def test_what_the_articles_do_not_tell_is_refused(home: Path, question: str) -> None:
    answer = ask(home, question)
    assert answer["abstained"]
    assert answer["citations"] == []
    assert "5 articles" in answer["answer"]


def test_a_day_that_only_the_passage_tells_is_found(home: Path) -> None:
    answer = ask(home, "what happened on 10 June 2022")
    assert [citation["event"] for citation in answer["citations"]] == [
        {"from": "2022-06-10", "to": "2022-06-10"}
    ]
    assert "10 يونيو 2022" in answer["citations"][0]["quote"]


def test_ingesting_again_changes_nothing(home: Path, articles_folder: Path) -> None:
    status, lines = isnad(home, "ingest", str(articles_folder))
    assert status == 0
    assert [line["status"] for line in lines] == ["unchanged"] * 5
