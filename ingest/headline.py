"""The headline above an article's body, and the lines around it: byline, place, caption."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.boilerplate import is_day_heading
from ingest.labels import date_free, has_date, is_signed, says_published, says_updated, signing_words
from ingest.lines import ROW, ends_sentence, key, letters, words
from ingest.phrases import FOOTER, UPDATED
from ingest.sections import DATES, Judged, terms
from vectorstore.folding import fold
from vectorstore.language import is_rtl
from vectorstore.naming import is_given_name

TITLE_LENGTH = 100  # characters of a title made of an article's first sentence
_LEAD = 70  # letters of a line under the headline that make it a standfirst rather than a caption
_SENTENCE_LEAD = 50  # letters of one that is a whole sentence
_SIGNED = 4  # lines below the body among which its author and day may stand
_SEARCHED = 60  # lines above the body among which the headline is looked for
_REACH = 6  # lines above the body within which two headlines are one block
_BYLINE, _STAMP = 16, 24  # words of a byline at most, and of one that only tells when
_BYLINE_NAME = 6  # words of an outlet's name at most
_COMMA = re.compile("[,،]")
_PARTED = re.compile(r"[,،|•·]| [-–—] ")
_OF = r"(?:d[eu] (?:la |l['’])?|des |d['’]|of )?"
_OUTLET = re.compile(
    rf"(?:The |Le |La |Les |L['’])?(?:[A-ZÀ-Þ][\w'’-]{{0,24}}+ {_OF}){{0,3}}(?:Post|Times|Daily|Herald|Journal|News|"
    r"Press|Gazette|Tribune|Courier|Observer|Chronicle|Telegraph|Mail|Star|Agency|Radio|Review|Monitor|Echo|Standard|Agence|"
    r"Wire|Dispatch|Ledger|Globe|Bulletin|Magazine|Éco|Écho|Actu|Info|Infos|Médias?|Weekly|Sports?|Network|Express|"
    r"Guardian|Independent|Economist|Économiste|Nouvelliste|Libération|Soir|Progrès|Indépendant|Républicain|"
    r"Presse|Courrier|Quotidien|Dépêche|Matin|Monde|Hebdo|Reuters|AFP)"
    rf"\b(?: {_OF}[A-ZÀ-Þ][\w'’-]{{0,24}}+){{0,2}}\Z|"
    r"(?:La |Le |L['’])(?:Dépêche|Presse|Courrier|Gazette|Journal|Tribune|Quotidien|Voix|Écho) [a-zà-ÿ]{4,20}\Z|"
    r"Agence [A-ZÀ-Þ][\w'’-]{1,24}(?: d[eu] [a-zà-ÿ]{4,16})?(?: \([A-Z]{2,6}\))?\Z|"
    r"(?:جريدة|صحيفة|وكالة|موقع|قناة|مجلة|بوابة|أصداء|شبكة) |"
    r"ال\w{2,12} (?:الاقتصادية?|الرياضية?|الإخبارية?)\Z|"
    r"(?:\w{2,15} ){1,2}(?:نيوز|بريس|برس|أونلاين|ميديا|تيفي|اليوم)\Z"
)
# What has such a word without being an outlet's name: "Monde", "World News", «طقس اليوم».
_SECTION = re.compile(
    r"(?:breaking|world|latest|top|local|sports?|business|national|international|more|photo|video|revue de) [\w-]+\Z"
    r"|(?:news|monde|presse?|infos?|actu|magazine|médias?|journal|radio|star|daily|review|echo|hebdo|post|mail)\Z"
    r"|(?!ال)\w+ اليوم\Z",
    re.IGNORECASE,
)
# Where a reporter sits: "By Omar Tait in Sanaa", « Par Lilia Mokrane, à Tazrout – Publié le 14 octobre 2026 ».
_IN_TOWN = re.compile(r"(?:,? (?:in|à|au|en) [A-ZÀ-Þ]| [–—-] ?(?:[Pp]ubli|[Uu]pdat|[Mm]is )).*")
_LABELS = 4  # lines above a headline that may be labelled with its day and its outlet
_DATE = re.compile(rf"(?:date|{fold('التاريخ|تاريخ النشر')}) ?:")
_SOURCE = re.compile(rf"(?:source|{fold('المصدر')}) ?: ?")
_OWN = 0.25  # of a headline's longer words that its article uses
_NEARLY = 3.0  # less that a headline may score than its standfirst
_KICKER = 3  # words above a headline that are none
_BYLINE_REACH = 4  # lines under a headline among which its day stands
_ISSUE = re.compile(rf"\b(?:page|p\.|{fold('صفحة|الصفحة|العدد|عدد')}|n°|no\.) ?\d")
_SITE_MARKS = re.compile(r" ?[|\-–—ـ:»«·•/] ")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body: the title, the place of its line, and why the lines after it go or stay."""

    title: str
    at: int | None
    bylines: tuple[int, ...]
    leads: tuple[int, ...]
    captions: tuple[int, ...]
    site: str | None = None


