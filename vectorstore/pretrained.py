"""Opens the sentence-transformers model that a setting names: the bundled one, a folder's or a hub's.

Weights are read as safetensors, and no code that comes with a model is run. What was downloaded once is taken
from the disk ever after, without asking the hub.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from vectorstore import bundled
from vectorstore.errors import ModelUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Precision = Literal["bf16", "f32"]

DEFAULT = "intfloat/multilingual-e5-small"
_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")
_MOST_THREADS = 8  # Models of this size gain little from more, and the machine has other work.
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
_PASSAGE_PROMPTS = ("document", "passage", "corpus")
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pretrained:
    """A model, opened. ``revision`` stands for its weights; a prompt is put before each text of its kind."""

    model: "SentenceTransformer"
    name: str
    revision: str
    precision: Precision
    query_prompt: str
    passage_prompt: str


def open_model(setting: str | None, cache: Path) -> Pretrained:
    """The model ``setting`` names; without one the bundled model, or where it is missing its original.

    Raises:
        ModelUnavailable: it isn't there, can't be reached or can't be used.
    """
    if setting is None and bundled.available():
        return _opened(bundled.unpack(cache), DEFAULT, bundled.REVISION)
    name = setting or DEFAULT
    folder = Path(name).expanduser()
    if folder.is_dir():
        return _opened(folder, name, _digest(folder))
    if name.startswith((".", "~", "/")) or name.count("/") > 1:
        raise ModelUnavailable(
            f"no embedding model in {name}: ISNAD_EMBEDDING_MODEL must name a folder or a model"
        )
    folder = _from_hub(name if "/" in name else f"sentence-transformers/{name}")
    return _opened(folder, name, folder.name)


def _from_hub(name: str) -> Path:
    """The folder of the model's newest commit that is on the disk, downloaded if there is none."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    # The hub's library has changed its HTTP library before; its own error derives from whichever it uses.
    transport_error = cast(type[Exception], HfHubHTTPError.__mro__[1])
    try:
        try:
            return Path(snapshot_download(name, allow_patterns=list(_FILES), local_files_only=True))
        except LocalEntryNotFoundError:
            return Path(snapshot_download(name, allow_patterns=list(_FILES)))
    except (OSError, ValueError, RuntimeError, transport_error) as error:
        raise ModelUnavailable(
            f"the embedding model {name} isn't on this machine and can't be downloaded ({_brief(error)}): "
            "check the name and the network, or give a folder in ISNAD_EMBEDDING_MODEL"
        ) from error


def _opened(folder: Path, name: str, revision: str) -> Pretrained:
    # Threads that spin while they wait make a question take seconds where another program uses the cores.
    # Read once, when torch loads its thread library.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    _quieten()
    precision = _best_precision()
    torch.set_num_threads(min(torch.get_num_threads(), len(os.sched_getaffinity(0)), _MOST_THREADS))
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
    return Pretrained(model, name, revision, precision, *prompts_of(name, model.prompts))


def _unusable(name: str, error: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        f"the embedding model {name} can't be used ({_brief(error)}): "
        "it must be a sentence-transformers model with safetensors weights and no code of its own"
    )


def _brief(error: Exception) -> str:
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


def prompts_of(name: str, declared: Mapping[str, str | None]) -> tuple[str, str]:
    """The prompt of a query and of a passage: the model's own, else E5's for a model of that family.

    A missing prompt is no error anywhere, only worse answers.
    """
    prompts = declared
    if not any(prompts.values()) and _E5.search(name) and "instruct" not in name.lower():
        prompts = _E5_PROMPTS
    passage = next((prompt for kind in _PASSAGE_PROMPTS if (prompt := prompts.get(kind))), "")
    return prompts.get("query") or "", passage


def _digest(folder: Path) -> str:
    files = sorted({path for pattern in _FILES for path in folder.rglob(pattern) if path.is_file()})
    content = sha256()
    for path in files:
        with path.open("rb") as file:
            content.update(
                f"{path.relative_to(folder)}\0{file_digest(file, 'sha256').hexdigest()}\n".encode()
            )
    return content.hexdigest()[:16]
