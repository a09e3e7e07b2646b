from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from homes import article

from qa.answer import Person
from qa.people import (
    Sought,
    asks_who_is,
    corrected,
    defines,
    introduces,
    is_title,
    mentions,
    names_another,
    names_in,
    names_somebody,
)
from qa.subject import offices, paragraph_of, tells_of
from vectorstore.library import Library
from vectorstore.passages import sentences_of
from vectorstore.records import Chunk, Span
from vectorstore.text import terms

ARABIC = (
    "استقبل عبد اللطيف حموشي، المدير العام للأمن الوطني، نظيره الألماني هولغر مونش في برلين.\n"
    "وتباحث الجانبان حول التعاون الأمني.\n"
    "وأكد المدير العام أهمية التكوين.\n"
    "وقال محمد حموشي، وهو تاجر من فاس، إن السوق جديد.\n"
    "الطقس جميل في برلين."
)
ENGLISH = "Yesterday Nadia Fettah visited the harbour. She praised the fishermen."


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path / "library.sqlite3")
    for name, text in (("ar", ARABIC), ("en", ENGLISH)):
        stored = article(text, name)
        made.put(stored, [Span(0, len(text))])
    yield made
    made.close()


@pytest.mark.parametrize(
    "question", ["Who did Hammouchi meet?", "من التقى حموشي؟", "Qui Hamouchi a-t-il vu ?"]
)
def test_a_name_is_found_under_the_articles_spelling(library: Library, question: str) -> None:
    (sought,) = names_in(question, library)
    assert "حموشي" in sought.matched
    assert sought.terms
    assert not sought.place


def test_a_name_with_a_hyphen_is_found_where_nothing_else_stands_by_it(tmp_path: Path) -> None:
    made = Library(tmp_path / "hyphens.sqlite3")
    text = "Voters in Saint-Aubrac elected a mayor on Sunday."
    made.put(article(text, "hyphens"), [Span(0, len(text))])
    (sought,) = names_in("Qui a été élu maire de Saint-Aubrac ?", made)
    assert (sought.asked, sought.terms) == ("Saint-Aubrac", frozenset({"aubrac"}))
    made.close()


def test_a_full_name_in_small_letters_is_somebody_whom_no_article_may_name(library: Library) -> None:
    (sought,) = names_in("when was leila haldenwang arrested", library)
    assert (sought.asked, sought.terms) == ("leila haldenwang", frozenset())


def test_a_name_that_no_article_holds_comes_without_spellings(library: Library) -> None:
    (sought,) = names_in("Who did Zidane meet?", library)
    assert (sought.asked, sought.matched, sought.terms) == ("Zidane", (), frozenset())


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("Who chairs the IPCC?", True),
        ("Who is the head of the Federal Planning Bureau?", True),
        ("Who did Zidane meet?", False),
        ("Qui dirige l'Observatoire ?", True),
        ("Who did the Minister Zidane meet?", False),
        ("What did some Assembly vote?", True),
        ("What is Cultural Imperialism?", True),
        ("Elders are members of what?", True),
        ("What did Elder Zidane say?", False),
        ("Macron a dit quoi sur le port ?", False),
    ],
)
def test_letters_words_with_a_meaning_and_what_has_an_article_may_name_no_person(
    library: Library, question: str, thing: bool
) -> None:
    (sought,) = (each for each in names_in(question, library) if not each.terms)
    assert sought.thing is thing


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("who did hammouchi meet in berlin", ["hammouchi"]),
        ("What sentence did the main suspect get?", []),
        ("Que demande la grève des dockers ?", []),
    ],
)
def test_words_that_texts_write_small_are_no_names_without_capitals(
    library: Library, question: str, names: list[str]
) -> None:
    assert [each.asked for each in names_in(question, library) if each.terms and not each.place] == names


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("متى التقى حموشي محمد حموشي؟", ["حموشي", "محمد حموشي"]),
        ("متى التقى عبد اللطيف حموشي؟", ["عبد اللطيف حموشي"]),
    ],
)
def test_two_names_side_by_side_in_arabic_are_two_people(
    library: Library, question: str, names: list[str]
) -> None:
    assert [each.asked for each in names_in(question, library)] == names


def test_a_spelling_that_the_asker_takes_off_no_longer_finds(library: Library) -> None:
    given = [Person("Hammouchi", ("Hamouchi",))]
    (sought,) = corrected(names_in("Who did Hammouchi meet?", library), given)
    assert not mentions("التقى حموشي ضيفه. Hammouchi met him.", sought)
    assert mentions("Hamouchi met him.", sought)


