"""The page's layout: the header, the tabs, and what is filled in when a browser arrives.

Imports Gradio: only ``server.build`` may load this module, when called.
"""

from collections.abc import Sequence

import gradio as gr
from starlette.datastructures import Headers

from qa.app import api
from qa.app.chat import Chat
from qa.app.check import Check
from qa.app.dress import page_language
from qa.app.events import PRIVATE
from qa.app.markup import escape, side, tag
from qa.app.preferences import Preferences, look
from qa.app.stock import Stock
from qa.app.words import LANGUAGES, NAMES, WORDS, say
from qa.conversations import Conversations
from qa.operations import Operations

ASKERS = 8
"""Questions answered at once; further ones wait in a queue."""
MOST_WAITING = 64


def header(language: str) -> str:
    """The name, and the switches for language and light."""
    mark = tag("span", "", class_="mark")
    name = tag("span", "Isnad", class_="latin") + " " + tag("span", "إسناد", class_="arabic", lang="ar")
    brand = tag(
        "div", mark + name + tag("span", escape(say(language, "tagline")), class_="tagline"), class_="brand"
    )
    choices = "".join(
        tag("a", short, href=f"#language-{code}", title=NAMES[code], lang=code)
        for code, short in (("ar", "ع"), ("en", "EN"), ("fr", "FR"))
    )
    hint = say(language, "theme")
    light = tag("a", tag("span", escape(hint), class_="unseen"), href="#theme", class_="light", title=hint)
    return tag(
        "div", brand + tag("div", choices + light, class_="switches"), class_="top", dir=side(language)
    )


def translations() -> dict[str, dict[str, str]]:
    """What Gradio puts in place of a key, in the browser's language."""
    return {
        language: {
            **WORDS[language],
            **_gradio(language),
            "header": header(language),
            "add_heading": tag("h2", escape(say(language, "add"))),
            "settings_look": look(language),
            "settings_answers": tag("h2", escape(say(language, "settings_answers"))),
            "chats_heading": tag("h2", escape(say(language, "chats"))),
        }
        for language in LANGUAGES
    }


def _gradio(language: str) -> dict[str, str]:
    """Gradio's own words that show on the page, under its own keys."""
    own = {
        "upload_text.drop_file": "upload_drop",
        "upload_text.click_to_upload": "upload_choose",
        "common.or": "upload_or",
    }
    return {key: say(language, word) for key, word in own.items()}


def page(
    operations: Operations,
    conversations: Conversations,
    language_setting: str | None,
    examples: Sequence[str] = (),
) -> tuple[gr.Blocks, gr.I18n]:
    """The page over ``operations``, not yet mounted, and its translations.

    ``examples`` are questions offered in an empty chat, instead of ones made of the stored titles.
    """

    def language(request: gr.Request) -> str:
        return page_language(language_setting, Headers(dict(request.headers)))

    words = gr.I18n(**translations())
    with gr.Blocks(title="Isnad إسناد", analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(words("header"), elem_id="top")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(words("chat"), id="chat", elem_id="chat-tab") as chat_tab:
                preferences = Preferences(operations, language, words)
                chat = Chat(operations, language, words, examples, conversations, preferences)
            with gr.Tab(words("articles"), id="articles", elem_id="articles-tab") as stock_tab:
                stock = Stock(operations, language, words)
            with gr.Tab(words("check"), id="check", elem_id="check-tab"):
                check = Check(operations, language, words)
            with gr.Tab(words("settings"), id="settings", elem_id="settings-tab"):
                preferences.render()
        # First, so that the contract's names are theirs and not those of the page's own events.
        api.offer(operations)
        chat.connect()
        stock.connect()
        check.connect()
        stock_tab.select(stock.listed, set(stock.sieve), stock.list, **PRIVATE)
        chat_tab.select(chat.greet, None, [chat.welcome], **PRIVATE)
        blocks.load(chat.begin, None, chat.arrival, **PRIVATE)
        kept = [*preferences.fields, preferences.told, chat.composer.leaves]
        blocks.load(preferences.arrived, [preferences.kept], kept, **PRIVATE)
        blocks.load(stock.listed, set(stock.sieve), stock.list, **PRIVATE)
    blocks.queue(default_concurrency_limit=ASKERS, max_size=MOST_WAITING)
    return blocks, words
