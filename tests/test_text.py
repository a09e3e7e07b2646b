import sys
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest

from vectorstore.stemming import _stem_latin
from vectorstore.text import clauses, fold, fold_map, is_rtl, language_of, sentences, terms, words

HOSTILE = {
    "one letter": "a" * 100_000,
    "one Arabic letter": "و" * 100_000,
    "full stops": "." * 100_000,
    "initials": "a. " * 33_333,
    "spaced stops": ". " * 50_000,
    "quotation marks": '."' * 50_000,
    "numbers": "1," * 50_000,
    "thousands": "111 " * 25_000,
    "grouped thousands": "1,111" * 20_000,
    "commas": "، " * 50_000,
    "connectives": "كما " * 25_000,
    "marks": "\u064b" * 100_000,
    "vowelled": "ا\u064b" * 50_000,
    "bidi marks": "\u200f" * 100_000,
    "apostrophes": "a'" * 50_000,
    "spaces": " " * 100_000,
    "line breaks": "\n" * 100_000,
    "dashes": "- " * 50_000,
    "articles": "ال" * 50_000,
    "different words": " ".join(f"كلم{number}ات" for number in range(9_000)),
}


def said(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("حَمُّوشِيّ", "حموشي"),
        ("حـمـوشـى", "حموشي"),
        ("أإآٱ مسؤولة سائل", "اااا مسووله سايل"),
        ("ﺍﻟﺤﻤﻮﺷﻲ ﷲ", "الحموشي الله"),
        ("ک ی", "ك ي"),
        ("٢٠٢٤ ۲۰۲۴", "2024 2024"),
        ("Éléonore Œuvre Ça", "eleonore oeuvre ca"),
        ("L’État", "l'etat"),
        ("ال\u200fرباط\u200c", "الرباط"),
        ("e\u0301", "e"),
    ],
)
def test_spellings_that_readers_take_for_the_same_fold_to_one(written: str, compared: str) -> None:
    assert fold(written) == compared


def test_folding_twice_changes_nothing_more_for_any_character() -> None:
    everything = "".join(map(chr, range(0x30000)))
    assert fold(fold(everything)) == fold(everything)


def test_each_folded_character_knows_where_it_comes_from() -> None:
    text = "قال حَمُّوشي: ﷲ œuvre"
    folded, places = fold_map(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    start = folded.index("حموشي")
    assert text[places[start] : places[start + 4] + 1] == "حَمُّوشي"
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("حموشي", "والحموشي"),
        ("لقاء", "للقاءات"),
        ("الأمن", "أمنية"),
        ("والد", "الوالد"),
        ("وزير", "والوزير"),
        ("فرنسا", "بفرنسا"),
        ("meetings", "meeting"),
        ("nationale", "nationaux"),
        ("rencontré", "rencontres"),
        ("1395", "1,395"),
        ("1,395", "١٬٣٩٥"),
        ("1 395", "1.395"),
        ("1 395", "1395"),
        ("3,14", "3.14"),
        ("٣٫١٤", "3.14"),
        ("1,395.50", "1395,5"),
        ("N’Djamena", "N'Djamena"),
    ],
)
def test_a_question_word_and_an_article_word_are_the_same_term(asked: str, told: str) -> None:
    assert terms(asked) == terms(told) != []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("who did Hammouchi meet in 2024", 3),
        ("من التقى حموشي في ٢٠٢٤؟", 3),
        ("qui Hammouchi a-t-il rencontré en 2024 ?", 3),
        ("وفي ومن", 0),
        ("...", 0),
    ],
)
def test_stop_words_and_question_words_are_no_terms(text: str, left: int) -> None:
    assert len(terms(text)) == left


def test_terms_are_letters_and_digits_alone() -> None:
    for term in terms("Le 10.06.2022, 12.5km et 3,14 % ; 10.2024 U.S.A. foo_bar l'été"):
        assert term.isalnum()


def test_what_is_not_one_number_is_its_parts() -> None:
    assert terms("10.06.2022") == ["10", "6", "2022"]
    assert terms("10.2024") == ["10", "2024"]
    assert terms("12.5km") == ["12p5", "km"]


