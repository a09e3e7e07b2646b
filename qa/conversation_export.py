"""A saved chat as a file of its own, in Markdown or JSON: changes with what such a file should hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.citations import marks
from qa.compose import escaped
from qa.conversations import Conversation, Exchange
from qa.phrases import say

Json = dict[str, Any]
MARKED = ("partial", "unsupported")


def to_markdown(conversation: Conversation) -> str:
    """The chat with a footnote a citation, numbered through; ``isnad verify`` reads it again.

    Titles, outlets and quotations are escaped, so that no word of an article turns into markup. A sentence that its
    citations don't wholly carry says so.
    """
    parts, notes = [f"# {escaped(conversation.title)}"], list[str]()
    for exchange in conversation.exchanges:
        parts += [f"## {escaped(exchange.question)}", *_answer(exchange, len(notes))]
        notes += [
            _note(number, each) for number, each in enumerate(_citations(exchange), start=len(notes) + 1)
        ]
    return "\n\n".join([*parts, "\n".join(notes)]).rstrip() + "\n"


def to_json(conversation: Conversation) -> Json:
    """The chat with every answer as ``ask`` returned it."""
    return {
        "title": conversation.title,
        "began": conversation.began.isoformat(timespec="seconds") if conversation.began else None,
        "changed": conversation.changed.isoformat(timespec="seconds") if conversation.changed else None,
        "exchanges": [
            {
                "question": each.question,
                "options": dict(each.options),
                "answer": each.answer,
                "ended": each.ended,
                "verdict": each.verdict,
            }
            for each in conversation.exchanges
        ],
    }


def _citations(exchange: Exchange) -> Sequence[Json]:
    return (exchange.answer or {}).get("citations") or ()


def _answer(exchange: Exchange, before: int) -> list[str]:
    """The answer's notice and text, its marks as footnotes ``before`` others."""
    if exchange.answer is None:
        return []
    language = exchange.answer["language"]
    notice = exchange.answer.get("notice")
    text = _told_support(exchange.answer, language)
    places = {each["n"]: f"[^{before + at}]" for at, each in enumerate(_citations(exchange), start=1)}
    for mark in reversed(marks(text)):
        notes = "".join(places.get(number, "") for number in mark.numbers)
        text = text[: mark.start] + notes + text[mark.end :]
    return [*([f"*{escaped(notice)}*"] if notice else []), text]


def _told_support(answer: Mapping[str, Any], language: str) -> str:
    """The answer's text with a remark after each sentence that isn't wholly carried."""
    text: str = answer["answer"]
    for sentence in sorted(answer.get("sentences") or (), key=lambda each: -each["end"]):
        if sentence["support"] in MARKED:
            remark = f" *({say(sentence['support'], language)})*"
            text = text[: sentence["end"]] + remark + text[sentence["end"] :]
    return text


def _note(number: int, citation: Json) -> str:
    """One footnote: the words, whose they are, and where the very version is found."""
    facts = [citation["source"], citation["title"], citation["published"]]
    place = f"{citation['article_id']} {citation['version']}"
    told = ", ".join(escaped(each) for each in facts if each)
    address = f", {escaped(citation['url'])}" if citation["url"] else ""
    return f"[^{number}]: “{escaped(citation['quote'])}” — {told}{address} ({place})"
