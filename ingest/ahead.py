"""Reading ahead: an iterator runs in a thread of its own while its results are used."""

from collections.abc import Iterator
from queue import Full, Queue
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")
_POLL_S = 0.1
_PATIENCE_S = 1.0


class Ahead(Generic[T]):
    """What ``source`` yields, up to ``most`` of it read before it is asked for.

    Its errors are raised where its next result would have come. Leaving the ``with`` block stops it.
    """

    def __init__(self, source: Iterator[T], most: int) -> None:
        self._source = source
        self._results: Queue[tuple[T] | BaseException | None] = Queue(most)
        self._stop = Event()
        self._thread = Thread(target=self._run, name="reading ahead", daemon=True)

    def __enter__(self) -> "Ahead[T]":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        # A source that waits for something slow is left to end by itself.
        self._thread.join(_PATIENCE_S)

    def __iter__(self) -> Iterator[T]:
        while True:
            result = self._results.get()
            if result is None:
                return
            if isinstance(result, BaseException):
                raise result
            yield result[0]

    @property
    def waits(self) -> bool:
        """Whether the next result isn't there yet, so that there is time for something else."""
        return self._results.empty()

    def _run(self) -> None:
        try:
            for result in self._source:
                if not self._put((result,)):
                    break
            else:
                self._put(None)
        except BaseException as error:  # noqa: BLE001  raised again where the result is waited for
            self._put(error)
        finally:
            close = getattr(self._source, "close", None)
            if close:
                close()

    def _put(self, result: "tuple[T] | BaseException | None") -> bool:
        while not self._stop.is_set():
            try:
                self._results.put(result, timeout=_POLL_S)
                return True
            except Full:
                continue
        return False
