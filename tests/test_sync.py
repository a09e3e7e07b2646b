import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from homes import Home, article, opened

from vectorstore.quantised import unpack
from vectorstore.records import Span
from vectorstore.sync import embedded_text, sentence_texts

BRIDGE = "The minister opened a bridge in Rabat. Its name is Hassan."
TUNNEL = "The governor closed the tunnel near Fez. Repairs take months."


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with opened(tmp_path) as made:
        yield made


def in_step(home: Home) -> bool:
    return home.sync.difference() == (set(), set()) and home.library.pending() == []


def test_a_passage_is_embedded_under_its_title_and_its_sentences_by_themselves(home: Home) -> None:
    home.store(article(BRIDGE, title="A bridge"))
    assert home.embedder.embedded == [
        f"A bridge\n{BRIDGE}",
        "The minister opened a bridge in Rabat.",
        "Its name is Hassan.",
    ]


def test_a_passage_without_a_title_is_embedded_as_it_stands(home: Home) -> None:
    stored = article(BRIDGE)
    home.store(stored)
    (chunk,) = home.library.chunks_of(stored.article_id)
    assert embedded_text(chunk) == BRIDGE


def test_the_sentences_vectors_are_kept_in_reading_order(home: Home) -> None:
    stored = article(BRIDGE)
    home.store(stored)
    (chunk,) = home.library.chunks_of(stored.article_id)
    packed = home.library.sentence_vectors([chunk.chunk_id])[chunk.chunk_id]
    rows = unpack(packed, home.embedder.dimension)
    expected = home.embedder.passages(sentence_texts(chunk))
    assert (rows * expected).sum(axis=1) == pytest.approx(1.0, abs=0.01)


def test_of_a_sentence_longer_than_a_passage_each_passage_embeds_its_own_part(home: Home) -> None:
    text = " ".join(f"word{number % 50}" for number in range(5000))
    home.store(article(text))
    assert home.library.count()[1] > 10
    assert sum(map(len, home.embedder.embedded)) < 3 * len(text)


def test_articles_of_one_batch_each_get_their_own_vectors(home: Home) -> None:
    stored = [article(BRIDGE, "a"), article(TUNNEL, "b"), article(BRIDGE + TUNNEL, "c")]
    for each in stored:
        home.library.put(each, [Span(0, len(each.text))])
    home.sync.follow([each.article_id for each in stored])
    assert in_step(home)
    for each in stored:
        (nearest,) = home.vectors.search(home.embedder.query(each.text), 1)
        assert nearest.chunk_id.startswith(each.article_id)
        assert nearest.score == pytest.approx(1.0, abs=1e-3)


def test_following_a_removed_article_drops_its_vectors(home: Home) -> None:
    stored = article(BRIDGE)
    home.store(stored)
    home.library.remove(stored.article_id)
    home.sync.follow([stored.article_id])
    assert home.vectors.ids() == set()
    assert in_step(home)


def test_repairing_embeds_what_is_pending_and_says_how_much_that_was(home: Home) -> None:
    for name in "abc":
        home.library.put(article(BRIDGE + name, name), [Span(0, len(BRIDGE))])
    assert home.sync.repair() == 3
    assert in_step(home)
    embedded = len(home.embedder.embedded)
    assert home.sync.repair() == 0
    assert len(home.embedder.embedded) == embedded


def test_an_article_without_passages_is_settled_too(home: Home) -> None:
    home.library.put(article("***"), [])
    assert home.sync.repair() == 1
    assert in_step(home)


def test_reindexing_tells_how_many_are_done_batch_by_batch(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.sync.BATCH", 2)
    for name in "abcde":
        home.store(article(BRIDGE + name, name))
    assert list(home.sync.reindex()) == [2, 4, 5]
    assert in_step(home)


def test_reindexing_notes_what_the_sentences_tell_in_a_home_of_an_early_version(
    home: Home, tmp_path: Path
) -> None:
    home.store(article(BRIDGE, "a"))
    notes = "SELECT count(*) FROM chunk_sentences"
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM chunk_sentences")
    list(home.sync.reindex())
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as connection:
        assert connection.execute(notes).fetchone()[0] == len(home.library.chunk_ids())


def test_a_reindexing_that_was_killed_is_finished_by_the_next_repair(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.sync.BATCH", 1)
    for name in "abc":
        home.store(article(BRIDGE + name, name))
    assert next(home.sync.reindex()) == 1
    assert home.sync.repair() == 2
    assert in_step(home)


def test_missing_and_surplus_vectors_are_found_and_mended(home: Home) -> None:
    one, two = article(BRIDGE, "a"), article(TUNNEL, "b")
    for each in (one, two):
        home.store(each)
    (lost,) = (each for each in home.vectors.ids() if each.startswith(one.article_id))
    home.vectors.delete([lost])
    home.vectors.put(["ghost-1"], home.embedder.passages([TUNNEL]))
    assert home.sync.difference() == ({lost}, {"ghost-1"})
    home.sync.mend()
    assert in_step(home)


def test_another_title_alone_leaves_the_vectors_pending(home: Home) -> None:
    stored = article(BRIDGE)
    home.store(stored)
    home.library.revise(replace(stored, source="Another outlet"))
    assert home.library.pending() == []
    home.library.revise(replace(stored, title="A bridge"))
    assert home.library.pending() == [stored.article_id]
