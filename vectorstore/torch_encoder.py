"""Runs any sentence-transformers model, with PyTorch."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from vectorstore.encoder import Precision, Pretrained, Vectors, prompts_of, threads
from vectorstore.errors import ModelUnavailable
from vectorstore.tokens import TokenReader

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

_ANY_LENGTH = 1_000_000  # From here on a model's limit means that it has none.


class TorchEncoder:
    """A sentence-transformers model's modules as an ``Encoder``: its own ``encode`` cuts long texts."""

    def __init__(self, model: "SentenceTransformer", precision: Precision) -> None:
        from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

        first, *others = model
        # Windows are averaged before their length is made 1, so that each keeps its weight.
        self._modules = [first, *(module for module in others if not isinstance(module, Normalize))]
        self.static = isinstance(first, StaticEmbedding)
        """Whether words are read without their neighbours, and without the model's marks."""
        self._padding = getattr(model.tokenizer, "pad_token_id", None) or 0
        self._device = model.device
        self.precision: Precision = precision
        self.dimension: int = model.get_embedding_dimension() or 0

    def encode(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """A vector a row of tokens."""
        import torch

        with torch.inference_mode():
            output = self._loose(rows) if self.static else self._padded(rows)
            output = {name: values.to(self._device) for name, values in output.items()}
            for module in self._modules:
                output = module(output)
        vectors: Vectors = output["sentence_embedding"].float().cpu().numpy()
        return vectors

    def _loose(self, rows: Sequence[Sequence[int]]) -> dict[str, "Tensor"]:
        from torch import tensor

        starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        return {"input_ids": tensor([token for row in rows for token in row]), "offsets": tensor(starts)}

    def _padded(self, rows: Sequence[Sequence[int]]) -> dict[str, "Tensor"]:
        from torch import tensor

        gaps = [len(rows[0]) - len(row) for row in rows]
        tokens = [[*row, *[self._padding] * gap] for row, gap in zip(rows, gaps, strict=True)]
        mask = [[1] * len(row) + [0] * gap for row, gap in zip(rows, gaps, strict=True)]
        return {"input_ids": tensor(tokens), "attention_mask": tensor(mask)}


def open_folder(folder: Path, name: str, revision: str) -> Pretrained:
    """The model in ``folder``. Raises ``ModelUnavailable`` where it can't be used."""
    # Threads that spin while they wait make a question take seconds where another program uses the cores.
    # Read once, when torch loads its thread library.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    _quieten()
    precision = _best_precision()
    torch.set_num_threads(min(torch.get_num_threads(), threads()))
    dtype = torch.bfloat16 if precision == "bf16" else torch.float32
    try:
        model = SentenceTransformer(
            str(folder), local_files_only=True, model_kwargs={"use_safetensors": True, "dtype": dtype}
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError, ImportError) as error:
        raise _unusable(name, error) from error
    except SafetensorError as error:
        raise _unusable(name, error) from error
    model.eval()
    encoder = TorchEncoder(model, precision)
    return Pretrained(
        encoder, _reader(model, name, encoder), name, revision, *prompts_of(name, model.prompts)
    )


def _reader(model: "SentenceTransformer", name: str, encoder: TorchEncoder) -> TokenReader:
    from tokenizers import Tokenizer

    backend = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    if not isinstance(backend, Tokenizer):
        raise ModelUnavailable(
            f"the embedding model {name} has no fast tokenizer: choose another in ISNAD_EMBEDDING_MODEL"
        )
    longest = model.max_seq_length or _ANY_LENGTH
    return TokenReader(backend, longest if longest < _ANY_LENGTH else None, marks=not encoder.static)


def _unusable(name: str, error: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        f"the embedding model {name} can't be used ({brief(error)}): "
        "it must be a sentence-transformers model with safetensors weights and no code of its own"
    )


def brief(error: Exception) -> str:
    """The first words of a library's error, for a line of ours."""
    lines = str(error).split("\n")
    return lines[0][:200].rstrip(" .:") or type(error).__name__


def _quieten() -> None:
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]


def _best_precision() -> Precision:
    """Half the bits where the processor multiplies them natively; elsewhere they would be five times slower."""
    from torch import cpu, cuda

    able = cpu.get_capabilities()
    native = able.get("amx_bf16") or able.get("avx512_bf16")
    return "bf16" if native and not cuda.is_available() else "f32"
