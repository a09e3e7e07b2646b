"""Opens the sentence-transformers model that a setting names: the bundled one as a graph, a folder's or a hub's.

Weights are read as safetensors, and no code that comes with a model is run. What was downloaded once is taken
from the disk ever after, without asking the hub.
"""

from hashlib import file_digest, sha256
from pathlib import Path
from typing import cast

from vectorstore import bundled, graph_encoder, torch_encoder
from vectorstore.encoder import Pretrained
from vectorstore.errors import ModelUnavailable
from vectorstore.torch_encoder import brief

DEFAULT = "intfloat/multilingual-e5-small"
_FILES = ("*.safetensors", "*.json", "*.txt", "*.model")


def open_model(setting: str | None, cache: Path) -> Pretrained:
    """The model ``setting`` names; without one the bundled model, or where it is missing its original.

    Raises:
        ModelUnavailable: it isn't there, can't be reached or can't be used.
    """
    if setting is None and bundled.available():
        return graph_encoder.open_folder(bundled.unpack(cache), DEFAULT, bundled.REVISION)
    name = setting or DEFAULT
    folder = Path(name).expanduser()
    if folder.is_dir():
        return torch_encoder.open_folder(folder, name, _digest(folder))
    if name.startswith((".", "~", "/")) or name.count("/") > 1:
        raise ModelUnavailable(
            f"no embedding model in {name}: ISNAD_EMBEDDING_MODEL must name a folder or a model"
        )
    folder = _from_hub(name if "/" in name else f"sentence-transformers/{name}")
    return torch_encoder.open_folder(folder, name, folder.name)


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
            f"the embedding model {name} isn't on this machine and can't be downloaded ({brief(error)}): "
            "check the name and the network, or give a folder in ISNAD_EMBEDDING_MODEL"
        ) from error


def _digest(folder: Path) -> str:
    files = sorted({path for pattern in _FILES for path in folder.rglob(pattern) if path.is_file()})
    content = sha256()
    for path in files:
        with path.open("rb") as file:
            content.update(
                f"{path.relative_to(folder)}\0{file_digest(file, 'sha256').hexdigest()}\n".encode()
            )
    return content.hexdigest()[:16]
