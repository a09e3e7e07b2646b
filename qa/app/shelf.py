"""What the Articles tab shows: the list of what is stored, the report of an ingest, the doubt before a removal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from qa.app.dates import written
from qa.app.markup import escape, isolated, side, tag, words
from qa.app.words import NAMES, count, say
from vectorstore.text import fold

Json = Mapping[str, Any]

MOST_ROWS = 200
_STATUSES = ("added", "updated", "unchanged", "duplicate", "rejected", "failed")


def welcome(articles: Sequence[Json], examples: Sequence[str], language: str, recent: str = "") -> str:
    """What an empty chat shows: how much is stored, questions to begin with (links ``#example-I``), ``recent``."""
    heading = tag("h1", escape(say(language, "welcome")))
    if not articles:
        content = heading + tag("p", escape(say(language, "empty_library")), class_="empty")
        return tag("div", content, class_="welcome", dir=side(language), lang=language)
    hint = tag("p", escape(say(language, "welcome_hint")))
    asked = examples or example_questions(articles)
    links = "".join(
        tag("li", words("a", text, href=f"#example-{i}", class_="example"))
        for i, text in enumerate(asked, start=1)
    )
    content = heading + hint + tag("ul", links, class_="examples") + _amount(articles, language) + recent
    return tag("div", content, class_="welcome", dir=side(language), lang=language)


def example_questions(articles: Sequence[Json], most: int = 4) -> list[str]:
    """Questions after the titles of what is stored, in each article's language, languages in turn."""
    titled = [each for each in articles if each.get("title") and len(each["title"]) <= 90]
    place: Counter[str] = Counter()
    ranked = []
    for each in titled:
        language = each.get("language") or ""
        ranked.append((place[language], each))
        place[language] += 1
    ranked.sort(key=lambda pair: pair[0])
    return [
        say(each.get("language") or "", "example", title=" ".join(each["title"].split()))
        for _, each in ranked[:most]
    ]


def _amount(articles: Sequence[Json], language: str) -> str:
    outlets = {each["source"] for each in articles if each.get("source")}
    parts = [count(language, "stored", len(articles))]
    if outlets:
        parts.append(count(language, "outlets", len(outlets)))
    return tag("p", " · ".join(map(escape, parts)), class_="amount")


def library(articles: Sequence[Json], wanted: str, language: str) -> str:
    """The stored articles that ``wanted`` occurs in, with links ``#article-ID`` and ``#remove-ID``."""
    needles = fold(wanted).split()
    found = [each for each in articles if all(needle in _searched(each) for needle in needles)]
    shown = found[:MOST_ROWS]
    if not articles:
        return _shelf(tag("p", escape(say(language, "empty_library")), class_="empty"), language)
    if not found:
        return _shelf(tag("p", escape(say(language, "none_match")), class_="empty"), language)
    amount = count(language, "stored", len(articles))
    if len(shown) < len(articles):
        amount = say(language, "shown_of", shown=len(shown), n=len(articles))
    keys = ("title", "outlet", "published", "language")
    head = "".join(tag("th", escape(say(language, key)), scope="col") for key in keys)
    rows = "".join(_row(each, language) for each in shown)
    table = tag("table", tag("thead", tag("tr", head + "<th></th>")) + tag("tbody", rows))
    return _shelf(tag("p", escape(amount), class_="amount") + table, language)


def _shelf(content: str, language: str) -> str:
    return tag("div", content, class_="shelf", dir=side(language), lang=language)


def _searched(article: Json) -> str:
    fields = ("title", "source", "published", "language", "author", "url")
    return fold(" ".join(str(article.get(field) or "") for field in fields))


def _row(article: Json, language: str) -> str:
    title = article.get("title") or say(language, "untitled")
    opening = words("a", title, href=f"#article-{article['article_id']}")
    published = isolated(written(article.get("published"), language))
    evidence = article.get("published_from")
    if evidence:
        published += tag("span", escape(say(language, f"evidence_{evidence}")), class_="evidence")
    label = say(language, "remove")
    removal = tag(
        "a",
        escape(label),
        href=f"#remove-{article['article_id']}",
        class_="remove",
        title=f"{label}: {title}",
    )
    cells = [
        tag("td", opening, class_="title"),
        tag("td", isolated(article.get("source") or say(language, "no_outlet"))),
        tag("td", published, class_="date" if article.get("published") else "date undated"),
        tag("td", isolated(NAMES.get(article.get("language") or "", article.get("language") or ""))),
        tag("td", removal),
    ]
    return tag("tr", "".join(cells))


def report(lines: Sequence[Json], total: int | None, language: str) -> str:
    """What became of each item of an ingest so far; ``total`` is how many there are, where that is known."""
    done = len(lines)
    finished = total is not None and done >= total
    items = "".join(tag("li", _line(line, language)) for line in lines)
    head = _summary(lines, language) if finished else _progress(done, total, language)
    return tag(
        "div", head + tag("ul", items), class_="report", dir=side(language), lang=language, role="status"
    )


def _progress(done: int, total: int | None, language: str) -> str:
    told = say(language, "progress", done=done, n=total) if total else say(language, "reading")
    share = round(100 * done / total) if total else 0
    bar = tag("span", tag("span", "", style=f"width:{share}%"), class_="bar")
    return tag("p", bar + escape(told), class_="progress")


def _summary(lines: Sequence[Json], language: str) -> str:
    amounts = Counter(line["status"] for line in lines)
    parts = [
        tag(
            "span",
            f"{amounts[status]} {escape(say(language, f'status_{status}'))}",
            class_=f"status {status}",
        )
        for status in _STATUSES
        if amounts[status]
    ]
    return tag("p", " ".join(parts), class_="summary")


def _line(line: Json, language: str) -> str:
    name = PurePath(str(line.get("input") or "")).name or say(language, "pasted")
    status = line["status"] if line["status"] in _STATUSES else "failed"
    about = []
    if line.get("article_id"):
        about.append(isolated(written(line.get("published"), language)))
    if line.get("removed_lines"):
        about.append(escape(count(language, "lines", line["removed_lines"])))
    if line.get("title"):
        about.insert(0, isolated(name))
    badge = tag("span", escape(say(language, f"status_{status}")), class_=f"status {status}")
    title = words("span", line.get("title") or name, class_="name")
    reason = words("span", line["reason"], class_="reason") if line.get("reason") else ""
    return badge + title + tag("span", " · ".join(about), class_="meta") + reason


def failure(message: str, language: str) -> str:
    """A report of an ingest that couldn't begin or go on: ``message`` is one line for the user."""
    line = tag("p", words("span", message, class_="problem"))
    return tag("div", line, class_="report", dir=side(language), lang=language, role="alert")


def removed(title: str, language: str) -> str:
    """Said after a removal."""
    said = words("p", say(language, "removed_done", title=title), class_="summary")
    return tag("div", said, class_="report", dir=side(language), lang=language, role="status")


def confirmation(title: str, language: str) -> str:
    """The question before a removal."""
    return tag("div", words("p", say(language, "confirm", title=title)), class_="confirm", dir=side(language))
