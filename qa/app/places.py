"""A place in a stored article as the target of a link that outlives the chat: ``at-ARTICLE-VERSION-START-END``."""

import re
from typing import Any

Json = dict[str, Any]

_AT = re.compile(r"at-(\w{1,64})-(\w{1,64})-([0-9]{1,9})-([0-9]{1,9})")


def at(article_id: str, version: str, start: int = 0, end: int = 0) -> str:
    """The target for those characters of that version; for the whole version where there are none."""
    return f"at-{article_id}-{version}-{start}-{end}"


def read(target: str) -> Json | None:
    """``article_id``, ``version``, ``start`` and ``end`` of a target, null for any other text."""
    found = _AT.fullmatch(target)
    if not found:
        return None
    return {"article_id": found[1], "version": found[2], "start": int(found[3]), "end": int(found[4])}
