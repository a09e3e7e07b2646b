"""The process in which untrusted files are parsed: it answers the sandbox that started it, and can do little else.

Run as ``python -m ingest.worker FILE_DESCRIPTOR MEMORY_BYTES SECONDS``. A request is a JSON object and the file's
bytes; the answer is a line of JSON an event, and ``null`` at the end. ``null`` is said once at the start, too.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict
from multiprocessing.connection import Connection
from typing import Any

# Before the limits: these open files.
from ingest import feeds, prepared
from ingest.page import Document, Said
from ingest.stamps import read_stamp
from vectorstore.errors import ItemError

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.system",
    "os.remove",
    "os.rename",
)
_WRITES = frozenset("wax+")


def main(descriptor: int, memory: int, seconds: float) -> None:
    """Answer requests until the other side closes."""
    channel = Connection(descriptor)
    confine(memory)
    channel.send_bytes(b"null")  # ready
    while True:
        try:
            request, data = json.loads(channel.recv_bytes()), channel.recv_bytes()
        except EOFError:
            return
        for event in _answers(request, data):
            # The sandbox keeps the time; this ends a process whose sandbox is gone.
            signal.setitimer(signal.ITIMER_REAL, 2 * seconds)
            channel.send_bytes(json.dumps(event, default=str).encode())
        signal.setitimer(signal.ITIMER_REAL, 0)
        channel.send_bytes(b"null")


def confine(memory: int) -> None:
    """No more memory than that, no file written, no connection, no other program."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN) or (event == "open" and _WRITES.intersection(str(arguments[1] or ""))):
        raise PermissionError(f"{event} isn't for a file that is being read")


def _answers(request: dict[str, Any], data: bytes) -> Iterator[dict[str, Any]]:
    shown = request["shown"]
    try:
        if request["task"] == "listing":
            yield {"listing": asdict(feeds.listing(data, shown, request["url"] or ""))}
            return
        for event in prepared.prepare(_document(request, data), request["skip"]):
            yield {type(event).__name__.lower(): asdict(event)}
    except ItemError as error:
        yield {"refused": asdict(prepared.refused(error))}
    except MemoryError:
        yield {"fault": "memory"}
    except Exception as error:  # noqa: BLE001  what a parser raises on a damaged file can't be foreseen
        yield {"fault": type(error).__name__}


def _document(request: dict[str, Any], data: bytes) -> Document:
    told = request["said"]
    said = Said(**told | {"published": read_stamp(told["published"])}) if told else None
    return Document(data, request["name"], request["shown"], request["url"], request["charset"], said)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
