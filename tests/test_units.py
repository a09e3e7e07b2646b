"""Units, opposites, ordinals, quotations and pairings: what the support check looks up besides names and dates."""

from functools import partial

import pytest
from fakes import WordEmbedder

from qa.claims import _named
from qa.opposites import opposed
from qa.pairing import figures, people, times
from qa.quantities import quantities
from qa.roles import turned_round
from qa.told import read
from qa.units import unit_after
from vectorstore.text import terms


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("5 km", "kilometre"),
        ("5 kilomètres carrés", "square kilometre"),
        ("5 square kilometres", "square kilometre"),
        ("5 كيلومترات مربعة", "square kilometre"),
        ("5 هكتارات", "hectare"),
        ("5 % de", "%"),
        ("5 في المائة", "%"),
        ("5 per cent", "%"),
        ("5 cm de neige", "centimetre"),
        ("5 centimètres", "centimetre"),
        ("5 سنتيمترات", "centimetre"),
        ("5 mètres", "metre"),
        ("5 millions", ""),
        ("5 ans", "year"),
        ("5 سنوات", "year"),
        ("5 officers", ""),
    ],
)
def test_the_unit_after_a_number_is_one_in_all_languages(text: str, unit: str) -> None:
    assert unit_after(text, 1) == unit


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("the third time", [3]),
        ("a third of them", []),
        ("للمرة الرابعة", [4]),
        ("King Mohammed VI met", [6]),
        ("3 per cent", [3]),
        ("12 في المائة", [12]),
        ("deux cent mille", [200_000]),
    ],
)
def test_ordinals_and_kings_are_numbers_and_per_cent_is_no_hundred(text: str, values: list[int]) -> None:
    assert [int(each.value) for each in quantities(text)] == values


@pytest.mark.parametrize(
    ("claim", "cited", "words"),
    [
        ("Prices rose.", "انخفضت الأسعار", {"rose"}),
        ("Prices rose.", "ارتفعت الأسعار", set()),
        ("Prices rose.", "They fell, then rose.", set()),
        ("The southern coast", "la côte nord", {"southern"}),
        ("The port is open.", "The port is closed.", {"open"}),
    ],
)
def test_words_that_cannot_both_be_true(claim: str, cited: str, words: set[str]) -> None:
    found = opposed(frozenset(terms(claim)), frozenset(terms(cited)))
    assert found == {term for word in words for term in terms(word)}


@pytest.mark.parametrize(
    ("name", "cited", "found"),
    [
        ("Munich", "Hammouchi met Holger Münch.", False),
        ("Munich", "Hammouchi flew to München.", True),
        ("Munich", "سافر حموشي إلى ميونيخ", True),
        ("Jordan", "التقى الوزير جوردان بارديلا", True),
        ("Muench", "Hammouchi met Holger Münch.", True),
    ],
)
def test_a_known_place_is_no_spelling_of_a_name_that_sounds_like_it(
    name: str, cited: str, found: bool
) -> None:
    assert _named(name, read(f"He saw {name}."), read(cited), "") is found


ADMITTED = "The minister admitted the facts before the judge on Tuesday, but did not resign."
DENIED = "نفى الوزير الوقائع أمام القاضي يوم الثلاثاء، وقال إنه لم يفعل شيئا."


@pytest.mark.parametrize(
    ("claim", "cited", "support"),
    [
        ("The minister admitted the facts.", ADMITTED, "supported"),
        ("The minister did not deny the facts.", ADMITTED, "supported"),
        ("The minister denied the facts.", ADMITTED, "partial"),
        ("Le ministre a nié les faits.", ADMITTED, "partial"),
        ("نفى الوزير الوقائع.", ADMITTED, "partial"),
        ("أنكر الوزير الوقائع.", DENIED, "supported"),
        ("The minister denied the facts.", DENIED, "supported"),
        ("Le ministre a reconnu les faits.", DENIED, "partial"),
        ("اعترف الوزير بالوقائع.", DENIED, "partial"),
        ("The harbour is open.", "The harbour is not closed.", "supported"),
        ("The harbour is open, and no ship waits.", "The harbour is closed, and no ship waits.", "partial"),
    ],
)
def test_an_opposite_is_found_whatever_else_is_denied_but_a_not_before_it_undoes_it(
    claim: str, cited: str, support: str
) -> None:
    from test_support import _check

    assert _check(claim, cited).support == support


def test_what_is_said_of_each_figure_time_and_person_is_told_apart() -> None:
    cited = read(
        "The quake killed 40 people and injured 90, in 2003. In 2010, Karim Lahlou sold the old mill."
    )
    (figure, *_) = figures(read("It injured 40."), cited)
    assert (figure.words, figure.said) == ("40", "It injured")
    assert figure.own == ("The quake killed people",)
    assert "injured" in figure.others
    (time,) = times(read("The old mill was sold in 2003."), cited)
    assert "killed" in " ".join(time.own) or "injured" in " ".join(time.own)
    assert "sold the old mill" in " ".join(time.others)
    (person,) = people(
        read("The court sentenced Driss Kabbaj to prison."),
        read("The court sentenced Hicham Berrada to prison. His partner Driss Kabbaj was acquitted."),
    )
    assert person.words == "Driss Kabbaj"
    assert person.others == ("The court sentenced to prison",)


