"""What kind of file it is: by its first bytes where they tell, else by the name's ending."""

import re
from typing import Literal

Kind = Literal["html", "text", "markdown"]
Format = Literal["text", "mhtml", "pdf", "docx", "json", "jsonl", "csv", "feed", "zip", "other"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "text",
    ".htm": "text",
    ".xhtml": "text",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".zip": "zip",
}
"""The endings that are read. Those of texts say little: ``text_kind`` looks at the text."""

_TEXTS: dict[str, Kind] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and other old office files
_MIME = re.compile(rb"(?:From|Subject|Date|MIME-Version|Snapshot-Content-Location): ", re.I)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|atom:feed|urlset|sitemapindex)[\s>]", re.I)
_PAGE_START = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
_TAG = re.compile(r"<(?:/?(?:p|div|span|article|section|h[1-6]|ul|li|table|main)|br|meta|a)[\s/>]", re.I)


def format_of(data: bytes, suffix: str) -> Format:
    """The format of a file that begins with ``data`` and whose name ends with ``suffix`` (with its dot)."""
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx" if b"word/document.xml" in data else "zip"
    if data.startswith(_OLE):
        return "other"
    told = SUFFIXES.get(suffix.lower(), "text")
    if told == "text" and _MIME.match(start) and b"multipart/related" in data[:4000]:
        return "mhtml"
    if told in ("text", "feed") and start[:1] == b"<":
        return "feed" if _FEED.search(start) and b"<html" not in start.lower() else "text"
    return told


def text_kind(text: str, suffix: str) -> Kind:
    """What a text is: a page saved as .txt is still a page, and plain text named .html has no tags."""
    told = _TEXTS.get(suffix.lower(), "text")
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    if told == "html":
        return "html" if "<" in text else "text"
    if _PAGE_START.match(start) or (start[:5] == "<?xml" and _PAGE_START.search(start[:2000])):
        return "html"
    return "html" if told == "text" and start[:1] == "<" and len(_TAG.findall(start)) >= 5 else told
