"""Working days, holidays and the counting of periods."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.recognise.calendar import (
    AS_WRITTEN,
    CIVIL_CODE_2015,
    add_months,
    add_working_days,
    festival,
    is_working_day,
    next_working_day,
    period_end,
)
from extractor.rules import load

SHARED = Path(__file__).parents[2] / "shared"
KNOWN = st.dates(dt.date(2018, 2, 1), dt.date(2028, 11, 1))
ANY = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_rules_say_of_their_examples_what_they_promise() -> None:
    rules = load("holidays")
    assert all(is_working_day(e["day"]) is e["working"] for e in rules["examples"])
    assert not any(is_working_day(e["day"]) is e["working"] for e in rules["not_examples"])


@pytest.mark.parametrize(
    ("text", "worked", "why"),
    [
        ("2026-04-29", True, "a Wednesday"),
        ("2026-05-02", False, "a Saturday"),
        ("2026-05-03", False, "a Sunday"),
        ("2026-04-27", False, "for the Hung Kings' day, which fell on a Sunday"),
        ("2026-08-31", False, "swapped for 22 August"),
        ("2026-08-22", True, "a Saturday worked instead"),
        ("2026-02-20", False, "Tet"),
        ("2017-05-10", None, "before the years whose holidays are known"),
        ("2029-05-10", None, "after them"),
    ],
)
def test_a_working_day_is_neither_weekend_nor_holiday_unless_swapped(text: str, worked: bool | None, why: str) -> None:
    assert is_working_day(day(text)) is worked, why


@pytest.mark.parametrize(
    ("start", "amount", "unit", "written", "civil_code"),
    [
        # Article 147.2: the first day is not counted; 148.5: a last day that is a day off rolls on.
        ("2024-03-01", 15, "day", "2024-03-16", "2024-03-18"),
        ("2024-03-01", 30, "day", "2024-03-31", "2024-04-01"),
        ("2024-03-01", 10, "day", "2024-03-11", "2024-03-11"),
        ("2024-03-01", 5, "working_day", "2024-03-08", "2024-03-08"),
        ("2024-04-26", 1, "working_day", "2024-05-02", "2024-05-02"),
        ("2024-03-01", -5, "working_day", "2024-02-23", "2024-02-23"),
        # Article 148.3: the same day of the last month, else that month's last day.
        ("2024-03-01", 6, "month", "2024-09-01", "2024-09-04"),
        ("2024-01-31", 1, "month", "2024-02-29", "2024-02-29"),
        ("2024-02-29", 1, "year", "2025-02-28", "2025-02-28"),
        ("2028-12-20", 10, "working_day", None, None),
    ],
)
def test_periods_end_as_the_civil_code_says(
    start: str, amount: int, unit: str, written: str | None, civil_code: str | None
) -> None:
    expected = (written and day(written), civil_code and day(civil_code))
    found = (
        period_end(day(start), amount, unit, policy=AS_WRITTEN),  # type: ignore[arg-type]
        period_end(day(start), amount, unit, policy=CIVIL_CODE_2015),  # type: ignore[arg-type]
    )
    assert found == expected


def test_tet_is_the_first_day_of_the_lunar_year() -> None:
    assert festival("tet", 2026) == day("2026-02-17")
    assert festival("tet", 2050) is None


@given(KNOWN, st.integers(-60, 60))
def test_counted_working_days_are_worked_and_come_back(start: dt.date, amount: int) -> None:
    end = add_working_days(start, amount)
    assert end is None or amount == 0 or is_working_day(end)
    if end is not None and is_working_day(start):
        assert add_working_days(end, -amount) == start


@given(ANY, st.integers(-600, 600))
def test_adding_months_keeps_the_day_or_clamps_it(start: dt.date, amount: int) -> None:
    end = add_months(start, amount)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == amount
    assert end.day == start.day or (end.day < start.day and (end + dt.timedelta(days=1)).day == 1)


@given(ANY)
def test_rolling_never_moves_back(start: dt.date) -> None:
    end = next_working_day(start)
    assert end is None or (end >= start and is_working_day(end))


@given(ANY, st.integers(-(10**9), 10**9), st.sampled_from(["day", "working_day", "month", "year"]))
def test_no_period_is_too_long_to_be_refused(start: dt.date, amount: int, unit: str) -> None:
    period_end(start, amount, unit)  # type: ignore[arg-type]


def test_the_list_agrees_with_the_published_calendar() -> None:
    source = SHARED / "domain" / "vn_holidays.csv"
    if not source.exists():
        pytest.skip("the calendar of holidays is not beside the repository")
    for row in csv.DictReader(source.open(encoding="utf-8")):
        expected = row["kind"] == "make-up working day"
        assert is_working_day(day(row["date"])) is expected, row
