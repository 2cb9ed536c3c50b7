"""What changed between two versions of a plan: tasks added, dropped, given to another agency or another day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from extractor.document import Agency, CitedDocument, Deadline, Document, Task
from extractor.export.rows import deadline_texts, document_name, full_name, names
from extractor.export.todos import distinct_tasks

Field = Literal["deadline", "lead", "cooperating", "approver", "supervisor", "products", "budget", "notes", "text"]
Kind = Literal["added", "dropped", "changed"]

# Two tasks of the two versions are the same one from this likeness on (0 to 100), their days and agencies aside.
_SAME = 70.0
_PLACE_BONUS = 5.0  # the same heading and label speak for the same task
_FIELDS: tuple[Field, ...] = (
    "deadline", "lead", "cooperating", "approver", "supervisor", "products", "budget", "notes", "text",
)  # fmt: skip


class Change(msgspec.Struct, frozen=True):
    """A field that differs, both sides as printed. `days` is how much later the last day is, where both have one."""

    field: str
    old: str
    new: str
    days: int | None = None


class TaskDifference(msgspec.Struct, frozen=True):
    """A task that is new, gone or changed; `old` and `new` are its two tellings."""

    kind: Kind
    old: Task | None
    new: Task | None
    changes: tuple[Change, ...] = ()


class PlanDifference(msgspec.Struct, frozen=True):
    """Two versions and what differs between them, tasks in the order of the new one, the dropped ones last."""

    old: Document
    new: Document
    header: tuple[Change, ...]
    tasks: tuple[TaskDifference, ...]
    unchanged: int
    cited_added: tuple[CitedDocument, ...]
    cited_dropped: tuple[CitedDocument, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.header or self.tasks or self.cited_added or self.cited_dropped)


def compare(old: Document, new: Document) -> PlanDifference:
    """What differs from `old` to `new`.

    A task told twice (prose and appendix) counts once. A task is recognised again by its words without its days and
    agencies, so that "trước ngày 30/6/2026" become "trước ngày 30/9/2026" is a moved deadline and no other task.
    """
    before, after = distinct_tasks(old), distinct_tasks(new)
    matched = pairs([telling(t) for t in before], [telling(t) for t in after])
    partner = {j: i for i, j in matched.items()}
    found: list[TaskDifference] = []
    unchanged = 0
    for j, task in enumerate(after):
        if j not in partner:
            found.append(TaskDifference("added", None, task))
        elif changes := _task_changes(before[partner[j]], task):
            found.append(TaskDifference("changed", before[partner[j]], task, changes))
        else:
            unchanged += 1
    found += (TaskDifference("dropped", t, None) for i, t in enumerate(before) if i not in matched)
    ids = {c.id for c in old.cited_documents}, {c.id for c in new.cited_documents}
    return PlanDifference(
        old, new, _header_changes(old, new), tuple(found), unchanged,
        tuple(c for c in new.cited_documents if c.id not in ids[0]),
        tuple(c for c in old.cited_documents if c.id not in ids[1]),
    )  # fmt: skip


class Telling(msgspec.Struct, frozen=True):
    """What a task is recognised by in another version: its id, its words folded without its days and agencies, its
    heading and label (`place`)."""

    id: str
    words: str
    place: tuple[str, ...] = ()


def telling(task: Task) -> Telling:
    """The task as another version of the plan may tell it."""
    return Telling(task.id, _masked(task), (task.label or "", *task.section_path[-1:], task.origin))


def pairs(before: Sequence[Telling], after: Sequence[Telling]) -> dict[int, int]:
    """Which became which, by their places in the two lists, each at most once: the same id first, then the likest."""
    from rapidfuzz import fuzz, process

    by_id = {t.id: j for j, t in enumerate(after)}
    found = {i: by_id[t.id] for i, t in enumerate(before) if t.id in by_id}
    left = [i for i in range(len(before)) if i not in found]
    matched = set(found.values())
    right = [j for j in range(len(after)) if j not in matched]
    if not left or not right:
        return found
    words = [before[i].words for i in left], [after[j].words for j in right]
    scores = process.cdist(*words, scorer=fuzz.ratio, score_cutoff=_SAME)
    likest = sorted(
        ((float(scores[a, b]) + _PLACE_BONUS * (before[i].place == after[j].place), i, j)
         for a, i in enumerate(left) for b, j in enumerate(right) if scores[a, b]),
        key=lambda s: (-s[0], abs(s[1] - s[2]), s[1] + s[2]),
    )  # fmt: skip
    taken: set[int] = set()
    for _, i, j in likest:
        if i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def _masked(task: Task) -> str:
    """The words of a task without its deadlines and agencies, folded."""
    out = task.text
    agencies = (*task.lead, *task.cooperating, *task.approver, *task.supervisor)
    for part in sorted({*(d.text for d in task.deadlines), *(a.name for a in agencies)}, key=len, reverse=True):
        out = out.replace(part, " ")
    return folded(out)


def folded(text: str) -> str:
    """The words alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _task_changes(old: Task, new: Task) -> tuple[Change, ...]:
    return tuple(change for field in _FIELDS if (change := _change(field, old, new)))


def _change(field: Field, old: Task, new: Task) -> Change | None:
    if field == "deadline":
        if _days(old.deadlines) == _days(new.deadlines):
            return None
        return Change(field, deadline_texts(old), deadline_texts(new), _moved(old.deadlines, new.deadlines))
    if field == "text":
        return Change(field, old.text, new.text) if _masked(old) != _masked(new) else None
    if field in ("products", "budget", "notes"):
        a, b = _text_of(getattr(old, field)), _text_of(getattr(new, field))
        return Change(field, a, b) if folded(a) != folded(b) else None
    agencies: tuple[tuple[Agency, ...], tuple[Agency, ...]] = getattr(old, field), getattr(new, field)
    if _known(agencies[0]) == _known(agencies[1]):
        return None
    return Change(field, names(agencies[0]), names(agencies[1]))


def _text_of(value: str | tuple[str, ...] | None) -> str:
    return value or "" if isinstance(value, str) or value is None else "; ".join(value)


def _known(agencies: Iterable[Agency]) -> frozenset[str]:
    return frozenset(folded(full_name(a) or "") for a in agencies)


def _days(deadlines: Iterable[Deadline]) -> frozenset[object]:
    """What the deadlines mean: "30/6/2026" and "30 tháng 6 năm 2026" are the same."""
    return frozenset(
        (d.start, d.end, d.rrule, d.bound if d.rrule else None, d.offset)
        if d.start or d.end or d.rrule or d.offset
        else (d.kind, folded(d.text))
        for d in deadlines
    )


def _moved(old: Iterable[Deadline], new: Iterable[Deadline]) -> int | None:
    """By how many days the last day moved: later is positive."""
    ends: list[dt.date | None] = [max((d.end for d in side if d.end), default=None) for side in (old, new)]
    return (ends[1] - ends[0]).days if ends[0] and ends[1] else None


def _header_changes(old: Document, new: Document) -> tuple[Change, ...]:
    def told(d: Document) -> dict[str, str]:
        h = d.header
        return {
            "document": document_name(d),
            "issued_on": h.issued_on.isoformat() if h.issued_on else "",
            "issuer": full_name(h.issuer) or "",
            "title": h.title or "",
            "signer": (h.signer.name or "") if h.signer else "",
        }

    a, b = told(old), told(new)
    return tuple(Change(k, a[k], b[k]) for k in a if folded(a[k]) != folded(b[k]))
