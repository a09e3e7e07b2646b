"""Makes ``qa/weights/reader.onnx`` of what ``train_reader`` trained: the tuned layers in 8 bits (needs ``onnx``).

    python -m tests.quality.export_reader TRAINED.safetensors OUT.onnx

The graph takes the embeddings of the tokens, ``vectors`` of ``(rows, tokens, 384)``, with ``mask`` of ``(rows,
tokens)``, and gives ``logits`` of ``(rows, tokens, 2)``: the answer begins, ends here. The table of token embeddings
is the bundled model's own and stays out. The weights become single precision again when the graph is loaded: where
what they are multiplied with is in 8 bits too, an answer's log odds are 1.0 off, on average.
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from platformdirs import user_cache_path
from safetensors.numpy import load_file

from vectorstore import bundled

HEADS = 12
LAYERS = 12
WIDTH = 384

Weights = dict[str, NDArray[np.float32]]


def merged(trained: Path) -> Weights:
    """The bundled model's embeddings, the trained layers and the head."""
    base = load_file(bundled.unpack(user_cache_path("isnad")) / "model.safetensors")
    tuned = load_file(trained).items()
    return base | {name.removeprefix("encoder."): tensor.astype(np.float32) for name, tensor in tuned}


class Graph:
    """A graph in the making."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, values: object, kind: type = np.float32) -> str:
        """The name of a constant."""
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(values, kind)), name))
        return name

    def node(self, operation: str, *inputs: str, domain: str = "", **settings: object) -> str:
        """The name of a new node's output."""
        output = f"value{len(self.nodes)}"
        self.nodes.append(helper.make_node(operation, list(inputs), [output], domain=domain, **settings))
        return output

    def in_8_bits(self, weights: NDArray[np.float32]) -> str:
        """The name of ``weights``, kept in 8 bits with a scale for each column."""
        scale = np.abs(weights).max(0) / 127
        kept = self.constant(np.round(weights / scale), np.int8)
        return self.node("DequantizeLinear", kept, self.constant(scale), axis=1)

    def times(self, values: str, name: str) -> str:
        """``values`` times a layer's weights."""
        return self.node("MatMul", values, self.in_8_bits(self.weights[f"{name}.weight"].T))

    def normalised(self, values: str, name: str, *, beside: str | None = None, bias: str = "") -> str:
        """``values``, with those ``beside`` them and a layer's bias added, normalised."""
        scale, shift = (self.constant(self.weights[f"{name}.{each}"]) for each in ("weight", "bias"))
        if beside is None:
            return self.node("LayerNormalization", values, scale, shift, axis=-1, epsilon=1e-12)
        added = self.constant(self.weights[f"{bias}.bias"])
        return self.node(
            "SkipLayerNormalization",
            values,
            beside,
            scale,
            shift,
            added,
            domain="com.microsoft",
            epsilon=1e-12,
        )

    def layer(self, values: str, name: str) -> str:
        """One layer of the encoder."""
        parts = [f"{name}.attention.self.{each}" for each in ("query", "key", "value")]
        joined = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], 1)
        biases = np.concatenate([self.weights[f"{part}.bias"] for part in parts])
        inputs = (values, self.in_8_bits(joined), self.constant(biases), "mask")
        seen = self.node("Attention", *inputs, domain="com.microsoft", num_heads=HEADS)
        output = f"{name}.attention.output"
        values = self.normalised(
            self.times(seen, f"{output}.dense"), f"{output}.LayerNorm", beside=values, bias=f"{output}.dense"
        )
        wide = self.times(values, f"{name}.intermediate.dense")
        bias = self.constant(self.weights[f"{name}.intermediate.dense.bias"])
        wide = self.node("BiasGelu", wide, bias, domain="com.microsoft")
        return self.normalised(
            self.times(wide, f"{name}.output.dense"),
            f"{name}.output.LayerNorm",
            beside=values,
            bias=f"{name}.output.dense",
        )


def build(weights: Weights) -> onnx.ModelProto:
    """The whole graph."""
    graph = Graph(weights)
    length = graph.node(
        "Slice", graph.node("Shape", "mask"), graph.constant([1], np.int64), graph.constant([2], np.int64)
    )
    places = (
        weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    zero = graph.constant([0], np.int64)
    placed = graph.node("Add", "vectors", graph.node("Slice", graph.constant(places), zero, length, zero))
    values = graph.normalised(placed, "embeddings.LayerNorm")
    for number in range(LAYERS):
        values = graph.layer(values, f"encoder.layer.{number}")
    graph.node("Add", graph.times(values, "head"), graph.constant(weights["head.bias"]))
    graph.nodes[-1].output[0] = "logits"
    inputs = [
        helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["rows", "tokens", WIDTH]),
        helper.make_tensor_value_info("mask", TensorProto.INT32, ["rows", "tokens"]),
    ]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["rows", "tokens", 2])]
    whole = helper.make_graph(graph.nodes, "reader", inputs, outputs, graph.constants)
    versions = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(whole, opset_imports=versions, ir_version=9)


def main(trained: Path, out: Path) -> None:
    """Merge and build."""
    onnx.save(build(merged(trained)), out)
    print(out, out.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
