"""What a form is read from and what it gives: a place in the text, and drafts of limits.

A draft still lacks its neighbours (the day of a recurrence farther on) and the year that is not written.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from extractor.document import Bound, DeadlineKind, Offset
from extractor.recognise.deadline_grammar import Form
from extractor.recognise.deadline_values import When, read_when
from extractor.recognise.recurrence import Step
from extractor.rules import load


class Draft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
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
