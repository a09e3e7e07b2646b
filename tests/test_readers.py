import io
import json
import zipfile
from collections.abc import Mapping
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from types import MappingProxyType

import pytest

from ingest.clean import clean
from ingest.inputs import Skipped, expand
from ingest.page import Document, Leaf, Page, Said
from ingest.readers import leaves, read_text
from vectorstore.errors import ItemError, Rejected, Unreadable

ARABIC = "دشنت السلطات محطة جديدة لتحلية مياه البحر جنوب المدينة، وهي الأكبر من نوعها في الجهة."
FRENCH = "L'été dernier, la région a dû réduire l'eau à cause d'une sécheresse sévère : « jamais vu »."


def write(path: Path, content: str | bytes = "Some text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names(*inputs: Path) -> list[str]:
    return [file.name for file in expand([str(path) for path in inputs])[0]]


def passed_over(folder: Path) -> dict[str, str]:
    return {Path(each.input).relative_to(folder).as_posix(): each.why for each in expand([str(folder)])[1]}


def pages(data: bytes, name: str) -> list[Page]:
    found = list(leaves(Document(data, name, name)))
    assert all(isinstance(each, Leaf) for each in found)
    return [each.page() for each in found if isinstance(each, Leaf)]


def page(data: bytes, name: str) -> Page:
    (only,) = pages(data, name)
    return only


def test_a_folder_is_walked_sorted_and_names_are_relative_to_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.md", "a/1.html"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a/1.html", "a/2.md", "b.txt"]


def test_hidden_files_and_a_folders_readme_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "~$a.docx", "README.md", "a.txt"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.txt"]
    hidden = dict.fromkeys((".git", ".hidden.txt", "~$a.docx"), "hidden")
    assert passed_over(tmp_path) == {**hidden, "README.md": "README"}
    assert names(tmp_path / "README.md") == ["README.md"]


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt")
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert names(tmp_path / "in") == ["a.txt"]
    assert passed_over(tmp_path / "in") == {"b.txt": "link", "loop": "link"}


def test_a_folders_files_of_unknown_types_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", "b.css", "c"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.txt"]
    assert passed_over(tmp_path) == {"b.css": "unknown type", "c": "unknown type"}


def test_files_of_one_name_get_their_folder_in_front_and_none_is_read_twice(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one" / "a.txt"), write(tmp_path / "two" / "a.txt")
    assert names(one, two, one) == ["one/a.txt", "two/a.txt"]


@pytest.mark.parametrize("content", ["", "  \n\t\n", "\ufeff"])
def test_an_empty_file_is_rejected(content: str) -> None:
    with pytest.raises(Rejected, match="is empty"):
        page(content.encode(), "a.txt")


@pytest.mark.parametrize("data", [bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99)])
def test_binary_content_under_a_text_name_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary data"):
        page(data, "a.txt")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *(
            (text, code)
            for text in (ARABIC, FRENCH)
            for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
        ),
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (FRENCH, "windows-1252"),
        (FRENCH.replace("«", '"').replace("»", '"'), "iso-8859-1"),
        ("Plain English.", "ascii"),
    ],
)
def test_encodings_are_told_by_their_marks_or_by_the_evidence(text: str, encoding: str) -> None:
    assert page((text * 3).encode(encoding), "a.txt").content == text * 3


def test_a_page_is_decoded_as_its_meta_element_says() -> None:
    text = f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC}</p></body></html>'
    assert ARABIC in page(text.encode("windows-1256"), "a.html").content


def test_one_damaged_character_does_not_turn_utf8_into_something_else() -> None:
    data = (ARABIC * 9).encode()[:-1]
    assert page(data, "a.txt").content.startswith(ARABIC)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.txt", "<!DOCTYPE html><html><body><p>x</p></body></html>", "html"),
        ("a.txt", "<div><p>a</p><p>b</p><p>c</p></div>", "html"),
        ("a.txt", "In HTML, <p> opens a paragraph.", "text"),
        ("a.html", "No tags in here.", "text"),
        ("A.HTM", "<p>x</p>", "html"),
        ("a.markdown", "# x", "markdown"),
        ("-", "x", "text"),
    ],
)
def test_the_kind_follows_the_content_where_the_name_misleads(name: str, content: str, kind: str) -> None:
    assert read_text(content, name).kind == kind


