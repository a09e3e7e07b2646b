"""Many articles in a file: JSON, JSON Lines and CSV, a record each, its fields found by their usual names."""

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from io import StringIO
from typing import Any

from ingest.kinds import Kind
from ingest.lines import words
from ingest.page import Document, Leaf, Page, Said, failing
from ingest.stamps import read_stamp
from vectorstore.errors import Rejected, Unreadable
from vectorstore.folding import fold

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "heading", "titre", "العنوان", "عنوان"),
    "text": (
        "text", "body", "content", "article", "articlebody", "maintext", "fulltext", "contenttext", "contenthtml",
        "html", "texte", "corps", "contenu", "النص", "نص", "المحتوى", "محتوى", "المقال", "description", "summary",
    ),
    "published": (
        "published", "publishedat", "datepublished", "publicationdate", "publishdate", "pubdate", "date",
        "datepublication", "datedepublication", "publiele", "تاريخ النشر", "التاريخ", "تاريخ",
    ),
    "url": ("url", "link", "canonicalurl", "permalink", "weburl", "lien", "الرابط", "رابط"),
    "source": (
        "source", "outlet", "publisher", "sitename", "site", "newspaper", "journal", "média", "المصدر", "مصدر",
        "الصحيفة",
    ),
    "author": ("author", "authors", "byline", "creator", "auteur", "auteurs", "الكاتب", "كاتب", "المؤلف"),
    "id": ("id", "guid", "uuid", "slug"),
}  # fmt: skip
"""What may hold each part of an article, the likeliest first; case, accents and signs of a name don't matter."""

LISTS = ("articles", "items", "entries", "results", "data", "documents", "docs", "records", "posts", "news")
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|li|article)>|<br\s?/?>", re.I)
_DELIMITERS = ",;\t|"
_MOST_FIELD = 2**24


def json_leaves(text: str, document: Document) -> Iterator[Leaf]:
    """The records of a JSON file: a list of objects, one under a usual name, or one object.

    Raises ``Unreadable`` where it is no JSON, ``Rejected`` where no article is in it.
    """
    records = _records(_parsed(text, f"'{document.shown}' isn't valid JSON"))
    if not records:
        raise Rejected(
            f"'{document.shown}' holds no articles; give a list of objects with the fields title and text"
        )
    yield from _leaves(((number, partial(_object, each)) for number, each in records), document)


def jsonl_leaves(text: str, document: Document) -> Iterator[Leaf]:
    """The records of a JSON Lines file, a line each; a line that is no JSON is one that can't be read."""
    told = f"'{document.shown}' isn't valid JSON in line"
    lines = ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())
    yield from _leaves(
        ((number, partial(_line, line, f"{told} {number}")) for number, line in lines), document
    )


def csv_leaves(text: str, document: Document) -> Iterator[Leaf]:
    """The rows of a table whose first row names its columns. Raises ``Unreadable`` where none holds a text."""
    csv.field_size_limit(_MOST_FIELD)
    heading = text[:20_000].split("\n")[0]
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=heading.count))
    if not any(_plain(name) in _names("text") for name in rows.fieldnames or ()):
        raise Unreadable(
            f"'{document.shown}' has no column for the text; name it in the first row, such as 'text' or 'body'"
        )
    try:
        yield from _leaves(
            ((number, partial(_object, row)) for number, row in enumerate(rows, start=1)), document
        )
    except csv.Error as error:
        raise Unreadable(f"'{document.shown}' is a damaged table ({error}); save it again as CSV") from error


def _parsed(text: str, told: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{told}; save it again as UTF-8 JSON") from error


def _records(value: Any) -> list[tuple[int, Any]]:
    if isinstance(value, dict):
        lists = [value[name] for name in LISTS if isinstance(value.get(name), list)]
        value = next(iter(lists), [value] if _field(_object(value), "text") else [])
    return list(enumerate(value, start=1)) if isinstance(value, list) else []


def _line(text: str, told: str) -> Mapping[str, Any]:
    return _object(_parsed(text, told))


def _object(value: Any) -> Mapping[str, Any]:
    """The fields of a record by their plain names; nothing where it is none."""
    return {_plain(name): each for name, each in value.items()} if isinstance(value, dict) else {}


def _plain(name: Any) -> str:
    return "".join(words(fold(str(name))))


@cache
def _names(part: str) -> Mapping[str, None]:
    return dict.fromkeys(map(_plain, FIELDS[part]))


def _field(record: Mapping[str, Any], part: str) -> str:
    """The words of the first filled field that may hold ``part``."""
    for name in _names(part):
        told = _words(record.get(name))
        if told:
            return told
    return ""


def _words(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words, value[:10])))
    return str(value).strip() if isinstance(value, str | int | float) and value is not False else ""


def _leaves(
    records: Iterable[tuple[int, Callable[[], Mapping[str, Any]]]], document: Document
) -> Iterator[Leaf]:
    """A leaf a record. It goes by its id or title, so that a row put in between doesn't rename the others."""
    names: Counter[str] = Counter()
    for number, load in records:
        shown = f"{document.shown}#{number}"
        try:
            record = load()
        except Unreadable as error:
            yield failing(document.name, shown, error)
            continue
        own = _field(record, "id") or _field(record, "title") or str(number)
        names[own] += 1
        name = f"{document.name}#{own}" + (f" ({names[own]})" if names[own] > 1 else "")
        yield Leaf(name, shown, partial(_page, record, name, shown))


def _page(record: Mapping[str, Any], name: str, shown: str) -> Page:
    text, title = _field(record, "text"), _field(record, "title")
    if not text:
        raise Rejected(f"'{shown}' has no text; isnad looks for it in {', '.join(FIELDS['text'][:4])}")
    url = _field(record, "url")
    published = next((day for each in _names("published") if (day := read_stamp(record.get(each)))), None)
    said = Said(title, _field(record, "author") or None, _field(record, "source") or None, published)
    kind: Kind = "html" if _MARKUP.search(text) else "text"
    known = url if url.startswith(("http://", "https://")) and " " not in url else None
    return Page(shown, name, kind, text, known, said)
