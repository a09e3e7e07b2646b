"""Lines that recur under an outlet's articles, whatever they tell: its boilerplate, learned from what is stored.

A line that comes back in articles of one subject is background, and stays; so do datelines and agencies' names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.clean import CleanPage
from ingest.lines import Line as PageLine
from ingest.lines import ends_sentence, is_prose, key, letters
from ingest.sections import terms
from vectorstore.folding import fold
from vectorstore.library import Library
from vectorstore.records import Article, RemovedLine, digest

RECURS = "recurs in this source"
_LEARNED_FROM = 3  # stored articles on subjects that have nothing in common
_LOOKED_AT = 12
_EDGE = 100  # lines from either end of an article among which its outlet's own are looked for
_OWN = 0.34  # of a line's longer words that its article uses elsewhere; beyond that it belongs to the subject
_SHORTEST = 8  # letters
_AGENCY = fold(
    "afp|reuters|ap|dpa|efe|ansa|map|aps|tap|agence|agency|وكالات|وكالة|رويترز|أ ف ب|فرانس برس|الأناضول"
    "|ومع|واس|وام|قنا|بترا|سانا"
)
_AGENCIES = re.compile(rf"(?<!\w)(?:{_AGENCY})(?!\w)")


class Recurring:
    """Takes an outlet's learned boilerplate out of a page that is about to be stored.

    What is stored already stays as it is, for its citations' sake, and a page that is read again gives the text it
    gave before: learning a line makes no new version.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    def take_out(self, cleaned: CleanPage, outlet: str, stored: Article | None) -> CleanPage:
        """``cleaned`` without what recurs under ``outlet`` (by ``outlet_of``); ``removed`` has it, with that reason.

        ``stored`` is the article that was read from this page before, if any.
        """
        before = {each.line for each in stored.removed if each.why == RECURS} if stored else set()
        for known in (before, set[str]()):
            kept = _without(cleaned, known)
            if self._library.holder_of_text(digest(kept.text)):
                return kept
        return _without(cleaned, set(self._learned(cleaned, outlet))) if outlet else cleaned

    def _learned(self, cleaned: CleanPage, outlet: str) -> Iterator[str]:
        lines = cleaned.text.split("\n\n")
        near_ends = {*range(len(lines))[:_EDGE], *range(len(lines))[-_EDGE:]}
        told = (lines[at] for at in sorted(near_ends) if _may_recur(lines, at))
        return (line for line in told if self._recurs(line, cleaned.title, lines, outlet))

    def _recurs(self, line: str, title: str, lines: Sequence[str], outlet: str) -> bool:
        holders = self._library.with_line(outlet, line, _LOOKED_AT)
        if len(holders) < _LEARNED_FROM or _own(line, title, lines):
            return False
        return _unlike(title, [each for each in holders if _is_foreign(line, each)])


def _without(cleaned: CleanPage, lines: set[str]) -> CleanPage:
    kept = [line for line in cleaned.text.split("\n\n") if line not in lines]
    gone = [RemovedLine(line, RECURS) for line in cleaned.text.split("\n\n") if line in lines]
    return (
        replace(cleaned, text="\n\n".join(kept), removed=(*cleaned.removed, *gone))
        if kept and gone
        else cleaned
    )


def _may_recur(lines: Sequence[str], at: int) -> bool:
    """Not a subheading, which outlets repeat too, nor the name of an agency."""
    line = lines[at]
    between = 0 < at < len(lines) - 1 and is_prose(PageLine(lines[at + 1]))
    subheading = between and not ends_sentence(line) and len(line.split()) <= 5
    return letters(line) >= _SHORTEST and not subheading and not _AGENCIES.search(fold(line))


def _is_foreign(line: str, holder: Article) -> bool:
    lines = holder.text.split("\n\n")
    return any(key(each) == key(line) for each in lines) and not _own(line, holder.title, lines)


def _own(line: str, title: str, lines: Sequence[str]) -> bool:
    """Whether an article uses a good part of the line's words elsewhere too: the line is about its subject."""
    rest = terms(" ".join([title, *(each for each in lines if key(each) != key(line))]))
    mine = terms(line)
    return len(mine & rest) > _OWN * len(mine)


def _unlike(title: str, holders: Sequence[Article]) -> bool:
    """Whether enough of ``holders`` have titles without a word in common with one another or with ``title``."""
    told, count = terms(title), 0
    for each in holders:
        if not terms(each.title) & told:
            told |= terms(each.title)
            count += 1
    return count >= _LEARNED_FROM
