"""Whether a text denies something, in three languages: changes when denial is worded in yet another way."""

import re
from collections.abc import Iterator

from vectorstore.folding import fold, fold_map
from vectorstore.records import Span
from vectorstore.text import terms, words

_ENGLISH = r"not|never|no|none|nobody|nothing|neither|nor|cannot|without|\w{2,8}n't"
_FRENCH = r"pas|jamais|aucune?|ni|sans|rien"
_ARABIC = fold("لم|لن|لا|ليس|ليست|ليسوا|لست|دون|بدون|عدم")
_DENYING = (
    r"den(?:y|ies|ied|ying)|refut(?:e|es|ed)|dement(?:i|ie|ent|it)?|nie|nient|refute|و?(?:"
    + fold("نفى|نفت|ينفي|تنفي|نفيه|أنكر|أنكرت|ينكر|تنكر|إنكاره")
    + ")"
)
_NEGATOR = re.compile(rf"(?<![\w'])(?:{_ENGLISH}|{_FRENCH}|و?ب?(?:{_ARABIC})|{_DENYING})(?![\w'])")
_DENIER = re.compile(_DENYING)
_REFUSING = re.compile(
    r"(?<![\w'])(?:refus(?:e|es|ed|ing|als?|er|ee|ees|ent|ant|ait)?|call(?:s|ed)? off|turn(?:s|ed)? down"
    r"|cancel(?:s|led|ed|ling|ing|lations?)?|annul(?:e|es|ed|s|ee|ees|er|ent|ait|ations?)"
    r"|declin(?:es?|ed|ing) to|declin(?:es?|ed|er|ent) (?:\w{1,5}[ '’]){0,2}(?:invitation|offe?re?|request|demande)"
    r"|fail(?:s|ed)? to|echou(?:e|ent|er) a|avoid(?:s|ed)|evit(?:e|ent|ait)|snub(?:s|bed)?|shun(?:s|ned)?"
    r"|boycott(?:s|ed|e|ent|er|ait)?|renonc(?:e|ent|er|ait) a|abstain(?:s|ed)|abstenu(?:e|s|es)?|abstient|و?(?:"
    + fold(
        "رفض|رفضت|رفضوا|رفضه|رفضها|يرفض|ترفض|ألغى|ألغت|ألغوا|يلغي|تلغي|ألغي|ألغيت|إلغاء|امتنع|امتنعت|يمتنع|تمتنع"
        "|تجنب|تجنبت|يتجنب|تفادى|تفادت|يتفادى|فشل|فشلت|يفشل|تفشل|أخفق|أخفقت|اعتذر عن|اعتذرت عن"
    )
    + r"))(?![\w'])"
)
_NEARLY = re.compile(
    r"(?<!\w)(?:fail|refus|reject|lack|absence|declin|prevent|echou|rejet|empech|manqu|avoid|evit|cancel|annul"
    r"|abandon|withdr|renonc|abst[ei]n|abstain|boycott|"
    + fold("و?(?:فشل|تفشل|يفشل|رفض|رفضت|يرفض|غياب|امتنع|استبعد|حال)")
    + "|"
    + fold("[وبلف]{0,2}(?:ال)?(?:فشل|رفض|إلغاء|تجنب|تفاد|عجز|إخفاق|أخفق|امتناع|مقاطعة)")
    + ")"
)
# «إلا» and "que" turn a denial into "only"; «لا يزال» is "still".
_NOT_MEANT = re.compile(
    r"not only|non seulement|pas seulement|no less|no doubt|sans doute|sans cesse|no\. ?\d|"
    + fold(
        "لا سيما|لا يزال|لا تزال|لا يزالون|لا بد|لا شك|ليس فقط|لا فقط|لم يزل|لا زال|لا زالت|لا يتجزأ|لا تتجزأ"
    )
)
_ONLY = re.compile(rf"(?<!\w)(?:{fold('إلا|سوى')})(?!\w)")
_CLAUSE_END = re.compile(r"[،,;؛.:!?؟]")
_REACH = 120
_BEFORE = 4
"""Words from a "not" to what it denies: "n'a pas encore été rouvert"."""
# What an earlier version or report said is taken back.
EARLIER = re.compile(
    r"\b(?:(?:an|its|the) (?:earlier|previous) (?:version|report)|première version"
    r"|version (?:antérieure|précédente))\b"
    r"|نسخة سابقة|تقرير سابق",
    re.IGNORECASE,
)


def negators(text: str) -> list[str]:
    """The words of ``text`` that deny, as written, in order. "Not only" and «لم … إلا» don't."""
    return [text[each.start : each.end] for each in _negators(text)]


def is_denier(word: str) -> bool:
    """Whether ``word`` is a verb of denying: "denied", «نفى»."""
    return bool(_DENIER.fullmatch(fold(word)))


def undone(text: str, wanted: frozenset[str]) -> bool:
    """Whether a "not" stands just before a word of ``text`` that has one of the index terms ``wanted``."""
    spans = words(text)
    # "Denied" is no "not" but has an opposite of its own.
    nots = [each.start for each in _negators(text) if not is_denier(text[each.start : each.end])]
    return any(
        spans[max(0, at - _BEFORE)].start <= no < span.start
        for at, span in enumerate(spans)
        if nots and wanted & set(terms(text[span.start : span.end]))
        for no in nots
    )


def _negators(text: str) -> Iterator[Span]:
    folded, places = fold_map(text)
    exempt = [found.span() for found in _NOT_MEANT.finditer(folded)]
    for found in _NEGATOR.finditer(folded):
        meant = not any(start < found.end() and found.start() < end for start, end in exempt)
        if meant and not _only(folded, found.end()):
            yield Span(places[found.start()], places[found.end() - 1] + 1)


def denials(text: str) -> list[str]:
    """``negators``, and the verbs by which ``text`` tells that something wasn't done: "refused", "called off"."""
    folded, places = fold_map(text)
    refusing = [
        text[places[found.start()] : places[found.end() - 1] + 1] for found in _REFUSING.finditer(folded)
    ]
    return negators(text) + refusing


def nearly_denies(text: str) -> bool:
    """Whether ``text`` may say no in other words: "refused", "the absence of"."""
    folded = fold(text)
    return bool(_REFUSING.search(folded) or _NEARLY.search(folded))


def _only(folded: str, after: int) -> bool:
    end = _CLAUSE_END.search(folded, after, after + _REACH)
    return bool(_ONLY.search(folded, after, end.start() if end else after + _REACH))
