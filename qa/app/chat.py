"""The Chat tab: questions, their growing answers, and what is done with an answer once it is there.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from qa.app import answers, chats, shelf, suggest, talk
from qa.app.beside import Beside
from qa.app.composer import Composer
from qa.app.errors import explained
from qa.app.events import PRIVATE, Updates, shown
from qa.app.examples import Examples
from qa.app.narrow import narrowed
from qa.app.past import Past
from qa.app.preferences import Preferences, preferred
from qa.app.talk import Wish
from qa.app.turns import Turn, messages
from qa.conversations import Conversation, Conversations
from qa.operations import Operations
from vectorstore.errors import UserError


class Chat:
    """The tab's parts and what happens on each event. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
        examples: Sequence[str],
        conversations: Conversations,
        preferences: Preferences,
    ) -> None:
        self._operations = operations
        self._preferences = preferences
        self._language = language
        self._examples = examples
        self._tried = Examples(operations)
        self.turns = gr.State([])
        self.saved = gr.State(Conversation(()))  # under which id and title the turns are kept
        with gr.Row(elem_id="chat-row", equal_height=False):
            with gr.Column(scale=3, min_width=320, elem_id="conversation"):
                self._build_conversation()
                self.composer = Composer(operations, language, words)
            self.beside = Beside(operations, conversations, language, words)
        self.archive = self.beside.archive
        # Filled and pressed by the page's script when a link asks for something to be done with a turn.
        self.deed = gr.Textbox(elem_id="deed-name", elem_classes="bridge", show_label=False)
        self.act = gr.Button("", elem_id="deed-do", elem_classes="bridge")

    def _build_conversation(self) -> None:
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

    @property
    def arrival(self) -> list[Any]:
        """The parts that ``begin`` fills."""
        own = [self.welcome, self.chat, self.turns, self.saved, self.beside.sources]
        return [*own, *self.composer.parts, *self.beside.boxes]

    def connect(self) -> None:
        """Let each event do its work; all of them are the page's own, none is public."""
        composer, model = self.composer, self._preferences.model
        gr.on(composer.sending, self.beside.closed, None, self.beside.boxes, **PRIVATE)
        # "once" would hold for a second after a stop; the page's script sees to it.
        often: dict[str, Any] = PRIVATE | {"trigger_mode": "multiple"}
        asked = [composer.question, self.turns, composer.editing]
        asked += [*composer.narrowing, *self._preferences.fields]
        model.change(self._preferences.leaves, [model], [composer.leaves], **PRIVATE)
        asking = gr.on(composer.sending, self.ask, asked, self.arrival, **often)
        deed = [self.deed, self.turns, *composer.narrowing]
        again = self.act.click(self.acted, deed, self.arrival, **often)
        self._connect_ends([asking, again])
        past = Past(self.archive, self.saved, self.beside.boxes[:2], self._language, self.reopened)
        past.connect(composer.chats, self.arrival, [asking, again])
        self.beside.connect(self.turns)
        composer.connect()

    def _connect_ends(self, running: list[Any]) -> None:
        """What follows an answer that is whole, failed, or was stopped or left."""
        kept = [self.turns, self.saved]
        ended = [self.chat, *kept, self.composer.send, self.composer.stop]
        for event in running:
            event.success(self.settled, kept, [self.chat, self.saved, self.composer.follow], **PRIVATE)
            event.failure(self.failed, kept, ended, **PRIVATE)
        self.composer.stop.click(self.stopped, kept, ended, cancels=running, **PRIVATE)
        self.composer.fresh.click(self.begin, None, self.arrival, cancels=running, **PRIVATE)

    def begin(self, request: gr.Request) -> Updates:
        """An empty chat, as on arrival. What has been typed meanwhile stays."""
        language = self._language(request)
        return {
            self.turns: [],
            self.saved: Conversation(()),
            self.welcome: gr.update(value=self.greet(request), visible=True),
            self.chat: gr.update(value=[], visible=False),
            self.composer.follow: "",
            self.composer.fresh: shown(False),
            **self.beside.newest([], language),
            **self.beside.closed(),
            **self.composer.buttons(running=False),
            **self.composer.left(None),
            **self.composer.narrow.fresh(language),
        }

    def greet(self, request: gr.Request) -> str:
        """What an empty chat shows, by what is stored by now."""
        language = self._language(request)
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return answers.problem(explained(error, language))
        recent = chats.recent(self.archive.recent(request), language)
        return shelf.welcome(stored, self._examples or self._tried.of(stored), language, recent)

    def ask(
        self,
        text: str,
        turns: list[Turn],
        editing: int,
        aside: list[str] | None,
        first: str,
        last: str,
        outlet: str | None,
        model: str | None,
        today: str | None,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Show the question at once, then its answer as it grows."""
        if not (text or "").strip():
            yield {self.composer.question: ""}
            return
        before = turns[: editing - 1] if editing else turns
        options = narrowed(first, last, outlet) | preferred(model, today)
        wish = Wish(text.strip(), options, before)
        yield from self._answered(wish, self.composer.left(aside), self._language(request))

    def acted(
        self,
        reference: str,
        turns: list[Turn],
        aside: list[str] | None,
        first: str,
        last: str,
        outlet: str,
        request: gr.Request,
    ) -> Iterator[Updates]:
        """Do what a link of a turn says: judge it, change it, or ask it again."""
        language = self._language(request)
        kind, wish = reference.partition("-")[0], talk.again(reference, turns)
        judged = talk.judged(reference, turns, language)
        if judged:
            yield {self.chat: messages(judged[1], language), self.turns: judged[1]}
        elif wish and kind in ("edit", "change"):
            told = turns[len(wish.before)].answer or {}
            window = told.get("window") if kind == "change" else None
            kept = {self.composer.narrow.aside: aside or [first, last, outlet]}
            yield self.composer.edited(wish, window) | kept
        elif wish:
            yield from self._answered(wish, self.composer.narrow.shown(wish.options), language)

    def _answered(self, wish: Wish, also: Updates, language: str) -> Iterator[Updates]:
        # Gradio sends differences and writes them into what the browser may not have shown yet: a part that one
        # yield sets and the next leaves out can get lost. So each yield tells the same parts; ``settled`` follows.
        running = {
            self.welcome: shown(False),
            self.composer.fresh: shown(True),
            self.composer.follow: "",
            **self.composer.buttons(running=True),
        }
        grown: Updates = {}
        for turns in talk.asked(self._operations, wish, language):
            first = {self.composer.question: "", **also} if not grown else {}
            grown = self._grown(turns, language)
            yield {**running, **first, **grown}
        yield {**running, **grown, **self.composer.buttons(running=False)}

    def settled(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Updates:
        """The chat once more when an answer is whole, and saved.

        The browser takes what a stream changed for what it shows, even where it fell behind and skipped the last of
        it. A value of its own that differs by a space makes it look again.
        """
        return {
            self.chat: messages(turns, self._language(request)),
            self.saved: self.archive.save(request, saved, turns, self._language(request)),
            self.composer.follow: self._follow_ups(turns, request),
        }

    def _follow_ups(self, turns: Sequence[Turn], request: gr.Request) -> str:
        language = self._language(request)
        try:
            stored = self._operations.articles()["articles"]
        except UserError:
            return ""
        told = turns[-1].answer if turns else None
        return suggest.shown(suggest.follow_ups(told, stored, language), language)

    def stopped(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Updates:
        """The answer stays as far as it had come, and says that it was stopped."""
        told = answers.stopped(len(turns), self._language(request))
        return self._ended(talk.broken_off(turns, told), saved, request)

    def failed(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Any:
        """Something broke that nobody foresaw: say so, and let the next question be asked.

        Gradio calls this after a stop and in a new chat too, where all has been said.
        """
        if not turns or turns[-1].ended:
            return gr.skip()
        told = talk.failed(len(turns), self._language(request))
        return self._ended(talk.broken_off(turns, told), saved, request)

    def _ended(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Updates:
        return {
            self.chat: messages(turns, self._language(request)),
            self.turns: turns,
            self.saved: self.archive.save(request, saved, turns, self._language(request)),
            **self.composer.buttons(running=False),
        }

    def reopened(self, saved: Conversation, turns: list[Turn], request: gr.Request) -> Updates:
        """A saved chat, to go on where it ended."""
        return {
            **self.begin(request),
            self.welcome: shown(False),
            self.composer.fresh: shown(True),
            **self._grown(turns, self._language(request)),
            self.saved: saved,
            self.composer.follow: self._follow_ups(turns, request),
        }

    def _grown(self, turns: list[Turn], language: str) -> Updates:
        shown_now = messages(turns, language)
        shown_now[-1]["content"] += " "
        chat = gr.update(value=shown_now, visible=True)
        return {self.chat: chat, self.turns: turns, **self.beside.newest(turns, language)}
