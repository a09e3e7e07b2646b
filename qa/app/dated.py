"""An answer's citations in time: a picture of when, and a table that can be sorted and saved."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qa.app.dates import period, written
from qa.app.markup import escape, isolated, tag, words
from qa.app.words import say
from qa.phrases import say as phrase

Json = Mapping[str, Any]

FEWEST_ROWS = 3
"""Citations from which on a table is worth its place."""
_DOT_PERCENT = 4
"""How much of the line a point covers; those nearer to one another are piled up."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = ("when", "said", "title", "outlet", "published")


@dataclass(frozen=True, slots=True)
class Row:
    """A citation and the day it is placed at: the event it tells, else its publication; null for neither."""

    citation: Json
    day: date | None

    @property
    def iso(self) -> str:
        """The day as it sorts; what has none comes last."""
        return self.day.isoformat() if self.day else "9999"


def rows(citations: Sequence[Json]) -> list[Row]:
    """The citations, oldest first."""
    return sorted((Row(each, _day(each)) for each in citations), key=lambda row: (row.iso, row.citation["n"]))


def _day(citation: Json) -> date | None:
    event = citation.get("event") or {}
    for iso in (event.get("from"), event.get("to"), citation.get("published")):
        try:
            return date.fromisoformat(str(iso)[:10])
        except ValueError:
            continue
    return None


def overview(told: Json, turn: int, language: str) -> str:
    """The picture and the table of an answer with several citations, else nothing."""
    found = rows(told.get("citations") or ())
    if len(found) < FEWEST_ROWS:
        return ""
    return timeline(found, turn, language) + _table(found, turn, language)


def timeline(found: Sequence[Row], turn: int, language: str) -> str:
    """The dated rows on a line of time, each a link to its citation; nothing where all tell of one day.

    Places are shares of the line, from the side where the page's reading begins.
    """
    dated = [(row, row.day) for row in found if row.day]
    days = [day for _, day in dated]
    if len(set(days)) < 2:
        return ""
    first, span = min(days), (max(days) - min(days)).days
    crowd: Counter[int] = Counter()
    points = []
    for row, day in dated:
        share = 100 * (day - first).days / span
        near = round(share / _DOT_PERCENT)
        points.append(_point(row, share, crowd[near], turn, language))
        crowd[near] += 1
    ends = tag("span", escape(written(min(days).isoformat(), language)), class_="from") + tag(
        "span", escape(written(max(days).isoformat(), language)), class_="to"
    )
    line = tag("ol", "".join(points), class_="points", style=f"--levels:{max(crowd.values())}")
    label = tag("p", escape(say(language, "timeline")), class_="unseen")
    return tag("div", label + line + tag("p", ends, class_="ends"), class_="timeline")


def _point(row: Row, share: float, level: int, turn: int, language: str) -> str:
    number = row.citation["n"]
    hint = f"{_when(row, language)} · {row.citation.get('title') or say(language, 'untitled')}"
    link = tag("a", str(number), href=f"#src-{turn}-{number}", title=hint)
    return tag("li", link, style=f"--at:{share:.1f}%;--level:{level}")


def _when(row: Row, language: str) -> str:
    event, published = row.citation.get("event"), row.citation.get("published")
    if event:
        return period(event, language)
    day = written(published, language)
    return phrase("reported", language, day=day) if published else day


def _table(found: Sequence[Row], turn: int, language: str) -> str:
    head = "".join(
        tag("th", tag("a", escape(say(language, key)), href=f"#sort-{column}"), scope="col")
        for column, key in enumerate(_COLUMNS)
    )
    body = "".join(_table_row(row, turn, language) for row in found)
    table = tag("table", tag("thead", tag("tr", head)) + tag("tbody", body))
    lines = "".join(tag("p", escape(line)) for line in spreadsheet(found).splitlines())
    saving = tag("a", escape(say(language, "save_csv")), href="#save-csv", class_="save")
    summary = tag("summary", f"{escape(say(language, 'as_table'))} · {len(found)}")
    kept = tag("div", lines, class_="kept", title="isnad.csv")
    return tag(
        "details", summary + tag("div", table, class_="scroll") + tag("p", saving) + kept, class_="listed"
    )


def _table_row(row: Row, turn: int, language: str) -> str:
    citation, number = row.citation, row.citation["n"]
    quote = tag("a", escape(number), href=f"#src-{turn}-{number}", class_="chip")
    cells = [
        tag("td", isolated(_when(row, language)), title=row.iso),
        tag("td", isolated(citation["quote"]) + " " + quote),
        words("td", citation.get("title") or say(language, "untitled")),
        tag("td", isolated(citation.get("source") or say(language, "no_outlet"))),
        tag(
            "td",
            isolated(written(citation.get("published"), language)),
            title=citation.get("published") or "9999",
        ),
    ]
    return tag("tr", "".join(cells))


def spreadsheet(found: Sequence[Row]) -> str:
    """The rows as CSV with ISO dates. No cell begins as a formula would, which a spreadsheet might run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["n", "from", "to", "reported", "quote", "title", "outlet", "published", "address"])
    for row in found:
        citation, event = row.citation, row.citation.get("event") or {}
        reported = None if event else citation.get("published")
        cells = [event.get("from"), event.get("to"), reported, citation["quote"], citation.get("title")]
        cells += [citation.get("source"), citation.get("published"), citation.get("url")]
        writer.writerow([citation["n"], *map(_harmless, cells)])
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = " ".join(str(cell or "").split())
    return f"'{text}" if text.startswith(_FORMULA) else text
