from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from fakes import WordEmbedder
from homes import Home, opened, write
from numpy.typing import NDArray

from ingest.pipeline import Given, Item
from ingest.reading import Total
from vectorstore.errors import NotFound
from vectorstore.records import Appearance, Days, Scope

BRIDGE = (
    "The minister opened a new bridge over the river in Rabat. Its name is Hassan, after the tower nearby.\n"
)
TUNNEL = (
    "The governor closed the old tunnel below the mountain near Fez. Repairs will take about four months.\n"
)
HARBOUR = "Fishermen of Agadir landed twelve tonnes of sardines in one night. The harbour was full by dawn.\n"
OCTOBER = date(2024, 10, 3)


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with opened(tmp_path / "home") as made:
        yield made


class Killed(BaseException):
    """The process ended here."""


class FailingEmbedder(WordEmbedder):
    """Fails as often as it is told to, then embeds."""

    def __init__(self, failures: int = 1) -> None:
        super().__init__()
        self.failures = failures

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self.failures:
            self.failures -= 1
            raise Killed
        return super().passages(texts)


def statuses(items: Sequence[Item]) -> list[str]:
    return [item.status for item in items]


def only(items: Sequence[Item]) -> Item:
    (item,) = items
    return item


def stored_id(item: Item) -> str:
    assert item.article
    return item.article.article_id


# -- what becomes of an input ------------------------------------------------------------------------------


def test_a_new_file_is_added_with_its_passages_and_vectors(home: Home, tmp_path: Path) -> None:
    item = only(home.ingest(write(tmp_path / "a.txt", BRIDGE)))
    assert item.status == "added"
    assert item.reason is None
    assert item.article == home.library.get(stored_id(item))
    assert item.chunks == home.library.count()[1] == 1
    assert home.vectors.ids() == home.library.chunk_ids()
    assert home.library.pending() == []


