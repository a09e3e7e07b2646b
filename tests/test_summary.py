from datetime import date
from pathlib import Path

import pytest
from homes import answering, article

from qa.asking import summed_up
from qa.question import understand
from vectorstore import bundled

TODAY = date(2026, 11, 27)
FIRE = (
    "A fire destroyed the covered market of Meknes on Sunday night. Nobody was hurt. The mayor, Salma Idrissi, "
    "promised to rebuild it within a year. The market was built in 1931."
)
AFTER = "Work began on Monday on the new covered market of Meknes. It will cost 90 million dirhams."
OTHER = "The national team drew with Ghana on Tuesday. The coach, Adil Ramzi, was pleased with the defence."


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Summarise the fire in Meknes", "the fire in Meknes"),
        ("please give me a summary of the trial", "the trial"),
        ("Tell me about the 2030 World Cup", "the 2030 World Cup"),
        ("Résumez-moi le procès", "le procès"),
        ("لخص لي زيارة الوزير", "زيارة الوزير"),
        ("Fais-moi un résumé du festival", "festival"),
        ("Latest news about the mayor", "the mayor"),
        ("آخر الأخبار عن الزلزال", "الزلزال"),
        ("ماذا وقع في فاس؟", "فاس؟"),
        ("Tell me who won", ""),
        ("Who gave a summary of the trial?", ""),
        ("", ""),
    ],
)
def test_the_gist_of_something_is_told_from_other_questions(asked: str, topic: str) -> None:
    assert summed_up(asked) == topic
    assert understand(asked, TODAY).sums_up is bool(topic)


@pytest.mark.skipif(not bundled.available(), reason="the bundled model isn't installed here")
def test_a_gist_is_how_the_article_opens_or_each_of_several_in_order_of_date(tmp_path: Path) -> None:
    stored = [
        article(FIRE, "fire", title="Fire destroys the market of Meknes", published=date(2026, 3, 2)),
        article(OTHER, "match", title="A draw with Ghana", published=date(2026, 3, 4)),
    ]
    with answering(tmp_path / "one", stored) as (operations, _):
        one = list(operations.ask("Summarise the draw with Ghana"))[-1]
        none = list(operations.ask("Summarise the strike of the teachers"))[-1]
    assert [each["quote"] for each in one["citations"]] == [
        "The national team drew with Ghana on Tuesday.",
        "The coach, Adil Ramzi, was pleased with the defence.",
    ]
    assert none["abstained"]
    after = article(AFTER, "after", title="Work on the market of Meknes", published=date(2026, 9, 8))
    with answering(tmp_path / "two", [*stored, after]) as (operations, _):
        french = list(operations.ask("Résume l'incendie du marché de Meknès"))[-1]
        both = list(operations.ask("Summarise the covered market of Meknes"))[-1]
    assert french["citations"][0]["quote"].startswith("A fire destroyed the covered market")
    assert [each["quote"] for each in both["citations"]] == [
        "A fire destroyed the covered market of Meknes on Sunday night.",
        "Work began on Monday on the new covered market of Meknes.",
    ]
