from datetime import date
from pathlib import Path

import pytest
from marked import SETS, load, page_in

from ingest.clean import clean
from ingest.publication import Publication, find_publication
from ingest.readers import read_text

ARTICLES = Path(__file__).parents[1].parent / "shared" / "articles"
BODY = (
    "The harbour council voted on Tuesday to keep the old lighthouse lit, after a petition of four thousand names.\n"
    "Its lamp will be powered by the sun from next spring, and the keeper's cottage will become a small museum.\n"
)
TODAY = date(2025, 6, 1)


def found(text: str, name: str = "a.txt", today: date = TODAY) -> Publication | None:
    page = read_text(text, name)
    return find_publication(page, clean(page), today)


def html_page(head: str = "", around: str = "") -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    return (
        f"<html><head>{head}</head><body><h1>Lamp stays lit all winter</h1>{around}{paragraphs}</body></html>"
    )


def jsonld(fields: str) -> str:
    article = f'{{"@type":"NewsArticle","headline":"Lamp stays lit all winter",{fields}}}'
    return f'<script type="application/ld+json">{article}</script>'


@pytest.mark.parametrize("name", SETS)
def test_the_marked_pages_tell_their_days_and_no_other(name: str) -> None:
    pages = [marked for marked in load(name) if not marked.rejected]
    told = {marked.id: find_publication(marked.page, clean(marked.page)) for marked in pages}
    days = {name: f"{each.day} {each.found_from}" if each else None for name, each in told.items()}
    wrong = {page.id: days[page.id] for page in pages if page.published and days[page.id] != page.published}
    dated = sum(page.published is not None for page in pages)
    print(f"{dated - len(wrong)} of {dated} days right")
    assert not {page.id: days[page.id] for page in pages if not page.published and days[page.id]}
    assert 1 - len(wrong) / dated >= 0.95, wrong


@pytest.mark.parametrize(
    "line",
    [
        "خديجتو عدي3 أكتوبر 2024",
        "نشر في 3 أكتوبر 2024 - 14:30",
        "بقلم: فلان - الخميس ٣ أكتوبر ٢٠٢٤",
        "3 تشرين الأول 2024",
        "Jane Example | 3 October 2024",
        "Published October 3, 2024 at 10:15",
        "Thursday, 3 Oct 2024",
        "Publié le 3 octobre 2024 à 14h20",
        "Par Claire Exemple, le 3 octobre 2024",
        "2024-10-03",
        "Published 3 October 2024, updated 5 October 2024",
        "Updated 5 October 2024, published 3 October 2024",
        "نشر في 3 أكتوبر 2024 آخر تحديث 5 أكتوبر 2024",
    ],
)
def test_a_byline_tells_the_day(line: str) -> None:
    assert found(f"Lamp stays lit all winter\n{line}\n{BODY}") == Publication(date(2024, 10, 3), "byline")


@pytest.mark.parametrize(
    "text",
    [
        f"Lamp stays lit all winter\nUpdated 5 October 2024\n{BODY}",
        f"Lamp stays lit all winter\nآخر تحديث 5 أكتوبر 2024\n{BODY}",
        f"Sunday, 5 January 2025\nLamp stays lit all winter\n{BODY}",
        f"Lamp stays lit all winter\n{BODY}© 2023 Example, all rights reserved",
        f"Lamp stays lit all winter\n{BODY}Related\nFerry delayed\n3 October 2024\nBridge closed\n4 October 2024",
        f"Lamp stays lit all winter\n2 hours ago\n{BODY}",
        f"Lamp stays lit all winter\nOctober 2024\n{BODY}",
        f"Lamp stays lit all winter\n{BODY}The lamp was first lit on 3 October 1871 and has burnt ever since.",
        f"Lamp stays lit all winter\n3 October 2027\n{BODY}",
    ],
)
def test_other_days_on_the_page_are_not_the_publication(text: str) -> None:
    assert found(text) is None


@pytest.mark.parametrize("line", ["حرر بالعينة في 8 يوليوز 2024", "Fait à Modèle, le 8 juillet 2024"])
def test_a_statement_tells_its_day_at_its_end(line: str) -> None:
    assert found(f"Lamp stays lit all winter\n{BODY}{line}\nThe mayor\n") == Publication(
        date(2024, 7, 8), "byline"
    )


@pytest.mark.parametrize(
    "place",
    [
        "Norholm, 3 October 2024 - ",
        "NEW YORK, Oct 3, 2024 -- ",
        "Rabat, le 3 octobre 2024 (Agence) – ",
        "Tanger (Agence), jeudi 3 octobre 2024 — ",
        "الرباط، الخميس 3 أكتوبر 2024 (وكالة) - ",
        "الرباط - 3 أكتوبر 2024 (وكالة) - ",
        "الرباط (وكالة) 3 أكتوبر 2024 - ",
        "الرباط - وكالة الأفق - 3 أكتوبر 2024: ",
        "BASTIA - 3 octobre 2024 (Agence) - ",
        "KELMARA, Pakistan - October 3, 2024 (Horizon) - ",
    ],
)
@pytest.mark.parametrize("title", ["", "Lamp stays lit all winter\n\n"])
def test_the_day_beside_the_place_that_opens_a_dispatch_is_its_own(title: str, place: str) -> None:
    text = f"{title}{place}{BODY}"
    assert found(text) == Publication(date(2024, 10, 3), "byline")


@pytest.mark.parametrize(
    "opening",
    [
        "After the crash of 3 October 2024 - ",
        "On Thursday, 3 October 2024 - ",
        "His father, born in Oban, 3 October 1950 - ",
        "Norholm, October 2024 - ",
        "Meeting on 3 October 2024 - ",
        "The court (in Oban) on 3 October 2024 - ",
        "Norholm - Since 3 October 2024, ",
        "Norholm, 3 October 2027 - ",
    ],
)
def test_a_day_that_opens_a_text_otherwise_is_no_dateline(opening: str) -> None:
    assert found(f"Lamp stays lit all winter\n\n{opening}{BODY}") is None


