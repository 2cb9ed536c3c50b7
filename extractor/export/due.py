"""When a deadline falls due: the last day in time, and for a recurring one the rule that gives every such day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import takewhile

import msgspec
from dateutil.rrule import rrulestr

from extractor.document import Deadline, Task

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Due(msgspec.Struct, frozen=True):
    """`day` is the last day in time, `start` the first if there is one; `rule` yields the days of a recurring one."""

    day: dt.date | None
    start: dt.date | None = None
    rule: str | None = None


def due_of(deadline: Deadline, issued_on: dt.date | None) -> Due | None:
    """When the deadline falls due, or None where no day can be told ("thường xuyên", "theo yêu cầu").

    A recurring deadline counts from its own start, else from the day of issue; its `day` is the first one then.
    "trước ngày 25 hằng tháng" in a plan of 12/02/2026: 24/02/2026, `FREQ=MONTHLY;BYMONTHDAY=24`.
    """
    if deadline.rrule is None:
        if deadline.end is None and deadline.start is None:
            return None
        return Due(deadline.end, deadline.start)
    first = deadline.start or issued_on
    rule = _last_days(deadline.rrule, before=deadline.bound == "before")
    if first is None or rule is None:
        return Due(deadline.end, deadline.start) if deadline.end else None
    day = next(_days(rule, first), None)
    if day is None or (deadline.end and day > deadline.end):
        return None
    if deadline.end:
        rule = f"{rule};UNTIL={deadline.end:%Y%m%d}"
    return Due(day, deadline.start, rule)


def days_between(due: Due, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The days on which it falls due from `first` to `last`, both included."""
    if due.day is None:
        return ()
    if due.rule is None:
        return (due.day,) if first <= due.day <= last else ()
    return tuple(d for d in takewhile(lambda d: d <= last, _days(due.rule, due.day)) if d >= first)


def next_day(due: Due, today: dt.date) -> dt.date | None:
    """The day on which it falls due next, as seen on `today`; of one that does not recur its day, past or not."""
    if due.rule is None or due.day is None or due.day >= today:
        return due.day
    return next((d for d in _days(due.rule, due.day) if d >= today), None)


def due_range(task: Task, issued_on: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day on which anything of the task falls due; the last is None where it recurs for ever."""
    dues = [d for d in (due_of(x, issued_on) for x in task.deadlines) if d and d.day]
    days = [d.day for d in dues if d.day]
    endless = any(d.rule and "UNTIL=" not in d.rule for d in dues)
    return min(days, default=None), None if endless else max(days, default=None)


def _days(rule: str, first: dt.date) -> Iterator[dt.date]:
    for moment in rrulestr(rule, dtstart=dt.datetime.combine(first, dt.time())):
        yield moment.date()


def is_bare(rrule: str) -> bool:
    """Whether the rule names a rhythm and no day: "hằng quý", "định kỳ 6 tháng"."""
    return "BYMONTHDAY" not in rrule and "BYDAY" not in rrule


def _last_days(rrule: str, *, before: bool) -> str | None:
    """The rule of the last days in time out of a rule of stated days or periods; None where it cannot be read."""
    parts = dict(p.split("=", 1) for p in rrule.split(";") if "=" in p)
    if parts.get("FREQ") not in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY"):
        return None
    if is_bare(rrule):
        parts = _period_ends(parts)
    elif "BYMONTHDAY" in parts and "BYDAY" not in parts:
        parts = _month_days(parts, before=before)
    elif before and parts["FREQ"] == "WEEKLY" and set(parts["BYDAY"].split(",")) <= set(_WEEKDAYS):
        days = [_WEEKDAYS[_WEEKDAYS.index(d) - 1] for d in parts["BYDAY"].split(",")]
        parts = {**parts, "BYDAY": ",".join(days)}
    rule = ";".join(f"{k}={v}" for k, v in parts.items())
    try:
        rrulestr(rule, dtstart=dt.datetime(2000, 1, 1))
    except ValueError:
        return None
    return rule


def _period_ends(parts: dict[str, str]) -> dict[str, str]:
    """A rhythm without a day is kept when the work is done by the last day of each period."""
    frequency, step = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if frequency == "DAILY":
        return parts
    if frequency == "WEEKLY":
        return {**parts, "BYDAY": "SU"}
    if frequency == "MONTHLY" and step > 1 and 12 % step == 0 and "BYMONTH" not in parts:
        # "Định kỳ 6 tháng" is reckoned by the calendar year: the end of June and of December.
        return {"FREQ": "YEARLY", "BYMONTH": ",".join(map(str, range(step, 13, step))), "BYMONTHDAY": "-1"}
    months = parts.get("BYMONTH", "12" if frequency == "YEARLY" else "")
    if "BYSETPOS" in parts:
        months = months.split(",")[-1]
    kept = {k: v for k, v in parts.items() if k not in ("BYSETPOS", "BYMONTH")}
    return {**kept, **({"BYMONTH": months} if months else {}), "BYMONTHDAY": "-1"}


def _month_days(parts: dict[str, str], *, before: bool) -> dict[str, str]:
    days = [int(d) for d in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" in parts:
        return _clamped(parts, days) if before else parts
    if len(days) > 1 and days == list(range(days[0], days[0] + len(days))):
        days = [days[0] if before else days[-1]]  # a run of days is one period: "tuần đầu của tháng"
    if before:
        if days == [1]:
            return _month_before(parts)
        if 1 in days:
            return parts  # no single rule says "the day before" of such a list; the printed deadline tells
        days = [d - 1 for d in days]
    return {**parts, "BYMONTHDAY": ",".join(map(str, days))}


def _month_before(parts: dict[str, str]) -> dict[str, str]:
    """The day before the first of a month is the last of the month before."""
    moved = {**parts, "BYMONTHDAY": "-1"}
    if "BYMONTH" in parts:
        moved["BYMONTH"] = ",".join(str((int(m) - 2) % 12 + 1) for m in parts["BYMONTH"].split(","))
    return moved


def _clamped(parts: dict[str, str], days: list[int]) -> dict[str, str]:
    """The day before a day that some months lack: of the days up to it that a month has, the last but one."""
    listed = ",".join(map(str, range(min(days) - 1, max(days) + 1)))
    return {**parts, "BYMONTHDAY": listed, "BYSETPOS": "-2"}
