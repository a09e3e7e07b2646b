"""A chat model's words as they come, within a time, or a fault: changes when models are listened to otherwise."""

from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

from qa.faults import Fault, FaultKind

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

_STATUS = {401: FaultKind.NO_ACCESS, 403: FaultKind.NO_ACCESS, 429: FaultKind.BUSY, 408: FaultKind.SLOW}
_REASONS = ("finish_reason", "stop_reason", "done_reason")
_CUT_SHORT = frozenset(("length", "max_tokens", "MAX_TOKENS", "model_length"))
_FINAL = tuple(".!?؟…。:؛;)]】»”\"'*،")

Heard = str | BaseException | None


def listen(
    chat: "BaseChatModel", messages: "Sequence[BaseMessage]", due: Callable[[], float]
) -> Iterator[str]:
    """The reply's words in pieces. Raises ``Fault``.

    ``due`` tells, whenever the next piece is waited for, by when (of ``monotonic``) it has to come. A reply that
    ends with neither a reason nor the end of a sentence was cut. Closing the iterator hangs up.
    """
    heard: SimpleQueue[Heard] = SimpleQueue()
    hung_up = Event()
    # A thread, since a client may block for longer than anyone waits; a daemon, since it may never come back.
    Thread(target=_speak, args=(chat, messages, heard.put, hung_up), daemon=True).start()
    said = ""
    try:
        while (piece := _next(heard, due())) is not None:
            said = (said + piece)[-200:]
            yield piece
    finally:
        hung_up.set()
    if not said.strip():
        raise Fault(FaultKind.EMPTY)


def _next(heard: "SimpleQueue[Heard]", due: float) -> str | None:
    left = due - monotonic()
    try:
        piece = heard.get(timeout=left) if left > 0 else heard.get_nowait()
    except Empty as late:
        raise Fault(FaultKind.SLOW) from late
    if left <= 0:
        raise Fault(FaultKind.SLOW)
    if isinstance(piece, Fault):
        raise piece
    if isinstance(piece, BaseException):
        raise Fault(kind_of(piece)) from piece
    return piece


def _speak(
    chat: "BaseChatModel", messages: "Sequence[BaseMessage]", say: Callable[[Heard], None], hung_up: Event
) -> None:
    with _Telling(say):
        from langsmith import tracing_context

        reason, last = "", ""
        # Someone's setting for other programs must not send the newsroom's questions to a tracing service.
        with tracing_context(enabled=False):
            for chunk in chat.stream(list(messages)):
                if hung_up.is_set():
                    return
                reason = _reason(chunk) or reason
                last = (last + chunk.text)[-40:]
                say(chunk.text)
        if reason in _CUT_SHORT or (not reason and last.strip() and not last.rstrip().endswith(_FINAL)):
            raise Fault(FaultKind.CUT)
        say(None)


def _reason(chunk: "AIMessageChunk") -> str:
    told = chunk.response_metadata
    return next((str(told[name]) for name in _REASONS if told.get(name)), "")


class _Telling:
    """Tells the listener whatever the model's client raises: no list of such errors would be complete."""

    def __init__(self, say: Callable[[Heard], None]) -> None:
        self._say = say

    def __enter__(self) -> None:
        """Nothing to set up."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self._say(error)
        return True


def kind_of(error: BaseException) -> FaultKind:
    """What kind of fault an error of a model's client is, told by its HTTP status, else by the names of its classes.

    By name, since each client brings its own classes, and none has to be installed.
    """
    status = getattr(error, "status_code", None) or getattr(
        getattr(error, "response", None), "status_code", None
    )
    if isinstance(status, int) and status >= 400:
        return _STATUS.get(status) or (FaultKind.SERVER if status >= 500 else FaultKind.REFUSED_CALL)
    names = " ".join(each.__name__ for each in type(error).__mro__)
    if "Timeout" in names:
        return FaultKind.SLOW
    if "RemoteProtocolError" in names or "ReadError" in names or "IncompleteRead" in names:
        return FaultKind.CUT
    if "Connect" in names or isinstance(error, OSError):
        return FaultKind.UNREACHABLE
    if "No generation chunks" in str(error):
        return FaultKind.EMPTY
    return FaultKind.GARBLED