@pytest.mark.parametrize("question", ["what is the weather like", "ما هو الطقس؟", "Who died in Germany?", ""])
def test_a_question_without_a_person_names_nobody(library: Library, question: str) -> None:
    assert [each for each in names_in(question, library) if each.matched] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("التقى حموشي ضيفه.", True),
        ("والتقى الحموشي ضيفه.", True),
        ("استقبل عبد اللطيف حموشي ضيفه.", True),
        ("قال محمد حموشي إن السوق جديد.", False),
        ("الطقس جميل.", False),
        ("", False),
    ],
)
def test_a_full_name_is_not_somebody_elses(library: Library, text: str, named: bool) -> None:
    (sought,) = names_in("Who did Abdellatif Hammouchi meet?", library)
    assert mentions(text, sought) is named


def test_a_surname_alone_may_be_anybodys_who_bears_it(library: Library) -> None:
    (sought,) = names_in("Who did Hammouchi meet?", library)
    assert mentions("قال محمد حموشي إن السوق جديد.", sought)


@pytest.mark.parametrize(
    ("text", "somebody"),
    [
        ("التقى نظيره الألماني.", True),
        ("التقى محمد ضيفه.", True),
        ("He met the ambassador.", True),
        ("He met Francisco Pardo.", True),
        ("il a vu le ministre", True),
        ("الجسر جديد والجو بارد.", False),
        ("the bridge is new", False),
    ],
)
def test_a_person_or_an_office_is_somebody(text: str, somebody: bool) -> None:
    assert names_somebody(text) is somebody


@pytest.mark.parametrize(
    ("word", "title"),
    [
        ("المدير", True),
        ("والوزير", True),
        ("minister", True),
        ("Ministre", True),
        ("جسر", False),
        ("bridge", False),
    ],
)
def test_offices_and_forms_of_address_are_titles(word: str, title: bool) -> None:
    assert is_title(word) is title


def test_an_office_that_the_article_gives_somebody_stands_for_the_name(library: Library) -> None:
    (sought,) = names_in("Who did Abdellatif Hammouchi meet?", library)
    assert offices(article(ARABIC, "ar"), sought) == {"المدير العام"}


def test_a_sentence_tells_of_somebody_by_name_by_going_on_and_by_office(library: Library) -> None:
    (sought,) = names_in("Who did Abdellatif Hammouchi meet?", library)
    stored = article(ARABIC, "ar")
    told = [tells_of(stored, sentence, sought) for sentence in sentences_of(stored)]
    assert told == [True, True, True, False, False]


def test_a_paragraph_is_found_from_any_place_in_it() -> None:
    text = "one\ntwo two\n\nthree"
    assert [paragraph_of(text, place) for place in (0, 3, 4, 8, 11, 13, len(text))] == [
        "one",
        "one",
        "two two",
        "two two",
        "two two",
        "three",
        "three",
    ]


