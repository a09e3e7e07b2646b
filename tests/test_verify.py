"""Checking saved answers again: as JSON, as Markdown with footnotes, and after someone changed them."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from homes import operating, write
from stub_model import stub_model

from qa.conversation_export import to_markdown
from qa.conversations import Conversation, Exchange
from qa.operations import LocalOperations
from qa.saved import answers_in, read_saved
from vectorstore.errors import UserError

MEETING = (
    "Abdellatif Hammouchi met the German police chief Holger Münch in Berlin on 25 September 2024. "
    "The training of 12 officers [3] was agreed.\n"
)
VISIT = "Abdellatif Hammouchi received the Spanish police chief Francisco Pardo in Rabat on 11 May 2023.\n"
QUESTION = "who did Hammouchi meet"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
    with operating(tmp_path_factory.mktemp("home")) as (made, _):
        made.ingest_text(MEETING, title="Hammouchi in Berlin", published="2024-10-03", source="Sample Post")
        made.ingest_text(VISIT, title="Pardo in Rabat", published="2023-05-12", source="Sample Times")
        yield made


@pytest.fixture(scope="module")
def answer(home: LocalOperations) -> dict[str, Any]:
    *_, complete = home.ask(QUESTION, as_of="2024-11-01", llm="none")
    assert len(complete["citations"]) == 2, complete["answer"]
    return complete


def _supports(report: dict[str, Any]) -> list[str]:
    return [each["support"] for each in report["sentences"]]


def _edited(answer: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    edited = deepcopy(answer)
    assert old in edited["answer"]
    edited["answer"] = edited["answer"].replace(old, new, 1)
    return edited


def test_an_answer_as_it_was_given_holds(home: LocalOperations, answer: dict[str, Any]) -> None:
    report = home.verify(answer)
    assert report["ok"]
    assert report["citations"] == [
        {"n": 1, "valid": True, "current": True, "support": "supported"},
        {"n": 2, "valid": True, "current": True, "support": "supported"},
    ]
    assert [(each["start"], each["end"]) for each in report["sentences"]] == [
        (each["start"], each["end"]) for each in answer["sentences"]
    ]
    assert home.verify(json.dumps(answer)) == report


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("on 11 May 2023.”", "on 12 May 2023.”", "12 May 2023"),
        ("on 11 May 2023.”", "on 11 May 1999, at noon.”", "11 May 1999"),
        ("Holger Münch", "Gerald Darmanin", "Gerald"),
        ("**11 May 2023**", "**12 May 2023**", "12 May 2023"),
        ("**11 May 2023**", "**11 December 2023**", "11 December 2023"),
    ],
)
def test_a_changed_word_of_the_answer_is_found(
    home: LocalOperations, answer: dict[str, Any], old: str, new: str, missing: str
) -> None:
    report = home.verify(_edited(answer, old, new))
    assert not report["ok"]
    assert sorted(_supports(report)) == ["partial", "supported"]
    assert missing in [what for each in report["sentences"] for what in each["missing"]]


def test_an_added_sentence_is_unsupported(home: LocalOperations, answer: dict[str, Any]) -> None:
    added = home.verify(_edited(answer, "\n- ", "\nHe also resigned from his office last week.\n- "))
    assert sorted(_supports(added)) == ["supported", "supported", "unsupported"]
    invented = home.verify(
        {**answer, "answer": answer["answer"] + "\n- He flew to Peru with his friends [7]."}
    )
    assert invented["sentences"][-1]["missing"] == ["[7]"]
    assert not invented["ok"]


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        ("According to Karim Lahlou: ", ["Karim", "Lahlou"]),
        ("After his arrest: ", ["arrest"]),
        ("Hammouchi, the police chief: ", []),
    ],
)
def test_a_name_or_a_grave_word_set_before_a_quotation_is_looked_up_in_its_article(
    home: LocalOperations, answer: dict[str, Any], label: str, missing: list[str]
) -> None:
    edited = deepcopy(answer)
    start = edited["sentences"][0]["start"]
    edited["answer"] = edited["answer"][:start] + label + edited["answer"][start:]
    for each in edited["sentences"]:
        each.update(start=each["start"] + len(label), end=each["end"] + len(label))
    report = home.verify(edited)
    assert report["sentences"][0]["missing"] == missing
    assert report["ok"] is (not missing)


def test_a_quotation_that_the_version_doesnt_have_is_invalid(
    home: LocalOperations, answer: dict[str, Any]
) -> None:
    edited = deepcopy(answer)
    edited["citations"][0]["quote"] = edited["citations"][0]["quote"].replace("chief", "cook")
    report = home.verify(edited)
    assert not report["ok"]
    assert report["citations"][0] == {"n": 1, "valid": False, "current": True, "support": "unsupported"}
    assert report["sentences"][0]["support"] == "unsupported"


def test_the_verdicts_that_were_saved_count_for_nothing(
    home: LocalOperations, answer: dict[str, Any]
) -> None:
    edited = _edited(answer, "Holger Münch", "Holger Meyer")
    assert edited["sentences"][0]["support"] == "supported"
    assert not home.verify(edited)["ok"]


def test_the_cited_version_counts_also_after_another_came_and_after_removal(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"Hammouchi in Berlin\n\n{MEETING}")
    with operating(tmp_path) as (operations, _):
        list(operations.ingest([str(path)], published="2024-10-03"))
        *_, answer = operations.ask(QUESTION, as_of="2024-11-01")
        write(path, f"Hammouchi in Berlin\n\n{MEETING.replace('25 September', '26 September')}")
        list(operations.ingest([str(path)], published="2024-10-03"))
        changed = operations.verify(answer)
        operations.remove([answer["citations"][0]["article_id"]])
        removed = operations.verify(answer)
    assert [(each["valid"], each["current"]) for each in changed["citations"]] == [(True, False)]
    assert changed["ok"]
    assert [(each["valid"], each["current"]) for each in removed["citations"]] == [(False, False)]
    assert not removed["ok"]


def test_a_refusal_makes_no_statement(home: LocalOperations) -> None:
    *_, refusal = home.ask("what is the price of bread in Lima", llm="none")
    assert home.verify(refusal) == {"citations": [], "sentences": [], "ok": True}


FOOTNOTES = """\
Hammouchi met Holger Münch in Berlin on 25 September 2024.[^1] He received Francisco Pardo in Rabat [^2].

