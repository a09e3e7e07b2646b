"""RSS and Atom feeds, and sitemaps: the articles they list, and what they say about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from urllib.parse import urljoin

from ingest.page import NOTHING_SAID, Document, Leaf, Page, Said
from ingest.stamps import read_stamp
from vectorstore.errors import Rejected, Unreadable

MAX_ENTRIES = 50_000

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "date", "issued", "publication_date")
_AUTHORS = ("creator", "author")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed lists. ``url`` is where it is, ``content`` what of it stands in the feed, as HTML.

    ``modified`` is by when a sitemap says it was as it is.
    """

    url: str
    content: str = ""
    said: Said = NOTHING_SAID
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists: articles in its order, and further sitemaps."""

    entries: tuple[Entry, ...] = ()
    sitemaps: tuple[str, ...] = ()


def listing(data: bytes, shown: str, url: str = "") -> Listing:
    """What the feed or sitemap in ``data``, read from ``url``, lists. Raises ``Unreadable`` where it is neither."""
    root = _root(data, shown)
    name, source = _name(root), ""
    if name == "sitemapindex":
        return Listing(sitemaps=tuple(filter(None, (_loc(each, url) for each in _named(root, "sitemap")))))
    if name == "urlset":
        found = [Entry(_loc(each, url), "", _said(each, ""), _modified(each)) for each in _named(root, "url")]
        return Listing(tuple(each for each in found if each.url)[:MAX_ENTRIES])
    channel = next(_named(root, "channel"), root)
    source = _text(channel, "title")
    items = [each for each in root.iter() if _name(each) in ("item", "entry")]
    return Listing(tuple(_entry(each, source, url) for each in items[:MAX_ENTRIES]))


def feed_leaves(document: Document) -> Iterator[Leaf]:
    """The articles whose text stands in a feed's file. Raises as ``listing``, ``Rejected`` where there are none."""
    found = listing(document.data, document.shown, document.url or "")
    if not any(each.content for each in found.entries):
        raise Rejected(f"'{document.shown}' only lists articles; give its address, and they are fetched")
    for number, entry in enumerate(found.entries, start=1):
        own = entry.url or entry.said.title or str(number)
        shown = f"{document.shown}#{number}"
        yield Leaf(own, shown, partial(_page, entry, f"{document.name}#{own}", shown))


def _page(entry: Entry, name: str, shown: str) -> Page:
    if not entry.content:
        raise Rejected(f"'{shown}' has no text; give the feed's address, and its articles are fetched")
    return Page(
        shown, name, "html", f"<html><body>{entry.content}</body></html>", entry.url or None, entry.said
    )


def _root(data: bytes, shown: str) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable(f"'{shown}' is a damaged feed; get it again") from error
    if root is None or _name(root) not in ("rss", "feed", "rdf", "urlset", "sitemapindex"):
        raise Unreadable(f"'{shown}' is neither a feed nor a sitemap nor a page")
    return root


def _name(element: Any) -> str:
    """The element's name without its namespace, which feeds are careless about."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _named(element: Any, name: str) -> Iterator[Any]:
    return (each for each in element if _name(each) == name)


def _text(element: Any, *names: str) -> str:
    """The words of the first child called by one of ``names``, in this order."""
    for name in names:
        for each in _named(element, name):
            told = "".join(each.itertext()).strip()
            if told:
                return told
    return ""


def _loc(element: Any, url: str) -> str:
    return _address(_text(element, "loc"), url)


def _modified(element: Any) -> datetime | None:
    """The moment in ``lastmod``; of a day alone its end."""
    told = _text(element, "lastmod")
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment if "T" in told else moment + timedelta(days=1)


def _address(told: str, url: str) -> str:
    try:
        whole = urljoin(url, told.strip())
    except ValueError:
        return ""
    return whole if whole.startswith(("http://", "https://")) else ""


def _entry(item: Any, source: str, url: str) -> Entry:
    links = [each for each in _named(item, "link") if each.get("rel", "alternate") == "alternate"]
    told = next((each.get("href") or "".join(each.itertext()) for each in links), "")
    if not told and next((each.get("isPermaLink") for each in _named(item, "guid")), "false") != "false":
        told = _text(item, "guid")
    bodies = [_markup(each) for name in _BODIES for each in _named(item, name)]
    return Entry(_address(told, url), next(filter(None, bodies), ""), _said(item, source))


def _said(item: Any, source: str) -> Said:
    news = next(_named(item, "news"), item)
    told = [_text(news, name) or _text(item, name) for name in _DATES]
    published = next((day for each in told if each and (day := read_stamp(each))), None)
    author = next(
        (_text(each, "name") or _text(item, "creator", "author") for each in item if _name(each) in _AUTHORS),
        "",
    )
    return Said(_text(news, "title"), author or None, source or None, published)


def _markup(element: Any) -> str:
    """An entry's text: escaped HTML as it is, or elements that stand in the feed itself."""
    from lxml import etree

    if element.get("type") == "xhtml" and len(element):
        return "".join(etree.tostring(each, encoding="unicode") for each in element)
    return "".join(element.itertext()).strip()
