"""The saved chats as the page lists them: open, rename, export, delete."""

from collections.abc import Sequence
from itertools import groupby

from qa.app.dates import written
from qa.app.markup import escape, side, tag, words
from qa.app.words import count, say
from qa.conversations import Listed

MOST_LISTED = 200
MOST_RECENT = 4
_DEEDS = ("rename", "md", "json", "doubt")


def listed(chats: Sequence[Listed], language: str, current: str = "", doubted: str = "") -> str:
    """The chats under their days, links ``#chat-DEED-ID``. ``doubted`` is the one to be deleted, if any."""
    if not chats:
        return _box(tag("p", escape(say(language, "no_chats")), class_="empty"), language)
    days = groupby(chats[:MOST_LISTED], key=lambda each: each.changed.date().isoformat())
    parts = [
        tag("h3", escape(written(day, language)))
        + tag("ul", "".join(tag("li", _row(each, language, current, doubted)) for each in of_day))
        for day, of_day in days
    ]
    return _box("".join(parts), language)


def recent(chats: Sequence[Listed], language: str) -> str:
    """The last few chats, for the page's first view; nothing where there are none."""
    if not chats:
        return ""
    heading = tag("h2", escape(say(language, "recent_chats")))
    items = "".join(tag("li", _opening(each)) for each in chats[:MOST_RECENT])
    return tag("div", heading + tag("ul", items), class_="recent")


def _box(content: str, language: str) -> str:
    return tag("div", content, class_="chats", dir=side(language), lang=language)


def _opening(chat: Listed, current: str = "") -> str:
    kind = "title current" if chat.id == current else "title"
    return words("a", chat.title, href=f"#chat-open-{chat.id}", class_=kind)


def _row(chat: Listed, language: str, current: str, doubted: str) -> str:
    if chat.id == doubted:
        return _opening(chat, current) + _doubt(chat, language)
    amount = tag("span", escape(count(language, "questions", chat.exchanges)), class_="amount")
    deeds = "".join(
        tag("a", escape(say(language, f"chat_{deed}")), href=f"#chat-{deed}-{chat.id}", class_=deed)
        for deed in _DEEDS
    )
    return _opening(chat, current) + tag("div", amount + deeds + _form_words(language), class_="deeds")


def _form_words(language: str) -> str:
    """What the page's script calls the parts of the form for another title: the box, and its two buttons."""
    keys = ("chat_title", "save", "cancel")
    return tag("div", "".join(tag("p", escape(say(language, key))) for key in keys), class_="kept")


def _doubt(chat: Listed, language: str) -> str:
    asked = tag("span", escape(say(language, "delete_for_good")))
    yes = tag("a", escape(say(language, "chat_delete")), href=f"#chat-delete-{chat.id}", class_="yes")
    no = tag("a", escape(say(language, "confirm_no")), href="#chat-keep-0", class_="no")
    return tag("div", asked + yes + no, class_="deeds doubt")


def file(name: str, content: str) -> str:
    """A file for the page's script to save: a line a paragraph, out of sight."""
    lines = "".join(tag("p", escape(line)) for line in content.split("\n"))
    return tag("div", lines, class_="kept file", title=name)
