"""Whether the cited words say a grave thing of the one whom a sentence says it of, and count as many: changes when
another such thing should be bound to its person.

A passage that tells of an arrest and names two people has all the words of either's arrest.
"""

from functools import cache, lru_cache

from qa.counted import COUNTING, Thing, counted_in
from qa.grave import matters_of
from qa.negation import EARLIER, denials
from qa.relations import forms
from qa.roles import IsNamed
from qa.standing import standing
from qa.told import Text
from vectorstore.neighbours import lacks_its_subject
from vectorstore.text import sentences, terms, words

# What somebody is in a case, and by which other words a source says so.
_ROLES = """
victim victims victime victimes ضحية ضحايا | mort morts dead died killed injured blessé tué قتل لقي مصرع أصيب توفي
suspect suspects suspected suspecté مشتبه | suspicion soupçonné arrested arrêté accused charged اشتباه أوقف اعتقل متهم
"""
COUNTED_PEOPLE = ("die", "injure", "missing")
DEEDS = ("meet", "visit")
PARTICLE = 4  # characters between two parts of one name


@cache
def _roles() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    rows = (row.split("|") for row in _ROLES.strip().splitlines())
    return tuple((frozenset(terms(own)), frozenset(terms(f"{own} {others}"))) for own, others in rows)


def said_of_others(claim: Text, cited: Text, title: str, is_named: IsNamed) -> frozenset[str]:
    """The index terms of ``claim`` that tell a grave thing or a role of its one person, the cited words of others.

    What an earlier version said, or what is denied, is told of nobody. Empty where the claim names nobody or several
    people, where no cited sentence names them, and where it denies something itself.
    """
    about = _about(claim, cited, title, is_named)
    if not about or denials(claim.text):
        return frozenset()
    found: frozenset[str] = frozenset()
    for own, every in _matters(claim):
        telling = [each for each in about if every & set(terms(each))]
        if not any(standing(each, every) == "held" and not EARLIER.search(each) for each in telling):
            found |= claim.terms & own
    return found


def said_of_its_own(claim: Text, cited: Text, is_named: IsNamed) -> bool:
    """Whether ``claim`` tells such a thing of one person, and the cited words tell it of the same."""
    about, people = _about(claim, cited, "", is_named), _people(claim)
    told = frozenset[str]().union(*(every for _, every in _matters(claim)))
    beside = any(_stands_beside(people[0][-1], each, told) for each in about)
    return beside and not said_of_others(claim, cited, "", is_named)


def _stands_beside(name: str, sentence: str, told: frozenset[str]) -> bool:
    """Whether no other name parts ``name`` from the first word of ``told`` (index terms) behind it."""
    said = [sentence[span.start : span.end] for span in words(sentence)]
    after = said[said.index(name) + 1 :] if name in said else []
    at = next((at for at, word in enumerate(after) if told & set(terms(word))), None)
    return at is not None and not any(word[0].isupper() for word in after[:at])


def _matters(claim: Text) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The grave matters and the roles that ``claim`` tells, each with all words by which a source tells it."""
    matters = [(row, row) for row in matters_of(claim.terms)]
    return matters + [(own, every) for own, every in _roles() if own & claim.terms]


def _about(claim: Text, cited: Text, title: str, is_named: IsNamed) -> list[str]:
    """The cited sentences that name the claim's one person, with those that go on with a pronoun, and the title."""
    people = _people(claim)
    if len(people) != 1:
        return []

    def named(text: str) -> bool:
        return is_named(people[0][-1], claim, Text(text, cited.reference, cited.language))

    found: list[str] = []
    goes_on = False
    for span in sentences(cited.text):
        sentence = cited.text[span.start : span.end]
        goes_on = named(sentence) or (goes_on and lacks_its_subject(sentence))
        found += [sentence] if goes_on else []
    return [*found, title] if found and named(title) else found


def _people(claim: Text) -> list[list[str]]:
    """The names of the claim, those that stand side by side as one."""
    found: list[list[str]] = []
    end = -2
    for name in claim.names:
        at = claim.text.find(name)
        # "Hanane El Alami": a particle of few letters is no name of its own.
        if found and 0 <= at - end <= PARTICLE and not set(claim.text[end:at]) & set(",،;"):
            found[-1].append(name)
        else:
            found.append([name])
        end = at + len(name)
    return found


def miscounted(claim: Text, cited: Text) -> list[str]:
    """The numbers of ``claim`` that count the dead, the injured or the missing otherwise than the cited words do."""
    return [number for number, fits in _counts(claim.text, cited.text) if not fits]


def well_counted(claim: Text, cited: Text) -> frozenset[str]:
    """The numbers of ``claim`` that count these as the cited words do, wherever they stand in it."""
    fitting = frozenset(number for number, fits in _counts(claim.text, cited.text) if fits)
    return fitting.difference(miscounted(claim, cited))


@lru_cache(maxsize=64)
def _counts(claim: str, cited: str) -> tuple[tuple[str, bool], ...]:
    """The numbers of ``claim`` that count these, and whether ``cited`` has them among its own of the same."""
    every = frozenset[str]().union(*map(forms, COUNTING))
    found: list[tuple[str, bool]] = []
    for relation in COUNTED_PEOPLE:
        thing = Thing(forms(relation), every - forms(relation), known=True, people=True)
        own = [each for each in counted_in(claim, thing) if not each.withdrawn]
        told = {
            each.value
            for span in (sentences(cited) if own else ())
            for each in counted_in(cited[span.start : span.end], thing)
            if not each.withdrawn
        }
        found += [(claim[each.span.start : each.span.end], each.value in told) for each in own if told]
    return tuple(found)


def not_held(claim: Text, cited: Text) -> frozenset[str]:
    """The index terms by which ``claim`` tells of a meeting or a visit that by the cited words didn't take place."""
    told = [cited.text[span.start : span.end] for span in sentences(cited.text)]
    found: frozenset[str] = frozenset()
    for deed in map(forms, DEEDS):
        if not deed & claim.terms or standing(claim.text, deed) != "held":
            continue
        telling = [each for each in told if deed & set(terms(each))]
        if telling and all(standing(each, deed) != "held" for each in telling):
            found |= claim.terms & deed
    return found