def test_a_word_span_holds_its_vowel_marks_and_numbers_their_separators() -> None:
    text = "حَمُّوشي l'accord 1,395."
    assert [text[span.start : span.end] for span in words(text)] == ["حَمُّوشي", "l", "accord", "1,395"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("استقبل د. محمد الوزير. ثم غادر! هل عاد؟", ["استقبل د. محمد الوزير.", "ثم غادر!", "هل عاد؟"]),
        ("قال: «انتهى.» وأضاف أنه باق.", ["قال: «انتهى.»", "وأضاف أنه باق."]),
        ("عاد إلى المغرب.وأضاف المتحدث", ["عاد إلى المغرب.", "وأضاف المتحدث"]),
        ("نقلت أ.ف.ب. الخبر سنة 2024 م. وقال", ["نقلت أ.ف.ب. الخبر سنة 2024 م.", "وقال"]),
        ("He saw Dr. Smith at 3.5 p.m. in the U.S. Congress.", None),
        ("He was in the U.S. The minister left.", ["He was in the U.S.", "The minister left."]),
        ('"Why?" he asked. J. K. Rowling left.', ['"Why?" he asked.', "J. K. Rowling left."]),
        ("He said no. Then he left, see No. 5.", ["He said no.", "Then he left, see No. 5."]),
        (
            "Il a dit : « Bonjour. » Puis M. Macron partit.",
            ["Il a dit : « Bonjour. »", "Puis M. Macron partit."],
        ),
        ("Le 5 sept. 2024, 1.395 hommes... et plus.", None),
        ("Voir https://a.ma/b.html?x=1 et page.html.", None),
        ("المزيد... تفاصيل", None),
        ("1. المادة الأولى", None),
        ("سطر أول\nسطر ثان\r\n• نقطة\n***\n", ["سطر أول", "سطر ثان", "نقطة"]),
        ("(Il partit.) Fin.", ["(Il partit.)", "Fin."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str] | None) -> None:
    assert said(text) == ([text] if expected is None else expected)


def test_sentences_of_a_part_are_places_in_the_whole() -> None:
    text = "أول. ثان. ثالث."
    assert [text[span.start : span.end] for span in sentences(text, 5, 9)] == ["ثان."]


LONG = (
    "أجرى حموشي مباحثات مع نظرائه، خصوصا فرانسيسكو باردو المدير العام، وأوخينيو بيرييرو بلانكو المفوض العام "
    "للاستعلامات، كما التقى رافاييل بيريز رويز كاتب الدولة."
)


def test_a_clause_can_be_quoted_alone() -> None:
    found = [LONG[span.start : span.end] for span in clauses(LONG)]
    assert "وأوخينيو بيرييرو بلانكو المفوض العام للاستعلامات" in found
    assert "كما التقى رافاييل بيريز رويز كاتب الدولة." in found


def test_a_connective_parts_clauses_without_a_comma_and_a_number_keeps_its_own() -> None:
    text = "بلغ العدد 1,395 شخصا فيما غادر آخرون"
    assert [text[span.start : span.end] for span in clauses(text)] == [
        "بلغ العدد 1,395 شخصا",
        "فيما غادر آخرون",
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("who did Hammouchi meet in 2024", "en"),
        ("qui Hammouchi a-t-il rencontré en 2024 ?", "fr"),
        ("من التقى حموشي", "ar"),
        ("Hammouchi 2024", "en"),
        ("et en 2023 ?", "fr"),
        ("ou est alle Hammouchi", "fr"),
        ("visite Hammouchi Espagne", "fr"),
        ("qu’a dit Macron", "fr"),
        ("who met عبد اللطيف حموشي", "en"),
        ("من هو Abdellatif Hammouchi", "ar"),
        ("¿Quién es?", "es"),
        ("Wer ist der Minister", "de"),
        ("این کتاب است", "fa"),
        ("ومتى يبدأ العمل به؟", "ar"),
        ("что это", "ru"),
        ("東京はどこですか", "ja"),
        ("2024 ?", "und"),
        ("", "und"),
    ],
)
def test_the_language_of_a_short_question_is_told(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "rtl"),
    [
        ("من هو Abdellatif Hammouchi", True),
        ("who met عبد اللطيف حموشي", False),
        ("Hammouchi: استقبل المدير العام للأمن", True),
        ("2024: حموشي", True),
        ("hello", False),
        ("2024", False),
    ],
)
def test_direction_follows_the_sentence_not_the_names_in_it(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("function", [fold, fold_map, terms, words, sentences, clauses, language_of, is_rtl])
def test_hostile_text_takes_time_in_proportion(function: object, name: str) -> None:
    began = time.process_time()
    function(HOSTILE[name])  # type: ignore[operator]
    assert time.process_time() - began < 6


def test_a_megabyte_of_arabic_is_indexed_in_two_seconds() -> None:
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    made = (
        letters[number % 28] + letters[number * 7 % 28] + letters[number * 11 % 27]
        for number in range(20_000)
    )
    text = " ".join(f"وال{word}ات" for word in made) * 4
    assert len(text.encode()) > 1_000_000
    began = time.process_time()
    terms(text)
    assert time.process_time() - began < 10


def test_every_assigned_letter_is_taken() -> None:
    for code in range(0, sys.maxunicode, 997):
        char = chr(code)
        if unicodedata.category(char) != "Cs":
            assert isinstance(terms(char), list)
            assert len(sentences(char)) <= 1


def test_words_are_stemmed_alike_in_many_threads() -> None:
    words = [f"{front}{end}" for front in "nation relation transport govern élect organ".split() for end in (
        "", "s", "al", "ally", "isation", "ing", "ement", "euse", "ions", "ed")] * 40  # fmt: skip
    alone = [_stem_latin(word) for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_stem_latin, words)) == alone
