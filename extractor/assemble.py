"""The parts put together into a `Document`: pages and boxes looked up, ids linked, findings in order."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from msgspec.structs import replace

from extractor.clean import Text
from extractor.document import (
    SCHEMA_VERSION,
    Citation,
    CitedDocument,
    Deadline,
    Document,
    Finding,
    Header,
    Section,
    SourceInfo,
    Span,
    Task,
    Tool,
)
from extractor.version import __version__

_SEVERITY = {"error": 0, "warning": 1, "info": 2}


def assemble(
    text: Text,
    *,
    info: SourceInfo,
    header: Header,
    sections: Sequence[Section],
    tasks: Sequence[Task],
    citations: Sequence[Citation],
    cited_documents: Sequence[CitedDocument],
    findings: Sequence[Finding],
    keep_text: bool,
    model: str | None = None,
) -> Document:
    """The document; every span gets its page and boxes, every citation its section and tasks."""
    placed = tuple(_place_task(text, t) for t in tasks)
    homes = _Homes(sections, placed)
    return Document(
        schema_version=SCHEMA_VERSION,
        tool=Tool("kehoach", __version__, model),
        source=info,
        header=header,
        sections=tuple(sections),
        tasks=placed,
        citations=tuple(_place_citation(text, c, homes) for c in citations),
        cited_documents=tuple(cited_documents),
        findings=tuple(
            replace(f, span=_place(text, f.span) if f.span else None)
            for f in sorted(findings, key=lambda f: (_SEVERITY[f.severity], f.span.start if f.span else -1))
        ),
        text=_on_one_line(text.value, tasks) if keep_text else None,
    )


def _place(text: Text, span: Span) -> Span:
    return text.locate(span.start, span.end)


def _place_task(text: Text, task: Task) -> Task:
    deadlines, cut_offs = (
        tuple(_place_deadline(text, d) for d in limits) for limits in (task.deadlines, task.cut_offs)
    )
    return replace(task, span=_place(text, task.span), deadlines=deadlines, cut_offs=cut_offs)


def _place_deadline(text: Text, deadline: Deadline) -> Deadline:
    return replace(deadline, span=_place(text, deadline.span), text=deadline.text.replace("\n", " "))


def _place_citation(text: Text, c: Citation, homes: _Homes) -> Citation:
    owners = homes.tasks_at(c.span.start)
    section = owners[0].section_id if owners else homes.section_at(c.span.start)
    return replace(c, span=_place(text, c.span), task_ids=tuple(t.id for t in owners), section_id=section)


class _Homes:
    """Where a place of the text belongs: looked up, not searched for."""

    def __init__(self, sections: Sequence[Section], tasks: Sequence[Task]) -> None:
        self.sections, self.tasks = sections, tasks
        self.section_starts = [s.span.start for s in sections]
        self.task_starts = [t.span.start for t in tasks]
        # The farthest end of this task and all before it: a task may lie in another.
        self.task_ends = list(accumulate((t.span.end for t in tasks), max))

    def section_at(self, place: int) -> str | None:
        """The id of the last section that starts at or before a place."""
        above = bisect_right(self.section_starts, place)
        return self.sections[above - 1].id if above else None

    def tasks_at(self, place: int) -> tuple[Task, ...]:
        """The tasks that a place lies in, in reading order."""
        first, last = bisect_right(self.task_ends, place), bisect_right(self.task_starts, place)
        return tuple(t for t in self.tasks[first:last] if place < t.span.end)


def _on_one_line(value: str, tasks: Sequence[Task]) -> str:
    """An item or a limit over several paragraphs is one line: "\\n" and " " are equally long, so spans hold."""
    limits = (d.span for t in tasks for d in (*t.deadlines, *t.cut_offs))
    parts: list[str] = []
    at = 0
    for span in sorted((*(t.span for t in tasks), *limits), key=lambda span: span.start):
        start = max(span.start, at)
        if start < span.end:
            parts += [value[at:start], value[start : span.end].replace("\n", " ")]
            at = span.end
    return "".join([*parts, value[at:]])
