"""Turns at something that one thread may use at a time, in the order in which they asked."""

from collections import deque
from threading import Lock


class Turns:
    """A lock that goes to whoever has waited longest.

    Python's own may be taken again at once by the thread that just let go of it, so that a question would wait until
    a long ingest is through.
    """

    def __init__(self) -> None:
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    def __enter__(self) -> None:
        """Wait for one's turn."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()
        except BaseException:
            self._give_up(turn)
            raise

    def __exit__(self, *_: object) -> None:
        """Hand over to the next."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False

    def _give_up(self, turn: Lock) -> None:
        """An interrupted wait must not keep a place that nobody takes."""
        with self._guard:
            if turn in self._waiting:
                self._waiting.remove(turn)
                return
        self.__exit__()
