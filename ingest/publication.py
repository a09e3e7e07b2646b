"""The day an article was published, and the evidence for it; nothing where the page doesn't say it plainly.

In order of trust: structured data, meta elements, the address, the byline, the file's name. Never the day of
scraping, of an update, or of another story on the page: a wrong day is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from ingest.clean import CleanPage
from ingest.labels import PUBLISHED, UPDATES, says_published
from ingest.markdown import front_matter
from ingest.metadata import article_item, jsonld_items, meta_values
from ingest.page import Page
from ingest.webpage import parse
from ingest.zones import in_zone
from vectorstore.folding import fold
from vectorstore.records import PublishedFrom
from vectorstore.times import find_times

_METAS = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "datepublished",
    "publishdate", "publish-date", "publish_date", "pubdate", "published_time", "published_at", "published-date",
    "publication_date", "publication-date", "article.published", "article:publication_date", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created",
    "dcterms.created", "citation_publication_date", "cxenseparse:recs:publishtime", "date",
)  # fmt: skip
_FIELDS = (
    "published",
    "date",
    "published_at",
    "publish_date",
    "publishdate",
    "pubdate",
    "datepublished",
    "created",
)
_ISO = re.compile(r"\s{0,20}([12]\d{3})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_URL_DAY = re.compile(
    r"/(19\d\d|20\d\d)([/-])(\d{1,2}|[a-z]{3})\2(\d{1,2})(?=[/_.-]|$)|/(19\d\d|20\d\d)(\d\d)(\d\d)(?=[/_.-]|$)",
    re.I,
)
_NAME_DAY = re.compile(
    r"(?<![0-9A-Za-z])(19\d\d|20\d\d)([-_.]?)(\d\d)\2(\d\d)(?![0-9A-Za-z]|[-_.]?\d\d[-_.:h]?\d\d)"
)
_TAKEN = re.compile(r"scrap|crawl|export|download|saved|snapshot|capture|dump|backup|fetch|archiv", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OTHERS = ("related", "menu", "footer", "comments", "advert", "update time", "newsletter")
_NEVER = (date(1970, 1, 1), date(1900, 1, 1))  # what an empty field turns into


@dataclass(frozen=True, slots=True)
class Publication:
    """The day of publication, and what says so."""

    day: date
    found_from: PublishedFrom


def find_publication(page: Page, cleaned: CleanPage, today: date | None = None) -> Publication | None:
    """The day ``page`` was published, by its best evidence; ``None`` where nothing tells it.

    A day later than tomorrow (``today``: the current day) is no evidence.
    """
    latest = (today or date.today()) + timedelta(days=1)
    for found_from, day in _evidence(page, cleaned):
        if day and day <= latest and day not in _NEVER:
            return Publication(day, found_from)
    return None


def _evidence(page: Page, cleaned: CleanPage) -> Iterator[tuple[PublishedFrom, date | None]]:
    if page.kind == "html":
        tree = parse(page.content)
        yield "jsonld", _from_jsonld(tree, cleaned)
        yield "meta", _from_metas(tree)
        yield "meta", _from_times(tree)
    if page.kind == "markdown":
        yield "meta", _from_fields(page.content)
    yield "url", _from_url(cleaned.url or page.url or "")
    yield "byline", _from_bylines(cleaned.byline_lines)
    yield "filename", _from_name(page.name)


def _from_jsonld(tree: Any, cleaned: CleanPage) -> date | None:
    told = article_item(jsonld_items(tree), cleaned.title, cleaned.url).get("datePublished")
    return _day(told) if isinstance(told, str) else None


def _from_metas(tree: Any) -> date | None:
    values = dict(reversed(meta_values(tree)))
    return next((day for name in _METAS if name in values and (day := _day(values[name]))), None)


def _from_times(tree: Any) -> date | None:
    """The page's ``time`` elements that call themselves its publication, where they agree."""
    found = [each for each in tree.iter("time") if _is_publication(each) and not in_zone(each, _OTHERS)]
    beside = [each for each in found if _beside_heading(each)]
    days = {_day(each.get("datetime") or "".join(each.itertext())) for each in beside or found}
    return days.pop() if len(days) == 1 else None


def _is_publication(element: Any) -> bool:
    classes = element.get("class", "").lower().split()
    named = "datepublished" in element.get("itemprop", "").lower().split() or "pubdate" in element.attrib
    return named or (("published" in classes or "entry-date" in classes) and "updated" not in classes[:1])


def _beside_heading(element: Any) -> bool:
    """Whether the article that the element stands in is the one with the page's first heading."""
    holder = next((each for each in element.iterancestors() if each.tag in ("article", "main")), None)
    return holder is not None and next(holder.iter("h1"), None) is not None


def _from_fields(content: str) -> date | None:
    fields, _ = front_matter(content.removeprefix("\ufeff").split("\n", 210)[:210])
    return next((day for name in _FIELDS if name in fields and (day := _day(fields[name]))), None)


def _from_url(url: str) -> date | None:
    try:
        match = _URL_DAY.search(urlsplit(url).path[:2000])
    except ValueError:
        return None
    if not match:
        return None
    year, _, month, day = (
        match.group(1, 2, 3, 4) if match.group(1) else (match.group(5), "", *match.group(6, 7))
    )
    if not month.isdigit():
        month = str(_MONTHS.index(month.lower()) + 1) if month.lower() in _MONTHS else "0"
    return _made(year, month, day)


def _from_bylines(lines: Sequence[str]) -> date | None:
    """The one day that the byline tells as the publication's; a line that says so outranks bare dates."""
    said = {day for line in lines if says_published(line) for day in _published_days(line)}
    days = said or {day for line in lines for day in _published_days(line)}
    return days.pop() if len(days) == 1 else None


def _published_days(line: str) -> set[date]:
    """The days in the line, less those of an update."""
    apart = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[\u0600-\u06ff](?<!\d))", " ", line[:300])
    folded = fold(apart)
    update, published = UPDATES.search(folded), PUBLISHED.search(folded)
    if update and published and update.start() < published.start():
        folded = folded[published.start() :]
    elif update:
        folded = folded[: update.start()]
    return set(_single_days(folded))


def _from_name(name: str) -> date | None:
    stem = PurePath(name).stem[:300]
    match = None if _TAKEN.search(stem) else _NAME_DAY.search(stem)
    return _made(*match.group(1, 3, 4)) if match else None


def _day(text: str) -> date | None:
    """The day of a time stamp, as it stands at the publisher's own clock; else the only day told in words."""
    iso = _ISO.match(fold(text[:100]))
    if iso and (iso.group(2) or len(iso.group(3)) == len(iso.group(4)) == 2):
        return _made(*iso.group(1, 3, 4))
    days = set(_single_days(text[:100]))
    return days.pop() if len(days) == 1 else None


def _single_days(text: str) -> Iterator[date]:
    for mention in find_times(text, None):
        if mention.days and mention.days.first == mention.days.last:
            yield mention.days.first


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