def find_head(judged: Sequence[Judged], run: range, given: str) -> Head:
    """The title (``given`` by the page's markup, else the best line above ``run``) and the lines around it."""
    above = [at for at in range(run.start) if judged[at].text]
    given, site = _without_tail(judged, run, _within(judged, above, given))
    at = _place_of(judged, run, given) if given else _choose(judged, above, run)
    if at is None:
        signed = any(is_signed(judged[each].text) for each in above[-3:])
        bare = [each for each in above[-1:] if judged[each].why == DATES and has_date(judged[each].text)]
        named = [each for each in above[-3:] if each in bare or _names_its_day(judged[each])]
        bylines = [each for each in above[-3:] if _is_byline(judged, each)] if signed else named
        return Head(given, None, (*bylines, *_inside(judged, run)), (), (), site)
    title, site = (given, site) if given else _without_site(judged, run, at)
    first = _first_of(judged, at, title)
    block = [each for each in range(first + 1, run.start) if key(title) not in key(judged[each].text)]
    bylines = [each for each in block if _is_byline(judged, each)]
    if first and _names_its_day(judged[first - 1]):
        bylines.insert(0, first - 1)
    labelled = [each for each in range(max(0, first - _LABELS), first) if _labels(judged[each])]
    bylines[:0] = [each for each in labelled if each not in bylines]
    bylines += [each for each in range(first - 1) if _heads_issue(judged[each])]
    rest = [each for each in block if each not in bylines and not judged[each].why and each > at]
    opening = key(judged[run.start].text) if run else ""
    leads = tuple(
        each
        for each in rest
        if _is_lead(judged[each].text) and not opening.startswith(key(judged[each].text))
    )
    captions = tuple(each for each in rest if each not in leads)
    return Head(title, at, (*bylines, *_inside(judged, run)), leads, captions, site)


def opening(text: str) -> str:
    """A title for an article that has none: its first sentence, at most 100 characters, cut at a word."""
    first = text.split("\n", 1)[0]
    stop = re.search(r"[.!?؟]\s", first)
    sentence = first[: stop.end() - 1] if stop and stop.end() > 20 else first
    sentence = sentence.rstrip(".")
    if len(sentence) <= TITLE_LENGTH:
        return sentence
    cut = sentence[:TITLE_LENGTH].rsplit(" ", 1)[0]
    return cut[: TITLE_LENGTH - 1].rstrip(" ,;:،؛") + "…"


def author(lines: Sequence[str], outlet: str = "") -> str | None:
    """Who wrote it, off the byline; ``None`` where no line but the outlet's name looks like one."""
    for line in sorted(lines, key=lambda line: not is_signed(line)):
        own = line.replace(outlet, "").strip(" *_|-–—") if outlet else line
        own = _IN_TOWN.sub("", own) if is_signed(own) else _after_town(own)
        names = [word for word in _signed_part(own) if not is_signed(word.strip("."))]
        told = is_signed(line) or has_date(line) or _may_be_person(names)
        named = told and 2 <= len(names) <= 5 and key(" ".join(names)) != key(outlet)
        if named and not says_published(line) and not says_updated(line):
            return " ".join(names)
    return None


def _after_town(line: str) -> str:
    """An Arabic byline without the town and the dash before the name: «تونس – منية الطرابلسي – 10 نوفمبر 2026»."""
    town, dash, rest = line.partition(" – ")
    name, _, after = rest.partition(" – ")
    named = dash and is_rtl(town) and (has_date(after) or _may_be_person(name.split()))
    return name if named else line


