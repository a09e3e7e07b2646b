"""An answer's Markdown → safe HTML: a chip for each [n], a mark on what isn't carried, the words that answer set off.

Links, pictures and raw HTML are switched off, so that neither an article's words nor a model's can make one.
"""

import re
from collections.abc import Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from qa.app.key_words import in_sentence, key
from qa.app.markup import direction, escape, isolated, tag
from qa.app.words import say

Json = Mapping[str, Any]
Tokens = Sequence[Token]
Env = MutableMapping[str, Any]

# Where a sentence and the words in it that answer begin and end travels through the Markdown reader as characters
# that no text needs.
_OPEN, _CLOSE, _KEY, _KEY_END = _SIGNS = "\ue000\ue001\ue002\ue003"
_NO_SIGNS = str.maketrans(dict.fromkeys(_SIGNS, "\ufffd"))
_PIECES = re.compile(rf"([{_SIGNS}]|\[[0-9]{{1,4}}\])")
# A list's or a heading's mark must stay first on its line, or the Markdown reader doesn't see it.
_LINE_MARK = re.compile(r"\s{0,20}(?:(?:[-*+]|#{1,6}|\d{1,3}[.)]|>)[ \t]{1,8}){0,4}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKER = re.compile(r"[ \u00a0]?(?<!\\)\[[0-9]{1,4}\]")


def prose(answer: Json, turn: int, language: str) -> str:
    """``answer["answer"]`` as HTML blocks, each in its own direction; chips lead to ``#src-TURN-N``."""
    text = str(answer["answer"]).translate(_NO_SIGNS)
    sentences = _in_order(answer.get("sentences") or (), len(text))
    citations = {citation["n"]: citation for citation in answer.get("citations") or ()}
    env: Env = {
        "turn": turn,
        "language": language,
        "titles": {number: citation.get("title") or "" for number, citation in citations.items()},
        "sentences": sentences,
        "next": 0,
        "inside": None,
        "key": False,
    }
    rendered: str = _markdown().render(_marked(text, sentences, citations), env)
    return rendered.replace("\n", " ").strip()


def plain(answer: str) -> str:
    """An answer's words alone: without [n] marks and escapes, as a later question's history carries them."""
    return unescaped(_MARKER.sub("", answer))


def unescaped(answer: str) -> str:
    """An answer's words with its [n] marks, as a reader sees them, without Markdown's escapes."""
    return _ESCAPED.sub(r"\1", answer)


def _in_order(sentences: Sequence[Json], length: int) -> list[Json]:
    """The sentences that lie in the text, in order and without overlap."""
    kept: list[Json] = []
    for sentence in sorted(sentences, key=lambda one: int(one["start"])):
        after = kept[-1]["end"] if kept else 0
        if after <= sentence["start"] < sentence["end"] <= length:
            kept.append(sentence)
    return kept


def _marked(text: str, sentences: Sequence[Json], citations: Mapping[int, Json]) -> str:
    """``text`` with a sign before and after each sentence and the words in it that answer."""
    parts, done = [], 0
    for sentence in sentences:
        start, end = sentence["start"], sentence["end"]
        mark = _LINE_MARK.match(text, start, end)
        first = mark.end() if mark else start
        from_key, to_key = in_sentence(text, sentence, citations) or (first, first)
        words = (text[first:from_key], _KEY, text[from_key:to_key], _KEY_END, text[to_key:end])
        parts += [text[done:first], _OPEN, *words, _CLOSE]
        done = end
    return "".join([*parts, text[done:]])


@cache
def _markdown() -> MarkdownIt:
    """The reader: CommonMark and tables, without all that leads elsewhere.

    Escaped characters stay apart from the text around them (``text_join`` off): ``\\[3\\]`` is no chip.
    """
    reader = MarkdownIt("commonmark", {"breaks": True, "html": False}, renderer_cls=_Prose)
    reader.enable("table")
    return reader.disable(
        ["link", "image", "autolink", "html_inline", "html_block", "reference", "text_join"]
    )


class _Prose(RendererHTML):
    """markdown-it's renderer, with chips, sentences and directions. It finds its methods by the tokens' names."""

    def text(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "".join(_part(part, env) for part in _PIECES.split(tokens[idx].content) if part)

    def text_special(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return _piece(tokens[idx].content, env)

    def code_inline(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return tag("code", _literal(tokens[idx].content, env))

    def code_block(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return tag("pre", tag("code", _literal(tokens[idx].content.rstrip("\n"), env)))

    fence = code_block

    def paragraph_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """In a list, the line inside an item has the direction, so that the list's marks stay in a column."""
        return _opening("div" if tokens[idx].hidden else "p", tokens, idx)

    def paragraph_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "</div>" if tokens[idx].hidden else "</p>"

    def heading_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return _opening("h4", tokens, idx)

    def heading_close(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return "</h4>"

    def bullet_list_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        return _opening(tokens[idx].tag, tokens, idx)

    ordered_list_open = blockquote_open = table_open = bullet_list_open

    def strong_open(self, tokens: Tokens, idx: int, options: Any, env: Env) -> str:
        """A date or a name set off in a line of the other direction keeps its own order."""
        return _opening(tokens[idx].tag, tokens, idx)

    em_open = strong_open


def _part(part: str, env: Env) -> str:
    if part == _OPEN:
        env["inside"] = env["sentences"][env["next"]]
        env["next"] += 1
        return ""
    if part == _CLOSE:
        sentence, env["inside"] = env["inside"], None
        return _badge(sentence, env["language"])
    if part in (_KEY, _KEY_END):
        env["key"] = part == _KEY
        return ""
    if _PIECES.fullmatch(part):
        return _chip(int(part[1:-1]), env)
    return _piece(part, env)


def _literal(content: str, env: Env) -> str:
    """Words shown as they stand; the signs in them still open and close sentences."""
    parts = _PIECES.split(content)
    for part in parts:
        if part and part in _SIGNS:
            _part(part, env)
    words = "".join(part for part in parts if part not in _SIGNS)
    return "&#10;".join(escape(line) for line in words.split("\n"))


def _opening(name: str, tokens: Tokens, i: int) -> str:
    """The opening of a block that takes its direction from the words in it."""
    start = tokens[i].attrGet("start")
    numbered = f' start="{int(start)}"' if start else ""
    return f'<{name} dir="{direction(_words_within(tokens, i))}"{numbered}>'


def _words_within(tokens: Tokens, i: int) -> str:
    """The text between the opening token ``i`` and the token that closes it, of blocks or inside a line."""
    found = []
    for at in range(i + 1, len(tokens)):
        token = tokens[at]
        if token.level == tokens[i].level and token.nesting == -1:
            break
        if token.type in ("inline", "text", "text_special"):
            found.append(token.content)
    return " ".join(found)


def _piece(text: str, env: Env) -> str:
    """Some words, marked where the sentence they belong to isn't wholly carried by what it cites."""
    sentence = env["inside"]
    support = sentence.get("support") if sentence else None
    content = key(text) if env["key"] else escape(text)
    if support not in ("partial", "unsupported"):
        return content
    return tag("span", content, class_=f"sentence {support}")


def _chip(number: int, env: Env) -> str:
    """The link to a citation; a number that no citation carries stays text."""
    if number not in env["titles"]:
        return _piece(f"[{number}]", env)
    label = say(env["language"], "open_source", n=number)
    title = env["titles"][number]
    hint = f"{label} · {title}" if title else label
    # The brackets are there for whoever copies the answer; the style sheet hides them.
    inner = f'<span class="bracket">[</span>{number}<span class="bracket">]</span>'
    link = tag("a", inner, href=f"#src-{env['turn']}-{number}", class_="chip", title=hint)
    return f"<bdi>{link}</bdi>"


def _badge(sentence: Json | None, language: str) -> str:
    """What is said after a sentence that isn't wholly carried."""
    support = sentence.get("support") if sentence else None
    if sentence is None or support not in ("partial", "unsupported"):
        return ""
    missing = ", ".join(sentence.get("missing") or ())
    hint = say(language, "unsupported_hint")
    if support == "partial":
        hint = say(language, "missing", words=missing) if missing else say(language, "missing_unknown")
    badge = tag("span", escape(say(language, support)), class_=f"badge {support}", title=hint)
    why = tag("span", isolated(hint), class_="why") if support == "partial" else ""
    return f" <bdi>{badge}</bdi> {why}".rstrip()
