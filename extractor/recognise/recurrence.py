"""Recurrences as RFC 5545 rules."""

from __future__ import annotations

import calendar
from collections.abc import Sequence

import msgspec

# How often, in steps of months where months serve: a quarter is three of them.
_STEPS = {"ngày": ("DAILY", 1), "tuần": ("WEEKLY", 1), "tháng": ("MONTHLY", 1), "năm": ("YEARLY", 1)}


class Step(msgspec.Struct, frozen=True):
    """How often a recurrence comes: every `interval` of `freq` ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")."""

    freq: str
    interval: int = 1

    @property
    def rule(self) -> str:
        """The bare rule: "FREQ=MONTHLY;INTERVAL=3"."""
        return f"FREQ={self.freq}" + (f";INTERVAL={self.interval}" if self.interval > 1 else "")

    @property
    def last_months(self) -> tuple[int, ...]:
        """The last month of each period in a year, where periods divide a year."""
        if self.freq != "MONTHLY" or 12 % self.interval:
            return ()
        return tuple(range(self.interval, 13, self.interval))


def step(word: str, count: int = 1) -> Step:
    """The step of "ngày", "tuần", "tháng", "quý" or "năm", `count` of them."""
    freq, base = _STEPS.get(word, ("MONTHLY", 3))
    return Step(freq, base * max(count, 1))


_WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"


def nine_months(every: Step) -> str:
    """The rule of `every`; what is reported of nine months comes once a year, at their end."""
    return "FREQ=YEARLY;BYMONTH=9" if every == Step("MONTHLY", 9) else every.rule


def working_edge_rule(every: Step, months: Sequence[int], *, last: bool) -> str:
    """The rule of the first or last working day, Monday to Friday, of a week, a month, a quarter or a year."""
    if every.freq == "WEEKLY":
        return f"{every.rule};BYDAY={'FR' if last else 'MO'}"
    if every.freq == "YEARLY":
        months = (12,) if last else (1,)
    elif every.interval == 3 and not months:
        months = (3, 6, 9, 12) if last else (1, 4, 7, 10)
    named = f";BYMONTH={','.join(map(str, months))}" if months else ""
    return f"FREQ=MONTHLY{named};{_WORKDAYS};BYSETPOS={-1 if last else 1}"


def times_in(word: str, times: int) -> Step | None:
    """The step of `times` in a period ("02 lần/năm": every 6 months); None where it is not a whole number."""
    whole = step(word)
    if times == 1:
        return whole
    months = {"YEARLY": 12, "MONTHLY": whole.interval}.get(whole.freq, 0)
    return Step("MONTHLY", months // times) if times and months and months % times == 0 else None


def monthday(days: Sequence[int], months: Sequence[int]) -> str:
    """The BYMONTHDAY part; a day that some of `months` lack is clamped to the month's last day.

    RFC 5545 skips months that lack the day; Civil Code 2015, Article 148.3, takes their last day instead.
    """
    if len(days) == 1 and days[0] > min(calendar.monthrange(2023, m)[1] for m in months or range(1, 13)):
        return f";BYMONTHDAY={','.join(map(str, range(28, days[0] + 1)))};BYSETPOS=-1"
    return f";BYMONTHDAY={','.join(map(str, sorted(set(days))))}"


def yearly_rule(dates: Sequence[tuple[int, int]]) -> str | None:
    """The rule of yearly (day, month)s; None where one rule cannot say them (15/6 and 10/12)."""
    months = sorted({m for _, m in dates})
    if len({d for d, _ in dates}) != 1:
        return None
    clamp = monthday([dates[0][0]], months)
    if "BYSETPOS" in clamp and len(months) > 1:
        return monthly_rule([dates[0][0]], months)
    return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}{clamp}"


def monthly_rule(days: Sequence[int], months: Sequence[int] = ()) -> str:
    """The rule of days of the month, in all `months` or in those named; -1 is the last day."""
    part = monthday(days, months)
    named = ",".join(map(str, months))
    if months and "BYSETPOS" not in part:
        return f"FREQ=YEARLY;BYMONTH={named}{part}"
    return "FREQ=MONTHLY" + (f";BYMONTH={named}" if months else "") + part
