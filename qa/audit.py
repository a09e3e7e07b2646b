"""A sentence that a model wrote → a verdict and the words to cite for it: changes when wrong citations are dealt with
in another way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer import Passage, Window
from qa.sources import Source, passage_of
from qa.support import Checker
from qa.verdict import Verdict
from vectorstore.text import terms

MOST_TRIED = 2
"""Passages looked at for a sentence that cites none: each may take the embedding model half a second."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a sentence. ``invented`` are the numbers it cites that no passage has."""

    verdict: Verdict
    passages: tuple[Passage, ...]
    invented: tuple[int, ...]


class Audit:
    """Checks the sentences of one answer against the passages its model was given."""

    def __init__(self, checker: Checker, sources: Sequence[Source], window: Window | None) -> None:
        self._checker = checker
        self._sources = {each.number: each for each in sources}
        self._window = window

    def check(self, text: str, numbers: Sequence[int]) -> Checked:
        """The verdict on ``text``, which cites ``numbers``, and the words to cite.

        Of several passages those alone count that carry at least a part, and where one carries the whole, those that
        do. Where none does, another that carries the whole takes their place: models slip in numbers more often
        than in words.
        """
        cited = [self._sources[number] for number in numbers if number in self._sources]
        invented = tuple(number for number in numbers if number not in self._sources)
        found = [(self._located(text, each), each) for each in cited]
        useful = [each for each in found if each[0].support != "unsupported"]
        useful = useful or self._elsewhere(text, cited) or found[:1]
        if any(verdict.support == "supported" for verdict, _ in useful):
            useful = [each for each in useful if each[0].support == "supported"]
        passages = [passage_of(source, each.span, self._window) for each, source in useful if each.span]
        verdict = useful[0][0] if len(useful) == 1 else self._checker.judge(text, passages)
        return Checked(verdict, tuple(passages), invented)

    def _elsewhere(self, text: str, besides: Sequence[Source]) -> list[tuple[Verdict, Source]]:
        """Another passage that carries the whole of ``text``, if there is one among those that share most words."""
        own = set(terms(text))
        others = [each for each in self._sources.values() if each not in besides]
        for source in sorted(others, key=lambda each: -len(own & set(terms(each.text))))[:MOST_TRIED]:
            verdict = self._located(text, source)
            if verdict.support == "supported":
                return [(verdict, source)]
        return []

    def _located(self, text: str, source: Source) -> Verdict:
        return self._checker.locate(text, source.chunk.article, source.sentences)
