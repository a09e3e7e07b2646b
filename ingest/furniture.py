"""Furniture that no word list names: told by where it stands, what it repeats, and whom it speaks to.

A comment thread repeats its hours, a caption its photographer, a promotion comes as short lines in a block, an
appeal speaks to the reader at the end of an article that doesn't otherwise, and has no word in common with it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.labels import date_free, has_date, speaks_of_itself, speaks_to_reader
from ingest.lines import ENTRY, ends_sentence, key, letters, words
from ingest.phrases import CAPTION, COMMENTS, FORM, MENU, NEWSLETTER, RELATED, SHARE
from ingest.sections import DATES, LINK, Judged, subject

_LEAST_BEFORE = 150  # letters of prose above a thread of comments
_NAME = 4  # words of a commenter's name
_CREDIT = re.compile(r"\w/[^\W\d]")
# A sentence, then names in capitals or an agency's and a name; or a bracket at the end with two names; or "Credit:".
_CREDITED = re.compile(
    r"[.!?…»”]\s+(?:\| ?)?[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ '’./&-]{7,80}$"
    r"|\([A-ZÀ-ÖØ-Þ][^()]{1,40}(?:/|: )[^()a-zß-ÿ]?[A-ZÀ-ÖØ-Þ][^()]{1,40}\)$"
    r"|[.!?…»”]\s+[A-ZÀ-ÖØ-Þ]{2,20}/[A-ZÀ-ÖØ-Þ][^.!?…/]{2,40}$|\b[Cc]redit(?:\.\.\.|…|:)"
)
_CAPTION = 200  # letters
_CLIP = re.compile(r"\d{1,2}:\d\d(?::\d\d)? [^\W\d]")
_FORMS = (NEWSLETTER, FORM, SHARE, MENU, COMMENTS)
_HOUR = re.compile(r"\d{1,2} ?[:hH] ?\d\d")
_ENTRIES = 3  # hours that make a report of a day
_ENCLOSED = 4  # lines between two of a form
_CLOCK = re.compile(r"\d{1,2} ?[:hH] ?\d\d(?!\d)")
ITEM = re.compile(r"\W{0,20}\d|[-•*–—·▪●◦‣■]")
LOOSE_TAGS = ("", "p", "div", "span", "section", "article", "main")
OWN = 0.25  # of its longer words that a line shares with the rest of its article; a stranger has less
_BEGINNING = 0.4  # of an article's paragraphs: where one speaks to the reader, that is the article's manner
_STOPPED = 0.6  # of the paragraphs that end in a stop, where a line without one is worth remarking
_SUBHEADING = 6  # words
_FIGURES = 6  # words of a line of figures
_DIGIT = re.compile(r"\d")
_TELLING = 5  # words of a title that no sentence has by chance
_REFERRING = 9  # words around an article's title in a line that leads back to it


def mark_threads(judged: list[Judged]) -> None:
    """Lines with a name, a day and an hour that recur below the prose head comments, up to the next furniture."""
    heads = [at for at in _heads_of_comments(judged) if at + 1 < len(judged) and not judged[at + 1].why]
    if not heads:
        return
    first, end = heads[0], heads[0]
    while end < len(judged) and judged[end].why in ("", DATES):
        end += 1
    if sum(at < end for at in heads) < 2:
        return
    for at in range(first - (not date_free(judged[first].text)), end):
        judged[at] = Judged(judged[at].line, COMMENTS, False)


def _heads_of_comments(judged: Sequence[Judged]) -> Iterator[int]:
    passed = 0
    for at, each in enumerate(judged):
        if each.prose and not each.why:
            passed += letters(each.text)
        elif passed >= _LEAST_BEFORE and has_date(each.text) and _CLOCK.search(each.text):
            before = judged[at - 1]
            if date_free(each.text) or (before.plain and len(words(before.text)) <= _NAME):
                yield at


def mark_entries(judged: list[Judged]) -> None:
    """Hours alone in a line that part texts on the article's subject head its entries, and so do their headlines.

    Below the hours of other articles stand headlines alone; below a commenter's name, what that reader says.
    """
    hours = [at for at, each in enumerate(judged) if each.why == DATES and _HOUR.fullmatch(each.text)]
    entries = [range(at + 1, end) for at, end in pairwise([*hours, len(judged)])]
    if len(entries) < _ENTRIES or sum(_is_named(judged[at - 1]) for at in hours if at) > 1:
        return
    subjects = [subject(" ".join(judged[at].text for at in entry if judged[at].told)) for entry in entries]
    above = subject(" ".join(each.text for each in judged[: hours[0]] if not each.why))
    if all(subjects) and 2 * sum(bool(own & above) for own in subjects) >= len(entries):
        for at, entry in zip(hours, entries, strict=True):
            heads = [at, *(place for place in entry[:1] if judged[place].plain and not judged[place].told)]
            for place in heads:
                judged[place] = Judged(replace(judged[place].line, tag=ENTRY), "", False)


def _is_named(each: Judged) -> bool:
    return each.plain and len(words(each.text)) <= _NAME


def mark_clips(judged: list[Judged]) -> None:
    """Two lines in a row that open with a clip's length list films, and so does the short line that heads them."""
    clips = {at for at, each in enumerate(judged) if each.plain and _CLIP.match(each.text)}
    rows = [
        at
        for at in sorted(clips)
        if (at - 1 in clips or at + 1 in clips) and not ends_sentence(judged[at].text)
    ]
    heads = [at - 1 for at in rows if at and at - 1 not in clips and _is_short(judged, at - 1)]
    for at in (*rows, *heads):
        judged[at] = Judged(judged[at].line, RELATED, False)


