"""An article as the reader shows it: its words with the quoted ones marked, where it is from, what was left out."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from qa.app import places
from qa.app.dates import written
from qa.app.errors import explained
from qa.app.key_words import Place, in_article, set_off
from qa.app.markup import direction, elsewhere, escape, isolated, side, tag, web_address, words
from qa.app.reasons import reason
from qa.app.words import NAMES, say
from qa.operations import Operations
from vectorstore.errors import NotFound, UserError

Json = Mapping[str, Any]


def opened(operations: Operations, passage: Json, language: str) -> str:
    """The article of a passage, in the version that it quotes, with its words marked."""
    try:
        article = operations.show(passage["article_id"], version=passage["version"])
    except NotFound:
        return _without_version(operations, passage["article_id"], language)
    except UserError as error:
        return unreadable(explained(error, language), language)
    start, end = passage["start"], passage["end"]
    return reader(article, (start, end) if start < end else None, language, in_article(passage))


def _without_version(operations: Operations, article_id: str, language: str) -> str:
    """What is told where the version asked for isn't stored, with the way to the current one, if there is one."""
    try:
        newest = operations.show(article_id)
    except UserError:
        return unreadable(say(language, "not_stored"), language)
    target = places.at(article_id, newest["version"])
    opening = tag("a", escape(say(language, "open_newest")), href=f"#{target}")
    told = tag("p", f"{escape(say(language, 'no_version'))} {opening}", class_="notice")
    return tag("div", told, class_="read", dir=side(language), lang=language)


def reader(article: Json, quoted: Place | None, language: str, key: Place | None = None) -> str:
    """An article as ``show`` gives it, with ``quoted`` of its text in ``<mark>`` and ``key`` of that set off."""
    title = words("h2", article.get("title") or say(language, "untitled"))
    parts = [title, _about(article, language), _permalink(article, quoted, language)]
    parts += [_warnings(article, quoted, language), _text(article, quoted, key)]
    parts += [_versions(article, language), _removed(article.get("removed") or (), language)]
    return tag("div", "".join(parts), class_="read", dir=side(language), lang=language)


def unreadable(message: str, language: str) -> str:
    """The reader's content when the article can't be shown: ``message`` is one line for the user."""
    return tag("div", words("p", message, class_="problem"), class_="read", dir=side(language), lang=language)


def _about(article: Json, language: str) -> str:
    """The line of metadata under the title."""
    evidence = article.get("published_from")
    published = isolated(written(article.get("published"), language))
    if evidence:
        published += " " + tag(
            "span", escape(f"({say(language, f'evidence_{evidence}')})"), class_="evidence"
        )
    if article.get("published_note"):
        published += " " + tag(
            "span", escape(say(language, f"note_{article['published_note']}")), class_="evidence"
        )
    facts = [isolated(article.get("source") or say(language, "no_outlet")), published]
    if article.get("author"):
        facts.append(isolated(article["author"]))
    if article.get("language") in NAMES:
        facts.append(isolated(NAMES[article["language"]]))
    address = web_address(article.get("url"))
    if address:
        label = escape(say(language, "original"))
        facts.append(
            tag("a", label, href=address, target="_blank", rel="noopener noreferrer", class_="original")
        )
    return tag("p", " · ".join(facts), class_="about") + _appearances(
        article.get("appearances") or (), language
    )


def _appearances(appearances: Sequence[Json], language: str) -> str:
    if not appearances:
        return ""
    named = ", ".join(
        elsewhere(each.get("source") or say(language, "no_outlet"), each.get("url")) for each in appearances
    )
    return tag("p", f"{escape(say(language, 'also_appeared'))}: {named}", class_="about")


def _permalink(article: Json, quoted: Place | None, language: str) -> str:
    """The link that opens this version at these words in any window, which a click copies."""
    target = places.at(article["article_id"], article["version"], *(quoted or (0, 0)))
    key = "link_words" if quoted else "link_article"
    said = tag("span", escape(say(language, key)), class_="before")
    done = tag("span", escape(say(language, "link_copied")), class_="after", role="status")
    return tag("p", tag("a", said + done, href=f"#{target}", class_="permalink"), class_="links")


def _warnings(article: Json, quoted: Place | None, language: str) -> str:
    told = []
    newest = newest_version(article)
    if newest != article["version"]:
        target = places.at(article["article_id"], newest)
        opening = tag("a", escape(say(language, "open_newest")), href=f"#{target}")
        told.append(f"{escape(say(language, 'older_version'))} {opening}")
    if quoted and not 0 <= quoted[0] < quoted[1] <= len(article["text"]):
        told.append(escape(say(language, "quote_gone")))
    return "".join(tag("p", each, class_="notice") for each in told)


def newest_version(article: Json) -> str:
    """The article's version that was stored last."""
    versions = article.get("versions") or [article]
    newest: str = max(versions, key=lambda each: str(each.get("ingested_at") or ""))["version"]
    return newest


def _versions(article: Json, language: str) -> str:
    """The stored versions, newest first, where there are several."""
    versions = sorted(article.get("versions") or (), key=lambda each: str(each["ingested_at"]), reverse=True)
    if len(versions) < 2:
        return ""
    summary = tag("summary", f"{escape(say(language, 'versions'))} · {len(versions)}")
    items = "".join(tag("li", _version(article, each, language)) for each in versions)
    return tag("details", summary + tag("ul", items), class_="versions")


def _version(article: Json, version: Json, language: str) -> str:
    stored = escape(say(language, "stored_at", when=version["ingested_at"].replace("T", " ")[:16]))
    if version["version"] == article["version"]:
        return tag("strong", f"{stored} · {escape(say(language, 'shown_now'))}")
    return tag("a", stored, href=f"#{places.at(article['article_id'], version['version'])}")


def _text(article: Json, quoted: Place | None, key: Place | None) -> str:
    """The paragraphs, each in its own direction."""
    lines = article["text"].split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    (start, end), (first, last) = quoted or (0, 0), key or (0, 0)
    paragraphs = [
        tag("p", _marked(line, (start - at, end - at), (first - at, last - at)), dir=direction(line))
        for line, at in zip(lines, starts, strict=False)
        if line.strip()
    ]
    return tag("div", "".join(paragraphs), class_="text", lang=article.get("language"))


def _marked(line: str, quoted: Place, key: Place) -> str:
    """``line`` with its part of ``quoted`` marked, if it has one, and its part of ``key`` set off in that."""
    start, end = _within(line, quoted)
    if start >= end:
        return escape(line)
    first, last = _within(line, key)
    mark = tag("mark", set_off(line[start:end], (first - start, last - start)))
    return escape(line[:start]) + mark + escape(line[end:])


def _within(line: str, place: Place) -> Place:
    return max(place[0], 0), min(place[1], len(line))


def _removed(removed: Sequence[Json], language: str) -> str:
    if not removed:
        return ""
    summary = tag("summary", f"{escape(say(language, 'removed'))} · {len(removed)}")
    hint = tag("p", escape(say(language, "removed_hint")), class_="hint")
    rows = "".join(
        tag(
            "li",
            tag("span", escape(reason(each["why"], language)), class_="why")
            + words("span", each["line"], class_="line"),
        )
        for each in removed
    )
    return tag("details", summary + hint + tag("ul", rows), class_="removed")
