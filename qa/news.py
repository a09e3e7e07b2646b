"""The newest articles' first sentences, for who asks for the news and for nothing in particular."""

from collections.abc import Callable, Iterator
from datetime import date

from qa.answer import Passage
from qa.asking import bare
from qa.selected import first_sentence
from vectorstore.library import Library
from vectorstore.records import Days
from vectorstore.text import fold, words

MOST = 10
# Articles of one story are told once, so that more are looked at.
LOOKED_AT = 3 * MOST
_NEWS = frozenset(
    fold(
        "news headlines articles stories new latest newest actualités actualité nouvelles neuf infos titres "
        "أخبار الأخبار الجديد جديد مستجدات المستجدات عناوين مقالات المقالات"
    ).split()
)
_AROUND = frozenset(
    fold(
        "the what is are was were s me give show list most recent last latest main top of from all any quoi de d des "
        "du est sont quelles quels les l dernières derniers récentes récents principales à la une dis donne moi "
        "ما هي هو آخر أحدث أهم أبرز أعطني اعرض هل هناك من كل"
    ).split()
)


def asks_for_news(question: str) -> bool:
    """Whether it asks what is new, of nobody and nothing in particular: "latest news", «ما الجديد؟»."""
    text = bare(question)
    said = {fold(text[span.start : span.end]) for span in words(text)}
    return bool(said & _NEWS) and said <= _NEWS | _AROUND


def outlet_asked(question: str, known: Callable[[str], bool]) -> str | None:
    """The outlet whose news is asked for ("latest news from Le Matin"), where it is ``known``."""
    text = bare(question).rstrip(" ?؟.!")
    ends = (span.start for span in words(text)[1:])
    return next((text[end:] for end in ends if asks_for_news(text[:end]) and known(text[end:])), None)


def newest(library: Library, outlet: str | None, window: Days | None, as_of: date) -> Iterator[Passage]:
    """The first sentence of each of the newest articles (of ``outlet``), newest first, each story once.

    They were published in ``window`` or, without one, by ``as_of`` or at no known day.
    """
    told: set[str] = set()
    for article in library.newest(LOOKED_AT, outlet, window or Days(date.min, as_of), undated=window is None):
        story = article.same_story_as or article.article_id
        if story in told or len(told) == MOST or not (chunks := library.chunks_of(article.article_id)):
            continue
        told.add(story)
        sentence = first_sentence(article)
        if sentence:
            yield Passage(chunks[0], sentence.start, sentence.end)
