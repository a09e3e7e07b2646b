"""Answers and hits as text for people."""

import re
from typing import Any

from rich.text import Text

from qa.cli.text import harmless, one_line

SUPPORT = {"partial": "carried in part", "unsupported": "not carried by these words"}
_ESCAPED_BRACKET = re.compile(r"\\([\[\]])")


def answer_text(answer: dict[str, Any]) -> Text:
    """The answer, what was understood, and its numbered sources with their words."""
    told = Text(_ESCAPED_BRACKET.sub(r"\1", harmless(answer["answer"])).strip())
    if answer["notice"]:
        told.append(f"\n\nnote: {one_line(answer['notice'])}", "yellow")
    understood = _understood(answer)
    if understood:
        told.append(f"\n\nunderstood: {understood}", "dim")
    for citation in answer["citations"]:
        told.append(f"\n\n[{citation['n']}] ", "bold").append_text(_passage(citation))
    _listed(told, "Without a date, so not counted for the time asked about:", answer["undated"])
    _listed(told, "Nearest:" if answer["abstained"] else "Next nearest:", answer["nearest"])
    return told


def hits_text(found: dict[str, Any]) -> Text:
    """Ranked passages; one line where nothing was found."""
    told = Text()
    for hit in found["hits"]:
        told.append(f"{hit['rank']}. ", "bold").append_text(_heading(hit))
        told.append(f"  {'+'.join(hit['found_by'])} {hit['score']}", "dim")
        told.append(f"\n   {one_line(hit['text'])}\n\n")
    told.rstrip()
    return told if found["hits"] else Text("nothing found")


def report_text(report: dict[str, Any], answer: str) -> Text:
    """What holds of each sentence of a saved answer, then the citations that don't hold."""
    told = Text()
    for sentence in report["sentences"]:
        support = sentence["support"]
        told.append(
            "ok  " if support == "supported" else "!!  ", "green" if support == "supported" else "red"
        )
        told.append(one_line(answer[sentence["start"] : sentence["end"]]))
        if support in SUPPORT:
            told.append(f"\n    {SUPPORT[support]}", "yellow")
            lacking = ", ".join(one_line(each) for each in sentence["missing"])
            told.append(f"; not found there: {lacking}" if lacking else "", "yellow")
        told.append("\n")
    for citation in report["citations"]:
        if not citation["valid"]:
            told.append(
                f"[{citation['n']}] isn't stored here as cited: article gone or words changed\n",
                "red",
            )
        elif not citation["current"]:
            told.append(f"[{citation['n']}] the article has changed since\n", "dim")
    told.append(_summed_up(report))
    return told


def _summed_up(report: dict[str, Any]) -> str:
    if not report["sentences"]:
        return "nothing to check: it makes no statement"
    carried = sum(each["support"] == "supported" for each in report["sentences"])
    return f"{carried} of {len(report['sentences'])} statements are carried by the words they cite"


def _understood(answer: dict[str, Any]) -> str:
    parts = []
    if answer["rewritten"] and answer["rewritten"] != answer["question"]:
        parts.append(f"“{one_line(answer['rewritten'])}”")
    if answer["window"]:
        parts.append(f"{one_line(answer['window']['understood_from'])} ({_days(answer['window'])})")
    spelled = [each for each in answer["people"] if each["matched"] != [each["asked"]]]
    parts += [f"{one_line(each['asked'])} = {_names(each['matched'])}" for each in spelled]
    return " · ".join(parts)


def _names(matched: list[str]) -> str:
    return ", ".join(one_line(name) for name in matched) or "nobody in the articles"


def _listed(told: Text, heading: str, passages: list[dict[str, Any]]) -> None:
    if not passages:
        return
    told.append(f"\n\n{heading}", "dim")
    for passage in passages:
        told.append("\n  · ").append_text(_passage(passage))


def _passage(passage: dict[str, Any]) -> Text:
    """Heading, quotation and addresses of a citation or of a passage that isn't one."""
    told = _heading(passage)
    if passage.get("support") in SUPPORT:
        told.append(f"  {SUPPORT[passage['support']]}", "yellow")
    told.append(f"\n    “{one_line(passage['quote'])}”")
    elsewhere = [each["source"] or each["url"] or "" for each in passage["also_in"]]
    if any(elsewhere):
        told.append(f"\n    also in: {', '.join(one_line(each) for each in elsewhere if each)}", "dim")
    address = passage["url"] or f"isnad show {passage['article_id']}"
    return told.append(f"\n    {one_line(address)}", "dim")


def _heading(passage: dict[str, Any]) -> Text:
    parts = [
        one_line(passage["source"] or ""),
        one_line(passage["title"] or ""),
        passage["published"] or "undated",
    ]
    told = " · ".join(part for part in parts if part)
    if passage["event"]:
        told += f" (tells of {_days(passage['event'])})"
    return Text(told)


def _days(window: dict[str, Any]) -> str:
    first, last = window["from"], window["to"]
    if first == last and first:
        return str(first)
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"to {last}"
