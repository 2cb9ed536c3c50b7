"""What a calendar or a tracker is given: one entry per task and day on which it falls due."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from extractor.document import Deadline, Document, Task
from extractor.export.due import Due, due_of, is_bare
from extractor.export.rows import full_name


class Todo(msgspec.Struct, frozen=True):
    """An entry. `key` is the same for the same task of the same document, on every run and machine."""

    key: str
    task: Task
    deadline: Deadline | None = None
    due: Due | None = None


def distinct_tasks(document: Document) -> tuple[Task, ...]:
    """The tasks, of two tellings of the same one (prose and appendix) the row of the table, which has more fields."""
    ids = {t.id for t in document.tasks if t.origin == "table"}
    return tuple(t for t in document.tasks if t.origin == "table" or t.same_as not in ids)


def todos(document: Document, *, since: dt.date | None = None) -> tuple[Todo, ...]:
    """One entry per distinct task and dated deadline; a task without a day is one entry without a day.

    A rhythm whose days the same task goes on to name ("định kỳ 6 tháng, trước ngày 10/6 và 25/11") is no entry
    of its own. Where the document has no date of issue, what recurs is counted from `since`.
    """
    issued_on, scope = document.header.issued_on or since, document_key(document)
    out: list[Todo] = []
    for task in distinct_tasks(document):
        dated = [(x, d) for x in task.deadlines if (d := due_of(x, issued_on)) is not None]
        named = [(x, d) for x, d in dated if x.rrule is None or not is_bare(x.rrule)]
        last_named = max((x.span.start for x, d in named if d.day), default=-1)
        kept = [(x, d) for x, d in dated if (x, d) in named or x.span.start > last_named]
        key = f"{scope}-{task.id}"
        if not kept:
            out.append(Todo(key, task, task.deadlines[0] if task.deadlines else None))
        for n, (deadline, due) in enumerate(kept, 1):
            out.append(Todo(key if n == 1 else f"{key}.{n}", task, deadline, due))
    return tuple(out)


def document_key(document: Document) -> str:
    """What tells a document from others: issuer, year and number, or of a draft its issuer and title."""
    h = document.header
    year = str(h.issued_on.year) if h.issued_on and h.identifier else ""
    named = (full_name(h.issuer) or "", h.identifier or h.title or "", year)
    told = "\n".join(named) if any(named) else document.source.sha256
    return hashlib.blake2s(told.casefold().encode("utf-8"), digest_size=4).hexdigest()