def test_names_that_differ_in_a_number_are_not_one(library: Library) -> None:
    text = "The leaders of the G7 met in Rome and those of the G20 met in Rio."
    library.put(article(text, "groups"), [Span(0, len(text))])
    (sought,) = names_in("Who attended the G20 summit?", library)
    assert sought.matched == ("g20",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("استقبال حموشي من قبل فيليب السادس، ملك إسبانيا", True),
        ("le roi Felipe VI et la reine", True),
        ("استقبل الملك محمد السادس وفدا", False),
        ("King Mohammed VI opened the line", False),
    ],
)
def test_a_kings_number_is_read_in_both_scripts_and_with_his_own_name(
    library: Library, text: str, named: bool
) -> None:
    (sought,) = names_in("Who met King Felipe VI?", library)
    assert mentions(text, sought) is named


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("Who is Hammouchi?", True),
        ("Qui est le ministre Hammouchi ?", True),
        ("من هو حموشي؟", True),
        ("Who is Hammouchi's lawyer?", False),
        ("Who met Hammouchi?", False),
    ],
)
def test_a_question_of_who_somebody_is_says_nothing_but_the_name(
    library: Library, question: str, only: bool
) -> None:
    assert asks_who_is(question, names_in(question, library)) is only


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("In Rabat Hammouchi, the director of the police, spoke.", True),
        ("قال المدير العام للأمن عبد اللطيف حموشي إن السوق جديد.", True),
        ("Hammouchi went there at the head of a delegation.", False),
        ("التقى حموشي، في الدوحة، رئيس الشرطة.", False),
    ],
)
def test_an_office_before_a_name_or_behind_its_comma_says_who_somebody_is(
    library: Library, text: str, told: bool
) -> None:
    (sought,) = names_in("Who is Hammouchi?", library)
    assert introduces(text, sought) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nadia Fettah (born in 1971), a minister, was there.", True),
        ("Nadia Fettah is a minister.", True),
        ("نادية فتاح هي وزيرة.", True),
        ("Nadia Fettah est la ministre.", True),
        ("Nadia Fettah was received in Paris.", False),
        ("On Monday the mayor thanked the minister and Nadia Fettah (54), mayor.", False),
    ],
)
def test_a_sentence_that_begins_with_a_name_and_says_who_that_is_defines_it(
    library: Library, text: str, told: bool
) -> None:
    (sought,) = names_in("Who is Nadia Fettah?", library)
    assert defines(text, replace(sought, terms=sought.terms | set(terms("فتاح")))) is told


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("من التقى زياد الكرمي؟", ["زياد الكرمي"]),
        ("من التقى محمد السوق؟", []),  # the articles hold that word
        ("ماذا قال زياد الكرمي؟", []),
        ("من التقى عبد اللطيف حموشي؟", []),
    ],
)
def test_a_full_name_in_arabic_that_no_article_holds_is_one_where_a_meeting_is_asked_about(
    library: Library, question: str, names: list[str]
) -> None:
    assert [each.asked for each in names_in(question, library) if not each.terms] == names


@pytest.mark.parametrize("opening", ["Besides", "Despite", "Outre", "Lorsque", "According to", "Selon"])
def test_a_word_that_leads_to_a_question_is_no_name(library: Library, opening: str) -> None:
    assert [each.asked for each in names_in(f"{opening} Zidane, what happened?", library)] == ["Zidane"]


def test_the_asker_chooses_the_spellings(library: Library) -> None:
    found = names_in("Who did Abdellatif Hammouchi meet?", library)
    (sought,) = corrected(found, [Person("Abdellatif Hammouchi", ("عبد", "اللطيف", "حموشي"))])
    assert sought.matched == ("عبد", "اللطيف", "حموشي")
    assert mentions("التقى حموشي ضيفه.", sought)
    assert not mentions("قال عبد اللطيف إن السوق جديد.", sought)


def test_a_name_that_the_asker_takes_off_is_nobodys(library: Library) -> None:
    found = names_in("Who did Hammouchi meet?", library)
    assert corrected(found, []) == ()
    assert corrected(found, [Person("Hammouchi", ())]) == ()


def test_what_no_article_holds_and_places_are_not_corrected(library: Library) -> None:
    unknown = names_in("Who did Zidane meet?", library)
    assert corrected(unknown, []) == unknown


def test_a_surname_with_the_stem_of_a_weekday_belongs_to_its_name(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    library.put(article(text := "قضت المحكمة ببراءة كريم السبتي أمس.", text), [])
    assert [each.asked for each in names_in("من هو كريم السبتي؟", library)] == ["كريم السبتي"]


def test_an_arabic_title_without_its_article_asks_of_somebody_else(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    library.put(article(text := "قضت المحكمة ببراءة الوزير كريم السبتي أمس.", text), [])
    assert asks_who_is("من هو الوزير كريم السبتي؟", names_in("من هو الوزير كريم السبتي؟", library))
    assert not asks_who_is("من محامي كريم السبتي؟", names_in("من محامي كريم السبتي؟", library))


def test_a_sentence_with_the_surname_and_another_first_name_names_another() -> None:
    sought = Sought("Adil Bennis", ("adil", "bennis"), frozenset(terms("Bennis")))
    assert names_another("The owner, Rachid Bennis, was detained.", sought)
    assert not names_another("Adil Bennis is wanted.", sought)
    assert not names_another("Bennis is wanted.", sought)


@pytest.mark.parametrize("question", ["Who is Karim Bendali?", "من هو كريم بن دالي؟"])
def test_ben_is_written_apart_in_arabic(question: str, tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite3")
    for text in ("حل وزير الخارجية كريم بن دالي بنيامي.", "Yesterday Karim Bendali met the president."):
        library.put(
            article(text, text), [Chunk(article(text, text), 0, len(text), sentences_of(article(text, text)))]
        )
    (sought,) = names_in(question, library)
    assert {"bendali", "دالي"} <= set(sought.matched)
