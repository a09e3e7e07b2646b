"""A page to its article: title, text, what was taken out of it and why; or why there is none in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.boilerplate import body, judge, kept
from ingest.furniture import about_article, about_author
from ingest.headline import Head, author, find_head, opening
from ingest.headline import outlet as outlet_of
from ingest.lines import Line, key, words
from ingest.markdown import read_sheet
from ingest.metadata import Head as PageHead
from ingest.metadata import read_head
from ingest.page import Page, Said
from ingest.plaintext import read_plain, unwrap
from ingest.rejection import why_no_article
from ingest.sections import Judged
from ingest.webpage import parse, read_lines
from vectorstore.errors import Rejected
from vectorstore.records import RemovedLine

MAX_LINES = 50_000


@dataclass(frozen=True, slots=True)
class CleanPage:
    """An article out of a page.

    ``text`` is plain: paragraphs and subheadings parted by an empty line, without the title. ``url`` is the
    page's canonical address, http(s) only. ``byline_lines`` are the lines around the headline that may name
    author and day, as they stood. ``removed`` holds every line of the page that is not in ``text``, the
    headline's own aside, in the page's order.
    """

    title: str
    text: str
    author: str | None = None
    language: str | None = None
    site_name: str | None = None
    url: str | None = None
    byline_lines: tuple[str, ...] = ()
    removed: tuple[RemovedLine, ...] = ()


def clean(page: Page) -> CleanPage:
    """The article in ``page``. Raises ``Rejected`` where there is none, ``Unreadable`` where it can't be parsed."""
    lines, found = _lines(page)
    told = _as_said(found, page.said)
    said = [line for line in lines if line.text]
    if len(said) > MAX_LINES:
        raise Rejected(f"the page has more than {MAX_LINES:,} lines; give its articles in files of their own")
    judged = judge(said)
    run = body(judged)
    head = find_head(judged, run, told.title)
    inside = [at for at in kept(judged, run, head.title) if at not in head.bylines]
    bylines = tuple(judged[at].text for at in sorted(head.bylines))
    beside = (
        [each.text for each in judged[head.at + 1 : min(inside, default=0)]] if head.at is not None else []
    )
    site = told.site_name or head.site or outlet_of(bylines, beside)
    name = told.author or author(bylines, site or "")
    outlet = page.said.source or site or ""
    apart = about_author(judged, inside, name or "") | about_article(judged, inside, head.title, outlet)
    inside = [at for at in inside if at not in apart]
    reason = why_no_article(judged, inside, head, told.kind)
    if reason:
        raise Rejected(reason)
    text = "\n\n".join(judged[at].text for at in (*head.leads, *inside))
    return CleanPage(
        title=head.title or opening(text),
        text=text,
        author=name,
        language=told.language,
        site_name=site,
        url=told.url,
        byline_lines=bylines,
        removed=_removed(judged, run, {*head.leads, *inside}, head),
    )


def _lines(page: Page) -> tuple[list[Line], PageHead]:
    if page.kind == "html":
        tree = parse(page.content)
        return read_lines(tree), read_head(tree, page.url)
    if page.kind == "text":
        return read_plain(page.content), PageHead(url=page.url)
    sheet = read_sheet(page.content)
    return unwrap(sheet.lines), _from_fields(sheet.fields, sheet.lines)


def _as_said(head: PageHead, said: Said) -> PageHead:
    """The head, in which what the file around the article says outranks what the article does."""
    return replace(head, title=said.title or head.title, author=said.author or head.author)


def _from_fields(fields: dict[str, str], lines: Sequence[Line]) -> PageHead:
    """What a Markdown file's front matter says, and the title of its only first-level heading."""
    heads = [line.text for line in lines if line.tag == "h1"]
    url = fields.get("url") or fields.get("canonical_url") or fields.get("link") or ""
    return PageHead(
        title=fields.get("title") or (heads[0] if len(heads) == 1 else ""),
        author=fields.get("author"),
        language=(fields.get("language") or fields.get("lang") or "")[:2].lower() or None,
        site_name=fields.get("source") or fields.get("publisher") or fields.get("site"),
        url=url if url.startswith(("http://", "https://")) and " " not in url else None,
    )


def _removed(judged: Sequence[Judged], run: range, inside: set[int], head: Head) -> tuple[RemovedLine, ...]:
    return tuple(
        RemovedLine(each.text, _why(each, at, run, head))
        for at, each in enumerate(judged)
        if at not in inside and at != head.at
    )


def _why(each: Judged, at: int, run: range, head: Head) -> str:
    if at in head.bylines:
        return "byline"
    if head.title and key(head.title) in key(each.text):
        return "headline again"
    if each.why:
        return each.why
    if at in head.captions:
        return "caption" if len(words(each.text)) > 4 else "place or name"
    if at in run:
        return "aside"
    return "before the article" if at < run.start else "after the article"
