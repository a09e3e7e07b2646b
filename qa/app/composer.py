"""Where a question is written: its box with the buttons, what may be asked next, and what narrows it down.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

from qa.app.events import PRIVATE, Updates, shown
from qa.app.narrow import Narrow
from qa.app.talk import Wish
from qa.operations import Operations

MOST_CHARACTERS = 4000


class Composer:
    """The parts under the conversation. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self, operations: Operations, language: Callable[[gr.Request], str], words: Callable[[str], Any]
    ) -> None:
        self.editing = gr.State(0)  # the number of the turn that the next question replaces
        self.follow = gr.Markdown(elem_id="follow-ups", latex_delimiters=[])
        with gr.Row(elem_id="editing", visible=False) as self.editing_note:
            gr.Markdown(words("editing"), elem_id="editing-text")
            self.cancel = gr.Button(words("cancel"), elem_id="editing-cancel", size="sm", scale=0)
        with gr.Row(elem_id="composer"):
            self.question = gr.Textbox(
                elem_id="question",
                label=words("question"),
                show_label=False,
                placeholder=words("question_hint"),
                lines=1,
                max_lines=6,
                container=False,
                autofocus=True,
                scale=1,
                max_length=MOST_CHARACTERS,
            )
            self.send = gr.Button(words("send"), variant="primary", elem_id="send", scale=0, min_width=88)
            self.stop = gr.Button(words("stop"), elem_id="stop", scale=0, min_width=88, visible=False)
        self.leaves = gr.Markdown(elem_id="leaves", latex_delimiters=[])
        with gr.Row(elem_id="below"):
            self.narrow = Narrow(operations, language, words)
            small: dict[str, Any] = {"size": "sm", "scale": 0, "min_width": 60}
            self.chats = gr.Button(words("chats"), elem_id="chats-button", **small)
            self.fresh = gr.Button(words("new_chat"), elem_id="new-chat", visible=False, **small)

    @property
    def parts(self) -> list[Any]:
        """All that the methods change."""
        own = [self.question, self.send, self.stop, self.fresh, self.follow, self.editing, self.editing_note]
        return [*own, self.narrow.box, *self.narrowing]

    @property
    def narrowing(self) -> list[Any]:
        """The fields that narrow a question down, after what was set aside of them."""
        return [self.narrow.aside, *self.narrow.fields]

    @property
    def sending(self) -> list[Any]:
        """What sends the question."""
        narrow = self.narrow
        return [self.question.submit, self.send.click, narrow.first.submit, narrow.last.submit]

    def connect(self) -> None:
        """Let the fields do their work, and an edit be given up; none of the events is public."""
        self.narrow.connect()
        left = [self.question, self.editing, self.editing_note, *self.narrowing]
        self.cancel.click(
            lambda aside: {self.question: "", **self.left(aside)}, [self.narrow.aside], left, **PRIVATE
        )

    def left(self, aside: Sequence[str] | None) -> Updates:
        """No earlier question is being edited; what it had put into the narrowing fields goes again."""
        return {self.editing: 0, self.editing_note: shown(False), **self.narrow.restored(aside)}

    def edited(self, wish: Wish, window: Mapping[str, Any] | None) -> Updates:
        """A turn's question, to be asked anew in its place, in ``window`` if that is to change."""
        fields = self.narrow.filled(wish.options, window) if window else self.narrow.shown(wish.options)
        return {
            self.question: wish.question,
            self.editing: len(wish.before) + 1,
            self.editing_note: shown(True),
            **fields,
        }

    def buttons(self, *, running: bool) -> Updates:
        """One of send and stop."""
        return {self.send: shown(not running), self.stop: shown(running)}
