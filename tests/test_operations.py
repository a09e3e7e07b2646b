import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fakes import WordEmbedder
from homes import operating, write

from qa.extractive import ENOUGH
from qa.operations import LocalOperations
from vectorstore.errors import BadDate, BadSetting, NotFound, OtherModel, UserError

MEETING = (
    "Abdellatif Hammouchi met the German police chief Holger Münch in Berlin on 25 September 2024. "
    "They talked about the training of officers.\n"
)
VISIT = "Abdellatif Hammouchi received the Spanish police chief Francisco Pardo in Rabat on 11 May 2023.\n"
BRIDGE = "The minister opened a new bridge over the river in Rabat. Its name is Hassan, after the tower.\n"

ANSWER = (
    "question rewritten language mode answer abstained reason confidence notice window people citations sentences "
    "nearest undated articles_considered model timings_ms"
).split()
PASSAGE = (
    "article_id version chunk_id title source url published event quote start end highlight also_in".split()
)
LINE = (
    "input status article_id version title language published published_from source url chunks removed_lines "
    "same_story_as reason"
).split()
LISTED = (
    "article_id version versions title language published published_from published_note source url author "
    "ingested_at same_story_as appearances"
).split()
HIT = (
    "rank score article_id version chunk_id title source url published event start end text found_by context"
).split()


@pytest.fixture
def operations(tmp_path: Path) -> Iterator[LocalOperations]:
    with operating(tmp_path) as (made, _):
        yield made


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalOperations]:
    """A home with three articles, for those who only read."""
    with operating(tmp_path_factory.mktemp("stored")) as (made, _):
        yield filled(made)


@pytest.fixture
def changing(operations: LocalOperations) -> LocalOperations:
    """The same three articles, for those who change them."""
    return filled(operations)


def filled(operations: LocalOperations) -> LocalOperations:
    operations.ingest_text(MEETING, title="Berlin", published="2024-10-03", source="Sample Post")
    operations.ingest_text(VISIT, title="Rabat", published="2023-05-12", source="Sample Times")
    operations.ingest_text(BRIDGE, title="A bridge")
    return operations


def ids(operations: LocalOperations) -> dict[str, str]:
    return {each["title"]: each["article_id"] for each in operations.articles()["articles"]}


