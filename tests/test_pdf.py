from datetime import date
from textwrap import wrap

import pytest

from ingest.bidi import as_read, reads_from_the_right
from ingest.clean import clean
from ingest.page import Document
from ingest.pdf import read_pdf
from ingest.publication import find_publication
from vectorstore.errors import Rejected, Unreadable

FRENCH = (
    "Le conseil du port a voté mardi le maintien du vieux phare, après une pétition de quatre mille noms remise "
    "par des pêcheurs. La lampe sera alimentée par le soleil dès le printemps, et la maison du gardien deviendra "
    "un petit musée de la mer."
)


def pdf(*sheets: list[str], extra: bytes = b"", title: str = "") -> bytes:
    """A small PDF file with a line of text each 14 points down."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for lines in sheets:
        drawn = b"".join(b"(" + line.encode("cp1252") + b") Tj 0 -14 Td " for line in lines)
        stream = b"BT /F 11 Tf 50 700 Td " + drawn + b"ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    extra += b"/Info %d 0 R" % (len(objects) + 1)
    objects.append(b"<</Title(" + title.encode("cp1252") + b")>>")
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    data, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer<</Size %d/Root 1 0 R%s>>startxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start)


def test_lines_are_joined_to_paragraphs_and_sheet_lines_left_out() -> None:
    texts = [
        FRENCH.replace("phare", name).replace("de la mer", f"du {name}")
        for name in ("phare", "pont", "four", "canal")
    ]
    sheets = [["The Daily Sheet", f"No {at}", *wrap(text, 70), f"page {at}"] for at, text in enumerate(texts)]
    found = read_pdf(Document(pdf(*sheets), "a.pdf", "a.pdf"))
    assert found.kind == "text"
    assert found.content.split("\n\n") == texts


def test_a_word_parted_at_a_lines_end_is_whole_again() -> None:
    data = pdf(["The council of the harbour voted on Tuesday to keep the old light-", "house lit."])
    assert "old lighthouse lit." in read_pdf(Document(data, "a.pdf", "a.pdf")).content


def test_a_scan_is_rejected_as_one() -> None:
    with pytest.raises(Rejected, match="scan without text"):
        read_pdf(Document(pdf([]), "a.pdf", "a.pdf"))


def test_an_encrypted_file_is_told_as_one() -> None:
    locked = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + b"28" * 32
        + b">/U<"
        + b"41" * 32
        + b">>>/ID[<01><01>]"
    )
    with pytest.raises(Unreadable, match="asks for a password"):
        read_pdf(Document(pdf([FRENCH[:80]], extra=locked), "a.pdf", "a.pdf"))


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("The lamp stays lit", "The lamp stays lit"),
        ("Prices rise by 3.5", "Prices rise by 3.5"),
        ("about:blank", ""),
        ("https://herald.example/news/lamp?id=7", ""),
        ("www.herald.example/lamp", ""),
        ("file:///tmp/lamp", ""),
        ("Microsoft Word - lamp.docx", ""),
        ("Microsoft Word - lamp", ""),
        ("lamp_final.indd", ""),
        ("untitled", ""),
        ("Sans titre 1", ""),
        ("Document1", ""),
        ("...", ""),
    ],
)
def test_a_title_that_only_a_program_gave_is_none(told: str, title: str) -> None:
    data = pdf([FRENCH[:80]], title=told)
    assert read_pdf(Document(data, "a.pdf", "a.pdf")).said.title == title


def test_the_headline_and_day_stand_in_the_text_where_a_program_gave_the_title() -> None:
    head = ["Fishermen save the old harbour light", "The Herald, 5 May 2025"]
    body = (
        "The council of the harbour voted on Tuesday to keep the old light burning, after a petition signed by "
        "four thousand people. The lamp will be fed by the sun from next spring, and the house of its keeper will "
        "become a small museum of the sea, where the fishermen of the harbour will show their nets and boats."
    )
    read = read_pdf(Document(pdf([*head, *wrap(body, 70)], title="about:blank"), "a.pdf", "a.pdf"))
    cleaned = clean(read)
    assert cleaned.title == head[0]
    told = find_publication(read, cleaned)
    assert told is not None
    assert told.day == date(2025, 5, 5)


def test_a_damaged_file_is_told_as_one() -> None:
    with pytest.raises(Unreadable, match="damaged PDF"):
        read_pdf(Document(b"%PDF-1.4\nnothing", "a.pdf", "a.pdf"))


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("A line in English, 2024.", "A line in English, 2024."),
        (".طابرلا يف 2024 ةنس", "سنة 2024 في الرباط."),
        ("Pardo Francisco ينابسإلا ديسلا لبقتسا", "استقبل السيد الإسباني Pardo Francisco"),
        ("(ةيلمع 42) ةكرتشملا", "المشتركة (42 عملية)"),
        ("تايلمعلا نم %35.5", "35.5% من العمليات"),
        ("He wrote ابحرم ملاع to us", "He wrote عالم مرحبا to us"),
        ("2023-2022 مسوم", "موسم 2022-2023"),
    ],
)
def test_letters_as_seen_are_put_in_the_order_in_which_they_are_read(seen: str, read: str) -> None:
    assert as_read(seen, reads_from_the_right(read)) == read