def test_evidence_is_trusted_in_order() -> None:
    head = (
        jsonld('"datePublished":"2024-01-01"')
        + '<meta property="article:published_time" content="2024-01-02">'
    )
    head += '<link rel="canonical" href="https://example.org/2024/01/03/lamp">'
    byline = "<p>By Jane Example, 4 January 2024</p>"
    name = "2024-01-05.html"
    pages = [html_page(head, byline), html_page(head.replace("datePublished", "dateModified"), byline)]
    pages += [
        html_page(head.partition("<link")[1] + head.partition("<link")[2], byline),
        html_page("", byline),
        html_page(),
    ]
    assert [found(page, name) for page in pages] == [
        Publication(date(2024, 1, 1), "jsonld"),
        Publication(date(2024, 1, 2), "meta"),
        Publication(date(2024, 1, 3), "url"),
        Publication(date(2024, 1, 4), "byline"),
        Publication(date(2024, 1, 5), "filename"),
    ]


def test_a_future_day_gives_way_to_the_next_evidence() -> None:
    head = jsonld('"datePublished":"2025-06-03"') + '<meta name="pubdate" content="2025-06-02">'
    assert found(html_page(head)) == Publication(date(2025, 6, 2), "meta")


def test_the_day_is_the_one_on_the_publishers_clock() -> None:
    assert found(html_page(jsonld('"datePublished":"2024-10-03T23:50:00-05:00"'))) == Publication(
        date(2024, 10, 3), "jsonld"
    )


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Ferry sold to museum","datePublished":"2024-10-03"}',
        '{"@type":"List","itemListElement":[{"@type":"Article","name":"Lamp","datePublished":"2024-10-03"}]}',
        '{"@type":"VideoObject","name":"Lamp stays lit all winter","datePublished":"2024-10-03"}',
        '{"@type":"WebPage","datePublished":"2024-10-03"}',
        '{"@type":"NewsArticle","dateModified":"2024-10-03"}',
        '{"@type":"NewsArticle","headline":"Lamp stays lit","datePublished":1727913600}',
        '{"@type":"NewsArticle","headline":"Lamp stays lit","datePublished":"1970-01-01T00:00:00Z"}',
        "[[[{{{",
    ],
)
def test_structured_data_of_something_else_does_not_count(script: str) -> None:
    assert found(html_page(f'<script type="application/ld+json">{script}</script>')) is None


@pytest.mark.parametrize(
    "script",
    [
        '{"@graph":[{"@id":"x"},{"@type":["Article"],"headline":"Lamp stays lit","datePublished":"2024-10-03"}]}',
        '[{"@type":"ReportageNewsArticle","headline":"Lamp stays lit","datePublished":"2024-10-03T10:00Z",}]',
        '<!-- {"@type":"BlogPosting","headline":"Lamp stays lit","datePublished":"October 3, 2024"} -->',
        '{"@type":"NewsArticle","headline":"Lamp stays\n lit all","datePublished":"2024-10-03"};',
        '{"@type":"Article","headline":"Lamp stays lit","about":"a "quoted" word","datePublished":"2024-10-03"}',
    ],
)
def test_structured_data_is_read_as_pages_have_it(script: str) -> None:
    page = html_page(f'<script type="application/ld+json">{script}</script>')
    assert found(page) == Publication(date(2024, 10, 3), "jsonld")


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2024/10/03/lamp", date(2024, 10, 3)),
        ("/news/2024-10-03/lamp", date(2024, 10, 3)),
        ("/2024/oct/03/lamp", date(2024, 10, 3)),
        ("/20241003/lamp", date(2024, 10, 3)),
        ("/2024/10/lamp", None),
        ("/2024/13/41/lamp", None),
        ("/lamp?d=/2024/10/03/", None),
        ("/article-20241003123", None),
    ],
)
def test_an_address_tells_the_day_only_whole(path: str, day: date | None) -> None:
    publication = found(html_page(f'<link rel="canonical" href="https://example.org{path}">'))
    assert publication == (Publication(day, "url") if day else None)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-10-03.txt", date(2024, 10, 3)),
        ("lamp_20241003.txt", date(2024, 10, 3)),
        ("in/2024.10.03-lamp.txt", date(2024, 10, 3)),
        ("a20241003b.txt", None),
        ("20241003142300.txt", None),
        ("2024-10-03T14-23.txt", None),
        ("scraped-2024-10-03.txt", None),
        ("000_90edb15e35e4ed99.txt", None),
        ("2024-10-03/lamp.txt", None),
    ],
)
def test_a_file_name_tells_the_day_unless_it_stamps_the_download(name: str, day: date | None) -> None:
    assert found(f"Lamp stays lit all winter\n{BODY}", name) == (
        Publication(day, "filename") if day else None
    )


def test_front_matter_is_meta() -> None:
    page = f"---\ntitle: Lamp stays lit\npublished: 3 octobre 2024\n---\n{BODY}"
    assert found(page, "a.md") == Publication(date(2024, 10, 3), "meta")


@pytest.mark.skipif(not ARTICLES.exists(), reason="the articles are not here")
def test_of_the_first_real_articles_one_tells_its_day() -> None:
    pages = {path.name[:3]: page_in(path) for path in ARTICLES.glob("0*.txt")}
    days = {name: find_publication(page, clean(page)) for name, page in pages.items()}
    assert days.pop("003") == Publication(date(2024, 10, 3), "byline")
    assert set(days.values()) == {None}