def outlet(lines: Sequence[str], beside: Sequence[str] = ()) -> str | None:
    """The outlet that a part of a byline names, known as one by a word of it: "By X, The Harbour Post".

    Also that of a line "Source: Northern Wire", and of one ``beside`` the bylines that has nothing else but a day.
    """
    for line in lines:
        if label := _SOURCE.match(fold(line)):
            return line[label.end() :].strip()
        if named := next(filter(_is_outlet, map(_bare, _PARTED.split(line))), None):
            return named
    return next(filter(_is_outlet, (_bare(_PARTED.split(line)[0]) for line in beside)), None)


def _bare(part: str) -> str:
    """A part of a line without its day and what sets it off."""
    return (date_free(part) if has_date(part) else part).strip(" ,،|·•*_-–—")


def _is_outlet(part: str) -> bool:
    named = bool(_OUTLET.match(part)) and not _SECTION.match(part)
    return named and len(words(part)) <= _BYLINE_NAME and not has_date(part)


def _may_be_person(names: Sequence[str]) -> bool:
    """Whether words that nothing marks as a byline may be a name: with a capital; in Arabic, a given name first."""
    return bool(names) and (is_given_name(fold(names[0])) if is_rtl(names[0]) else names[0][:1].isupper())


def _signed_part(line: str) -> list[str]:
    """The words of a byline that may be a name: those that follow "by", up to a day or a bar, else all."""
    parts = [part.strip() for part in line.split("|") if "@" not in part]
    first = next((part for part in parts if is_signed(part)), "") or (parts or [""])[0]
    kind, colon, name = first.partition(": ")
    first = name if colon and not is_signed(kind) and len(words(kind)) == 1 else first
    named, *after = _COMMA.split(first, maxsplit=1)
    if after and is_signed(first) and not has_date(named) and len(words(named)) - signing_words(first) >= 2:
        first = named  # after it stand an office, an outlet or a place
    return date_free(first).split()[signing_words(first) :]


def _is_lead(text: str) -> bool:
    return letters(text) >= (_SENTENCE_LEAD if ends_sentence(text) else _LEAD)


def _choose(judged: Sequence[Judged], above: Sequence[int], run: range) -> int | None:
    """The line above the body that is most like its headline; ``None`` where none is."""
    subject = terms(" ".join(judged[at].text for at in run if judged[at].prose)[:20_000])
    keys = [key(each.text) for each in judged]
    choices = [at for at in above[-_SEARCHED:] if _may_be_title(judged[at])]
    near = {at: distance for distance, at in enumerate(reversed(choices))}
    scores = {at: _score(judged[at], keys, at, subject, near[at], len(choices)) for at in choices}
    if run.start == 1:
        return choices[0] if choices and not ends_sentence(judged[0].text) else None
    best = max(choices, key=lambda at: (scores[at], -at), default=-1)
    own = {at: score for at, score in scores.items() if _overlap(terms(judged[at].text), subject) >= _OWN}
    return _above_standfirst(own, best, judged) if scores.get(best, 0.0) >= 2.0 else None


def _above_standfirst(scores: dict[int, float], at: int, judged: Sequence[Judged]) -> int:
    """The headline, where the line chosen is the standfirst right below one that is nearly as like it."""
    close = (
        at - 1 in scores
        and scores.get(at - 1, 0.0) >= scores.get(at, 0.0) - _NEARLY
        and len(words(judged[at - 1].text)) > _KICKER
    )
    return at - 1 if close and letters(judged[at].text) >= letters(judged[at - 1].text) else at


def _may_be_title(each: Judged) -> bool:
    text = each.text
    fits = not each.why or (each.why in ("related", "teaser") and not each.line.zone)
    parts = text.split("|")
    signed = "@" in text or " > " in text or any(is_signed(part.strip()) for part in parts[len(parts) == 1 :])
    return (
        fits
        and each.line.tag != ROW
        and not signed
        and len(text) <= 300
        and letters(text) >= 8
        and not has_date(text)
        and len(words(text)) >= 2
    )