def mark_enclosed(judged: list[Judged]) -> None:
    """What stands in a few short lines between a form's first and its last is that form's."""
    forms = [at for at, each in enumerate(judged) if each.why in _FORMS and not each.line.zone]
    for first, last in pairwise(forms):
        inside = range(first + 1, last)
        opened = judged[first].why in (NEWSLETTER, FORM)
        if opened and 2 <= len(inside) <= _ENCLOSED and all(judged[at].plain for at in inside):
            for at in range(first + 1, last + (judged[last].why == MENU)):
                judged[at] = Judged(judged[at].line, judged[first].why, False)


def mark_captions(judged: list[Judged]) -> None:
    """A line between two mentions of its photographer, and one with names in capitals after its sentence."""
    for at, each in enumerate(judged):
        if not each.why and _CREDITED.search(each.text) and letters(each.text) <= _CAPTION:
            judged[at] = Judged(each.line, CAPTION, False)
        if at + 2 < len(judged) and _is_framed(*judged[at : at + 3]):
            for place in range(at, at + 3):
                judged[place] = Judged(judged[place].line, CAPTION, False)
        elif at > 0 and _repeats_its_credit(judged[at - 1], each):
            judged[at - 1] = Judged(judged[at - 1].line, CAPTION, False)
            judged[at] = Judged(each.line, CAPTION, False)


def _is_framed(first: Judged, caption: Judged, last: Judged) -> bool:
    credit = first.plain and first.text == last.text and _CREDIT.search(first.text)
    return bool(credit) and not caption.why and letters(caption.text) <= _CAPTION


def _repeats_its_credit(caption: Judged, credit: Judged) -> bool:
    """Whether a picture's description opens with the very name that stands alone below it."""
    named = credit.plain and 2 <= len(words(credit.text)) <= _NAME
    return named and caption.plain and caption.text.startswith(credit.text + " ")


def loose(judged: Sequence[Judged], run: range) -> set[int]:
    """Lines of ``run`` among the article's that aren't its own: blocks of short ones, appeals, headlines, copies."""
    told = [at for at in run if not judged[at].why and judged[at].prose]
    stopped = sum(ends_sentence(judged[at].text) for at in told) >= _STOPPED * len(told)
    short = {at for at in run if stopped and _is_short(judged, at)}
    calls = _calls(judged, run, told)
    last = max((at for at in run if not judged[at].why), default=-1)
    found = {
        *_copies(judged, [at for at in run if judged[at].told]),
        *(at for at in short if _ends_caption(judged, at) or _leads_to_entry(judged, at)),
    }
    for block in _blocks(judged, run, short | calls):
        spoken = calls.intersection(block)
        if spoken and not _are_strangers(judged, run, spoken, calls | set(block)):
            block = [at for at in block if at in short]
        appeal = last in block and 2 * len(spoken) >= len(block)
        if appeal or (len(short.intersection(block)) >= (1 if spoken else 2) and len(block) >= 2):
            found.update(block)
    return found | {at for at in short if _leads_elsewhere(judged, run, at)}


