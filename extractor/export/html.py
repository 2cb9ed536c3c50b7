"""HTML: one file that opens without a network, to read, filter and print; nothing in the document becomes markup."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import IO, Any

import msgspec
from jinja2 import Template

from extractor.document import Box, Citation, Document, Task
from extractor.export import Settings, labels, timeline
from extractor.export.cells import shown
from extractor.export.due import days_between, due_of, due_range
from extractor.export.marked_text import Item, Line, items, marked_lines
from extractor.export.page_images import PageImage, page_images
from extractor.export.pages import asset, template
from extractor.export.rows import deadline_texts, document_name, full_name, lookup, names, pinpoints, section_text

_MONTHS_SHOWN = 24  # of a recurring task, for the filter by month


class TaskRow(msgspec.Struct, frozen=True):
    """A task with what the table sorts and filters by; `months` are "2026-06"."""

    task: Task
    key: str
    first_due: dt.date | None
    months: tuple[str, ...]
    leads: tuple[str, ...]
    section: str
    twin: int | None


class CitationRow(msgspec.Struct, frozen=True):
    """A citation with the tasks it stands in."""

    citation: Citation
    key: str
    issuer: str
    pinpoints: str
    tasks: tuple[int, ...]


class PageView(msgspec.Struct, frozen=True):
    """A page image with the boxes on it."""

    image: PageImage
    boxes: tuple[tuple[Item, Box], ...]


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """The report of each document, one after the other; give each a file of its own."""
    for document in documents:
        for part in _template().generate(**_view(document, settings)):
            stream.write(part.encode("utf-8"))


def _view(document: Document, settings: Settings) -> dict[str, Any]:
    placed = items(document)
    tasks = tuple(_task_rows(document))
    pages = _pages(document, placed) if settings.images else ()
    return {
        "d": document,
        "name": document_name(document),
        "issuer": full_name(document.header.issuer) or "",
        "tasks": tasks,
        "citations": tuple(_citation_rows(document)),
        "findings": [(f"f{n}", f) for n, f in enumerate(document.findings, 1)],
        "blocks": _blocks(document.text, placed) if document.text is not None else [],
        "pages": pages,
        "missing_pages": bool(settings.images and _boxed(placed) - {p.image.page for p in pages}),
        "timeline": timeline.timeline(document),
        "leads": sorted({lead for t in tasks for lead in t.leads}),
        "months": sorted({m for t in tasks for m in t.months}),
        "style": asset("report.css"),
        "script": asset("report.js"),
        "style_hash": _hash(asset("report.css")),
        "script_hash": _hash(asset("report.js")),
    }


def _blocks(text: str, placed: Sequence[Item]) -> list[tuple[bool, list[Line]]]:
    """Lines of prose and rows of tables by turns."""
    return [(is_row, list(lines)) for is_row, lines in groupby(marked_lines(text, placed), key=lambda x: x.is_row)]


def _task_rows(document: Document) -> Iterable[TaskRow]:
    at, issued_on = lookup(document), document.header.issued_on
    for t in document.tasks:
        yield TaskRow(
            t,
            f"t{t.ordinal}",
            due_range(t, issued_on)[0],
            _months(t, issued_on),
            tuple(dict.fromkeys(a.name for a in t.lead)),
            section_text(t),
            at.ordinals.get(t.same_as) if t.same_as else None,
        )


def _months(task: Task, issued_on: dt.date | None) -> tuple[str, ...]:
    """The months in which something of the task falls due; of a recurring one the next two years."""
    found: set[str] = set()
    for deadline in task.deadlines:
        due = due_of(deadline, issued_on)
        if due and due.day:
            last = due.day + dt.timedelta(days=_MONTHS_SHOWN * 30) if due.rule else due.day
            found |= {f"{d:%Y-%m}" for d in days_between(due, due.day, last)}
    return tuple(sorted(found))


def _citation_rows(document: Document) -> Iterable[CitationRow]:
    ordinals = lookup(document).ordinals
    for n, c in enumerate(document.citations, 1):
        tasks = tuple(ordinals[t] for t in c.task_ids if t in ordinals)
        yield CitationRow(c, f"c{n}", full_name(c.issuer) or "", pinpoints(c), tasks)


def _boxed(placed: Sequence[Item]) -> set[int]:
    return {b.page for i in placed for b in i.span.boxes}


def _pages(document: Document, placed: Sequence[Item]) -> tuple[PageView, ...]:
    images = page_images(document.source, _boxed(placed))
    return tuple(
        PageView(image, tuple((i, b) for i in placed for b in i.span.boxes if b.page == image.page)) for image in images
    )


def _hash(asset: str) -> str:
    """The digest by which the page's own policy knows its style and script, and refuses any other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(asset.encode("utf-8")).digest()).decode("ascii")


@cache
def _template() -> Template:
    return template(
        asset("report.html.jinja"),
        labels=labels,
        names=names,
        shown=shown,
        deadline_texts=deadline_texts,
        geometry=timeline,
    )
