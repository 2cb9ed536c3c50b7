"""When a deadline falls due, and which entries a calendar is given."""

from __future__ import annotations

import datetime as dt
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hostile.plan import plan
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from extractor.document import Bound, Deadline, Span
from extractor.export.due import due_of, due_range, next_day
from extractor.export.labels import recurrence
from extractor.export.todos import distinct_tasks, document_key, todos

ISSUED = dt.date(2026, 2, 12)


def recurring(rrule: str, bound: Bound | None = None) -> Deadline:
    return Deadline("…", "recurring", None, bound, None, None, rrule, None, (), Span(0, 1))


# What is written, its rule, its bound → the first three last days in time, from 12 February 2026 on.
CASES: list[tuple[str, str, Bound | None, tuple[str, str, str]]] = [
    ("ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25", "by", ("2026-02-25", "2026-03-25", "2026-04-25")),
    ("trước ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=25", "before", ("2026-02-24", "2026-03-24", "2026-04-24")),
    ("trước ngày 01 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=1", "before", ("2026-02-28", "2026-03-31", "2026-04-30")),
    ("trước 01/01 hằng năm", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "before", ("2026-12-31", "2027-12-31", "2028-12-31")),
    ("trước 15/6 và 15/11", "FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=15", "before", ("2026-06-14", "2026-11-14", "2027-06-14")),
    ("hằng quý", "FREQ=MONTHLY;INTERVAL=3", None, ("2026-03-31", "2026-06-30", "2026-09-30")),
    ("định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6", None, ("2026-06-30", "2026-12-31", "2027-06-30")),
    ("hằng tháng", "FREQ=MONTHLY", None, ("2026-02-28", "2026-03-31", "2026-04-30")),
    ("hằng năm", "FREQ=YEARLY", None, ("2026-12-31", "2027-12-31", "2028-12-31")),
    ("hai năm một lần", "FREQ=YEARLY;INTERVAL=2", None, ("2026-12-31", "2028-12-31", "2030-12-31")),
    ("tháng 12 hằng năm", "FREQ=YEARLY;BYMONTH=12", "on", ("2026-12-31", "2027-12-31", "2028-12-31")),
    ("cuối năm", "FREQ=YEARLY;BYMONTH=10,11,12;BYSETPOS=-1", None, ("2026-12-31", "2027-12-31", "2028-12-31")),
    ("tuần đầu của tháng", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5,6,7", "within", ("2026-03-07", "2026-04-07", "2026-05-07")),
    ("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR", "on", ("2026-02-13", "2026-02-20", "2026-02-27")),
    ("trước thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR", "before", ("2026-02-12", "2026-02-19", "2026-02-26")),
    ("hằng tuần", "FREQ=WEEKLY", None, ("2026-02-15", "2026-02-22", "2026-03-01")),
    ("hằng ngày", "FREQ=DAILY", None, ("2026-02-12", "2026-02-13", "2026-02-14")),
    ("ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "by", ("2026-02-28", "2026-03-30", "2026-04-30")),
    ("trước ngày 31 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "before", ("2026-02-27", "2026-03-30", "2026-04-29")),
    ("trước ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "before", ("2026-02-27", "2026-03-29", "2026-04-29")),
    ("trước ngày 29 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", "before", ("2026-02-27", "2026-03-28", "2026-04-28")),
    ("trước ngày 29 tháng 2 hằng năm", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", "before", ("2026-02-27", "2027-02-27", "2028-02-28")),
    ("trước ngày 31 tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", "before", ("2026-03-30", "2026-06-29", "2026-09-29")),
]  # fmt: skip


@pytest.mark.parametrize(("written", "rrule", "bound", "days"), CASES, ids=[c[0] for c in CASES])
def test_the_last_days_in_time(written: str, rrule: str, bound: Bound | None, days: tuple[str, str, str]) -> None:
    """The rule of the output marks the stated day or the period; a calendar wants the last day that is in time."""
    due = due_of(recurring(rrule, bound), ISSUED)
    assert due is not None
    assert due.day is not None
    assert due.rule is not None
    found = islice(rrulestr(due.rule, dtstart=dt.datetime.combine(due.day, dt.time())), 3)
    assert tuple(d.date().isoformat() for d in found) == days
    assert due.day.isoformat() == days[0]


@given(day=st.integers(2, 28), month=st.integers(1, 12), issued=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_a_day_that_is_itself_too_late_is_never_given(day: int, month: int, issued: dt.date) -> None:
    due = due_of(recurring(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", "before"), issued)
    assert due is not None
    assert due.day is not None
    assert due.day >= issued
    assert due.day + dt.timedelta(days=1) == dt.date(due.day.year, month, day)


def test_without_a_day_of_issue_a_recurrence_has_no_first_day() -> None:
    assert due_of(recurring("FREQ=MONTHLY;BYMONTHDAY=25"), None) is None


def test_an_unreadable_rule_gives_no_day() -> None:
    assert due_of(recurring("FREQ=SOMETIMES"), ISSUED) is None


def test_next_day_of_what_recurs_is_never_past() -> None:
    due = due_of(recurring("FREQ=MONTHLY;BYMONTHDAY=25"), ISSUED)
    assert due is not None
    assert next_day(due, dt.date(2026, 11, 26)) == dt.date(2026, 12, 25)


def test_one_entry_per_day_on_which_a_task_falls_due() -> None:
    document = plan()
    found = [(t.task.ordinal, t.due.day.isoformat() if t.due and t.due.day else None) for t in todos(document)]
    assert found == [
        (1, "2026-06-29"),
        (2, "2026-01-24"),
        (3, "2026-06-14"),
        (3, "2026-12-09"),
        (4, None),
        (5, "2026-09-30"),
    ]
    assert len({t.key for t in todos(document)}) == 6
    assert due_range(document.tasks[1], document.header.issued_on) == (dt.date(2026, 1, 24), None)


def test_a_rhythm_whose_days_are_named_is_no_entry_of_its_own() -> None:
    document = plan()
    task = document.tasks[2]
    rhythm = replace(recurring("FREQ=MONTHLY;INTERVAL=6"), span=Span(task.span.start, task.span.start + 1))
    told = replace(document, tasks=(replace(task, deadlines=(rhythm, *task.deadlines)),))
    assert [t.due.day for t in todos(told) if t.due] == [dt.date(2026, 6, 14), dt.date(2026, 12, 9)]


def test_two_tellings_are_one_entry() -> None:
    document = plan()
    a, b = document.tasks[0], replace(document.tasks[0], id="t-row", origin="table", ordinal=9)
    both = replace(document, tasks=(replace(a, same_as="t-row"), replace(b, same_as=a.id)))
    assert [t.id for t in distinct_tasks(both)] == ["t-row"]


def test_keys_tell_documents_apart_and_stay() -> None:
    document = plan()
    other = replace(document, header=replace(document.header, identifier="6/KH-SNV"))
    moved = replace(document, source=replace(document.source, file="elsewhere.txt", sha256="0" * 64))
    assert document_key(document) != document_key(other)
    assert [t.key for t in todos(document)] == [t.key for t in todos(moved)]


@pytest.mark.parametrize(
    ("rrule", "words"),
    [
        ("FREQ=YEARLY", "hằng năm"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng"),
        ("FREQ=MONTHLY;INTERVAL=3", "hằng quý"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "hằng quý"),
        ("FREQ=YEARLY;BYMONTH=6,11;BYMONTHDAY=15", "2 lần một năm"),
        ("FREQ=WEEKLY;BYDAY=FR", "hằng tuần"),
    ],
)
def test_recurrence_in_words(rrule: str, words: str) -> None:
    assert recurrence(rrule) == words
