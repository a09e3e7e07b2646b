"""Markdown to lines: markup stripped, links down to their words, the front matter's fields apart."""

import re
from dataclasses import dataclass, field

from ingest.lines import Line, tidy

_FIELD = re.compile(r"([A-Za-z_][\w-]{0,40})\s{0,5}:\s{0,5}(.{0,2000})")
_IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,1000}\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,200}\])"
)
_LINK = re.compile(
    r"\[([^\[\]\n]{0,1000})\](?:\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,200}\])"
)
_BARE = re.compile(r"<https?://[^<>\s]{1,2000}>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_STRONG = re.compile(r"(\*\*|__|~~)(?=\S)")
_STRONG_END = re.compile(r"(?<=\S)(\*\*|__|~~)")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?=[^\s*_])([^*_\n]{1,1000})(?<=[^\s*_])[*_](?![\w*])")
_CODE = re.compile(r"`([^`\n]{1,1000})`")
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_RULE = re.compile(r"(?:[-*_=]\s?){3,}")
_REFERENCE = re.compile(r"\[[^\[\]\n]{1,200}\]:\s")
_NOTE = re.compile(r"\[\^[^\[\]\n]{1,50}\]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A Markdown text's lines, and the fields of its front matter by lower-case name."""

    lines: list[Line]
    fields: dict[str, str] = field(default_factory=dict)


def read_sheet(content: str) -> Sheet:
    """The lines and fields in ``content``. An empty line stands for a paragraph's end."""
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    rows = text.split("\n")
    fields, start = front_matter(rows)
    return Sheet(_lines(rows[start:]), fields)


def front_matter(rows: list[str]) -> tuple[dict[str, str], int]:
    """The fields between the opening ``---`` and its end, and the row after it; nothing where there is none."""
    if not rows or rows[0].strip() != "---":
        return {}, 0
    end = next((at for at in range(1, min(len(rows), 200)) if rows[at].strip() in ("---", "...")), 0)
    found = {}
    for row in rows[1:end]:
        match = _FIELD.fullmatch(row.strip())
        value = _unquoted(match.group(2).strip()) if match and not row[:1].isspace() else ""
        if match and value:
            found[match.group(1).lower()] = tidy(value).replace("\n", " ")
    return found, end + 1 if end else 0


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"')
    return value.strip("\"'")


def _lines(rows: list[str]) -> list[Line]:
    lines: list[Line] = []
    for at, row in enumerate(rows):
        under = rows[at + 1].strip() if at + 1 < len(rows) else ""
        if _RULE.fullmatch(row.strip()[:200]) or _REFERENCE.match(row) or row.strip().startswith("```"):
            lines.append(Line(""))
        elif (
            row.strip()
            and under
            and len(under) >= 3
            and set(under) in ({"="}, {"-"})
            and _ITEM.match(row) is None
        ):
            lines.append(Line(_plain(row), "h1" if under[0] == "=" else "h2"))
        else:
            lines.append(_line(row))
    return lines


def _line(row: str) -> Line:
    text = row.strip()
    while text.startswith(">"):
        text = text[1:].lstrip()
    heading, item = _HEADING.match(text), _ITEM.match(text)
    if heading:
        return Line(_plain(heading.group(2).rstrip("# ")), f"h{len(heading.group(1))}")
    if item:
        return Line(_plain(item.group(1)), "li", links=_linked(item.group(1)))
    cells = [cell.strip() for cell in text.strip("|").split("|")] if text.startswith("|") else [text]
    return Line(_plain(" ".join(cells)), links=_linked(text))


def _linked(text: str) -> float:
    """The share of the line's words that are links'."""
    shown = _plain(text)
    inside = sum(len(match.group(1)) for match in _LINK.finditer(_IMAGE.sub("", text)))
    return min(1.0, inside / len(shown)) if shown else 0.0


def _plain(text: str) -> str:
    """The line's words without markup."""
    plain = _NOTE.sub("", _TAG.sub("", _BARE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))))
    plain = _STRONG_END.sub("", _STRONG.sub("", _CODE.sub(r"\1", plain)))
    return tidy(_EMPHASIS.sub(r"\1", plain).replace("\\*", "*").replace("\\_", "_").replace("\\#", "#"))
