"""Saved chats: kept, found, owned, rated, deleted for good."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from qa.conversation_export import to_json, to_markdown
from qa.conversations import Conversation, Conversations, Exchange
from qa.saved import read_saved
from vectorstore.errors import HomeUnusable, NotFound, UserError

MINE, YOURS = "login:amal", "cookie:4711"
QUOTE = "The line was opened on 15 November 2018 by the King [3] and Mr Macron."


def answer(text: str = "- “It opened” [1].", **changes: Any) -> dict[str, Any]:
    cited = {
        "n": 1,
        "article_id": "0123456789abcdef",
        "version": "fedcba9876543210",
        "title": "A *fast* line <script>",
        "source": "Le Matin",
        "url": None,
        "published": "2018-11-16",
        "quote": QUOTE,
    }
    sentence = {"start": 2, "end": len(text), "cites": [1], "support": "supported", "missing": []}
    return {
        "answer": text,
        "language": "en",
        "notice": None,
        "citations": [cited],
        "sentences": [sentence],
        **changes,
    }


def chat(*questions: str, said: str = "It opened [1].") -> Conversation:
    return Conversation(tuple(Exchange(each, answer(said)) for each in questions))


@pytest.fixture
def saved(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "home" / "conversations.sqlite3")


def test_a_chat_survives_a_restart_as_it_was_and_is_named_by_its_first_question(saved: Conversations) -> None:
    exchange = Exchange(
        "When did it\n open?", answer(), {"date_from": "2018"}, ended=True, verdict="wrong_date"
    )
    kept = saved.save(MINE, Conversation((exchange,)))
    again = Conversations(saved._path).load(MINE, kept.id)
    assert again == kept
    assert again.exchanges == (exchange,)
    assert again.title == "When did it open?"


def test_chats_are_listed_the_last_changed_first_and_grow_in_place(saved: Conversations) -> None:
    one, two = (saved.save(MINE, chat(each)) for each in ("first?", "second?"))
    assert [each.id for each in saved.list(MINE)] == [two.id, one.id]
    grown = saved.save(MINE, replace(one, exchanges=(*one.exchanges, *chat("and then?").exchanges)))
    assert (grown.id, grown.began) == (one.id, one.began)
    assert [(each.id, each.exchanges) for each in saved.list(MINE)] == [(one.id, 2), (two.id, 1)]
    shorter = saved.save(MINE, replace(grown, exchanges=grown.exchanges[:1]))
    assert len(saved.load(MINE, shorter.id).exchanges) == 1


def test_nobody_else_lists_opens_changes_or_deletes_a_chat(saved: Conversations) -> None:
    kept = saved.save(MINE, chat("When did it open?"))
    assert saved.list(YOURS) == []
    for call in (
        lambda: saved.load(YOURS, kept.id),
        lambda: saved.save(YOURS, kept),
        lambda: saved.rename(YOURS, kept.id, "mine now"),
        lambda: saved.rate(YOURS, kept.id, 1, "up"),
        lambda: saved.delete(YOURS, kept.id),
    ):
        with pytest.raises(NotFound, match="no such saved chat"):
            call()
    assert saved.load(MINE, kept.id) == kept


def test_the_file_tells_no_owner_s_cookie(saved: Conversations) -> None:
    saved.save(YOURS, chat("When?"))
    assert YOURS.encode() not in saved._path.read_bytes()


@pytest.mark.parametrize("query", ["الإمارات", "الامارات", "opened 15", "HAMMOUCHI", "Élysée"])
def test_a_chat_is_found_by_words_of_questions_and_answers_however_they_are_written(
    saved: Conversations, query: str
) -> None:
    saved.save(MINE, chat("something else"))
    said = "استقبل حموشي سفير الإمَارات. Hammouchi opened the elysee on the 15th [1]."
    kept = saved.save(MINE, chat("who?", said=said))
    assert [each.id for each in saved.list(MINE, query)] == [kept.id]
    assert saved.list(MINE, "zeppelin") == []


def test_a_chat_is_renamed_and_can_go_by_its_first_question_again(saved: Conversations) -> None:
    kept = saved.save(MINE, chat("who?"))
    saved.rename(MINE, kept.id, "  For Sunday  ")
    assert saved.list(MINE, "sunday")[0].title == "For Sunday"
    saved.rename(MINE, kept.id, "")
    assert saved.load(MINE, kept.id).title == "who?"


def test_a_verdict_is_kept_until_it_is_taken_back_or_the_answer_is_another(saved: Conversations) -> None:
    kept = saved.save(MINE, chat("who?", "when?"))
    saved.rate(MINE, kept.id, 2, "wrong_source")
    assert saved.save(MINE, kept).exchanges[1].verdict == "wrong_source"
    other = replace(kept, exchanges=(kept.exchanges[0], Exchange("when?", answer("Another."))))
    assert saved.save(MINE, other).exchanges[1].verdict is None
    saved.rate(MINE, kept.id, 1, "up")
    saved.rate(MINE, kept.id, 1, None)
    assert saved.load(MINE, kept.id).exchanges[0].verdict is None
    with pytest.raises(NotFound, match="no answer 3"):
        saved.rate(MINE, kept.id, 3, "up")


def test_what_is_deleted_or_replaced_is_in_no_file_of_the_home(saved: Conversations) -> None:
    others = [saved.save(MINE, chat(f"question {each}?")) for each in range(20)]
    long = "a word that only this answer holds: pizzazz [1]. " * 400
    kept = saved.save(MINE, chat("who?", said=long))
    shown = saved.save(MINE, chat("when?", said=long.replace("pizzazz", "quixotry")))
    saved.save(MINE, replace(shown, exchanges=chat("when?").exchanges))
    saved.delete(MINE, kept.id)
    assert len(saved.list(MINE)) == len(others) + 1
    for file in saved._path.parent.iterdir():
        content = file.read_bytes()
        assert b"pizzazz" not in content
        assert b"quixotry" not in content


def test_threads_save_at_once_and_none_is_lost(saved: Conversations) -> None:
    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(lambda number: saved.save(MINE, chat(f"question {number}?")), range(40)))
    assert {each.id for each in saved.list(MINE)} == {each.id for each in kept}


def test_limits_are_told_and_nothing_is_stored_beyond_them(tmp_path: Path) -> None:
    saved = Conversations(tmp_path / "conversations.sqlite3", most=1)
    with pytest.raises(UserError, match="empty"):
        saved.save(MINE, Conversation(()))
    with pytest.raises(UserError, match="500 questions"):
        saved.save(MINE, chat(*("q?",) * 501))
    with pytest.raises(UserError, match="8 MB"):
        saved.save(MINE, chat("q?", said="x" * (8 * 2**20)))
    saved.save(MINE, chat("q?"))
    with pytest.raises(UserError, match="delete some"):
        saved.save(MINE, chat("q?"))
    assert len(saved.list(MINE)) == 1


def test_a_file_that_is_no_database_is_told_in_one_line(saved: Conversations) -> None:
    saved._path.parent.mkdir()
    saved._path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(HomeUnusable, match="saved chats"):
        saved.list(MINE)


# Export


def test_markdown_numbers_the_footnotes_through_and_names_the_very_version(saved: Conversations) -> None:
    kept = saved.save(MINE, chat("When *did* it open?", "And who came?"))
    text = to_markdown(kept)
    assert text.startswith("# When \\*did\\* it open?\n")
    assert "It opened [^1]." in text
    assert "It opened [^2]." in text
    assert "[^2]: “The line" in text
    assert "Le Matin, A \\*fast\\* line \\<script\\>, 2018-11-16 (0123456789abcdef fedcba9876543210)" in text


def test_an_exported_chat_can_be_verified_again(saved: Conversations) -> None:
    found = read_saved(to_markdown(saved.save(MINE, chat("When did it open?"))))
    assert QUOTE.strip(".") in found.sources[1].quotes
    assert found.sources[1].ids == ("0123456789abcdef", "fedcba9876543210")
    assert any(each.cites == (1,) for each in found.said)


def test_a_sentence_that_is_not_carried_says_so_in_the_export() -> None:
    text = "It opened in 2019 [1]. It is long."
    sentences = [
        {"start": 0, "end": 22, "cites": [1], "support": "partial", "missing": ["2019"]},
        {"start": 23, "end": 34, "cites": [], "support": "unsupported", "missing": []},
    ]
    told = answer(text, sentences=sentences, notice="The model was slow.")
    exported = to_markdown(Conversation((Exchange("when?", told),), title="when?"))
    assert "It opened in 2019 [^1]. *(partly supported by the cited words)*" in exported
    assert "It is long. *(not supported by the cited words)*" in exported
    assert "*The model was slow.*" in exported


def test_json_holds_every_answer_whole(saved: Conversations) -> None:
    kept = saved.save(MINE, replace(chat("who?"), exchanges=(*chat("who?").exchanges, Exchange("broken"))))
    told = json.loads(json.dumps(to_json(kept)))
    assert told["exchanges"][0]["answer"] == kept.exchanges[0].answer
    assert told["exchanges"][1]["answer"] is None
    assert told["title"] == "who?"
    assert "# who?" in to_markdown(kept)
