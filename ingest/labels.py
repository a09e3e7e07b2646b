"""What a line's own words say it is: a menu entry, a related story, a form, a date; by lists and shapes.

The words come second: position, length and repetition decide first (``boilerplate``).
"""

import re
from functools import cache

from ingest import phrases
from ingest.lines import PROSE, Line, key, letters, words
from ingest.phrases import CAPTION, COUNTS, FOOTER, FORM, SHARE, TAGS, split
from vectorstore.folding import fold

# Matched against folded text.
PUBLISHED = re.compile(
    rf"(?<!re)(?<!{fold('أعيد')} )(?<!{fold('إعادة')} )(?:{'|'.join(map(fold, split(phrases.PUBLISHED)))})"
)
UPDATES = re.compile("|".join(fold(phrase) for phrase in split(phrases.UPDATES)))
_CORRECTS = re.compile(fold(phrases.CORRECTS))


@cache
def _starts() -> dict[str, list[tuple[str, str]]]:
    """Folded phrases with their labels, by their first word, longest first."""
    by_word: dict[str, list[tuple[str, str]]] = {}
    for why, block in phrases.STARTS.items():
        for phrase in split(block):
            folded = fold(phrase)
            by_word.setdefault((words(folded) or [folded])[0], []).append((folded, why))
    return {word: sorted(found, key=lambda pair: -len(pair[0])) for word, found in by_word.items()}


@cache
def _whole() -> dict[str, str]:
    return {_bare(phrase): why for why, block in phrases.WHOLE.items() for phrase in split(block)}


@cache
def sentences_of_forms() -> list[tuple[str, str]]:
    """Folded sentences that stand in forms and notices, with their labels."""
    return [
        (fold(phrase), why.strip()) for why, block in phrases.SENTENCES.items() for phrase in split(block)
    ]


@cache
def _folded(block: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in split(block))


@cache
def _vocabulary(block: str) -> frozenset[str]:
    return frozenset(word for phrase in split(block) for word in words(fold(phrase)))


