"""The answer with a language model: it writes from numbered passages, and every sentence is checked before it is
shown; changes with how a model's answer is put together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic, sleep

from qa.answer import SUPPORT_ORDER, Answer, Citation, Passage, Sentence, Support, Turn
from qa.audit import Audit
from qa.compose import escaped
from qa.faults import TRANSIENT, Fault, FaultKind, invented
from qa.listening import listen
from qa.llm import ChatModel
from qa.prompts import Numbered, Task, task
from qa.rewriting import Rewriter
from qa.sources import Source, sources_of
from qa.support import Checker, PassageEmbedder
from qa.verdict import Verdict
from qa.written import SentenceReader, Written
from vectorstore.records import Chunk

MOST_CALLS = 2
"""Calls a question may take here; a third may go into making a follow-up stand-alone."""
LONGEST_REPLY = 8_000
FIRST_WORDS = 0.25
"""The share of the time by which the first sentence has to be there: 15 of 60 seconds."""
WHOLE = 0.9
"""The share of the time by which all of it has to be there; the rest is for the other answer."""
PAUSE_S = 0.5
UNCARRIED_MARK = "⚠ "
"""Stands before a sentence that nothing carries, so that it is marked wherever the answer's text is shown."""

_LAST = ".!?؟…۔"


class Writer:
    """Has a chat model write answers, and lets through what the passages carry."""

    def __init__(self, model: ChatModel, embedder: PassageEmbedder) -> None:
        self._model = model
        self._embedder = embedder

    def stand_alone(self, question: str, history: Sequence[Turn], by_rules: str) -> str:
        """``question`` made whole by the model where the rules left it as it is; see ``qa.rewriting``."""
        return Rewriter(self._model).rewritten(question, history, by_rules)

    def answers(self, blank: Answer, chunks: Iterable[Chunk], as_of: date) -> Iterator[Answer]:
        """``blank`` with the text growing by a checked sentence at a time; the last one is complete.

        ``chunks`` is what may be cited, likeliest first; ``as_of`` is today. Raises ``Fault`` when the model can't
        be used, perhaps after some growing answers, which then don't count; its ``notice`` says so to the reader.
        The first answer or the fault comes within ``FIRST_WORDS`` of the model's time, all within ``WHOLE``.
        """
        began = monotonic()
        sources = sources_of(chunks, blank.window)
        if not sources:
            raise Fault(FaultKind.DECLINED)
        asked = self._task(blank, sources, as_of)
        audit = Audit(Checker(self._embedder), sources, blank.window)
        for call in range(1, MOST_CALLS + 1):
            page = _Page(blank, self._model.name)
            try:
                yield from self._written(page, asked, audit, began)
            except Fault as fault:
                late = monotonic() - began + PAUSE_S > FIRST_WORDS * self._model.timeout_s / 2
                if call == MOST_CALLS or page.text or late or fault.kind not in TRANSIENT:
                    raise
                sleep(PAUSE_S)
            else:
                return

    def _task(self, blank: Answer, sources: Sequence[Source], as_of: date) -> Task:
        numbered = [Numbered(each.number, each.text, each.chunk.article) for each in sources]
        return task(blank.rewritten, blank.language, blank.window, as_of, numbered)

    def _written(self, page: "_Page", asked: Task, audit: Audit, began: float) -> Iterator[Answer]:
        for written in self._sentences(asked, page, began):
            if monotonic() > self._due(page, began):
                raise Fault(FaultKind.SLOW)
            if self._put(page, written, audit):
                yield page.answer(complete=False)
        page.accept()
        yield page.answer(complete=True)

    def _sentences(self, asked: Task, page: "_Page", began: float) -> Iterator[Written]:
        """The model's sentences; a fault where it takes too long, says too much, or declines."""
        from langchain_core.messages import HumanMessage, SystemMessage

        reader = SentenceReader()
        said = ""
        messages = [SystemMessage(asked.rules), HumanMessage(asked.text)]
        for piece in listen(self._model.chat, messages, lambda: self._due(page, began)):
            said += piece
            if asked.no_answer in said:
                raise Fault(FaultKind.DECLINED)
            if len(said) > LONGEST_REPLY:
                raise Fault(FaultKind.ENDLESS)
            yield from reader.feed(piece)
        yield from reader.end()

    def _due(self, page: "_Page", began: float) -> float:
        """By when the next words have to be there."""
        return began + self._model.timeout_s * (WHOLE if page.text else FIRST_WORDS)

    def _put(self, page: "_Page", written: Written, audit: Audit) -> bool:
        """Check a sentence and add it to the page; whether anything was added."""
        checked = audit.check(written.text, written.numbers)
        page.invented += checked.invented
        page.cited_any |= len(checked.invented) < len(written.numbers)
        verdict = checked.verdict
        if verdict.support == "unsupported" and not written.numbers and written.text.endswith((":", "…")):
            return False  # "Here is what the articles say:"
        page.add(written, verdict, checked.passages)
        return True


