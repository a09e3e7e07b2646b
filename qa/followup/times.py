"""Follow-ups that only name another time: changes when times are told in another way."""

from datetime import date

from qa.followup.reading import Asked, said_by
from qa.followup.words import ARTICLES, FILLERS, IN, ON, OPEN, PREPOSITIONS, STEPS, TIMES, YEAR
from vectorstore.text import fold, terms
from vectorstore.times import find_times, question_window


def ended(text: str, *more: str) -> str:
    """``text`` with ``more`` before its question mark."""
    end = len(text.rstrip(" \u00a0\u202f\t\n?؟.!"))
    if text[:end].endswith(")"):  # what an earlier follow-up got in brackets stays last
        end = len(text[: max(0, text.rfind("(", 0, end))].rstrip())
    return " ".join([text[:end], *(each for each in more if each)]) + text[end:]


def with_window(earlier: Asked, told: str) -> str:
    """The earlier question, asked of another time."""
    if not told:
        return earlier.text
    for lead in ("يوم ", "شهر ", "سنة ", ""):
        if earlier.told and lead + earlier.told in earlier.text:
            return earlier.text.replace(lead + earlier.told, told, 1)
    return ended(earlier.text, told)


def only_a_window(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "And in 2023?": the earlier question, of that time."""
    language = asked.language or earlier.language or "en"
    told = _told_alone(asked, language, as_of) or _told_from_before(asked, earlier, language, as_of)
    if told is None:
        return None
    year = YEAR.search(fold(told))
    belonging = None if earlier.window else YEAR.search(fold(earlier.text))
    if year and belonging and len(fold(earlier.text)) == len(earlier.text) and len(told.split()) <= 2:
        return earlier.text[: belonging.start()] + year[0] + earlier.text[belonging.end() :]
    return with_window(earlier, _with_year(told, earlier, as_of))


def _told_alone(asked: Asked, language: str, as_of: date) -> str | None:
    """The window's words, with a preposition, if there is nothing else."""
    left = {word.folded for word in asked.words if not asked.in_window(word)}
    if asked.window and left - TIMES - ARTICLES:
        return None
    if asked.window is None and (asked.opening or len(asked.words) > 3):
        return None
    bare = said_by(asked.words, asked)
    first = asked.words[0].folded
    if asked.window and (first in PREPOSITIONS or first in OPEN | TIMES or not terms(first)):
        return bare
    for preposition in _leads(asked, bare, language):
        window = question_window(f"{preposition} {bare}", as_of)
        if window and window.understood_from == f"{preposition} {bare}":
            return window.understood_from
    return bare if asked.window else None


def _leads(asked: Asked, bare: str, language: str) -> list[str]:
    """The prepositions that ``bare`` may lack; none for "yesterday" and "last year"."""
    named = fold(bare)[0].isdigit() or len(bare.split()) == 1 or YEAR.search(fold(bare))
    languages = [language, *IN] if asked.window is None else [language]
    if asked.window and not named:
        return []
    if asked.window and asked.window.days.first == asked.window.days.last:
        return [ON[language]] if fold(bare)[0].isdigit() else []
    return [IN[language] for language in languages]


def _told_from_before(asked: Asked, earlier: Asked, language: str, as_of: date) -> str | None:
    """ "The year before", "before that": a time told by the earlier question's."""
    if earlier.window is None:
        return None
    said = " ".join(word.folded for word in asked.words)
    days = earlier.window.days
    if said in STEPS and days.first.year == days.last.year:
        return f"{IN[language]} {days.first.year + STEPS[said]}"
    first = asked.words[0]
    if asked.opening or not {word.folded for word in asked.words[1:]} <= FILLERS:
        return None
    bare = _without_preposition(earlier.told)
    told = f"{asked.text[first.start : first.end]} {bare}"
    window = question_window(told, as_of)
    return told if window and window.understood_from == told and window.days != days else None


def _without_preposition(told: str) -> str:
    first, _, rest = told.partition(" ")
    return rest if rest and not terms(first) else told


def _with_year(told: str, earlier: Asked, as_of: date) -> str:
    """ "In May" with the year that the earlier question was about."""
    if earlier.window is None or YEAR.search(fold(told)) or not YEAR.search(fold(earlier.told)):
        return told
    days = earlier.window.days
    now, then = question_window(told, as_of), question_window(f"{told} {days.first.year}", as_of)
    if now is None or then is None or days.first.year != days.last.year:
        return told
    dated = f"{told} {days.first.year}"
    absolute = [each for each in find_times(dated, None) if each.days and each.end == len(dated)]
    same = (now.days.first.month, now.days.first.day) == (then.days.first.month, then.days.first.day)
    return dated if same and len(absolute) == len(find_times(dated, None)) == 1 else told
