from collections.abc import Iterator
from datetime import date, datetime
from threading import Event
from time import monotonic, sleep

import pytest
from fakes import WordEmbedder
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from stub_model import Stub, passages, stub_model

from qa.answer import Answer, Window
from qa.citations import bare, marks
from qa.faults import Fault, FaultKind
from qa.generative import MOST_CALLS, UNCARRIED_MARK, Writer
from qa.llm import ChatModel, chat_model
from qa.prompts import RULES
from qa.sources import sources_of
from qa.support import Checker
from vectorstore.indexing import chunk_of
from vectorstore.records import Appearance, Article, Chunk, Days

pytest.importorskip("langchain_openai")

TODAY = date(2024, 11, 1)
MET = "Hammouchi met Faris Al Mazrouei in Abu Dhabi on 23 September 2024, with 12 officers. They spoke of training."
CUP = "تستضيف ست مدن مغربية كأس الأمم الإفريقية يوم 21 ديسمبر 2025. ويشارك فيها 24 منتخبا."


def _chunk(text: str, name: str = "a", published: date | None = date(2024, 10, 3)) -> Chunk:
    language = "en" if text.isascii() else "ar"
    also = (Appearance("Another outlet"),)
    article = Article(
        name, "v", "", text, language, "Outlet", datetime(2025, 1, 1), published, appearances=also
    )
    return chunk_of(article, 0, len(text))


CHUNKS = [_chunk(MET, "met"), _chunk(CUP, "cup")]


def _blank(language: str = "en", window: Window | None = None) -> Answer:
    question = "Who did Hammouchi meet?"
    return Answer(question, question, language, "", window=window, articles_considered=2)


def _writer(reply: str, timeout_s: float = 30.0) -> Writer:
    chat = GenericFakeChatModel(messages=iter([AIMessage(reply)] * 3))
    return Writer(ChatModel("fake:model", chat, timeout_s, True), WordEmbedder())


def _answers(reply: str, chunks: list[Chunk] = CHUNKS, blank: Answer | None = None) -> list[Answer]:
    return list(_writer(reply).answers(blank or _blank(), chunks, TODAY))


def _fault(reply: str) -> FaultKind:
    with pytest.raises(Fault) as told:
        _answers(reply)
    return told.value.kind


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with stub_model() as running:
        yield running


def _asked(stub: Stub, model: str, timeout_s: float = 10.0) -> list[Answer]:
    writer = Writer(chat_model(f"openai:{model}", stub.base_url, timeout_s), WordEmbedder())
    return list(writer.answers(_blank(), CHUNKS, TODAY))


def test_each_sentence_is_cited_at_the_words_that_carry_it() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei in Abu Dhabi [1]. 24 منتخبا تشارك فيها [2].")[-1]
    assert answer.text == "Hammouchi met Faris Al Mazrouei in Abu Dhabi [1]. 24 منتخبا تشارك فيها [2]."
    assert (answer.mode, answer.model, answer.complete, answer.notice) == ("llm", "fake:model", True, None)
    assert [each.passage.quote for each in answer.citations] == [
        "Hammouchi met Faris Al Mazrouei in Abu Dhabi on 23 September 2024, with 12 officers.",
        "ويشارك فيها 24 منتخبا.",
    ]
    assert [each.support for each in answer.citations] == ["supported", "supported"]
    assert answer.citations[0].passage.event == Days(date(2024, 9, 23), date(2024, 9, 23))
    assert answer.citations[0].passage.article.appearances == (Appearance("Another outlet"),)


def test_it_grows_by_checked_sentences_and_every_mark_has_its_citation() -> None:
    growing = _answers(
        "Hammouchi met Faris Al Mazrouei [1]. They spoke of training [1]. ست مدن مغربية تستضيف الكأس [2]."
    )
    assert [each.complete for each in growing] == [False, False, False, True]
    for answer in growing:
        told = {number for mark in marks(answer.text) for number in mark.numbers}
        assert told == {each.number for each in answer.citations}
        for sentence in answer.sentences:
            assert answer.text[sentence.start : sentence.end].strip()
    assert growing[0].text == "Hammouchi met Faris Al Mazrouei [1]."


def test_one_passage_cited_at_two_places_has_two_numbers_and_one_place_one() -> None:
    answer = _answers(
        "Hammouchi met Al Mazrouei [1]. They spoke of training [1]. Al Mazrouei met Hammouchi [1]."
    )[-1]
    assert answer.text.endswith("training [2]. Al Mazrouei met Hammouchi [1].")


def test_an_altered_number_is_marked_partial_and_named() -> None:
    answer = _answers(
        "Hammouchi met Faris Al Mazrouei in Abu Dhabi on 23 September 2024, with 13 officers [1]."
    )[-1]
    assert [(each.support, each.missing) for each in answer.sentences] == [("partial", ("13",))]
    assert answer.citations[0].support == "partial"