def _leads_elsewhere(judged: Sequence[Judged], run: range, at: int) -> bool:
    """Whether a line alone is another article's headline: a link, or of foreign words and no subheading's length."""
    mine = subject(judged[at].text)
    rest = subject(" ".join(judged[other].text for other in run if other != at))
    foreign = len(words(judged[at].text)) > _SUBHEADING and not mine & rest
    return foreign or judged[at].line.links > LINK


def _calls(judged: Sequence[Judged], run: range, told: Sequence[int]) -> set[int]:
    """Paragraphs that speak to the reader, in an article that doesn't begin so and isn't an interview."""
    calls = {at for at in run if judged[at].told and speaks_to_reader(judged[at].text)}
    asked = sum(judged[at].text.endswith(("?", "؟")) for at in run)
    manner = calls.intersection(told[: max(2, round(_BEGINNING * len(told)))])
    return set() if asked >= 2 or manner else calls


def _are_strangers(judged: Sequence[Judged], run: range, spoken: set[int], apart: set[int]) -> bool:
    mine = subject(" ".join(judged[at].text for at in spoken))
    rest = subject(" ".join(judged[at].text for at in run if at not in apart))
    return len(mine & rest) <= OWN * len(mine)


def _ends_caption(judged: Sequence[Judged], at: int) -> bool:
    return at > 0 and judged[at - 1].why == CAPTION and len(words(judged[at].text)) > _SUBHEADING


def _leads_to_entry(judged: Sequence[Judged], at: int) -> bool:
    return at + 1 < len(judged) and judged[at + 1].line.tag == ENTRY


def _is_short(judged: Sequence[Judged], at: int) -> bool:
    """A line that ends no sentence and is neither an item, a figure nor led to by a colon."""
    each = judged[at]
    led = at > 0 and judged[at - 1].text.endswith(":")
    return (
        each.plain
        and each.line.tag in LOOSE_TAGS
        and not (led or ends_sentence(each.text) or each.text.endswith(":"))
        and not (ITEM.match(each.text) or (len(each.text.split()) < _FIGURES and _DIGIT.search(each.text)))
    )


def _blocks(judged: Sequence[Judged], run: range, chosen: set[int]) -> Iterator[list[int]]:
    """Neighbours among ``chosen``, whatever is no article anyway left out between them."""
    block: list[int] = []
    for at in run:
        if at in chosen:
            block.append(at)
        elif not judged[at].why:
            if block:
                yield block
            block = []
    if block:
        yield block


def _copies(judged: Sequence[Judged], told: Sequence[int]) -> Iterator[int]:
    """Paragraphs that the next one repeats and goes on from."""
    for at, after in pairwise(told):
        said = key(judged[at].text)
        if len(said.split()) >= 8 and key(judged[after].text).startswith(said):
            yield at


def about_article(judged: Sequence[Judged], inside: Sequence[int], title: str, outlet: str) -> set[int]:
    """The last lines of an article that speak of "this article", or say little but its title, as feeds end."""
    found: set[int] = set()
    for at in reversed(inside[1:]):
        if not (speaks_of_itself(judged[at].text) or _says_title(judged[at].text, key(title), key(outlet))):
            break
        found.add(at)
    return found


def _says_title(text: str, title: str, outlet: str) -> bool:
    """Whether a line leads back to the article: a short title alone may stand in a sentence of the article itself."""
    said = f" {key(text)} "
    telling = len(title.split()) >= _TELLING or bool(outlet and f" {outlet} " in said)
    return f" {title} " in said and telling and len(said.split()) - len(title.split()) <= _REFERRING


def about_author(judged: Sequence[Judged], inside: Sequence[int], name: str) -> set[int]:
    """The last lines of an article that open with its author's name: who that is, not what happened."""
    found: set[int] = set()
    for at in reversed(inside[1:]):
        if not name or not key(judged[at].text).startswith(key(name)):
            break
        found.add(at)
    return found
