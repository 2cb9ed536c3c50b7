"""How sure a task is: a product of what is known about its place and of each doubt."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.document import Task

_BASE = {"table": 0.98, "prose": 0.97}
# Doubt → factor.
_NO_SECTION = 0.8
_NO_VERB = 0.9
_NO_LEAD = 0.97
_DOUBTFUL_DEADLINE = 0.9
_READ_BY_OCR = 0.9


def confidence(task: Task, *, opens_with_verb: bool, ocr_pages: Sequence[int]) -> float:
    """Between 0 and 1, two decimals."""
    value = _BASE[task.origin]
    if not task.section_id:
        value *= _NO_SECTION
    if task.origin == "prose" and not opens_with_verb and not task.lead:
        value *= _NO_VERB
    if not task.lead:
        value *= _NO_LEAD
    if any(d.assumed for d in task.deadlines):
        value *= _DOUBTFUL_DEADLINE
    if task.span.page in ocr_pages:
        value *= _READ_BY_OCR
    return round(value, 2)