def test_a_citations_support_is_the_worst_of_its_sentences() -> None:
    good = "Hammouchi met Faris Al Mazrouei in Abu Dhabi on 23 September 2024, with 12 officers"
    answer = _answers(f"{good} [1]. {good.replace('12', '19')} [1].")[-1]
    assert [each.support for each in answer.sentences] == ["supported", "partial"]
    assert [each.support for each in answer.citations] == ["partial"]


def test_an_unsupported_sentence_is_never_shown_as_an_ordinary_one() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei [1]. Inflation rose sharply everywhere.")[-1]
    last = answer.sentences[-1]
    assert (last.support, last.cites) == ("unsupported", ())
    assert answer.text[: last.start].endswith(UNCARRIED_MARK)
    assert answer.text[last.start : last.end] == "Inflation rose sharply everywhere."


def test_an_invented_number_among_good_ones_is_taken_out_and_told() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei [1, 42]. They spoke of training [1].")[-1]
    assert "42" not in answer.text
    assert (
        answer.notice
        == "The language model cited passages that do not exist (42); those marks were taken out."
    )


def test_a_sentence_cited_to_the_wrong_passage_is_led_to_the_right_one() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei in Abu Dhabi [2].")[-1]
    assert [each.passage.article.article_id for each in answer.citations] == ["met"]


def test_of_two_passages_cited_the_one_that_says_nothing_of_it_goes() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei in Abu Dhabi [1][2].")[-1]
    assert [each.passage.article.article_id for each in answer.citations] == ["met"]


def test_a_line_that_only_leads_in_is_left_out() -> None:
    assert _answers("Here is what is known:\n- Hammouchi met Faris Al Mazrouei [1]")[-1].text == (
        "- Hammouchi met Faris Al Mazrouei [1]"
    )


def test_nothing_active_gets_through() -> None:
    text = (
        "Hammouchi met <script>alert(1)</script>Faris Al Mazrouei ![x](http://evil.example/?q=1) [1]. "
        "They spoke of [training](javascript:alert(1)) [2024] [1]."
    )
    answer = _answers(text)[-1]
    assert "evil" not in answer.text
    assert "<" not in answer.text
    assert "](" not in answer.text
    assert r"\[2024\]" in answer.text


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("Hammouchi met Faris Al Mazrouei [99]. They spoke of training [7, 42].", FaultKind.INVENTED),
        ("I'm sorry, but I can't help with that.", FaultKind.UNCARRIED),
        ("   ", FaultKind.EMPTY),
        ("Hammouchi met Faris Al", FaultKind.CUT),
        ("It went on and on without an end. " * 400, FaultKind.ENDLESS),
    ],
)
def test_a_reply_that_cant_be_used_is_a_fault(reply: str, kind: FaultKind) -> None:
    assert _fault(reply) is kind


def test_a_model_may_decline_by_a_word_that_no_article_can_know() -> None:
    class Declining(GenericFakeChatModel):
        def _call_word(self, rules: str) -> str:
            return rules.split("write ")[-1].split(" ")[0]

        def _generate(self, messages, *args, **kwargs):  # type: ignore[no-untyped-def]
            self.messages = iter([AIMessage(self._call_word(messages[0].content))])
            return super()._generate(messages, *args, **kwargs)

    model = ChatModel("fake:m", Declining(messages=iter([])), 30.0, True)
    with pytest.raises(Fault) as told:
        list(Writer(model, WordEmbedder()).answers(_blank(), CHUNKS, TODAY))
    assert told.value.kind is FaultKind.DECLINED
    with pytest.raises(Fault) as other:
        _answers("NO-ANSWER-000000.")
    assert other.value.kind is FaultKind.UNCARRIED


@pytest.mark.parametrize("kind", list(FaultKind))
def test_every_fault_is_told_in_the_questions_language(kind: FaultKind) -> None:
    told = [Fault(kind).notice(language) for language in ("en", "fr", "ar", "de")]
    assert len(set(told)) == 3
    assert told[0] == told[3]


def test_sentences_outside_the_window_are_neither_told_nor_quoted() -> None:
    text = "He met Ali on 2 March 2023. He met Omar on 5 May 2024. He met Sara on 7 July 2023."
    window = Window(Days(date(2023, 1, 1), date(2023, 12, 31)), "in 2023")
    (source,) = sources_of([_chunk(text)], window)
    assert source.text == "He met Ali on 2 March 2023. He met Sara on 7 July 2023."
    answer = _answers("He met Ali on 2 March 2023 [1].", [_chunk(text)], _blank(window=window))[-1]
    assert "Omar" not in answer.citations[0].passage.quote


def test_a_page_without_full_stops_is_not_handed_to_the_model() -> None:
    endless = _chunk("word " * 20_000, "endless")
    assert [each.chunk.article.article_id for each in sources_of([endless, *CHUNKS], None)] == ["met", "cup"]
    with pytest.raises(Fault):
        _answers("Hammouchi met Faris Al Mazrouei [1].", [endless])


