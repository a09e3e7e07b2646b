"""The box of saved chats beside the conversation: its parts, and whose chats it shows.

Imports Gradio: only ``server.build`` may load this module, when called.
"""

import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.app import chats
from qa.app.answers import stopped
from qa.app.errors import explained
from qa.app.events import Updates
from qa.app.owner import owner
from qa.app.talk import rendered
from qa.app.turns import Turn
from qa.conversation_export import to_json, to_markdown
from qa.conversations import Conversation, Conversations, Exchange, Listed
from vectorstore.errors import NotFound, UserError

log = logging.getLogger(__name__)

_DEED = re.compile(r"chat-(open|rename|md|json|doubt|delete|keep)-([\w-]{1,64})")
_UNSAFE = re.compile(r"[^\w-]+")


class Archive:
    """The box's parts. Built inside an open ``gradio.Blocks``."""

    def __init__(self, conversations: Conversations, words: Callable[[str], Any]) -> None:
        self._conversations = conversations
        with gr.Column(elem_id="chats-box", visible=False) as self.box:
            self.back = gr.Button(words("close"), elem_id="chats-back", size="sm")
            gr.Markdown(words("chats_heading"), elem_id="chats-heading")
            self.search = gr.Textbox(
                elem_id="chats-search",
                value="",
                show_label=False,
                label=words("search_chats"),
                placeholder=words("search_chats"),
                max_lines=1,
                max_length=200,
            )
            self.list = gr.Markdown(elem_id="chats-list", latex_delimiters=[])
        # Filled and pressed by the page's script when a link of a saved chat is followed.
        self.choice = gr.Textbox(elem_id="chats-place", elem_classes="bridge", show_label=False)
        self.name = gr.Textbox(elem_id="chats-name", elem_classes="bridge", show_label=False, max_length=200)
        self.choose = gr.Button("", elem_id="chats-open", elem_classes="bridge")
        self.outbox = gr.Markdown(elem_id="outbox", elem_classes="bridge", latex_delimiters=[])

    @property
    def parts(self) -> list[Any]:
        """What ``listed``, ``acted`` and ``renamed`` change."""
        return [self.box, self.list, self.outbox]

    def recent(self, request: gr.Request) -> Sequence[Listed]:
        """The owner's chats, the last changed first; none where they can't be read."""
        mine = owner(request)
        try:
            return self._conversations.list(mine) if mine else ()
        except UserError as error:
            log.warning("%s", error)
            return ()

    def listed(
        self, request: gr.Request, language: str, query: str = "", current: str = "", doubted: str = ""
    ) -> Updates:
        """The owner's chats that hold the words of ``query``."""
        mine = owner(request)
        found = self._conversations.list(mine, query) if mine else []
        return {self.list: chats.listed(found, language, current, doubted)}

    def save(
        self, request: gr.Request, chat: Conversation, turns: Sequence[Turn], language: str
    ) -> Conversation:
        """The chat stored with these turns. One that can't be stored goes on unsaved, with a word about it."""
        mine = owner(request)
        if mine is None or not any(each.answer for each in turns):
            return chat
        try:
            saved = self._conversations.save(mine, replace(chat, exchanges=tuple(map(_exchange, turns))))
            return replace(saved, exchanges=())
        except UserError as error:
            gr.Warning(explained(error, language))
            return chat

    def load(self, request: gr.Request, chat_id: str, language: str) -> tuple[Conversation, list[Turn]]:
        """A saved chat and its turns. Raises ``NotFound``."""
        chat = self._conversations.load(_mine(request), chat_id)
        turns = [
            rendered(_turn(each, number, language), number, language)
            for number, each in enumerate(chat.exchanges, start=1)
        ]
        return replace(chat, exchanges=()), turns

    def acted(
        self, deed: str, chat_id: str, query: str, current: str, request: gr.Request, language: str
    ) -> Updates:
        """Export or delete a chat. Raises ``UserError``."""
        mine = _mine(request)
        if deed in ("md", "json"):
            chat = self._conversations.load(mine, chat_id)
            text = (
                to_markdown(chat) if deed == "md" else json.dumps(to_json(chat), ensure_ascii=False, indent=1)
            )
            name = _UNSAFE.sub("-", chat.title).strip("-")[:60] or "chat"
            return {self.outbox: chats.file(f"{name}.{deed}", text)}
        if deed == "delete":
            self._conversations.delete(mine, chat_id)
        return self.listed(request, language, query, current, chat_id if deed == "doubt" else "")

    def renamed(
        self, chat_id: str, title: str, query: str, current: str, request: gr.Request, language: str
    ) -> Updates:
        """The chats, one of them with its new title. Raises ``NotFound``."""
        self._conversations.rename(_mine(request), chat_id, title)
        return self.listed(request, language, query, current)


def _mine(request: gr.Request) -> str:
    mine = owner(request)
    if mine is None:
        raise NotFound("there is no such saved chat")
    return mine


def deed(reference: str) -> tuple[str, str] | None:
    """What ``chat-open-ID`` asks for and the chat's id, null for any other text."""
    found = _DEED.fullmatch(reference)
    return (found[1], found[2]) if found else None


def _exchange(turn: Turn) -> Exchange:
    return Exchange(turn.question, turn.answer, dict(turn.options), turn.ended, turn.verdict)


def _turn(exchange: Exchange, number: int, language: str) -> Turn:
    return Turn(
        exchange.question,
        stopped(number, language),
        exchange.answer,
        exchange.ended,
        exchange.options,
        exchange.verdict,
    )
