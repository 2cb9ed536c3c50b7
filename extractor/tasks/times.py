"""By when a task is due: its own words, its cells, and what headings and fields beside it hand down."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from msgspec.structs import replace

from extractor.clean import Block, Text
from extractor.document import Deadline, Span
from extractor.layout.outline import Node, lead_ins
from extractor.recognise.cut_offs import find_cut_offs
from extractor.recognise.deadlines import find_deadlines
from extractor.tasks.cited import Cited
from extractor.tasks.handed_down import Beside, heading_limits, stated_limits, trace
from extractor.tasks.rows import Group
from extractor.tasks.sections import Sections
from extractor.tasks.tree import OUTER

# The year that a heading sets for what stands below it; "năm 2026 - 2030" sets none.
_YEAR = re.compile(r"\bnăm (?P<school>học )?(?P<year>20\d\d)\b(?(school)|(?!\s*[-–]\s*20))", re.IGNORECASE)
FROM_HEADING, FROM_GROUP = "deadline_from_heading", "deadline_from_group"


class Times:
    """Reads the limits and cut-offs of a stretch of the text, with the year that its headings set."""

    def __init__(
        self,
        text: Text,
        nodes: Sequence[Node],
        sections: Sections,
        cited: Cited,
        *,
        on: dt.date | None,
        title: str | None,
    ) -> None:
        self.text, self.nodes, self.sections, self.cited = text, nodes, sections, cited
        self.lead_ins = lead_ins(text, nodes)
        self._read: dict[tuple[int, int, str | None, bool], tuple[Deadline, ...]] = {}
        self._cut: dict[tuple[int, int, str | None, bool], tuple[Deadline, ...]] = {}
        self._years: dict[str | None, tuple[int | None, bool]] = {}
        self.on, self.title = on, title
        self.beside = Beside(text, nodes)
        self.above: dict[int, tuple[Deadline, ...]] = {}

    def limits(self, start: int, end: int, section_id: str | None, *, column: bool) -> tuple[Deadline, ...]:
        """The limits of a stretch; with `column` it is a cell of a column of times."""
        key = (start, end, section_id, column)
        if key not in self._read:  # a heading is asked again for each of its items
            self._read[key] = self._limits(start, end, section_id, column=column)
        return self._read[key]

    def _limits(self, start: int, end: int, section_id: str | None, *, column: bool) -> tuple[Deadline, ...]:
        year, school = self._year(section_id)
        skip = self._cited(start, end)
        skip += [(d.span.start - start, d.span.end - start) for d in self.cut_offs(start, end, section_id)]
        found = find_deadlines(
            self.text.value[start:end], self.on, heading_year=year, school_year=school, in_time_column=column, skip=skip
        )
        return tuple(_moved(d, start) for d in found if column or not self._is_history(d))

    def since(self, first: Block | None, limits: tuple[Deadline, ...], section_id: str | None) -> tuple[Deadline, ...]:
        """Limits of a cell with the day on which the work starts by a cell of its own: one period instead of two.

        "01/6/2026" beside "30/6/2026" is 01/6 to 30/6/2026. Where either cell says more than one day or period, or the
        days do not follow each other, both stand as they are.
        """
        if first is None or first.end == first.start:
            return limits
        starts = self.limits(first.start, first.end, section_id, column=True)
        if len(starts) != 1 or len(limits) != 1:
            return starts + limits
        start, end = starts[0].start or starts[0].end, limits[0].end
        if start is None or end is None or limits[0].rrule or end < start:
            return starts + limits
        assumed = (*starts[0].assumed, *(a for a in limits[0].assumed if a not in starts[0].assumed))
        span = Span(starts[0].span.start, limits[0].span.end)
        return (
            Deadline(
                self.text.value[span.start : span.end], "period", None, "within", start, end, None, None, assumed, span
            ),
        )

    def cut_offs(self, start: int, end: int, section_id: str | None, *, named: bool = False) -> tuple[Deadline, ...]:
        """The cut-offs of a stretch; with `named` it is a field or a cell that holds one."""
        key = (start, end, section_id, named)
        if key not in self._cut:  # asked for before the limits, which leave them out, and by the task itself
            year, school = self._year(section_id)
            found = find_cut_offs(
                self.text.value[start:end], self.on, heading_year=year, school_year=school, named=named,
                skip=self._cited(start, end),
            )  # fmt: skip
            self._cut[key] = tuple(_moved(d, start) for d in found)
        return self._cut[key]

    def handed_down(self, index: int, section_id: str | None) -> tuple[Deadline, ...]:
        """The limits that hold for an item without its own: of the fields below its group, or of what stands above."""
        below = [f for f in self.beside.below(index) if f.role == "deadline"]
        found = tuple(d for f in below for d in self.limits(f.start, f.end, section_id, column=True))
        return trace(found, FROM_GROUP) if found else self._above(index, section_id)

    def of_groups(self, groups: Sequence[Group], index: int, section_id: str | None) -> tuple[Deadline, ...]:
        """The limits that the innermost group row with a limit hands down to a row of its table."""
        while index >= 0:
            block = groups[index].block
            if found := self._of_title(block.start, block.end, section_id, open_=False):
                return trace(found, FROM_HEADING)
            index = groups[index].parent
        return ()

    def _above(self, index: int, section_id: str | None) -> tuple[Deadline, ...]:
        """What the innermost heading or lead-in above a node with a limit hands down."""
        if index in self.above:
            return self.above[index]
        parent = self.nodes[index].parent
        found: tuple[Deadline, ...] = ()
        if parent is not None:
            fields = [f for f in self.beside.above(parent) if f.role == "deadline"]
            found = trace(
                tuple(d for f in fields for d in self.limits(f.start, f.end, section_id, column=True)), FROM_GROUP
            )
            found = found or trace(self._named_by(parent, index, section_id), FROM_HEADING)
            found = found or self._above(parent, section_id)
        self.above[index] = found
        return found

    def _named_by(self, parent: int, child: int, section_id: str | None) -> tuple[Deadline, ...]:
        between = next((n for n in reversed(self.lead_ins.get(parent, ())) if n.index < child), None)
        if between and (found := self._of_title(between.start, between.end, section_id, open_=True)):
            return found
        n = self.nodes[parent]
        return self._of_title(n.start, n.end, section_id, open_=n.style not in OUTER)

    def _of_title(self, start: int, end: int, section_id: str | None, *, open_: bool) -> tuple[Deadline, ...]:
        title = self.text.value[start:end]
        if not title:
            return ()
        cell = [_moved(d, -start) for d in self.limits(start, end, section_id, column=True)]
        found = heading_limits(title, cell, self.on)
        if not found and open_:
            said = [_moved(d, -start) for d in self.limits(start, end, section_id, column=False)]
            found = stated_limits(title, said)
        return tuple(_moved(d, start) for d in found)

    def _cited(self, start: int, end: int) -> list[tuple[int, int]]:
        return [(c.span.start - start, c.span.end - start) for c in self.cited.within(start, end)]

    def _is_history(self, d: Deadline) -> bool:
        """A year before the plan's own in running text tells the past: "hồ sơ hình thành trước năm 2011"."""
        year = self.on.year if self.on else self._year(None)[0]
        return year is not None and d.end is not None and d.end.year < year - 1

    def _year(self, section_id: str | None) -> tuple[int | None, bool]:
        """The year that the innermost heading or the title sets, and whether it is a school year."""
        if section_id not in self._years:
            self._years[section_id] = self._stated_year(section_id)
        return self._years[section_id]

    def _stated_year(self, section_id: str | None) -> tuple[int | None, bool]:
        for title in (*reversed(self.sections.path(section_id)), self.title or ""):
            if m := _YEAR.search(title):
                return int(m["year"]), m["school"] is not None
        return None, False


def _moved(d: Deadline, by: int) -> Deadline:
    return replace(d, span=Span(d.span.start + by, d.span.end + by))
