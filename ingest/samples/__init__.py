"""The bundled sample articles: where they lie, so that a first run has something to answer from."""

from importlib import resources
from pathlib import Path


def paths() -> list[Path]:
    """The sample articles' files, Markdown with front matter, sorted by name."""
    folder = resources.files(__name__)
    return sorted(Path(str(entry)) for entry in folder.iterdir() if entry.name.endswith(".md"))
