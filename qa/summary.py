"""The gist of what the articles tell of something: how the one that tells of it opens, or each of several."""

from collections.abc import Sequence

from qa.evidence import Evidence, Evidences
from qa.selected import Selected, by_date, distinct, sentence_span
from vectorstore.records import Scope

# A news article opens with what matters most in it (lead-3, Nallapati et al. 2017).
LEAD = 3
MOST_ARTICLES = 6
# An article is about what was asked where a passage says most of it, or is near to it and likely to answer.
COVERED = 0.5
NEAR, LIKELY = 0.8, 0.2
# Others of which a passage comes so near to the nearest tell of the same.
AS_NEAR = 0.03


def summary(evidences: Evidences, scope: Scope) -> list[Selected]:
    """The first sentences of the article about what is asked, or of several the first one of each by date."""
    found = evidences.within(scope)
    about: dict[str, Evidence] = {}
    for each in sorted(filter(_is_about, found), key=lambda each: -each.signs.passage_likeness):
        about.setdefault(each.chunk.article.article_id, each)
    if not about:
        return []
    least = next(iter(about.values())).signs.passage_likeness - AS_NEAR
    told = [each for each in about.values() if each.signs.passage_likeness >= least][:MOST_ARTICLES]
    if len(told) == 1:
        return _quoted(evidences.opening(told[0], LEAD))
    first = [opening for each in told for opening in evidences.opening(each, 1)]
    return sorted(distinct(_quoted(first)), key=by_date)


def _quoted(sentences: Sequence[Evidence]) -> list[Selected]:
    return [Selected(each, sentence_span(each)) for each in sentences]


def _is_about(evidence: Evidence) -> bool:
    signs = evidence.signs
    likely = evidence.probability >= LIKELY and signs.passage_likeness >= NEAR
    return signs.passage_coverage >= COVERED or likely
