"""Rows of other articles on a page: what stands under «قد يهمك أيضا», and headlines with one short text each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.labels import has_date, is_signed, says_published
from ingest.lines import ENTRY, Line, cut_off, ends_sentence, key, letters
from ingest.phrases import RELATED

TEASER, DATES = "teaser", "date"
LINK = 0.9  # of a line's characters that lead elsewhere
_LINKED = 0.6  # of a line's characters that lead elsewhere
_COMMON = 4  # letters
_ABOVE = 40  # lines above a section among which its article is looked for
_PAIRS = 3  # headline and teaser, so often in a row, are a list of other articles


@dataclass(frozen=True, slots=True)
class Judged:
    """A line with why it can't be the article (empty where nothing speaks against it)."""

    line: Line
    why: str
    prose: bool

    @property
    def text(self) -> str:
        """The line's words."""
        return self.line.text

    @property
    def plain(self) -> bool:
        """Whether it is a short line that nothing speaks against: a headline, a subheading, a name."""
        return not self.why and not self.prose

    @property
    def told(self) -> bool:
        """Whether it tells something: a paragraph or a sentence, that nothing speaks against."""
        return not self.why and self.line.links <= _LINKED and (self.prose or ends_sentence(self.text))


def mark_sections(judged: list[Judged]) -> None:
    """Short lines under «قد يهمك أيضا» belong to it, up to the next paragraph; so do headlines with teasers."""
    at = 0
    while at < len(judged):
        at += 1
        if not _heads_section(judged[at - 1]):
            continue
        section, at = at, _end_of_section(judged, at)
        for inside in range(section, at):
            judged[inside] = Judged(judged[inside].line, RELATED, False)


def _heads_section(each: Judged) -> bool:
    """«قد يهمك أيضا» alone heads a section; « Lire aussi : un titre » says it all itself."""
    _, colon, rest = each.text.partition(":")
    return (
        each.why == RELATED
        and not each.line.zone
        and letters(each.text) <= 40
        and not (colon and letters(rest) > 8)
    )


def _end_of_section(judged: Sequence[Judged], section: int) -> int:
    begun = any(each.prose and not each.why for each in judged[max(0, section - _ABOVE) : section])
    end = _past_headlines(judged, section, dated=begun)
    second = _past_plain(judged, end + 1)
    if (
        _is_teaser_text(judged, end)
        and end > section
        and second > end + 1
        and _is_teaser_text(judged, second)
    ):
        while _is_teaser_text(judged, end) and _past_plain(judged, end + 1) > end + 1:
            end = _past_plain(judged, end + 1)
        return end + _is_teaser_text(judged, end)
    if end < len(judged) and judged[end].prose and not judged[end].why:
        return end - _leads_on(judged[section:end])
    return _resumed(judged, section, end)


def _resumed(judged: Sequence[Judged], section: int, end: int) -> int:
    """Where, after headlines, short sentences go on with the article; else ``end``.

    One alone has to be on the article's subject, and so have two that other short lines follow.
    """
    stops = [ends_sentence(each.text) and not cut_off(each.text) for each in judged[section:end]]
    at = section + (stops.index(True) if True in stops else len(stops))
    after = next((place for place in range(at, end) if not stops[place - section]), end)
    if at in (section, end):
        return end
    told = (each.text for each in judged[max(0, section - _ABOVE) : section] if each.prose and not each.why)
    above = subject(" ".join(told))
    own = subject(" ".join(each.text for each in judged[at:after]))
    resumes = (after == end or after - at > 1) if above & own else (after == end and after - at > 1)
    return at if resumes else end


def _past_headlines(judged: Sequence[Judged], at: int, dated: bool) -> int:
    """Past short lines, and the days among them where the article has begun, up to its own byline."""
    while at < len(judged) and (judged[at].plain or (dated and judged[at].why == DATES)):
        if has_date(judged[at].text) and (is_signed(judged[at].text) or says_published(judged[at].text)):
            break
        at += 1
    return at


