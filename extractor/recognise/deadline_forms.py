"""From a match of a form to drafts: limits whose missing year and neighbours are still to be seen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import msgspec

from extractor.document import Bound, DeadlineKind, Offset, OffsetUnit
from extractor.recognise.calendar import AS_WRITTEN, period_end
from extractor.recognise.deadline_grammar import Form, grammar
from extractor.recognise.deadline_values import (
    Step,
    When,
    monthly_rule,
    number,
    read_when,
    step,
    times_in,
    yearly_rule,
)
from extractor.rules import load

_DATE = re.compile(r"(?:ngày\s+)?\d{1,2}(?:\s*/\s*|\s+tháng\s+)\d{1,2}(?:(?:\s*/\s*|\s+năm\s+)\d{4})?(?!\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:\s*/\s*|\s+tháng\s+)(\d{1,2})")
_NUMBER = re.compile(r"\d+")
_CLOCK = re.compile(r"\d\s*(?:giờ|h\d*|:\d\d)\b")
_ANCHOR = re.compile(r"^,?\s*(?:kể từ sau|kể từ|tính từ|từ|sau)\s+", re.IGNORECASE)
_TAIL = re.compile(r"(?:[,/]|và|hoặc)\s*((?:h[^\W\d]ng\s+)?(?:([^\s,/]+(?:\s(?:lăm|mươi))?)\s+)?(tháng|q\w+|năm))(?!\w)")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A limit as read at one place. `dates` and `days` are what a recurrence before it may take up."""

    start: int
    end: int
    reads: str
    kind: DeadlineKind
    bound: Bound | None = None
    first: When | None = None
    last: When | None = None
    list_at: int = 0
    step: Step | None = None
    rule: str | None = None
    offset: Offset | None = None
    dates: tuple[tuple[int, int], ...] = ()
    days: tuple[int, ...] = ()
    quarter_edge: str | None = None
    clock: bool = False
    next_year: bool = False
    since: dt.date | None = None
    until: dt.date | None = None
    assumed: tuple[str, ...] = ()
    prose: bool = False
    done: bool = False


class Place(msgspec.Struct, frozen=True):
    """Where a form matched: the text as printed, the match on its lower case, the day of the document."""

    text: str
    form: Form
    match: re.Match[str]
    day: dt.date | None
    column: bool
    done: bool = False

    def get(self, name: str) -> str | None:
        """What the group `name` took, in lower case; None where the form lacks it or it took nothing."""
        return self.match[name] if name in self.match.re.groupindex else None

    def when(self, *names: str) -> When | None:
        """The unit in the first of the groups `names` that took anything."""
        found = next((v for n in names if (v := self.get(n))), None)
        return read_when(found) if found else None

    def draft(self, kind: DeadlineKind, **fields: Any) -> Draft:
        """A draft over the whole match."""
        base: dict[str, Any] = {
            "start": self.match.start(),
            "end": self.match.end(),
            "reads": self.form.reads,
            "bound": self.form.bound,
            "prose": not self.column,
            "done": self.done,
        }
        return Draft(kind=kind, **(base | fields))

    @property
    def worded(self) -> Bound | None:
        """The bound that the words of group `b` say; on the day where there are none."""
        words = self.get("b")
        if words is None:
            return "on"
        bounds: dict[Bound, list[str]] = load("deadlines")["bounds"]
        return next((bound for bound, marks in bounds.items() if any(m in words for m in marks)), None)


def read(place: Place) -> list[Draft]:
    """The drafts of a match, in order; [] where it only keeps its words from being read otherwise."""
    return _READERS[place.form.reads](place)


def _dated(place: Place) -> list[Draft]:
    """A limit at a unit, and the days that follow it in a list ("trước ngày 10/6 và 10/12")."""
    found = place.match
    listed = [(found.start(), found.end("u1"), place.when("u1"))]
    if more := place.get("more"):
        at = found.start("more")
        listed += [(at + m.start(), at + m.end(), read_when(m[0])) for m in _DATE.finditer(more)]
    else:
        listed = [(found.start(), found.end(), listed[0][2])]
    out = []
    for start, end, when in listed:
        if when is None:
            continue
        f = when.fields
        yearless = when.grain == "day" and when.year is None
        out.append(
            place.draft(
                "period" if place.form.reads in ("until", "from", "after") else "date",
                start=start,
                end=end,
                first=when,
                dates=((int(f["d"]), int(f["m"])),) if yearless else (),
                clock=_CLOCK.search(when.text) is not None,
                next_year=bool(place.get("next")),
            )
        )
    return out


def _within(place: Place) -> list[Draft]:
    when = place.when("u1")
    if when is None:
        return []
    at = place.match.start("u1") + max(when.text.find(when.fields.get("list", "")), 0)
    point = when.grain in ("day", "opening", "tet") or (
        when.grain == "edge" and not when.assumed == ("first_month_of_quarter",)
    )
    if point:
        return [place.draft("date", first=when, bound=None, reads="by")]
    return [place.draft("period", first=when, list_at=at)]


def _between(place: Place) -> list[Draft]:
    return [place.draft("period", first=place.when("u1"), last=place.when("u2"))]


