"""What a web page's head says about its article: title, outlet, author, language, address, structured data."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from ingest.lines import key, tidy, words
from ingest.sections import terms

_ARTICLE_TYPES = re.compile(r"(?:article|blogposting|report|liveblogposting|newsarticle|posting)$", re.I)
_OTHERS = frozenset(
    [
        "itemlistelement",
        "haspart",
        "isrelatedto",
        "mentions",
        "citation",
        "comment",
        "review",
        "video",
        "audio",
        "associatedmedia",
        "image",
        "author",
        "publisher",
        "breadcrumb",
        "relatedlink",
        "significantlink",
        "subjectof",
        "about",
    ]
)
_MAX_ITEMS = 5_000  # objects looked at in structured data
_EDITION = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
_LONGEST_NAME = 4  # words of an outlet's name
_SUFFIX = re.compile(r" [|\-–—»·•:]{1,2} ")


@dataclass(frozen=True, slots=True)
class Head:
    """A page's own account of itself. Empty strings and ``None`` where it gives none."""

    title: str = ""
    author: str | None = None
    language: str | None = None
    site_name: str | None = None
    url: str | None = None
    kind: str = ""


def read_head(tree: Any, at: str | None = None) -> Head:
    """What the tree's head says; ``at`` is the address the page was read from, if any."""
    metas = dict(reversed(meta_values(tree)))
    url = _address(tree, metas, at)
    site = metas.get("og:site_name") or metas.get("application-name")
    first = tidy(metas.get("og:title") or metas.get("twitter:title") or "")
    host = _site(url or at or "")
    article = article_item(jsonld_items(tree), first or _title(tree, "", site, host), url)
    site = site or _name(article.get("publisher"))
    title = _title(tree, first, site, host) or _text(article.get("headline"))
    site = site or _after_title(_window(tree), title)
    language = (
        metas.get("og:locale") or tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    )
    return Head(
        title,
        _author(metas, article),
        _language(_text(article.get("inLanguage")) or language),
        tidy(site) or None if site else None,
        url,
        metas.get("og:type", "article" if article else "").lower(),
    )


def meta_values(tree: Any) -> list[tuple[str, str]]:
    """The page's meta elements, as (lower-case name, value) in document order."""
    found = []
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            found.append((name.strip().lower(), meta.get("content").strip()))
    return found


def jsonld_items(tree: Any) -> list[dict[str, Any]]:
    """The objects of the page's structured data that stand for the page, not those they refer to."""
    items: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            items.extend(_objects(_loads(script.text or "")))
    return items[:_MAX_ITEMS]


def article_item(items: Sequence[dict[str, Any]], title: str, url: str | None) -> dict[str, Any]:
    """The one that is this page's article: by its headline or address, else the only one; ``{}`` for none."""
    articles = [item for item in items if any(_ARTICLE_TYPES.search(kind) for kind in _kinds(item))]
    told = [item for item in articles if _is_this(item, title, url)]
    if told:
        return told[0]
    left = [item for item in articles if not _is_other(item, title, url)]
    return left[0] if len(left) == 1 else {}


def _is_this(item: dict[str, Any], title: str, url: str | None) -> bool:
    headline = _text(item.get("headline")) or _text(item.get("name"))
    return bool(title and headline and _alike(headline, title)) or bool(url and url in _addresses(item))


def _is_other(item: dict[str, Any], title: str, url: str | None) -> bool:
    headline = _text(item.get("headline"))
    if url and _addresses(item):
        return url not in _addresses(item) and not (title and headline and _alike(headline, title))
    return bool(title and headline)


def _alike(one: str, other: str) -> bool:
    first, second = key(tidy(one)), key(tidy(other))
    if first == second or (len(first) > 15 and (first.startswith(second) or second.startswith(first))):
        return True
    shared, all_terms = terms(one) & terms(other), terms(one) | terms(other)
    return bool(all_terms) and len(shared) / len(all_terms) >= 0.5


def _addresses(item: dict[str, Any]) -> list[str]:
    about = item.get("mainEntityOfPage")
    found = [item.get("url"), item.get("@id"), about.get("@id") if isinstance(about, dict) else about]
    return [each.split("#")[0] for each in found if isinstance(each, str) and each.startswith("http")]


