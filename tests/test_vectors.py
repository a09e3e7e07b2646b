import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from fakes import DIMENSION, WordEmbedder
from homes import article, opened
from numpy.typing import NDArray

from vectorstore.errors import HomeUnusable, OtherModel
from vectorstore.vectors import Vectors, discard

WORDS = ["bridge river", "tunnel mountain", "harbour sardines", "festival music", "railway station"]


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def vectors(tmp_path: Path, embedder: WordEmbedder) -> Iterator[Vectors]:
    made = Vectors(tmp_path / "vectors", embedder)
    yield made
    made.close()


def rows(count: int, seed: int = 0) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def ids(vectors: Vectors, vector: NDArray[np.float32], limit: int = 5) -> list[str]:
    return [each.chunk_id for each in vectors.search(vector, limit)]


def test_the_nearest_come_first_with_their_cosine(vectors: Vectors, embedder: WordEmbedder) -> None:
    made = embedder.passages(WORDS)
    vectors.put(WORDS, made)
    query = embedder.query("tunnel mountain")
    found = vectors.search(query, 5)
    assert found[0].chunk_id == "tunnel mountain"
    assert found[0].score == pytest.approx(1.0, abs=1e-4)
    for each in found:
        assert each.score == pytest.approx(float(made[WORDS.index(each.chunk_id)] @ query), abs=1e-4)


def test_what_was_put_is_there_after_reopening(tmp_path: Path, embedder: WordEmbedder) -> None:
    first = Vectors(tmp_path, embedder)
    first.put(WORDS, embedder.passages(WORDS))
    first.close()
    again = Vectors(tmp_path, embedder)
    assert again.ids() == set(WORDS)
    assert ids(again, embedder.query("music"), 1) == ["festival music"]
    again.close()


def test_putting_again_replaces_the_vector(vectors: Vectors) -> None:
    old, new = rows(1, seed=1), rows(1, seed=2)
    vectors.put(["a1"], old)
    vectors.put(["a1"], new)
    assert vectors.ids() == {"a1"}
    assert vectors.search(new[0], 1)[0].score == pytest.approx(1.0, abs=1e-4)


def test_putting_takes_out_what_is_leaving_and_keeps_what_comes_back(vectors: Vectors) -> None:
    vectors.put(["a1", "a2", "b1"], rows(3))
    new = rows(2, seed=3)
    vectors.put(["a2", "a4"], new, leaving={"a1", "a2", "never there"})
    assert vectors.ids() == {"a2", "a4", "b1"}
    np.testing.assert_allclose(vectors.of(["a2"])["a2"], new[0], atol=1e-6)
    assert vectors.search(new[0], 1)[0].score == pytest.approx(1.0, abs=1e-4)


def test_putting_nothing_leaves_the_others_alone(vectors: Vectors) -> None:
    vectors.put(["a1", "b1", "c1"], rows(3))
    vectors.put([], np.empty((0, DIMENSION), np.float32), leaving={"a1"})
    vectors.put([], np.empty((0, DIMENSION), np.float32))
    assert vectors.ids() == {"b1", "c1"}


def test_deleting_unknown_ids_is_nothing(vectors: Vectors) -> None:
    vectors.put(["a1", "a2"], rows(2))
    vectors.delete(["a1", "never there"])
    vectors.delete([])
    assert vectors.ids() == {"a2"}


def test_more_rows_than_chroma_takes_at_once_are_put_and_taken_out(
    tmp_path: Path, embedder: WordEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A careless index is built faster.
    monkeypatch.setattr(
        "vectorstore.vectors.SPACE", {"hnsw": {"space": "cosine", "ef_construction": 4, "max_neighbors": 2}}
    )
    vectors = Vectors(tmp_path, embedder)
    many = [f"a{number}" for number in range(5600)]
    made = np.full((len(many), 2), 0.6, np.float32)
    made[5599] = (0.6, -0.8)
    vectors.put(many, made)
    assert vectors.ids() == set(many)
    np.testing.assert_allclose(vectors.of(["a5599"])["a5599"], made[5599], atol=1e-6)
    vectors.put(many[:3], made[:3], leaving=set(many))
    assert vectors.ids() == {"a0", "a1", "a2"}
    vectors.close()


def test_a_search_in_nothing_finds_nothing(vectors: Vectors) -> None:
    query = rows(1)[0]
    assert vectors.search(query, 5) == []
    vectors.put(["a1"], rows(1))
    assert vectors.search(query, 0) == []


def test_another_revision_is_refused_with_what_to_do_and_nothing_is_lost(
    tmp_path: Path, embedder: WordEmbedder
) -> None:
    first = Vectors(tmp_path, embedder)
    first.put(WORDS, embedder.passages(WORDS))
    first.close()
    for _ in range(2):
        with pytest.raises(OtherModel) as told:
            Vectors(tmp_path, WordEmbedder("2"))
    assert "\n" not in str(told.value)
    for said in ("fake/words@1", "fake/words@2", "isnad reindex", "ISNAD_EMBEDDING_MODEL"):
        assert said in str(told.value)
    again = Vectors(tmp_path, embedder)
    assert again.ids() == set(WORDS)
    again.close()


def test_another_revision_is_refused_also_where_the_rows_are_made(
    tmp_path: Path, embedder: WordEmbedder
) -> None:
    first = Vectors(tmp_path, embedder)
    first.rows.set_made()
    first.close()
    with pytest.raises(OtherModel):
        Vectors(tmp_path, WordEmbedder("2"))


def test_a_question_to_a_small_home_leaves_chroma_alone(tmp_path: Path) -> None:
    with opened(tmp_path) as home:
        home.store(article("The minister opened a bridge."))
    asked = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from fakes import WordEmbedder
from vectorstore.library import Library
from vectorstore.retriever import Search
from vectorstore.vectors import Vectors
folder, embedder = Path({str(tmp_path)!r}), WordEmbedder()
search = Search(Library(folder / "library.sqlite3"), Vectors(folder / "vectors", embedder), embedder)
print(search.find("minister", 1)[0].found_by, "chromadb" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "('dense', 'lexical') False"


def test_discarded_vectors_make_room_for_another_models(tmp_path: Path, embedder: WordEmbedder) -> None:
    folder = tmp_path / "vectors"
    discard(folder)
    first = Vectors(folder, embedder)
    first.put(WORDS, embedder.passages(WORDS))
    first.close()
    with pytest.raises(OtherModel):
        Vectors(folder, WordEmbedder("2"))
    discard(folder)
    assert list(folder.iterdir()) == []
    other = Vectors(folder, WordEmbedder("2"))
    assert other.ids() == set()
    other.put(WORDS, embedder.passages(WORDS))
    assert ids(other, embedder.query("railway"), 1) == ["railway station"]
    other.close()


def test_damaged_vectors_are_told_in_one_line(tmp_path: Path, embedder: WordEmbedder) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is not a database" * 500)
    with pytest.raises(HomeUnusable, match="isnad reindex") as told:
        Vectors(tmp_path, embedder)
    assert "\n" not in str(told.value)


def test_damaged_vectors_can_be_discarded(tmp_path: Path, embedder: WordEmbedder) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"this is not a database" * 500)
    discard(tmp_path)
    Vectors(tmp_path, embedder).close()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path, embedder: WordEmbedder) -> None:
    (tmp_path / "file").write_text("in the way")
    for call in (lambda folder: Vectors(folder, embedder), discard):
        with pytest.raises(HomeUnusable, match="permissions"):
            call(tmp_path / "file" / "vectors")
