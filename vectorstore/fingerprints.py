"""A text's fingerprints: a few numbers that two texts have in common where they share a line or a run of words."""

from zlib import crc32

from vectorstore.text import fold, words

RUN = 4
_WINDOW = 9
_LONGEST_LINE = 300  # characters; what pages repeat under every article is no longer than that


def runs(tokens: list[str], length: int = RUN) -> list[str]:
    """Every ``length`` neighbouring tokens of ``tokens``; all of them together where they are fewer."""
    return [" ".join(tokens[at : at + length]) for at in range(max(1, len(tokens) - length + 1))]


def fingerprints(text: str) -> set[int]:
    """32-bit hashes of about a fifth of the runs of four folded words in ``text``.

    Texts with twelve words in a row in common share one, wherever those stand: winnowing, by Schleimer, Wilkerson
    and Aiken, "Winnowing: local algorithms for document fingerprinting" (SIGMOD 2003).
    """
    hashes = [
        crc32(run.encode()) for run in runs([fold(text[each.start : each.end]) for each in words(text)])
    ]
    return {min(hashes[at : at + _WINDOW]) for at in range(max(1, len(hashes) - _WINDOW + 1))}


def line_print(line: str) -> int:
    """A 32-bit hash of a line's folded words."""
    return crc32(" ".join(fold(line[each.start : each.end]) for each in words(line)).encode())


def line_prints(text: str) -> set[int]:
    """The hashes of the lines of ``text``, paragraphs of ordinary length left out."""
    return {line_print(line) for line in text.split("\n") if 0 < len(line) <= _LONGEST_LINE}