def test_the_number_of_files_comes_before_the_first_item(home: Home, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        write(tmp_path / "in" / name, f"{BRIDGE} Number {name}.")
    first, *items = home.pipeline.ingest([str(tmp_path / "in")])
    assert first == Total(3)
    assert len(items) == 3


def test_the_same_file_again_changes_nothing_and_embeds_nothing(home: Home, tmp_path: Path) -> None:
    files = [write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", TUNNEL)]
    home.ingest(*files)
    before, embedded = home.library.articles(), len(home.embedder.embedded)
    assert statuses(home.ingest(*files)) == ["unchanged", "unchanged"]
    assert home.library.articles() == before
    assert len(home.embedder.embedded) == embedded


def test_the_same_file_again_after_reopening_embeds_nothing(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    with opened(tmp_path / "home") as home:
        home.ingest(file)
    with opened(tmp_path / "home") as home:
        assert only(home.ingest(file)).status == "unchanged"
        assert home.embedder.embedded == []


def test_an_edited_article_leaves_no_old_passage_in_the_search(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    old = only(home.ingest(file))
    new = only(home.ingest(write(file, TUNNEL)))
    assert new.status == "updated"
    assert stored_id(new) == stored_id(old)
    assert home.found("bridge Rabat minister Hassan") == home.found("tunnel") == [TUNNEL.strip()]
    assert home.vectors.ids() == home.library.chunk_ids()
    assert old.article
    assert home.library.get(stored_id(old), old.article.version).text == BRIDGE.strip()


def test_quite_another_text_under_the_same_file_name_is_told_of(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "index.txt", BRIDGE)
    home.ingest(file)
    other = only(home.ingest(write(file, TUNNEL)))
    assert other.status == "updated"
    assert "another text under the same file name" in (other.reason or "")
    edited = only(home.ingest(write(file, f"{TUNNEL}\n\nIt opens in May, the mayor said on Friday.")))
    assert (edited.status, edited.reason) == ("updated", None)


def test_an_edit_that_is_taken_back_brings_the_first_version_back(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    first = only(home.ingest(file))
    home.ingest(write(file, TUNNEL))
    again = only(home.ingest(write(file, BRIDGE)))
    assert again.status == "updated"
    assert again.article
    assert first.article
    assert again.article.version == first.article.version
    assert home.found("bridge") == [BRIDGE.strip()]
    assert len(home.library.versions(stored_id(first))) == 2


def test_the_same_text_elsewhere_is_stored_once_and_its_outlet_recorded(home: Home, tmp_path: Path) -> None:
    first = only(home.ingest(write(tmp_path / "a.txt", BRIDGE), given=Given(source="The Original")))
    copy = write(tmp_path / "b.txt", BRIDGE)
    item = only(home.ingest(copy, given=Given(OCTOBER, "The Copy")))
    assert item.status == "duplicate"
    assert stored_id(item) == stored_id(first)
    assert item.article
    assert item.article.appearances == (Appearance("The Copy", None, OCTOBER),)
    assert home.library.count() == (1, 1)
    assert only(home.ingest(copy, given=Given(OCTOBER, "The Copy"))).status == "duplicate"
    assert home.library.get(stored_id(first)).appearances == (Appearance("The Copy", None, OCTOBER),)


def test_two_copies_in_one_call_are_one_article(home: Home, tmp_path: Path) -> None:
    files = [write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", BRIDGE)]
    assert sorted(statuses(home.ingest(*files))) == ["added", "duplicate"]
    assert home.library.count() == (1, 1)


def test_the_same_words_in_another_week_are_no_duplicate_where_they_tell_of_a_weekday(
    home: Home, tmp_path: Path
) -> None:
    dated = "The council met on Tuesday.\n\nIt adopted its budget and went home after two hours of debate.\n"
    undated = "The council has nine members.\n\nIt sits in the old town hall, behind the market place.\n"
    for name, text, expected in (("dated", dated, "added"), ("undated", undated, "duplicate")):
        first, second = (write(tmp_path / f"{name}{at}.txt", text) for at in (1, 2))
        home.ingest(first, given=Given(date(2024, 10, 2)))
        assert only(home.ingest(second, given=Given(date(2024, 10, 16)))).status == expected


def test_a_copy_that_was_edited_becomes_an_article_of_its_own(home: Home, tmp_path: Path) -> None:
    first, copy = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", BRIDGE)
    home.ingest(first, copy)
    assert only(home.ingest(write(copy, TUNNEL))).status == "added"
    assert {each.text for each in home.library.articles()} == {BRIDGE.strip(), TUNNEL.strip()}
    assert all(each.appearances == () for each in home.library.articles())


def test_a_copy_of_what_was_edited_since_becomes_an_article_of_its_own(home: Home, tmp_path: Path) -> None:
    first, copy = write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", BRIDGE)
    home.ingest(first, copy)
    home.ingest(write(first, TUNNEL))
    assert only(home.ingest(copy)).status == "added"
    assert all(each.appearances == () for each in home.library.articles())


def test_a_page_without_an_article_is_rejected_with_a_reason(home: Home, tmp_path: Path) -> None:
    item = only(home.ingest(write(tmp_path / "a.txt", "Too short.")))
    assert (item.status, item.article, item.chunks) == ("rejected", None, 0)
    assert item.reason
    assert "too little text" in item.reason
    assert home.library.count() == (0, 0)


def test_a_file_that_cannot_be_read_fails_with_a_reason(home: Home, tmp_path: Path) -> None:
    item = only(home.ingest(tmp_path / "missing.txt"))
    assert (item.status, item.article) == ("failed", None)
    assert item.reason
    assert "doesn't exist" in item.reason


def test_a_link_to_nothing_is_told_as_one(home: Home, tmp_path: Path) -> None:
    link = tmp_path / "a.txt"
    link.symlink_to(tmp_path / "missing.txt")
    assert only(home.ingest(link)).reason == f"'{link}' is a link to nothing; give the file itself"


def test_a_bad_item_does_not_stop_the_others(home: Home, tmp_path: Path) -> None:
    binary = tmp_path / "b.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    files = [
        write(tmp_path / "a.txt", BRIDGE),
        binary,
        tmp_path / "missing.txt",
        write(tmp_path / "c.txt", " \n"),
        write(tmp_path / "d.txt", TUNNEL),
    ]
    told = {Path(item.input).name: item.status for item in home.ingest(*files)}
    assert told == {
        "a.txt": "added",
        "b.txt": "failed",
        "missing.txt": "failed",
        "c.txt": "rejected",
        "d.txt": "added",
    }


def test_every_input_has_one_line_and_only_when_it_can_be_found(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pipeline.BATCH_CHUNKS", 3)
    names = [f"{number}.txt" for number in range(7)]
    for name in names:
        write(tmp_path / "in" / name, f"Report {name}: {BRIDGE}")
    told = []
    for each in home.pipeline.ingest([str(tmp_path / "in")]):
        if isinstance(each, Item):
            assert stored_id(each) not in home.library.pending()
            told.append(Path(each.input).name)
    assert told == names
    assert home.vectors.ids() == home.library.chunk_ids()


def test_files_of_one_name_in_two_folders_are_two_articles(home: Home, tmp_path: Path) -> None:
    one, two = write(tmp_path / "one" / "a.txt", BRIDGE), write(tmp_path / "two" / "a.txt", TUNNEL)
    assert statuses(home.ingest(one, two)) == ["added", "added"]
    assert home.library.count()[0] == 2
    assert statuses(home.ingest(one, two)) == ["unchanged", "unchanged"]


def test_an_arabic_article_is_found_in_arabic(home: Home, tmp_path: Path) -> None:
    text = (
        "استقبل عبد اللطيف حموشي في الرباط نظيره الإسباني يوم الخميس، وتباحثا حول التعاون الأمني بين البلدين."
    )
    item = only(home.ingest(write(tmp_path / "خبر.txt", text)))
    assert item.article
    assert item.article.language == "ar"
    assert home.found("من استقبل حموشي؟") == [text]


# -- text without a file -----------------------------------------------------------------------------------


def test_a_text_is_stored_under_the_title_it_is_given(home: Home) -> None:
    item = home.pipeline.ingest_text(BRIDGE, Given(title="A bridge", source="Sample"))
    assert item.status == "added"
    assert item.article
    assert (item.article.title, item.article.source) == ("A bridge", "Sample")
    assert home.pipeline.ingest_text(BRIDGE, Given(title="A bridge", source="Sample")).status == "unchanged"


def test_two_texts_under_two_titles_are_two_articles(home: Home) -> None:
    home.pipeline.ingest_text(BRIDGE, Given(title="A bridge"))
    assert home.pipeline.ingest_text(TUNNEL, Given(title="A tunnel")).status == "added"
    assert home.library.count()[0] == 2


def test_two_texts_without_a_title_are_two_articles(home: Home) -> None:
    home.pipeline.ingest_text(BRIDGE)
    assert home.pipeline.ingest_text(TUNNEL).status == "added"
    assert home.library.count()[0] == 2


def test_an_empty_text_is_rejected(home: Home) -> None:
    assert home.pipeline.ingest_text(" \n").status == "rejected"


# -- dates and corrections ---------------------------------------------------------------------------------


def test_a_date_given_outranks_the_page_and_stays_when_it_is_not_given_again(
    home: Home, tmp_path: Path
) -> None:
    file = write(tmp_path / "2023-01-01-a.txt", BRIDGE)
    given = only(home.ingest(file, given=Given(OCTOBER)))
    assert given.article
    assert (given.article.published, given.article.published_from) == (OCTOBER, "option")
    again = only(home.ingest(file))
    assert again.status == "unchanged"
    assert again.article
    assert (again.article.published, again.article.published_from) == (OCTOBER, "option")


def test_a_date_given_stays_when_the_text_is_edited(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    home.ingest(file, given=Given(OCTOBER))
    edited = only(home.ingest(write(file, TUNNEL)))
    assert edited.status == "updated"
    assert edited.article
    assert (edited.article.published, edited.article.published_from) == (OCTOBER, "option")


def test_another_date_given_replaces_the_first(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    home.ingest(file, given=Given(OCTOBER))
    again = only(home.ingest(file, given=Given(date(2024, 11, 1))))
    assert again.status == "updated"
    assert home.library.get(stored_id(again)).published == date(2024, 11, 1)


def test_an_editors_corrections_survive_the_next_ingest_and_outrank_an_option(
    home: Home, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    article_id = stored_id(only(home.ingest(file)))
    corrected = home.pipeline.correct(article_id, Given(date(2024, 5, 1), "The Outlet", "A better title"))
    assert corrected.published_from == "editor"
    assert only(home.ingest(file)).status == "unchanged"
    assert only(home.ingest(file, given=Given(OCTOBER))).status == "unchanged"
    assert home.library.get(article_id) == corrected


def test_an_editors_corrections_survive_an_edited_text(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    article_id = stored_id(only(home.ingest(file)))
    home.pipeline.correct(article_id, Given(date(2024, 5, 1), "The Outlet", "A better title"))
    home.ingest(write(file, TUNNEL), given=Given(OCTOBER))
    edited = home.library.get(article_id)
    assert edited.text == TUNNEL.strip()
    assert (edited.published, edited.published_from) == (date(2024, 5, 1), "editor")
    assert (edited.source, edited.title) == ("The Outlet", "A better title")


def test_a_second_correction_keeps_the_first_ones_other_fields(home: Home, tmp_path: Path) -> None:
    article_id = stored_id(only(home.ingest(write(tmp_path / "a.txt", BRIDGE))))
    home.pipeline.correct(article_id, Given(published=date(2024, 5, 1)))
    corrected = home.pipeline.correct(article_id, Given(source="The Outlet"))
    assert (corrected.published, corrected.source) == (date(2024, 5, 1), "The Outlet")


def test_a_corrected_date_moves_the_article_into_its_window(home: Home, tmp_path: Path) -> None:
    may = Scope(Days(date(2024, 5, 1), date(2024, 5, 31)))
    article_id = stored_id(only(home.ingest(write(tmp_path / "a.txt", BRIDGE))))
    assert home.search.find("bridge", 5, may) == []
    home.pipeline.correct(article_id, Given(published=date(2024, 5, 1)))
    assert [hit.chunk.article.article_id for hit in home.search.find("bridge", 5, may)] == [article_id]


def test_a_corrected_date_tells_what_yesterday_was_and_keeps_it_through_the_next_ingest(
    home: Home, tmp_path: Path
) -> None:
    second = Days(date(2024, 10, 2), date(2024, 10, 2))
    file = write(
        tmp_path / "a.txt", f"The minister met his guest yesterday, without a word to the press. {BRIDGE}"
    )
    article_id = stored_id(only(home.ingest(file)))
    assert home.search.find("guest", 5, Scope(second)) == []
    home.pipeline.correct(article_id, Given(published=OCTOBER))
    assert only(home.ingest(file)).status == "unchanged"
    (hit,) = home.search.find("guest", 5, Scope(second))
    assert hit.chunk.events == (second,)


def test_a_corrected_title_is_searched_by_meaning_too(home: Home, tmp_path: Path) -> None:
    article_id = stored_id(only(home.ingest(write(tmp_path / "a.txt", BRIDGE))))
    home.pipeline.correct(article_id, Given(title="Zellige"))
    assert home.search.find("Zellige", 1)[0].found_by == ("dense", "lexical")
    assert any(text.startswith("Zellige\n") for text in home.embedder.embedded)


def test_correcting_what_is_not_stored_is_refused(home: Home) -> None:
    with pytest.raises(NotFound, match="isnad articles"):
        home.pipeline.correct("nothing", Given(source="x"))


# -- taking out, and what a crash leaves -------------------------------------------------------------------


def test_removing_takes_the_vectors_too(home: Home, tmp_path: Path) -> None:
    first, second = home.ingest(write(tmp_path / "a.txt", BRIDGE), write(tmp_path / "b.txt", TUNNEL))
    assert home.pipeline.remove(stored_id(first))
    assert not home.pipeline.remove(stored_id(first))
    assert home.vectors.ids() == home.library.chunk_ids()
    assert {each.split("-")[0] for each in home.vectors.ids()} == {stored_id(second)}
    assert home.library.pending() == []


def test_a_removed_article_can_be_added_again(home: Home, tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    home.pipeline.remove(stored_id(only(home.ingest(file))))
    assert only(home.ingest(file)).status == "added"
    assert home.found("bridge") == [BRIDGE.strip()]


def test_a_crash_while_embedding_is_repaired_on_the_next_open(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    with opened(tmp_path / "home", FailingEmbedder()) as home, pytest.raises(Killed):
        home.ingest(file)
    with opened(tmp_path / "home") as home:
        assert home.library.pending() == []
        assert home.vectors.ids() == home.library.chunk_ids() != set()
        assert home.search.find("bridge", 1)[0].found_by == ("dense", "lexical")
        assert only(home.ingest(file)).status == "unchanged"


def test_a_crash_between_an_edit_and_its_vectors_is_repaired_on_the_next_open(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt", BRIDGE)
    with opened(tmp_path / "home") as home:
        home.ingest(file)
    write(file, TUNNEL)
    with opened(tmp_path / "home", FailingEmbedder()) as home:
        with pytest.raises(Killed):
            home.ingest(file)
        # The old passage's vector is still there, and nobody sees it.
        assert home.found("bridge") in ([], [TUNNEL.strip()])
    with opened(tmp_path / "home") as home:
        assert home.vectors.ids() == home.library.chunk_ids()
        assert home.found("bridge") == [TUNNEL.strip()]


def test_a_crash_between_a_removal_and_its_vectors_is_repaired_on_the_next_open(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as home:
        article_id = stored_id(only(home.ingest(write(tmp_path / "a.txt", BRIDGE))))
        home.library.remove(article_id)
        assert home.vectors.ids() != set()
    with opened(tmp_path / "home") as home:
        assert home.vectors.ids() == set()


def test_a_crash_between_a_corrected_title_and_its_vectors_is_repaired_on_the_next_open(
    tmp_path: Path,
) -> None:
    with opened(tmp_path / "home") as home:
        article_id = stored_id(only(home.ingest(write(tmp_path / "a.txt", BRIDGE))))
    with opened(tmp_path / "home", FailingEmbedder()) as home, pytest.raises(Killed):
        home.pipeline.correct(article_id, Given(title="Zellige"))
    with opened(tmp_path / "home") as home:
        assert any(text.startswith("Zellige\n") for text in home.embedder.embedded)


def test_an_ingest_that_was_broken_off_is_made_good_by_the_next_one(home: Home, tmp_path: Path) -> None:
    for name, text in (("a.txt", BRIDGE), ("b.txt", TUNNEL), ("c.txt", HARBOUR), ("d.txt", "Too short.")):
        write(tmp_path / "in" / name, text)
    running = home.pipeline.ingest([str(tmp_path / "in")])
    assert next(running) == Total(4)
    assert isinstance(next(running), Item)
    running.close()  # type: ignore[attr-defined]
    home.ingest(tmp_path / "in")
    assert statuses(home.ingest(tmp_path / "in")) == ["unchanged"] * 3 + ["rejected"]
    assert home.vectors.ids() == home.library.chunk_ids()


def test_a_text_as_long_as_a_library_is_rejected_with_its_length(tmp_path: Path) -> None:
    with opened(tmp_path / "home") as home:
        path = write(tmp_path / "long.txt", f"{'The bridge of Rabat opened again. ' * 13_000}")
        (item,) = home.ingest(path)
    assert item.status == "rejected"
    assert "too many for one article" in str(item.reason)
