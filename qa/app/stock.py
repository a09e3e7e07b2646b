"""The Articles tab: what is stored, found by its words, outlet, language, story and time; corrected and removed.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.app import places, reader, shelf, sift
from qa.app.adding import Adding
from qa.app.errors import explained
from qa.app.events import PRIVATE, Updates, shown
from qa.app.removals import Removals
from qa.app.sift import Sift
from qa.app.words import NAMES, say
from qa.operations import Operations
from vectorstore.errors import UserError

Given = Mapping[Any, Any]
"""What stands in the fields that a handler asked for: a part of the page → its value."""


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
        self._removals = Removals(operations.remove)
        self._build(words)

    def _build(self, words: Callable[[str], Any]) -> None:
        self.story = gr.State("")
        self.reading = gr.State("")  # the id of the article that is open
        with gr.Row(elem_id="stock-row", equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="stored"):
                self._build_filters(words)
                self.library = gr.Markdown(elem_id="library", latex_delimiters=[])
            with gr.Column(scale=2, min_width=320, elem_id="shelf-panel"):
                with gr.Column(elem_id="add-box") as self.add_box:
                    self.adding = Adding(self._operations, self._language, words)
                with gr.Column(visible=False, elem_id="article-box") as self.article_box:
                    self.back = gr.Button(words("back_library"), elem_id="article-back", size="sm")
                    self._build_correction(words)
                    self.article = gr.Markdown(elem_id="article-reader", latex_delimiters=[])
        # Filled and pressed by the page's script when a link in the list is followed.
        self.place = gr.Textbox(elem_id="shelf-place", elem_classes="bridge", show_label=False)
        self.open = gr.Button("", elem_id="shelf-open", elem_classes="bridge")

    def _build_filters(self, words: Callable[[str], Any]) -> None:
        self.filter = gr.Textbox(
            elem_id="filter", value="", label=words("filter"), placeholder=words("filter_hint"), max_lines=1
        )
        with gr.Row(elem_id="filters"):
            self.outlet = gr.Dropdown(
                label=words("outlet"), choices=[""], value="", elem_id="filter-outlet", min_width=120
            )
            self.spoken = gr.Dropdown(
                label=words("language"), choices=[""], value="", elem_id="filter-language", min_width=100
            )
            self.first = gr.Textbox(
                value="",
                label=words("from"),
                placeholder="2024",
                max_lines=1,
                elem_id="filter-from",
                min_width=80,
            )
            self.last = gr.Textbox(
                value="",
                label=words("to"),
                placeholder="2024-10",
                max_lines=1,
                elem_id="filter-to",
                min_width=80,
            )

    def _build_correction(self, words: Callable[[str], Any]) -> None:
        with gr.Accordion(words("correct"), open=False, elem_id="correction"):
            self.title = gr.Textbox(
                elem_id="correct-title", max_lines=1, label=words("title"), max_length=500
            )
            with gr.Row():
                self.source = gr.Textbox(elem_id="correct-source", max_lines=1, label=words("outlet"))
                self.published = gr.Textbox(
                    elem_id="correct-published",
                    max_lines=1,
                    label=words("published"),
                    placeholder=words("date_hint"),
                )
            self.correct = gr.Button(words("save"), variant="primary", elem_id="correct-save", size="sm")
            self.told = gr.Markdown(elem_id="correct-told", latex_delimiters=[])

    @property
    def sieve(self) -> list[Any]:
        """What the list is restricted by, in the order of ``Sift``'s fields."""
        return [self.filter, self.outlet, self.spoken, self.first, self.last, self.story]

    @property
    def list(self) -> list[Any]:
        """What ``listed`` changes."""
        return [self.library, self.outlet, self.spoken]

    def connect(self) -> None:
        """Let each event do its work; all of them are the page's own, none is public."""
        sieve = set(self.sieve)
        self.adding.connect(self.listed, sieve, self.list)
        latest: dict[str, Any] = PRIVATE | {"trigger_mode": "always_last"}
        for field in (self.filter, self.first, self.last):
            field.change(self.sifted, sieve, [self.library], **latest)
        for choice in (self.outlet, self.spoken):
            choice.input(self.sifted, sieve, [self.library], **latest)
        fields = [self.title, self.source, self.published]
        opened = [self.article, self.article_box, self.add_box, self.reading, *fields, self.told]
        opened += [self.story, self.library, self.adding.report]
        self.open.click(self.followed, {self.place, *sieve}, opened, **PRIVATE)
        self.back.click(self.closed, None, [self.article_box, self.add_box], **PRIVATE)
        corrected = [self.article, self.told, *self.list]
        self.correct.click(self.corrected, {self.reading, *fields, *sieve}, corrected, **PRIVATE)

    def listed(self, given: Given, request: gr.Request) -> Updates:
        """The list, and what it can be restricted to."""
        language = self._language(request)
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return {self.library: shelf.failure(explained(error, language), language)}
        codes = sorted({each["language"] for each in stored if each.get("language")})
        outlets = [(say(language, "any_outlet"), ""), *((each, each) for each in sift.outlets(stored))]
        spoken_in = [(say(language, "any_language"), ""), *((NAMES.get(each, each), each) for each in codes)]
        return {
            self.library: self._sifted(self._wanted(given), language),
            self.outlet: gr.update(choices=outlets),
            self.spoken: gr.update(choices=spoken_in),
        }

    def sifted(self, given: Given, request: gr.Request) -> Updates:
        """The list, restricted."""
        return {self.library: self._sifted(self._wanted(given), self._language(request))}

    def _wanted(self, given: Given) -> Sift:
        return Sift(*(given[field] or "" for field in self.sieve))

    def _sifted(self, wanted: Sift, language: str) -> str:
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return shelf.failure(explained(error, language), language)
        left = [each for each in stored if not self._removals.hides(each["article_id"])]
        return shelf.library(left, wanted, language)

    def followed(self, given: Given, request: gr.Request) -> Updates:
        """Do what a link of the list says: open an article, show its story, remove it or take that back."""
        language, reference, sieve = self._language(request), given[self.place], self._wanted(given)
        kind, _, article_id = reference.partition("-")
        place = places.read(reference)
        if place and kind != "article":
            return self._reading(reader.opened(self._operations, place, language), place["article_id"])
        if kind == "story":
            chosen = "" if article_id == sieve.story else article_id
            return {self.story: chosen, self.library: self._sifted(replace(sieve, story=chosen), language)}
        try:
            article = self._operations.show(article_id)
        except UserError as error:
            return self._reading(reader.unreadable(explained(error, language), language), "")
        if kind in ("remove", "undo"):
            return self._removed(kind, article, sieve, language)
        return self._opened(article, language)

    def _removed(self, kind: str, article: dict[str, Any], sieve: Sift, language: str) -> Updates:
        name = article["article_id"]
        if kind == "remove":
            self._removals.begin(name)
            told = shelf.removed(article, language)
        else:
            told = shelf.taken_back(article, language) if self._removals.take_back(name) else ""
        return {self.adding.report: told, self.library: self._sifted(sieve, language), **self.closed()}

    def _opened(self, article: dict[str, Any], language: str) -> Updates:
        return {
            **self._reading(reader.reader(article, None, language), article["article_id"]),
            self.title: article.get("title") or "",
            self.source: article.get("source") or "",
            self.published: article.get("published") or "",
            self.told: "",
        }

    def _reading(self, content: str, article_id: str) -> Updates:
        return {
            self.article: content,
            self.reading: article_id,
            self.article_box: shown(True),
            self.add_box: shown(False),
        }

    def corrected(self, given: Given, request: gr.Request) -> Updates:
        """Store what was corrected by hand; what was left empty or as it was stays."""
        language, article_id = self._language(request), given[self.reading]
        try:
            before = self._operations.show(article_id)
            fields = {"title": self.title, "source": self.source, "published": self.published}
            texts = {key: (given[field] or "").strip() for key, field in fields.items()}
            new = {key: text for key, text in texts.items() if text and text != before[key]}
            if new:
                self._operations.set(article_id, **new)
            article = self._operations.show(article_id)
        except UserError as error:
            return {self.told: shelf.failure(explained(error, language), language)}
        return {
            self.article: reader.reader(article, None, language),
            self.told: shelf.done(say(language, "corrected"), language),
            **self.listed(given, request),
        }

    def closed(self) -> Updates:
        """The form for adding again."""
        return {self.article_box: shown(False), self.add_box: shown(True)}
