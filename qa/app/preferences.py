"""The Settings tab: which chat model writes, the day that "today" is, the page's language and light.

Imports Gradio, which reads the handlers' annotations: only ``server.build`` may load this module, when called.
"""

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from qa.app import shelf
from qa.app.answers import waiting
from qa.app.errors import explained
from qa.app.events import PRIVATE
from qa.app.markup import escape, isolated, side, tag
from qa.app.words import LANGUAGES, NAMES, say
from qa.operations import Operations
from vectorstore.errors import BadDate, UserError
from vectorstore.times import parse_days

NAMES_OF_OPTIONS = ("llm", "as_of")
"""The options of ``Operations.ask`` that the fields stand for, in their order."""
# Kept in the browser. Gradio encrypts it with this, which hides nothing and needn't: it is no secret.
_STORED_UNDER = {"storage_key": "isnad-preferences", "secret": "isnad-preferences"}


class Preferences:
    """The fields, to be shown later by ``render``. Built inside an open ``gradio.Blocks``."""

    def __init__(
        self,
        operations: Operations,
        language: Callable[[gr.Request], str],
        words: Callable[[str], Any],
    ) -> None:
        self._operations = operations
        self._language = language
        self._words = words
        self.kept = gr.BrowserState(["", ""], **_STORED_UNDER)
        self.model = gr.Textbox(
            value="",
            elem_id="preferred-model",
            label=words("model"),
            placeholder=words("model_hint"),
            max_lines=1,
            max_length=200,
            render=False,
        )
        self.today = gr.Textbox(
            value="",
            elem_id="preferred-day",
            label=words("as_of"),
            placeholder=words("date_hint"),
            max_lines=1,
            max_length=10,
            render=False,
        )

    @property
    def fields(self) -> list[Any]:
        """The fields, in the order of ``NAMES_OF_OPTIONS``."""
        return [self.model, self.today]

    def render(self) -> None:
        """Lay the tab out and let each event do its work; none is public."""
        words = self._words
        with gr.Column(elem_id="settings-box"):
            gr.Markdown(words("settings_look"), elem_id="settings-look")
            gr.Markdown(words("settings_answers"), elem_id="settings-answers")
            self.told = gr.Markdown(elem_id="model-told", latex_delimiters=[])
            with gr.Row(elem_id="model-row"):
                self.model.render()
                test = gr.Button(words("model_test"), elem_id="model-test", scale=0, min_width=90)
            self.tested = gr.Markdown(elem_id="model-tested", latex_delimiters=[])
            self.today.render()
            self.day_told = gr.Markdown(elem_id="day-told", latex_delimiters=[])
            gr.Markdown(words("as_of_hint"), elem_id="as-of-hint")
        gr.on([self.today.blur, self.today.submit], self.judged, [self.today], [self.day_told], **PRIVATE)
        test.click(self.test, [self.model], [self.tested], trigger_mode="once", **PRIVATE)
        for field in self.fields:
            field.change(lambda model, today: [model, a_day(today)], self.fields, [self.kept], **PRIVATE)

    def arrived(self, kept: list[str] | None, request: gr.Request) -> list[Any]:
        """What this browser kept, and which model the server has."""
        model, today = kept if isinstance(kept, list) and len(kept) == 2 else ("", "")
        language = self._language(request)
        return [model, a_day(today), self._server_model(language), self.leaves(model, request)]

    def judged(self, today: str, request: gr.Request) -> str:
        """Why what stands for today is none, so that it isn't used; else nothing."""
        if not today.strip() or a_day(today):
            return ""
        language = self._language(request)
        return shelf.failure(say(language, "as_of_wrong", day=today.strip()), language)

    def _server_model(self, language: str) -> str:
        name = self._operations.model()["model"]
        told = say(language, "model_set", model=name) if name else say(language, "model_none")
        return tag("p", isolated(told), dir=side(language), class_="empty")

    def leaves(self, model: str, request: gr.Request) -> str:
        """The line that says where questions go, where the model isn't on the server's machine; else nothing."""
        language = self._language(request)
        try:
            told = self._operations.model(model.strip() or None)
        except UserError:
            return ""
        if told["local"]:
            return ""
        return tag(
            "p", escape(say(language, "leaves", model=told["model"])), class_="leaves", dir=side(language)
        )

    def test(self, model: str, request: gr.Request) -> Iterator[str]:
        """Ask the model about a stored article, and say whether it answered."""
        language = self._language(request)
        yield waiting(language)
        try:
            stored = self._operations.articles()["articles"]
            questions = shelf.example_questions(stored)
            if not questions:
                yield shelf.failure(say(language, "model_untried"), language)
                return
            *_, told = self._operations.ask(questions[0], llm=model.strip() or None)
        except UserError as error:
            yield shelf.failure(explained(error, language), language)
            return
        yield _test_told(told, language)


def preferred(model: str | None, today: str | None) -> dict[str, str]:
    """The options of ``Operations.ask`` for the fields' values; what is no day isn't among them."""
    named = zip(NAMES_OF_OPTIONS, ((model or "").strip(), a_day(today)), strict=True)
    return {name: value for name, value in named if value}


def a_day(text: str | None) -> str:
    """The one day that ``text`` writes, as ISO; empty where it writes none, a month or a year."""
    try:
        days = parse_days(text or "")
    except BadDate:
        return ""
    return days.first.isoformat() if days.first == days.last else ""


def _test_told(told: dict[str, Any], language: str) -> str:
    if told["mode"] == "llm":
        seconds = round(sum(told["timings_ms"].values()) / 1000, 1)
        return shelf.done(say(language, "model_works", model=told["model"], seconds=seconds), language)
    if told.get("notice"):
        return shelf.failure(told["notice"], language)
    return shelf.done(say(language, "model_not_asked"), language)


def look(language: str) -> str:
    """The choice of language and light, as links that the page's script follows."""
    heading = tag("h2", escape(say(language, "settings_page")))
    links = [
        tag(
            "a",
            NAMES[code],
            href=f"#language-{code}",
            lang=code,
            class_="offer chosen" if code == language else "offer",
        )
        for code in LANGUAGES
    ]
    links.append(tag("a", escape(say(language, "theme")), href="#theme", class_="offer"))
    return tag("div", heading + tag("p", " ".join(links), class_="offers"), dir=side(language))
