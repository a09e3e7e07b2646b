"""Removals that can be taken back for a while: until then the article is only hidden."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from vectorstore.errors import UserError

log = logging.getLogger(__name__)

GRACE_S = 15.0
"""Seconds in which a removal can be taken back."""


class Removals:
    """Carries out ``remove`` after the time of grace, whether or not the browser is still there.

    A server that is stopped before leaves the article where it was.
    """

    def __init__(self, remove: Callable[[list[str]], Any], grace_s: float = GRACE_S) -> None:
        self._remove = remove
        self._grace_s = grace_s
        self._pending: dict[str, threading.Timer] = {}
        self._lock = threading.Lock()

    def begin(self, article_id: str) -> None:
        """Let the article go when the time is over."""
        with self._lock:
            if article_id not in self._pending:
                timer = threading.Timer(self._grace_s, self._carry_out, [article_id])
                timer.daemon = True
                self._pending[article_id] = timer
                timer.start()

    def take_back(self, article_id: str) -> bool:
        """Keep the article after all; false where it is too late."""
        with self._lock:
            timer = self._pending.pop(article_id, None)
        if timer:
            timer.cancel()
        return timer is not None

    def hides(self, article_id: str) -> bool:
        """Whether the article is on its way out."""
        return article_id in self._pending

    def _carry_out(self, article_id: str) -> None:
        try:
            self._remove([article_id])
        except UserError as error:
            log.warning("the article %s can't be removed: %s", article_id, error)
        finally:
            with self._lock:
                self._pending.pop(article_id, None)
