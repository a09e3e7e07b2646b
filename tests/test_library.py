import gc
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from vectorstore.errors import HomeUnusable, NotFound
from vectorstore.library import Library
from vectorstore.names import sound_keys
from vectorstore.records import Appearance, Article, Days, Holdings, RemovedLine, Scope, Span, digest
from vectorstore.text import terms

TEXT = "The minister opened a bridge in Rabat. Its name is Hassan."
YEAR_2024 = Days(date(2024, 1, 1), date(2024, 12, 31))


def article(text: str = TEXT, name: str = "a", **changes: object) -> Article:
    made = Article(
        article_id=digest(name),
        version=digest(text),
        title="A bridge",
        text=text,
        language="en",
        source="Isnad sample",
        ingested_at=datetime(2024, 10, 5, tzinfo=UTC),
        published=date(2024, 10, 3),
        published_from="byline",
        removed=(RemovedLine("Share", "share"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def within(library: Library, scope: Scope) -> set[str]:
    """The ids of the chunks that ``scope`` admits."""
    numbers = library.within(scope)
    assert len(numbers) == len(set(numbers))
    return set(library.names(numbers).values())


def whole(stored: Article) -> list[Span]:
    return [Span(0, len(stored.text))]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library.sqlite3")


def found(library: Library, query: str, scope: Scope = Scope()) -> list[str]:  # noqa: B008
    return [each.chunk_id for each in library.lexical(terms(query), 10, scope)]


def test_an_article_comes_back_as_it_was_stored(library: Library) -> None:
    stored = article()
    library.put(stored, whole(stored))
    assert library.get(stored.article_id) == stored


def test_what_is_stored_is_there_after_reopening(tmp_path: Path) -> None:
    stored = article()
    first = Library(tmp_path / "library.sqlite3")
    first.put(stored, whole(stored))
    first.close()
    assert Library(tmp_path / "library.sqlite3").articles() == [stored]


def test_a_new_version_leaves_the_search_to_itself_and_the_old_one_to_citations(library: Library) -> None:
    old, new = article("The bridge opened in Rabat."), article("The tunnel opened in Fez.")
    library.put(old, whole(old))
    library.put(new, whole(new))
    assert found(library, "Rabat") == []
    assert len(found(library, "tunnel")) == 1
    assert library.get(old.article_id, old.version).text == old.text
    assert {version for version, _ in library.versions(old.article_id)} == {old.version, new.version}


def test_removing_takes_every_version_and_leaves_no_row_behind(library: Library) -> None:
    old, new = article("One text."), article("Another text.")
    library.put(old, whole(old))
    library.put(new, whole(new))
    assert library.remove(old.article_id)
    assert library.count() == (0, 0)
    assert found(library, "text") == []
    assert not library.remove(old.article_id)
    with pytest.raises(NotFound):
        library.get(old.article_id, old.version)


def test_a_window_admits_what_was_published_in_it_and_no_undated_passage(library: Library) -> None:
    dated, undated = article(name="dated"), article(TEXT + " More.", "undated", published=None)
    for each in (dated, undated):
        library.put(each, whole(each))
    admitted = within(library, Scope(YEAR_2024))
    assert {each.split("-")[0] for each in admitted} == {dated.article_id}
    assert within(library, Scope(undated=True)) == {
        f"{undated.article_id}-{undated.version}-0-{len(undated.text)}"
    }


def test_a_date_that_the_passage_tells_outranks_the_publication_date(library: Library) -> None:
    stored = article("The bridge opened on 4 May 2019.")
    library.put(stored, whole(stored))
    assert found(library, "bridge", Scope(YEAR_2024)) == []
    assert len(found(library, "bridge", Scope(Days(date(2019, 5, 1), date(2019, 5, 31))))) == 1


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (date(2023, 11, 1), date(2024, 1, 1), True),
        (date(2023, 6, 1), date(2024, 1, 1), True),
        (date(2020, 1, 1), date(2030, 12, 31), True),
        (date(2024, 12, 31), date(2026, 1, 1), True),
        (date(2023, 1, 1), date(2023, 12, 31), False),
        (date(2025, 1, 1), date(2025, 1, 1), False),
    ],
)
def test_ranges_short_and_long_are_within_a_window_that_they_touch(
    library: Library, first: date, last: date, inside: bool
) -> None:
    text = f"The bridge was closed from {first:%-d %B %Y} to {last:%-d %B %Y}."
    stored = article(text, published=None)
    library.put(stored, whole(stored))
    everything = library.chunk_ids()
    wanted = everything if inside else set()
    assert within(library, Scope(YEAR_2024)) == wanted
    assert library.admitted(sorted(everything), Scope(YEAR_2024)) == wanted


def test_of_too_many_matches_the_rarest_words_decide(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        stored = article(f"The bridge {number} {'opened' * (number == 2)}.", f"a{number}", title="")
        library.put(stored, whole(stored))
    monkeypatch.setattr("vectorstore.searchable.MOST_RANKED", 3)
    assert len(found(library, "bridge opened")) == 1
    assert len(found(library, "bridge")) == 4


def test_a_source_is_found_under_any_spelling_and_where_a_copy_appeared(library: Library) -> None:
    stored = article(source="Al-Ṣabāḥ")
    library.put(stored, whole(stored))
    library.add_appearance(stored.article_id, "other", Appearance("Le Copieur", None, None))
    assert within(library, Scope(source="al-sabah"))
    assert within(library, Scope(source="Le Copieur"))
    assert within(library, Scope(source="Somebody else")) == set()


def test_a_correction_of_the_date_dates_the_passages_again(library: Library) -> None:
    stored = article(published=None, published_from=None)
    library.put(stored, whole(stored))
    library.put_sentence_vectors({next(iter(library.chunk_ids())): b"kept"})
    library.revise(
        replace(stored, published=date(2024, 5, 1), published_from="editor"), {"published": "2024-05-01"}
    )
    assert within(library, Scope(YEAR_2024)) == library.chunk_ids()
    assert library.corrections(stored.article_id) == {"published": "2024-05-01"}
    assert list(library.sentence_vectors(list(library.chunk_ids())).values()) == [b"kept"]


def test_a_chunk_keeps_its_number_until_its_text_is_another(library: Library) -> None:
    stored = article()
    library.put(article("An earlier text.", "before"), [Span(0, 16)])
    library.put(stored, whole(stored))
    names = sorted(library.chunk_ids())
    numbers = library.numbers(names)
    library.remove(digest("before"))
    library.revise(replace(stored, source="Another outlet"))
    left = {name: number for name, number in numbers.items() if stored.article_id in name}
    assert library.numbers(names) == left
    assert library.names(list(numbers.values())) == {number: name for name, number in left.items()}


def test_a_stored_chunk_tells_the_days_that_its_text_tells(library: Library) -> None:
    stored = article("On 3 May 2024 it opened. In 2019 it was begun. It was closed on 5 May 2024.")
    library.put(stored, whole(stored))
    (read,) = library.chunks(sorted(library.chunk_ids())).values()
    (told,) = library.chunks_of(stored.article_id)
    assert len(told.events) == len(told.sentences) == 3
    assert read == told


def test_what_is_held_is_counted_by_outlet_and_dated(library: Library) -> None:
    assert library.holdings() == Holdings(0)
    for name, source, published in (
        ("one", "Herald", date(2024, 10, 3)),
        ("two", "Echo", date(2023, 5, 12)),
        ("three", "Herald", None),
        ("four", "", None),
    ):
        stored = article(name=name, source=source, published=published)
        library.put(stored, whole(stored))
    days = Days(date(2023, 5, 12), date(2024, 10, 3))
    assert library.holdings() == Holdings(4, 2, days, (("Herald", 2), ("Echo", 1)))
    assert library.has_outlet("HERALD")
    assert not library.has_outlet("Gazette")
    library.add_appearance(digest("one"), "elsewhere", Appearance("Gazette"))
    assert library.has_outlet("Gazette")


def test_an_article_is_pending_until_its_vectors_are_settled(library: Library) -> None:
    stored = article()
    library.put(stored, whole(stored))
    assert library.pending() == [stored.article_id]
    library.settle([stored.article_id])
    assert library.pending() == []


def test_what_an_article_had_before_is_leaving_until_it_is_settled(library: Library) -> None:
    stored = article()
    library.put(stored, whole(stored))
    before = library.chunk_ids()
    library.settle([stored.article_id])
    library.revise(replace(stored, source="Another outlet"))
    assert library.leaving([stored.article_id]) == []
    library.revise(replace(stored, title="Another title"))
    assert set(library.leaving([stored.article_id])) == before
    library.settle([stored.article_id])
    library.remove(stored.article_id)
    assert set(library.leaving([stored.article_id])) == before
    library.settle([stored.article_id])
    assert library.leaving([stored.article_id]) == []


def test_a_word_that_another_article_still_has_keeps_its_sound(library: Library) -> None:
    for name in "ab":
        library.put(article("Hammouchi came to Rabat.", name), [Span(0, 24)])
    library.remove(digest("a"))
    assert "hammouchi" in library.words_by_sound(sound_keys("Hammouchi"))
    library.remove(digest("b"))
    assert "hammouchi" not in library.words_by_sound(sound_keys("Hammouchi"))


def test_words_are_found_by_their_sound_across_scripts(library: Library) -> None:
    stored = article("التقى حموشي نظيره في الرباط.")
    library.put(stored, whole(stored))
    assert "حموشي" in library.words_by_sound(sound_keys("Hammouchi"))


def test_a_failed_write_leaves_the_earlier_state_whole(library: Library) -> None:
    stored = article()
    library.put(stored, whole(stored))
    broken = article("Another text.")
    with pytest.raises(TypeError):
        library.put(broken, [Span(0, "x")])  # type: ignore[arg-type]
    assert library.get(stored.article_id) == stored
    assert len(found(library, "bridge")) == 1


def test_a_hostile_query_term_is_only_a_word(library: Library) -> None:
    stored = article()
    library.put(stored, whole(stored))
    assert found(library, 'bridge" OR "x* NEAR(a b) AND') != []
    assert found(library, "") == []


def test_a_file_that_is_no_library_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    path.write_bytes(b"this is not a database" * 100)
    with pytest.raises(HomeUnusable) as told:
        Library(path)
    assert "\n" not in str(told.value)
    assert path.read_bytes().startswith(b"this is not")


def test_an_unwritable_home_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeUnusable, match="--home"):
        Library(tmp_path / "file" / "library.sqlite3")


def test_the_words_of_a_removed_article_leave_the_index_of_names(library: Library) -> None:
    shared = "Yesterday Abdellatif Hammouchi met Robert Pardo in Rabat."
    other = "Then Abdellatif Hammouchi met Nadia Fettah in Rabat."
    for name, text in (("one", shared), ("two", other)):
        library.put(article(text, name), [Span(0, len(text))])

    def known(word: str) -> bool:
        return word in library.words_by_sound(sound_keys(word))

    assert all(known(word) for word in ("hammouchi", "pardo", "fettah"))
    library.remove(article(shared, "one").article_id)
    assert (known("hammouchi"), known("pardo"), known("fettah")) == (True, False, True)
    again = "Nobody met anybody."
    library.put(article(again, "two"), [Span(0, len(again))])
    assert not known("hammouchi")
    assert not known("fettah")


def test_a_thread_that_has_ended_leaves_no_connection_behind(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    opened = len(os.listdir("/proc/self/fd"))
    for _ in range(150):
        thread = Thread(target=library.count)
        thread.start()
        thread.join()
    gc.collect()
    # SQLite itself keeps some files of closed connections open, to use them again: about 45, however many there were.
    assert len(os.listdir("/proc/self/fd")) < opened + 100
    library.close()


def test_words_with_vowel_signs_are_indexed_whole(library: Library) -> None:
    text = "पैंथर्स की डिफ़ेन्स ने लीग में केवल 308 अंक दिए।"
    library.put(article(text, "hi", title=""), [Span(0, len(text))])
    term = terms("डिफ़ेन्स")
    assert len(term) == 1
    assert library.frequencies(term) == {term[0]: 1}
    assert len(library.lexical(term, 5, Scope())) == 1


def test_what_was_counted_follows_a_change_made_elsewhere(tmp_path: Path) -> None:
    reading, writing = Library(tmp_path / "library.sqlite3"), Library(tmp_path / "library.sqlite3")
    assert (reading.count(), reading.frequencies(["rabat"])) == ((0, 0), {})
    writing.put(article(), whole(article()))
    assert (reading.count(), reading.frequencies(["rabat"])) == ((1, 1), {"rabat": 1})
    reading.remove(article().article_id)
    assert (reading.count(), reading.frequencies(["rabat"])) == ((0, 0), {})


@pytest.mark.parametrize("word", ["harbour", "lighthouse"])
@pytest.mark.parametrize("days", [2, 40, 2000])
def test_words_frequent_and_rare_find_within_a_window_what_it_admits(
    library: Library, days: int, word: str
) -> None:
    for number in range(60):
        text = f"Harbour {'old ' * number} {'lighthouse' if number in (3, 6) else ''}"
        published = date(2024, 1, 1) + timedelta(number)
        library.put(article(text, str(number), published=published), [Span(0, len(text))])
    window = Scope(Days(date(2024, 1, 5), date(2024, 1, 5) + timedelta(days)))
    ranked = [each.chunk_id for each in library.lexical(terms(word), 60, Scope())]
    admitted = library.admitted(ranked, window)
    assert 0 < len(admitted) < len(ranked)
    assert [each.chunk_id for each in library.lexical(terms(word), 60, window)] == [
        each for each in ranked if each in admitted
    ]