@dataclass(slots=True)
class _Page:
    """The answer in the making: its text, and what each of its sentences rests on."""

    blank: Answer
    model: str
    text: str = ""
    said: list[Sentence] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    invented: list[int] = field(default_factory=list)
    cited_any: bool = False
    in_list: bool = False

    def add(self, written: Written, verdict: Verdict, passages: Sequence[Passage]) -> None:
        """Write a sentence with its marks, which count the quoted words in the order of the answer."""
        numbers = tuple(dict.fromkeys(self._number(each) for each in passages))
        self.text += self._lead(written)
        self.text += UNCARRIED_MARK if verdict.support == "unsupported" else ""
        start = len(self.text)
        self.text += _marked(escaped(written.text), numbers)
        self.said.append(Sentence(start, len(self.text), numbers, verdict.support, verdict.missing))

    def accept(self) -> None:
        """Raise ``Fault`` where nothing is carried, or no citation names a passage that exists."""
        if not self.said:
            raise Fault(FaultKind.EMPTY)
        if self.invented and not self.cited_any:
            raise Fault(FaultKind.INVENTED)
        if all(each.support == "unsupported" for each in self.said):
            raise Fault(FaultKind.UNCARRIED)

    def answer(self, *, complete: bool) -> Answer:
        """What stands so far."""
        language = self.blank.language
        made_up = sorted(set(self.invented))
        return replace(
            self.blank,
            text=self.text,
            mode="llm",
            model=self.model,
            notice=invented(made_up, language) if made_up else None,
            citations=tuple(
                Citation(number, passage, self._worst(number))
                for number, passage in enumerate(self.passages, start=1)
            ),
            sentences=tuple(self.said),
            complete=complete,
        )

    def _number(self, passage: Passage) -> int:
        for number, known in enumerate(self.passages, start=1):
            same_article = known.chunk.article == passage.chunk.article
            if same_article and (known.start, known.end) == (passage.start, passage.end):
                return number
        self.passages.append(passage)
        return len(self.passages)

    def _worst(self, number: int) -> Support:
        return max(
            (each.support for each in self.said if number in each.cites), key=SUPPORT_ORDER.__getitem__
        )

    def _lead(self, written: Written) -> str:
        was_in_list, self.in_list = self.in_list, written.lead.endswith("- ")
        if not self.text:
            return "- " if self.in_list else ""
        if was_in_list and written.lead == "\n":
            return "\n\n"  # or it would read as the item's second line
        if was_in_list and written.lead == " ":
            self.in_list = True
        return written.lead


def _marked(text: str, numbers: Sequence[int]) -> str:
    """``text`` with its marks before the full stop."""
    tail = text[-1] if text[-1:] in _LAST and text[-2:-1] not in _LAST else ""
    return text[: len(text) - len(tail)] + "".join(f" [{each}]" for each in numbers) + tail
