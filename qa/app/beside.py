"""The panel beside the conversation: the sources of an answer, an article that was opened, or the saved chats.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gradio as gr

from qa.app import panel, places, reader
from qa.app.archive import Archive
from qa.app.events import PRIVATE, Updates, shown
from qa.app.surroundings import Surroundings
from qa.app.turns import Turn, place
from qa.app.words import say
from qa.conversations import Conversations
from qa.operations import Operations


class Beside:
    """The panel's boxes, of which one shows at a time. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        conversations: Conversations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
    ) -> None:
        self._operations = operations
        self._language = language
        self._around = Surroundings(operations)
        with gr.Column(scale=2, min_width=320, elem_id="panel"):
            with gr.Column(elem_id="sources-box") as self.sources_box:
                self.sources = gr.Markdown(elem_id="sources", latex_delimiters=[])
            with gr.Column(elem_id="reader-box", visible=False) as self.reader_box:
                self.back = gr.Button(words("back"), elem_id="back", size="sm")
                self.reader = gr.Markdown(elem_id="reader", latex_delimiters=[])
            self.archive = Archive(conversations, words)
        # Filled and pressed by the page's script when a link into an article is followed.
        self.place = gr.Textbox(elem_id="source-place", elem_classes="bridge", show_label=False)
        self.open = gr.Button("", elem_id="source-open", elem_classes="bridge")

    @property
    def boxes(self) -> list[Any]:
        """What ``closed`` shows and hides."""
        return [self.sources_box, self.reader_box, self.archive.box]

    def connect(self, turns: gr.State) -> None:
        """Let links open articles, and buttons close them; none of the events is public."""
        opening = [self.sources, self.reader, self.back, *self.boxes]
        self.open.click(self.opened, [self.place, turns], opening, **PRIVATE)
        gr.on([self.back.click, self.archive.back.click], self.closed, None, self.boxes, **PRIVATE)

    def opened(self, reference: str, turns: list[Turn], request: gr.Request) -> Updates:
        """The article that a link names, in the version that it quotes, with its words marked."""
        language = self._language(request)
        updates: Updates = {**self.closed(), self.sources_box: shown(False), self.reader_box: shown(True)}
        # A link from elsewhere opens an article where there are no sources to go back to.
        updates[self.back] = say(language, "back" if turns else "close")
        found = place(reference, turns)
        if found:
            updates[self.sources] = self.cards(turns[found[0] - 1].answer, found[0], language)
        passage: Mapping[str, Any] | None = found[1] if found else places.read(reference)
        if passage is None:
            return updates | {self.reader: reader.unreadable(say(language, "gone"), language)}
        return updates | {self.reader: reader.opened(self._operations, passage, language)}

    def closed(self) -> Updates:
        """The cards again."""
        return {
            self.sources_box: shown(True),
            self.reader_box: shown(False),
            self.archive.box: shown(False),
        }

    def newest(self, turns: Sequence[Turn], language: str) -> Updates:
        """The cards of the last turn."""
        return {self.sources: self.cards(turns[-1].answer if turns else None, len(turns), language)}

    def cards(self, answer: dict[str, Any] | None, turn: int, language: str) -> str:
        """The cards of a turn's answer."""
        return panel.sources(answer, turn, language, self._around)
