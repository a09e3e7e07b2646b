"""Whether a sentence tells of what is still to come: changes when another way to say so should count."""

import re

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
    before = text[max(0, start - _REACH) : start]
    opening = [each.end() for each in _ENDS.finditer(before)]
    after = text[end : end + _REACH]
    closing = _ENDS.search(after)
    lead, tail = before[opening[-1] if opening else 0 :], after[: closing and closing.start()]
    if _FOR.search(lead):
        return True
    if not _AHEAD.search(lead + text[start:end] + tail) or _was_said(lead, tail) or _was_done(lead, tail):
        return False
    # "Hale, who will stand trial, was arrested on Saturday": what was done then is past, whatever else is to come.
    clause = lead[max([_clause_begins(lead), *(each.end() for each in _AHEAD.finditer(lead))]) :]
    return not _DONE.search(clause)


def leads_ahead(text: str, start: int) -> bool:
    """Whether the words before a day, back to where its clause begins, tell of the future."""
    before = _clause_before(text, start)
    told = [each.end() for each in _AHEAD.finditer(before)]
    return bool(told) and not _SAID.search(before, told[-1]) and not _PAST.search(before, told[-1])


def once_ahead(text: str, start: int) -> bool:
    """Whether the words before a day, back to where its clause begins, tell what was to come then."""
    return _ONCE_AHEAD.search(_clause_before(text, start)) is not None


def _clause_before(text: str, start: int) -> str:
    before = text[max(0, start - _REACH) : start]
    return before[_clause_begins(before) :]


def _clause_begins(text: str) -> int:
    """Where the last clause of ``text`` begins."""
    return max((each.end() for mark in (_ENDS, _CLAUSE) for each in mark.finditer(text)), default=0)


def _was_said(lead: str, tail: str) -> bool:
    """Whether the day between ``lead`` and ``tail`` is the one on which something was said.

    The verb stands before the day, or after one that opens the sentence ("On Tuesday the minister said …").
    """
    since = max((each.end() for each in _SAID.finditer(lead)), default=None)
    if since is not None:
        return not (_AHEAD.search(lead, since) or _THAT.search(lead, since))
    verb = _SAID.search(tail) if len(lead.split()) <= _OPENING else None
    return verb is not None and not (_AHEAD.search(tail, 0, verb.start()) or tail.startswith(",", verb.end()))


def _was_done(lead: str, tail: str) -> bool:
    """Whether a deed stands next to the day between ``lead`` and ``tail``, and what is to come only further on."""
    ahead = _AHEAD.search(tail)
    if ahead is None or _AHEAD.search(lead) or not tail[: ahead.start()].strip():
        return False
    return bool(_DEED.search(lead, _clause_begins(lead)) or _DEED.match(tail.lstrip()))
