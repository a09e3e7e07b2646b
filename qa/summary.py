"""The gist of what the articles tell of something: how the one that tells of it opens, or each of several."""

from collections.abc import Sequence

from qa.evidence import COUNTED, Evidence, Evidences, article_terms
from qa.meetings import ways
from qa.people import mentions
from qa.selected import Selected, by_date, distinct, sentence_span
from qa.subject import names_there
from vectorstore.records import Scope
from vectorstore.text import terms

# A news article opens with what matters most in it (lead-3, Nallapati et al. 2017).
LEAD = 3
MOST_ARTICLES = 6
# An article is about what was asked where a passage says most of it, or is near to it and likely to answer.
COVERED = 0.5
NEAR, LIKELY = 0.2, 0.1
# Others of which a passage comes so near to the nearest tell of the same.
AS_NEAR = 0.08


# What is told of somebody's case is told of them.
CASE = frozenset(terms("affaire case dossier procès trial story histoire قضية ملف محاكمة قصة"))


def summary(evidences: Evidences, scope: Scope) -> list[Selected]:
    """The first sentences of the article about what is asked, or of several the first one of each by date."""
    if evidences.unknown:
        return []
    if _only_names(evidences):
        return _of_somebody(evidences, scope)
    asked = ways(evidences.people, evidences.places)
    found = evidences.within(scope)
    there = [each for each in found if names_there(each.chunk.article, each.sentence.start, asked)] or found
    about: dict[str, Evidence] = {}
    for each in sorted(filter(_is_about, there), key=lambda each: -each.signs.passage_likeness):
        about.setdefault(each.chunk.article.article_id, each)
    if not about:
        return []
    least = next(iter(about.values())).signs.passage_likeness - AS_NEAR
    told = [each for each in about.values() if each.signs.passage_likeness >= least][:MOST_ARTICLES]
    if len(told) == 1:
        return _quoted(evidences.opening(told[0], LEAD))
    first = [opening for each in told for opening in evidences.opening(each, 1)]
    return sorted(distinct(_quoted(first)), key=by_date)


def _only_names(evidences: Evidences) -> bool:
    """Whether nothing is asked about but somebody."""
    deeds = evidences.deeds
    # "The Zerhouni case" names a man, though "the" stands before the name.
    persons = [
        each for each in evidences.people if each.terms and not each.place and (deeds or not each.thing)
    ]
    of_case = all(any(way <= CASE for way in clue.alternatives) for clue in deeds)
    return len(persons) == 1 == len(evidences.people) and of_case


def _of_somebody(evidences: Evidences, scope: Scope) -> list[Selected]:
    """The likeliest sentence of each article that names the one asked about, by date; of many the newest."""
    found: dict[str, Evidence] = {}
    sought = evidences.people[0]
    # Another of the same surname is another.
    first = {term for word in sought.matched for term in terms(word)} - sought.terms
    for each in evidences.within(scope, COUNTED):
        called = not first or first & article_terms(each.chunk.article)
        if called and mentions(each.text, sought):
            found.setdefault(each.chunk.article.article_id, each)
    return sorted(distinct(_quoted(list(found.values()))), key=by_date)[-MOST_ARTICLES:]


def _quoted(sentences: Sequence[Evidence]) -> list[Selected]:
    return [Selected(each, sentence_span(each)) for each in sentences]


def _is_about(evidence: Evidence) -> bool:
    signs = evidence.signs
    likely = evidence.probability >= LIKELY and signs.passage_likeness >= NEAR
    return signs.passage_coverage >= COVERED or likely
