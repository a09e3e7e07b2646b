"""T06: what is found in public question sets, by meaning, by words and by both, doesn't fall below the floors."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from bench.retrieval import SIDES, Kept, measured, reported, stored

from qa.metrics import Figure
from qa.settings import read as read_settings
from vectorstore.embedding import load

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FLOORS = json.loads((Path(__file__).parent / "quality" / "floors.json").read_text("utf-8"))["retrieval"]
Figures = dict[str, dict[str, Figure]]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3000),
    pytest.mark.skipif(not DATA.is_dir(), reason="the public question sets aren't here"),
]


@pytest.fixture(scope="module")
def found() -> dict[str, Figures]:
    """Each side's figures, by questions and paragraphs."""
    embedder = Kept(load(None, read_settings({}, None).cache), None)
    figures: dict[str, Figures] = {}
    for paragraphs, asked in (("arcd-test", ["arcd-test"]), ("xquad-ar", ["xquad-ar", "xquad-en"])):
        path = DATA / f"{paragraphs}.json"
        with stored(path, embedder) as parts:
            for each in asked:
                name = each if each == "arcd-test" else f"{each} of {paragraphs}"
                figures[name] = measured(parts, reported(DATA / f"{each}.json", path))
    return figures


@pytest.mark.parametrize("name", list(FLOORS))
def test_both_sides_together_stay_above_the_floor(
    found: dict[str, Figures], name: str, figure: Callable[..., None]
) -> None:
    for side in SIDES:
        told = found[name][side]["MRR@10"]
        figure("T06", told.value, n=told.n, what=f"MRR@10 on {name}, {side}")
    fused = {what: each.value or 0 for what, each in found[name]["fused"].items()}
    assert {what: value for what, value in fused.items() if value < FLOORS[name][what]} == {}


@pytest.mark.parametrize("name", list(FLOORS))
def test_both_sides_together_are_no_worse_than_the_better_one(found: dict[str, Figures], name: str) -> None:
    by_side = {side: found[name][side]["MRR@10"].value or 0 for side in SIDES}
    assert by_side["fused"] >= max(by_side["dense"], by_side["lexical"])
