"""The forms that say how often a limit comes: "hằng năm", "trước ngày 20 hằng tháng", "định kỳ 6 tháng, năm"."""

from __future__ import annotations

import re

from extractor.document import Bound
from extractor.recognise.deadline_draft import Draft, Place
from extractor.recognise.deadline_values import number
from extractor.recognise.recurrence import Step, monthly_rule, step, times_in, yearly_rule
from extractor.rules import load

_DAY_MONTH = re.compile(r"(\d{1,2})(?:\s*/\s*|\s+tháng\s+)(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_TIMES = re.compile(r"([^\s]+(?:\s(?:lăm|mươi))?)\s+lần")
_TAIL = re.compile(
    r"(?:[,/]|và|hoặc)\s*((?:h[^\W\d]ng\s+)?(?:([^\s,/]+(?:\s(?:lăm|mươi))?)\s+)?(tháng|q\w+|năm))(?!\w)"
)


def _every(place: Place) -> tuple[Step | None, str | None]:
    word, count = place.get("every"), place.get("n")
    if times := place.get("times"):
        counted = _TIMES.search(times)
        made = times_in(word or "năm", number(counted[1]) or 0) if counted else None
    else:
        made = step(word, (number(count) or 1) if count else 1) if word else None
    return made, made.rule if made else None


def recurring(place: Place) -> list[Draft]:
    """A recurrence without a day, and those listed after it ("định kỳ 6 tháng, năm")."""
    made, rule = _every(place)
    tail = place.get("tail") or ""
    at = place.match.start("tail") if tail else place.match.end()
    out = [place.draft("recurring", end=at, step=made, rule=rule)]
    for more in _TAIL.finditer(tail):
        made = step(more[3], (number(more[2]) if more[2] else 1) or 1)
        out.append(place.draft("recurring", start=at + more.start(1), end=at + more.end(1), step=made, rule=made.rule))
    return out


def recurring_since(place: Place) -> list[Draft]:
    """A recurrence with the time it runs from, to or in ("Hằng năm từ quý IV/2026 - 2029")."""
    words = place.match["r"].split()
    made = step(words[-1])
    first, last = place.when("u1", "u3"), place.when("u2")
    if place.get("until"):
        return [place.draft("recurring", bound="by", step=made, rule=made.rule, last=first)]
    if place.get("u3"):
        return [place.draft("recurring", bound="within", step=made, rule=made.rule, first=first, last=first)]
    bound: Bound | None = "from" if place.get("from") else None
    return [place.draft("recurring", bound=bound, step=made, rule=made.rule, first=first, last=last)]


def yearly(place: Place) -> list[Draft]:
    """Days of every year: one rule where one can say them, else one limit each."""
    dates = [(int(d), int(m)) for d, m in _DAY_MONTH.findall(place.match["days"])]
    rule = yearly_rule(dates)
    if rule:
        return [place.draft("recurring", bound=place.worded, rule=rule, step=step("năm"))]
    at, out = place.match.start("days"), []
    for m in _DAY_MONTH.finditer(place.match["days"]):
        start = place.match.start() if not out else at + m.start()
        rule = yearly_rule([(int(m[1]), int(m[2]))])
        out.append(
            place.draft("recurring", start=start, end=at + m.end(), bound=place.worded, rule=rule, step=step("năm"))
        )
    return out


def _days(place: Place) -> list[int]:
    found = [int(n) for n in _NUMBER.findall(place.match["days"])]
    return found or [-1]


def monthly(place: Place) -> list[Draft]:
    """Days of every month ("trước ngày 20 hằng tháng")."""
    return [place.draft("recurring", bound=place.worded, rule=monthly_rule(_days(place)), step=step("tháng"))]


def monthly_span(place: Place) -> list[Draft]:
    """From one day to another of every month."""
    first, last = int(place.match["d"]), int(place.match["z"])
    if first > last:
        return [place.draft("recurring", bound="within", rule=step("tháng").rule, step=step("tháng"))]
    days = ",".join(map(str, range(first, last + 1)))
    rule = f"FREQ=MONTHLY;BYMONTHDAY={days}"
    return [place.draft("recurring", bound="within", rule=rule, step=step("tháng"))]


# The month of the quarter that carries the day; a quarterly report without one falls in the quarter's last month.
_QUARTER_MONTHS = {"đầu": (1, 4, 7, 10), "giữa": (2, 5, 8, 11), "cuối": (3, 6, 9, 12)}


def quarterly(place: Place) -> list[Draft]:
    """A day of a month of every quarter ("trước ngày 15 của tháng cuối quý")."""
    months = _QUARTER_MONTHS[place.get("edge") or "cuối"]
    rule = monthly_rule(_days(place), months)
    return [place.draft("recurring", bound=place.worded, rule=rule, step=step("quý"))]


def weekly(place: Place) -> list[Draft]:
    """Days of the week; with an hour ("trước 15h00 thứ Sáu") the day itself is in time."""
    names: dict[str, str] = load("deadlines")["numerals"]["weekday"]
    listed = " ".join(place.match["days"].split())
    days = [code for name, code in names.items() if re.search(rf"{name}(?!\w)", listed)]
    order = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    rule = f"FREQ=WEEKLY;BYDAY={','.join(sorted(days, key=order.index))}"
    bound: Bound | None = "by" if place.get("clock") and place.worded == "before" else place.worded
    return [place.draft("recurring", bound=bound, rule=rule, step=step("tuần"))]


def yearly_unit(place: Place) -> list[Draft]:
    """A month or a quarter of every year. A quarter comes once a year, in its last month."""
    units = [u for u in (place.when("u2"), place.when("u1")) if u]
    days = [d for u in units for d in u.days(2023)]
    if not days:
        return []
    bound: Bound | None = place.worded if place.get("b") else None
    months = [m for d in days for m in range(d.start.month, d.end.month + 1)]
    whole = len(days) == 1 and len(months) > 1
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}" + (";BYSETPOS=-1" if whole else "")
    return [place.draft("recurring", bound=bound, rule=rule, step=step("năm"))]


def day_only(place: Place) -> list[Draft]:
    """A day of the month whose recurrence stands before it."""
    return [place.draft("recurring", bound=place.worded, days=tuple(_days(place)))]