[^1]: Hammouchi in Berlin, Sample Post, 3 October 2024. “met the German police chief Holger Münch in Berlin on 25
    September 2024.”
[^2]: Pardo in Rabat, Sample Times
"""
PASTED = """\
Hammouchi met Holger Münch in Berlin [1] on 25 September 2024. Pardo was received in Rabat in 2023 [2].

Sources:
1. “Abdellatif Hammouchi met the German police chief Holger Münch in Berlin on 25 September 2024”
2. Pardo in Rabat
"""


@pytest.mark.parametrize("text", [FOOTNOTES, PASTED])
def test_text_with_a_list_of_sources_is_checked(home: LocalOperations, text: str) -> None:
    report = home.verify(text)
    assert report["ok"]
    assert [each["cites"] for each in report["sentences"]] == [[1], [2]]
    first, second = (
        {text[each["start"] : each["end"]] for each in report["sentences"][at:][:1]} for at in (0, 1)
    )
    assert "Münch" in first.pop()
    assert "Pardo" in second.pop()
    wrong = home.verify(text.replace("Pardo in Rabat", "Pardo in Lima", 1).replace("25 Sept", "27 Sept", 1))
    assert not wrong["ok"]


def test_a_source_that_isnt_stored_carries_nothing(home: LocalOperations) -> None:
    report = home.verify("He met the king of Spain in Madrid [1].\n\n[1] The king's visit, Other Post")
    assert report["citations"] == [{"n": 1, "valid": False, "current": False, "support": "unsupported"}]
    assert _supports(report) == ["unsupported"]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "no list at all [1].",
        "{broken",
        '{"answer": 3}',
        '{"a": 1}',
        "[1, 2]",
        {"answer": "a"},
        {},
        "x" * 100_001,
    ],
)
def test_what_is_no_answer_is_told_in_one_line(given: Any) -> None:
    with pytest.raises(UserError) as told:
        read_saved(given)
    assert "\n" not in str(told.value)


def test_an_answer_by_a_model_is_judged_as_when_it_was_given(home: LocalOperations) -> None:
    pytest.importorskip("langchain_openai")
    said = "Hammouchi met Holger Münch in Berlin [2]. Hammouchi received Pardo in Rabat in 2022 [1]."
    with stub_model() as stub:
        home._parts.settings = _with_stub(home, stub.base_url)
        *_, answer = home.ask(QUESTION, as_of="2024-11-01", llm=f"openai:say {said}")
    assert [each["support"] for each in answer["sentences"]] == ["supported", "partial"]
    report = home.verify(answer)
    kept = ("cites", "support", "missing")
    assert [{name: each[name] for name in kept} for each in report["sentences"]] == [
        {name: each[name] for name in kept} for each in answer["sentences"]
    ]


def _with_stub(home: LocalOperations, base_url: str) -> Any:
    from dataclasses import replace

    return replace(home._parts.settings, llm_base_url=base_url)


def test_an_exported_chat_is_read_and_holds(home: LocalOperations, answer: dict[str, Any]) -> None:
    *_, refusal = home.ask("what is the price of bread in Lima", llm="none")
    exchanges = tuple(Exchange(question=each["question"], answer=each) for each in (answer, refusal))
    chat = to_markdown(
        Conversation(id="c", title="A *chat* on [Berlin] and other things", exchanges=exchanges)
    )
    report = home.verify(chat)
    assert report["ok"], (chat, report)
    assert len(report["sentences"]) == 2
    changed = chat.replace("on 11 May 2023.” [^", "on 14 May 2023.” [^", 1)
    assert changed != chat
    assert not home.verify(changed)["ok"]


def test_a_line_that_leads_in_claims_something_only_where_it_tells_what_is_grave() -> None:
    for lead, said in (
        ("6 passages from 3 articles of 10, 2024:", 1),
        ("Hammouchi met these people in 2024:", 1),
        ("Hammouchi was arrested for corruption in 2024:", 2),
        ("اعتقل حموشي بتهمة الفساد سنة 2024:", 2),
    ):
        saved = read_saved(f"{lead}\n\n- He met Holger Münch [1].\n\n[1] Hammouchi in Berlin")
        assert len(saved.said) == said, lead


def test_of_a_chat_exported_as_json_every_answer_is_checked() -> None:
    chat = {"exchanges": [{"answer": {"answer": "old"}}, {"answer": {"answer": "new"}}, {"answer": None}]}
    assert answers_in(json.dumps(chat)) == [{"answer": "old"}, {"answer": "new"}]
    assert answers_in('\ufeff{"answer": "a"}') == [{"answer": "a"}]
    for text in ("{broken", "[1]", '{"exchanges": []}', '{"exchanges": [1]}'):
        assert answers_in(text) == [text]


def test_a_chat_gives_one_report_with_that_of_each_answer(
    home: LocalOperations, answer: dict[str, Any]
) -> None:
    wrong = _edited(answer, "**11 May 2023**", "**12 May 2023**")
    chat = {"exchanges": [{"answer": answer}, {"answer": wrong}, {"answer": None}]}
    report = home.verify(chat)
    each = [home.verify(answer), home.verify(wrong)]
    assert report["answers"] == each
    assert report["sentences"] == each[0]["sentences"] + each[1]["sentences"]
    assert report["citations"] == each[0]["citations"] + each[1]["citations"]
    assert not report["ok"]
    assert home.verify(json.dumps(chat)) == report
    assert home.verify({"exchanges": [{"answer": answer}]})["ok"]
    with pytest.raises(UserError):
        home.verify({"exchanges": [{"answer": None}]})


def test_a_list_that_names_a_version_is_checked_against_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"Hammouchi in Berlin\n\n{MEETING}")
    with operating(tmp_path) as (operations, _):
        list(operations.ingest([str(path)], published="2024-10-03"))
        *_, answer = operations.ask(QUESTION, as_of="2024-11-01")
        cited = answer["citations"][0]
        write(path, f"Hammouchi in Berlin\n\n{MEETING} More was added.")
        list(operations.ingest([str(path)], published="2024-10-03"))
        text = f"Hammouchi met Holger Münch [1].\n\n[1] ({cited['article_id']} {cited['version']}) “{cited['quote']}”"
        report = operations.verify(text)
    assert (report["ok"], report["citations"][0]["current"]) == (True, False)


def test_a_quotation_that_quotes_is_read_whole(home: LocalOperations) -> None:
    text = (
        "The talks were “frank and long” [1].\n\n[1] “The mayor said the talks were “frank and long” in all.”"
    )
    with_quote = "The mayor said the talks were “frank and long” in all. He left."
    home.ingest_text(
        with_quote, title="The mayor and the talks", published="2024-10-03", source="Sample Post"
    )
    report = home.verify(text)
    home.remove([each["article_id"] for each in home.articles()["articles"] if "mayor" in each["title"]])
    assert report["ok"], report
