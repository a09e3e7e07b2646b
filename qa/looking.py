"""Where an answer is looked for: in the question's window; where that is empty, in what else its words may mean."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from qa.answer import Window
from qa.choosing import Chosen, choose
from qa.evidence import EDITION, Evidences
from qa.question import Question
from qa.reading import Readings
from vectorstore.records import Days, Scope
from vectorstore.text import fold
from vectorstore.times import lacks_its_year

# "On 24 April", asked in November, may be that of an earlier year.
YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What was chosen for a question, and what it was chosen from."""

    evidences: Evidences
    scope: Scope
    readings: Readings | None
    chosen: Chosen

    def again(self, scope: Scope) -> Chosen:
        """What is chosen for the same question from another scope."""
        return choose(self.evidences, scope, self.readings)


def look(evidences: Evidences, source: str | None, readings: Readings | None, *, given: bool) -> Look:
    """What answers the question; of a day without a year, in the newest year that tells of it.

    ``given`` says that the window was given beside the question, and so is no other year's.
    """
    found = _look(evidences, source, readings)
    others = () if given else _earlier_years(evidences.question)
    earlier = (evidences.asked_as(each) for each in others)
    looks = chain([found], (_look(each, source, readings) for each in earlier))
    return next((each for each in looks if each.chosen.lines), found)


def _look(evidences: Evidences, source: str | None, readings: Readings | None) -> Look:
    """What answers within the question's window; else what names its year ("profit for 2025")."""
    question = evidences.question
    scope = Scope(question.window.days if question.window else None, source)
    chosen = choose(evidences, scope, readings)
    if not chosen.lines and (year := _whole_year(question.window)):
        anywhere = choose(evidences, replace(scope, window=None), readings)
        told = [each for each in anywhere.lines if year in EDITION.findall(fold(each.text))]
        chosen = replace(anywhere, lines=told, heading="") if told else chosen
    return Look(evidences, scope, readings, chosen)


def _earlier_years(question: Question) -> Iterator[Question]:
    """The question asked of the years before, where the words of its window name none."""
    window = question.window
    if window is None or not lacks_its_year(window.understood_from):
        return
    for back in range(1, YEARS_BACK + 1):
        days = Days(_years_before(window.days.first, back), _years_before(window.days.last, back))
        yield replace(question, window=replace(window, days=days))


def _years_before(day: date, years: int) -> date:
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if last_of_february else day.day)


def _whole_year(window: Window | None) -> str:
    """The year in digits, where the window is one; empty otherwise."""
    if window is None:
        return ""
    year = window.days.first.year
    return str(year) if window.days == Days(date(year, 1, 1), date(year, 12, 31)) else ""
