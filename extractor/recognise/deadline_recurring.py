"""The forms that say how often a limit comes: "hằng năm", "trước ngày 20 hằng tháng", "định kỳ 6 tháng, năm"."""

from __future__ import annotations

import re

from extractor.document import Bound
from extractor.recognise.deadline_draft import Draft, Place
from extractor.recognise.deadline_values import number, week_days
from extractor.recognise.recurrence import (
    Step,
    monthly_rule,
    nine_months,
    step,
    times_in,
    working_edge_rule,
    yearly_rule,
)
from extractor.rules import load

_DAY_MONTH = re.compile(r"(\d{1,2})(?:\s*/\s*|\s+tháng\s+)(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_TIMES = re.compile(r"([^\s]+(?:\s(?:lăm|mươi))?)\s+(?:lần|lượt|đợt)")
_TAIL = re.compile(
    r"(?:[,/]|và|hoặc)\s*((?:h[^\W\d]ng\s+|cả\s+)?(?:([^\s,/]+(?:\s(?:lăm|mươi))?)\s+)?(tháng|q\w+|năm))(?!\w)"
)


def _every(place: Place, word: str | None) -> tuple[Step | None, str | None]:
    count = place.get("n")
    if times := place.get("times"):
        counted = _TIMES.search(times)
        made = times_in(word or "năm", number(counted[1]) or 0) if counted else None
    else:
        made = step(word, (number(count) or 1) if count else 1) if word else None
    return made, nine_months(made) if made else None


def recurring(place: Place, every: str | None = None) -> list[Draft]:
    """A recurrence without a day, and those listed after it ("định kỳ 6 tháng, năm"); `every` where none is written."""
    made, rule = _every(place, every or place.get("every"))
    tail = place.get("tail") or ""
    at = place.match.start("tail") if tail else place.match.end()
    out = [place.draft("recurring", end=at, step=made, rule=rule)]
    for more in _TAIL.finditer(tail):
        made = step(more[3], (number(more[2]) if more[2] else 1) or 1)
        out.append(
            place.draft("recurring", start=at + more.start(1), end=at + more.end(1), step=made, rule=nine_months(made))
        )
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
    group = "days" if place.get("days") else "days2"
    dates = [(int(d), int(m)) for d, m in _DAY_MONTH.findall(place.match[group])]
    rule = yearly_rule(dates)
    if rule:
        return [place.draft("recurring", bound=place.worded, rule=rule, step=step("năm"))]
    at = place.match.start(group)
    out: list[Draft] = []
    for m in _DAY_MONTH.finditer(place.match[group]):
        start = place.match.start() if not out else at + m.start()
        rule = yearly_rule([(int(m[1]), int(m[2]))])
        out.append(
            place.draft("recurring", start=start, end=at + m.end(), bound=place.worded, rule=rule, step=step("năm"))
        )
    return out


def _days(place: Place) -> list[int]:
    found = [int(n) for n in _NUMBER.findall(place.get("days") or place.get("days2") or "")]
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
    clock = place.get("clock2") or (place.get("clock") and place.worded == "before")
    bound: Bound | None = "by" if clock else place.worded
    return [place.draft("recurring", bound=bound, rule=rule, step=step("tuần"))]


def yearly_unit(place: Place) -> list[Draft]:
    """A month or a quarter of every year. A quarter comes once a year, in its last month."""
    units = [u for u in (place.when("u2", "u3", "u4"), place.when("u1")) if u]
    days = [d for u in units for d in u.days(2023)]
    if not days:
        return []
    bound: Bound | None = place.worded if place.get("b") else None
    months = [m for d in days for m in range(d.start.month, d.end.month + 1)]
    whole = len(days) == 1 and len(months) > 1
    if len(days) > 1:
        months = sorted({d.end.month for d in days})
    rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}" + (";BYSETPOS=-1" if whole else "")
    return [place.draft("recurring", bound=bound, rule=rule, step=step("năm"))]


def working_edge(place: Place) -> list[Draft]:
    """The first or last working day of every week, month, quarter or year."""
    every, months = step(place.get("every") or "quý"), _QUARTER_MONTHS.get(place.get("edge") or "", ())
    rule = working_edge_rule(every, months, last=place.match["which"] == "cuối")
    return [place.draft("recurring", bound=place.worded, rule=rule, step=every)]


def each_edge(place: Place) -> list[Draft]:
    """The first or last day of every month, quarter or year."""
    every, last = step(place.match["every"]), place.match["which"] == "cuối"
    rule = monthly_rule([-1 if last else 1], _edge_months(every, last=last))
    return [place.draft("recurring", bound=place.worded, rule=rule, step=every)]


def each_days(place: Place) -> list[Draft]:
    """The first or last days of every month or quarter."""
    every, last = step(place.match["every"]), place.match["which"] == "cuối"
    amount = number(place.match["n"]) or 0
    days = range(-amount, 0) if last else range(1, amount + 1)
    if not 0 < amount <= 28:
        return [place.draft("recurring", rule=every.rule, step=every)]
    return [place.draft("recurring", rule=monthly_rule(days, _edge_months(every, last=last)), step=every)]


def _edge_months(every: Step, *, last: bool) -> tuple[int, ...]:
    """The months in which what comes so often begins or ends; () for every month."""
    if every.freq == "YEARLY":
        return (12,) if last else (1,)
    return _QUARTER_MONTHS["cuối" if last else "đầu"] if every.interval == 3 else ()


def week_of_month(place: Place) -> list[Draft]:
    """A week of every month, or of a month of every quarter, as its seven days."""
    first, last = week_days(place.match["week"])
    days = ",".join(map(str, range(first, last + 1)))
    months = _QUARTER_MONTHS.get(place.get("edge") or "", ())
    head = f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))}" if months else "FREQ=MONTHLY"
    every = step("quý" if months else "tháng")
    return [place.draft("recurring", rule=f"{head};BYMONTHDAY={days}", step=every, assumed=("week_of_month",))]


def day_only(place: Place) -> list[Draft]:
    """A day of the month whose recurrence stands before it, or that is said to be every month's."""
    days = tuple(_days(place))
    rule = monthly_rule(days) if place.get("own") else None
    return [place.draft("recurring", bound=place.worded, days=days, rule=rule)]


def report_named(place: Place) -> list[Draft]:
    """The period that names a report: how often the day after it comes."""
    return [place.draft("recurring", step=step(place.match["every"]))]
