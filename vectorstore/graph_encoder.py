"""Runs the bundled model's graph with OpenVINO, in bf16 where the processor has it."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from vectorstore import bundled
from vectorstore.e5_graph import GRAPH, openvino
from vectorstore.encoder import Precision, Pretrained, Vectors, prompts_of, threads
from vectorstore.errors import ModelUnavailable
from vectorstore.tokens import TokenReader


class GraphEncoder:
    """A graph written by ``e5_graph`` as an ``Encoder``."""

    def __init__(self, file: Path, padding: int, precision: Precision | None = None) -> None:
        """``precision`` is by default the best one the processor multiplies natively."""
        core = openvino().Core()
        native = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        self.precision: Precision = precision or ("bf16" if native else "f32")
        settings = {"INFERENCE_PRECISION_HINT": self.precision, "INFERENCE_NUM_THREADS": threads()}
        compiled = core.compile_model(file, "CPU", settings)
        self._request = compiled.create_infer_request()
        self._padding = padding
        self.dimension: int = compiled.output(0).partial_shape[1].get_length()

    def encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """A vector a row of tokens."""
        tokens = np.full((len(rows), max(map(len, rows))), self._padding, np.int64)
        for number, row in enumerate(rows):
            tokens[number, : len(row)] = row
        return np.array(self._request.infer([tokens])[0], np.float32)


def open_folder(
    folder: Path, name: str, revision: str, precision: Precision | None = None, *, adapted: bool = True
) -> Pretrained:
    """The model in ``folder``, an unpacked one with its graph; its queries are ``adapted`` to other languages.

    Raises:
        ModelUnavailable: it is damaged.
    """
    try:
        config = json.loads((folder / "config.json").read_text("utf-8"))
        prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
        # Either takes most of a second; OpenVINO leaves the interpreter to the other.
        with ThreadPoolExecutor(1) as beside:
            compiling = beside.submit(GraphEncoder, folder / GRAPH, config["pad_token_id"], precision)
            tokenizer = bundled.tokenizer(folder)
            encoder = compiling.result()
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        raise ModelUnavailable(
            f"the embedding model in {folder} is damaged: run 'isnad doctor --fix'"
        ) from error
    reader = TokenReader(tokenizer, config["max_position_embeddings"])
    adapter = bundled.query_adapter() if adapted else None
    return Pretrained(encoder, reader, name, revision, *prompts_of(name, prompts), adapter)
