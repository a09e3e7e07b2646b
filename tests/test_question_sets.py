import json
from pathlib import Path
from typing import Any

import pytest

from qa.question_sets import read_set, thinned
from vectorstore.errors import NotFound, UserError

QUALITY = Path(__file__).parent / "quality"


def paragraph(context: str, *questions: dict[str, Any]) -> dict[str, Any]:
    return {"paragraphs": [{"context": context, "qas": list(questions)}]}


def question(name: str, asked: str, *answers: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "question": asked, "answers": [{"text": each} for each in answers], **more}


def squad(path: Path, *articles: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"version": "1.1", "data": list(articles)}), encoding="utf-8")
    return path


def test_a_squad_file_gives_its_paragraphs_once_and_its_questions_with_all_answers(tmp_path: Path) -> None:
    file = squad(
        tmp_path / "set.json",
        paragraph(
            "The bridge opened in 1901.", question("1", "When did it open?", "1901", "in 1901", "1901")
        ),
        paragraph("The bridge opened in 1901.", question("2", "من فتح الجسر؟", is_impossible=True)),
    )
    found = read_set(file)
    assert found.contexts == ("The bridge opened in 1901.",)
    when, who = found.questions
    assert (when.gold, when.kind, when.language) == (("1901", "in 1901"), "when", "en")
    assert when.relevant == {"The bridge opened in 1901."}
    assert (who.impossible, who.relevant, who.kind, who.language) == (True, frozenset(), "who", "ar")
    assert len(found.digest) == 16


def test_questions_of_one_language_are_asked_of_the_paragraphs_of_another_by_their_ids(
    tmp_path: Path,
) -> None:
    english = squad(
        tmp_path / "en.json",
        paragraph("Opened in May.", question("1", "When?", "May"), question("2", "Where?", "x")),
    )
    french = squad(tmp_path / "fr.json", paragraph("Ouvert en mai.", question("1", "Quand ?", "mai")))
    found = read_set(english, french)
    assert found.contexts == ("Ouvert en mai.",)
    [asked] = found.questions
    assert (asked.question, asked.gold, asked.relevant) == ("When?", ("mai",), {"Ouvert en mai."})
    assert found.digest == f"{read_set(english).digest}+{read_set(french).digest}"


def test_files_without_an_id_in_common_are_refused(tmp_path: Path) -> None:
    one = squad(tmp_path / "one.json", paragraph("A.", question("1", "When?", "A")))
    other = squad(tmp_path / "other.json", paragraph("B.", question("2", "When?", "B")))
    with pytest.raises(UserError, match="ids must be the same"):
        read_set(one, other)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{", "isn't JSON"),
        ('{"data": [{}]}', "paragraphs"),
        ('"words"', "no set of questions"),
        ("[]", "no questions"),
    ],
)
def test_what_is_no_set_of_questions_is_refused_in_one_line(tmp_path: Path, content: str, told: str) -> None:
    (tmp_path / "set.json").write_text(content)
    with pytest.raises(UserError, match=told) as raised:
        read_set(tmp_path / "set.json")
    assert "\n" not in str(raised.value)


def test_a_question_without_words_is_named(tmp_path: Path) -> None:
    file = squad(tmp_path / "set.json", paragraph("A.", question("q7", "???", "A")))
    with pytest.raises(UserError, match="q7"):
        read_set(file)


def test_our_own_questions_name_articles_among_the_samples() -> None:
    found = read_set(QUALITY / "questions.json")
    assert not found.contexts
    assert len(found.questions) > 100
    names = {path.name for path in found.articles}
    assert all(each.relevant <= names for each in found.questions)
    assert any(each.history for each in found.questions)
    assert any(each.impossible for each in found.questions)
    assert all(each.expected for each in found.questions)


def test_an_expected_article_that_is_not_in_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("words")
    with pytest.raises(NotFound, match="--articles"):
        read_set(QUALITY / "questions.json", tmp_path)


def test_a_part_of_the_questions_is_spread_evenly_and_all_articles_stay() -> None:
    found = read_set(QUALITY / "questions.json")
    part = thinned(found, 10)
    assert len(part.questions) == 10
    assert part.questions[0] == found.questions[0]
    assert part.questions[5] == found.questions[5 * len(found.questions) // 10]
    assert part.articles == found.articles
    assert thinned(found, 10_000) == thinned(found, None) == found
