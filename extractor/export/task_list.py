"""The to-dos of plans as a list, due soonest first, filtered, for a terminal or as CSV."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from typing import IO

import msgspec

from extractor.document import Document
from extractor.export import labels
from extractor.export.cells import Value, printable, shown
from extractor.export.due import next_day
from extractor.export.rows import document_name, names
from extractor.export.todos import Todo, todos

HEADINGS = (
    "Hạn", "Còn lại", "Nhiệm vụ", "Loại", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời hạn ghi trong văn bản", "STT",
    "Trang", "Văn bản",
)  # fmt: skip
SOON_DAYS = 7


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Which to-dos are wanted. `lead` is part of an agency's name, `due_before` a day that is itself too late."""

    lead: str | None = None
    due_before: dt.date | None = None
    kind: str | None = None


class Listed(msgspec.Struct, frozen=True):
    """A to-do as it stands on a day; `day` is when it falls due next."""

    document: Document
    todo: Todo
    day: dt.date | None
    left: int | None


def listed(documents: Iterable[Document], wanted: Filter, today: dt.date) -> tuple[Listed, ...]:
    """The wanted to-dos as seen on `today`, due soonest first; those without a day last, in reading order."""
    found: list[Listed] = []
    for document in documents:
        for todo in todos(document, since=today):
            day = next_day(todo.due, today) if todo.due else None
            entry = Listed(document, todo, day, (day - today).days if day else None)
            if _fits(entry, wanted):
                found.append(entry)
    return tuple(sorted(found, key=lambda e: e.day or dt.date.max))


def cells(entry: Listed) -> tuple[Value, ...]:
    """The values under `HEADINGS`."""
    t = entry.todo.task
    text = entry.todo.deadline.text if entry.todo.deadline else None
    return (
        entry.day, left(entry.left), t.title, labels.KINDS[t.kind], names(t.lead), names(t.cooperating), text,
        t.ordinal, t.span.page, document_name(entry.document),
    )  # fmt: skip


def left(days: int | None) -> str:
    """How long there is: "còn 5 ngày", "hôm nay", "quá hạn 12 ngày"."""
    if days is None:
        return ""
    if days == 0:
        return "hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"


def write_table(entries: Sequence[Listed], stream: IO[str]) -> None:
    """The list for a terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = 140
    several = len({id(e.document) for e in entries}) > 1
    table = Table(show_lines=True, expand=True)
    for name, ratio in (("Hạn", 3), ("Nhiệm vụ", 10), ("Cơ quan chủ trì", 5), ("Thời hạn ghi trong văn bản", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    if several:
        table.add_column("Văn bản", ratio=3, overflow="fold")
    for e in entries:
        t = e.todo.task
        day = escape("\n".join(p for p in (shown(e.day), left(e.left)) if p))
        colour = None if e.left is None else "red" if e.left < 0 else "yellow" if e.left <= SOON_DAYS else None
        texts = [t.title, names(t.lead), e.todo.deadline.text if e.todo.deadline else ""]
        texts += [document_name(e.document)] if several else []
        table.add_row(f"[{colour}]{day}[/{colour}]" if colour else day, *(escape(printable(v)) for v in texts))
    console.print(table)
    console.print(f"{len(entries)} việc.")


def _fits(e: Listed, wanted: Filter) -> bool:
    t = e.todo.task
    if wanted.kind and t.kind != wanted.kind:
        return False
    if wanted.due_before and (e.day is None or e.day >= wanted.due_before):
        return False
    if not wanted.lead:
        return True
    needle = _plain(wanted.lead)
    return any(needle in _plain(name) for a in t.lead for name in (a.name, a.canonical or ""))


def _plain(text: str) -> str:
    """Without case and marks: people type "so noi vu"."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())
