"""Cuts texts into the windows a model reads at once, by the model's own tokens."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Place = tuple[int, int]

_SURROGATES = re.compile("[\ud800-\udfff]")
_TEXTS_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class TokenWindow:
    """Tokens that the model reads at once: of text number ``text``, the whole input with the model's marks around
    it, and as ``weight`` how much of the text it is: its tokens, marks not counted."""

    text: int
    weight: int
    tokens: list[int]


class TokenReader:
    """Reads texts as a model's tokenizer does. What looks like one of its marks in a text is text."""

    def __init__(self, tokenizer: "Tokenizer", longest: int | None, *, marks: bool = True) -> None:
        """``longest`` is how many tokens the model reads at once, its marks among them; ``None``: any number."""
        tokenizer.no_truncation()
        tokenizer.no_padding()
        sample = tokenizer.encode("a", add_special_tokens=marks)
        tokenizer.encode_special_tokens = True
        self.tokenizer = tokenizer
        self.before = len(list(takewhile(bool, sample.special_tokens_mask)))
        after = len(list(takewhile(bool, reversed(sample.special_tokens_mask))))
        self._begin, self._end = sample.ids[: self.before], sample.ids[len(sample.ids) - after :]
        self.room = None if longest is None else longest - self.before - after

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, without marks."""
        return [
            len(encoding)
            for batch in _batches(texts)
            for encoding in self.tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        ]

    def places(self, text: str) -> list[Place]:
        """The characters each token of ``text`` comes from, start and end, without the space before a word."""
        encoding = self.tokenizer.encode(_readable(text), add_special_tokens=False)
        return [_trimmed(text, place) for place in encoding.offsets]

    def windows(self, texts: Sequence[str], prompt: str) -> Iterator[TokenWindow]:
        """Every text's windows, each as long as the model can read, with ``prompt`` before a text's first words."""
        number = 0
        for batch in _batches([prompt + text for text in texts]):
            for encoding in self.tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                yield from self._cut(number, encoding.ids)
                number += 1

    def _cut(self, number: int, tokens: list[int]) -> Iterator[TokenWindow]:
        room = self.room or max(len(tokens), 1)
        for start in range(0, max(len(tokens), 1), room):
            part = tokens[start : start + room]
            yield TokenWindow(number, len(part) or 1, [*self._begin, *part, *self._end])


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _TEXTS_AT_ONCE):
        yield [_readable(text) for text in texts[start : start + _TEXTS_AT_ONCE]]


def _readable(text: str) -> str:
    """``text`` with half characters, which no tokenizer takes, replaced one for one."""
    return _SURROGATES.sub("\ufffd", text)


def _trimmed(text: str, place: Place) -> Place:
    start, end = max(place[0], 0), place[1]
    while start < end and text[start].isspace():
        start += 1
    return start, end