def _overlap(own: frozenset[str], subject: frozenset[str]) -> float:
    return len(own & subject) / len(own) if own else 0.0


def _score(
    each: Judged, keys: Sequence[str], at: int, subject: frozenset[str], distance: int, choices: int
) -> float:
    own = terms(each.text)
    overlap = _overlap(own, subject)
    said = keys[at]
    count = len(said.split())
    again = sum(said in other for place, other in enumerate(keys) if place != at) if count >= 4 else 0
    score = (
        4 * overlap
        + (3.0 if again and not ends_sentence(each.text) else 0.0)
        + 4.0 * (each.line.tag == "h1")
        + 1.0 * each.line.heading
    )
    score += 0.06 * min(count, 14) - (1.0 if count <= 3 else 0.0) - 0.35 * max(0, distance - 3)
    dated = any(has_date(below) for below in keys[at + 1 : at + 1 + _BYLINE_REACH])
    score += (2.0 if overlap or count > 5 else 0.5) * dated
    score -= 3.0 * (ends_sentence(each.text) and not each.text.endswith(("!", "?", "؟")))
    # In a file that holds only its headline above the body, that line needs no other evidence.
    only = choices == 1 or (choices == 2 and distance == 1 and own & subject)
    return score + (3.0 if only and count >= 3 else 0.0)


def _within(judged: Sequence[Judged], above: Sequence[int], title: str) -> str:
    """The line that ``title`` ends in after an outlet's name, or begins with before one; else ``title``."""
    whole = key(title)
    lines = [judged[at].text for at in above if len(key(judged[at].text).split()) >= 4]
    if any(key(line) == whole for line in lines):
        return title
    parts = [line for line in lines if whole.endswith(" " + key(line)) or whole.startswith(key(line) + " ")]
    return max(parts, key=len, default=title)


def _place_of(judged: Sequence[Judged], run: range, title: str) -> int | None:
    wanted = key(title)
    found = [at for at in range(run.start) if wanted and key(judged[at].text) == wanted]
    return found[-1] if found else None


def _first_of(judged: Sequence[Judged], at: int, title: str) -> int:
    """The same headline a few lines further up, where the page says it twice around its byline."""
    wanted = key(title)
    twice = [place for place in range(max(0, at - _REACH), at) if key(judged[place].text).endswith(wanted)]
    return twice[0] if twice else at


def _without_tail(judged: Sequence[Judged], run: range, title: str) -> tuple[str, str | None]:
    """``title`` without " - site" after it, where the page names that site, alone in a line or in its footer."""
    for mark in _SITE_MARKS.finditer(title):
        before, after = title[: mark.start()].strip(), title[mark.end() :].strip()
        if len(words(before)) >= 2 and _is_named(judged, run, key(after)):
            return before, after
    return title, None


def _is_named(judged: Sequence[Judged], run: range, name: str) -> bool:
    around = [(each, key(each.text)) for at, each in enumerate(judged) if at not in run]
    return (
        any(said == name or (each.why == FOOTER and name in said) for each, said in around) if name else False
    )


def _without_site(judged: Sequence[Judged], run: range, at: int) -> tuple[str, str | None]:
    """The headline without «site - » before it, or " | site" after it, where another line tells which is which."""
    text = judged[at].text.lstrip("#").strip(" -–|")
    known = {key(each.text) for each in judged[:at] if each.text}
    for mark in _SITE_MARKS.finditer(text):
        before, after = text[: mark.start()].strip(), text[mark.end() :].strip()
        if key(before) in known and len(words(after)) >= 3:
            return after, before
    title, site = _without_tail(judged, run, text)
    return title, site or _site_before(judged, title)


def _site_before(judged: Sequence[Judged], title: str) -> str | None:
    """The outlet's name, where one line reads «name - headline»."""
    for each in judged:
        if each.text.endswith(title) and each.text != title:
            name = each.text[: -len(title)].strip(" -–—|:ـ#")
            if name and len(words(name)) <= 5 and each.text[len(name) :].lstrip()[:1] in "-–—|ـ":
                return name
    return None


