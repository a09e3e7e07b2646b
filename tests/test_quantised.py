import numpy as np
import pytest

from vectorstore.quantised import pack, unpack


def unit(count: int, dimension: int, seed: int = 0) -> np.ndarray:
    made = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


@pytest.mark.parametrize("dimension", [64, 384, 1024])
def test_a_cosine_hardly_moves(dimension: int) -> None:
    rows, queries = unit(200, dimension), unit(50, dimension, seed=1)
    again = unpack(pack(rows), dimension)
    assert np.abs(again @ queries.T - rows @ queries.T).max() < 0.005


def test_a_vector_takes_a_byte_a_dimension_and_comes_back_with_length_one() -> None:
    rows = unit(7, 384)
    packed = pack(rows)
    assert len(packed) == 7 * 384
    assert np.linalg.norm(unpack(packed, 384), axis=1) == pytest.approx(np.ones(7), abs=1e-5)


def test_a_vector_along_one_axis_comes_back_exactly() -> None:
    assert unpack(pack(np.eye(4, dtype=np.float32)), 4) == pytest.approx(np.eye(4))


def test_no_vectors_are_no_bytes() -> None:
    assert pack(np.empty((0, 384), np.float32)) == b""
    assert unpack(b"", 384).shape == (0, 384)


def test_a_vector_without_length_does_no_harm() -> None:
    assert not unpack(pack(np.zeros((1, 8), np.float32)), 8).any()
