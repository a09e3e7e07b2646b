"""Questions of what one outlet tells."""

import pytest

from qa.outlets import told_by

OUTLETS = ["The Harbour Post", "Maghreb Wire", "Le Courrier du Sud", "صحيفة الساحل"]


@pytest.mark.parametrize(
    ("question", "outlet", "rest"),
    [
        (
            "What did The Harbour Post report about the bridge?",
            "The Harbour Post",
            "Tell me about the bridge",
        ),
        ("What did Harbour Post say on the bridge?", "The Harbour Post", "Tell me about the bridge"),
        ("According to Maghreb Wire, how many died?", "Maghreb Wire", "how many died?"),
        ("How many died according to Maghreb Wire?", "Maghreb Wire", "How many died ?"),
        ("Que dit Le Courrier du Sud de la passerelle ?", "Le Courrier du Sud", "Parle-moi de passerelle"),
        ("Selon Le Courrier du Sud, qui a démissionné ?", "Le Courrier du Sud", "qui a démissionné ?"),
        ("ماذا ذكرت صحيفة الساحل عن الزلزال؟", "صحيفة الساحل", "حدثني عن الزلزال"),
        ("كم عدد القتلى حسب الساحل؟", "صحيفة الساحل", "كم عدد القتلى ؟"),
    ],
)
def test_an_outlet_that_is_asked_is_taken_out_of_the_question(question: str, outlet: str, rest: str) -> None:
    assert told_by(question, OUTLETS) == (outlet, rest)


@pytest.mark.parametrize(
    "question",
    [
        "Who owns Maghreb Wire?",
        "What happened on the coast?",
        "According to Le Monde, who won?",
        "أين يقع الساحل؟",
    ],
)
def test_an_outlet_that_is_spoken_of_or_isn_t_stored_stays_where_it_is(question: str) -> None:
    assert told_by(question, OUTLETS) is None