def last(growing: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return list(growing)[-1]


def plain(value: object) -> bool:
    """JSON keeps it as it is."""
    return bool(json.loads(json.dumps(value)) == value)


# -- shapes ------------------------------------------------------------------------------------------------


def test_an_answer_has_exactly_the_contracts_fields(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Hammouchi meet in 2024?", as_of="2024-12-01"))
    assert list(answer) == ANSWER
    assert answer["citations"]
    for citation in answer["citations"]:
        assert list(citation) == ["n", *PASSAGE[:-1], "support", "also_in"]
    for sentence in answer["sentences"]:
        assert list(sentence) == ["start", "end", "cites", "support", "missing"]
    assert list(answer["window"]) == ["from", "to", "understood_from"]
    assert all(list(each) == ["asked", "matched"] for each in answer["people"])
    assert plain(answer)


def test_a_refusal_has_the_same_fields_and_passages_without_number(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Hammouchi meet in 2019?", as_of="2024-12-01"))
    assert list(answer) == ANSWER
    assert answer["abstained"] is True
    assert answer["reason"] == "outside_window"
    assert answer["citations"] == []
    assert answer["nearest"]
    assert all(list(each) == PASSAGE for each in answer["nearest"] + answer["undated"])
    assert plain(answer)


def test_a_question_to_an_empty_home_is_refused_with_the_same_fields(operations: LocalOperations) -> None:
    answer = last(operations.ask("Who did Hammouchi meet?"))
    assert list(answer) == ANSWER
    assert (answer["abstained"], answer["reason"], answer["articles_considered"]) == (True, "no_articles", 0)
    assert answer["answer"].startswith("No article is stored")


def test_the_confidence_is_told_where_it_decides_whether_there_is_an_answer(stored: LocalOperations) -> None:
    answered = last(stored.ask("What is the name of the new bridge over the river in Rabat?"))
    refused = last(stored.ask("How does photosynthesis turn sunlight into sugar?"))
    listed = last(stored.ask("Who did Hammouchi meet?"))
    assert not answered["abstained"]
    assert ENOUGH <= answered["confidence"] <= 1
    assert refused["abstained"]
    assert 0 <= refused["confidence"] < ENOUGH
    assert not listed["abstained"]
    assert listed["confidence"] is None


def test_every_growing_answer_has_all_fields(stored: LocalOperations) -> None:
    for answer in stored.ask("Who did Hammouchi meet?"):
        assert list(answer) == ANSWER


def test_quotes_stand_where_the_citation_says(stored: LocalOperations) -> None:
    for citation in last(stored.ask("Who did Hammouchi meet in 2024?", as_of="2024-12-01"))["citations"]:
        shown = stored.show(citation["article_id"], version=citation["version"])
        assert shown["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert citation["chunk_id"] in [each["chunk_id"] for each in shown["chunks"]]


def test_sentences_of_an_answer_stand_where_they_say(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Hammouchi meet in 2024?", as_of="2024-12-01"))
    for sentence in answer["sentences"]:
        words = answer["answer"][sentence["start"] : sentence["end"]]
        assert words.endswith("".join(f"[{number}]" for number in sentence["cites"]))


def test_a_search_has_exactly_the_contracts_fields(stored: LocalOperations) -> None:
    found = stored.search("bridge", k=2, date_from="2023")
    assert list(found) == ["query", "window", "hits"]
    assert found["window"] == {"from": "2023-01-01", "to": None, "understood_from": "--from 2023"}
    assert all(list(hit) == HIT for hit in found["hits"])
    assert plain(found)
    assert stored.search("bridge")["window"] is None


def test_the_best_hit_comes_first_and_is_ranked_from_one(stored: LocalOperations) -> None:
    hits = stored.search("bridge river minister")["hits"]
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert hits[0]["title"] == "A bridge"
    assert hits[0]["found_by"] == ["dense", "lexical"]
    scores = [hit["score"] for hit in hits]
    assert scores == sorted(scores, reverse=True)
    shown = stored.show(hits[0]["article_id"])
    assert shown["text"][hits[0]["start"] : hits[0]["end"]] == hits[0]["text"]
    context = hits[0]["context"]
    assert shown["text"][context["start"] : context["end"]] == context["text"]
    assert hits[0]["text"] in context["text"]


def test_a_search_keeps_to_its_window_and_source(stored: LocalOperations) -> None:
    def titles(**scope: str) -> set[str]:
        return {hit["title"] for hit in stored.search("Hammouchi police chief", **scope)["hits"]}  # type: ignore[arg-type]

    assert titles(date_from="2024", date_to="2024") == {"Berlin"}
    assert titles(date_to="2023-12") == {"Rabat"}
    assert titles(source="sample times") == {"Rabat"}
    assert titles(source="sample times", date_from="2024") == set()


def test_an_ingest_tells_the_number_first_and_then_lines(operations: LocalOperations, tmp_path: Path) -> None:
    good, bad = write(tmp_path / "2024-10-03-a.txt", BRIDGE), write(tmp_path / "b.xyz", "?")
    total, *lines = operations.ingest([str(good), str(bad)], source="Sample Post")
    assert total == {"total": 2}
    assert all(list(line) == LINE for line in lines)
    assert plain(lines)
    told = {line["status"]: line for line in lines}
    assert set(told) == {"added", "failed"}
    assert told["added"]["input"] == str(good)
    assert told["added"]["source"] == "Sample Post"
    assert told["added"]["chunks"] == 1
    assert told["added"]["reason"] is None
    missing = told["failed"]
    assert missing["reason"]
    assert [missing[name] for name in LINE[2:10]] == [None] * 8


def test_a_missing_path_is_refused_before_anything_is_stored(
    operations: LocalOperations, tmp_path: Path
) -> None:
    good = write(tmp_path / "2024-10-03-a.txt", BRIDGE)
    with pytest.raises(NotFound, match=r"missing\.txt"):
        list(operations.ingest([str(good), str(tmp_path / "missing.txt")]))
    assert operations.articles() == {"articles": []}


def test_a_text_is_one_line(operations: LocalOperations) -> None:
    line = operations.ingest_text(BRIDGE, title="A bridge", published="2024-10-03", source="Post", name="-")
    assert list(line) == LINE
    assert (line["input"], line["status"], line["title"], line["source"]) == (
        "-",
        "added",
        "A bridge",
        "Post",
    )
    assert (line["published"], line["published_from"]) == ("2024-10-03", "option")
    assert line["language"] == "en"


def test_articles_are_listed_newest_first_and_undated_last(stored: LocalOperations) -> None:
    listed = stored.articles()
    assert list(listed) == ["articles"]
    assert [each["title"] for each in listed["articles"]] == ["Berlin", "Rabat", "A bridge"]
    assert all(list(each) == LISTED for each in listed["articles"])
    assert all(list(each["versions"][0]) == ["version", "ingested_at"] for each in listed["articles"])
    assert plain(listed)


def test_an_article_is_shown_with_its_text_and_passages(stored: LocalOperations) -> None:
    shown = stored.show(ids(stored)["Berlin"])
    assert list(shown) == [*LISTED, "text", "removed", "chunks"]
    assert shown["text"] == MEETING.strip()
    assert shown["chunks"][0]["start"] == 0
    assert plain(shown)


def test_an_older_version_is_shown_on_demand(operations: LocalOperations, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    (old,) = list(operations.ingest([str(file)]))[1:]
    write(file, MEETING)
    (new,) = list(operations.ingest([str(file)]))[1:]
    assert new["status"] == "updated"
    shown = operations.show(old["article_id"], version=old["version"])
    assert (shown["version"], shown["text"]) == (old["version"], BRIDGE.strip())
    assert operations.show(old["article_id"])["text"] == MEETING.strip()
    assert {each["version"] for each in shown["versions"]} == {old["version"], new["version"]}


def test_a_copy_is_told_with_the_article_and_in_citations(changing: LocalOperations) -> None:
    line = changing.ingest_text(MEETING, title="A copy", published="2024-10-04", source="Copy Post")
    assert (line["status"], line["article_id"]) == ("duplicate", ids(changing)["Berlin"])
    copy = {"source": "Copy Post", "url": None, "published": "2024-10-04"}
    assert changing.show(line["article_id"])["appearances"] == [copy]
    answer = last(changing.ask("Who did Hammouchi meet in 2024?", as_of="2024-12-01"))
    assert [{name: each[name] for name in copy} for each in answer["citations"][0]["also_in"]] == [copy]
    assert list(answer["citations"][0]["also_in"][0]) == ["article_id", "source", "url", "published"]


def test_a_correction_answers_with_the_article_as_it_is_listed(changing: LocalOperations) -> None:
    corrected = changing.set(
        ids(changing)["A bridge"], published="2024-06-01", source="Post", title="The bridge"
    )
    assert list(corrected) == LISTED
    assert corrected in changing.articles()["articles"]
    assert (corrected["published"], corrected["published_from"]) == ("2024-06-01", "editor")
    assert (corrected["source"], corrected["title"]) == ("Post", "The bridge")


def test_removing_tells_what_is_gone_and_what_was_never_there(changing: LocalOperations) -> None:
    berlin = ids(changing)["Berlin"]
    assert changing.remove([berlin, "nothing", berlin]) == {"removed": [berlin], "unknown": ["nothing"]}
    assert "Berlin" not in ids(changing)
    assert changing.search("Berlin Münch")["hits"][0]["title"] != "Berlin"
    assert changing.remove([]) == {"removed": [], "unknown": []}


# -- questions ---------------------------------------------------------------------------------------------


def test_earlier_turns_are_taken_along(stored: LocalOperations) -> None:
    history = [
        {"question": "Who did Hammouchi meet in 2023?", "answer": "Francisco Pardo [1]"},
        {"question": "?"},
    ]
    assert list(last(stored.ask("and in 2024?", as_of="2024-12-01", history=history))) == ANSWER


def test_the_asker_takes_a_name_off_or_chooses_its_spellings(stored: LocalOperations) -> None:
    question = "Who did Hammouchi meet in 2024?"
    found = last(stored.ask(question))["people"]
    assert found[0]["asked"] == "Hammouchi"
    assert last(stored.ask(question, people=found))["people"] == found
    chosen = [{"asked": "Hammouchi", "matched": ["حموشي"]}]
    assert last(stored.ask(question, people=chosen))["people"] == chosen
    assert last(stored.ask(question, people=[]))["people"] == []


@pytest.mark.parametrize("people", [[{}], ["Hammouchi"], [{"asked": "x", "matched": [1]}], [{"asked": "x"}]])
def test_people_in_another_form_are_refused(stored: LocalOperations, people: list[Any]) -> None:
    with pytest.raises(UserError, match="people must be"):
        list(stored.ask("Who did Hammouchi meet?", people=people))


def test_the_window_of_the_options_outranks_the_questions(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Hammouchi meet in 2024?", date_from="2023", date_to="2023"))
    assert answer["window"] == {
        "from": "2023-01-01",
        "to": "2023-12-31",
        "understood_from": "--from 2023 --to 2023",
    }
    assert {each["title"] for each in answer["citations"]} == {"Rabat"}


def test_relative_times_count_from_the_day_given(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Hammouchi meet last year?", as_of="2024-12-01"))
    assert (answer["window"]["from"], answer["window"]["to"]) == ("2023-01-01", "2023-12-31")


def test_the_answer_may_be_asked_for_in_another_language(stored: LocalOperations) -> None:
    answer = last(stored.ask("Who did Zidane meet in 2019?", as_of="2024-12-01", language="fr"))
    assert answer["language"] == "fr"
    assert "article" in answer["answer"]
    assert "stored" not in answer["answer"]


# -- calls that can't be carried out -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  \n", "؟؟؟ ... !!", "🔥🔥"])
def test_a_question_or_query_without_words_is_refused(operations: LocalOperations, text: str) -> None:
    with pytest.raises(UserError, match="question has no words"):
        last(operations.ask(text))
    with pytest.raises(UserError, match="query has no words"):
        operations.search(text)


@pytest.mark.parametrize("k", [0, -1, 1001])
def test_a_number_of_hits_out_of_range_is_refused(operations: LocalOperations, k: int) -> None:
    with pytest.raises(UserError, match="-k takes a number from 1 to 1000"):
        operations.search("bridge", k=k)


@pytest.mark.parametrize("day", ["yesterday", "2024-13", "03/10/2024", "2024-02-30"])
def test_a_date_that_is_not_iso_is_refused(stored: LocalOperations, day: str) -> None:
    calls = [
        lambda: last(stored.ask("Who?", as_of=day)),
        lambda: stored.ingest_text(BRIDGE, published=day),
        lambda: list(stored.ingest([], published=day)),
        lambda: stored.set(ids(stored)["Berlin"], published=day),
    ]
    if day:  # a form's empty field is no bound
        calls += [
            lambda: last(stored.ask("Who?", date_from=day)),
            lambda: stored.search("bridge", date_to=day),
        ]
    for call in calls:
        with pytest.raises(BadDate) as told:
            call()
        assert "\n" not in str(told.value)


def test_nothing_was_published_after_tomorrow(changing: LocalOperations) -> None:
    tomorrow = date.today() + timedelta(days=1)
    later = (tomorrow + timedelta(days=1)).isoformat()
    berlin = ids(changing)["Berlin"]
    for call in (
        lambda: changing.ingest_text(BRIDGE, published=later),
        lambda: list(changing.ingest([], published=later)),
        lambda: changing.set(berlin, published=later),
    ):
        with pytest.raises(BadDate, match=f"--published {later} lies in the future"):
            call()
    assert changing.show(berlin)["published"] == "2024-10-03"
    assert changing.ingest_text(BRIDGE, published=tomorrow.isoformat())["published"] == tomorrow.isoformat()


@pytest.mark.parametrize("day", ["2024", "2024-10"])
def test_one_day_is_wanted_where_something_was_published(operations: LocalOperations, day: str) -> None:
    with pytest.raises(BadDate, match="--published takes one day, such as 2024-10-03"):
        operations.ingest_text(BRIDGE, published=day)
    with pytest.raises(BadDate, match="--as-of takes one day"):
        last(operations.ask("Who?", as_of=day))


def test_a_window_that_ends_before_it_begins_is_refused(operations: LocalOperations) -> None:
    with pytest.raises(BadDate, match="swap --from and --to"):
        operations.search("bridge", date_from="2024", date_to="2023")


def test_a_window_of_one_month_may_be_named_twice(stored: LocalOperations) -> None:
    window = stored.search("bridge", date_from="2024-02", date_to="2024-02")["window"]
    assert (window["from"], window["to"]) == ("2024-02-01", "2024-02-29")


def test_setting_nothing_is_refused(stored: LocalOperations) -> None:
    with pytest.raises(UserError, match="nothing to set"):
        stored.set(ids(stored)["Berlin"])


def test_what_is_not_stored_cannot_be_shown_or_corrected(stored: LocalOperations) -> None:
    for call in (
        lambda: stored.show("nothing"),
        lambda: stored.show(ids(stored)["Berlin"], version="nothing"),
        lambda: stored.set("nothing", title="x"),
    ):
        with pytest.raises(NotFound, match="isnad articles"):
            call()


def test_a_chat_model_that_is_none_is_always_there(stored: LocalOperations) -> None:
    assert last(stored.ask("Who did Hammouchi meet?", llm="none"))["mode"] == "extractive"


def test_a_language_that_no_answer_is_composed_in_is_refused(stored: LocalOperations) -> None:
    with pytest.raises(UserError, match="ar, en, fr"):
        last(stored.ask("Who did Hammouchi meet?", language="de"))


def test_a_question_as_long_as_a_book_is_refused(stored: LocalOperations) -> None:
    with pytest.raises(UserError, match="4000 are the most"):
        last(stored.ask("who " * 2000))


def test_a_chat_model_without_a_provider_is_refused(stored: LocalOperations) -> None:
    with pytest.raises(BadSetting):
        last(stored.ask("Who did Hammouchi meet?", llm="nobody"))


# -- the home ----------------------------------------------------------------------------------------------


def test_reindexing_tells_its_progress_and_then_the_whole(changing: LocalOperations) -> None:
    *progress, whole = changing.reindex()
    assert progress[-1] == {"done": 3, "total": 3}
    assert all(list(each) == ["done", "total"] for each in progress)
    assert list(whole) == ["articles", "chunks", "seconds"]
    assert (whole["articles"], whole["chunks"]) == (3, 3)
    assert changing.search("bridge river")["hits"][0]["title"] == "A bridge"


def test_reindexing_an_empty_home_is_nothing(operations: LocalOperations) -> None:
    (whole,) = operations.reindex()
    assert (whole["articles"], whole["chunks"]) == (0, 0)


def test_reindexing_makes_the_vectors_of_another_model_usable(tmp_path: Path) -> None:
    with operating(tmp_path) as (operations, _):
        operations.ingest_text(BRIDGE, title="A bridge")
    with operating(tmp_path, WordEmbedder("2")) as (operations, _):
        with pytest.raises(OtherModel, match="isnad reindex"):
            operations.search("bridge")
        assert operations.articles()["articles"]  # what needs no vectors goes on
        assert list(operations.reindex())[-1]["articles"] == 1
        assert operations.search("bridge")["hits"][0]["found_by"] == ["dense", "lexical"]
        assert operations.doctor()["ok"]
