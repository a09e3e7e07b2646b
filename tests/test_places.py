import pytest

from qa.exonyms import nations_in
from vectorstore.places import Place, places_in
from vectorstore.text import terms


def asked(text: str) -> list[str]:
    return [place.asked for place in places_in(text)]


def one(text: str) -> Place:
    (place,) = places_in(text)
    return place


@pytest.mark.parametrize(
    "names",
    [
        ("Germany", "Allemagne", "ألمانيا"),
        ("Spain", "Espagne", "إسبانيا"),
        ("Morocco", "Maroc", "المغرب"),
        ("Qatar", "Qatar", "قطر"),
        ("United Arab Emirates", "Émirats", "الإمارات", "الإمارات العربية المتحدة", "UAE"),
        ("United States", "États-Unis", "الولايات المتحدة", "USA", "أمريكا", "أميركا"),
        ("United Kingdom", "Royaume-Uni", "بريطانيا", "المملكة المتحدة"),
        ("Saudi Arabia", "Arabie saoudite", "السعودية", "المملكة العربية السعودية"),
        ("Côte d’Ivoire", "ساحل العاج"),
    ],
)
def test_one_country_has_the_same_names_in_every_language(names: tuple[str, ...]) -> None:
    assert len({one(name).names for name in names}) == 1
    for name in names:
        assert frozenset(terms(name)) in one(names[0]).names


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who did Hammouchi meet in Germany?", ["Germany"]),
        ("qui a-t-il rencontré en Espagne ?", ["Espagne"]),
        ("من التقى حموشي في ألمانيا؟", ["ألمانيا"]),
        ("ماذا قال عن زيارته لألمانيا وإسبانيا؟", ["لألمانيا", "وإسبانيا"]),
        ("Did Spain beat Germany, or Germany Spain?", ["Spain", "Germany"]),
        ("the United States of America", ["United States"]),
        ("What opened in Rabat?", []),
        ("", []),
    ],
)
def test_the_countries_of_a_question_are_found_in_order_each_once(question: str, named: list[str]) -> None:
    assert asked(question) == named


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Niger", "Nigeria"),
        ("Guinea", "Equatorial Guinea"),
        ("North Korea", "South Korea"),
        ("السودان", "جنوب السودان"),
        ("الكونغو الديمقراطية", "غينيا"),
        ("Iran", "Iraq"),
        ("Mali", "Malta"),
        ("Austria", "Australia"),
    ],
)
def test_countries_of_like_names_are_told_apart(left: str, right: str) -> None:
    assert {place.names for place in places_in(left)}.isdisjoint(place.names for place in places_in(right))


def test_a_name_of_several_words_counts_as_one() -> None:
    assert asked("the visit to Saudi Arabia ended") == ["Saudi Arabia"]
    assert asked("Équipe de Guinée équatoriale") == ["Guinée équatoriale"]


@pytest.mark.parametrize("word", ["us", "it", "in", "la", "de", "من", "في", "no", "is"])
def test_small_words_are_no_countries(word: str) -> None:
    assert asked(f"{word} {word}") == []


@pytest.mark.parametrize(
    "text",
    ["لماذا ترك البنك", "لماذا غابت الجائزة", "ما التسوية التي طرحها", "Quelle part de l'eau se perd ?"],
)
def test_a_word_with_the_stem_or_the_letters_of_a_country_is_none(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    "word", "ولبنان وليبيا للبرازيل والتركي والبريطانيون واليمنية بالمغرب والفرنسيين EAU".split()
)
def test_a_country_is_found_behind_what_arabic_joins_to_it_and_by_its_adjective(word: str) -> None:
    assert asked(f"متى زار {word}") == [word]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("متى تنطلق المسيرة البيضاء", []),
        ("من زار الدار البيضاء", ["البيضاء"]),
        ("متى زار البيضاء", ["البيضاء"]),
    ],
)
def test_casablanca_is_told_from_what_is_white(text: str, named: list[str]) -> None:
    assert [each.asked for each in nations_in(text)] == named


@pytest.mark.parametrize("word", ["homes", "Sebti", "Tazi", "Rabati"])
def test_a_word_with_the_stem_of_a_city_is_no_place(word: str) -> None:
    assert nations_in(f"how many {word}") == []


@pytest.mark.parametrize("word", ["Homs", "Sebta", "Tunisian", "Espagnoles", "espagnole"])
def test_a_city_and_a_nation_s_adjectives_are(word: str) -> None:
    assert [each.asked for each in nations_in(f"what of {word}")] == [word]
