"""Questions of what one outlet tells: "according to Le Matin, who …", "what did Le Matin report about …"."""

import re
from collections.abc import Iterable
from functools import cache

from vectorstore.text import fold

_ACCORDING = r"according to|as reported by|per|in|selon|d['’]après|dans|و?(?:بحسب|حسب|وفقا? ?ل?|نقلا عن|في)"
_PAPERS = "صحيفة جريدة موقع وكالة مجلة".split()
_PAPER = rf"(?:{'|'.join(_PAPERS)}|the newspaper|the daily|le quotidien|le journal|le site)"
_SAY_EN = r"reports?|reported|says?|said|writes?|written|wrote|publish(?:ed|es)?|tells?|told|cover(?:ed|s)?"
_SAY_FR = (
    r"dit|rapporte|écrit|raconte|publie|annonce|(?:a|avait) (?:dit|rapporté|écrit|raconté|publié|annoncé)"
)
_SAY_AR = r"(?:ذكر|قال|كتب|نشر|أورد|نقل|أفاد|روى|حكى)ت?|[يت](?:ذكر|قول|كتب|نشر|ورد)"
_ABOUT_EN = r"about|on|of|regarding|concerning"
_ABOUT_FR = r"de l['’]|de la|d['’]|du|des|de|sur|à propos d[eu]s?|au sujet d[eu]s?|concernant"
_ABOUT_AR = r"عن|حول|بخصوص|بشأن|في"
_LEFT_OUT = frozenset(fold(word) for word in ("the", "le", "la", "les", *_PAPERS))


def told_by(question: str, outlets: Iterable[str]) -> tuple[str, str] | None:
    """The outlet that a question asks of, and the question without it; none where it asks of no such outlet.

    ``outlets`` are those that are stored. What an outlet reports about something asks for the gist of that.
    """
    folded = fold(question)
    for outlet in sorted(outlets, key=len, reverse=True):
        words = [word for word in fold(outlet).split() if word not in _LEFT_OUT]
        if words and all(word in folded for word in words) and (rest := _without(question, outlet)):
            return outlet, rest
    return None


def _without(question: str, outlet: str) -> str:
    """The question without the outlet; empty where it is named in another role."""
    reports, according = _patterns(outlet)
    for pattern, gist in reports:
        if found := pattern.match(question):
            return gist.format(about=found["about"].strip())
    rest = according.sub(" ", question, count=1)
    return " ".join(rest.split()).strip(" ,،:") if rest != question else ""


@cache
def _patterns(outlet: str) -> tuple[tuple[tuple[re.Pattern[str], str], ...], re.Pattern[str]]:
    words = [re.escape(word) for word in outlet.split() if fold(word) not in _LEFT_OUT]
    name = rf"(?:{_PAPER}\s+)?(?:(?:the|le|la|les|l['’])\s*)?{_PAPER}?\s*" + r"\s+".join(words)
    reports = (
        (
            rf"what (?:did|does|do|has|have) {name} (?:{_SAY_EN})(?: (?:{_ABOUT_EN})\b)? ?(?P<about>[^?]*)",
            "Tell me about {about}",
        ),
        (rf"qu(?:e|['’])\s?(?:{_SAY_FR}) {name} (?:{_ABOUT_FR})\s?(?P<about>[^?]*)", "Parle-moi de {about}"),
        (rf"(?:ماذا|ما الذي) (?:{_SAY_AR}) {name} (?:{_ABOUT_AR}) (?P<about>[^؟?]*)", "حدثني عن {about}"),
    )
    according = re.compile(rf"(?<!\w)(?:{_ACCORDING})\s*{name}(?!\w)\s*[,،:]?", re.IGNORECASE)
    return tuple((re.compile(pattern, re.IGNORECASE), gist) for pattern, gist in reports), according