def test_embedding_is_not_asked_for_what_words_decide() -> None:
    from test_support import _check

    from qa.support import Checker

    embedder = WordEmbedder()
    text = "The toll was 628 dead in Taroudant and 980 injured in Chichaoua."
    assert _check(text, text, Checker(embedder)).support == "supported"
    assert embedder.embedded == []


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The snow at the mountain pass was 14 centimetres deep.", "supported"),
        ("The snow at the mountain pass was 14 metres deep.", "partial"),
        ("The snow at the mountain pass was 14 feet deep.", "partial"),
    ],
)
def test_a_number_in_another_unit_is_carried_in_part(claim: str, support: str) -> None:
    from test_support import _check

    verdict = _check(claim, "On Monday the snow at the mountain pass was 14 cm deep.")
    assert verdict.support == support
    assert bool(verdict.missing) == (support == "partial")


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The mayor said the work was “slow and very costly”.", "supported"),
        ("The mayor said the work was “fast and very cheap”.", "partial"),
        ("The mayor said the “Lion” was slow and very costly work.", "supported"),
    ],
)
def test_a_quotation_has_to_be_verbatim(claim: str, support: str) -> None:
    from test_support import _check

    text = "The mayor of the Lion said on Monday that the work was slow and very costly."
    assert _check(claim, text).support == support


@pytest.mark.parametrize(
    ("claim", "cited", "turned"),
    [
        ("Nigeria beat Morocco.", "فاز المنتخب المغربي على نيجيريا", ["beat"]),
        ("Morocco beat Nigeria.", "فاز المنتخب المغربي على نيجيريا", []),
        ("Nigeria was beaten by Morocco.", "Le Maroc a battu le Nigeria.", []),
        ("Nigeria beat Morocco.", "Le Nigeria a été battu par le Maroc.", ["beat"]),
        ("Pardo received Hammouchi.", "استقبل حموشي مدير الشرطة باردو", ["received"]),
        ("Pardo was received by Hammouchi.", "استقبل حموشي مدير الشرطة باردو", []),
        ("Pardo met Hammouchi.", "Hammouchi met Pardo.", []),
        ("Lahlou sued Bennis.", "Bennis sued Lahlou in a Rabat court.", ["sued"]),
        ("Bennis was sued by Lahlou.", "Bennis sued Lahlou in a Rabat court.", ["sued"]),
        ("Lahlou was sued by Bennis.", "Bennis sued Lahlou in a Rabat court.", []),
        ("Macron praised Sánchez.", "Sánchez a salué Macron à Paris.", ["praised"]),
        (
            "Macron praised Sánchez in Madrid.",
            "Macron was praised on Monday at the palace of Madrid by Sánchez.",
            ["praised"],
        ),
        ("Sánchez praised Macron.", "Macron was praised on Monday at the palace of Madrid by Sánchez.", []),
        ("Algeria criticised Morocco.", "Le Maroc a critiqué l'Algérie.", ["criticised"]),
        ("Raouf Bejaoui a été remplacé par Sonia Ayari.", "Bejaoui replaced Ayari.", ["remplacé"]),
        ("Bejaoui replaced Ayari.", "عين رؤوف البجاوي خلفا لسنية العياري", []),
        ("Lahlou thanked Bennis.", "شكرت بنيس السيد لحلو", ["thanked"]),
        ("Iran threatened Israel.", "L'Iran est menacé par Israël.", ["threatened"]),
        ("Attijari bought Boursorama.", "Boursorama a racheté Attijari.", ["bought"]),
        ("Wydad eliminated Raja.", "Wydad was eliminated by Raja.", ["eliminated"]),
        ("Pardo invited Hammouchi.", "Hammouchi invited Pardo to Rabat.", ["invited"]),
        ("Morocco beat Nigeria in Rabat.", "Nigeria beat Morocco in Rabat.", ["beat"]),
        ("Morocco beat Nigeria in Rabat.", "Nigeria was beaten in Rabat by Morocco.", []),
        ("Nigeria beat Morocco.", "تأهل المغرب بعد فوزه على نيجيريا", ["beat"]),
        ("Macron visited Morocco.", "خلال زيارته إلى المغرب التقى ماكرون بالملك", []),
        ("Macron visited Morocco.", "Au Maroc, Macron a visité le port.", []),
    ],
)
def test_who_did_it_to_whom_is_told_by_the_order_of_names(claim: str, cited: str, turned: list[str]) -> None:
    found = turned_round(read(claim), read(cited), partial(_named, beside=""))
    assert list(found) == turned


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        ("Al Raisi received Hammouchi.", "زار حموشي أبوظبي حيث استقبله الريسي في مكتبه"),
        ("Al Raisi received Hammouchi.", "Hammouchi went to Abu Dhabi, where Al Raisi received him."),
        ("Al Raisi received Hammouchi.", "Hammouchi s'est rendu à Abou Dhabi, où l'a reçu Al Raisi."),
        ("Pardo received Hammouchi.", "Hammouchi, whom Pardo received in Madrid, spoke of crime."),
        ("Pardo received Hammouchi.", "Received in Madrid by Pardo, Hammouchi spoke of crime."),
        ("Pardo invited Hammouchi.", "زار حموشي مدريد بدعوة من باردو"),
        ("Pardo invited Hammouchi.", "Hammouchi went to Madrid at the invitation of Pardo."),
        ("Pardo praised Hammouchi.", "Hammouchi drew praise from Pardo."),
        ("Spain arrested Lahlou.", "Lahlou was arrested on Monday in Spain."),
        ("Bennis visited Lahlou.", "قالت وزارة لحلو إن بنيس حضر"),
    ],
)
def test_the_order_of_names_tells_nothing_where_a_pronoun_or_a_noun_stands_between(
    claim: str, cited: str
) -> None:
    assert list(turned_round(read(claim), read(cited), partial(_named, beside=""))) == []