def _past_plain(judged: Sequence[Judged], at: int) -> int:
    while at < len(judged) and judged[at].plain:
        at += 1
    return at


def _is_teaser_text(judged: Sequence[Judged], at: int) -> bool:
    """Whether the line is a teaser's size: a sentence or two, or one that breaks off."""
    if at >= len(judged) or judged[at].why:
        return False
    text = judged[at].text
    return letters(text) <= 200 and (
        judged[at].prose or cut_off(text) or (ends_sentence(text) and letters(text) >= 30)
    )


def _leads_on(section: Sequence[Judged]) -> int:
    """How many of the last lines lead to the paragraph after them: one, where it is a subheading's size."""
    if len(section) < 2:
        return 0
    last, before = letters(section[-1].text), letters(section[-2].text)
    return int(section[-1].line.heading or (last <= 40 and last * 1.5 < before))


def mark_teasers(judged: list[Judged]) -> None:
    """Rows of headline and one short sentence that have no subject in common list other articles."""
    pairs: list[tuple[int, int]] = []
    for head, text in [*_pairs(judged), (-1, -1)]:
        if pairs and (head < 0 or not _adjoin(judged, pairs[-1][1], head)):
            _mark_row(judged, pairs)
            pairs = []
        pairs.append((head, text))


def mark_linked(judged: list[Judged]) -> None:
    """A short text below a linked headline that an extractor left out, while it took others: that headline's."""
    if not any(each.prose and not each.why and each.line.vouched for each in judged):
        return
    for at in range(1, len(judged)):
        head, text = judged[at - 1], judged[at]
        left_out = not (head.line.vouched or text.line.vouched)
        if left_out and head.line.links > LINK and text.prose and _is_teaser_text(judged, at):
            judged[at] = Judged(text.line, TEASER, False)


def _mark_row(judged: list[Judged], pairs: list[tuple[int, int]]) -> None:
    end = pairs[-1][1] + 1
    if end < len(judged) and judged[end].prose and not judged[end].why and not cut_off(judged[end - 1].text):
        pairs = pairs[:-1]  # the last headline goes on into a second paragraph: the article itself
    if len(pairs) >= _PAIRS and shared_terms([judged[text].text for _, text in pairs]) < 0.2:
        for at in (place for pair in pairs for place in pair):
            judged[at] = Judged(judged[at].line, TEASER, False)


def _pairs(judged: Sequence[Judged]) -> Iterable[tuple[int, int]]:
    """Places of a headline and the one short text under it."""
    for at in range(len(judged) - 1):
        head = judged[at]
        asks = head.text.rstrip(' »"').endswith(("?", "؟", ":"))
        named = (
            head.plain
            and head.line.tag != ENTRY
            and not asks
            and not ends_sentence(head.text)
            and letters(head.text) >= 12
        )
        if named and _is_teaser_text(judged, at + 1):
            yield at, at + 1


def _adjoin(judged: Sequence[Judged], last: int, head: int) -> bool:
    return all(judged[at].why and not judged[at].prose for at in range(last + 1, head))


def shared_terms(texts: Sequence[str]) -> float:
    """The share of a text's longer words that another of ``texts`` uses too, on average."""
    found = [terms(text) for text in texts]
    counts: dict[str, int] = {}
    for each in found:
        for term in each:
            counts[term] = counts.get(term, 0) + 1
    shares = [sum(counts[term] > 1 for term in each) / len(each) for each in found if each]
    return sum(shares) / len(shares) if shares else 1.0


def terms(text: str) -> frozenset[str]:
    """The longer words of ``text``, without the Arabic article and particles, cut to their first letters."""
    return frozenset(_stem(word) for word in key(text).split() if len(word) >= 4)


def subject(text: str) -> frozenset[str]:
    """The longer words of ``text``, less the short ones of Latin scripts that any subject needs."""
    return frozenset(word for word in terms(text) if len(word) > _COMMON or not word.isascii())


def _stem(word: str) -> str:
    for prefix in ("وال", "بال", "فال", "كال", "ولل", "ال", "لل"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :][:5]
    return word[:6]
