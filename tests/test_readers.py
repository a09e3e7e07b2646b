from pathlib import Path

import pytest

from ingest.readers import MAX_BYTES, InputFile, expand, read, read_bytes, read_text
from vectorstore.errors import Rejected, Unreadable

ARABIC = "دشنت السلطات محطة جديدة لتحلية مياه البحر جنوب المدينة، وهي الأكبر من نوعها في الجهة."
FRENCH = "L'été dernier, la région a dû réduire l'eau à cause d'une sécheresse sévère : « jamais vu »."


def write(path: Path, content: str | bytes = "Some text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def names(*inputs: Path) -> list[str]:
    return [file.name for file in expand([str(path) for path in inputs])]


def test_a_folder_is_walked_sorted_and_names_are_relative_to_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.md", "a/1.html"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a/1.html", "a/2.md", "b.txt"]


def test_hidden_files_and_a_folders_readme_are_left_out(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".git/a.txt", "README.md", "a.txt"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.txt"]
    assert names(tmp_path / "README.md") == ["README.md"]


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path / "secret.txt")
    write(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    assert names(tmp_path / "in") == ["a.txt"]


def test_files_of_one_name_get_their_folder_in_front_and_none_is_read_twice(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one" / "a.txt"), write(tmp_path / "two" / "a.txt")
    assert names(one, two, one) == ["one/a.txt", "two/a.txt"]


def test_a_missing_path_is_an_item_that_fails_when_read(tmp_path: Path) -> None:
    (file,) = expand([str(tmp_path / "none.txt")])
    with pytest.raises(Unreadable, match=r"none\.txt' doesn't exist; check the path"):
        read(file)


def test_an_unknown_type_names_the_known_ones(tmp_path: Path) -> None:
    (file,) = expand([str(write(tmp_path / "a.xyz"))])
    with pytest.raises(Unreadable, match=r"unknown file type '\.xyz'; isnad reads \.txt"):
        read(file)


@pytest.mark.parametrize("content", ["", "  \n\t\n", "\ufeff"])
def test_an_empty_file_is_rejected(tmp_path: Path, content: str) -> None:
    (file,) = expand([str(write(tmp_path / "a.txt", content))])
    with pytest.raises(Rejected, match="is empty"):
        read(file)


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n" + bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99)]
)
def test_binary_content_under_a_text_name_is_unreadable(data: bytes) -> None:
    with pytest.raises(Unreadable, match="binary data"):
        read_bytes(data, "a.txt")


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        read(InputFile("big.txt", tmp_path / "big.txt", "big.txt"))


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
    assert read_bytes((text * 3).encode(encoding), "a.txt").content == text * 3


def test_a_page_is_decoded_as_its_meta_element_says() -> None:
    page = f'<html><head><meta charset="windows-1256"></head><body><p>{ARABIC}</p></body></html>'
    assert ARABIC in read_bytes(page.encode("windows-1256"), "a.html").content


def test_one_damaged_character_does_not_turn_utf8_into_something_else() -> None:
    data = (ARABIC * 9).encode()[:-1]
    assert read_bytes(data, "a.txt").content.startswith(ARABIC)


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
    page = "<!DOCTYPE html>\n<!-- saved from url=(0031)https://example.org/2024/a.html -->\n<html><p>x</p></html>"
    assert read_text(page, "a.html").url == "https://example.org/2024/a.html"


def test_standard_input_has_no_name() -> None:
    assert read_text("Some text.", "-").name == ""
