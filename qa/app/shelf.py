"""What the Articles tab shows: the list of what is stored, the report of an ingest, what became of a removal."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from qa.app.dates import period, written
from qa.app.examples import MOST as MOST_EXAMPLES
from qa.app.markup import escape, isolated, side, tag, words
from qa.app.sift import Numbers, Sift, story
from qa.app.words import NAMES, count, say
from vectorstore.language import language_of

Json = Mapping[str, Any]

MOST_ROWS = 200
_STATUSES = ("added", "updated", "unchanged", "duplicate", "rejected", "failed")


def welcome(articles: Sequence[Json], examples: Sequence[str], language: str, recent: str = "") -> str:
    """What an empty chat shows: how much is stored, questions to begin with (links ``#example-I``), ``recent``.

    Of ``examples`` those in ``language`` come first.
    """
    heading = tag("h1", escape(say(language, "welcome")))
    if not articles:
        content = heading + tag("p", escape(say(language, "empty_library")), class_="empty")
        return tag("div", content, class_="welcome", dir=side(language), lang=language)
    hint = tag("p", escape(say(language, "welcome_hint")))
    own_first = sorted(examples, key=lambda question: language_of(question) != language)
    asked = own_first[:MOST_EXAMPLES] or example_questions(articles)
    links = "".join(
        tag("li", words("a", text, href=f"#example-{i}", class_="example"))
        for i, text in enumerate(asked, start=1)
    )
    content = heading + hint + tag("ul", links, class_="examples") + amount(articles, language) + recent
    return tag("div", content, class_="welcome", dir=side(language), lang=language)


def example_questions(articles: Sequence[Json], most: int = MOST_EXAMPLES) -> list[str]:
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


def amount(articles: Sequence[Json], language: str) -> str:
    """How much is stored: articles, stories, outlets, the time they span, their languages."""
    told = Numbers.of(articles)
    parts = [count(language, "stored", told.articles)]
    if told.stories < told.articles:
        parts.append(count(language, "stories", told.stories))
    if told.outlets:
        parts.append(count(language, "outlets", told.outlets))
    if told.first and told.last:
        parts.append(period({"from": told.first[:7], "to": told.last[:7]}, language))
    parts += [f"{NAMES.get(code, code)} {n}" for code, n in told.languages]
    return tag("p", " · ".join(map(isolated, parts)), class_="amount")


def library(articles: Sequence[Json], wanted: Sift, language: str) -> str:
    """The stored articles that ``wanted`` lets through, with links ``#article-ID``, ``#story-ID``, ``#remove-ID``."""
    found = wanted.of(articles)
    if not articles:
        return _shelf(tag("p", escape(say(language, "empty_library")), class_="empty"), language)
    numbers = (
        amount(articles, language) + _no_dates(wanted, language) + _story_told(wanted, articles, language)
    )
    if not found:
        return _shelf(numbers + tag("p", escape(say(language, "none_match")), class_="empty"), language)
    shown = found[:MOST_ROWS]
    if len(shown) < len(articles):
        told = say(language, "shown_of", shown=len(shown), n=len(articles))
        numbers += tag("p", escape(told), class_="amount")
    keys = ("title", "outlet", "published", "language")
    head = "".join(tag("th", escape(say(language, key)), scope="col") for key in keys)
    last = tag("th", tag("span", escape(say(language, "remove")), class_="unseen"), scope="col")
    sizes = Counter(map(story, articles))
    rows = "".join(_row(each, sizes[story(each)], language) for each in shown)
    table = tag("table", tag("thead", tag("tr", head + last)) + tag("tbody", rows))
    return _shelf(numbers + table, language)


def _no_dates(wanted: Sift, language: str) -> str:
    """That what stands for a date is none."""
    told = (isolated(say(language, "filter_no_date", day=each.strip())) for each in wanted.no_dates())
    return "".join(tag("p", each, class_="notice", role="alert") for each in told)


def _story_told(wanted: Sift, articles: Sequence[Json], language: str) -> str:
    """That the list shows one story alone, with the way back."""
    if not wanted.story:
        return ""
    title = next((each.get("title") for each in articles if each["article_id"] == wanted.story), None)
    told = isolated(say(language, "only_story", title=title or say(language, "untitled")))
    back = tag("a", escape(say(language, "all_stories")), href=f"#story-{wanted.story}")
    return tag("p", f"{told} {back}", class_="notice")


def _shelf(content: str, language: str) -> str:
    return tag("div", content, class_="shelf", dir=side(language), lang=language)


def _row(article: Json, of_story: int, language: str) -> str:
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
        tag("td", opening + _same_story(article, of_story, language), class_="title"),
        tag("td", isolated(article.get("source") or say(language, "no_outlet"))),
        tag("td", published, class_="date" if article.get("published") else "date undated"),
        tag(
            "td",
            isolated(NAMES.get(article.get("language") or "", article.get("language") or "")),
            class_="language",
        ),
        tag("td", removal),
    ]
    return tag("tr", "".join(cells))


def _same_story(article: Json, of_story: int, language: str) -> str:
    if of_story < 2:
        return ""
    told = escape(say(language, "same_story", n=of_story))
    return tag("a", told, href=f"#story-{story(article)}", class_="story")


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


def done(message: str, language: str) -> str:
    """A line that says what has been done."""
    said = words("p", message, class_="summary")
    return tag("div", said, class_="report", dir=side(language), lang=language, role="status")


def removed(article: Json, language: str) -> str:
    """Said after a removal, with the link ``#undo-ID``."""
    title = article.get("title") or say(language, "untitled")
    said = tag("span", isolated(say(language, "removed_done", title=title)))
    undo = tag("a", escape(say(language, "undo")), href=f"#undo-{article['article_id']}", class_="offer")
    told = tag("p", f"{said} {undo}", class_="summary")
    return tag("div", told, class_="report", dir=side(language), lang=language, role="status")


def taken_back(article: Json, language: str) -> str:
    """Said after a removal was taken back."""
    return done(
        say(language, "kept_after_all", title=article.get("title") or say(language, "untitled")), language
    )