@cache
def _glued_networks() -> re.Pattern[str]:
    names = sorted((fold(each) for each in split(phrases.NETWORKS) if len(each) > 4), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def _bare(text: str) -> str:
    return " ".join(word for word in words(fold(text)) if not word.isdigit())


_DATE_PART = re.compile(r"\d{1,9}|[^\W\d_]+")


def is_date_line(text: str) -> bool:
    """Whether a line holds a day, an hour or an age («منذ ساعتين») and nothing else."""
    if len(text) > 90:
        return False
    parts = _DATE_PART.findall(fold(text))
    digits = sum(part.isdigit() for part in parts)
    known = _vocabulary("|".join((phrases.MONTHS, phrases.HIJRI_MONTHS, phrases.DATE_WORDS)))
    dated = digits or any(part in ("منذ", "ago", "hier", "yesterday", "امس") for part in parts)
    return bool(parts) and bool(dated) and all(part.isdigit() or part in known for part in parts)


def has_date(text: str) -> bool:
    """Whether a short line holds a whole day, perhaps stuck to a name («خديجة3 أكتوبر 2024»)."""
    if len(text) > 140:
        return False
    parts = _DATE_PART.findall(fold(text))
    numbers = [int(part) for part in parts if part.isdigit()]
    hijri = any(part in _vocabulary(phrases.HIJRI_MONTHS) for part in parts)
    year = any(1900 <= number < 2200 or (hijri and 1300 <= number < 1600) for number in numbers)
    month = hijri or any(part in _vocabulary(phrases.MONTHS) for part in parts)
    return year and len(numbers) >= (2 if month else 3)


def date_free(text: str) -> str:
    """The words of a short line that are no part of a date, as they stand."""
    known = _vocabulary("|".join((phrases.MONTHS, phrases.HIJRI_MONTHS, phrases.DATE_WORDS)))
    return " ".join(
        part for part in re.findall(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?", text) if fold(part) not in known
    )


def is_signed(text: str) -> bool:
    """Whether a line begins as a byline does ("By …", « Par … », «بقلم …»)."""
    return signing_words(text) > 0


def signing_words(text: str) -> int:
    """How many words a byline has before its name: 1 of "By …", 2 of « Rédigé par … », 0 of another line."""
    folded = fold(text).lstrip("-–— ")
    begun = (
        phrase
        for phrase in _folded(phrases.AUTHORS)
        if folded.startswith(phrase) and not folded[len(phrase) :][:1].isalnum()
    )
    return max((len(phrase.split()) for phrase in begun), default=0)


def says_published(text: str) -> bool:
    """Whether the line says that something was published."""
    return PUBLISHED.search(fold(text)) is not None


def says_updated(text: str) -> bool:
    """Whether the line says that something was updated."""
    return UPDATES.search(fold(text)) is not None


def is_publication_stamp(text: str) -> bool:
    """Whether a line opens with "Published" and ends at an hour, as no sentence does."""
    return text.endswith(("a.m.", "p.m.")) and PUBLISHED.match(fold(text)) is not None and has_date(text)


def label(line: Line) -> str:
    """Why the line's words say that it is no article (``related``, ``form``, …); empty where they don't."""
    text = line.text
    if len(text) > 2000:
        return ""
    folded = fold(text).lstrip("-–—•·*|>»›:#[]().… \t\"'“«")
    long = letters(text) >= PROSE * 2
    for phrase, why in sentences_of_forms():
        if phrase in folded:
            return "" if long and not _addresses_reader(why, folded) else why
    return _opening(folded, long) or ("" if long else _short(text, folded))


def _addresses_reader(why: str, folded: str) -> bool:
    """An article may tell of cookies or rights in a long sentence; a notice speaks to the reader."""
    if why == FORM:
        return True
    return why == FOOTER or bool(_vocabulary(phrases.ADDRESS) & set(words(folded)))


def speaks_to_reader(text: str) -> bool:
    """Whether a line that isn't quoted asks, calls or says "you" and "us"."""
    if any(mark in text for mark in _QUOTES):
        return False
    return text.rstrip(" )]").endswith(("?", "؟", "!")) or bool(
        _vocabulary(phrases.ADDRESS) & set(words(fold(text)))
    )


def speaks_of_itself(text: str) -> bool:
    """Whether a line says "this article", other than to correct it."""
    folded = fold(text)
    return not _CORRECTS.search(folded) and any(phrase in folded for phrase in _folded(phrases.ITSELF))


def _opening(folded: str, long: bool) -> str:
    found = words(folded[:40])
    for phrase, why in _starts().get(found[0], ()) if found else ():
        if folded.startswith(phrase) and not folded[len(phrase) : len(phrase) + 1].isalpha():
            rest = folded[len(phrase) :].lstrip()
            # "Updated rules for …" and « Suivez-nous … » open articles too: a long line needs a colon.
            return why if not long or rest[:1] in (":", "|", "-", "–", "<", ">") else ""
    return ""


def _short(text: str, folded: str) -> str:
    bare = _bare(text)
    if bare in _whole():
        return _whole()[bare]
    if _is_footer(folded):
        return FOOTER
    if _is_hashtags(text):
        return TAGS
    if _NUMBERED_PICTURE.match(folded):
        return CAPTION
    if _is_networks(bare, folded):
        return SHARE
    return COUNTS if _is_count(folded) else ""


def _is_footer(folded: str) -> bool:
    rights = "©" in folded or "copyright" in folded or "(c)" in folded
    return rights and (re.search(r"\b(?:19|20)\d\d\b", folded) is not None or "محفوظه" in folded)


def _is_hashtags(text: str) -> bool:
    marked = text.count("#")
    return marked > 1 and text.startswith("#") and len(words(text)) <= 4 * marked and not text.endswith(".")


def _is_networks(bare: str, folded: str) -> bool:
    found = bare.split()
    if found and all(word in _vocabulary(phrases.NETWORKS) for word in found):
        return any(len(word) > 3 for word in found)
    left = _glued_networks().sub("", folded)
    return len(left) < len(folded) and letters(left) <= 2


_QUOTES = '"«»“”„'
_NUMBERED_PICTURE = re.compile(r"(?:item )?\d{1,2} ?(?:/|of) ?\d{1,2}\]? ?[^\W\d_]")
_COUNTED = "|".join(map(fold, split(phrases.COUNTED)))
_COUNT_AFTER = re.compile(rf"[\d.,]{{1,20}} ?k? ?(?:{_COUNTED})(?: (?:{_COUNTED}))*\W*")
_COUNT_BEFORE = re.compile(
    rf"(?:{_COUNTED}|temps de lecture|وقت القراءة|مدة القراءة|reading time) ?:? ?[\d.,]+k?(?: ?\w{{1,8}})?\W*"
)


def _is_count(folded: str) -> bool:
    """ "1.2k views", «3 دقائق للقراءة», « Temps de lecture : 2 min »."""
    return len(folded) < 50 and bool(_COUNT_AFTER.fullmatch(folded) or _COUNT_BEFORE.fullmatch(folded))


def repeated_word(text: str) -> bool:
    """Whether the line is one short word or name said again and again («casablanca, casablanca»)."""
    found = key(text).split()
    return len(found) >= 2 and len(set(found)) == 1
