"""Articles as lines for people: an ingest's item, the list, one article."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from qa.cli.text import harmless, one_line

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES = {"added": "green", "updated": "green", "rejected": "yellow", "failed": "red"}
UNDATED = "undated"
LONGEST_SHOWN = 120
NOTES = {"ambiguous": "day and month may be the other way round", "hijri": "converted from a Hijri date"}


def item_text(line: dict[str, Any]) -> Text:
    """One line about one ingested item."""
    status = line["status"]
    told = Text.assemble((f"{status:<10}", STYLES.get(status, "dim")), " ")
    if line["article_id"] is None:
        return told.append(f"{one_line(line['input'])}: {one_line(line['reason'] or 'no reason given')}")
    told.append(f"{line['published'] or UNDATED:<10}  {_title(line)}")
    told.append(
        f"  ({number(line['chunks'], 'passage')}, {number(line['removed_lines'], 'line')} removed)", "dim"
    )
    return told.append(f"  {one_line(line['reason'])}", "yellow") if line["reason"] else told


def articles_table(listed: dict[str, Any]) -> "RenderableType":
    """The library as a table; one line where it is empty."""
    articles = listed["articles"]
    if not articles:
        return "nothing is stored yet: 'isnad ingest PATH' stores articles"
    table = Table(box=None, pad_edge=False)
    for heading in ("article", "published", "language"):
        table.add_column(heading, no_wrap=True)
    table.add_column("source", overflow="fold", max_width=24)
    table.add_column("title", overflow="fold")
    for article in articles:
        cells = (article["article_id"], article["published"] or UNDATED, article["language"])
        table.add_row(*(Text(one_line(cell)) for cell in (*cells, article["source"] or "", _title(article))))
    return table


def article_text(article: dict[str, Any]) -> Text:
    """One article: what is known about it, then (from ``show``) its text and what was removed."""
    told = Text().append(_title(article), "bold")
    for name, value in _known(article):
        told.append(f"\n{name:<10} ", "dim").append(one_line(value))
    if "text" in article:
        told.append("\n\n" + harmless(article["text"]).strip())
        told.append("\n\n" + _removed(article["removed"]), "dim")
    return told


def _known(article: dict[str, Any]) -> list[tuple[str, str]]:
    published = article["published"] or UNDATED
    if article["published_from"]:
        published += f" (from the {article['published_from']})"
    if article.get("published_note"):
        published += f", {NOTES[article['published_note']]}"
    versions = ", ".join(f"{each['version']} of {each['ingested_at']}" for each in article["versions"])
    elsewhere = ", ".join(each["source"] or each["url"] or "?" for each in article["appearances"])
    known = {
        "article": article["article_id"],
        "version": article["version"],
        "published": published,
        "source": article["source"],
        "author": article["author"],
        "address": article["url"],
        "language": article["language"],
        "same story": article["same_story_as"],
        "also in": elsewhere,
        "versions": versions if len(article["versions"]) > 1 else "",
    }
    return [(name, value) for name, value in known.items() if value]


def _removed(removed: list[dict[str, Any]]) -> str:
    if not removed:
        return "No lines were removed from the page."
    reasons = Counter(each["why"] for each in removed).most_common()
    told = ", ".join(f"{number} {one_line(why)}" for why, number in reasons)
    lines = [f"\n  {one_line(each['why'])}: {shortened(one_line(each['line']))}" for each in removed]
    return f"Removed from the page: {number(len(removed), 'line')} ({told})." + "".join(lines)


def shortened(text: str) -> str:
    """``text``, cut off where it would fill more than a row or two of a terminal."""
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _title(line: dict[str, Any]) -> str:
    return one_line(line["title"] or "") or "(no title)"


def number(n: int, what: str) -> str:
    """``1 line``, ``2 lines``."""
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
