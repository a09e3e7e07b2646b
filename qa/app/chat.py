"""The Chat tab: questions, growing answers, and the panel that opens a source.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.app import answers, panel, shelf
from qa.app.events import PRIVATE, Updates, shown
from qa.app.turns import Turn, history, messages, paced, place
from qa.app.words import say
from qa.operations import Operations
from vectorstore.errors import UserError

_PACE_S = 0.05


class Chat:
    """The tab's parts and what happens on each event. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
        examples: Sequence[str],
    ) -> None:
        self._operations = operations
        self._language = language
        self._examples = examples
        self._build(words)

    def _build(self, words: Callable[[str], Any]) -> None:
        self.turns = gr.State([])
        with gr.Row(elem_id="chat-row", equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="conversation"):
                self.welcome = gr.Markdown(elem_id="welcome", latex_delimiters=[])
                self.chat = gr.Chatbot(
                    elem_id="chat",
                    visible=False,
                    show_label=False,
                    container=False,
                    buttons=[],
                    feedback_options=None,
                    latex_delimiters=[],
                    height="100%",
                    layout="panel",
                    autoscroll=False,  # the page's script brings a new question to the top and leaves it there
                )
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
                        max_length=4000,
                    )
                    self.send = gr.Button(
                        words("send"), variant="primary", elem_id="send", scale=0, min_width=88
                    )
                    self.stop = gr.Button(words("stop"), elem_id="stop", scale=0, min_width=88, visible=False)
                self.fresh = gr.Button(words("new_chat"), elem_id="new-chat", size="sm", visible=False)
            with gr.Column(scale=2, min_width=320, elem_id="panel"):
                with gr.Column(elem_id="sources-box") as self.sources_box:
                    self.sources = gr.Markdown(elem_id="sources", latex_delimiters=[])
                with gr.Column(elem_id="reader-box", visible=False) as self.reader_box:
                    self.back = gr.Button(words("back"), elem_id="back", size="sm")
                    self.reader = gr.Markdown(elem_id="reader", latex_delimiters=[])
        # Filled and pressed by the page's script when a link to a source is followed.
        self.place = gr.Textbox(elem_id="source-place", elem_classes="bridge", show_label=False)
        self.open = gr.Button("", elem_id="source-open", elem_classes="bridge")

    def connect(self) -> None:
        """Let each event do its work; all of them are the page's own, none is public."""
        grown = [self.question, self.welcome, self.chat, self.sources, self.sources_box, self.reader_box]
        grown += [self.send, self.stop, self.fresh, self.turns]
        boxes = [self.sources_box, self.reader_box]
        gr.on([self.question.submit, self.send.click], self.closed, None, boxes, **PRIVATE)
        asking = gr.on(
            [self.question.submit, self.send.click],
            self.ask,
            [self.question, self.turns],
            grown,
            trigger_mode="multiple",  # "once" would hold for a second after a stop; the page's script sees to it
            **PRIVATE,
        )
        ended = [self.chat, self.turns, self.send, self.stop]
        asking.failure(self.failed, [self.turns], ended, **PRIVATE)
        self.stop.click(self.stopped, [self.turns], ended, cancels=[asking], **PRIVATE)
        self.fresh.click(self.begin, None, grown, cancels=[asking], **PRIVATE)
        opening = [self.sources, self.reader, self.sources_box, self.reader_box]
        self.open.click(self.opened, [self.place, self.turns], opening, **PRIVATE)
        self.back.click(self.closed, None, boxes, **PRIVATE)

    def begin(self, request: gr.Request) -> Updates:
        """An empty chat, as on arrival."""
        language = self._language(request)
        return {
            self.turns: [],
            self.welcome: gr.update(value=self._greeting(language), visible=True),
            self.chat: gr.update(value=[], visible=False),
            self.sources: panel.sources(None, 0, language),
            self.fresh: shown(False),
            **self._buttons(running=False),
            **self.closed(),
        }

    def greet(self, request: gr.Request) -> str:
        """What an empty chat shows, by what is stored by now."""
        return self._greeting(self._language(request))

    def _greeting(self, language: str) -> str:
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return answers.problem(str(error))
        return shelf.welcome(stored, self._examples, language)

    def ask(self, text: str, turns: list[Turn], request: gr.Request) -> Iterator[Updates]:
        """Show the question at once, then its answer as it grows."""
        if not (text or "").strip():
            yield {self.question: ""}
            return
        language, number = self._language(request), len(turns) + 1
        earlier, turn = turns, Turn(text.strip(), answers.waiting(language))
        # Gradio sends differences and writes them into what the browser may not have shown yet: a part that one
        # yield sets and the next leaves out can get lost. So each yield tells the same parts.
        running = {self.welcome: shown(False), self.fresh: shown(True), **self._buttons(running=True)}
        yield {self.question: "", **running, **self._grown([*earlier, turn], language)}
        try:
            growing: Any = self._operations.ask(turn.question, history=history(earlier))
            with closing(growing):
                for told in paced(growing, _PACE_S):
                    turn = replace(turn, answer=told, message=answers.answer(told, number, language))
                    yield {**running, **self._grown([*earlier, turn], language)}
        except UserError as error:
            turn = replace(turn, answer=None, message=answers.problem(str(error)))
        yield {**running, **self._grown([*earlier, turn], language), **self._buttons(running=False)}

    def stopped(self, turns: list[Turn], request: gr.Request) -> Updates:
        """The answer stays as far as it had come, and says that it was stopped."""
        return self._ended(turns, answers.stopped(self._language(request)))

    def failed(self, turns: list[Turn], request: gr.Request) -> Any:
        """Something broke that nobody foresaw: say so, and let the next question be asked.

        Gradio calls this after a stop and in a new chat too, where all has been said.
        """
        if not turns or turns[-1].ended:
            return gr.skip()
        return self._ended(turns, answers.problem(say(self._language(request), "broken")))

    def _ended(self, turns: list[Turn], told: str) -> Updates:
        if turns:
            last = turns[-1]
            begun = last.message if last.answer else ""
            turns = [*turns[:-1], replace(last, message=begun + told, ended=True)]
        return {self.chat: messages(turns), self.turns: turns, **self._buttons(running=False)}

    def opened(self, reference: str, turns: list[Turn], request: gr.Request) -> Updates:
        """The article of a citation, in the version that it quotes, with its words marked."""
        language = self._language(request)
        found = place(reference, turns)
        updates: Updates = {self.sources_box: shown(False), self.reader_box: shown(True)}
        if found is None:
            return updates | {self.reader: panel.unreadable(say(language, "gone"), language)}
        number, passage = found
        updates[self.sources] = panel.sources(turns[number - 1].answer, number, language)
        return updates | {self.reader: self._article(passage, language)}

    def _article(self, passage: dict[str, Any], language: str) -> str:
        try:
            article = self._operations.show(passage["article_id"], version=passage["version"])
        except UserError as error:
            return panel.unreadable(str(error), language)
        return panel.reader(article, (passage["start"], passage["end"]), language)

    def closed(self) -> Updates:
        """The cards again."""
        return {self.sources_box: shown(True), self.reader_box: shown(False)}

    def _grown(self, turns: list[Turn], language: str) -> Updates:
        latest = turns[-1].answer
        return {
            self.chat: gr.update(value=messages(turns), visible=True),
            self.sources: panel.sources(latest, len(turns), language),
            self.turns: turns,
        }

    def _buttons(self, *, running: bool) -> Updates:
        return {self.send: shown(not running), self.stop: shown(running)}
