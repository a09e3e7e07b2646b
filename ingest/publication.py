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
from ingest.lines import words
from ingest.markdown import front_matter
from ingest.metadata import article_item, jsonld_items, meta_values
from ingest.page import Page
from ingest.webpage import parse
from ingest.zones import in_zone
from vectorstore.folding import fold
from vectorstore.records import PublishedFrom, PublishedNote
from vectorstore.text import language_of
from vectorstore.times import find_times, months_come_first

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
_DATELINE = re.compile(r"\s-{1,2}\s|\s?[–—]\s|: ")  # parts where and when from what happened
_LONGEST_DATELINE = 90
_PLACE = re.compile(
    r"[^\W\d_][^.;:!?\n()–—]{0,60}?(?: ?\([^()\n]{1,30}\)[,،]?|[,،]| -{1,2}| ?[–—])"
    r" ?(?:(?:وكالة )?[^\W\d_][^.;:!?\n()–—]{1,20} [-–—] )?(?:le |on |في )?"
)
_PLACE_WORDS = 4
_SMALL = 3  # letters of a word that stands in a place's name without a capital
_AGENCY = re.compile(r"[,،]?\s?(?:\([^()\n]{1,30}\))?\s?")
_TAKEN = re.compile(r"scrap|crawl|export|download|saved|snapshot|capture|dump|backup|fetch|archiv", re.I)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_OTHERS = ("related", "menu", "footer", "comments", "advert", "update time", "newsletter")
_NEVER = (date(1970, 1, 1), date(1900, 1, 1))  # what an empty field turns into


@dataclass(frozen=True, slots=True)
class Publication:
    """The day of publication, what says so, and why that may be a matter of reading."""

    day: date
    found_from: PublishedFrom
    note: PublishedNote | None = None


@dataclass(frozen=True, slots=True)
class _Told:
    """A day as it is told somewhere on the page."""

    day: date
    note: PublishedNote | None = None


def find_publication(page: Page, cleaned: CleanPage, today: date | None = None) -> Publication | None:
    """The day ``page`` was published, by its best evidence; ``None`` where nothing tells it.

    A day later than tomorrow (``today``: the current day) is no evidence.
    """
    latest = (today or date.today()) + timedelta(days=1)
    for found_from, told in _evidence(page, cleaned):
        if told and told.day <= latest and told.day not in _NEVER:
            return Publication(told.day, found_from, told.note)
    return None


def _evidence(page: Page, cleaned: CleanPage) -> Iterator[tuple[PublishedFrom, _Told | None]]:
    tree = parse(page.content) if page.kind == "html" else None
    month_first = _month_first(cleaned, tree)
    if tree is not None:
        yield "jsonld", _from_jsonld(tree, cleaned, month_first)
        yield "meta", _from_metas(tree, month_first)
        yield "meta", _from_times(tree, month_first)
    if page.kind == "markdown":
        yield "meta", _from_fields(page.content, month_first)
    yield "url", _from_url(cleaned.url or page.url or "")
    yield "byline", _from_bylines(cleaned.byline_lines, month_first)
    yield "byline", _from_dateline(cleaned.text, month_first)
    yield "filename", _from_name(page.name)


def _month_first(cleaned: CleanPage, tree: Any | None) -> bool:
    """How the page writes days in digits: by its other dates, by its country, by its language."""
    seen = "\n".join((cleaned.text, *cleaned.byline_lines, *(each.line for each in cleaned.removed)))
    told = "" if tree is None else str(tree.get("lang") or dict(meta_values(tree)).get("og:locale") or "")
    country = told.replace("_", "-").partition("-")[2].upper()
    language = language_of(cleaned.text)
    return months_come_first(seen, f"{language}-{country}" if country else language)


def _from_jsonld(tree: Any, cleaned: CleanPage, month_first: bool) -> _Told | None:
    told = article_item(jsonld_items(tree), cleaned.title, cleaned.url).get("datePublished")
    return _day(told, month_first) if isinstance(told, str) else None


def _from_metas(tree: Any, month_first: bool) -> _Told | None:
    values = dict(reversed(meta_values(tree)))
    return next((day for name in _METAS if name in values and (day := _day(values[name], month_first))), None)


