"""The Articles tab: what is stored, how more of it comes in, and how it goes.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import gradio as gr

from qa.app import places, reader, shelf
from qa.app.events import PRIVATE, Updates, shown
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

Json = dict[str, Any]


class Stock:
    """The tab's parts and what happens on each event. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
    ) -> None:
        self._operations = operations
        self._language = language
        self._build(words)

    def _build(self, words: Callable[[str], Any]) -> None:
        self.doomed = gr.State("")
        with gr.Row(elem_id="stock-row", equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="stored"):
                self.filter = gr.Textbox(
                    elem_id="filter",
                    value="",
                    label=words("filter"),
                    placeholder=words("filter_hint"),
                    max_lines=1,
                )
                with gr.Column(visible=False, elem_id="confirm") as self.doubt:
                    self.confirmation = gr.Markdown(elem_id="confirm-text", latex_delimiters=[])
                    with gr.Row():
                        self.confirm = gr.Button(
                            words("confirm_yes"), variant="stop", elem_id="confirm-remove"
                        )
                        self.keep = gr.Button(words("confirm_no"), elem_id="confirm-keep")
                self.library = gr.Markdown(elem_id="library", latex_delimiters=[])
            with gr.Column(scale=2, min_width=320, elem_id="shelf-panel"):
                with gr.Column(elem_id="add-box") as self.add_box:
                    self._build_adding(words)
                with gr.Column(visible=False, elem_id="article-box") as self.article_box:
                    self.back = gr.Button(words("back_library"), elem_id="article-back", size="sm")
                    self.article = gr.Markdown(elem_id="article-reader", latex_delimiters=[])
        # Filled and pressed by the page's script when a link in the list is followed.
        self.place = gr.Textbox(elem_id="shelf-place", elem_classes="bridge", show_label=False)
        self.open = gr.Button("", elem_id="shelf-open", elem_classes="bridge")

    def _build_adding(self, words: Callable[[str], Any]) -> None:
        gr.Markdown(words("add_heading"), elem_id="add-heading")
        with gr.Tabs(elem_id="add-tabs"):
            with gr.Tab(words("add_files"), elem_id="add-files-tab"):
                with gr.Row():
                    self.files_source = gr.Textbox(
                        elem_id="upload-source",
                        max_lines=1,
                        label=words("outlet"),
                        placeholder=words("optional"),
                    )
                    self.files_published = gr.Textbox(
                        elem_id="upload-published",
                        max_lines=1,
                        label=words("published"),
                        placeholder=words("date_hint"),
                    )
                self.upload = gr.File(
                    elem_id="upload",
                    label=words("upload"),
                    show_label=False,
                    file_count="multiple",
                    height=170,
                )
            with gr.Tab(words("add_text"), elem_id="add-text-tab"):
                self.title = gr.Textbox(
                    elem_id="paste-title",
                    max_lines=1,
                    label=words("title"),
                    placeholder=words("optional"),
                    max_length=500,
                )
                self.text = gr.Textbox(
                    elem_id="paste-text", label=words("paste"), lines=8, max_lines=16, max_length=1_000_000
                )
                with gr.Row():
                    self.text_source = gr.Textbox(
                        elem_id="paste-source",
                        max_lines=1,
                        label=words("outlet"),
                        placeholder=words("optional"),
                    )
                    self.text_published = gr.Textbox(
                        elem_id="paste-published",
                        max_lines=1,
                        label=words("published"),
                        placeholder=words("date_hint"),
                    )
                self.add = gr.Button(words("add_button"), variant="primary", elem_id="paste-add")
        self.report = gr.Markdown(elem_id="report", latex_delimiters=[])

    def connect(self) -> None:
        """Let each event do its work; all of them are the page's own, none is public."""
        ingest = PRIVATE | {"concurrency_id": "ingest", "concurrency_limit": 2}
        self.upload.upload(
            self.take_files,
            [self.upload, self.files_source, self.files_published, self.filter],
            [self.upload, self.report, self.library],
            **ingest,
        )
        self.add.click(
            self.take_text,
            [self.text, self.title, self.text_source, self.text_published, self.filter],
            [self.text, self.title, self.report, self.library],
            trigger_mode="once",
            **ingest,
        )
        self.filter.change(self.listed, [self.filter], [self.library], trigger_mode="always_last", **PRIVATE)
        about = [self.article, self.article_box, self.add_box, self.confirmation, self.doubt, self.doomed]
        self.open.click(self.opened, [self.place], about, **PRIVATE)
        self.back.click(self.closed, None, [self.article_box, self.add_box], **PRIVATE)
        after = [self.doubt, self.doomed, self.report, self.library, self.article_box, self.add_box]
        self.confirm.click(self.removed, [self.doomed, self.filter], after, **PRIVATE)
        self.keep.click(self.kept, None, [self.doubt, self.doomed], **PRIVATE)

    def listed(self, wanted: str, request: gr.Request) -> str:
        """The list, of what ``wanted`` occurs in."""
        return self._list(wanted, self._language(request))

    def _list(self, wanted: str, language: str) -> str:
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return shelf.failure(str(error), language)
        return shelf.library(stored, wanted, language)

    def take_files(
        self,
        files: list[str] | None,
        source: str,
        published: str,
        wanted: str,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Store uploaded files, telling of each as it finishes; Gradio's copies of them go afterwards."""
        language, paths = self._language(request), [Path(each) for each in files or ()]
        if not paths:
            return
        yield {self.upload: None, self.report: shelf.report([], None, language)}
        try:
            yield from self._ingest(paths, source, published, language)
        except UserError as error:
            yield {self.report: shelf.failure(_own_words(str(error), paths), language)}
        finally:
            for path in paths:
                with suppress(OSError):
                    path.unlink()
        yield {self.library: self._list(wanted, language)}

    def _ingest(self, paths: Sequence[Path], source: str, published: str, language: str) -> Iterator[Updates]:
        lines: list[Json] = []
        total: int | None = None
        names = [str(path) for path in paths]
        for line in self._operations.ingest(names, published=_given(published), source=_given(source)):
            total = line.get("total", total)
            if "status" in line:
                lines.append(line | {"reason": _own_words(line["reason"] or "", paths)})
            yield {self.report: shelf.report(lines, total, language)}
        yield {self.report: shelf.report(lines, len(lines), language)}

    def take_text(
        self, text: str, title: str, source: str, published: str, wanted: str, request: gr.Request
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
            yield {self.report: shelf.failure(str(error), language)}
            return
        told: Updates = {self.report: shelf.report([line | {"input": ""}], 1, language)}
        if line.get("article_id"):
            told |= {self.text: "", self.title: ""}
        yield told | {self.library: self._list(wanted, language)}

    def opened(self, reference: str, request: gr.Request) -> Updates:
        """An article of the list, or the doubt before it is removed."""
        language = self._language(request)
        place = places.read(reference)
        if place:
            return self._reading(reader.opened(self._operations, place, language))
        kind, _, article_id = reference.partition("-")
        try:
            article = self._operations.show(article_id)
        except UserError as error:
            return self._reading(reader.unreadable(str(error), language))
        if kind != "remove":
            return self._reading(reader.reader(article, None, language))
        title = article.get("title") or say(language, "untitled")
        return {
            self.doubt: shown(True),
            self.confirmation: shelf.confirmation(title, language),
            self.doomed: article_id,
        }

    def _reading(self, content: str) -> Updates:
        return {self.article: content, self.article_box: shown(True), self.add_box: shown(False)}

    def closed(self) -> Updates:
        """The form for adding again."""
        return {self.article_box: shown(False), self.add_box: shown(True)}

    def kept(self) -> Updates:
        """No doubt any more, and nothing removed."""
        return {self.doubt: shown(False), self.doomed: ""}

    def removed(self, article_id: str, wanted: str, request: gr.Request) -> Updates:
        """The article is gone, with all its versions."""
        language = self._language(request)
        try:
            title = self._operations.show(article_id).get("title") or say(language, "untitled")
            self._operations.remove([article_id])
            told = shelf.removed(title, language)
        except UserError as error:
            told = shelf.failure(str(error), language)
        return {self.report: told, self.library: self._list(wanted, language)} | self.kept() | self.closed()


def _given(text: str | None) -> str | None:
    """What was written into an optional box."""
    return (text or "").strip() or None


def _own_words(told: str, paths: Sequence[Path]) -> str:
    """``told`` with an upload's own name in place of where it lay for the moment."""
    for path in paths:
        told = told.replace(str(path), path.name)
    return told