def test_a_saved_page_knows_where_it_was_saved_from() -> None:
    saved = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://example.org/2024/a.html -->\n<html><p>x</p></html>"
    assert read_text(saved, "a.html").url == "https://example.org/2024/a.html"


def test_standard_input_has_no_name() -> None:
    assert read_text("Some text.", "-").name == ""


# -- documents ---------------------------------------------------------------------------------------------


def docx(*paragraphs: str, before: str = "", more: Mapping[str, str] = MappingProxyType({})) -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(each if each.startswith("<w:tbl>") else word_paragraph(each) for each in paragraphs)
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relations}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{before}<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>',
            **more,
        }
    )


def word_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_table(*rows: tuple[str, ...]) -> str:
    told = ["".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in told)}</w:tbl>"


def zipped(members: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_a_word_file_is_read_by_its_paragraphs_whatever_its_name() -> None:
    found = page(docx("A title", ARABIC, FRENCH), "report")
    assert found.kind == "html"
    assert f"<p>{ARABIC}</p><p>{FRENCH}</p>" in found.content


def test_a_word_files_notes_stand_at_its_end_without_the_signs_that_lead_there() -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    types = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    told = f"{FRENCH}</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>"
    note = (
        f"<w:footnote w:id='2'>{word_paragraph('Selon le registre du port, tenu depuis 1881.')}</w:footnote>"
    )
    notes = {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{types}"><Relationship Id="r2" Type="{kind}" '
        'Target="footnotes.xml"/></Relationships>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{word}">{note}</w:footnotes>',
    }
    found = clean(page(docx("Le vieux phare", told, AFTER, more=notes), "a.docx"))
    assert found.text.split("\n\n") == [FRENCH, AFTER, "Selon le registre du port, tenu depuis 1881."]


AFTER = "Le prochain relevé se fera au printemps, à l'ouverture du nouveau quai aux grands navires de ligne."


@pytest.mark.parametrize("after", [(), (AFTER,)])
def test_a_word_files_table_is_kept_row_by_row_also_where_it_ends_the_file(after: tuple[str, ...]) -> None:
    table = word_table(("", "2023", "2024"), ("Tétouan", "1 204", "1 377"), ("Larache", "", "77"))
    found = clean(
        page(docx("Le tableau des ports", FRENCH, "Tableau 1 : les navires", table, *after), "a.docx")
    )
    rows = ("2023 | 2024", "Tétouan | 1 204 | 1 377", "Larache | | 77")
    assert found.text.split("\n\n") == [FRENCH, "Tableau 1 : les navires", *rows, *after]


def test_a_row_of_a_word_files_table_that_ends_in_a_year_signs_nothing() -> None:
    rows = (
        ("Zone", "Part", "Taux", "Année"),
        ("South Bay", "85", "9.7", "2024"),
        ("Vieux port", "6.5", "2026"),
    )
    found = clean(page(docx("Le tableau des ports", FRENCH, word_table(*rows), AFTER), "a.docx"))
    assert found.text.split("\n\n") == [FRENCH, *map(" | ".join, rows), AFTER]
    assert (found.author, found.byline_lines, found.removed) == (None, (), ())


def test_a_damaged_word_file_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="damaged Word file"):
        page(zipped({"word/document.xml": "<w:nothing"}), "a.docx")


def test_a_saved_web_page_is_read_with_its_address_and_encoding() -> None:
    message = EmailMessage()
    message["Snapshot-Content-Location"] = "https://example.org/a"
    message.set_content(f"<html><body><p>{ARABIC}</p></body></html>", "html", charset="windows-1256")
    message.add_related(b"\x89PNG", "image", "png")
    found = page(message.as_bytes(), "a.mhtml")
    assert ARABIC in found.content
    assert (found.kind, found.url) == ("html", "https://example.org/a")


