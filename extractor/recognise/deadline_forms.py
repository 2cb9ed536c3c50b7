"""From a match of a form to drafts: one reader per way in which a form is read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from extractor.document import Offset, OffsetUnit
from extractor.recognise.calendar import AS_WRITTEN, period_end
from extractor.recognise.deadline_draft import Draft, Place
from extractor.recognise.deadline_grammar import grammar
from extractor.recognise.deadline_recurring import (
    day_only,
    each_days,
    each_edge,
    monthly,
    monthly_span,
    quarterly,
    recurring,
    recurring_since,
    report_named,
    week_of_month,
    weekly,
    working_edge,
    yearly,
    yearly_unit,
)
from extractor.recognise.deadline_values import number, read_when

_DATE = re.compile(
    r"(?:(?:trước|đến)\s+)?((?:ngày\s+)?\d{1,2}(?:\s*/\s*|\s+tháng\s+)\d{1,2}(?:(?:\s*/\s*|\s+năm\s+)\d{4})?)(?!\d)"
)
_CLOCK = re.compile(r"\d\s*(?:giờ|h\d*|:\d\d)\b")
_ANCHOR = re.compile(r"^,?\s*(?:kể từ sau|kể từ|tính từ|từ|sau)\s+", re.IGNORECASE)


def read(place: Place) -> list[Draft]:
    """The drafts of a match, in order; [] where it only keeps its words from being read otherwise."""
    return _READERS[place.form.reads](place)


def _dated(place: Place) -> list[Draft]:
    """A limit at a unit, and the days that follow it in a list ("trước ngày 10/6 và 10/12")."""
    found = place.match
    listed = [(found.start(), found.end("u1"), place.when("u1"))]
    if more := place.get("more"):
        at = found.start("more")
        listed += [(at + m.start(), at + m.end(), read_when(m[1])) for m in _DATE.finditer(more)]
    else:
        listed = [(found.start(), found.end(), listed[0][2])]
    out = []
    for start, end, when in listed:
        if when is None:
            continue
        f = when.fields
        yearless = when.grain == "day" and when.year is None
        # "trước 17 giờ ngày 10/4": the day itself is still in time.
        hour = _CLOCK.search(when.text) is not None and place.form.reads == "before"
        out.append(
            place.draft(
                "period" if place.form.reads in ("until", "from", "after") else "date",
                start=start,
                end=end,
                first=when,
                dates=((int(f["d"]), int(f["m"])),) if yearless else (),
                **({"reads": "by", "bound": "by"} if hour else {}),
                next_year=bool(place.get("next")),
            )
        )
    return out


def _within(place: Place) -> list[Draft]:
    when = place.when("u1")
    if when is None:
        return []
    at = place.match.start("u1") + max(when.text.find(when.fields.get("list", "")), 0)
    point = when.grain in ("day", "opening", "tet", "school_edge") or (
        when.grain == "edge" and when.assumed != ("month_of_quarter",)
    )
    if point:
        f, yearless = when.fields, when.grain == "day" and when.year is None
        dates = ((int(f["d"]), int(f["m"])),) if yearless else ()
        return [place.draft("date", first=when, bound=None, reads="by", dates=dates)]
    return [place.draft("period", first=when, list_at=at)]


def _between(place: Place) -> list[Draft]:
    return [place.draft("period", first=place.when("u1"), last=place.when("u2"))]


def _either(place: Place) -> list[Draft]:
    """Two units that touch are one period; others are two."""
    first, last = place.when("u1", "u3"), place.when("u2", "u4")
    if first is None or last is None:
        return []
    year = last.year or first.year or 2023
    a, b = first.days(year), last.days(year)
    if a and b and a[-1].end + dt.timedelta(days=1) == b[0].start:
        return [place.draft("period", reads="between", first=first, last=last)]
    return [
        place.draft("period", reads="within", end=max(place.match.end("u1"), place.match.end("u3")), first=first),
        place.draft("period", reads="within", start=max(place.match.start("u2"), place.match.start("u4")), first=last),
    ]


def _from_now(place: Place) -> list[Draft]:
    return [place.draft("period", reads="until", first=place.when("u1"), since=place.day)]


def _continuous(place: Place) -> list[Draft]:
    if within := place.when("u2"):
        return [place.draft("continuous", bound="within", first=within, last=within)]
    if until := place.when("u4"):
        return [place.draft("continuous", bound="by", last=until)]
    first, last = place.when("u1"), place.when("u3")
    return [place.draft("continuous", bound="from" if first else None, first=first, last=last)]


_UNITS: dict[str, tuple[OffsetUnit, int]] = {
    "ngày làm việc": ("working_day", 1),
    "ngày": ("day", 1),
    "tuần": ("day", 7),
    "tháng": ("month", 1),
    "năm": ("year", 1),
}


def _offset(place: Place, sign: int) -> Offset | None:
    amount = number(place.match["n"])
    unit, times = _UNITS[" ".join(place.match["every"].split())]
    if not amount:
        return None
    anchor = None
    if place.get("anchor"):
        anchor = " ".join(_ANCHOR.sub("", place.text[slice(*place.match.span("anchor"))]).split()) or None
    return Offset(sign * amount * times, unit, anchor)


def _relative(place: Place) -> list[Draft]:
    """Only the document's own signing is a day that is known; a cell that names no anchor means it."""
    offset = _offset(place, 1)
    if offset is None:
        return []
    day: dt.date | None = None
    assumed: tuple[str, ...] = ()
    patterns = grammar().patterns
    written = (offset.anchor or "").lower()
    if offset.anchor and patterns["signing"].search(written):
        day = place.day
    elif (offset.anchor and patterns["approval"].search(written)) or (not offset.anchor and place.column):
        day, assumed = place.day, ("anchor_from_document",)
    end = period_end(day, offset.amount, offset.unit, policy=AS_WRITTEN) if day else None
    return [place.draft("relative", bound="by", offset=offset, since=day, until=end, assumed=assumed if day else ())]


