"""What a web page's own markup says is no article: by an element's name, role or classes, or for being hidden."""

import re
from collections.abc import Sequence
from typing import Any

_TAG_ZONES = {
    "nav": "menu", "menu": "menu", "footer": "footer", "aside": "related", "form": "form", "figcaption": "caption",
    "label": "form", "address": "footer",
}  # fmt: skip
_ROLE_ZONES = {
    "navigation": "menu", "search": "menu", "contentinfo": "footer", "complementary": "related", "form": "form",
    "dialog": "cookies", "alertdialog": "cookies",
}  # fmt: skip
_CLASS_ZONES = {
    "related": """related recommended recommendation recommendations similar popular trending mostread outbrain
        taboola readmore suggestions teaser teasers recirc morestories latest""",
    "share": "share sharing social socials addtoany sharethis sharedaddy sharebar",
    "comments": "comments comment respond disqus commentlist commentform discussion",
    "newsletter": "newsletter subscribe subscription signup optin mailchimp",
    "cookies": "cookie cookies consent gdpr cmp onetrust didomi rgpd",
    "menu": """nav navbar navigation menu breadcrumb breadcrumbs sidebar topbar ticker pagination pager search login
        toolbar offcanvas skip skiplink""",
    "footer": "footer copyright colophon bottombar",
    "advert": "ad ads advert advertisement adsbygoogle sponsored promo banner publicite advertising",
    "tags": "tags tag keywords taglist hashtags",
    "form": "popup modal overlay captcha",
    "caption": "caption credit credits",
    "author box": "bio authorbox",
    "update time": "modified updated lastmod lastupdated",
    "byline": "byline author authors dateline published pubdate posted timestamp date datetime meta postmeta",
}
_BY_TOKEN = {token: zone for zone, tokens in _CLASS_ZONES.items() for token in tokens.split()}
_HIDDEN = re.compile(
    r"(?:display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden|font-size\s{0,5}:\s{0,5}0(?![\d.]))", re.I
)
_TOKEN = re.compile(r"[A-Z]?[a-z]+")


def is_hidden(element: Any) -> bool:
    """Whether a reader of the page wouldn't see the element."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return False
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style", "")[:500]))
    )


def zone_of(element: Any) -> str:
    """Why the element's own name, role or classes say that it is no article; empty where they don't."""
    name = element.tag if isinstance(element.tag, str) else ""
    if name in ("html", "body", "h1", "main", "a", "br", ""):
        return ""
    if name in _TAG_ZONES:
        return _TAG_ZONES[name]
    if element.get("role") in _ROLE_ZONES:
        return _ROLE_ZONES[element.get("role")]
    tokens = _TOKEN.findall(f"{element.get('class', '')[:300]} {element.get('id', '')[:100]}")
    return next((_BY_TOKEN[token.lower()] for token in tokens if token.lower() in _BY_TOKEN), "")


def in_zone(element: Any, zones: Sequence[str]) -> bool:
    """Whether the element stands in, or is, one of ``zones`` by the markup around it."""
    around = [element, *element.iterancestors()]
    return any(zone_of(each) in zones for each in around)
