"""What keeps a question from being answered keeps it only where that is sure."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from homes import newsroom

from qa.operations import LocalOperations
from vectorstore import bundled

pytestmark = pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")

REPORTS = [
    (
        date(2026, 5, 4),
        "Un tribunal de Gand condamne un notaire",
        "Le tribunal de Gand a condamné lundi le notaire Joris Vanhoutte à deux ans de prison pour corruption.\n\n"
        "Selon le jugement, il avait touché 40 000 euros d'un promoteur. Son étude fermera le 30 juin.\n\n"
        "Son avocate, Lotte Bral, explique ce geste par des dettes de jeu contractées en 2023.",
    ),
    (
        date(2026, 5, 6),
        "تعليق أشغال الجسر الجديد في بنزرت",
        "علقت وزارة التجهيز التونسية أشغال الجسر الجديد في بنزرت يوم الثلاثاء بعد ظهور تشققات في دعامتين.\n\n"
        "وقال المهندس المشرف سامي الدريدي إن المقاولة «كوزموبريدج» ستتحمل كلفة الإصلاح.\n\n"
        "وينتظر أن تستأنف الأشغال في أيلول المقبل.",
    ),
]
operations = newsroom(REPORTS)


def quoted(operations: LocalOperations, question: str) -> str:
    answers: Iterator[dict[str, Any]] = operations.ask(question, as_of="2026-05-20")
    return " ".join(each["quote"] for each in list(answers)[-1]["citations"])


def test_what_became_of_a_grave_matter_stands_apart_from_what_names_it(operations: LocalOperations) -> None:
    assert "30 juin" in quoted(operations, "When does the convicted notary's office close?")


def test_a_name_written_otherwise_in_another_script_doesnt_keep_from_an_answer(
    operations: LocalOperations,
) -> None:
    assert "كلفة الإصلاح" in quoted(
        operations, "Who pays the repair costs of the Bizerte bridge: Cozmobridge?"
    )


def test_who_speaks_for_somebody_isnt_that_person(operations: LocalOperations) -> None:
    assert "dettes de jeu" in quoted(operations, "Comment l'avocate de Vanhoutte explique-t-elle son geste ?")


def test_somebody_whom_no_article_names_did_nothing_there(operations: LocalOperations) -> None:
    assert not quoted(operations, "Was Zorblatt convicted?")
    assert not quoted(operations, "What did Karim Zorblatt do?")
