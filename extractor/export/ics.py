"""iCalendar (RFC 5545): one VTODO per task and day on which it falls due, with reminders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import IO
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Todo, vRecur

from extractor.document import Document
from extractor.export import Settings, labels
from extractor.export.cells import printable
from extractor.export.presets import FIELDS, Entry
from extractor.export.rows import document_name
from extractor.export.todos import todos
from extractor.version import __version__

REMINDER_DAYS = (7, 3, 1)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_PERIOD_DAYS = {"DAILY": 1, "WEEKLY": 7}


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """One calendar of all documents."""
    now = settings.now or dt.datetime.now(dt.UTC)
    name, found = "", list[Todo]()
    for document in documents:
        name = name or document_name(document)
        found += (vtodo(Entry(document, todo), now) for todo in todos(document))
    if name:
        stream.write(calendar_of(found, name).to_ical())


def calendar_of(found: Iterable[Todo], name: str | None = None) -> Calendar:
    """A calendar of these to-dos, with the time zones that they use."""
    calendar = Calendar()
    calendar.add("prodid", f"-//kehoach//kehoach {__version__}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("x-wr-calname", name)
        calendar.add("x-wr-timezone", str(ZONE))
    for todo in found:
        calendar.add_component(todo)
    calendar.add_missing_timezones()
    return calendar


def vtodo(entry: Entry, now: dt.datetime) -> Todo:
    """The entry as a VTODO. Its UID stays the same however often the document is exported.

    A single day is a date. A recurring one is that whole day in Vietnamese time, since DTSTART must lie before DUE.
    """
    task, due = entry.todo.task, entry.todo.due
    todo = Todo()
    todo.add("uid", f"{entry.todo.key}@kehoach")
    todo.add("dtstamp", now)
    todo.add("summary", printable(str(FIELDS["summary"](entry))))
    todo.add("description", printable(str(FIELDS["description"](entry))))
    todo.add("categories", [labels.KINDS[task.kind], document_name(entry.document)])
    for agency in task.lead:
        todo.add("contact", printable(agency.name))
    todo.add("status", "NEEDS-ACTION")
    if due is None or due.day is None:
        if due and due.start:
            todo.add("dtstart", due.start)
        return todo
    if due.rule:
        todo.add("dtstart", dt.datetime.combine(due.day, dt.time(), ZONE))
        todo.add("due", dt.datetime.combine(due.day, dt.time(23, 59, 59), ZONE))
        todo.add("rrule", vRecur.from_ical(_until_in_utc(due.rule)))
    else:
        if due.start and due.start < due.day:
            todo.add("dtstart", due.start)
        todo.add("due", due.day)
    period = next((n for f, n in _PERIOD_DAYS.items() if due.rule and f"FREQ={f}" in due.rule), None)
    for days in REMINDER_DAYS:
        if period is None or days < period:
            todo.add_component(_alarm(days, str(todo["summary"]), related="START" if due.rule else "END"))
    return todo


def _alarm(days: int, summary: str, *, related: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Còn {days} ngày: {summary}")
    alarm.add("trigger", dt.timedelta(days=-days), parameters={"RELATED": related})
    return alarm


def _until_in_utc(rule: str) -> str:
    """UNTIL is in UTC where DTSTART has a time zone (RFC 5545, 3.3.10); the end of the day there is 17:00 here."""
    head, found, until = rule.partition(";UNTIL=")
    return f"{head};UNTIL={until}T165959Z" if found else rule
