"""Working days and the counting of periods (Civil Code 2015, Articles 144 to 148; Labour Code 2019, Article 112)."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import cache

import msgspec

from extractor.document import OffsetUnit
from extractor.rules import load

_DAY = dt.timedelta(days=1)
_LONGEST = 40_000  # a period of more than a century is a misreading


class Policy(msgspec.Struct, frozen=True):
    """How a period is counted. `roll`: a last day that is a day off moves to the next working day."""

    name: str
    source: str
    counts_first_day: bool
    roll: bool


CIVIL_CODE_2015 = Policy("civil_code_2015", "Bộ luật Dân sự 2015, Điều 147.2, 148.3, 148.5", False, True)
AS_WRITTEN = Policy("as_written", "Bộ luật Dân sự 2015, Điều 147.2, 148.3", False, False)


@cache
def _days_off() -> dict[dt.date, str]:
    return {row["day"]: row["name"] for row in load("holidays")["days_off"]}


@cache
def _worked() -> frozenset[dt.date]:
    return frozenset(load("holidays")["working_saturdays"])


def is_working_day(day: dt.date) -> bool | None:
    """Whether the state sector works on `day`; None in years whose holidays are not known."""
    known = load("holidays")["covers"]
    if not known["first"] <= day <= known["last"]:
        return None
    return day in _worked() or (day.weekday() < 5 and day not in _days_off())


def next_working_day(day: dt.date) -> dt.date | None:
    """`day` itself where it is worked, else the next day that is (Article 148.5); None where not known."""
    while not (worked := is_working_day(day)):
        if worked is None:
            return None
        day += _DAY
    return day


def add_working_days(day: dt.date, amount: int) -> dt.date | None:
    """The last of `amount` working days after `day`, or before it where negative; None where not known."""
    step = _DAY if amount >= 0 else -_DAY
    for _ in range(abs(amount)):
        day += step
        while not (worked := is_working_day(day)):
            if worked is None:
                return None
            day += step
    return day


def add_months(day: dt.date, amount: int) -> dt.date:
    """The same day of the month `amount` months on, else that month's last day (Article 148.3)."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def period_end(start: dt.date, amount: int, unit: OffsetUnit, *, policy: Policy = CIVIL_CODE_2015) -> dt.date | None:
    """The last day of a period of `amount` `unit`s that runs from the day `start`.

    The first day is not counted (Article 147.2). A negative amount counts back. None where the holidays
    of the years touched are not known or the calendar ends. "15 ngày kể từ ngày ký", signed on 1 March 2024:
    16 March as written; 18 March under the Civil Code, the 16th being a Saturday.
    """
    first = 1 if policy.counts_first_day and amount > 0 else 0
    try:
        if unit == "working_day":
            return add_working_days(start, amount - first) if abs(amount) <= _LONGEST else None
        if unit == "day":
            end = start + dt.timedelta(days=amount - first)
        else:
            end = add_months(start, amount * (12 if unit == "year" else 1)) - first * _DAY
    except (ValueError, OverflowError):
        return None
    return next_working_day(end) if policy.roll else end


def festival(key: str, year: int) -> dt.date | None:
    """The day of a festival of the lunar calendar ("tet": first day of the lunar year); None where not known."""
    name = load("holidays")["festivals"][key]
    return next((d for d, n in _days_off().items() if n == name and d.year == year), None)
