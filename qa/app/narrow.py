"""The fields that narrow a question down: days and outlet.

Imports Gradio: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Mapping
from typing import Any

import gradio as gr

from qa.app.chips import ANY_TIME
from qa.app.events import Updates
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

NAMES = ("date_from", "date_to", "source")
"""The options that the fields stand for, in their order."""


class Narrow:
    """The fields' parts. Built inside an open ``gradio.Blocks``."""

    def __init__(self, operations: Operations, words: Callable[[str], Any]) -> None:
        self._operations = operations
        with gr.Accordion(words("narrow"), open=False, elem_id="narrow") as self.box, gr.Row():
            self.first = gr.Textbox(
                label=words("from"), placeholder="2024", max_lines=1, max_length=10, elem_id="narrow-from"
            )
            self.last = gr.Textbox(
                label=words("to"), placeholder="2024-10", max_lines=1, max_length=10, elem_id="narrow-to"
            )
            self.outlet = gr.Dropdown(
                label=words("outlet"), choices=[""], value="", elem_id="narrow-outlet", filterable=True
            )
            self.clear = gr.Button(words("clear"), size="sm", elem_id="narrow-clear", scale=0, min_width=80)

    @property
    def fields(self) -> list[Any]:
        """The fields, in the order of ``NAMES``."""
        return [self.first, self.last, self.outlet]

    def emptied(self) -> Updates:
        """Nothing narrowed down."""
        return {self.first: "", self.last: "", self.outlet: ""}

    def offered(self, language: str) -> Updates:
        """The outlets to choose from, by what is stored."""
        try:
            stored = self._operations.articles()["articles"]
        except UserError:
            stored = []
        outlets = sorted({each["source"] for each in stored if each.get("source")})
        choices = [(say(language, "any_outlet"), ""), *((each, each) for each in outlets)]
        return {self.outlet: gr.update(choices=choices)}

    def filled(self, options: Mapping[str, Any], window: Mapping[str, Any] | None) -> Updates:
        """The fields as a turn was asked, its window as it was understood, for the reader to change."""
        days = window or {}
        return {
            self.box: gr.update(open=True),
            self.first: days.get("from") or "",
            self.last: days.get("to") or "",
            self.outlet: options.get("source") or "",
        }

    def shown(self, options: Mapping[str, Any]) -> Updates:
        """The fields of a question that is asked again; what takes off a window leaves them empty."""
        told = {name: options.get(name) or "" for name in NAMES}
        if {"date_from": told["date_from"], "date_to": told["date_to"]} == ANY_TIME:
            told |= dict.fromkeys(ANY_TIME, "")
        return dict(zip(self.fields, (told[name] for name in NAMES), strict=True))


def narrowed(*values: str | None) -> dict[str, str]:
    """The options of ``Operations.ask`` for the fields' values."""
    return {name: value.strip() for name, value in zip(NAMES, values, strict=True) if value and value.strip()}
