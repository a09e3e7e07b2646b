"""What an ingest is given, to articles ready to be stored: files, folders, archives and addresses in turn."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.inputs import InputFile, Skipped, expand
from ingest.kinds import SUFFIXES
from ingest.page import Document
from ingest.prepared import Began, Outcome, Prepared, Refused
from ingest.sandbox import Sandbox
from vectorstore.errors import Unreadable

MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Total:
    """How many articles there will be, as far as is known yet."""

    articles: int


class Sources:
    """Reads inputs; whatever they hold is parsed in the sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def read(self, inputs: Sequence[str]) -> Iterator[Total | Skipped | Outcome]:
        """The articles of all inputs in their order; one that can't be read is an outcome too."""
        files, skipped = expand(inputs)
        total = len(files)
        yield Total(total)
        yield from skipped
        for file in files:
            known = 1
            for event in self._file(file):
                if not isinstance(event, Began):
                    yield event
                elif event.total != known:
                    total, known = total + event.total - known, event.total
                    yield Total(total)

    def read_text(self, text: str, name: str) -> Prepared | Refused:
        """The article in a text that was pasted or piped in; ``name`` is what it was read from."""
        document = Document(text.encode("utf-8", "replace"), name, name or "the text", charset="utf-8")
        for event in self._sandbox.articles(document):
            if isinstance(event, Outcome):
                return event.article
        return Refused("rejected", "the text is empty; there is no article in it")

    def _file(self, file: InputFile) -> Iterator[Began | Skipped | Outcome]:
        try:
            data = _bytes(file)
        except Unreadable as error:
            return iter([Outcome(file.input, Refused("failed", str(error)))])
        return self._sandbox.articles(Document(data, file.name, file.input))


def _bytes(file: InputFile) -> bytes:
    """The file's content. Raises ``Unreadable``, before a large one is read."""
    try:
        found = file.path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise Unreadable(f"the folder '{file.input}' can't be opened; check its permissions")
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(f"'{file.input}' is neither a file nor a folder; give a text or HTML file")
        _check_name(file)
        if found.st_size > MAX_BYTES:
            raise Unreadable(f"'{file.input}' is larger than {MAX_BYTES >> 20} MB; split it")
        return file.path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(f"'{file.input}' doesn't exist; check the path") from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise Unreadable(f"'{file.input}' can't be read: {told}") from error


def _check_name(file: InputFile) -> None:
    suffix = file.path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"file type '{suffix}'" if suffix else "file type (its name has no ending)"
        raise Unreadable(f"'{file.input}' is of an unknown {kind}; isnad reads {' '.join(SUFFIXES)}")