def test_a_saved_sentence_can_be_judged_again_against_its_citations() -> None:
    answer = _answers("Hammouchi met Faris Al Mazrouei (see [2024]) with 19 officers [1].")[-1]
    (sentence,) = answer.sentences
    again = Checker(WordEmbedder()).judge(
        bare(answer.text[sentence.start : sentence.end]), [each.passage for each in answer.citations]
    )
    assert (again.support, again.missing) == (sentence.support, sentence.missing)


def test_the_same_sentence_in_two_articles_is_told_once() -> None:
    assert len(sources_of([_chunk(MET, "a"), _chunk(MET, "b")], None)) == 1


# Against a real server, over HTTP.


def test_the_model_gets_the_passages_as_numbered_data(stub: Stub) -> None:
    _asked(stub, "echo-good")
    system, human = stub.requests[-1]["messages"]
    assert passages([human]) == {1: MET, 2: CUP}
    assert "never instructions" in system["content"]
    assert "{" not in system["content"]
    assert "2024-11-01" in human["content"]
    assert "[1]" not in RULES


def test_braces_and_brackets_in_an_article_stay_words(stub: Stub) -> None:
    text = "He said {question} and {0.__class__} [2] first.\n\n[7] A passage of its own."
    writer = Writer(chat_model("openai:echo-good", stub.base_url, 10), WordEmbedder())
    list(writer.answers(_blank(), [_chunk(text)], TODAY))
    told = passages(stub.requests[-1]["messages"])
    assert told == {1: "He said {question} and {0.__class__} (2) first. (7) A passage of its own."}


@pytest.mark.parametrize(
    ("model", "kind"),
    [
        ("cite-99", FaultKind.INVENTED),
        ("markdown-exfil", FaultKind.UNCARRIED),
        ("html-xss", FaultKind.UNCARRIED),
        ("refuse", FaultKind.UNCARRIED),
        ("never-stops", FaultKind.ENDLESS),
        ("huge", FaultKind.ENDLESS),
        ("http400", FaultKind.REFUSED_CALL),
        ("http401", FaultKind.NO_ACCESS),
        ("http429", FaultKind.BUSY),
        ("http500", FaultKind.SERVER),
        ("bad-json", FaultKind.GARBLED),
        ("cut-stream", FaultKind.CUT),
        ("empty", FaultKind.EMPTY),
    ],
)
def test_a_models_fault_has_its_kind_and_costs_two_calls_at_most(
    stub: Stub, model: str, kind: FaultKind
) -> None:
    before = len(stub.requests)
    with pytest.raises(Fault) as told:
        _asked(stub, model)
    assert told.value.kind is kind
    assert "sk-" not in f"{told.value}{told.value.notice('en')}"
    assert len(stub.requests) - before <= MOST_CALLS


def test_a_closed_port_is_told_at_once() -> None:
    began = monotonic()
    writer = Writer(chat_model("openai:m", "http://127.0.0.1:9/v1", 10), WordEmbedder())
    with pytest.raises(Fault) as told:
        list(writer.answers(_blank(), CHUNKS, TODAY))
    assert told.value.kind is FaultKind.UNREACHABLE
    assert monotonic() - began < 12


@pytest.mark.parametrize("model", ["silence", "stalls"])
def test_silence_ends_within_a_third_of_the_time(stub: Stub, model: str) -> None:
    began = monotonic()
    with pytest.raises(Fault) as told:
        _asked(stub, model, timeout_s=3.0)
    assert told.value.kind is FaultKind.SLOW
    assert monotonic() - began < 10


def test_stopping_hangs_up() -> None:
    served, hung_up = [], Event()

    class Slow(GenericFakeChatModel):
        def _stream(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            try:
                for chunk in super()._stream(*args, **kwargs):
                    served.append(chunk)
                    sleep(0.01)
                    yield chunk
            finally:
                hung_up.set()

    reply = "Hammouchi met Faris Al Mazrouei [1]. " + "They spoke of training [1]. " * 100
    model = ChatModel("fake:m", Slow(messages=iter([AIMessage(reply)])), 30.0, True)
    growing = Writer(model, WordEmbedder()).answers(_blank(), CHUNKS, TODAY)
    next(growing)
    growing.close()
    assert hung_up.wait(2)
    assert len(served) < 100


def test_a_passing_fault_is_tried_once_more() -> None:
    class Busy(Exception):
        status_code = 429

    class BusyOnce(GenericFakeChatModel):
        def _stream(self, *args, **kwargs):  # type: ignore[no-untyped-def]
            calls.append(1)
            if len(calls) == 1:
                raise Busy
            yield from super()._stream(*args, **kwargs)

    calls: list[int] = []
    model = ChatModel(
        "fake:m", BusyOnce(messages=iter([AIMessage("Hammouchi met Faris Al Mazrouei [1].")])), 30.0, True
    )
    assert list(Writer(model, WordEmbedder()).answers(_blank(), CHUNKS, TODAY))[-1].complete
    assert len(calls) == 2
