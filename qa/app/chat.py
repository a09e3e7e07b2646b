"""The Chat tab: questions, growing answers, and the panel that opens a source.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import gradio as gr

from qa.app import answers, chats, panel, places, reader, shelf, suggest, talk
from qa.app.archive import Archive
from qa.app.errors import explained
from qa.app.events import PRIVATE, Updates, shown
from qa.app.narrow import Narrow, narrowed
from qa.app.past import Past
from qa.app.preferences import Preferences, preferred
from qa.app.surroundings import Surroundings
from qa.app.talk import Wish
from qa.app.turns import Turn, messages, place
from qa.app.words import say
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
        self._conversations = conversations
        self._language = language
        self._examples = examples
        self._around = Surroundings(operations)
        self._build(words)

    def _build(self, words: Callable[[str], Any]) -> None:
        self.turns = gr.State([])
        self.saved = gr.State(Conversation(()))  # under which id and title the turns are kept
        self.editing = gr.State(0)  # the number of the turn that the next question replaces
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
                self._build_composer(words)
            with gr.Column(scale=2, min_width=320, elem_id="panel"):
                with gr.Column(elem_id="sources-box") as self.sources_box:
                    self.sources = gr.Markdown(elem_id="sources", latex_delimiters=[])
                with gr.Column(elem_id="reader-box", visible=False) as self.reader_box:
                    self.back = gr.Button(words("back"), elem_id="back", size="sm")
                    self.reader = gr.Markdown(elem_id="reader", latex_delimiters=[])
                self.archive = Archive(self._conversations, words)
        # Filled and pressed by the page's script when a link is followed: into a source, or to ask in another way.
        self.place = gr.Textbox(elem_id="source-place", elem_classes="bridge", show_label=False)
        self.open = gr.Button("", elem_id="source-open", elem_classes="bridge")
        self.deed = gr.Textbox(elem_id="deed-name", elem_classes="bridge", show_label=False)
        self.act = gr.Button("", elem_id="deed-do", elem_classes="bridge")

    def _build_composer(self, words: Callable[[str], Any]) -> None:
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
                max_length=4000,
            )
            self.send = gr.Button(words("send"), variant="primary", elem_id="send", scale=0, min_width=88)
            self.stop = gr.Button(words("stop"), elem_id="stop", scale=0, min_width=88, visible=False)
        self.leaves = gr.Markdown(elem_id="leaves", latex_delimiters=[])
        with gr.Row(elem_id="below"):
            self.narrow = Narrow(self._operations, self._language, words)
            self.chats = gr.Button(words("chats"), elem_id="chats-button", size="sm", scale=0, min_width=60)
            self.fresh = gr.Button(
                words("new_chat"), elem_id="new-chat", size="sm", scale=0, min_width=60, visible=False
            )

    @property
    def arrival(self) -> list[Any]:
        """The parts that ``begin`` fills."""
        parts = [self.question, self.welcome, self.chat, self.sources, self.sources_box, self.reader_box]
        parts += [self.send, self.stop, self.fresh, self.turns, self.saved, self.editing, self.editing_note]
        narrow = [self.narrow.box, *self.narrow.fields, self.narrow.aside]
        return [*parts, *narrow, self.archive.box, self.follow]

    def connect(self) -> None:
        """Let each event do its work; all of them are the page's own, none is public."""
        boxes = [self.sources_box, self.reader_box, self.archive.box]
        sending = [self.question.submit, self.send.click, self.narrow.first.submit, self.narrow.last.submit]
        gr.on(sending, self.closed, None, boxes, **PRIVATE)
        # "once" would hold for a second after a stop; the page's script sees to it.
        often: dict[str, Any] = PRIVATE | {"trigger_mode": "multiple"}
        narrow = [self.narrow.aside, *self.narrow.fields]
        asked = [self.question, self.turns, self.editing, *narrow, *self._preferences.fields]
        model = self._preferences.model
        model.change(self._preferences.leaves, [model], [self.leaves], **PRIVATE)
        asking = gr.on(sending, self.ask, asked, self.arrival, **often)
        again = self.act.click(self.acted, [self.deed, self.turns, *narrow], self.arrival, **often)
        ended = [self.chat, self.turns, self.saved, self.send, self.stop]
        kept = [self.turns, self.saved]
        for event in (asking, again):
            event.success(self.settled, kept, [self.chat, self.saved, self.follow], **PRIVATE)
            event.failure(self.failed, kept, ended, **PRIVATE)
        self.stop.click(self.stopped, kept, ended, cancels=[asking, again], **PRIVATE)
        self.fresh.click(self.begin, None, self.arrival, cancels=[asking, again], **PRIVATE)
        past = Past(self.archive, self.saved, boxes[:2], self._language, self.reopened)
        past.connect(self.chats, self.arrival, [asking, again])
        self.archive.back.click(self.closed, None, boxes, **PRIVATE)
        opening = [self.sources, self.reader, *boxes]
        self.open.click(self.opened, [self.place, self.turns], opening, **PRIVATE)
        self.back.click(self.closed, None, boxes, **PRIVATE)
        self.narrow.connect()
        left = [self.question, self.editing, self.editing_note, *narrow]
        self.cancel.click(
            lambda aside: {self.question: "", **self.left(aside)}, [self.narrow.aside], left, **PRIVATE
        )

    def begin(self, request: gr.Request) -> Updates:
        """An empty chat, as on arrival. What has been typed meanwhile stays."""
        language = self._language(request)
        return {
            self.turns: [],
            self.follow: "",
            self.saved: Conversation(()),
            self.welcome: gr.update(value=self._greeting(request), visible=True),
            self.chat: gr.update(value=[], visible=False),
            self.sources: panel.sources(None, 0, language),
            self.fresh: shown(False),
            **self._buttons(running=False),
            **self.closed(),
            **self.left(None),
            **self.narrow.fresh(language),
        }

    def greet(self, request: gr.Request) -> str:
        """What an empty chat shows, by what is stored by now."""
        return self._greeting(request)

    def _greeting(self, request: gr.Request) -> str:
        language = self._language(request)
        try:
            stored = self._operations.articles()["articles"]
        except UserError as error:
            return answers.problem(explained(error, language))
        recent = chats.recent(self.archive.recent(request), language)
        return shelf.welcome(stored, self._examples, language, recent)

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
            yield {self.question: ""}
            return
        before = turns[: editing - 1] if editing else turns
        options = narrowed(first, last, outlet) | preferred(model, today)
        wish = Wish(text.strip(), options, before)
        yield from self._answered(wish, self.left(aside), self._language(request))

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
            yield self._edited(wish, window) | {self.narrow.aside: aside or [first, last, outlet]}
        elif wish:
            yield from self._answered(wish, self.narrow.shown(wish.options), language)

    def _edited(self, wish: Wish, window: Mapping[str, Any] | None) -> Updates:
        """The turn's question in the composer, to be asked anew in its place, in ``window`` if that is to change."""
        fields = self.narrow.filled(wish.options, window) if window else self.narrow.shown(wish.options)
        return {
            self.question: wish.question,
            self.editing: len(wish.before) + 1,
            self.editing_note: shown(True),
            **fields,
        }

    def _answered(self, wish: Wish, also: Updates, language: str) -> Iterator[Updates]:
        # Gradio sends differences and writes them into what the browser may not have shown yet: a part that one
        # yield sets and the next leaves out can get lost. So each yield tells the same parts; ``settled`` follows.
        running = {
            self.welcome: shown(False),
            self.fresh: shown(True),
            self.follow: "",
            **self._buttons(running=True),
        }
        grown: Updates = {}
        for turns in talk.asked(self._operations, wish, language):
            first = {self.question: "", **also} if not grown else {}
            grown = self._grown(turns, language)
            yield {**running, **first, **grown}
        yield {**running, **grown, **self._buttons(running=False)}

    def settled(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Updates:
        """The chat once more when an answer is whole, and saved.

        The browser takes what a stream changed for what it shows, even where it fell behind and skipped the last of
        it. A value of its own that differs by a space makes it look again.
        """
        return {
            self.chat: messages(turns, self._language(request)),
            self.saved: self.archive.save(request, saved, turns, self._language(request)),
            self.follow: self._follow_ups(turns, request),
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
        told = answers.stopped(self._language(request))
        return self._ended(talk.broken_off(turns, told), saved, request)

    def failed(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Any:
        """Something broke that nobody foresaw: say so, and let the next question be asked.

        Gradio calls this after a stop and in a new chat too, where all has been said.
        """
        if not turns or turns[-1].ended:
            return gr.skip()
        told = talk.failed(self._language(request))
        return self._ended(talk.broken_off(turns, told), saved, request)

    def _ended(self, turns: list[Turn], saved: Conversation, request: gr.Request) -> Updates:
        return {
            self.chat: messages(turns, self._language(request)),
            self.turns: turns,
            self.saved: self.archive.save(request, saved, turns, self._language(request)),
            **self._buttons(running=False),
        }

    def reopened(self, saved: Conversation, turns: list[Turn], request: gr.Request) -> Updates:
        """A saved chat, to go on where it ended."""
        return {
            **self.begin(request),
            self.welcome: shown(False),
            self.fresh: shown(True),
            **self._grown(turns, self._language(request)),
            self.saved: saved,
            self.follow: self._follow_ups(turns, request),
        }

    def opened(self, reference: str, turns: list[Turn], request: gr.Request) -> Updates:
        """The article that a link names, in the version that it quotes, with its words marked."""
        language = self._language(request)
        updates: Updates = {**self.closed(), self.sources_box: shown(False), self.reader_box: shown(True)}
        found = place(reference, turns)
        if found:
            updates[self.sources] = self._cards(turns[found[0] - 1].answer, found[0], language)
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

    def left(self, aside: Sequence[str] | None) -> Updates:
        """No earlier question is being edited; what it had put into the narrowing fields goes again."""
        return {self.editing: 0, self.editing_note: shown(False), **self.narrow.restored(aside)}

    def _grown(self, turns: list[Turn], language: str) -> Updates:
        shown_now = messages(turns, language)
        shown_now[-1]["content"] += " "
        return {
            self.chat: gr.update(value=shown_now, visible=True),
            self.sources: self._cards(turns[-1].answer, len(turns), language),
            self.turns: turns,
        }

    def _cards(self, answer: dict[str, Any] | None, turn: int, language: str) -> str:
        return panel.sources(answer, turn, language, self._around)

    def _buttons(self, *, running: bool) -> Updates:
        return {self.send: shown(not running), self.stop: shown(running)}