def _from_times(tree: Any, month_first: bool) -> _Told | None:
    """The page's ``time`` elements that call themselves its publication, where they agree."""
    found = [each for each in tree.iter("time") if _is_publication(each) and not in_zone(each, _OTHERS)]
    beside = [each for each in found if _beside_heading(each)]
    days = [_day(each.get("datetime") or "".join(each.itertext()), month_first) for each in beside or found]
    return _only([day for day in days if day]) if all(days) else None


def _is_publication(element: Any) -> bool:
    classes = element.get("class", "").lower().split()
    named = "datepublished" in element.get("itemprop", "").lower().split() or "pubdate" in element.attrib
    return named or (("published" in classes or "entry-date" in classes) and "updated" not in classes[:1])


def _beside_heading(element: Any) -> bool:
    """Whether the article that the element stands in is the one with the page's first heading."""
    holder = next((each for each in element.iterancestors() if each.tag in ("article", "main")), None)
    return holder is not None and next(holder.iter("h1"), None) is not None


def _from_fields(content: str, month_first: bool) -> _Told | None:
    fields, _ = front_matter(content.removeprefix("\ufeff").split("\n", 210)[:210])
    return next(
        (day for name in _FIELDS if name in fields and (day := _day(fields[name], month_first))), None
    )


def _from_url(url: str) -> _Told | None:
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


def _from_bylines(lines: Sequence[str], month_first: bool) -> _Told | None:
    """The one day that the byline tells as the publication's; a line that says so outranks bare dates."""
    said = [day for line in lines if says_published(line) for day in _published_days(line, month_first)]
    return _only(said or [day for line in lines for day in _published_days(line, month_first)])


def _from_dateline(text: str, month_first: bool) -> _Told | None:
    """The day that follows the place in the words that open a dispatch («الرباط، 5 ماي 2025 -»)."""
    opening = text[:_LONGEST_DATELINE]
    heads = (opening[: dash.start()] for dash in _DATELINE.finditer(opening))
    dated = ((head, [each for each in find_times(head, None, month_first) if each.days]) for head in heads)
    head, days = next(((head, days) for head, days in dated if days), ("", []))
    if len(days) != 1 or not _AGENCY.fullmatch(head, days[0].end):
        return None
    place = head[: days[0].start]
    return _only(list(_single_days(head, month_first))) if _is_place(place) else None


def _is_place(text: str) -> bool:
    """Whether it may be what stands before a dispatch's day: a few words, none but the small without a capital."""
    named = words(text)
    capital = all(not word[0].islower() or (at and len(word) <= _SMALL) for at, word in enumerate(named))
    return _PLACE.fullmatch(text) is not None and capital and len(named) <= _PLACE_WORDS


def _published_days(line: str, month_first: bool) -> list[_Told]:
    """The days in the line, less those of an update."""
    apart = re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[\u0600-\u06ff](?<!\d))", " ", line[:300])
    folded = fold(apart)
    update, published = UPDATES.search(folded), PUBLISHED.search(folded)
    if update and published and update.start() < published.start():
        folded = folded[published.start() :]
    elif update:
        folded = folded[: update.start()]
    return list(_single_days(folded, month_first))


def _from_name(name: str) -> _Told | None:
    stem = PurePath(name).stem[:300]
    match = None if _TAKEN.search(stem) else _NAME_DAY.search(stem)
    return _made(*match.group(1, 3, 4)) if match else None


def _day(text: str, month_first: bool) -> _Told | None:
    """The day of a time stamp, as it stands at the publisher's own clock; else the only day told in words."""
    iso = _ISO.match(fold(text[:100]))
    if iso and (iso.group(2) or len(iso.group(3)) == len(iso.group(4)) == 2):
        return _made(*iso.group(1, 3, 4))
    return _only(list(_single_days(text[:100], month_first)))


def _single_days(text: str, month_first: bool) -> Iterator[_Told]:
    for mention in find_times(text, None, month_first):
        if mention.days and mention.days.first == mention.days.last:
            note = mention.kind if mention.kind in ("ambiguous", "hijri") else None
            yield _Told(mention.days.first, note)


def _only(told: Sequence[_Told]) -> _Told | None:
    """The one day that all of ``told`` tell, without a doubt where one of them has none."""
    if len({each.day for each in told}) != 1:
        return None
    return next((each for each in told if not each.note), told[0])


def _made(year: str, month: str, day: str) -> _Told | None:
    try:
        return _Told(date(int(year), int(month), int(day)))
    except ValueError:
        return None
