"""From drafts to limits: the year that is not written, and the first and last day that are in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import msgspec

from extractor.document import Deadline, DeadlineKind, Span
from extractor.recognise.deadline_draft import Draft
from extractor.recognise.deadline_values import Interval

_DAY = dt.timedelta(days=1)


class Days(msgspec.Struct, frozen=True):
    """First and last day in time and the day as written; `at` the part of the text that means them."""

    start: dt.date | None = None
    end: dt.date | None = None
    stated: dt.date | None = None
    at: tuple[int, int] | None = None


def settle(
    text: str,
    drafts: Sequence[Draft],
    document_date: dt.date | None,
    heading_year: int | None,
    *,
    school_year: bool = False,
) -> tuple[Deadline, ...]:
    """The limits that `drafts` are. A year that is not written is that of the heading, else of the nearest
    limit in the text that has one, following ones first, else of the document, or the year after where the day would be
    past when the document was signed. Limits of running text that lie before the document's year are left out:
    they tell what has been. With `school_year` the year of the heading is that in which a school year begins."""
    out: list[Deadline] = []
    for i, (draft, near) in enumerate(zip(drafts, _near([_year(d) for d in drafts]), strict=True)):
        year, assumed = _guess(draft, document_date, heading_year, near)
        found = _days(draft, year)
        if assumed == ("year_from_text",) and year and _out_of_order(found, drafts[i + 1 :]):
            year -= 1
            found = _days(draft, year)
        rolls = assumed == ("year_from_document",) and draft.reads != "from"
        if rolls and document_date and year and _past(found, document_date):
            year, assumed = year + 1, (*assumed, "next_year")
            found = _days(draft, year)
        if school_year and year and assumed == ("year_from_heading",) and _second_half(found):
            year, assumed = year + 1, (*assumed, "school_calendar")
            found = _days(draft, year)
        if draft.prose and document_date and _told(draft, found, document_date):
            continue
        units = [u for u in (draft.first, draft.last) if u]
        notes = tuple(dict.fromkeys((*draft.assumed, *(n for u in units for n in u.assumed), *assumed)))
        for days in found:
            start, end = days.at or (draft.start, draft.end)
            out.append(
                Deadline(
                    text[start:end],
                    draft.kind,
                    days.stated,
                    draft.bound,
                    days.start,
                    days.end,
                    draft.rule,
                    draft.offset,
                    notes,
                    Span(start, end),
                )
            )
    return tuple(out)


def _year(draft: Draft) -> int | None:
    return next((u.year for u in (draft.last, draft.first) if u and u.year), None)


def _near(written: Sequence[int | None]) -> list[int | None]:
    """For each limit the year of the nearest that has one, the following ones before the preceding."""
    out: list[int | None] = list(written)
    for order in (range(len(out) - 2, -1, -1), range(1, len(out))):
        step = order.step
        for i in order:
            out[i] = out[i] or out[i - step]
    return out


def _guess(
    draft: Draft, document_date: dt.date | None, heading_year: int | None, near: int | None
) -> tuple[int | None, tuple[str, ...]]:
    """The year for what has none, and what was assumed."""
    if not (draft.first or draft.last):
        return None, ()
    if year := _year(draft):
        return year, ()
    year, note = None, ""
    if heading_year:
        year, note = heading_year, "year_from_heading"
    elif near:
        year, note = near, "year_from_text"
    elif document_date:
        year, note = document_date.year, "year_from_document"
    if year is None:
        return None, ()
    if draft.next_year:
        return year + 1, (note, "next_year")
    return year, (note,)


def _past(found: Sequence[Days], day: dt.date) -> bool:
    ends = [d.end or d.start for d in found]
    return bool(ends) and all(e is not None and e < day for e in ends)


def _out_of_order(found: Sequence[Days], following: Sequence[Draft]) -> bool:
    """Whether the year of a following limit puts this one behind it: "trước 15/7, … trước 15/01/2027" is 2026."""
    dated = next((d for d in following if _year(d)), None)
    ends = [d.end or d.start for d in found]
    after = [d.end or d.start for d in _days(dated, _year(dated))] if dated else []
    return any(a and b and a > b for a in ends for b in after[:1])


def _second_half(found: Sequence[Days]) -> bool:
    """Whether the days lie in the months of a school year that belong to its second calendar year."""
    ends = [d.end or d.start for d in found]
    return bool(ends) and all(e is not None and e.month < 8 for e in ends)


def _told(draft: Draft, found: Sequence[Days], day: dt.date) -> bool:
    """Whether running text only tells of a time gone by."""
    if draft.kind not in ("date", "period") or draft.done:
        return False
    if draft.reads == "within":
        return _past(found, day)
    ends = [d.end or d.start for d in found]
    return bool(ends) and all(e is not None and e.year < day.year for e in ends)


def _days(draft: Draft, year: int | None) -> list[Days]:
    reader = _READS.get(draft.kind if draft.kind not in ("date", "period") else draft.reads, _bounds)
    return reader(draft, year)


def _unit(draft: Draft, year: int | None) -> tuple[Interval, ...]:
    return draft.first.days(year) if draft.first else ()


def _stated(draft: Draft, days: Sequence[Interval]) -> dt.date | None:
    return days[0].start if draft.first and draft.first.grain == "day" else None


def _before(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    if not days:
        return [Days()]
    return [Days(None, days[0].start - _DAY, _stated(draft, days))]


def _by(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    return [Days(None, days[-1].end, _stated(draft, days))] if days else [Days()]


def _on(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    return [Days(days[0].start, days[0].end, _stated(draft, days))] if days else [Days()]


def _until(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    return [Days(draft.since, days[-1].end if days else None)]


def _from(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    return [Days(days[0].start if days else None)]


def _after(draft: Draft, year: int | None) -> list[Days]:
    days = _unit(draft, year)
    return [Days(days[-1].end + _DAY if days else None)]


def _within(draft: Draft, year: int | None) -> list[Days]:
    """One period per unbroken run: "Quý I và quý III" are two, and each has its words."""
    days = _unit(draft, year)
    if len(days) < 2:
        return [Days(days[0].start, days[0].end)] if days else [Days()]
    out = []
    for i, d in enumerate(days):
        first, last = d.at or (0, 0)
        start = draft.start if i == 0 else draft.list_at + first
        end = draft.end if i == len(days) - 1 else draft.list_at + last
        out.append(Days(d.start, d.end, None, (start, end)))
    return out


def _bounds(draft: Draft, year: int | None) -> list[Days]:
    """From the first unit to the end of the second; a year written once serves both ("tháng 11 đến tháng 01/2025")."""
    first = draft.first.days(year) if draft.first else ()
    last = draft.last.days(year) if draft.last else ()
    start, end = (first[0].start if first else draft.since), (last[-1].end if last else draft.until)
    if start and end and start > end and draft.first and draft.last:
        if draft.last.year is None:
            last = draft.last.days(end.year + 1)
            end = last[-1].end if last else end
        elif draft.first.year is None:
            first = draft.first.days(start.year - 1)
            start = first[0].start if first else start
    return [Days(start, end)]


_READS: dict[DeadlineKind | str, Callable[[Draft, int | None], list[Days]]] = {
    "before": _before,
    "by": _by,
    "on": _on,
    "until": _until,
    "from": _from,
    "after": _after,
    "within": _within,
}
