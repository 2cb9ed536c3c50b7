"""How sure a task is: a product of what is known about its origin and of each doubt (`rules/confidence.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from extractor.clean import Text
from extractor.document import Task
from extractor.read.syllables import marked, marked_share, plausible_share
from extractor.rules import load

_LONG = 700
# Of running Vietnamese more than a fifth of the letters carry marks, and almost every word is a syllable.
_LEAST_MARKED, _LEAST_PLAUSIBLE, _FEWEST_WORDS = 0.08, 0.85, 5


def doubts(task: Task, *, ocr_pages: Sequence[int] = ()) -> tuple[str, ...]:
    """The names of what makes a task doubtful, in the order of the rules; told from the task alone."""
    text = task.text
    prose = task.origin == "prose"
    doers = (*task.lead, *task.cooperating)
    holds = {
        "no_section": not task.section_id,
        "no_lead": not task.lead,
        "deadline_assumed": any(d.assumed for d in task.deadlines),
        "read_by_ocr": task.span.page in ocr_pages,
        "opens_in_lower_case": text[:1].islower(),
        "breaks_off": prose and text[-1:] not in (".", ";", "”", '"', ")", "/"),
        "unlabelled": prose and task.label is None,
        "long": len(text) > _LONG,
        "odd_letters": len(text.split()) >= _FEWEST_WORDS and _odd(text),
        "unknown_doer": any(a.kind == "other" and a.canonical is None for a in doers),
        "no_day": any(d.kind == "date" and d.end is None for d in task.deadlines),
    }
    return tuple(name for name in _doubts() if holds[name])


def rate(task: Task, text: Text, ocr_pages: Sequence[int]) -> tuple[Task, tuple[str, ...]]:
    """The task with its `confidence`, between 0 and 1 with two decimals, and what a clerk is told of each doubt.

    In Vietnamese; a doubt that has a finding of its own is not told.
    """
    paged = replace(task, span=text.locate(task.span.start, task.span.start + 1)) if ocr_pages else task
    held = [_doubts()[name] for name in doubts(paged, ocr_pages=ocr_pages)]
    value: float = load("confidence")["base"][task.origin]
    for doubt in held:
        value *= doubt["factor"]
    return replace(task, confidence=round(value, 2)), tuple(d["says"] for d in held if "says" in d)


def _odd(text: str) -> bool:
    """Whether the letters or the words are rarely Vietnamese."""
    few = marked(text) < _LEAST_MARKED * len(text)  # of the letters alone they may still be enough
    return (few and marked_share(text)[0] < _LEAST_MARKED) or plausible_share(text.split()) < _LEAST_PLAUSIBLE


@cache
def _doubts() -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in load("confidence")["doubt"]}
