"""Questions offered in an empty chat: made of what is stored, tried before they are shown."""

from collections.abc import Iterator
from typing import Any

import pytest

from qa.app.examples import Example, Examples, candidates, chosen, fits

Json = dict[str, Any]

TEXT = """استقبل الحموشي في الرباط وفدا. وقال بلاغ إن الحموشي التقى مسؤولين، وبلغ عدد الحضور 542 ضيفا.

والحموشي يلتقي ضيوفه في فاس."""


def article(n: int, language: str = "ar", **more: Any) -> Json:
    base = {"article_id": f"a{n}", "version": f"v{n}", "language": language, "published": "2024-10-03"}
    return base | {"title": f"الحموشي يلتقي مسؤولين {n}", "text": TEXT} | more


class Stored:
    """Answers each question from the article whose title stands in it, else from the first; or refuses."""

    def __init__(self, *articles: Json, refuses: str = "-") -> None:
        self.articles, self.refuses, self.asked = articles, refuses, list[str]()

    def show(self, article_id: str) -> Json:
        return next(each for each in self.articles if each["article_id"] == article_id)

    def ask(self, question: str, *, llm: str) -> Iterator[Json]:
        assert llm == "none"
        self.asked.append(question)
        source = next((each for each in self.articles if each["title"] in question), self.articles[0])
        day = {"from": "2024-10-02", "to": "2024-10-02"}
        cited = {"article_id": source["article_id"], "quote": "542 ضيفا", "event": day}
        cited["highlight"] = {"start": 0, "end": 3}
        people = [{"asked": "x", "matched": ["x"]}]
        yield {"abstained": self.refuses in question, "people": people, "citations": [cited, cited]}


def made(stored: Stored) -> list[str]:
    examples = Examples(stored, later=lambda work: work())  # type: ignore[arg-type]
    examples.of(stored.articles)
    return examples.of(stored.articles)


def test_a_library_in_arabic_alone_is_asked_in_arabic_who_when_how_many_and_what() -> None:
    assert made(Stored(article(1))) == [
        "من التقى الحموشي؟",
        "متى كان ذلك: «الحموشي يلتقي مسؤولين 1»؟",
        "«الحموشي يلتقي مسؤولين 1»: كم ضيفا؟",
        "ماذا حدث في أكتوبر 2024؟",
    ]


def test_a_question_that_is_refused_is_not_offered() -> None:
    offered = made(Stored(article(1), refuses="التقى"))
    assert "من التقى الحموشي؟" not in offered
    assert len(offered) == 4


def test_what_is_tried_once_is_not_asked_again_until_something_is_stored() -> None:
    stored = Stored(article(1))
    examples = Examples(stored, later=lambda work: work())  # type: ignore[arg-type]
    examples.of(stored.articles)
    n = len(stored.asked)
    examples.of(stored.articles)
    assert len(stored.asked) == n
    stored.articles = (article(1), article(2))
    examples.of(stored.articles)
    assert len(stored.asked) > n


def test_nothing_is_offered_before_it_was_tried() -> None:
    waiting: list[Any] = []
    stored = Stored(article(1))
    examples = Examples(stored, later=waiting.append)  # type: ignore[arg-type]
    assert examples.of(stored.articles) == examples.of(stored.articles) == []
    assert len(waiting) == 1
    waiting[0]()
    assert examples.of(stored.articles)


def test_a_place_is_not_taken_for_who_met_somebody() -> None:
    places = article(1, text="في الرباط اجتمعت اللجنة. احتضنت الرباط اجتماعات.", title="")
    assert not [each for each in candidates([places]) if "الرباط" in each.question]


def test_languages_take_turns() -> None:
    offered = [Example(kind, language, f"{kind} {language}") for kind in ("who", "when") for language in "ab"]
    questions = chosen(offered, lambda _: True)
    assert {each.split()[1] for each in questions[:2]} == {"a", "b"}
    assert {each.split()[0] for each in questions[:2]} == {"who", "when"}


@pytest.mark.parametrize(
    ("kind", "change", "fit"),
    [
        ("when", {}, True),
        ("when", {"event": None}, False),
        ("when", {"event": {"from": "2024-01-01", "to": "2024-12-31"}}, False),
        ("how_many", {}, True),
        ("how_many", {"highlight": None}, False),
        ("how_many", {"highlight": {"start": 4, "end": 8}}, False),
        ("what", {"article_id": "other"}, False),
        ("who", {}, False),
    ],
)
def test_an_answer_of_another_kind_or_article_does_not_fit(kind: str, change: Json, fit: bool) -> None:
    day = {"from": "2024-10-02", "to": "2024-10-02"}
    cited = {"article_id": "a1", "quote": "542 ضيفا", "event": day, "highlight": {"start": 0, "end": 3}}
    told = {"people": [], "citations": [cited | change]}
    assert fits(Example(kind, "ar", "?", "a1"), told) is fit
