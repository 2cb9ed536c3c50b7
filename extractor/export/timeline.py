"""The deadlines on a line of time, one row per lead agency, as places in a drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from extractor.document import Document
from extractor.export.due import days_between
from extractor.export.todos import Todo, todos

_MOST_MONTHS = 24
_MOST_DOTS = 60
_YEAR_WIDTH = 60.0
LEFT, RIGHT, WIDTH = 250.0, 930.0, 1000.0
TOP, ROW = 40.0, 24.0
LATER = 970.0
UNKNOWN_LEAD = "(chưa rõ cơ quan chủ trì)"


class Tick(msgspec.Struct, frozen=True):
    """The first day of a month."""

    x: float
    label: str
    is_year: bool


class Mark(msgspec.Struct, frozen=True):
    """A day in a row; `x0` is where its period begins. `label` is the day or the period as printed."""

    key: str
    x: float
    y: float
    kind: str
    label: str
    x0: float | None = None


class Lane(msgspec.Struct, frozen=True):
    """The row of a lead agency."""

    name: str
    y: float


class Timeline(msgspec.Struct, frozen=True):
    """A drawing `WIDTH` wide. `first` and `last` are the days at `LEFT` and `RIGHT`; later days stand at `LATER`."""

    first: dt.date
    last: dt.date
    height: float
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    has_later: bool


def timeline(document: Document) -> Timeline | None:
    """The deadlines of the document on a line of at most two years; None where none has a day."""
    dated = [t for t in todos(document) if t.due and t.due.day]
    if not dated:
        return None
    days = sorted(t.due.day for t in dated if t.due and t.due.day)
    issued_on = document.header.issued_on
    first = min(issued_on, days[0]) if issued_on else days[0]
    if (days[0] - first).days > 366:
        first = days[0]
    first = first.replace(day=1)
    horizon = _months_on(first, _MOST_MONTHS)
    within = [d for d in days if d < horizon]
    last = _months_on(within[-1].replace(day=1), 1) if within else _months_on(first, 1)
    recurring = any(t.due and t.due.rule for t in dated)
    if recurring:
        last = max(last, _months_on(first, 12))
    lanes = {name: TOP + ROW * (i + 0.5) for i, name in enumerate(dict.fromkeys(map(_lead, _by_day(dated))))}
    scale = _Scale(first, last)
    marks = [m for t in dated for m in _marks(t, lanes[_lead(t)], scale)]
    return Timeline(
        first,
        last,
        TOP + ROW * len(lanes) + 10,
        _ticks(scale),
        tuple(Lane(name, y) for name, y in lanes.items()),
        tuple(marks),
        any(m.x == LATER for m in marks),
    )


class _Scale(msgspec.Struct, frozen=True):
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        if day > self.last:
            return LATER
        part = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(LEFT + (RIGHT - LEFT) * max(0.0, part), 1)


def _marks(t: Todo, y: float, scale: _Scale) -> list[Mark]:
    assert t.due is not None
    assert t.due.day is not None
    assert t.deadline is not None
    key, label = f"t{t.task.ordinal}", t.deadline.text
    if t.due.rule:
        days = days_between(t.due, scale.first, scale.last)
        if len(days) > _MOST_DOTS:
            return [Mark(key, scale.x(days[-1]), y, "recurring", label, scale.x(days[0]))]
        return [Mark(key, scale.x(d), y, "recurring", f"{label} ({d:%d/%m/%Y})") for d in days]
    start = t.due.start if t.due.start and t.due.start < t.due.day else None
    x = scale.x(t.due.day)
    return [Mark(key, x, y, t.task.kind, label, min(scale.x(start), x) if start else None)]


def _ticks(scale: _Scale) -> tuple[Tick, ...]:
    out: list[Tick] = []
    month = scale.first
    free = 0.0  # where the label before ends: a year takes the room of two narrow months
    while month < scale.last:
        is_year = month.month == 1 or month == scale.first
        x = scale.x(month)
        label = f"{month.month}/{month.year}" if is_year else str(month.month)
        out.append(Tick(x, label if x >= free else "", is_year))
        free = x + _YEAR_WIDTH if is_year else free
        month = _months_on(month, 1)
    return tuple(out)


def _by_day(dated: Sequence[Todo]) -> list[Todo]:
    return sorted(dated, key=lambda t: ((t.due and t.due.day) or dt.date.max, t.task.ordinal))


def _lead(t: Todo) -> str:
    return t.task.lead[0].name if t.task.lead else UNKNOWN_LEAD


def _months_on(month: dt.date, amount: int) -> dt.date:
    years, index = divmod(month.month - 1 + amount, 12)
    return dt.date(month.year + years, index + 1, 1)
