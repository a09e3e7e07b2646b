"""Sentences marked by hand for what was done to them (``quality/support.txt``), and how the check does on them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from qa.support import Checker
from qa.verdict import Verdict
from vectorstore.passages import sentences_of
from vectorstore.records import Article, digest

PAIRS = Path(__file__).parent / "quality" / "support.txt"
FAITHFUL = "faithful"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A sentence that cites ``article``; ``kind`` is ``faithful`` or says what in it isn't so."""

    part: str
    kind: str
    sentence: str
    article: Article

    @property
    def crosses(self) -> bool:
        """Whether sentence and passage are in two languages."""
        from vectorstore.text import language_of

        return language_of(self.sentence) != self.article.language

    def judged(self, checker: Checker) -> Verdict:
        return checker.locate(self.sentence, self.article, sentences_of(self.article))


def load() -> list[Claimed]:
    return list(_read(PAIRS.read_text("utf-8").splitlines()))


def _read(lines: list[str]) -> Iterator[Claimed]:
    part, article = "", None
    for line in filter(None, lines):
        if line.startswith("== "):
            head, _, title = line[3:].partition(" | ")
            part, language, published = head.split()
            article = None
        elif line.startswith("#"):
            continue
        elif article is None:
            article = _article(line, title, language, date.fromisoformat(published))
        else:
            kind, _, sentence = line.partition(" | ")
            yield Claimed(part, kind, sentence, article)


def _article(text: str, title: str, language: str, published: date) -> Article:
    return Article(digest(title), digest(text), title, text, language, "s", datetime(2025, 1, 1), published)
