"""Grave things of the one they are said of, and figures of what they count."""

import pytest

from qa.binding import miscounted, not_held, said_of_its_own, said_of_others, well_counted
from qa.claims import is_of_its_own, missing
from qa.told import Text, read

ACQUITTED = (
    "His former chief of staff, Nadia Chraibi, was acquitted of all charges. A businessman, Hamid Lahlou, received a "
    "suspended sentence of two years."
)
WITNESS = "Marco Bellini was questioned as a witness. He is not a suspect, prosecutor Giulia Ferro said."
ARREST = (
    "Prosecutor Giulia Ferro said that the head of Pontis, Davide Rossi, 61, had been arrested on Thursday."
)
NIECE = "Among the victims is Lucia Cassin, 19, the mayor's niece."
TOLL = "لقي 16 شخصا مصرعهم وأصيب 22 آخرون بجروح إثر انقلاب حافلة."


def named(name: str, _: Text, told: Text) -> bool:
    return name in told.text


@pytest.mark.parametrize(
    ("claim", "cited", "what"),
    [
        ("Hamid Lahlou was acquitted of all charges.", ACQUITTED, "acquitted"),
        ("Nadia Chraibi was convicted of all charges.", ACQUITTED, "convicted"),
        ("Davide Rossi was killed on Thursday.", ARREST, "killed"),
        ("Lucia Cassin, 19, is among the suspects.", NIECE, "suspects"),
        ("Marco Bellini is a suspect.", WITNESS, "suspect"),
        ("22 people were killed and 16 injured.", TOLL, "22"),
        (
            "She met Youssef El Idrissi.",
            "Elle devait rencontrer Youssef El Idrissi, mais la rencontre a été annulée.",
            "met",
        ),
    ],
)
def test_what_the_source_says_of_another_or_denies_is_missing(claim: str, cited: str, what: str) -> None:
    assert what in missing(read(claim), read(cited), (), "")


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Nadia Chraibi was acquitted of all charges.", ACQUITTED),
        ("Nadia Chraibi a été acquittée.", ACQUITTED),
        ("Davide Rossi was arrested on Thursday.", ARREST),
        ("Lucia Cassin is among the victims.", NIECE),
        ("Lucia Cassin was killed.", "Lucia Cassin died in hospital."),
        ("16 people were killed and 22 injured.", TOLL),
        ("The meeting with El Idrissi was cancelled.", "La rencontre avec El Idrissi a été annulée."),
    ],
)
def test_what_the_source_says_of_the_same_isn_t_missing(claim: str, cited: str) -> None:
    said, told = read(claim), read(cited)
    assert not said_of_others(said, told, "", named)
    assert not miscounted(said, told)
    assert not not_held(said, told)


def test_a_title_counts_where_it_names_the_one() -> None:
    claim, cited = read("Lucia Cassin was killed."), read("Lucia Cassin, 19, lived in Tarvenna.")
    assert not said_of_others(claim, cited, "Lucia Cassin killed in the collapse", named)
    assert said_of_others(claim, cited, "Collapse: eleven killed", named)


def test_a_deed_stands_beside_the_one_named_last_before_it() -> None:
    assert said_of_its_own(read("Davide Rossi was arrested."), read(ARREST), named)
    assert not said_of_its_own(read("Giulia Ferro was arrested."), read(ARREST), named)
    assert is_of_its_own(read("Davide Rossi was arrested."), read(ARREST))


def test_a_number_that_counts_two_things_fits_only_where_both_do() -> None:
    cited = read("The toll was 628 dead and 980 injured.")
    assert well_counted(read("980 were injured."), cited) == {"980"}
    assert not well_counted(read("980 died and 980 were injured."), cited)
