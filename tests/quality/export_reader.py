"""Makes ``qa/weights/reader.onnx`` of what ``train_reader`` trained: the tuned layers in 8 bits (needs ``onnx``).

    python -m tests.quality.export_reader TRAINED.safetensors OUT.onnx

The graph takes the embeddings of the tokens, ``vectors`` of ``(rows, tokens, 384)``, with ``mask`` of ``(rows,
tokens)``, and gives ``logits`` of ``(rows, tokens, 2)``: the answer begins, ends here. The table of token embeddings
is the bundled model's own and stays out.

What goes into a layer has channels that reach much further than others, so that 8 bits would leave little for the
rest. They are scaled down, and the layer's weights up, by how far they reach in questions and sentences of
``reading/tuning.jsonl`` (SmoothQuant, Xiao et al. 2023).
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from platformdirs import user_cache_path
from safetensors.numpy import load_file

from qa.reader import ASKED, EMBEDDINGS, MOST_ASKED, MOST_TOLD, TOLD
from vectorstore import bundled
from vectorstore.text import sentences

HEADS = 12
LAYERS = 12
WIDTH = 384
# How much of the difficulty goes from what is multiplied to the weights.
SMOOTHED = 0.75
SAMPLED = 200

Weights = dict[str, NDArray[np.float32]]


def merged(trained: Path) -> Weights:
    """The bundled model's embeddings, the trained layers and the head."""
    base = load_file(bundled.unpack(user_cache_path("isnad")) / "model.safetensors")
    tuned = load_file(trained).items()
    return base | {name.removeprefix("encoder."): tensor.astype(np.float32) for name, tensor in tuned}


class Graph:
    """A graph in the making. ``reach``: by layer, how far each channel that goes in reaches, where it is known."""

    def __init__(self, weights: Weights, reach: Weights) -> None:
        self.weights = weights
        self.reach = reach
        self.entering: dict[str, str] = {}
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

    def factors(self, values: str, name: str, weights: NDArray[np.float32]) -> tuple[str, str]:
        """``values`` and the ``weights`` they are multiplied with, evened out where their reach is known."""
        self.entering[name] = values
        if name not in self.reach:
            return values, self.constant(weights)
        scale = self.reach[name] ** SMOOTHED / np.abs(weights).max(1) ** (1 - SMOOTHED)
        return self.node("Mul", values, self.constant(1 / scale)), self.constant(weights * scale[:, None])

    def times(self, values: str, name: str) -> str:
        """``values`` times a layer's weights."""
        return self.node("MatMul", *self.factors(values, name, self.weights[f"{name}.weight"].T))

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
        factors = self.factors(values, f"{name}.attention", joined)
        seen = self.node(
            "Attention", *factors, self.constant(biases), "mask", domain="com.microsoft", num_heads=HEADS
        )
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


def build(weights: Weights, reach: Weights) -> tuple[onnx.ModelProto, dict[str, str]]:
    """The whole graph, in single precision, and by layer the value that goes into it."""
    graph = Graph(weights, reach)
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
    return helper.make_model(whole, opset_imports=versions, ir_version=9), graph.entering


def reaches(weights: Weights) -> Weights:
    """By layer, how far each channel that goes into it reaches."""
    model, entering = build(weights, {})
    values = list(dict.fromkeys(entering.values()))
    model.graph.output.extend(helper.make_tensor_value_info(each, TensorProto.FLOAT, None) for each in values)
    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    reach: Weights = {}
    for row in sampled():
        mask = np.ones((1, len(row)), np.int32)
        found = session.run(values, {"vectors": weights[EMBEDDINGS][row][None], "mask": mask})
        for each, told in zip(values, found, strict=True):
            own = np.abs(told[0]).max(0)
            reach[each] = np.maximum(reach[each], own) if each in reach else own
    return {name: reach[value] for name, value in entering.items()}


def sampled() -> Iterator[list[int]]:
    """Token ids of questions beside a sentence, which answers them where one does."""
    chance = random.Random(0)
    tokenizer = bundled.tokenizer(bundled.unpack(user_cache_path("isnad")))
    lines = (Path(__file__).parent / "reading" / "tuning.jsonl").read_text("utf-8").splitlines()
    for line in chance.sample(lines, SAMPLED):
        told = json.loads(line)
        asked = chance.choice(told["questions"])
        every = [told["text"][each.start : each.end] for each in sentences(told["text"])]
        text = next((each for each in every if asked["a"] and asked["a"] in each), chance.choice(every))
        told_ids = tokenizer.encode(TOLD + text).ids[1 : MOST_TOLD + 1]
        yield tokenizer.encode(ASKED + asked["q"]).ids[:MOST_ASKED] + told_ids


def main(trained: Path, out: Path) -> None:
    """Merge, build, quantise."""
    with TemporaryDirectory() as folder:
        single = Path(folder) / "reader.onnx"
        weights = merged(trained)
        onnx.save(build(weights, reaches(weights))[0], single)
        # Their outputs' types can't be inferred through the fused nodes.
        unknown = {"DefaultTensorType": TensorProto.FLOAT}
        quantize_dynamic(single, out, per_channel=True, weight_type=QuantType.QInt8, extra_options=unknown)
    print(out, out.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