def _hours(place: Place) -> list[Draft]:
    """Hours from an event: relative, without an offset, since the shortest unit is a day."""
    return [place.draft("relative")]


def _daily(place: Place) -> list[Draft]:
    return recurring(place, "ngày")


def _open_period(place: Place) -> list[Draft]:
    return [place.draft("period", reads="between")]


def _ahead(place: Place) -> list[Draft]:
    offset = _offset(place, -1)
    return [place.draft("relative", bound="by", offset=offset)] if offset else []


def _condition(place: Place) -> list[Draft]:
    start, end = place.match.span()
    end -= len(place.match[0]) - len(place.match[0].rstrip(" ,:-–\t"))
    return [place.draft("conditional", start=start, end=end)]


def _nothing(place: Place) -> list[Draft]:
    return []


_READERS: dict[str, Callable[[Place], list[Draft]]] = {
    "before": _dated,
    "by": _dated,
    "on": _dated,
    "until": _dated,
    "from": _dated,
    "after": _dated,
    "within": _within,
    "between": _between,
    "either": _either,
    "from_now": _from_now,
    "recurring": recurring,
    "recurring_since": recurring_since,
    "yearly": yearly,
    "yearly_unit": yearly_unit,
    "monthly": monthly,
    "monthly_span": monthly_span,
    "quarterly": quarterly,
    "weekly": weekly,
    "continuous": _continuous,
    "relative": _relative,
    "ahead": _ahead,
    "daily": _daily,
    "hours": _hours,
    "open_period": _open_period,
    "each_days": each_days,
    "each_edge": each_edge,
    "working_edge": working_edge,
    "week_of_month": week_of_month,
    "report_named": report_named,
    "condition": _condition,
    "by_rule": _condition,
    "day_only": day_only,
    "nothing": _nothing,
}