def _loads(text: str) -> Any:
    """JSON as pages have it: with comments around it, raw line ends within, commas too many."""
    stripped = (
        re.sub(r"^\s*(?:<!--|/\*<!\[CDATA\[\*/|//<!\[CDATA\[|<!\[CDATA\[)", "", text[:200]) + text[200:]
    )
    cut = (
        stripped.rstrip()
        .removesuffix("-->")
        .removesuffix("//]]>")
        .removesuffix("/*]]>*/")
        .removesuffix("]]>")
    )
    for attempt in (cut, re.sub(r",\s{0,200}([}\]])", r"\1", cut)):
        try:
            return json.loads(attempt.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
    return _pieces(cut)


_PIECE = re.compile(r'"(@type|headline|datePublished|url)"\s{0,20}:\s{0,20}"([^"\\\n]{1,500})"')


def _pieces(text: str) -> dict[str, Any]:
    """The few plain fields of an object that is no valid JSON, where each is said once."""
    found: dict[str, set[str]] = {}
    for name, value in _PIECE.findall(text[:200_000]):
        found.setdefault(name, set()).add(value)
    kinds = [kind for kind in found.pop("@type", set()) if _ARTICLE_TYPES.search(kind)]
    once = {name: next(iter(values)) for name, values in found.items() if len(values) == 1}
    return {**once, "@type": kinds[0]} if kinds and "datePublished" in once else {}


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Objects that stand at the top, in a list, in ``@graph``, or as the page's main entity."""
    waiting, seen = [data], 0
    while waiting and seen < _MAX_ITEMS:
        seen += 1
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting.extend(each[:_MAX_ITEMS])
        elif isinstance(each, dict):
            yield each
            waiting.extend(
                each[name] for name in ("@graph", "mainEntity", "mainEntityOfPage") if name in each
            )


def _kinds(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return tidy(value) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _title(tree: Any, told: str, site: str | None, host: str) -> str:
    """The headline: the page's only h1 where the head's title agrees or is silent, else the head's title."""
    heads = [tidy(" ".join("".join(h1.itertext()).split())) for h1 in tree.iter("h1")]
    heads = [head for head in heads if head and key(head) != key(site or "")]
    window = _window(tree)
    for known in (told, window):
        agreeing = [head for head in heads if len(words(head)) > 1 and key(head) in key(known)]
        if agreeing:
            return max(agreeing, key=len)
    if told:
        return _without_site(told, site, host)
    return heads[0] if len(heads) == 1 else _without_site(window, site, host)


def _window(tree: Any) -> str:
    """What the window's bar says; empty where the page names nothing for it."""
    element = next(tree.iter("title"), None)
    return tidy(" ".join("".join(element.itertext()).split())) if element is not None else ""


def _after_title(window: str, title: str) -> str | None:
    """The outlet's name, where the window's bar says the title, a bar and a few words more: «title | outlet»."""
    before, mark, name = window.rpartition(" | ")
    told = bool(mark) and key(before) == key(title) and 0 < len(words(name)) <= _LONGEST_NAME
    return name.strip() if told else None


def _without_site(title: str, site: str | None, host: str) -> str:
    """A title without the outlet's name before or after it."""
    marks = list(_SUFFIX.finditer(title))
    if not marks:
        return title
    first, last = title[: marks[0].start()], title[marks[-1].end() :]
    if _is_outlet(first, site, host):
        return title[marks[0].end() :]
    piped = title[marks[-1].start() : marks[-1].end()] == " | " and len(words(last)) < len(words(title)) / 2
    short = len(words(last)) <= _LONGEST_NAME and (piped or len(words(title)) - 3 > _LONGEST_NAME)
    if _is_outlet(last, site, host) or (not site and short):
        return title[: marks[-1].start()]
    return title


def _is_outlet(part: str, site: str | None, host: str) -> bool:
    """Whether part of a title is the outlet's name, perhaps with a word more or less, or as its address spells it."""
    said, known = key(part), key(site or "")
    longer = said.startswith(known + " ") or known.startswith(said + " ")
    named = bool(known) and (said == known or (longer and len(said.split()) <= _LONGEST_NAME))
    return bool(said) and (named or said.replace(" ", "") in (host.partition(".")[0], host.replace(".", "")))


def _author(metas: dict[str, str], article: dict[str, Any]) -> str | None:
    told = _name(article.get("author")) or metas.get("author") or metas.get("article:author") or ""
    return tidy(told) if told and not told.startswith(("http", "@")) and len(told) <= 100 else None


def _language(code: str | None) -> str | None:
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", code or "")
    return found.group().lower() if found else None


def _address(tree: Any, metas: dict[str, str], at: str | None) -> str | None:
    """The page's canonical address, http(s) only; of a page that was fetched, only one on the same site.

    A page that could name another site's address as its own would take the place of that site's article.
    """
    links = [
        link.get("href")
        for link in tree.iter("link")
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    ]
    for told in [*links[:1], metas.get("og:url"), at]:
        try:
            whole = urljoin(at or "", told.strip()) if told else ""
            parts = urlsplit(whole)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", whole):
            continue
        if at is None or _site(whole) == _site(at):
            return whole.split("#")[0]
    return None


def _site(url: str) -> str:
    """The address's host, without the part that only tells a site's mobile pages from its others."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _EDITION.sub("", host)
