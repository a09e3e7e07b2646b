import asyncio
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fakes import WordEmbedder
from homes import Home, article, opened

from vectorstore.article_retriever import ArticleRetriever
from vectorstore.clues import query_clues
from vectorstore.records import Appearance, Days, Scope, Span
from vectorstore.rows import FILE

BRIDGE = "The minister opened a bridge over the river. Its name is Hassan."
TUNNEL = "The governor closed a tunnel below the mountain."
OLD = "A bridge was opened over the river in May 2019."
YEAR_2024 = Days(date(2024, 1, 1), date(2024, 12, 31))
YEAR_2019 = Days(date(2019, 1, 1), date(2019, 12, 31))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Four articles, for those who only search."""
    with opened(tmp_path_factory.mktemp("home")) as made:
        yield filled(made)


@pytest.fixture
def changing(tmp_path: Path) -> Iterator[Home]:
    """The same four articles, for those who change something."""
    with opened(tmp_path) as made:
        yield filled(made)


def filled(home: Home) -> Home:
    home.store(article(BRIDGE, "bridge", title="A bridge", url="https://sample.example/bridge"))
    home.store(article(TUNNEL, "tunnel", source="Another Outlet"))
    home.store(article(OLD, "old"))
    home.store(article(f"{BRIDGE} Nobody knows when.", "undated", published=None, published_from=None))
    return home


def found(home: Home, query: str, scope: Scope = Scope(), limit: int = 10) -> set[str]:  # noqa: B008
    names = {article("", name).article_id: name for name in ("bridge", "tunnel", "old", "undated")}
    return {names[hit.chunk.article.article_id] for hit in home.search.find(query, limit, scope)}


def test_the_best_passage_comes_first_with_what_found_it(home: Home) -> None:
    hits = home.search.find("Which tunnel did the governor close?", 10)
    assert hits[0].chunk.text == TUNNEL
    assert hits[0].found_by == ("dense", "lexical")
    assert hits[0].likeness is not None
    assert hits[0].likeness > 0.5
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_passage_without_the_words_is_found_by_meaning_alone(home: Home) -> None:
    hit = next(hit for hit in home.search.find("tunnel", 10) if hit.chunk.article.title == "A bridge")
    assert hit.found_by == ("dense",)


def test_no_more_hits_come_than_were_asked_for(home: Home) -> None:
    assert len(home.search.find("bridge", 2)) == 2
    assert home.search.find("bridge", 0) == []


def test_a_window_admits_by_the_day_told_before_the_day_published(home: Home) -> None:
    assert found(home, "bridge tunnel", Scope(YEAR_2024)) == {"bridge", "tunnel"}
    assert found(home, "bridge tunnel", Scope(YEAR_2019)) == {"old"}
    assert found(home, "bridge", Scope(Days(date(2001, 1, 1), date(2001, 12, 31)))) == set()


def test_what_no_window_can_place_is_found_apart(home: Home) -> None:
    assert found(home, "bridge", Scope(undated=True)) == {"undated"}
    assert found(home, "bridge", Scope(YEAR_2024, undated=True)) == {"undated"}


def test_a_source_restricts_and_goes_with_a_window(home: Home) -> None:
    assert found(home, "bridge tunnel", Scope(source="another outlet")) == {"tunnel"}
    assert found(home, "bridge tunnel", Scope(YEAR_2019, "Another Outlet")) == set()
    assert found(home, "bridge", Scope(source="Nobody")) == set()


def test_a_copy_is_found_under_the_outlet_where_it_appeared(changing: Home) -> None:
    changing.library.add_appearance(article("", "bridge").article_id, "copy", Appearance("Le Copieur"))
    assert found(changing, "tunnel", Scope(source="Le Copieur")) == {"bridge"}


def test_among_many_passages_a_narrow_window_finds_what_lies_far_from_the_question(
    changing: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FEW": 0, "DEPTH": 1, "OVER": 1}.items():
        monkeypatch.setattr(f"vectorstore.retriever.{name}", value)
    assert found(changing, "tunnel governor mountain", limit=1) == {"tunnel"}
    assert found(changing, "tunnel governor mountain", Scope(YEAR_2019), limit=1) == {"old"}


def test_a_home_that_lacks_its_rows_has_them_written_by_the_next_repair(tmp_path: Path) -> None:
    with opened(tmp_path) as home:
        home.store(article(BRIDGE))
    (tmp_path / "vectors" / FILE).unlink()
    with opened(tmp_path) as home:
        assert home.search.find("bridge", 1)[0].found_by == ("dense", "lexical")
        assert home.sync.difference() == (set(), set())


def test_the_clues_handed_over_are_looked_for(home: Home) -> None:
    hits = home.search.find("zzz", 10, clues=query_clues("governor's", home.library))
    assert next(hit for hit in hits if "lexical" in hit.found_by).chunk.text == TUNNEL


def test_a_query_without_a_word_is_answered_by_meaning(home: Home) -> None:
    assert all(hit.found_by == ("dense",) for hit in home.search.find("???", 3))


def test_a_vector_whose_passage_is_gone_is_passed_over(changing: Home) -> None:
    ghosts = [f"ghost-{number}" for number in range(3)]
    changing.vectors.put(ghosts, changing.embedder.passages([TUNNEL] * 3))
    hits = changing.search.find("tunnel governor mountain", 2)
    assert [hit.chunk.text for hit in hits][:1] == [TUNNEL]
    assert all(not hit.chunk.chunk_id.startswith("ghost") for hit in hits)


def test_passages_whose_vectors_are_still_to_come_are_found_by_their_words(changing: Home) -> None:
    late = article("Fishermen landed sardines at dawn.", "late")
    changing.library.put(late, [Span(0, len(late.text))])
    hit = next(hit for hit in changing.search.find("sardines", 10) if hit.chunk.text == late.text)
    assert hit.found_by == ("lexical",)
    assert hit.likeness is None


def test_an_empty_home_finds_nothing(tmp_path: Path) -> None:
    with opened(tmp_path / "empty") as home:
        assert home.search.find("bridge", 5) == []


def test_each_sentence_is_rated_against_the_query(home: Home) -> None:
    hits = home.search.find("name Hassan", 10)
    vector = home.search.embed("name Hassan")
    rated = home.search.sentence_likeness(vector, [hit.chunk for hit in hits])
    assert [len(own) for own in rated] == [len(hit.chunk.text.split(". ")) for hit in hits]
    own = next(own for hit, own in zip(hits, rated, strict=True) if hit.chunk.text == BRIDGE)
    assert own[1] > 0.9 > 0.5 > own[0]


def test_sentences_whose_vectors_are_not_kept_are_rated_all_the_same(changing: Home) -> None:
    chunks = [hit.chunk for hit in changing.search.find("name Hassan", 10)]
    vector = changing.search.embed("name Hassan")
    kept = changing.search.sentence_likeness(vector, chunks)
    changing.library.put_sentence_vectors({chunk.chunk_id: b"" for chunk in chunks})
    anew = changing.search.sentence_likeness(vector, chunks)
    for one, other in zip(kept, anew, strict=True):
        assert one == pytest.approx(other, abs=0.01)


def test_langchain_gets_documents_with_their_place_and_dates(home: Home) -> None:
    retriever = ArticleRetriever(search=home.search, k=1)
    (document,) = retriever.invoke("Which tunnel did the governor close?")
    stored = article("", "tunnel")
    assert document.page_content == TUNNEL
    assert document.id == f"{stored.article_id}-{article(TUNNEL).version}-0-{len(TUNNEL)}"
    assert document.metadata["source"] == "Another Outlet"
    assert document.metadata["published"] == "2024-10-03"
    assert (document.metadata["start"], document.metadata["end"]) == (0, len(TUNNEL))


def test_langchain_may_restrict_the_search_once_or_for_one_call(home: Home) -> None:
    retriever = ArticleRetriever(search=home.search, k=1)
    assert len(retriever.invoke("bridge", k=3)) == 3
    assert [each.page_content for each in retriever.invoke("bridge", k=3, window=YEAR_2019)] == [OLD]
    for restricted in (
        ArticleRetriever(search=home.search, source="Another Outlet"),
        ArticleRetriever(search=home.search, source="Another Outlet", window=YEAR_2024, language="en"),
    ):
        assert [each.page_content for each in restricted.invoke("bridge")] == [TUNNEL]
    assert retriever.invoke("bridge", language="ar") == []


def test_a_misspelt_restriction_is_not_passed_over(home: Home) -> None:
    with pytest.raises(TypeError, match="not date"):
        ArticleRetriever(search=home.search).invoke("bridge", date="2024")


def test_a_document_brings_the_sentences_that_it_needs(changing: Home) -> None:
    text = "Nadia opened the harbour. She praised the fishermen."
    changing.store(article(text, "split"), [Span(0, 25), Span(26, len(text))])
    (document,) = ArticleRetriever(search=changing.search, k=1).invoke("praised fishermen")
    assert document.page_content == "She praised the fishermen."
    assert document.metadata["context"] == text


def test_langchain_may_ask_from_another_thread(home: Home) -> None:
    retriever = ArticleRetriever(search=home.search, k=2)
    asked = asyncio.run(retriever.ainvoke("governor tunnel"))
    assert len(asyncio.run(retriever.ainvoke("governor tunnel", k=1, window=YEAR_2024))) == 1
    assert [each.id for each in asked] == [each.id for each in retriever.invoke("governor tunnel")]
    several = retriever.batch(["governor tunnel", "bridge river"])
    assert [each.id for each in several[0]] == [each.id for each in asked]


def test_it_is_part_of_a_chain(home: Home) -> None:
    from langchain_core.language_models import FakeListChatModel
    from langchain_core.output_parsers import StrOutputParser
    from langchain_core.prompts import ChatPromptTemplate
    from langchain_core.runnables import RunnableLambda, RunnablePassthrough

    told: list[str] = []
    retriever = ArticleRetriever(search=home.search, k=1)
    joined = RunnableLambda(lambda found: "\n".join(each.metadata["context"] for each in found))
    prompt = ChatPromptTemplate.from_template("{passages}\n\n{question}")
    chain = (
        {"passages": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(lambda value: told.append(value.to_string()) or value)
        | FakeListChatModel(responses=["The governor closed it."])
        | StrOutputParser()
    )
    assert asyncio.run(chain.ainvoke("who closed the tunnel")) == "The governor closed it."
    assert TUNNEL in told[0]


def test_the_query_is_embedded_once_where_its_vector_is_handed_over(home: Home) -> None:
    class Refuses(WordEmbedder):
        def query(self, text: str) -> None:  # type: ignore[override]
            raise AssertionError("embedded again")

    from vectorstore.retriever import Search

    vector = home.search.embed("tunnel")
    search = Search(home.library, home.vectors, Refuses())
    assert search.find("tunnel", 1, vector=vector)[0].chunk.text == TUNNEL
