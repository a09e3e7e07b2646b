"""The fields that narrow a question down: days and outlet.

Imports Gradio: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

from qa.app.chips import ANY_TIME
from qa.app.events import PRIVATE, Updates
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

NAMES = ("date_from", "date_to", "source")
"""The options that the fields stand for, in their order."""


class Narrow:
    """The fields' parts. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self, operations: Operations, language: Callable[[gr.Request], str], words: Callable[[str], Any]
    ) -> None:
        self._operations = operations
        self._language = language
        self.aside = gr.State(None)  # the fields' values from before an earlier question was opened in them
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

    def connect(self) -> None:
        """Let each event do its work; none is public."""
        self.clear.click(self.emptied, None, self.fields, **PRIVATE)
        changes = [field.change for field in self.fields]
        gr.on(changes, self.headed, self.fields, [self.box], trigger_mode="always_last", **PRIVATE)

    def headed(self, first: str, last: str, outlet: str | None, request: gr.Request) -> Any:
        """What is in force in the fields' heading, which shows while they are folded."""
        return gr.update(label=heading((first, last, outlet), self._language(request)))

    def emptied(self) -> Updates:
        """Nothing narrowed down."""
        return {self.first: "", self.last: "", self.outlet: ""}

    def fresh(self, language: str) -> Updates:
        """Nothing narrowed down, and the outlets to choose from, by what is stored."""
        try:
            stored = self._operations.articles()["articles"]
        except UserError:
            stored = []
        outlets = sorted({each["source"] for each in stored if each.get("source")})
        choices = [(say(language, "any_outlet"), ""), *((each, each) for each in outlets)]
        outlet = gr.update(choices=choices, value="")
        return {**self.emptied(), self.outlet: outlet, self.box: gr.update(open=False), self.aside: None}

    def filled(self, options: Mapping[str, Any], window: Mapping[str, Any]) -> Updates:
        """The fields as a turn was asked, its window as it was understood, for the reader to change."""
        return {
            self.box: gr.update(open=True),
            self.first: window.get("from") or "",
            self.last: window.get("to") or "",
            self.outlet: options.get("source") or "",
        }

    def restored(self, aside: Sequence[str] | None) -> Updates:
        """The fields as they were before an earlier question was opened in them."""
        if aside is None:
            return {}
        return {**dict(zip(self.fields, aside, strict=True)), self.aside: None}

    def shown(self, options: Mapping[str, Any]) -> Updates:
        """The fields of a question that is asked again; what takes off a window leaves them empty."""
        told = {name: options.get(name) or "" for name in NAMES}
        if {"date_from": told["date_from"], "date_to": told["date_to"]} == ANY_TIME:
            told |= dict.fromkeys(ANY_TIME, "")
        return dict(zip(self.fields, (told[name] for name in NAMES), strict=True))


def narrowed(*values: str | None) -> dict[str, str]:
    """The options of ``Operations.ask`` for the fields' values."""
    return {name: value.strip() for name, value in zip(NAMES, values, strict=True) if value and value.strip()}


def heading(values: Sequence[str | None], language: str) -> str:
    """What the fields are called, with what is in force: ``Narrow down · 2024-01-01 – 2024-12-31 · Isnad sample``."""
    first, last, outlet = ((value or "").strip() for value in values)
    days = " – ".join((first or "…", last or "…")) if first or last else ""
    in_force = [
        f"\u2068{each}\u2069" for each in (days, outlet) if each
    ]  # isolated, as labels take no markup
    return " · ".join([say(language, "narrow"), *in_force])
