"""A text's fingerprints: a few numbers that two texts have in common where they share a run of words."""

from zlib import crc32

from vectorstore.text import fold, words

RUN = 4
_WINDOW = 9


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
