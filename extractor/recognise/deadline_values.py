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

_TO = re.compile(r"[-–—]|đến")
_NAMED = re.compile(r"(?:tháng|q[uúùý]\w{1,2})\s{1,4}$")
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
        return (int(year) + 2000 if len(year) == 2 else int(year)) if year else None

    @property
    def assumed(self) -> tuple[str, ...]:
        """What the reading takes for granted."""
        if self.grain == "edge" and "qu" in self.fields["of"]:
            return ("month_of_quarter",) * (self.fields["edge"] != "cuối")
        if self.grain == "edge":
            return ("civil_code_146",)
        if self.grain == "quarters":
            words = _WORD.findall(self.fields["list"])
            return ("quarter_from_scan",) * any(_quarter(w) and not _quarter_as_printed(w) for w in words)
        if self.grain == "week":
            return ("week_of_month",)
        return ("school_calendar",) if self.grain in ("school", "school_edge", "term", "opening") else ()

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
        named = _NAMED.search(listed, before, word.start())
        at = (named.start() if named else word.start(), word.end())
        linked = _TO.search(listed, before, word.start()) is not None
        before = word.end()
        if runs and runs[-1][0] <= n and (linked or n <= runs[-1][1] + 1):
            runs[-1] = (runs[-1][0], max(n, runs[-1][1]), (runs[-1][2][0], word.end()))
        else:
            runs.append((n, n, at))
    return runs


def _months(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    runs = _runs(f["list"], lambda word: number(word.lstrip("t")))
    return tuple(_span(year, a, b, at) for a, b, at in runs)


def _days_run(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    month = int(f["m"])
    return tuple(
        Interval(dt.date(year, month, a), dt.date(year, month, b), at) for a, b, at in _runs(f["list"], number)
    )


def week_days(word: str) -> tuple[int, int]:
    """First and last day of the month's week that `word` names ("thứ 3": 15 to 21); negative from its end."""
    last = word.split()[1] if word.startswith("thứ ") else word.split()[0]
    if last == "cuối":
        return -7, -1
    n: int = load("deadlines")["weeks"]["number"][last]
    return 7 * n - 6, 7 * n


def _week(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    month = read_when(f["of"])
    days = month.days(year) if month else ()
    if not days:
        return ()
    a, b = week_days(f["n"])
    first = days[0].start if a > 0 else days[0].end + dt.timedelta(days=1)
    return (Interval(first + dt.timedelta(days=a - (a > 0)), first + dt.timedelta(days=b - (b > 0))),)


def _quarter_as_printed(word: str) -> int | None:
    found: int | None = load("deadlines")["numerals"]["quarter"].get(word)
    return found


def _quarter(word: str) -> int | None:
    scanned: int | None = load("deadlines")["numerals"]["quarter_scanned"].get(word)
    strokes = len(word) if not word.strip("il1") else None
    return _quarter_as_printed(word) or scanned or strokes


def _quarters(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    return tuple(_span(year, a * 3 - 2, b * 3, at) for a, b, at in _runs(f["list"], _quarter))


def _years(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    return tuple(Interval(dt.date(a, 1, 1), dt.date(b, 12, 31), at) for a, b, at in _runs(f["list"], number))


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


def _term(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    """A term whose school year is not said: the first begins in `year`, the second lies in it."""
    first = f["term"] in ("i", "1")
    return _school(f, year if first else year - 1)


def _school_edge(f: dict[str, str], year: int) -> tuple[Interval, ...]:
    """The first or last day of a school year or of a term of it; without years the one that falls in `year`."""
    inner = read_when(f["of"])
    whole = (inner.days(year) if inner else _school({}, year if f["edge"] == "đầu" else year - 1))[0]
    day = whole.start if f["edge"] == "đầu" else whole.end
    return (Interval(day, day),)


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
    "days": _days_run,
    "week": _week,
    "school": _school,
    "term": _term,
    "school_edge": _school_edge,
    "opening": _opening,
    "tet": _tet,
}
