"""iCalendar, read back by a parser other than the one that wrote it."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hostile.plan import SCRIPT, hostile, plan

from extractor import Document
from extractor.export import EXPORTERS, Settings

vobject = pytest.importorskip("vobject", reason="vobject reads the calendar back")

NOW = dt.datetime(2026, 1, 10, 8, tzinfo=dt.UTC)


def calendar(*documents: Document) -> Any:
    out = io.BytesIO()
    EXPORTERS["ics"].write(documents, out, Settings(now=NOW))
    return vobject.readOne(out.getvalue().decode("utf-8"))


def entries() -> list[Any]:
    return list(calendar(plan()).vtodo_list)


def test_one_vtodo_per_day_with_its_due_day() -> None:
    found = [(t.uid.value.split("-", 1)[1], t.due.value if hasattr(t, "due") else None) for t in entries()]
    ids = [t.id for t in plan().tasks]
    assert [d.date() if isinstance(d, dt.datetime) else d for _, d in found] == [
        dt.date(2026, 6, 29), dt.date(2026, 1, 24), dt.date(2026, 6, 14), dt.date(2026, 12, 9), None, dt.date(2026, 9, 30),
    ]  # fmt: skip
    assert found[0][0] == f"{ids[0]}@kehoach"
    assert found[3][0] == f"{ids[2]}.2@kehoach"


def test_uids_stay_from_one_export_to_the_next() -> None:
    out = io.BytesIO()
    EXPORTERS["ics"].write([plan()], out, Settings(now=NOW + dt.timedelta(days=90)))
    later = vobject.readOne(out.getvalue().decode("utf-8"))
    assert [t.uid.value for t in later.vtodo_list] == [t.uid.value for t in entries()]
    assert len({t.uid.value for t in entries()}) == len(entries())


def test_a_period_starts_and_a_recurring_day_recurs() -> None:
    found = entries()
    assert found[5].dtstart.value == dt.date(2026, 7, 1)
    monthly = found[1]
    assert monthly.dtstart.value.utcoffset() == dt.timedelta(hours=7)
    assert monthly.due.value > monthly.dtstart.value
    days = rrulestr(monthly.rrule.value, dtstart=monthly.dtstart.value)[:3]
    assert [d.date().isoformat() for d in days] == ["2026-01-24", "2026-02-24", "2026-03-24"]


def test_reminders_7_3_and_1_days_before() -> None:
    for todo in entries():
        alarms = [a.trigger.value for a in getattr(todo, "valarm_list", [])]
        assert alarms == ([dt.timedelta(days=-n) for n in (7, 3, 1)] if hasattr(todo, "due") else [])


def test_lead_categories_and_words() -> None:
    first = entries()[0]
    assert first.contact.value == "Phòng Tổ chức, biên chế"
    assert first.categories.value == ["Nhiệm vụ", "Kế hoạch 5/KH-SNV"]
    assert first.summary.value.startswith("Phòng Tổ chức, biên chế chủ trì")
    assert "Thời hạn: trước ngày 30/6/2026" in first.description.value


def test_the_days_of_one_task_are_told_apart() -> None:
    found = entries()
    assert found[2].summary.value.endswith("(trước ngày 15/6/2026)")
    assert found[3].summary.value.endswith("(trước ngày 10/12/2026)")


def test_several_documents_share_a_calendar_and_none_writes_nothing() -> None:
    assert len(calendar(plan(), hostile()).vtodo_list) == 2 * len(entries())
    out = io.BytesIO()
    EXPORTERS["ics"].write([], out)
    assert out.getvalue() == b""


def test_hostile_text_stays_text() -> None:
    """Line ends, commas, semicolons and markup in the document open no property of their own."""
    todo = calendar(hostile()).vtodo_list[0]
    assert SCRIPT in todo.summary.value
    assert "\u202e" not in todo.summary.value
    assert len(calendar(hostile()).vtodo_list) == len(entries())
