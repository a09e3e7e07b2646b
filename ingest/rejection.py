"""Why a page holds no article, told in a sentence: nothing but headlines, a cookie wall, an error, a login."""

import re
from collections.abc import Sequence

from ingest.headline import Head
from ingest.lines import ends_sentence, is_prose, key, letters
from ingest.sections import Judged
from vectorstore.folding import fold

_FEWEST = 30  # letters of an article
_SHORT = 500  # letters; past that a page is what its text says, whatever stands around it
_FEWEST_HEADLINES = 5  # lines without a single sentence among them
_LIST = "the page is a list of headlines, not an article; give the pages of its articles"
_MISSING = (
    "page not found", "404 not found", "error 404", "404 error", "page introuvable", "erreur 404",
    "cette page n'existe",
    "page n'existe pas", "page demandee", "page you requested", "page you are looking for", "no longer available",
    "page que vous recherchez", "n'existe plus ou a ete", "oups",
    "page can't be found", "page cannot be found", "page could not be found", "n'est plus disponible", "oops",
    "الصفحه غير موجوده", "الصفحه المطلوبه", "خطا 404", "لم يتم العثور", "الصفحه التي تبحث",
)  # fmt: skip
_LOGIN = (
    "log in to continue", "please log in", "sign in to continue", "please sign in", "forgot password",
    "forgot your password",
    "mot de passe oublie", "connectez-vous pour", "se connecter pour", "veuillez vous connecter", "نسيت كلمه",
    "سجل الدخول", "تسجيل الدخول للمتابعه", "يرجي تسجيل الدخول", "you must be logged in", "create an account",
    "verify you are human", "checking your browser", "enable javascript", "activer javascript", "activez javascript",
)  # fmt: skip


def why_no_article(judged: Sequence[Judged], inside: Sequence[int], head: Head, kind: str) -> str:
    """A sentence for the user; empty where the lines ``inside`` are an article."""
    size = sum(letters(judged[at].text) for at in inside)
    if size >= _SHORT:
        return ""
    texts = [fold(each.text) for each in judged]
    cookies = sum(letters(each.text) for each in judged if each.why == "cookies")
    headlines = sum(each.why in ("", "related", "teaser") and letters(each.text) >= 25 for each in judged)
    if _says(texts, fold(head.title), _MISSING, 90):
        return "the page says that its article was not found; check the address"
    if cookies > size:
        return "the page is a cookie notice, not an article; accept it in a browser and save the page again"
    if _says(texts, fold(head.title), _LOGIN, 120):
        return "the page asks to log in or to prove something, it is not an article; save it after that"
    if len(inside) >= _FEWEST_HEADLINES and not any(_is_told(judged[at]) for at in inside):
        return _LIST
    if headlines - len(inside) >= (4 if size < _FEWEST else 6) and (
        size < _FEWEST or _is_list(judged, inside, head, headlines, size, kind)
    ):
        return _LIST
    if size < _FEWEST:
        return "the page holds too little text to be an article; give one with at least a whole sentence"
    return ""


def _is_told(each: Judged) -> bool:
    return each.prose or ends_sentence(each.text)


def _is_list(
    judged: Sequence[Judged], inside: Sequence[int], head: Head, headlines: int, size: int, kind: str
) -> bool:
    """Whether a short text among many headlines is one of them rather than a short article under its own."""
    if kind == "article" or size >= 300 or headlines < 10:
        return False
    prose = sum(is_prose(judged[at].line) for at in inside)
    titled = head.at is not None and len(key(head.title).split()) >= 4
    return prose <= 1 and (kind == "website" or not titled)


def _says(texts: Sequence[str], title: str, phrases: Sequence[str], longest: int) -> bool:
    """Whether the title or a short line says one of ``phrases``."""
    short = [text for text in (title, *texts) if len(text) <= longest]
    return any(re.search(rf"(?<!\w){re.escape(phrase)}", text) for text in short for phrase in phrases)
