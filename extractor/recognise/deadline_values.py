"""What a unit of time and a recurrence mean: days of the calendar and RFC 5545 rules."""

from __future__ import annotations

import calendar as months_of
import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import msgspec

from extractor.recognise.calendar import festival
from extractor.recognise.deadline_grammar import grammar, lower
from extractor.rules import load

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


class Interval(msgspec.Struct, frozen=True):
    """A stretch of days, both inclusive. `at` is where in the unit's text it is named, where there are several."""

    start: dt.date
    end: dt.date
    at: tuple[int, int] | None = None


class When(msgspec.Struct, frozen=True):
    """A unit as read: its grain and fields, before its year is known."""

    text: str
    grain: str
    fields: dict[str, str]

    @property
    def year(self) -> int | None:
        """The year that is written, or None."""
        if self.grain == "tet" and "stem" in self.fields:
            return _sexagenary(self.fields["stem"], self.fields["branch"])
        year = self.fields.get("y") or (re.search(r"20\d\d", self.fields.get("of", "")) or [None])[0]
        return int(year) if year else None

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the reading takes for granted."""
        if self.grain == "edge" and "qu" in self.fields["of"]:
            return ("month_of_quarter",) * (self.fields["edge"] != "cuối")
        if self.grain == "edge":
            return ("civil_code_146",)
        if self.grain == "quarters":
            scanned = load("deadlines")["numerals"]["quarter_scanned"]
            return ("quarter_from_scan",) * any(w in scanned for w in _WORD.findall(self.fields["list"]))
        return ("school_calendar",) if self.grain in ("school", "opening") else ()

    def days(self, year: int | None) -> tuple[Interval, ...]:
        """The stretches meant, in order; () where they cannot be known ("31/02", a year not given)."""
        chosen = self.year or year
        if chosen is None:
            return ()
        try:
            return _GRAINS[self.grain](self.fields, chosen)
        except ValueError:
            return ()


def read_when(text: str) -> When | None:
    """The unit that `text` is ("Quý II/2026"), or None."""
    low = lower(text)
    if not (found := grammar().read_unit(low)):
        return None
    unit, fields = found
    return When(low, unit.grain, fields)


def number(text: str) -> int | None:
    """A number in digits or in words ("06", "hai"), or None."""
    text = " ".join(text.split())
    found: int | None = load("deadlines")["numerals"]["number"].get(text)
    return int(text) if text.isascii() and text.isdigit() else found


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, months_of.monthrange(year, month)[1])


def _span(year: int, first: int, last: int, at: tuple[int, int] | None = None) -> Interval:
    return Interval(dt.date(year, first, 1), _month_end(year, last), at)


def _day(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    day = dt.date(year, int(f["m"]), int(f["d"]))
    return (Interval(day, day),)


def _runs(listed: str, value: Callable[[str], int | None]) -> list[tuple[int, int, tuple[int, int]]]:
    """(first, last, place) of each unbroken run of a list: "I và III" are two, "II, III" and "4-6" one."""
    runs: list[tuple[int, int, tuple[int, int]]] = []
    before = 0
    for word in _WORD.finditer(listed):
        n = value(word[0])
        if n is None:
            continue
        linked = re.search(r"[-–—]", listed[before : word.start()]) is not None
        before = word.end()
        if runs and runs[-1][0] <= n and (linked or n <= runs[-1][1] + 1):
            runs[-1] = (runs[-1][0], max(n, runs[-1][1]), (runs[-1][2][0], word.end()))
        else:
            runs.append((n, n, word.span()))
    return runs


def _months(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    runs = _runs(f["list"], number)
    return tuple(_span(year, a, b, at) for a, b, at in runs)


def _quarter(word: str) -> int | None:
    numerals = load("deadlines")["numerals"]
    found: int | None = numerals["quarter"].get(word) or numerals["quarter_scanned"].get(word)
    return found


def _quarters(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    return tuple(_span(year, a * 3 - 2, b * 3, at) for a, b, at in _runs(f["list"], _quarter))


def _years(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    found = [int(y) for y in _DIGITS.findall(f["list"])]
    return (Interval(dt.date(min(found), 1, 1), dt.date(max(found), 12, 31)),)


def _this_year(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    return (_span(year, 1, 12),)


def _part(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    length = number(f["n"]) or 6
    return (_span(year, 1, length) if f["edge"] == "đầu" else _span(year, 13 - length, 12),)


def _edge(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    """Civil Code 2015, Article 146: the start, middle and end of a month and of a year; of a quarter alike."""
    edge, inner = f["edge"], read_when(f["of"])
    whole = inner.days(year)[0] if inner else _span(year, 1, 12)
    if edge == "cuối":
        return (Interval(whole.end, whole.end),)
    length = whole.end.month - whole.start.month + 1
    if length == 1:
        day = whole.start.replace(day=1 if edge == "đầu" else 15)
        return (Interval(day, day),)
    if length == 3:
        month = whole.start.month + (edge == "giữa")
        return (_span(year, month, month),)
    day = dt.date(year, 1, 1) if edge == "đầu" else dt.date(year, 6, 30)
    return (Interval(day, day),)


def _school(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    school: dict[str, Any] = load("deadlines")["school"]
    start, end = dt.date(year, **school["first"]), dt.date(year + 1, **school["last"])
    second = dt.date(year + 1, **school["second_term"])
    if f.get("term") in ("i", "1"):
        end = second - dt.timedelta(days=1)
    elif "term" in f:
        start = second
    return (Interval(start, end),)


def _opening(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    day = dt.date(year, **load("deadlines")["school"]["opening"])
    return (Interval(day, day),)


def _tet(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    day = festival("tet", year)
    return (Interval(day, day),) if day else ()


def _sexagenary(stem: str, branch: str) -> int | None:
    """The year between 2000 and 2059 of that name: 2025 is Ất Tỵ; stems run in 10 and branches in 12."""
    names = load("deadlines")["numerals"]
    branch = {"tí": "tý", "tị": "tỵ"}.get(branch, branch)
    if stem not in names["stem"] or branch not in names["branch"]:
        return None
    s, b = names["stem"].index(stem), names["branch"].index(branch)
    # 2000 was Canh Thìn: stem 0 and, counting from Thân (1980, 2004, …), branch 8.
    return next((y for y in range(2000, 2060) if y % 10 == s and (y - 2004) % 12 == b), None)


_GRAINS: dict[str, Callable[[dict[str, str], int], tuple[Interval, ...]]] = {
    "day": _day,
    "months": _months,
    "quarters": _quarters,
    "years": _years,
    "this_year": _this_year,
    "part": _part,
    "edge": _edge,
    "school": _school,
    "opening": _opening,
    "tet": _tet,
}
