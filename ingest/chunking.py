"""Passages to embed: whole sentences, up to a number of the model's own tokens, at exact places."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from vectorstore.records import Span
from vectorstore.text import clauses, sentences

TARGET_TOKENS = 120
MAX_TOKENS = 240

CountTokens = Callable[[Sequence[str]], list[int]]


def chunk(text: str, count_tokens: CountTokens) -> list[Span]:
    """Cut ``text`` into spans of at most ``MAX_TOKENS`` tokens that begin and end with a sentence.

    A span ends with its paragraph once it has ``TARGET_TOKENS``, so that short paragraphs are joined and long
    ones cut. A sentence that alone is too long is cut at its clauses. ``count_tokens`` is the embedding model's.
    """
    units = _units(text, count_tokens)
    # What stands between two sentences is embedded with them: space mostly, but a row of signs too.
    gaps = [text[one.end : other.start].strip() for (one, _), (other, _) in pairwise(units)]
    result: list[Span] = []
    held = 0
    for (span, tokens), between in zip(units, [0, *count_tokens(gaps)], strict=False):
        joins = bool(result) and held + between + tokens <= MAX_TOKENS
        if joins and held >= TARGET_TOKENS and "\n" in text[result[-1].end : span.start]:
            joins = False
        if joins:
            result[-1] = Span(result[-1].start, span.end)
            held += between + tokens
        else:
            result.append(span)
            held = tokens
    return result


def _units(text: str, count_tokens: CountTokens) -> list[tuple[Span, int]]:
    whole = sentences(text)
    units: list[tuple[Span, int]] = []
    for span, tokens in zip(
        whole, count_tokens([text[each.start : each.end] for each in whole]), strict=True
    ):
        units += [(span, tokens)] if tokens <= MAX_TOKENS else _parts(text, span, count_tokens)
    return units


def _parts(text: str, span: Span, count_tokens: CountTokens) -> list[tuple[Span, int]]:
    parts = clauses(text, span.start, span.end)
    counts = count_tokens([text[each.start : each.end] for each in parts])
    result: list[tuple[Span, int]] = []
    for part, tokens in zip(parts, counts, strict=True):
        result += [(part, tokens)] if tokens <= MAX_TOKENS else _halves(text, part, tokens, count_tokens)
    return result


def _halves(text: str, span: Span, tokens: int, count_tokens: CountTokens) -> list[tuple[Span, int]]:
    """Words without a comma for hundreds of tokens: cut at the space nearest the middle until it fits."""
    if tokens <= MAX_TOKENS or span.end - span.start < 2:
        return [(span, tokens)]
    middle = (span.start + span.end) // 2
    space = text.rfind(" ", span.start + 1, middle)
    cut = space if space > span.start else middle
    halves = [Span(span.start, cut), Span(cut + (text[cut] == " "), span.end)]
    counts = count_tokens([text[each.start : each.end] for each in halves])
    return [
        part
        for half, count in zip(halves, counts, strict=True)
        if half.start < half.end
        for part in _halves(text, half, count, count_tokens)
    ]
