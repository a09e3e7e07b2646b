"""Whether a sentence tells of what is still to come: changes when another way to say so should count."""

import re

_AHEAD = re.compile(
    # English
    r"\b(?:will|shall)\b|['’]ll\b|\b(?:is|are) (?:due|expected|scheduled|set|to)\b"
    # The French future ends so; nouns that do (caméra, opéra) mostly have é before it, names a capital.
    r"|\b(?!extra\b|ultra\b|infra\b|para\b|supra\b)[a-zà-ÿ]{2,}(?<!é)r(?:a|ont)\b"
    # Arabic: سوف, "is due", and the prefix سـ on a verb's ي, less the nouns that begin alike.
    r"|\bسوف\b|المقرر|المرتقب|المنتظر|\bو?سي(?!ار|اس|اد|اح|اق|د|ط|ن|ر[ةي]?\b|ل|ف)\w{2,}"
)
_ENDS = re.compile(r"[.!?؟…\n]")
_REACH = 300


def told_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence around ``text[start:end]`` (at most 300 characters either side) tells of the future."""
    before = text[max(0, start - _REACH) : start]
    opening = [each.end() for each in _ENDS.finditer(before)]
    after = text[end : end + _REACH]
    closing = _ENDS.search(after)
    sentence = (
        before[opening[-1] if opening else 0 :] + text[start:end] + after[: closing and closing.start()]
    )
    return bool(_AHEAD.search(sentence))