def _is_byline(judged: Sequence[Judged], at: int) -> bool:
    each = judged[at]
    if each.line.tag == ROW or each.line.zone in ("menu", "related", "footer", "form"):
        return False
    length = len(words(each.text))
    stamped = each.why == DATES or (_BYLINE < length <= _STAMP and says_published(each.text))
    if length > (_STAMP if stamped else _BYLINE):
        return False
    if each.why == UPDATED:
        return says_published(each.text)
    if each.line.zone == "byline":
        return not _beside_link(judged, at)
    if each.why == DATES or (not each.why and has_date(each.text) and not ends_sentence(each.text)):
        return not _beside_link(judged, at)
    return not each.why and not each.prose and (is_signed(each.text) or _is_name(each.text))


def _beside_link(judged: Sequence[Judged], at: int) -> bool:
    """Whether a day stands beside the linked headline of another story, and so is that one's."""
    around = [*judged[max(0, at - 1) : at], *judged[at + 1 : at + 2]]
    return any(each.line.links > 0.6 and letters(each.text) >= 20 for each in around)


def _is_name(text: str) -> bool:
    parts = fold(text).replace("-", " ").replace(".", " ").split(" ")
    return 2 <= len(parts) <= 4 and all(part.isalpha() for part in parts)


def _names_its_day(each: Judged) -> bool:
    """A line above the headline dates the article only if it says so: a bare date there is the site's own."""
    if each.why not in ("", DATES) or not has_date(each.text) or len(words(each.text)) > 14:
        return False
    return is_signed(each.text) or says_published(each.text)


def _labels(each: Judged) -> bool:
    """A line above the headline such as "Date: 2 September 2026" or "Source: The Post"."""
    text = fold(each.text)
    if _SOURCE.match(text):
        return len(words(each.text)) <= _BYLINE_NAME + 1 and not has_date(each.text)
    return _DATE.match(text) is not None and has_date(each.text) and len(words(each.text)) <= _BYLINE


def _heads_issue(each: Judged) -> bool:
    """The running head of a printed page: its day is the issue's."""
    return (
        each.line.tag != ROW
        and has_date(each.text)
        and not each.why
        and _ISSUE.search(fold(each.text)) is not None
    )


def _early(judged: Sequence[Judged], run: range) -> list[int]:
    """Bylines that stand below the standfirst, among the first lines of the body."""
    found, passed = [], 0
    if sum(is_day_heading(judged, at) for at in run) > 1:
        return []
    for at in run:
        each = judged[at]
        passed += letters(each.text) if each.prose and not each.why else 0
        if passed > 450:
            break
        short = not each.why and not each.prose and not ends_sentence(each.text)
        dated = each.why == DATES or (short and has_date(each.text))
        if dated or (short and _signs(each.text) and len(words(each.text)) <= 8):
            found.append(at)
    return found


def _signs(text: str) -> bool:
    """Whether a name or a colon follows what opens a byline: «كتب» is "wrote", and "books"."""
    return is_signed(text) and (not is_rtl(text) or ":" in text or _may_be_person(_signed_part(text)))


def _inside(judged: Sequence[Judged], run: range) -> list[int]:
    """Bylines that stand within the body or below it; a table's row is none, whatever year it ends in."""
    found = (*_early(judged, run), *_late(judged, run))
    return [at for at in found if judged[at].line.tag != ROW]


def _late(judged: Sequence[Judged], run: range) -> list[int]:
    """What signs an article at its end: a dash and a name, and a line that says when it was published."""
    found = [at for at in run[-1:] if _is_signature(judged[at])]
    for at in range(run.stop, min(run.stop + _SIGNED, len(judged))):
        each = judged[at]
        if (each.why == DATES and says_published(each.text)) or _is_drawn_up(each):
            return [*found, at]
        if each.why or not (_is_signature(each) or is_signed(each.text)):
            break
        found.append(at)
    return found


def _is_drawn_up(each: Judged) -> bool:
    """How a statement ends: «حرر بالرباط في 8 يوليوز 2024», « Fait à Rabat, le 8 juillet 2024 »."""
    return each.plain and has_date(each.text) and fold(each.text).startswith(("حرر ب", "fait a ", "fait le "))


def _is_signature(each: Judged) -> bool:
    return not each.prose and each.text[:1] in "-–—" and _is_name(each.text.lstrip("-–— "))
