"""Writes a packed E5 model as a graph that OpenVINO runs: from rows of tokens to their mean vectors."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vectorstore.packed import PackedModel, Sizes

GRAPH = "graph.xml"

Node = Any  # OpenVINO's nodes are typed by C++ alone.


def openvino() -> Any:
    """The library, kept from reporting its use to Google Analytics, which it else does when imported."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    return openvino


def write(model: PackedModel, tensors: Mapping[str, NDArray[np.float32]], folder: Path) -> None:
    """Write ``graph.xml`` and its weights in half precision, ``graph.bin``, into ``folder``.

    ``tensors`` are the model's under the names of ``transformers.BertModel``. The graph takes ``tokens``, int64
    of ``(rows, longest)`` filled up with the padding token, and gives ``(rows, hidden)`` float32: the mean of what
    the encoder makes of each row's tokens, not yet of length 1.
    """
    graph = _Graph(model.sizes, tensors)
    openvino().save_model(graph.build(model.vocabulary.padding), folder / GRAPH, compress_to_fp16=True)


class _Graph:
    """The BERT encoder (Devlin et al. 2019) in OpenVINO's operations."""

    def __init__(self, sizes: Sizes, tensors: Mapping[str, NDArray[np.float32]]) -> None:
        from openvino import opset14

        self._op: Any = opset14
        self._sizes = sizes
        self._tensors = tensors

    def build(self, padding: int) -> Any:
        op = self._op
        tokens = op.parameter([-1, -1], np.int64, name="tokens")
        tokens.output(0).set_names({"tokens"})
        present = op.convert(op.not_equal(tokens, self._integers(padding)), "f32")
        unseen = op.multiply(op.subtract(present, self._float(1)), self._float(1e4))
        unseen = op.unsqueeze(unseen, self._integers([1, 2]))
        states = self._embedded(tokens)
        for layer in range(self._sizes.layers):
            states = self._layer(states, unseen, f"encoder.layer.{layer}")
        return openvino().Model([op.result(self._mean(states, present))], [tokens], "e5")

    def _embedded(self, tokens: Node) -> Node:
        op = self._op
        words = op.gather(self._weights("embeddings.word_embeddings.weight"), tokens, self._integers(0))
        positions = self._tensors["embeddings.position_embeddings.weight"]
        kinds = self._tensors["embeddings.token_type_embeddings.weight"]
        length = op.gather(op.shape_of(tokens), self._integers([1]), self._integers(0))
        start, step, axis = (self._integers([number]) for number in (0, 1, 0))
        places = op.slice(op.constant(positions + kinds[0]), start, length, step, axis)
        return self._norm(op.add(words, places), "embeddings.LayerNorm")

    def _layer(self, states: Node, unseen: Node, name: str) -> Node:
        op = self._op
        query, key, value = (
            self._heads(self._linear(states, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        seen = self._turned(op.scaled_dot_product_attention(query, key, value, unseen))
        seen = op.reshape(seen, self._integers([0, 0, self._sizes.hidden]), special_zero=True)
        states = self._joined(
            states, self._linear(seen, f"{name}.attention.output.dense"), f"{name}.attention"
        )
        inner = op.gelu(self._linear(states, f"{name}.intermediate.dense"), "erf")
        return self._joined(states, self._linear(inner, f"{name}.output.dense"), name)

    def _heads(self, states: Node) -> Node:
        heads = self._sizes.heads
        parts = self._integers([0, 0, heads, self._sizes.hidden // heads])
        return self._turned(self._op.reshape(states, parts, special_zero=True))

    def _turned(self, states: Node) -> Node:
        return self._op.transpose(states, self._integers([0, 2, 1, 3]))

    def _joined(self, states: Node, change: Node, name: str) -> Node:
        return self._norm(self._op.add(change, states), f"{name}.output.LayerNorm")

    def _linear(self, states: Node, name: str) -> Node:
        product = self._op.matmul(states, self._weights(f"{name}.weight"), False, True)
        return self._op.add(product, self._weights(f"{name}.bias"))

    def _norm(self, states: Node, name: str) -> Node:
        op = self._op
        even = op.mvn(states, self._integers([-1]), True, self._sizes.epsilon, "inside_sqrt")
        return op.add(op.multiply(even, self._weights(f"{name}.weight")), self._weights(f"{name}.bias"))

    def _mean(self, states: Node, present: Node) -> Node:
        op, along = self._op, self._integers([1])
        weights = op.unsqueeze(present, self._integers([2]))
        summed = op.reduce_sum(op.multiply(states, weights), along, False)
        return op.divide(summed, op.reduce_sum(weights, along, False))

    def _weights(self, name: str) -> Node:
        return self._op.constant(self._tensors[name])

    def _integers(self, values: int | list[int]) -> Node:
        return self._op.constant(np.asarray(values, np.int64))

    def _float(self, value: float) -> Node:
        return self._op.constant(np.float32(value))
