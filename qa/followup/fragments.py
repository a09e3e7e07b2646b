"""Follow-ups of a name, a question word or half a question: changes when less is said than that."""

import re
from collections.abc import Sequence
from datetime import date

from qa.disasters import kinds_asked
from qa.followup.names import (
    MOST_NAMED,
    event_of,
    in_brackets,
    is_prefixed,
    named_in,
    subjects_of,
    tells_what_happened,
)
from qa.followup.pointers import references_in
from qa.followup.reading import Asked, Named, Word, is_arabic, question_words, read, said_by
from qa.followup.times import ended, with_window
from qa.followup.words import (
    BE,
    BE_OR_HAVE,
    COUNTED,
    DEFINITE,
    DEMONSTRATIVES,
    FILLERS,
    INFLECTED,
    ONES,
    PARTICIPLES,
    PREPOSITIONS,
    STANDING_ALONE,
    VERBS,
    WHAT,
)
from qa.question import Kind, kind_of
from vectorstore.naming import is_given_name
from vectorstore.records import Span
from vectorstore.text import fold, terms

# The question word in the language of the question that it is put before.
QUESTION_WORDS = {
    (kind, language): word
    for kind, several in {
        Kind.WHO: {"en": "who", "fr": "qui", "ar": "من"},
        Kind.WHEN: {"en": "when", "fr": "quand", "ar": "متى"},
        Kind.WHERE: {"en": "where", "fr": "où", "ar": "أين"},
        Kind.WHY: {"en": "why", "fr": "pourquoi", "ar": "لماذا"},
        Kind.HOW_MANY: {"en": "how many", "fr": "combien", "ar": "كم"},
    }.items()
    for language, word in several.items()
}


# A place behind what happened there.
PLACE_OF = re.compile(r"(?:^[ء-ي]+ |\bd['’]|\b(?:de|du|of) )([A-ZÀ-Ýء-ي].*)$")


