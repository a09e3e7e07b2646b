"""Addresses through the whole pipeline: pages, feeds and sitemaps of a site on loopback."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from homes import Home, opened
from web_server import Reply, Site, serving

from ingest.pipeline import NOTHING, Given, Item
from ingest.reading import Total

TEXTS = {
    "bridge": "The minister opened a new bridge over the river in Rabat. Its name is Hassan, after the tower nearby.",
    "tunnel": "The governor closed the old tunnel below the mountain near Fez. Repairs will take about four months.",
    "port": "Fishermen of Agadir landed twelve tonnes of sardines in one night. The harbour was full by dawn.",
}


def page(name: str, head: str = "") -> Reply:
    return Reply(
        f"<html><head><title>About the {name}</title>{head}</head><body><h1>About the {name}</h1>"
        f"<p>{TEXTS[name]}</p></body></html>",
        headers={"ETag": f'"{name}{len(head)}"'},
    )


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with opened(tmp_path / "home") as made:
        yield made


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({f"/{name}": page(name) for name in TEXTS}) as made:
        yield made


def told(home: Home, *addresses: str, given: Given = NOTHING) -> list[Item]:
    return [each for each in home.pipeline.ingest(addresses, given) if isinstance(each, Item)]


def statuses(items: list[Item]) -> dict[str, str]:
    return {item.input.rpartition("/")[2]: item.status for item in items}


def feed(site: Site, *names: str, etag: str = '"1"') -> Reply:
    items = "".join(
        f"<item><title>{name}</title><link>/{name}</link><pubDate>Thu, 03 Oct 2024 10:30:00 GMT</pubDate></item>"
        for name in names
    )
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>{items}</channel></rss>'
    return Reply(body, headers={"ETag": etag}, kind="application/rss+xml")


def test_a_page_is_stored_under_its_address(home: Home, site: Site) -> None:
    (item,) = told(home, f"{site.address}/bridge")
    assert item.status == "added"
    assert item.article
    assert item.article.url == f"{site.address}/bridge"
    assert item.article.text == TEXTS["bridge"]


def test_a_page_that_has_not_changed_is_asked_for_by_its_mark_and_not_read_again(
    home: Home, site: Site
) -> None:
    told(home, f"{site.address}/bridge")
    site.pages["/bridge"] = Reply("", 304)
    (item,) = told(home, f"{site.address}/bridge")
    assert item.status == "unchanged"
    assert item.article
    assert site.asked[-1][1]["if-none-match"] == '"bridge0"'


def test_an_option_or_a_removal_has_the_page_read_again(home: Home, site: Site) -> None:
    (first,) = told(home, f"{site.address}/bridge")
    (dated,) = told(home, f"{site.address}/bridge", given=Given(published=date(2024, 5, 1)))
    assert dated.status == "updated"
    assert first.article
    home.pipeline.remove(first.article.article_id)
    assert statuses(told(home, f"{site.address}/bridge")) == {"bridge": "added"}
    assert all("if-none-match" not in headers for _, headers in site.asked)


def test_a_changed_page_becomes_a_new_version(home: Home, site: Site) -> None:
    told(home, f"{site.address}/bridge")
    changed = TEXTS["bridge"].replace("Hassan", "Mohammed")
    site.pages["/bridge"] = Reply(f"<html><body><h1>About the bridge</h1><p>{changed}</p></body></html>")
    (item,) = told(home, f"{site.address}/bridge")
    assert item.status == "updated"
    assert home.found("bridge") == [changed]


def test_a_feed_gives_the_articles_it_lists_each_from_its_page(home: Home, site: Site) -> None:
    site.pages["/feed"] = feed(site, "bridge", "tunnel", "missing")
    events = list(home.pipeline.ingest([f"{site.address}/feed"]))
    assert [each.articles for each in events if isinstance(each, Total)] == [1, 3]
    items = [each for each in events if isinstance(each, Item)]
    assert statuses(items) == {"bridge": "added", "tunnel": "added", "missing": "failed"}
    stored = {each.title: each for each in home.library.articles()}
    assert stored["About the bridge"].text == TEXTS["bridge"]
    assert {each.source for each in stored.values()} == {"The Post"}


def test_a_feeds_day_counts_only_where_the_page_tells_none(home: Home, site: Site) -> None:
    meta = '<meta property="article:published_time" content="2024-09-30T08:00:00Z">'
    site.pages["/tunnel"] = page("tunnel", meta)
    site.pages["/feed"] = feed(site, "bridge", "tunnel")
    told(home, f"{site.address}/feed")
    days = {each.title: (each.published, each.published_from) for each in home.library.articles()}
    assert days == {
        "About the bridge": (date(2024, 10, 3), "meta"),
        "About the tunnel": (date(2024, 9, 30), "meta"),
    }


def test_a_second_pass_over_a_feed_asks_only_what_has_changed(home: Home, site: Site) -> None:
    site.pages["/feed"] = feed(site, "bridge", "tunnel")
    told(home, f"{site.address}/feed")
    for name in ("feed", "bridge"):
        site.pages[f"/{name}"] = Reply("", 304)
    site.asked.clear()
    assert statuses(told(home, f"{site.address}/feed")) == {"bridge": "unchanged", "tunnel": "unchanged"}
    assert site.paths == ["/feed", "/bridge", "/tunnel"]
    assert all("if-none-match" in headers for path, headers in site.asked if path != "/robots.txt")


def test_a_sitemap_and_an_index_of_sitemaps_are_followed(home: Home, site: Site) -> None:
    site.pages["/index.xml"] = Reply(
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>/one.xml</loc></sitemap>"
        "<sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>"
    )
    site.pages["/one.xml"] = Reply(
        "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
        "xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
        "<url><loc>/bridge</loc><lastmod>2025-01-01</lastmod><news:news>"
        "<news:publication_date>2024-10-03</news:publication_date><news:title>x</news:title></news:news></url>"
        "<url><loc>/port</loc><lastmod>2025-01-01</lastmod></url></urlset>"
    )
    assert statuses(told(home, f"{site.address}/index.xml")) == {
        "bridge": "added",
        "port": "added",
        "gone.xml": "failed",
    }
    assert {each.title: each.published for each in home.library.articles()} == {
        "About the bridge": date(2024, 10, 3),
        "About the port": None,
    }


@pytest.mark.parametrize(
    ("modified", "asked"),
    [
        ("<lastmod>2024-10-03T11:00:00+01:00</lastmod>", []),
        ("<lastmod>2024-10-03</lastmod>", []),
        ("<lastmod>2024-10-04</lastmod>", ["/port"]),
        ("<lastmod>2024-10-05T11:59:00Z</lastmod>", ["/port"]),
        ("<lastmod>2025-01-01</lastmod>", ["/port"]),
        ("<lastmod>lately</lastmod>", ["/port"]),
        ("", ["/port"]),
    ],
)
def test_what_a_sitemap_says_was_last_changed_well_before_it_was_stored_is_not_asked_for_again(
    home: Home, site: Site, modified: str, asked: list[str]
) -> None:
    site.pages["/map.xml"] = Reply(f"<urlset><url><loc>/port</loc>{modified}</url></urlset>")
    told(home, f"{site.address}/map.xml")
    site.asked.clear()
    assert statuses(told(home, f"{site.address}/map.xml")) == {"port": "unchanged"}
    assert site.paths == ["/map.xml", *asked]
    again = told(home, f"{site.address}/map.xml", given=Given(published=date(2024, 5, 1)))
    assert statuses(again) == {"port": "updated"}


def test_an_empty_feed_is_told_as_one(home: Home, site: Site) -> None:
    site.pages["/feed"] = feed(site)
    (item,) = told(home, f"{site.address}/feed")
    assert (item.status, item.reason) == ("rejected", f"{site.address}/feed lists no articles")


def test_a_page_can_not_take_the_place_of_another_sites_article(home: Home, site: Site) -> None:
    (victim,) = told(home, f"{site.address}/bridge")
    assert victim.article
    with serving({"/evil": page("tunnel", f'<link rel="canonical" href="{site.address}/bridge">')}) as evil:
        # The two sites are told apart by their names; on loopback that is one of its other addresses.
        address = evil.address.replace("127.0.0.1", "localhost")
        (item,) = told(home, f"{address}/evil")
    assert item.status == "added"
    assert item.article
    assert item.article.url == f"{address}/evil"
    assert home.library.get(victim.article.article_id).text == TEXTS["bridge"]


def test_an_unreachable_address_is_one_item_that_failed(home: Home, site: Site) -> None:
    items = told(home, f"{site.address}/nowhere", f"{site.address}/port")
    assert statuses(items) == {"nowhere": "failed", "port": "added"}
    assert "isn't there" in str(items[0].reason)
