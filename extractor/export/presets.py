"""Rows that a tracker imports, in the columns, date format and lengths of `rules/trackers.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Literal

import msgspec

from extractor.document import Document
from extractor.errors import RuleError
from extractor.export import labels
from extractor.export.cells import Value, printable
from extractor.export.rows import deadline_texts, document_name, names, section_text
from extractor.export.todos import Todo, todos
from extractor.rules import load


class PresetColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column. `value` is a field of `FIELDS`, `constant` a fixed word; `most` is the length limit in characters.

    `words` puts the tracker's own word for a value ("report" → "Task"); `lines` keeps line ends; `spaces` is what a
    space becomes where the tracker takes it for the end of a label.
    """

    name: str
    value: str | None = None
    constant: str | None = None
    most: int | None = None
    words: dict[str, str] = {}
    lines: bool = False
    spaces: str | None = None


class Preset(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tracker's import format, or (`api`) the fields that its interface takes. `dates` is the form of a date
    where it is no date cell; `source` says where the rules are from."""

    id: str
    name: str
    source: str
    how: str
    format: Literal["csv", "xlsx", "api"]
    dates: str
    columns: tuple[PresetColumn, ...]
    sheet: str = "Tasks"
    delimiter: str = ","
    bom: bool = False
    dates_as_text: bool = True
    examples: tuple[dict[str, dict[str, str]], ...] = ()
    not_examples: tuple[dict[str, dict[str, str]], ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The first row of the file."""
        return tuple(c.name for c in self.columns)


class Entry(msgspec.Struct, frozen=True):
    """A to-do with the document that it is from."""

    document: Document
    todo: Todo


@cache
def presets() -> dict[str, Preset]:
    """The presets by their ids, in the order of the rule file."""
    return _read("preset")


@cache
def interfaces() -> dict[str, Preset]:
    """What the trackers that tasks are sent to take, by their ids."""
    return _read("interface")


def _read(array: str) -> dict[str, Preset]:
    found = {row["id"]: msgspec.convert(row, Preset) for row in load("trackers")[array]}
    for preset in found.values():
        for column in preset.columns:
            if (column.value is None) == (column.constant is None) or column.value not in (None, *FIELDS):
                raise RuleError(
                    f"trackers.toml: column '{column.name}' of '{preset.id}' names no field; use one of {list(FIELDS)}"
                )
    return found


def preset_by_id(id_: str) -> Preset:
    """The preset; raises `KeyError` for another name than those of `presets()`."""
    return presets()[id_]


def preset_rows(document: Document, preset: Preset) -> Iterator[tuple[Value, ...]]:
    """One row per to-do of the document, under the preset's headings."""
    for todo in todos(document):
        entry = Entry(document, todo)
        yield tuple(fill(c, preset, FIELDS[c.value](entry) if c.value else c.constant) for c in preset.columns)


def fill(column: PresetColumn, preset: Preset, value: Value) -> Value:
    """A value as the tracker takes it: dated, worded, on one line and cut to length."""
    if isinstance(value, dt.date):
        return value.strftime(preset.dates) if preset.dates_as_text else value
    if not isinstance(value, str):
        return value
    text = column.words.get(value, printable(value))
    text = text.strip() if column.lines else " ".join(text.split())
    if column.spaces is not None:
        text = re.sub(r"\s+", column.spaces, text)
    return cut(text, column.most)


def cut(text: str, most: int | None) -> str:
    """At most so many characters, cut at a word with "…" behind it."""
    if most is None or len(text) <= most:
        return text
    whole, _, rest = text[:most].rpartition(" ")
    return (whole if len(rest) < 40 and whole else text[: most - 1]).rstrip(" ,;:-–") + "…"


def _summary(e: Entry) -> str:
    """The title; where several days make several entries, the deadline tells them apart."""
    t = e.todo
    several = t.deadline is not None and sum(1 for d in t.task.deadlines if d.end or d.rrule) > 1
    return f"{t.task.title} ({t.deadline.text})" if several and t.deadline else t.task.title


def _description(e: Entry) -> str:
    t = e.todo.task
    pairs = (
        ("Cơ quan chủ trì", names(t.lead)),
        ("Cơ quan phối hợp", names(t.cooperating)),
        ("Cấp trình, phê duyệt", names(t.approver)),
        ("Thời hạn", deadline_texts(t)),
        ("Sản phẩm", "; ".join(t.products)),
        ("Kinh phí", t.budget or ""),
        ("Ghi chú", t.notes or ""),
        ("Mục", section_text(t)),
        ("Văn bản", document_name(e.document) + (f", trang {t.span.page}" if t.span.page else "")),
    )
    return "\n".join([t.text, "", *(f"{name}: {value}" for name, value in pairs if value)])


def _start(e: Entry) -> dt.date | None:
    """The first day of work: as stated, else the day of issue, but never after the due day."""
    due = e.todo.due
    start = (due.start if due else None) or e.document.header.issued_on
    return min(start, due.day) if start and due and due.day else start


# What a column of a preset can be filled with.
FIELDS: dict[str, Callable[[Entry], Value]] = {
    "key": lambda e: e.todo.key,
    "summary": _summary,
    "text": lambda e: e.todo.task.text,
    "description": _description,
    "kind": lambda e: e.todo.task.kind,
    "kind_label": lambda e: labels.KINDS[e.todo.task.kind],
    "lead": lambda e: names(e.todo.task.lead),
    "first_lead": lambda e: e.todo.task.lead[0].name if e.todo.task.lead else None,
    "cooperating": lambda e: names(e.todo.task.cooperating),
    "start": _start,
    "due": lambda e: e.todo.due.day if e.todo.due else None,
    "deadline": lambda e: deadline_texts(e.todo.task),
    "rule": lambda e: e.todo.due.rule if e.todo.due else None,
    "recurring": lambda e: "Yes" if e.todo.due and e.todo.due.rule else "No",
    "products": lambda e: "; ".join(e.todo.task.products),
    "section": lambda e: e.todo.task.section_path[-1] if e.todo.task.section_path else None,
    "document": lambda e: document_name(e.document),
}
