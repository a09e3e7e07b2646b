"""What an ingest is given, to articles ready to be stored: files, folders, archives and addresses in turn."""

import stat
from collections.abc import Iterator, Sequence

from ingest.inputs import InputFile, Skipped, expand
from ingest.kinds import SUFFIXES
from ingest.page import Document
from ingest.prepared import Began, Outcome, Prepared, Refused
from ingest.reading import Reading, Step, Total, failed
from ingest.sandbox import Sandbox
from ingest.web import Web, is_address
from vectorstore.errors import Unreadable

MAX_BYTES = 50 * 1024 * 1024


class Sources:
    """Reads inputs. Whatever they hold is parsed in the sandbox."""

    def __init__(self, sandbox: Sandbox, web: Web) -> None:
        self._sandbox = sandbox
        self._web = web

    def read(self, inputs: Sequence[str], *, afresh: bool = False) -> Iterator[Total | Skipped | Reading]:
        """The articles of all inputs, files first; one that can't be read is told of too.

        With ``afresh``, pages are fetched again even where they haven't changed.
        """
        addresses = list(dict.fromkeys(each for each in inputs if is_address(each)))
        files, skipped = expand([each for each in inputs if not is_address(each)])
        total = len(files) + len(addresses)
        yield Total(total)
        yield from skipped
        for steps in (*map(self._file, files), *(self._web.read(each, afresh) for each in addresses)):
            known = 1
            for step in steps:
                if not isinstance(step, Began):
                    yield step
                elif step.total != known:
                    total, known = total + step.total - known, step.total
                    yield Total(total)

    def read_text(self, text: str, name: str) -> Prepared | Refused:
        """The article in a text that was pasted or piped in; ``name`` is what it was read from."""
        document = Document(text.encode("utf-8", "replace"), name, name or "the text", charset="utf-8")
        for event in self._sandbox.articles(document):
            if isinstance(event, Outcome):
                return event.article
        return Refused("rejected", "the text is empty; there is no article in it")

    def _file(self, file: InputFile) -> Iterator[Step]:
        try:
            document = Document(_bytes(file), file.name, file.input)
        except Unreadable as error:
            yield failed(file.input, error)
            return
        for event in self._sandbox.articles(document):
            yield Reading(event.shown, event.article) if isinstance(event, Outcome) else event


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
        linked = file.path.is_symlink()
        missing = "is a link to nothing; give the file itself" if linked else "doesn't exist; check the path"
        raise Unreadable(f"'{file.input}' {missing}") from error
    except (OSError, ValueError) as error:
        told = getattr(error, "strerror", None) or error
        raise Unreadable(f"'{file.input}' can't be read: {told}") from error


def _check_name(file: InputFile) -> None:
    suffix = file.path.suffix.lower()
    if suffix not in SUFFIXES:
        kind = f"file type '{suffix}'" if suffix else "file type (its name has no ending)"
        raise Unreadable(f"'{file.input}' is of an unknown {kind}; isnad reads {' '.join(SUFFIXES)}")
