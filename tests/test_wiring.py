import subprocess
import sys
from pathlib import Path

from homes import article, operating

from qa.handover import RemoteOperations
from qa.settings import Settings
from qa.wiring import Parts, open_library, open_operations
from vectorstore.records import Span

ROOT = Path(__file__).resolve().parents[1]
TEXT = "The minister opened a bridge in Rabat."


def test_nothing_is_opened_before_it_is_used(tmp_path: Path) -> None:
    Parts(Settings(home=tmp_path / "home", cache=tmp_path / "cache")).close()
    assert not (tmp_path / "home").exists()


def test_what_a_crash_left_behind_is_repaired_before_the_first_search(tmp_path: Path) -> None:
    with operating(tmp_path) as (_, parts):
        parts.library.put(article(TEXT), [Span(0, len(TEXT))])
    with operating(tmp_path) as (operations, parts):
        assert operations.search("bridge")["hits"][0]["found_by"] == ["dense", "lexical"]
        assert parts.library.pending() == []


def test_reading_the_library_needs_neither_model_nor_ownership(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    with open_operations(settings), open_library(settings) as beside:
        assert beside.articles() == {"articles": []}
    assert not (tmp_path / "home" / "vectors").exists()


def test_the_operations_are_carried_out_here_where_nobody_owns_the_home(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", cache=tmp_path / "cache")
    for _ in range(2):
        with open_operations(settings) as operations:
            assert not isinstance(operations, RemoteOperations)
            assert operations.articles() == {"articles": []}


def test_parts_may_be_closed_twice(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, parts):
        operations.ingest_text(TEXT)
        parts.close()
    with operating(tmp_path) as (operations, _):
        assert len(operations.articles()["articles"]) == 1


def test_a_question_waits_for_no_import_of_ingest() -> None:
    code = "import sys, qa.assistant, qa.operations; print('ingest' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"
