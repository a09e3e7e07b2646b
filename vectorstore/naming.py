"""Which words of a text are used as names, so that a question's name is looked for among these alone."""

from collections.abc import Iterator

from vectorstore.given_names import given_forms
from vectorstore.records import Span
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, sentences, terms, words

# How many words after a given name may still belong to the name.
SURNAMES = 2
PARTICLES = frozenset(fold(word) for word in "بن ابن بنت ولد آل أبو عبد".split())
SHORTEST = 3


def name_words(text: str) -> set[str]:
    """The words of ``text`` that are used as names, folded.

    Latin words are, where they are capitalised inside a sentence. Arabic has no capitals: there a given name is,
    and what directly follows it.
    """
    found: set[str] = set()
    for sentence in sentences(text):
        spans = [
            Span(sentence.start + each.start, sentence.start + each.end)
            for each in words(text[sentence.start : sentence.end])
        ]
        latin = (text[span.start : span.end] for span in spans[1:] if text[span.start].isupper())
        found |= {fold(word) for word in latin if len(word) >= SHORTEST}
        found |= set(_arabic_names(text, spans))
    return found


def is_given_name(word: str) -> bool:
    """Whether a folded word is a common given name or a part of one, such as «عبد», also behind a preposition."""
    bare = without_clitics(word)
    # Folded, the name علي is the preposition على, which takes no preposition before it.
    if bare == "علي":
        return word != bare
    return any(each in PARTICLES or bool(given_forms(each)) for each in (word, bare))


def _arabic_names(text: str, spans: list[Span]) -> Iterator[str]:
    reach = 0
    before: Span | None = None
    for span in spans:
        raw = text[span.start : span.end]
        adjoins = before is not None and not text[before.end : span.start].strip()
        before = span
        word = fold(raw)
        if not is_rtl(raw):
            reach = 0
        elif is_given_name(word):
            reach = SURNAMES
            yield word
            yield without_clitics(word)
        elif reach and adjoins and terms(raw):
            reach -= 1
            yield word
        else:
            reach = 0
