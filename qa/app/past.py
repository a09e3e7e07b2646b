"""The saved chats beside the open one: found, opened again, renamed, exported and deleted.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from qa.app import archive
from qa.app.archive import Archive
from qa.app.errors import explained
from qa.app.events import PRIVATE, Updates, shown
from qa.app.turns import Turn
from qa.conversations import Conversation
from vectorstore.errors import UserError

Reopened = Callable[[Conversation, list[Turn], gr.Request], Updates]
"""A saved chat and its turns → the page with that chat open."""


class Past:
    """What happens in the box of saved chats. ``saved`` is the open chat, ``beside`` are the boxes that it hides."""

    def __init__(
        self,
        box: Archive,
        saved: gr.State,
        beside: Sequence[Any],
        language: Callable[[gr.Request], str],
        reopened: Reopened,
    ) -> None:
        self._archive = box
        self._saved = saved
        self._beside = beside
        self._language = language
        self._reopened = reopened

    def connect(self, button: gr.Button, arrival: list[Any], running: list[Any]) -> None:
        """Let each event do its work, none of them public. ``button`` opens the box.

        A chat that is opened fills the parts of ``arrival`` and cancels the events ``running``.
        """
        box = self._archive
        looking = [box.search, self._saved]
        button.click(self.browsed, looking, [*self._beside, box.box, box.list], **PRIVATE)
        box.search.change(self.searched, looking, [box.list], trigger_mode="always_last", **PRIVATE)
        chosen = [*arrival, *box.parts[1:]]
        box.choose.click(self.chosen, [box.choice, box.name, *looking], chosen, cancels=running, **PRIVATE)

    def browsed(self, query: str, saved: Conversation, request: gr.Request) -> Updates:
        """The saved chats, in place of the sources."""
        hidden = {each: shown(False) for each in self._beside}
        return {**hidden, self._archive.box: shown(True), **self.searched(query, saved, request)}

    def searched(self, query: str, saved: Conversation, request: gr.Request) -> Updates:
        """The saved chats that hold the words of ``query``."""
        language = self._language(request)
        return _or_warning(lambda: self._archive.listed(request, language, query, saved.id), language)

    def chosen(
        self, reference: str, title: str, query: str, saved: Conversation, request: gr.Request
    ) -> Updates:
        """Do what a link of a saved chat says: open it, rename it to ``title``, export or delete it."""
        deed, language = archive.deed(reference), self._language(request)
        if deed is None:
            return {}
        what, chat_id = deed

        def done() -> Updates:
            if what == "open":
                return self._reopened(*self._archive.load(request, chat_id, language), request)
            if what == "rename":
                return self._renamed(chat_id, title, query, saved, request)
            return self._archive.acted(what, chat_id, query, saved.id, request, language)

        return _or_warning(done, language)

    def _renamed(
        self, chat_id: str, title: str, query: str, saved: Conversation, request: gr.Request
    ) -> Updates:
        """The chat with its new title, also where it is the open one."""
        language = self._language(request)
        updates = self._archive.renamed(chat_id, title, query, saved.id, request, language)
        if chat_id == saved.id:
            updates[self._saved] = replace(saved, title=title.strip())
        return updates


def _or_warning(work: Callable[[], Updates], language: str) -> Updates:
    try:
        return work()
    except UserError as error:
        gr.Warning(explained(error, language))
        return {}
