"""A place in a stored article as the target of a link that outlives the chat: ``at-ARTICLE-VERSION-START-END``.

``article-ARTICLE`` means the article as it is now.
"""

import re
from typing import Any

Json = dict[str, Any]

_AT = re.compile(r"at-(\w{1,64})-(\w{1,64})-([0-9]{1,9})-([0-9]{1,9})")


_NOW = re.compile(r"article-(\w{1,64})")


def at(article_id: str, version: str, start: int = 0, end: int = 0) -> str:
    """The target for those characters of that version; for the whole version where there are none."""
    return f"at-{article_id}-{version}-{start}-{end}"


def read(target: str) -> Json | None:
    """``article_id``, ``version`` (null for the newest), ``start`` and ``end`` of a target, null for other text."""
    now = _NOW.fullmatch(target)
    if now:
        return {"article_id": now[1], "version": None, "start": 0, "end": 0}
    found = _AT.fullmatch(target)
    if not found:
        return None
    return {"article_id": found[1], "version": found[2], "start": int(found[3]), "end": int(found[4])}