def test_a_saved_web_page_without_a_page_is_unreadable() -> None:
    message = EmailMessage()
    message.add_related(b"\x89PNG", "image", "png")
    with pytest.raises(Unreadable, match="no web page"):
        page(message.as_bytes(), "a.mhtml")


# -- many articles in a file -------------------------------------------------------------------------------


def test_the_records_of_a_json_list_are_articles_by_their_usual_fields() -> None:
    record = {
        "headline": "A title",
        "Content": FRENCH,
        "publishedAt": "2024-10-03T22:10:00Z",
        "link": "https://example.org/a",
        "source": {"id": None, "name": "The Post"},
        "authors": ["A. Writer", "B. Writer"],
    }
    found = page(json.dumps([record]).encode(), "a.json")
    assert (found.content, found.url, found.kind) == (FRENCH, "https://example.org/a", "text")
    assert found.said == Said("A title", "A. Writer, B. Writer", "The Post", date(2024, 10, 3))


@pytest.mark.parametrize(
    "value",
    [
        [{"text": "x y z"}],
        {"articles": [{"text": "x y z"}], "status": "ok"},
        {"text": "x y z"},
        {"items": [{"content_html": "x y z"}]},
    ],
)
def test_a_json_file_is_a_list_a_list_under_a_usual_name_or_one_object(value: object) -> None:
    assert page(json.dumps(value).encode(), "a.json").content == "x y z"


@pytest.mark.parametrize("stamp", [1727951400, 1727951400000, "3 Oct 2024", "Thu, 03 Oct 2024 10:30:00 GMT"])
def test_a_records_day_may_be_told_in_any_usual_way(stamp: object) -> None:
    found = page(json.dumps({"text": "x", "date": stamp}).encode(), "a.json")
    assert found.said.published == date(2024, 10, 3)


def test_a_json_file_without_articles_is_rejected_and_a_broken_one_unreadable() -> None:
    with pytest.raises(Rejected, match="holds no articles"):
        page(b'{"a": 1}', "a.json")
    with pytest.raises(Unreadable, match="valid JSON"):
        page(b'{"a": ', "a.json")


def test_a_broken_line_does_not_spoil_the_others() -> None:
    one, broken, other = list(
        leaves(Document(b'{"text": "x"}\n{\n\n{"text": "y"}\n', "a.jsonl", "in/a.jsonl"))
    )
    assert isinstance(one, Leaf)
    assert isinstance(broken, Leaf)
    assert isinstance(other, Leaf)
    assert (one.page().content, other.page().content) == ("x", "y")
    assert [one.shown, broken.shown, other.shown] == ["in/a.jsonl#1", "in/a.jsonl#2", "in/a.jsonl#4"]
    with pytest.raises(Unreadable, match="valid JSON in line 2"):
        broken.page()


def test_a_record_goes_by_its_id_or_title_so_that_the_order_does_not_matter() -> None:
    records = [
        {"title": "A", "text": "x"},
        {"title": "A", "text": "y"},
        {"id": 7, "text": "z"},
        {"text": "w"},
    ]
    found = pages(json.dumps(records).encode(), "a.json")
    assert [each.name for each in found] == ["a.json#A", "a.json#A (2)", "a.json#7", "a.json#4"]


@pytest.mark.parametrize(
    "names",
    [
        ("Titre", "Contenu", "Date de publication", "Lien", "Média"),
        ("العنوان", "النص", "تاريخ النشر", "الرابط", "المصدر"),
        ("title", "article_body", "pub_date", "web_url", "outlet"),
    ],
)
def test_a_records_fields_may_be_named_in_french_and_arabic(names: tuple[str, ...]) -> None:
    values = ("A title", FRENCH, "2024-10-03", "https://example.org/a", "The Post")
    found = page(json.dumps(dict(zip(names, values, strict=True))).encode(), "a.jsonl")
    assert (found.content, found.url) == (FRENCH, "https://example.org/a")
    assert found.said == Said("A title", None, "The Post", date(2024, 10, 3))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_table_is_read_by_the_columns_its_first_row_names(sign: str) -> None:
    rows = [["title", "date", "body", "outlet"], ["A", "2024-10-03", f'"{ARABIC}\nx, y; z"', "The Post"]]
    found = page("\r\n".join(sign.join(row) for row in rows).encode("utf-8-sig"), "a.csv")
    assert found.content == f"{ARABIC}\nx, y; z"
    assert found.said == Said("A", None, "The Post", date(2024, 10, 3))