def only_a_question_word(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "Where?", "when was that?": the earlier question with that question word."""
    at = [at for at, word in enumerate(asked.words) if word.folded in question_words()]
    if not asked.opening and not at:
        return None
    opening = range(asked.opening) if asked.opening else range(at[0], at[0] + 1)
    others = {
        word.folded for at, word in enumerate(asked.words) if at not in opening and not asked.in_window(word)
    }
    first = asked.words[opening[0]]
    defines = others - {"كان"} and asked.kind is Kind.WHAT and first.folded in WHAT
    yes_no = asked.kind is Kind.YES_NO or asked.words[-1].folded in STANDING_ALONE
    if not others <= FILLERS | question_words() or defines or yes_no:
        return None
    bracketed = earlier.text.rstrip(" ?؟").endswith(")")
    counted = earlier.kind is Kind.HOW_MANY and (bracketed or not earlier.words[0].folded.isascii())
    meant = in_brackets([each.text for each in subjects_of(earlier)], asked.core) if counted else ""
    if (bracketed or others & VERBS or others & DEMONSTRATIVES) and meant:
        # "How many dead in ..." has no verb that it could be asked when.
        return ended(asked.core, meant)
    word = asked.text[first.start : asked.words[opening[-1]].end]
    if asked.language != earlier.language:
        word = QUESTION_WORDS.get((kind_of(word), earlier.language), word)
    whole = with_window(earlier, asked.told) if asked.told else earlier.text
    rest = whole[_after_opening(earlier, whole) :]
    begins = earlier.words[0].folded
    small = rest == whole and (begins in DEFINITE or earlier.kind is Kind.YES_NO)
    return f"{word} {rest[:1].lower() + rest[1:] if small else rest}"


def _after_opening(earlier: Asked, whole: str) -> int:
    """Where the earlier question goes on after the question words that another question word replaces."""
    begins = [word.folded for word in earlier.words[:2]]
    kept = earlier.kind is Kind.YES_NO and not begins[0].startswith(("هل", "est"))
    at = 0 if kept else earlier.opening
    if not at and earlier.language == "fr" and begins[-1] in question_words():
        # « De quoi est mort Kacemi ? », « À combien d'années de prison Kacemi a-t-il été condamné ? »
        counts = begins[-1] == "combien"
        named = next((each.start for each in named_in(earlier) if counts and each.proper), None)
        if named is not None:
            return named
        at = len(begins)
    while (
        0 < at < len(earlier.words) and earlier.kind is Kind.HOW_MANY and earlier.words[at].folded in COUNTED
    ):
        at += 1
    return earlier.words[at].start if at < len(earlier.words) else len(whole)


def only_a_name(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "And Bourita?", "in Rabat?": the earlier question, of somebody or somewhere else."""
    if asked.opening or not _is_fragment(asked):
        return None
    core = said_by(_of_another(asked), asked)
    given = named_in(asked)
    whole = with_window(earlier, asked.told) if asked.told else earlier.text
    return _replaced(read(whole, as_of), _one(asked, given, core), core)


def _of_another(asked: Asked) -> tuple[Word, ...]:
    """The words of a fragment, less what only says that another of the same kind is meant: "the one in Agadir"."""
    left = asked.asked_for
    at = next((at for at, word in enumerate(left[:2]) if word.folded in ONES), -1)
    return left[at + 1 :]


def _is_fragment(asked: Asked) -> bool:
    left = _of_another(asked)
    if not left or len(left) > 8 or references_in(asked):
        return False
    verbal = any(word.folded in PARTICIPLES or word.folded in BE | VERBS for word in left)
    if verbal or not named_in(asked):
        return False
    if asked.linked:
        return True
    leads = left[0].folded in PREPOSITIONS and len(named_in(asked)) == 1
    alone = asked.text.rstrip()[-1:] in ("?", "؟") and len(left) <= 3
    return leads or (alone and named_in(asked)[0].text == said_by(left, asked))


def _one(asked: Asked, given: Sequence[Named], core: str) -> Named:
    """All that a fragment names, as one."""
    first, last = given[0], given[-1]
    text = asked.text[first.start : last.end]
    bare = text
    if first.place and is_arabic(fold(text)) and is_prefixed(fold(text)):
        bare = text[1:]
    start = asked.words[0].start if core.startswith(text) else first.lead
    return Named(
        start, last.end, bare, first.preposition, first.lead, first.proper, first.definite, first.place
    )


def _replaced(earlier: Asked, new: Named, fragment: str) -> str:
    found = named_in(earlier)
    if of_another := _with_event(earlier, found, new):
        return of_another
    counted = earlier.kind is Kind.HOW_MANY and not new.proper and not new.place and not new.preposition
    if counted and (new.definite or not is_arabic(fold(new.text))):
        return _counted(earlier, new)
    behind = not new.preposition and not fragment.startswith(new.text)  # « celui d'Azilal »
    placed = new.place or new.preposition == "in" or behind
    where = _place_of_event(found) if placed else None
    old = None if where else _likest(found, new)
    if old is None and where is None and placed:
        where = _in_the_brackets(earlier, found)
    if where:
        return _elided(earlier.text[: where.start], new.text) + earlier.text[where.end :]
    if old is None:
        return ended(earlier.text, fragment if new.preposition else in_brackets([new.text], earlier.text))
    if new.preposition and old.preposition == new.preposition:
        return earlier.text[: old.lead] + fragment + earlier.text[old.end :]
    return earlier.text[: old.start] + new.text + earlier.text[old.end :]


def _elided(before: str, name: str) -> str:
    """``name`` behind ``before``, whose last « de » loses its vowel before another."""
    return (
        f"{before[:-2]}'{name}" if before.endswith(" de ") and fold(name)[0] in "aeiouyh" else before + name
    )


def _in_the_brackets(earlier: Asked, found: Sequence[Named]) -> Span | None:
    """The last name in the brackets that an earlier follow-up was made whole with."""
    brackets = earlier.text.rfind("(")
    listed = [each for each in found if 0 <= brackets < each.start and each.proper and not each.definite]
    return Span(listed[-1].start, listed[-1].end) if listed else None


def _place_of_event(found: Sequence[Named]) -> Span | None:
    """The place that goes with what happened there: «فيضانات طاطا», « l'accident de Minya »."""
    for each in found:
        told = PLACE_OF.search(each.text)
        if told and kinds_asked(each.text[: told.start(1)]):
            return Span(each.start + told.start(1), each.start + told.end(1))
    return None


def _with_event(earlier: Asked, found: Sequence[Named], new: Named) -> str | None:
    """The earlier question of another such event, and where that happened: «وماذا عن حادث أزيلال؟»."""
    events = [at for at, each in enumerate(found) if kinds_asked(each.text)]
    if not events or not kinds_asked(new.text):
        return None
    first, after = found[events[0]], found[events[0] + 1 : events[0] + 2]
    end = after[0].end if after and after[0].preposition == "in" else first.end
    return earlier.text[: first.start] + new.text + earlier.text[end:]


def _likest(found: Sequence[Named], new: Named) -> Named | None:
    """What ``new`` stands in the place of: the like with the same preposition, or the last of its like."""
    if new.preposition:
        same = [each for each in found if each.preposition == new.preposition and _is_name(each)]
        bare = [each for each in found if each.place and not each.preposition] if new.place else []
        return next(iter([*reversed(same), *bare]), None)
    if new.place:
        places = [each for each in found if each.place]
        return next(
            iter([*reversed([each for each in places if not each.preposition]), *reversed(places)]), None
        )
    others = [each for each in found if not each.place and each.preposition not in ("in", "about")]
    return next(
        iter([*reversed([each for each in others if each.proper == new.proper]), *reversed(others)]), None
    )


def _is_name(named: Named) -> bool:
    return named.place or named.proper or (is_arabic(fold(named.text)) and not named.definite)


def _counted(earlier: Asked, new: Named) -> str:
    """ "And the injured?" after "how many died in the earthquake"."""
    if is_arabic(earlier.words[0].folded):
        opening, noun = "كم عدد", new.text
    else:
        opening = said_by(earlier.words[: earlier.opening], earlier)
        first, _, rest = new.text.replace("l'", "").partition(" ")
        noun = rest if fold(first) in DEFINITE and rest else new.text.replace("l'", "")
        noun = f"de {noun}" if fold(opening) == "combien" else noun
    mark = earlier.text[len(earlier.text.rstrip(" ?؟")) :] or ""
    text = f"{opening} {noun}{mark}"
    return ended(text, in_brackets([each.text for each in subjects_of(earlier)], text), earlier.told)


def left_unfinished(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "And how many were injured?": a question that doesn't say of what."""
    goes_on = asked.linked or asked.kind is not Kind.YES_NO
    if not asked.opening or not goes_on or not _is_unfinished(asked):
        return None
    found = subjects_of(earlier)
    if asked.kind is Kind.WHO:
        # "Who resigned?" is asked of nobody in particular.
        found = [each for each in found if not _is_person(each)]
        if not found and named_in(earlier):
            return asked.core if asked.linked else None
    told = "" if asked.window or asked.kind is Kind.WHEN else earlier.told
    return ended(asked.core, told, _of(found, asked, earlier))


def joined(asked: Asked, earlier: Asked, as_of: date) -> str | None:
    """ "And when will the works end?": joined to the question before by "and", and without a name of its own."""
    named = any(each.proper or each.place or _is_person(each) for each in named_in(asked))
    said = [word.folded for word in asked.words]
    # "And what is the interest rate?" may be of nothing spoken of.
    defines = said[0] in WHAT and said[1:2] and said[1] in BE | BE_OR_HAVE | STANDING_ALONE
    if not (asked.linked and asked.opening) or named or defines or asked.kind is Kind.WHO:
        return None
    return ended(asked.core, _of(subjects_of(earlier), asked, earlier))


def _of(found: Sequence[Named], asked: Asked, earlier: Asked) -> str:
    """The first of ``found`` in brackets; without any, what ``earlier`` says that happened."""
    meant = [each.text for each in found] or [event_of(earlier)]
    return in_brackets(meant[:MOST_NAMED], asked.core)


def _is_unfinished(asked: Asked) -> bool:
    given, left = named_in(asked), asked.asked_for
    if not left:
        return False
    if is_arabic(left[0].folded):
        return _is_unfinished_arabic(asked, given)
    if any(each.proper or each.definite or each.place for each in given):
        return False
    verbal = [each for each in left if terms(asked.text[each.start : each.end])]
    if asked.linked:
        return bool(verbal)
    spoken = [each for each in verbal if not _is_verbal(asked, each)]
    counts = asked.kind is Kind.HOW_MANY and len(spoken) <= 1 and spoken[-1:] in ([], verbal[:1])
    whole = counts and (len(verbal) > len(spoken) or len(left) == 1)
    return asked.window is None and bool(verbal) and (not spoken or whole)


def _is_verbal(asked: Asked, word: Word) -> bool:
    raw = asked.text[word.start : word.end]
    inflected = INFLECTED.search(raw) and not is_given_name(word.folded)
    return raw[0].islower() and bool(word.folded in PARTICIPLES or tells_what_happened(raw) or inflected)


def _is_unfinished_arabic(asked: Asked, given: Sequence[Named]) -> bool:
    counts = asked.kind is Kind.HOW_MANY
    left = [word for word in asked.asked_for if word.folded not in COUNTED]
    if not left or (any(each.place for each in given) and not asked.linked):
        return False
    if asked.linked and not any(each.place or (each.definite and not _is_counted(each)) for each in given):
        return True
    if counts:
        many = [word for word in left if word.folded.startswith("ال")]
        return len(left) <= 2 and (
            not many or (left[0] in many and len(many) == len(left) == 1 and _counts_out(asked))
        )
    verb = left[0].folded in VERBS or (asked.linked and not left[0].folded.startswith("ال"))
    return len(left) == 1 and verb and not given[:1]


def _is_counted(named: Named) -> bool:
    """Whether it is those whom something befell: «القتلى»."""
    return tells_what_happened(named.text)


def _is_person(named: Named) -> bool:
    """Whether it is somebody's name, as far as it tells."""
    alone = not named.place and not named.definite
    return alone and (named.proper or is_given_name(fold(named.text).split()[0]))


def _counts_out(asked: Asked) -> bool:
    """Whether a number of something is asked for by «عدد», so that «الجرحى» is what is counted."""
    return any(word.folded == "عدد" for word in asked.words)
