"""The same task told twice: in the text and again as a row of the appendix."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from rapidfuzz import fuzz, process

from extractor.document import Task

# Token-set likeness forgives that a row is shorter than the item; plain likeness keeps two short rows of the
# same field apart. Both must hold.
_SAME_WORDS = 88
_ALIKE = 55


def link_twins(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """Set `same_as` on both tellings, each task at most once, the likest pairs first.

    Two tellings that both name a lead must share one or have been inherited from a heading.
    """
    prose = [i for i, t in enumerate(tasks) if t.origin == "prose"]
    rows = [i for i, t in enumerate(tasks) if t.origin == "table"]
    if not prose or not rows:
        return tuple(tasks)
    words = [[t.text.casefold() for t in (tasks[i] for i in side)] for side in (prose, rows)]
    sets = process.cdist(words[0], words[1], scorer=fuzz.token_set_ratio, score_cutoff=_SAME_WORDS)
    pairs = sorted(
        (
            (fuzz.ratio(words[0][a], words[1][b]), -a, -b)
            for a, b in zip(*sets.nonzero(), strict=True)
            if _leads_agree(tasks[prose[a]], tasks[rows[b]])
        ),
        reverse=True,
    )
    twin: dict[int, int] = {}
    for likeness, a, b in pairs:
        i, j = prose[-a], rows[-b]
        if likeness >= _ALIKE and i not in twin and j not in twin:
            twin[i], twin[j] = j, i
    return tuple(replace(t, same_as=tasks[twin[i]].id) if i in twin else t for i, t in enumerate(tasks))


def _leads_agree(item: Task, row: Task) -> bool:
    if item.lead_source != "stated" or not row.lead:
        return True
    return bool({a.name.casefold() for a in item.lead} & {a.name.casefold() for a in row.lead})
