"""Builds an answer's text line by line, keeping each sentence's place and its citations' numbers."""

import re
from dataclasses import dataclass, field

from qa.answer import Citation, Passage, Sentence
from qa.phrases import quoted

# A bracketed number of the article's own would read as a citation; the rest would be taken for markup.
SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")


@dataclass(slots=True)
class Draft:
    """An answer in the making."""

    language: str
    text: str = ""
    citations: list[Citation] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Add a line of the program's own, in a paragraph of its own."""
        self.text += f"{line}\n\n"

    def quote(self, label: str, passage: Passage) -> None:
        """Add a list item that quotes ``passage`` under its own number, behind ``label`` where there is one."""
        number = len(self.citations) + 1
        self.citations.append(Citation(number, passage))
        self.text += f"- **{label}** — " if label else "- "
        start = len(self.text)
        self.text += f"{quoted(escaped(passage.quote), passage.article.language)} [{number}]"
        self.sentences.append(Sentence(start, len(self.text), (number,)))
        self.text += "\n"

    def ended(self) -> str:
        """The text so far, without trailing space."""
        return self.text.rstrip()


def escaped(quote: str) -> str:
    """``quote`` as Markdown that shows exactly its characters, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(quote.split()))
