"""A web page to lines: its visible text, block by block, with what the markup says about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.lines import ROW, Line, letters, tidy, words
from ingest.zones import is_hidden, zone_of
from vectorstore.errors import Unreadable

MAX_ELEMENTS = 100_000
_MAX_EXTRACTED = 20_000  # elements; past that the extractor takes seconds to minutes
_MAX_TAG_WORDS = 5_000  # words within one tag; the parser's time grows with the square of the attributes

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "applet",
        "head",
        "select",
        "datalist",
        "button",
        "textarea",
        "input",
        "audio",
        "video",
        "canvas",
        "map",
        "dialog",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "section",
        "article",
        "header",
        "footer",
        "aside",
        "nav",
        "main",
        "form",
        "fieldset",
        "legend",
        "label",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
        "address",
        "hr",
        "br",
        "details",
        "summary",
        "center",
        "time-line",
        "picture",
    ]
)
_TELLING = frozenset("h1 h2 h3 h4 h5 h6 li blockquote td th tr pre dd dt".split())
_CELLS = frozenset({"td", "th"})
_IN_CELLS = frozenset("p br ul ol li".split())  # word processors put each cell's words into a paragraph
_TABLE = _CELLS | _IN_CELLS | {"tr", "thead", "tbody", "tfoot", "caption", "colgroup"}
_JOINTS = {**dict.fromkeys(_CELLS, " | "), **dict.fromkeys(_IN_CELLS, " ")}
_LONGEST_CELL = 200  # letters; a page's column holds more
_LINKED_CELLS = 0.5  # of a table's letters; a list of links is a menu


@dataclass(slots=True)
class _Raw:
    """A line as it is read off the tree, with the elements around it that may not be article."""

    tag: str
    zones: tuple[tuple[int, str], ...]
    pieces: list[str] = field(default_factory=list)
    linked: int = 0


def parse(content: str) -> Any:
    """The page's tree (an ``lxml`` element). Raises ``Unreadable`` where it is none, or too large a one."""
    from lxml import etree, html  # type: ignore[import-untyped]

    if any(len(tag[tag.rfind("<") :].split()) > _MAX_TAG_WORDS for tag in _long_tags(content)):
        raise Unreadable("the page has a tag with thousands of attributes; save it again as plain text")
    cleared = content.translate({0: None, **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")})
    parser = html.HTMLParser(encoding="utf-8")
    try:
        tree = html.document_fromstring(cleared.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("the page's HTML can't be read; save it again") from error
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise Unreadable(f"the page has more than {MAX_ELEMENTS:,} elements; give its article as plain text")
    return tree


def read_lines(tree: Any) -> list[Line]:
    """The page's visible lines in order, blocks apart, without scripts and hidden parts."""
    raws = [(text, raw) for raw in _walk(tree) for text in tidy("".join(raw.pieces)).split("\n")]
    found = [(text, raw) for text, raw in raws if text]
    vouched = _vouched([text for text, _ in found], main_text(tree))
    trusted = _outer_zones(found, vouched)
    return [
        Line(text, raw.tag, trusted(raw), min(1.0, raw.linked / max(1, len(text))), vouch)
        for (text, raw), vouch in zip(found, vouched, strict=True)
    ]


def main_text(tree: Any) -> str:
    """What trafilatura takes for the main text; empty where it finds none or the page is too large for it."""
    if sum(1 for _ in tree.iter()) > _MAX_EXTRACTED:
        return ""
    from copy import deepcopy

    from trafilatura import bare_extraction

    found = bare_extraction(
        deepcopy(tree), favor_precision=True, include_comments=False, include_images=False
    )
    return (found.text or "") if found else ""


def _long_tags(content: str) -> Iterator[str]:
    return (piece for piece in content.split(">") if len(piece) > _MAX_TAG_WORDS)


def _squeezed(text: str) -> str:
    return "".join(words(text))


def _vouched(texts: Sequence[str], main: str) -> list[bool]:
    """Which of ``texts`` stand in the main text: a short one as a line of its own, a long one anywhere."""
    whole, lines = _squeezed(main), {_squeezed(line) for line in main.split("\n")}
    return [(each in lines or (len(each) >= 40 and each in whole)) for each in map(_squeezed, texts)]


def _outer_zones(found: Sequence[tuple[str, _Raw]], vouched: Sequence[bool]) -> Any:
    """A line's outermost zone, leaving out those that hold the article itself (a form around the page)."""
    anyone = any(vouched)
    held: dict[int, int] = {}
    total = 1
    for (text, raw), vouch in zip(found, vouched, strict=True):
        if vouch or not anyone:
            total += letters(text)
            for element, _ in raw.zones:
                held[element] = held.get(element, 0) + letters(text)
    return lambda raw: next((zone for element, zone in raw.zones if held.get(element, 0) < 0.3 * total), "")


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that is being read: ``breaks`` where lines end at its edges, ``seen`` where it is shown.

    ``rows``: within a table whose rows are lines, cells parted by a bar.
    """

    name: str
    zone: tuple[tuple[int, str], ...]
    breaks: bool
    links: int
    seen: bool = True
    rows: bool = False


def _walk(tree: Any) -> Iterator[_Raw]:
    """Each block's text in document order; inline elements flow together."""
    from lxml import etree

    walk = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
    around = [_Open("", (), False, 0)]
    raw = _Raw("", ())
    for number, (event, element) in enumerate(walk):
        if event == "start":
            around.append(_opened(element, around[-1], number))
            if not around[-1].seen:
                walk.skip_subtree()
                continue
            if around[-1].breaks:
                yield raw
                raw = _Raw(_named(around), around[-1].zone)
            if around[-1].rows and raw.pieces:
                raw.pieces.append(_JOINTS.get(around[-1].name, ""))
            _add(raw, element.text, around[-1])
            continue
        closed = around.pop() if event == "end" else None
        if closed and closed.seen and closed.breaks:
            yield raw
            raw = _Raw(_named(around), around[-1].zone)
        elif closed and closed.name == "a" and not element.tail and _is_link(element.getnext()):
            raw.pieces.append(" ")
        _add(raw, element.tail, around[-1])
    yield raw


def _opened(element: Any, parent: _Open, number: int) -> _Open:
    name = element.tag if isinstance(element.tag, str) else ""
    if name in _SKIPPED or is_hidden(element):
        return _Open(name, (), False, 0, seen=False)
    zone = zone_of(element)
    zones = (*parent.zone, (number, zone)) if zone else parent.zone
    rows = _holds_data(element) if name == "table" else parent.rows
    breaks = (name in _BLOCKS and not (rows and name in _JOINTS)) or bool(zone)
    return _Open(name, zones, breaks, parent.links + (name == "a"), rows=rows)


def _holds_data(table: Any) -> bool:
    """Whether a table holds figures rather than the page's columns: a few words a cell, two cells a row."""
    if any(each.tag in _BLOCKS and each.tag not in _TABLE for each in table.iterdescendants()):
        return False
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter(ROW)]
    short = all(letters("".join(cell.itertext())) <= _LONGEST_CELL for row in rows for cell in row)
    linked = sum(letters("".join(link.itertext())) for link in table.iter("a"))
    return (
        len(rows) > 1
        and all(len(row) > 1 or row[0].get("colspan") for row in rows if row)
        and short
        and linked <= _LINKED_CELLS * letters("".join(table.itertext()))
    )


def _add(raw: _Raw, text: str | None, within: _Open) -> None:
    if text:
        raw.pieces.append(text if within.name == "pre" else text.replace("\n", " ").replace("\r", " "))
        raw.linked += len(" ".join(text.split())) if within.links else 0


def _is_link(element: Any) -> bool:
    return element is not None and element.tag == "a"


def _named(around: Sequence[_Open]) -> str:
    """The element that says most about a line within ``around``: the nearest heading, list item or the like."""
    told = (each.name for each in reversed(around) if each.name in _TELLING)
    return next(told, around[-1].name)
