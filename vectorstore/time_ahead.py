"""Whether a sentence tells of what is still to come: changes when another way to say so should count."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

_AHEAD = re.compile(
    # English
    r"\b(?:will|shall|would)\b|['’]ll\b|\b(?:next|upcoming) (?:\w+ ){1,6}(?:is|are) (?:on|in)\b"
    r"|\b(?:is|are)(?: (?:also|now|still|not|widely|currently|provisionally))?"
    r" (?:due|expected|scheduled|set|planned|slated|likely|going|about|to)\b|\btakes? place\b"
    r"|\b(?:takes?|comes?) (?:effect|into (?:force|effect))\b|\bentr(?:e|ent) en vigueur\b"
    r"|\b(?:begins|starts|resumes|expires|travels|departs|kicks off)\b|\b(?:débute|commence|s['’]ouvre)\b"
    r"|\bو?[يت](?:بدأ|نطلق|توجه|فتتح|سافر|دخل (?:\w+ ){1,3}حيز)\b"
    # The French future ends so; nouns that do (caméra, opéra) mostly have é before it, names a capital.
    r"|\b(?!extra\b|ultra\b|infra\b|para\b|supra\b)[a-zà-ÿ]{2,}(?<!é)r(?:a|ont)\b|\bdevrai(?:t|ent)\b"
    r"|\b(?:est|sont)(?: [a-zà-ÿ]{2,15})? (?:attendu|prévu|programmé|planifié|fixé|convoqué)e?s?\b"
    r"|\b(?:doit|doivent|va|vont)(?:-t)?(?:-(?:il|elle|ils|elles))?"
    r"(?: [a-zà-ÿ]{2,15})?(?: se)? (?:s['’])?[a-zà-ÿ]{2,20}(?:er|ir|re)\b"
    # Arabic: سوف, "won't", "is due", and the prefix سـ on a verb's ي or ت, less the nouns that begin alike.
    r"|\b(?:سوف|لن)\b|المقرر(?! (?:الخاص|الأممي))|مقررا? (?:أن|عقد)|(?:المرتقب|المنتظر|المتوقع)"
    r"|\b(?:ال)?(?:اجتماع|لقاء|دور[ةت]|جلس[ةت]|قم[ةت]|مباراة|نسخ[ةت])(?:ه|ها|هم|هما)? (?:المقبل|القادم|التالي)ة?\b"
    r"|\b[يت]ُ?(?:رتقب|عتزم)\b|\b[يت]ُ?(?:نتظر|توقع) أن\b"
    r"|\bو?سي(?!ار|اس|اد|اح|اق|د|ط|ن|ر[ةي]?\b|را|رغ|رج|ل|ف|مو|وف|ول|كو|ب[يا]|سي|تي|شل|غ)\w{2,}|\bو?ست(?!ا|ة|ي|را|مئ|و[نكدر])\w{3,}"
)
# What was said on a day is past, though it tells of the future: the verb, and no "that" between it and the day.
_SAID = re.compile(
    r"(?<!be )\b(?:said|told|announced|added|warned|confirmed|decided|agreed|voted|approved|promised|pledged)\b"
    r"|\b(?:a|ont) (?:annonc|déclar|indiqu|affirm|précis|confirm|assur|expliqu|décid|vot|adopt|approuv)é\b"
    r"|\b(?:a|ont) (?:dit|promis)\b"
    r"|\bو?(?:قال|أعلن|أكد|أوضح|أفاد|صرح|أضاف|كشف|ذكر|قرر|وافق|صادق)(?:ت|وا)?\b"
)
_THAT = re.compile(r"\b(?:that|que|qu|أنها?|أنه|إنها?|إنه|بأن)\b")
# "A strike for Friday" is to come; what was "known for Friday" isn't said.
_FOR = re.compile(
    r"\b(?:for|until|by|pour|d['’]ici(?: à)?|jusqu['’](?:à|au))\s(?:le |late |early )?\Z", re.IGNORECASE
)
_CLAUSE = re.compile(r"[,،;؛:()–—]")
_PAST = re.compile(
    r"\b(?:was|were|had|did|has|have|that|which|who|qui|que|التي|الذي|الذين)\b"
    r"|\b(?:a|ont|avait|était) [a-zà-ÿ]{2,15}[éistu]\b|\b(?:كان|كانت|قد|تم|لم)\b"
)
_DONE = re.compile(
    r"\b(?:was|were|has been|had been|after|following)\b|\b(?:a|ont) été\b|\baprès\b|\b(?:بعد|إثر|عقب)\b",
    re.IGNORECASE,
)
# "On Wednesday inaugurated a plant that will supply": a deed stands nearer to the day than what is to come of it.
_DEED = re.compile(
    r"(?<!be )(?<!to )\b[a-z]{3,20}(?<!e)(?<!hundr)ed\b"
    r"|\b(?:agreed|freed|met|held|won|lost|beat|left|took|began|opened|struck|fell|rose)\b"
    r"|\b(?:a|ont|s['’]est|se sont|est|sont) [a-zà-ÿ]{2,15}(?:ée?s?|is?|us?|it|ert)\b"
    r"|\bو?(?:افتتح|دشن|وقع|استقبل|التقى|التقت|زار|وصل|أوقف|اعتقل|أصدر|عين|فاز|توفي|استقال|ترأس|أجرى|أجرت|تسلم|قتل|لقي"
    r"|عقد|اجتمع|انتخب|أقر|خفض|رفع)(?:ت|وا)?\b"
)
# What was to come when something changed may be just past or just ahead.
_ONCE_AHEAD = re.compile(
    r"\b(?:was|were) (?:\w+ )?(?:to|due|scheduled|set|expected|planned)\b|\bdevai(?:t|ent)\b"
    r"|\b(?:était|étaient) (?:attendu|prévu|programmé|fixé)e?s?\b"
    r"|\bكانت? (?:من المقرر|مقررة?|سي\w{2,}|ست\w{2,})"
)
_ENDS = re.compile(r"[.!?؟…\n]")
_REACH = 300
_OPENING = 2  # words before a day that opens a sentence


def speaks_ahead(sentence: str) -> bool:
    """Whether any of it is told as still to come."""
    return _AHEAD.search(sentence) is not None


def is_said(sentence: str) -> bool:
    """Whether ``sentence`` tells what somebody said or announced."""
    return _SAID.search(sentence) is not None


def told_ahead(text: str, start: int, end: int) -> bool:
    """Whether the sentence around ``text[start:end]`` (at most 300 characters either side) tells of the future."""
    opened = max(_ends(_ENDS, text, start - _REACH, start), default=max(0, start - _REACH))
    closing = _within(_ENDS, text, end, end + _REACH)
    closed = closing[0][0] if closing else min(len(text), end + _REACH)
    if _FOR.search(text[opened:start]):
        return True
    if not _ends(_AHEAD, text, opened, closed):
        return False
    if _was_said(text, opened, start, end, closed) or _was_done(text, opened, start, end, closed):
        return False
    # "Hale, who will stand trial, was arrested on Saturday": what was done then is past, whatever else is to come.
    clause = max([_clause_begins(text, opened, start), *_ends(_AHEAD, text, opened, start)])
    return not _DONE.search(text[clause:start])


def leads_ahead(text: str, start: int) -> bool:
    """Whether the words before a day, back to where its clause begins, tell of the future."""
    begins = _clause_begins(text, max(0, start - _REACH), start)
    told = _ends(_AHEAD, text, begins, start)
    return bool(told) and not _ends(_SAID, text, told[-1], start) and not _PAST.search(text[told[-1] : start])


def once_ahead(text: str, start: int) -> bool:
    """Whether the words before a day, back to where its clause begins, tell what was to come then."""
    begins = _clause_begins(text, max(0, start - _REACH), start)
    return _ONCE_AHEAD.search(text[begins:start]) is not None


def _clause_begins(text: str, start: int, end: int) -> int:
    """Where the last clause of ``text[start:end]`` begins."""
    return max([start, *_ends(_ENDS, text, start, end), *_ends(_CLAUSE, text, start, end)])


def _was_said(text: str, opened: int, start: int, end: int, closed: int) -> bool:
    """Whether the day ``text[start:end]`` of the sentence ``text[opened:closed]`` is the one something was said on.

    The verb stands before the day, or after one that opens the sentence ("On Tuesday the minister said …").
    """
    said = _ends(_SAID, text, opened, start)
    if said:
        return not (_ends(_AHEAD, text, said[-1], start) or _THAT.search(text[said[-1] : start]))
    if len(text[opened:start].split()) > _OPENING:
        return False
    verb = next(iter(_within(_SAID, text, end, closed)), None)
    return verb is not None and not (_within(_AHEAD, text, end, verb[0]) or text.startswith(",", verb[1]))


def _was_done(text: str, opened: int, start: int, end: int, closed: int) -> bool:
    """Whether a deed stands next to the day ``text[start:end]``, and what is to come only further on."""
    ahead = _within(_AHEAD, text, end, closed)
    if not ahead or _within(_AHEAD, text, opened, start) or not text[end : ahead[0][0]].strip():
        return False
    before = _within(_DEED, text, _clause_begins(text, opened, start), start)
    after = _within(_DEED, text, end, closed)
    return bool(before) or (bool(after) and not text[end : after[0][0]].strip())


@lru_cache(maxsize=16)
def _found(pattern: re.Pattern[str], text: str) -> tuple[list[int], list[int]]:
    """Where each match in ``text`` starts and ends: read once, however many days stand in it."""
    spans = [each.span() for each in pattern.finditer(text)]
    return [start for start, _ in spans], [end for _, end in spans]


def _within(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the matches that lie in ``text[start:end]`` start and end, in order."""
    starts, ends = _found(pattern, text)
    lying = slice(bisect_left(starts, start), bisect_right(ends, end))
    return list(zip(starts[lying], ends[lying], strict=True))


def _ends(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[int]:
    """Where the matches that lie in ``text[start:end]`` end, in order."""
    return [each_end for _, each_end in _within(pattern, text, start, end)]
