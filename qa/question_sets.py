"""Sets of questions with what is right: changes when another file format should be measured on.

Two are read. SQuAD's (Rajpurkar et al. 2016; version 2's ``is_impossible`` too): paragraphs, questions, answers.
And our own: a list of ``{"id", "question", "expect": {"abstain", "articles", "quotes_contain", "quotes_lack",
"window"}}`` with optional ``as_of``, ``history``, ``language`` and ``kind``, over files of articles.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from qa.question import kind_of
from vectorstore.errors import NotFound, UserError
from vectorstore.text import language_of


@dataclass(frozen=True, slots=True)
class Expected:
    """What a question of our own format expects of its answer.

    Each group of ``quotes_contain`` must be met by a quote with one of its words; none of ``quotes_lack`` may be
    quoted. ``window`` is the one that must be understood, where ``checks_window``.
    """

    quotes_contain: tuple[tuple[str, ...], ...] = ()
    quotes_lack: tuple[str, ...] = ()
    checks_window: bool = False
    window: Mapping[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``relevant`` names the articles that answer it: a context, or a file's name.

    ``gold`` are wordings of the answer, empty in our own format, which has ``expected`` instead.
    """

    id: str
    question: str
    language: str
    kind: str
    relevant: frozenset[str]
    gold: tuple[str, ...] = ()
    impossible: bool = False
    as_of: str | None = None
    history: tuple[dict[str, str], ...] = ()
    expected: Expected | None = None


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of one file, and what they are asked of: contexts, or files of articles."""

    file: str
    digest: str
    questions: tuple[Asked, ...]
    contexts: tuple[str, ...] = ()
    articles: tuple[Path, ...] = ()


def read_set(path: Path, articles: Path | None = None) -> QuestionSet:
    """The set in ``path``.

    ``articles`` are what the questions are asked of instead: for SQuAD's format another file in it whose questions
    have the same ids (XQuAD's languages do), for our own the folder of articles (default: the samples). Raises
    ``NotFound`` and ``UserError``.
    """
    found = _json(path)
    try:
        if isinstance(found, list):
            return _own(path, found, articles)
        questions, contexts = _squad(found)
        if articles is not None:
            questions, contexts = _across(questions, *_squad(_json(articles)))
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(
            f"{path} is no set of questions ({type(error).__name__}: {error}): give a file in SQuAD's format or in "
            "isnad's own"
        ) from error
    _check(path, questions)
    digests = [_digest(each) for each in (path, articles) if each is not None]
    return QuestionSet(str(path), "+".join(digests), questions, contexts)


def thinned(questions: QuestionSet, most: int | None) -> QuestionSet:
    """The set with ``most`` of its questions, evenly spread; all articles stay."""
    count = len(questions.questions)
    if most is None or most >= count:
        return questions
    chosen = tuple(questions.questions[at * count // most] for at in range(most))
    return replace(questions, questions=chosen)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise NotFound(f"{path} can't be read ({error.strerror}): check the path") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path} isn't JSON: give a file in SQuAD's format or in isnad's own") from error


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:16]


def _check(path: Path, questions: tuple[Asked, ...]) -> None:
    if not questions:
        raise UserError(f"there are no questions to ask in {path}: with --articles, the ids must be the same")
    for each in questions:
        if not any(letter.isalnum() for letter in each.question):
            raise UserError(f"question {each.id} in {path} has no words")


def _squad(found: Mapping[str, Any]) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    paragraphs = [each for article in found["data"] for each in article["paragraphs"]]
    questions = tuple(
        _squad_question(asked, paragraph["context"]) for paragraph in paragraphs for asked in paragraph["qas"]
    )
    return questions, tuple(dict.fromkeys(each["context"] for each in paragraphs))


def _squad_question(asked: Mapping[str, Any], context: str) -> Asked:
    impossible = bool(asked.get("is_impossible"))
    return Asked(
        id=str(asked["id"]),
        question=asked["question"],
        language=language_of(asked["question"]),
        kind=kind_of(asked["question"]).value,
        relevant=frozenset() if impossible else frozenset((context,)),
        gold=() if impossible else tuple(dict.fromkeys(each["text"] for each in asked.get("answers", ()))),
        impossible=impossible,
    )


def _across(
    questions: tuple[Asked, ...], others: tuple[Asked, ...], contexts: tuple[str, ...]
) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """The questions with the articles and answers that another file gives for the same ids."""
    by_id = {each.id: each for each in others}
    return tuple(
        replace(each, relevant=other.relevant, gold=other.gold, impossible=other.impossible)
        for each in questions
        if (other := by_id.get(each.id))
    ), contexts


def _own(path: Path, found: list[Any], articles: Path | None) -> QuestionSet:
    from ingest import samples

    files = tuple(_files(articles) if articles else samples.paths())
    questions = tuple(_own_question(each) for each in found)
    _check(path, questions)
    names = {file.name for file in files}
    missing = sorted({name for each in questions for name in each.relevant} - names)
    if missing:
        raise NotFound(f"{path} expects the article {missing[0]}: give its folder with --articles")
    digest = sha256("".join(map(_digest, (path, *files))).encode()).hexdigest()[:16]
    return QuestionSet(str(path), digest, questions, articles=files)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise NotFound(
            f"--articles {folder} is no folder: our own questions are asked of a folder of articles"
        )
    yield from sorted(each for each in folder.iterdir() if each.is_file())


def _own_question(asked: Mapping[str, Any]) -> Asked:
    expect = asked["expect"]
    return Asked(
        id=str(asked["id"]),
        question=asked["question"],
        language=asked.get("language") or language_of(asked["question"]),
        kind=asked.get("kind") or kind_of(asked["question"]).value,
        relevant=frozenset(expect.get("articles", ())),
        impossible=bool(expect["abstain"]),
        as_of=asked.get("as_of"),
        history=tuple(asked.get("history", ())),
        expected=Expected(
            quotes_contain=tuple(tuple(group) for group in expect.get("quotes_contain", ())),
            quotes_lack=tuple(expect.get("quotes_lack", ())),
            checks_window="window" in expect,
            window=expect.get("window"),
        ),
    )
