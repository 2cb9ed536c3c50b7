"""Dates of documents as they are printed: "19/01/2024", "19-1-2024", "ngày 19 tháng 01 năm 2024", "năm 2018"."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

_SIGN = r" ?[/.-] ?"
_PATTERN = re.compile(
    rf"(?P<day>\d{{1,2}}){_SIGN}(?P<month>\d{{1,2}}){_SIGN}(?P<year>\d{{4}})(?!\d|[/-]\w)"
    r"|(?P<day2>\d{1,2}) ?tháng ?(?P<month2>\d{1,2}),? ?năm ?(?P<year2>\d{4})(?!\d)"
    r"|(?:[.…_ ]{0,12} ?)?tháng ?(?:\d{1,2}|[.…_]{1,12}|) ?(?:năm|/) ?(?P<year3>\d{4})(?!\d)"
    r"|năm (?P<year4>\d{4})(?!\d| ?[-–] ?\d{4})"
    # A slip: "ngày 17 ngày 8 năm 2005", "ngày 31 năm 3 năm 2011"; the day is not guessed.
    r"|(?P<slip>\d{1,2}) (?:ngày|năm) \d{1,2},? (?:năm|tháng) (?P<year5>\d{4})(?!\d)",
    re.I,
)
_LEAD = re.compile(
    r",? ?\(?(?:ký |ban hành |hồi \d{1,2} ?(?:giờ|h|g) ?(?:\d{1,2} ?(?:phút)?)?,? ?)?(?P<day>ngày ?)?", re.I
)


class PrintedDate(msgspec.Struct, frozen=True):
    """A date with its half-open offsets. `value` is None where only a month or year is printed or no such day is.

    `whole` tells whether day, month and year are printed; a whole date without value does not exist.
    """

    start: int
    end: int
    value: dt.date | None
    year: int
    whole: bool


def date_at(text: str, pos: int) -> PrintedDate | None:
    """The date that stands at `pos`, "ngày" and a comma or bracket before it allowed: ", ngày 19/01/2024"."""
    lead = _LEAD.match(text, pos)
    m = _PATTERN.match(text, lead.end() if lead else pos)
    if not m:
        return None
    end = m.end()
    if lead and "(" in lead[0]:
        if text[end : end + 1] != ")":
            return None
        end += 1
    if lead and not lead["day"] and "," in lead[0]:
        # "…, 5/1/2024" is this document's date only where "ngày" says so.
        return None
    return _read(m, lead.start("day") if lead and lead["day"] else m.start(), end)


def date_in(text: str) -> PrintedDate | None:
    """The first date that is printed in `text`."""
    m = _PATTERN.search(text)
    return _read(m, m.start(), m.end()) if m else None


def _read(m: re.Match[str], start: int, end: int) -> PrintedDate:
    if m["slip"]:
        return PrintedDate(start, end, None, int(m["year5"]), whole=True)
    day, month, year = m["day"] or m["day2"], m["month"] or m["month2"], m["year"] or m["year2"]
    if day is None:
        return PrintedDate(start, end, None, int(m["year3"] or m["year4"]), whole=False)
    try:
        value = dt.date(int(year), int(month), int(day))
    except ValueError:
        value = None
    return PrintedDate(start, end, value, int(year), whole=True)
