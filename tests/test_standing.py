import pytest

from qa.relations import forms
from qa.standing import standing


@pytest.mark.parametrize(
    "text",
    [
        "Salmi met the Spanish minister in Rabat on Tuesday.",
        "Salmi met Will Smith in Rabat.",
        "Will Smith met Salmi in Rabat.",
        "Salmi held talks in Madrid with the minister and will meet him again in June.",
        "He received the ambassador, who had not been in Rabat before.",
        "Salmi went to Madrid, where he met the minister.",
        "Il a rencontré le ministre, qui doit partir mardi.",
        "Salmi s'est entretenu avec son homologue espagnol.",
        "استقبل السالمي أمس السفير الإسباني.",
        "عقد السالمي اجتماعا مع نظيره الإسباني.",
        "The weather was fine.",
    ],
)
def test_a_meeting_that_is_told_of_was_held(text: str) -> None:
    assert standing(text, forms("meet")) == "held"


@pytest.mark.parametrize(
    "text",
    [
        "Salmi will meet the Spanish minister on 5 May.",
        "Salmi is due to meet the minister in Rabat.",
        "Salmi is expected to hold talks with the minister.",
        "Salmi denied having met the minister.",
        "Foreign Minister Karim Salmi denied on Thursday that he had met the opposition's leader in Geneva.",
        "Salmi did not meet the minister.",
        "Salmi refused to meet the minister.",
        "The meeting was postponed to June.",
        "Salmi cancelled a meeting with the minister.",
        "Salmi rencontrera le ministre mardi.",
        "Salmi doit rencontrer le ministre mardi.",
        "Salmi n'a pas rencontré le ministre.",
        "Salmi dément avoir rencontré le ministre.",
        "سيعقد السالمي اجتماعا مع الوزير.",
        "من المقرر أن يجري السالمي محادثات مع الوزير.",
        "نفى السالمي لقاء الوزير.",
        "The meeting in Ankara with Turkish minister Cemal Aydogan had been cancelled at Turkey's request, she said.",
        "لم يستقبل السالمي الوزير.",
    ],
)
def test_one_denied_called_off_or_to_come_was_not(text: str) -> None:
    assert standing(text, forms("meet")) != "held"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Duncan Hargest resigned on Tuesday after admitting that he had not paid.", "resign", "held"),
        ("Duncan Hargest refused to resign on Tuesday.", "resign", "denied"),
        ("Els Verbruggen offered her resignation, but the council did not accept it.", "resign", "denied"),
        ("قدم المدير استقالته اليوم.", "resign", "held"),
        ("It would be the first visit to Turkey in four years.", "visit", "ahead"),
        ("Salmi visited Ankara on Monday.", "visit", "held"),
    ],
)
def test_other_deeds_are_told_apart_alike(text: str, verb: str, expected: str) -> None:
    assert standing(text, forms(verb)) == expected
