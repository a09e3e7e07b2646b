"""The Check tab: an answer with its citations, pasted, is checked against what is stored.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from qa.app import checked, shelf
from qa.app.answers import waiting
from qa.app.errors import explained
from qa.app.events import PRIVATE
from qa.app.words import say
from qa.operations import Operations
from qa.saved import answers_in
from vectorstore.errors import UserError


class Check:
    """The tab's parts and what happens on each event. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
    ) -> None:
        self._operations = operations
        self._language = language
        with gr.Column(elem_id="check-box"):
            gr.Markdown(words("check_intro"), elem_id="check-intro")
            self.answer = gr.Textbox(
                elem_id="check-answer",
                label=words("check_label"),
                placeholder=words("check_hint"),
                lines=9,
                max_lines=20,
                max_length=1_000_000,
            )
            self.go = gr.Button(words("check_button"), variant="primary", elem_id="check-go")
            self.report = gr.Markdown(elem_id="check-report", latex_delimiters=[])

    def connect(self) -> None:
        """Let the button check; the event is the page's own, not public."""
        self.go.click(self.check, [self.answer], [self.report], trigger_mode="once", **PRIVATE)

    def check(self, text: str | None, request: gr.Request) -> Iterator[str]:
        """The report, or what is wrong with the text."""
        language = self._language(request)
        if not (text or "").strip():
            yield shelf.failure(say(language, "check_empty"), language)
            return
        yield waiting(language)
        reports = ""
        try:
            for given in answers_in(text or ""):
                told = self._operations.verify(given)
                answer = given if isinstance(given, str) else str(given["answer"])
                reports += checked.report(answer, told, language)
        except UserError as error:
            yield shelf.failure(explained(error, language), language)
            return
        yield reports