def test_a_table_without_a_column_for_the_text_says_what_it_needs() -> None:
    with pytest.raises(Unreadable, match="name it in the first row"):
        page(b"a,b\n1,2\n", "a.csv")


def test_a_record_without_a_text_is_rejected_with_the_fields_it_may_have() -> None:
    with pytest.raises(Rejected, match="text, body, content, article"):
        page(b'[{"title": "x"}]', "a.json")


# -- feeds as files ----------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Post</title>
<item><title>A title</title><link>https://example.org/a</link><pubDate>Thu, 03 Oct 2024 10:30:00 GMT</pubDate>
<dc:creator>A. Writer</dc:creator><description>Short</description>
<content:encoded><![CDATA[<p>{ARABIC}</p>]]></content:encoded></item>
<item><title>Another</title><guid isPermaLink="true">https://example.org/b</guid></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Post</title><entry><title>A title</title>
<link rel="edit" href="https://example.org/edit"/><link href="https://example.org/a"/>
<published>2024-10-03T10:30:00Z</published><updated>2025-01-01T00:00:00Z</updated>
<author><name>A. Writer</name><email>a@example.org</email></author>
<content type="html">&lt;p&gt;{ARABIC}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize("feed", [RSS, ATOM])
def test_a_feeds_file_gives_the_articles_whose_text_is_in_it(feed: str) -> None:
    first, *others = [
        each for each in leaves(Document(feed.encode(), "a.xml", "a.xml")) if isinstance(each, Leaf)
    ]
    found = first.page()
    assert f"<p>{ARABIC}</p>" in found.content
    assert found.url == "https://example.org/a"
    assert found.said == Said("A title", "A. Writer", "The Post", date(2024, 10, 3))
    for each in others:
        with pytest.raises(Rejected, match="give the feed's address"):
            each.page()


def test_the_line_by_which_a_feeds_article_leads_back_to_itself_is_taken_out() -> None:
    back = '<p>The post <a href="/a">A title</a> appeared first on <a href="/">The Post</a>.</p>'
    first = next(leaves(Document(RSS.replace("</p>", f"</p>{back}", 1).encode(), "a.xml", "a.xml")))
    assert isinstance(first, Leaf)
    found = clean(first.page())
    assert found.text == ARABIC
    assert [each.why for each in found.removed] == ["headline again"]


# -- archives ----------------------------------------------------------------------------------------------


def test_an_archive_is_read_as_if_its_files_lay_in_a_folder() -> None:
    data = zipped(
        {
            "b/2.txt": ARABIC,
            "a.jsonl": '{"text": "x"}\n{"text": "y"}',
            "c.png": "?",
            ".x/d.txt": "?",
            "README": "?",
        }
    )
    found = list(leaves(Document(data, "all.zip", "in/all.zip")))
    read = {each.shown: each.name for each in found if isinstance(each, Leaf)}
    assert read == {
        "in/all.zip/a.jsonl#1": "a.jsonl#1",
        "in/all.zip/a.jsonl#2": "a.jsonl#2",
        "in/all.zip/b/2.txt": "b/2.txt",
    }
    assert {each.input: each.why for each in found if isinstance(each, Skipped)} == {
        "in/all.zip/.x/d.txt": "hidden",
        "in/all.zip/README": "README",
        "in/all.zip/c.png": "unknown type",
    }


def test_an_archive_within_an_archive_and_an_old_word_file_are_unreadable() -> None:
    with pytest.raises(ItemError, match="an archive within one; unpack it"):
        page(zipped({"inner.zip": zipped({"a.txt": "x"})}), "outer.zip")
    with pytest.raises(ItemError, match="an old Word file"):
        page(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc")
