"""The box that takes in articles: files and folders, pasted text, addresses.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from qa.app import shelf
from qa.app.errors import explained
from qa.app.events import PRIVATE, Updates
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

Json = dict[str, Any]

MOST_ADDRESSES = 200
_ADDRESSES = re.compile(r"https?://\S+(\s+https?://\S+)*")


class Adding:
    """The box's parts and what happens on each event. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
    ) -> None:
        self._operations = operations
        self._language = language
        gr.Markdown(words("add_heading"), elem_id="add-heading")
        with gr.Tabs(elem_id="add-tabs"):
            with gr.Tab(words("add_files"), elem_id="add-files-tab"):
                self.upload = gr.File(
                    elem_id="upload",
                    label=words("upload"),
                    show_label=False,
                    file_count="multiple",
                    height=150,
                )
                self.folder = gr.UploadButton(
                    words("add_folder"), elem_id="upload-folder", file_count="directory", size="sm"
                )
            with gr.Tab(words("add_text"), elem_id="add-text-tab"):
                self._build_pasting(words)
            with gr.Tab(words("add_addresses"), elem_id="add-addresses-tab"):
                self.addresses = gr.Textbox(
                    elem_id="addresses",
                    label=words("addresses"),
                    placeholder="https://…",
                    lines=4,
                    max_lines=10,
                    max_length=100_000,
                )
                self.fetch = gr.Button(words("fetch"), variant="primary", elem_id="addresses-fetch")
        with gr.Row(elem_id="given"):
            self.source = gr.Textbox(
                elem_id="given-source", max_lines=1, label=words("outlet"), placeholder=words("optional")
            )
            self.published = gr.Textbox(
                elem_id="given-published",
                max_lines=1,
                label=words("published"),
                placeholder=words("date_hint"),
            )
        self.report = gr.Markdown(elem_id="report", latex_delimiters=[])

    def _build_pasting(self, words: Callable[[str], Any]) -> None:
        self.title = gr.Textbox(
            elem_id="paste-title",
            max_lines=1,
            label=words("title"),
            placeholder=words("optional"),
            max_length=500,
        )
        self.text = gr.Textbox(
            elem_id="paste-text", label=words("paste"), lines=7, max_lines=16, max_length=1_000_000
        )
        self.add = gr.Button(words("add_button"), variant="primary", elem_id="paste-add")

    def connect(self, then: Callable[..., Any], inputs: set[Any], outputs: list[Any]) -> None:
        """Let each event do its work, and ``then`` tell the rest of the page."""
        ingest = PRIVATE | {"concurrency_id": "ingest", "concurrency_limit": 2}
        given = [self.source, self.published]
        events = [
            files.upload(self.take_files, [files, *given], [files, self.report], **ingest)
            for files in (self.upload, self.folder)
        ]
        pasted = [self.text, self.title]
        events.append(
            self.add.click(
                self.take_text, [*pasted, *given], [*pasted, self.report], trigger_mode="once", **ingest
            )
        )
        fetched = [self.addresses, self.report]
        events.append(
            self.fetch.click(
                self.take_addresses, [self.addresses, *given], fetched, trigger_mode="once", **ingest
            )
        )
        for event in events:
            event.then(then, inputs, outputs, **PRIVATE)

    def take_files(
        self, files: list[str] | None, source: str, published: str, request: gr.Request
    ) -> Iterator[tuple[None, str]]:
        """Store uploaded files, telling of each as it finishes; Gradio's copies of them go afterwards."""
        language, paths = self._language(request), [Path(each) for each in files or ()]
        if not paths:
            return
        yield None, shelf.report([], None, language)
        try:
            for told in self._ingest([str(path) for path in paths], source, published, language, paths):
                yield None, told
        finally:
            for path in paths:
                with suppress(OSError):
                    path.unlink()

    def take_addresses(
        self, text: str | None, source: str, published: str, request: gr.Request
    ) -> Iterator[tuple[Any, str]]:
        """Fetch and store what the lines of ``text`` name; one that is no address keeps none back."""
        language = self._language(request)
        written = [line.strip() for line in (text or "").splitlines() if line.strip()][:MOST_ADDRESSES]
        if not written:
            yield gr.skip(), shelf.failure(say(language, "addresses_empty"), language)
            return
        good = [line for line in written if _ADDRESSES.fullmatch(line)]
        bad = [_no_address(line, language) for line in written if line not in good]
        yield gr.skip(), shelf.report(bad, len(written), language)
        if good:
            addresses = [address for line in good for address in line.split()]
            for told in self._ingest(addresses, source, published, language, (), bad):
                yield gr.skip(), told

    def _ingest(
        self,
        inputs: list[str],
        source: str,
        published: str,
        language: str,
        paths: Sequence[Path],
        before: Sequence[Json] = (),
    ) -> Iterator[str]:
        """The report as it grows, after the lines ``before`` of what wasn't even tried."""
        lines = list(before)
        total: int | None = None
        try:
            for line in self._operations.ingest(inputs, published=_given(published), source=_given(source)):
                if "total" in line:
                    total = line["total"] + len(before)
                if "status" in line:
                    lines.append(line | {"reason": _reason(line, language, paths)})
                yield shelf.report(lines, total, language)
        except UserError as error:
            yield shelf.failure(_own_words(explained(error, language), paths), language)
            return
        yield shelf.report(lines, len(lines), language)

    def take_text(
        self, text: str, title: str, source: str, published: str, request: gr.Request
    ) -> Iterator[Updates]:
        """Store pasted text; it stays in its box where it couldn't be stored."""
        language = self._language(request)
        if not (text or "").strip():
            yield {self.report: shelf.failure(say(language, "paste_empty"), language)}
            return
        yield {self.report: shelf.report([], None, language)}
        try:
            line = self._operations.ingest_text(
                text, title=_given(title), published=_given(published), source=_given(source)
            )
        except UserError as error:
            yield {self.report: shelf.failure(explained(error, language), language)}
            return
        told: Updates = {
            self.report: shelf.report([line | {"input": "", "reason": _reason(line, language)}], 1, language)
        }
        if line.get("article_id"):
            told |= {self.text: "", self.title: ""}
        yield told


def _no_address(line: str, language: str) -> Json:
    return {"input": line, "status": "failed", "reason": say(language, "no_address", address=line)}


def _given(text: str | None) -> str | None:
    """What was written into an optional box."""
    return (text or "").strip() or None


def _reason(line: Json, language: str, paths: Sequence[Path] = ()) -> str:
    """Why the line's item wasn't stored; empty where it was."""
    return _own_words(explained(line["reason"], language), paths) if line.get("reason") else ""


def _own_words(told: str, paths: Sequence[Path]) -> str:
    """``told`` with an upload's own name in place of where it lay for the moment."""
    for path in paths:
        told = told.replace(str(path), path.name)
    return told
