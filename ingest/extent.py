"""How far an article goes: past an interruption to its last paragraph, and not on to what another's words tell."""

from collections.abc import Sequence

from ingest.furniture import ITEM, LOOSE_TAGS, OWN
from ingest.labels import speaks_to_reader
from ingest.lines import letters
from ingest.phrases import COMMENTS, FOOTER, FORM
from ingest.sections import LINK, Judged, subject

_HEAD = 8  # lines above an article's first among which its headline stands
_ASIDES = 3  # lines known to be none of an article, across which one paragraph of any words goes on
_GAP = 6  # lines across which an article goes on, those of one kind in a row counted once
_RESUMED = 0.11  # of its longer words that what goes on shares with the article before
_BARRIERS = (COMMENTS, FOOTER, FORM)


def continued(judged: Sequence[Judged], run: range) -> range:
    """``run`` to the article's last paragraph: past short interruptions, but not on to what is told after one.

    What goes on shares the article's words, in two paragraphs or in one that no headline leads to. After
    « Lire aussi : un titre » or an advert alone, one paragraph of any words is enough.
    """
    while (tail := _tail(judged, run)) and _goes_on(judged, run, tail):
        run = range(run.start, tail.stop)
    while run and (rest := _last_part(judged, run)) and _is_foreign(judged, run, rest):
        run = range(run.start, rest.start)
    return run


def _tail(judged: Sequence[Judged], run: range) -> range:
    """The next lines that tell something: of those nearby the paragraphs, the most in a row, the first."""
    best = range(0)
    at, reach = run.stop if run else len(judged), _reach(judged, run)
    while at < reach and judged[at].why not in _BARRIERS:
        end = next((each for each in range(at, len(judged)) if not judged[each].told), len(judged))
        best = max(best, range(at, end), key=lambda part: (_paragraphs(judged, part), len(part)))
        at = max(end, at + 1)
    return best


def _reach(judged: Sequence[Judged], run: range) -> int:
    """How far after ``run`` an article may go on: a row of lines of one kind interrupts it once."""
    at, left = run.stop, _GAP
    while at < len(judged) and left:
        left -= not judged[at].why or judged[at].why != judged[at - 1].why
        at += 1
    return at


def _paragraphs(judged: Sequence[Judged], part: range) -> int:
    return sum(judged[at].prose for at in part)


def _goes_on(judged: Sequence[Judged], run: range, tail: range) -> bool:
    spoken = any(speaks_to_reader(judged[at].text) for at in tail)
    if spoken and not any(judged[at].prose and speaks_to_reader(judged[at].text) for at in run):
        return False
    gap = range(run.stop, tail.start)
    above = range(max(0, run.start - _HEAD), run.stop)
    mine, before = (subject(" ".join(judged[at].text for at in part)) for part in (tail, above))
    shared, paragraphs = len(mine & before), _paragraphs(judged, tail)
    if gap and not any(judged[at].plain for at in gap):
        near = sum(judged[at].why != judged[at - 1].why for at in gap) <= _ASIDES
        return (near and (paragraphs > 0 or len(tail) > 1)) or shared >= max(1, 2 * _RESUMED * len(mine))
    led = not gap or judged[gap[-1]].plain
    if len(tail) == 1:
        return paragraphs == 1 and not led and shared >= max(2, 2 * _RESUMED * len(mine))
    return shared >= (1 if paragraphs > 1 else max(2, _RESUMED * len(mine)))


def _last_part(judged: Sequence[Judged], run: range) -> range:
    """The lines of ``run`` after the last two in a row that tell nothing, or a rule; empty where there is none."""
    for at in range(run.stop - 2, run.start, -1):
        gap = not judged[at].told and not judged[at - 1].told and not _is_kept_together(judged, at)
        if gap or not letters(judged[at].text):
            return range(at + 1, run.stop) if at - 1 > run.start else range(0)
    return range(0)


def _is_kept_together(judged: Sequence[Judged], at: int) -> bool:
    """Whether lines without an end stand there for being a list, a table or a quotation."""
    return any(
        ITEM.match(judged[each].text)
        or judged[each].line.tag not in LOOSE_TAGS
        or judged[each].text.endswith(":")
        for each in (at, at - 1)
    )


def _is_foreign(judged: Sequence[Judged], run: range, part: range) -> bool:
    """Whether one line alone, that speaks to the reader or stands after a link or a rule, is of other words."""
    mine = subject(" ".join(judged[at].text for at in part))
    before = subject(" ".join(judged[at].text for at in run if at < part.start))
    told = [at for at in part if judged[at].told]
    last = judged[part.start - 1]
    led = last.line.links > LINK or not letters(last.text)
    called = led or any(speaks_to_reader(judged[at].text) for at in told)
    return called and len(told) <= 1 and len(mine & before) <= OWN * len(mine)
