from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from vectorstore.errors import HomeUnusable
from vectorstore.rows import FILE, Rows

DIMENSION = 8


def unit(count: int, seed: int = 0) -> NDArray[np.float32]:
    made = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    return Rows(tmp_path, "model@1", DIMENSION)


def put(rows: Rows, numbers: dict[str, int], vectors: NDArray[np.float32]) -> None:
    rows.put(numbers, list(numbers), vectors)


def test_the_nearest_of_those_asked_come_first_with_their_cosine(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.rows.AT_ONCE", 7)
    made, query = unit(300), unit(1, seed=9)[0]
    put(rows, {f"a{number}": number for number in range(1, 301)}, made)
    order = [int(at) + 1 for at in np.argsort(-(made @ query))]
    farthest = order[-20:]
    found = rows.nearest(query, 5, sorted(farthest))
    assert [number for number, _ in found] == farthest[:5]
    assert [score for _, score in found] == pytest.approx(
        [float(made[at - 1] @ query) for at in farthest[:5]]
    )
    assert [number for number, _ in rows.nearest(query, 50, farthest)] == farthest
    assert rows.nearest(query, 5, []) == rows.nearest(query, 0, farthest) == []


def test_a_row_is_only_that_of_the_chunk_it_was_written_for(rows: Rows) -> None:
    assert rows.lacking({"a": 3}) == {"a"}
    put(rows, {"a": 3}, unit(1))
    assert rows.lacking({"a": 3, "b": 3, "c": 2, "": 1, "d": 900}) == {"b", "c", "", "d"}


def test_rows_that_lie_together_and_rows_far_apart_are_compared_alike(rows: Rows) -> None:
    made, query = unit(300), unit(1, seed=9)[0]
    put(rows, {f"a{number}": number for number in range(1, 301)}, made)
    for numbers in ([*range(7, 250)], [*range(250, 7, -3)], [2, 299], [5]):
        found = dict(rows.nearest(query, 300, numbers))
        assert found == {at: pytest.approx(float(made[at - 1] @ query), abs=1e-6) for at in numbers}


def test_a_row_written_again_is_the_new_one_also_for_whom_had_read_the_old(rows: Rows) -> None:
    old, new = unit(1, seed=1), unit(1, seed=2)
    put(rows, {"a": 1}, old)
    assert rows.nearest(old[0], 1, [1])[0][1] == pytest.approx(1.0)
    put(rows, {"a": 1, "b": 2}, np.concatenate([new, old]))
    assert rows.nearest(new[0], 1, [1, 2]) == [(1, pytest.approx(1.0))]
    assert rows.nearest(old[0], 1, [1, 2]) == [(2, pytest.approx(1.0))]


def test_numbers_beyond_the_file_and_chunks_that_are_gone_are_left_out(rows: Rows) -> None:
    vectors = unit(2)
    assert rows.nearest(vectors[0], 5, [1, 7]) == []
    rows.put({"a": 1}, ["a", "gone"], vectors)
    assert [number for number, _ in rows.nearest(vectors[0], 5, [1, 7])] == [1]


def test_what_was_written_is_there_after_reopening(rows: Rows, tmp_path: Path) -> None:
    assert not rows.made
    put(rows, {"a": 1}, unit(1))
    assert not rows.made
    rows.set_made()
    again = Rows(tmp_path, "model@1", DIMENSION)
    assert again.made
    assert not Rows(tmp_path, "model@2", DIMENSION).made
    assert not again.lacking({"a": 1})


def test_a_file_cut_short_lacks_the_rows_behind_the_cut(rows: Rows, tmp_path: Path) -> None:
    put(rows, {"a": 1, "b": 2}, unit(2))
    with (tmp_path / FILE).open("r+b") as file:
        file.truncate((tmp_path / FILE).stat().st_size - 1)
    assert Rows(tmp_path, "model@1", DIMENSION).lacking({"a": 1, "b": 2}) == {"b"}


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeUnusable, match="make room") as told:
        put(Rows(tmp_path / "file", "model@1", DIMENSION), {"a": 1}, unit(1))
    assert "\n" not in str(told.value)
