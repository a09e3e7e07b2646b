from datetime import date

import pytest

from qa.meetings import asks_for_list, asks_of_meeting
from qa.question import understand

TODAY = date(2024, 12, 1)


@pytest.mark.parametrize(
    "question",
    [
        "Who did Hammouchi meet in 2024?",
        "In 2024, who did Hammouchi meet?",
        "Which officials did Hammouchi meet in 2024?",
        "Which senior officials did Hammouchi meet?",
        "List Hammouchi's meetings in 2024",
        "Please list all of Hammouchi's meetings in 2024",
        "Give me a list of the people Hammouchi met",
        "What meetings did Hammouchi have in 2024?",
        "Please tell me who Hammouchi met in 2024",
        "Could you tell me whom Hammouchi met?",
        "I would like to know who Hammouchi met",
        "When did Hammouchi meet Romann?",
        "Qui Hammouchi a-t-il rencontré en 2024 ?",
        "Quels responsables Hammouchi a-t-il rencontrés en 2024",
        "Avec quels responsables Hammouchi s'est-il entretenu ?",
        "Liste des rencontres de Hammouchi en 2024",
        "Les rencontres de Hammouchi en 2024",
        "Quelles rencontres Hammouchi a-t-il eues ?",
        "S'il vous plaît, dites-moi qui Hammouchi a rencontré",
        "Peux-tu me dire qui Hammouchi a rencontré en 2024 ?",
        "من التقى حموشي سنة 2024؟",
        "مع من اجتمع حموشي",
        "اذكر لقاءات حموشي سنة 2024",
        "ما هي لقاءات حموشي سنة 2024؟",
        "لقاءات حموشي سنة 2024",
        "أي مسؤولين التقى حموشي سنة 2024؟",
        "من فضلك أخبرني مع من اجتمع حموشي",
        "هل يمكنك أن تخبرني من التقى حموشي؟",
    ],
)
def test_a_question_for_all_whom_somebody_met_asks_for_a_list(question: str) -> None:
    assert asks_for_list(understand(question, TODAY))


@pytest.mark.parametrize(
    "question",
    [
        "Did Hammouchi meet Münch?",
        "How many officials did Hammouchi meet?",
        "What did Hammouchi say when he met Romann?",
        "Which topics did they discuss?",
        "List the agreements signed at the meeting",
        "List the towns hit by the earthquake",
        "What came of Hammouchi's meetings in Berlin?",
        "Quel accord les ministres ont-ils signé ?",
        "هل التقى حموشي مونش؟",
        "كم مسؤولا التقى حموشي؟",
        "ما موضوع لقاءات حموشي؟",
        "Please",
        "",
    ],
)
def test_a_question_for_one_thing_asks_for_no_list(question: str) -> None:
    assert not asks_for_list(understand(question, TODAY))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Please tell me who Hammouchi met in 2024", "who Hammouchi met"),
        ("من فضلك أخبرني مع من اجتمع حموشي", "مع من اجتمع حموشي"),
        ("Dites-moi qui Hammouchi a rencontré", "qui Hammouchi a rencontré"),
        ("Please", "Please"),
    ],
)
def test_courtesies_are_not_searched_for(text: str, query: str) -> None:
    assert understand(text, TODAY).query == query


@pytest.mark.parametrize(
    "question",
    ["La directrice a-t-elle admis avoir reçu la lettre ?", "Why did Salmi receive only a warning?"],
)
def test_a_letter_or_a_warning_is_received_without_a_meeting(question: str) -> None:
    assert not asks_of_meeting(understand(question, TODAY))
