"""The day under which a quotation is shown: that of what it tells, not of what it mentions by the way."""

import re
from datetime import date, timedelta

from vectorstore.passages import NEWS, SINCE, best_event
from vectorstore.records import Article, Days, Sentence, Span
from vectorstore.time_ahead import is_said
from vectorstore.times import TimeMention, find_times

BRIEF = timedelta(days=6)
# "…, who resigned in March", « …, condamné en décembre », "without a minister since his death in December",
# "until the end of March": a time there says nothing of when the sentence's own deed took place.
ASIDE = re.compile(
    r"(?:[,،(–—] ?(?:who|whom|which|whose|where|qui|que|dont|où|après|suite|after|following|\w{3,20}(?:ed|ée?s?))"
    r"|\b(?:that (?:was|were|had|has)|qui (?:devai(?:t|ent)|avai(?:t|ent))|since|depuis|until|till|jusqu['’]\w+"
    r"|before|avant|d['’]ici|(?:renvoy|report|repouss|ajourn)\w{1,4} (?:au|à)"
    r"|(?:postponed|adjourned|put off|moved) (?:to|until)|(?:أجل|أجلت|تأجيل\w{0,2}) (?:\w+ ){0,4}إلى"
    r"|(?:toll|bilan|حصيلة) (?:announced|published|annoncé|publié|أعلنت|نشرت)"
    r"|الذي|التي|الذين|اللذين|اللتين|منذ|حتى|إلى غاية))\b[^,،;؛)–—]{0,90}\Z",
    re.IGNORECASE,
)
THAT = re.compile(r"\b(?:that|que|qu|أن|أنها?|إنها?|إن|بأن)\b")


def event_of(article: Article, sentence: Sentence, window: Days | None, answer: Span | None) -> Days | None:
    """The days to show beside a sentence; none where it tells of several times or its own isn't known.

    Words that ``answer`` decide where a time is among them; otherwise times told by the way, and the day of an
    announcement beside that of the thing announced, are left out.
    """
    if window is not None or not sentence.events:
        return best_event(sentence.events, window)
    words = article.text[sentence.start : sentence.end]
    own = [
        (each, each.days)
        for each in find_times(words, article.published)
        if each.days and each.days in sentence.events
    ]
    if not own:
        return _together(sentence.events) if _is_recent(sentence.events, article.published) else None
    told = [days for mention, days in own if answer and _is_within(mention, answer, sentence.start)]
    told = told or [days for mention, days in own if not _by_the_way(words, mention.start, days)]
    if len(told) > 1:
        told = [
            days for mention, days in own if days in told and not SINCE.match(words, mention.start)
        ] or told
    published = article.published
    if is_said(words) and published and any(days.first != published for days in told):
        told = [days for days in told if days != Days(published, published)]
    return _together(told)


def _is_recent(events: tuple[Days, ...], published: date | None) -> bool:
    """Whether days that the sentence before it told can be those of a sentence without any."""
    return published is None or all(each.last >= published - NEWS for each in events)


def _is_within(mention: TimeMention, answer: Span, start: int) -> bool:
    """Whether a time of the sentence that begins at ``start`` is among the words that answer."""
    return mention.start < answer.end - start and answer.start - start < mention.end


def _by_the_way(words: str, start: int, days: Days) -> bool:
    """Whether a time at ``start`` isn't that of the sentence's own deed."""
    before = words[:start]
    if ASIDE.search(before):
        return True
    return is_said(before) and days.last - days.first >= BRIEF and THAT.search(before) is not None


def _together(told: tuple[Days, ...] | list[Days]) -> Days | None:
    """One run of days, where they follow each other without a gap."""
    found: Days | None = None
    for each in sorted(told, key=lambda days: days.first):
        if found is None:
            found = each
        elif each.first.toordinal() <= found.last.toordinal() + 1:
            found = Days(found.first, max(found.last, each.last))
        else:
            return None
    return found
