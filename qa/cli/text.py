"""Text from outside made harmless to a terminal, in lines for people and in JSON."""

import json
import re
from typing import Any

# Controls (a terminal obeys them), overrides of direction, line separators, annotation and tag characters,
# and halves of surrogate pairs. Marks that Arabic text really uses (joiners, LRM, RLM) stay.
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_UNSEEN = "\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f"
_BREAKS = re.compile("\r\n?|[\u2028\u2029\x85]")
_UNSAFE = re.compile(f"[{_CONTROLS}{_UNSEEN}\ud800-\udfff]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029{_UNSEEN}\ud800-\udfff]")


def harmless(text: str) -> str:
    """``text`` without anything that a terminal would obey; its line breaks and tabs stay."""
    return _UNSAFE.sub(_shown, _BREAKS.sub("\n", text))


def one_line(text: str) -> str:
    """``text`` harmless and on one line."""
    return " ".join(harmless(text).split())


def json_line(value: Any) -> bytes:
    """``value`` as one line of UTF-8 JSON: letters as they are, what a terminal would obey as ``\\u…``."""
    return _UNSAFE_IN_JSON.sub(_escaped, json.dumps(value, ensure_ascii=False)).encode() + b"\n"


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\ufffd" if code < 0xA0 or 0xD800 <= code <= 0xDFFF else ""


def _escaped(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]
