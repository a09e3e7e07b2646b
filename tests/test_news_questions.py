"""Questions over news articles as desks write them: what is asked stands further down, among sentences much like it.

Articles and questions of ``quality/news/`` were written by a language model, in two sets, after the rules but for
those of follow-ups joined by "and", made on the second. Who mends a rule by them needs a third.
"""

import json
from pathlib import Path

import pytest

from qa.evaluate import Progress, evaluate
from qa.operations import LocalOperations
from qa.question_sets import read_set
from qa.settings import read
from qa.wiring import Parts
from vectorstore import bundled

NEWS = Path(__file__).parent / "quality" / "news"
ARTICLES = NEWS / "articles"
SET = read_set(NEWS / "questions.json", ARTICLES)
FLOORS = json.loads((NEWS.parent / "floors.json").read_text("utf-8"))["news"]


def test_the_floors_were_measured_on_these_news_articles_and_questions() -> None:
    assert SET.digest == FLOORS["digest"]


def test_every_wording_of_an_answer_stands_in_an_article_that_is_named() -> None:
    text = {path.name: path.read_text("utf-8") for path in SET.articles}
    for each in SET.questions:
        groups = each.expected.quotes_contain if each.expected else ()
        assert each.impossible is (not groups)
        assert all(words in "".join(text[name] for name in each.relevant) for one in groups for words in one)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")
def test_news_questions_stay_above_the_floors(tmp_path: Path) -> None:
    parts = Parts(read({}, str(tmp_path)))
    *_, told = (
        each for each in evaluate(SET, parts, LocalOperations(parts)) if not isinstance(each, Progress)
    )
    parts.close()
    figures = told["answers"] | {"answered": told["answered"]}
    reached = {name: figures[name]["value"] for name in FLOORS["fewest"]}
    assert {name: value for name, value in reached.items() if value < FLOORS["fewest"][name]} == {}