def _from_now(place: Place) -> list[Draft]:
    return [place.draft("period", reads="until", first=place.when("u1"), since=place.day)]


def _every(place: Place) -> tuple[Step | None, str | None]:
    word, count = place.get("every"), place.get("n")
    if times := place.get("times"):
        n = next((number(w) for w in re.split(r"\s+lần", times) if number(w.split()[-1] if w else "")), None)
        n = n or number(times.split()[-2])
        made = times_in(word or "năm", n or 0)
    else:
        made = step(word, (number(count) or 1) if count else 1) if word else None
    return made, made.rule if made else None


def _recurring(place: Place) -> list[Draft]:
    made, rule = _every(place)
    tail = place.get("tail") or ""
    at = place.match.start("tail") if tail else place.match.end()
    out = [place.draft("recurring", end=at, step=made, rule=rule)]
    for more in _TAIL.finditer(tail):
        made = step(more[3], (number(more[2]) if more[2] else 1) or 1)
        out.append(
            place.draft("recurring", start=at + more.start(1), end=at + more.end(1), step=made, rule=made.rule)
        )
    return out


def _recurring_since(place: Place) -> list[Draft]:
    words = place.match["r"].split()
    made = step(words[-1])
    first, last = place.when("u1", "u3"), place.when("u2")
    if place.get("until"):
        return [place.draft("recurring", bound="by", step=made, rule=made.rule, last=first)]
    if place.get("u3"):
        return [place.draft("recurring", bound="within", step=made, rule=made.rule, first=first, last=first)]
    bound: Bound | None = "from" if place.get("from") else None
    return [place.draft("recurring", bound=bound, step=made, rule=made.rule, first=first, last=last)]


def _yearly(place: Place) -> list[Draft]:
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


def _monthly(place: Place) -> list[Draft]:
    return [
        place.draft("recurring", bound=place.worded, rule=monthly_rule(_days(place)), step=step("tháng"))
    ]


def _monthly_span(place: Place) -> list[Draft]:
    first, last = int(place.match["d"]), int(place.match["z"])
    if first > last:
        return [place.draft("recurring", bound="within", rule=step("tháng").rule, step=step("tháng"))]
    days = ",".join(map(str, range(first, last + 1)))
    rule = f"FREQ=MONTHLY;BYMONTHDAY={days}"
    return [place.draft("recurring", bound="within", rule=rule, step=step("tháng"))]


# The month of the quarter that carries the day; a quarterly report without one falls in the quarter's last month.
_QUARTER_MONTHS = {"đầu": (1, 4, 7, 10), "giữa": (2, 5, 8, 11), "cuối": (3, 6, 9, 12)}


def _quarterly(place: Place) -> list[Draft]:
    months = _QUARTER_MONTHS[place.get("edge") or "cuối"]
    rule = monthly_rule(_days(place), months)
    return [place.draft("recurring", bound=place.worded, rule=rule, step=step("quý"))]


def _weekly(place: Place) -> list[Draft]:
    names: dict[str, str] = load("deadlines")["numerals"]["weekday"]
    listed = " ".join(place.match["days"].split())
    days = [code for name, code in names.items() if re.search(rf"{name}(?!\w)", listed)]
    order = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
    rule = f"FREQ=WEEKLY;BYDAY={','.join(sorted(days, key=order.index))}"
    return [place.draft("recurring", bound=place.worded, rule=rule, step=step("tuần"))]


def _yearly_unit(place: Place) -> list[Draft]:
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
    day, assumed = None, ()
    patterns = grammar().patterns
    written = (offset.anchor or "").lower()
    if offset.anchor and patterns["signing"].search(written):
        day = place.day
    elif (offset.anchor and patterns["approval"].search(written)) or (not offset.anchor and place.column):
        day, assumed = place.day, ("anchor_from_document",)
    end = period_end(day, offset.amount, offset.unit, policy=AS_WRITTEN) if day else None
    return [
        place.draft(
            "relative", bound="by", offset=offset, since=day, until=end, assumed=assumed if day else ()
        )
    ]


def _ahead(place: Place) -> list[Draft]:
    offset = _offset(place, -1)
    return [place.draft("relative", bound="by", offset=offset)] if offset else []


def _condition(place: Place) -> list[Draft]:
    start, end = place.match.span()
    end -= len(place.match[0]) - len(place.match[0].rstrip(" ,:-–\t"))
    return [place.draft("conditional", start=start, end=end)]


def _day_only(place: Place) -> list[Draft]:
    return [place.draft("recurring", bound=place.worded, days=tuple(_days(place)))]


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
    "from_now": _from_now,
    "recurring": _recurring,
    "recurring_since": _recurring_since,
    "yearly": _yearly,
    "yearly_unit": _yearly_unit,
    "monthly": _monthly,
    "monthly_span": _monthly_span,
    "quarterly": _quarterly,
    "weekly": _weekly,
    "continuous": _continuous,
    "relative": _relative,
    "ahead": _ahead,
    "condition": _condition,
    "by_rule": _condition,
    "day_only": _day_only,
    "nothing": _nothing,
}
