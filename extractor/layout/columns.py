"""What each column of a task table holds, from its heading and, where that is odd, from its contents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import msgspec

from extractor.clean import Block, Grid, Text
from extractor.layout.column_headings import Role, role_of

if TYPE_CHECKING:
    from extractor.judge.judge import Judge

_MOST_HEADER_ROWS = 3
_NUMBERING = re.compile(r"^\(?\d{1,2}\)?(?:\s*=.*)?$")
_FIGURE = re.compile(r"^[<>≥≤±+-]?\s*\d[\d.,]*\s*%?$")
_UNIT = 16
SURE = 0.5  # of a judge; measured in models/crossvalidate.py
_TIME = re.compile(r"(?i)\b(?:quý|tháng|năm|ngày|thường xuyên|hằng|hàng|giai đoạn|\d{1,2}/\d{4})\b")
_AGENCY = re.compile(
    r"\b(?:Bộ|Sở|Ban|UBND|Ủy ban|Uỷ ban|Phòng|Các (?:bộ|sở|đơn vị|cơ quan)|Cục|Công an|Thanh tra|Văn phòng|Trường"
    r"|Khoa)\b"
)


# A mark in the column of a year or a quarter: the work falls into it.
_MARK = re.compile(r"^[xX✓✔√●•*+]$")
_PERIOD = re.compile(
    r"(?i)^(?:(?:năm|quý|tháng|q|t|giai đoạn)\s*)?(?:20\d\d(?:\s*[-–]\s*20\d\d)?|[IVX]{1,3}|\d{1,2})(?:\s*/\s*20\d\d)?$"
)


class Layout(msgspec.Struct, frozen=True):
    """Column roles by index, the number of header rows, and whether the table holds tasks.

    `periods` gives the heading of a column of marks: "x" below "Năm 2027" says when.
    """

    roles: tuple[Role, ...]
    header_rows: int
    periods: dict[int, Block] = {}

    @property
    def is_tasks(self) -> bool:
        """A column of tasks and one that says who or when: else it is a form, a list or statistics."""
        who_or_when = {"lead", "cooperating", "lead_and_cooperating", "deadline"}
        return "task" in self.roles and bool(who_or_when & set(self.roles))

    def column(self, role: Role) -> int | None:
        """The first column with that role."""
        return self.roles.index(role) if role in self.roles else None


def read_columns(text: Text, grid: Grid, before: Layout | None, judge: Judge | None = None) -> Layout:
    """The layout of a table; a table without a header of its own takes that of the table `before` it.

    The judge is asked of a column that neither a heading nor its contents tell.
    """
    width = len(grid.rows[0]) if grid.rows else 0
    best: tuple[int, tuple[Role | None, ...]] = (0, ())
    for depth in range(1, min(_MOST_HEADER_ROWS, len(grid.rows)) + 1):
        roles = tuple(role_of(_heading(text, grid, c, depth)) for c in range(width))
        if _worth(roles) > _worth(best[1]) and not _is_data(text, grid.rows[depth - 1]):
            best = (depth, roles)
    depth, found = best
    if _worth(found) < 2:
        if before and len(before.roles) == width:
            return Layout(before.roles, 0, before.periods)
        if judge and (judged := _judged(text, grid, judge)):
            return judged
        depth, found = 0, (None,) * width
    while depth and depth < len(grid.rows) and _goes_on(text, grid.rows[depth - 1], grid.rows[depth], found):
        depth += 1
        found = tuple(role_of(_heading(text, grid, c, depth)) for c in range(width))
    while depth < len(grid.rows) and _numbers_columns(text, grid.rows[depth]):
        depth += 1
    roles = _settle(text, grid, depth, found, judge)
    periods = _periods(text, grid, depth)
    return Layout(tuple("deadline" if c in periods else role for c, role in enumerate(roles)), depth, periods)


def is_mark(cell: str) -> bool:
    """A cross or a tick: "x"."""
    return bool(_MARK.match(cell))


def _periods(text: Text, grid: Grid, depth: int) -> dict[int, Block]:
    """The headings of the columns of marks, by column."""
    found: dict[int, Block] = {}
    for c in range(len(grid.rows[0]) if grid.rows and depth else 0):
        heading = grid.rows[depth - 1][c]
        filled = [s for row in grid.rows[depth:] if (s := text[row[c]]) and len({b.start for b in row}) > 1]
        if _PERIOD.match(text[heading]) and filled and all(map(is_mark, filled)):
            found[c] = heading
    return found


def _heading(text: Text, grid: Grid, column: int, depth: int) -> str:
    parts: list[str] = []
    for row in grid.rows[:depth]:
        s = text[row[column]]
        if s and s not in parts:
            parts.append(s)
    # In a two-level header the lower level is the finer one: "Cơ quan thực hiện" over "Phối hợp".
    return " ".join(parts) if len(parts) < 2 or role_of(parts[-1]) is None else parts[-1]


def _worth(roles: tuple[Role | None, ...]) -> int:
    return len({r for r in roles if r is not None})


def _is_data(text: Text, row: tuple[Block, ...]) -> bool:
    """A row that starts with a number or is one long sentence is no header."""
    first = text[row[0]].strip(" .")
    return first.isdigit() or any(len(text[b]) > 120 for b in row)


def _goes_on(text: Text, above: tuple[Block, ...], row: tuple[Block, ...], found: tuple[Role | None, ...]) -> bool:
    """The second row of a header: a cell of it is the same heading, merged downwards, as in the row above."""
    return any(
        role is not None and text[below] and text[below] == text[cell]
        for role, cell, below in zip(found, above, row, strict=True)
    )


def _numbers_columns(text: Text, row: tuple[Block, ...]) -> bool:
    cells = [text[b] for b in row if text[b]]
    return len(cells) >= 2 and all(_NUMBERING.match(c) for c in cells)


def _settle(
    text: Text, grid: Grid, depth: int, found: tuple[Role | None, ...], judge: Judge | None
) -> tuple[Role, ...]:
    """Fill the roles that no heading gave from the contents of the columns."""
    roles: list[Role | None] = list(found)
    if "deadline" not in roles:
        roles = ["deadline" if r == "start" else r for r in roles]
    columns = [[text[row[c]] for row in grid.rows[depth:]] for c in range(len(found))]
    measures = [c for c, r in enumerate(roles) if r != "index" and _share(_FIGURE, columns[c]) > 0.7]
    if measures:
        # A table of figures: "Đơn vị" is the unit that they are counted in, and its targets are no tasks.
        for c, r in enumerate(roles):
            if r == "lead" and not _share(_AGENCY, columns[c]) and max(map(len, columns[c]), default=0) <= _UNIT:
                roles[c] = "other"
    _one_task_column(grid, depth, roles)
    if "task" not in roles:
        free = [c for c, r in enumerate(roles) if r in (None, "group") or (r == "target" and not measures)]
        if free:
            longest = max(free, key=lambda c: sum(map(len, columns[c])))
            if sum(map(len, columns[longest])) > 25 * max(1, len(columns[longest])):
                roles[longest] = "task"
    for c, role in enumerate(roles):
        if role is None:
            roles[c] = _by_contents(columns[c], roles)
            if roles[c] is None and judge:
                roles[c] = _asked(judge, _heading(text, grid, c, depth), columns[c], roles)
    return tuple(r or "other" for r in roles)


def _one_task_column(grid: Grid, depth: int, roles: list[Role | None]) -> None:
    """Of several columns of work the finest holds the tasks: "Nhiệm vụ chung" is merged over its "Hoạt động"."""
    tasks = [c for c, role in enumerate(roles) if role == "task"]
    if len(tasks) < 2:
        return
    cells = {c: len({row[c].start for row in grid.rows[depth:] if row[c].end > row[c].start}) for c in tasks}
    most = max(cells.values())
    finest = next(c for c in tasks if cells[c] == most)
    for c in tasks:
        if cells[c] < most and c != finest:
            roles[c] = "group"


def _by_contents(cells: list[str], taken: list[Role | None]) -> Role | None:
    filled = [s for s in cells if s]
    if not filled:
        return None
    if "index" not in taken and all(len(s) <= 5 for s in filled):
        return "index"
    if "deadline" not in taken and _share(_TIME, filled) > 0.7 and max(map(len, filled)) < 120:
        return "deadline"
    if "lead" not in taken and _share(_AGENCY, filled) > 0.7:
        return "lead"
    if "cooperating" not in taken and _share(_AGENCY, filled) > 0.7:
        return "cooperating"
    return None


def _asked(judge: Judge, heading: str, cells: list[str], taken: list[Role | None]) -> Role | None:
    """What the judge says of a column, where it is sure and no other column holds that."""
    answer = judge.column(heading, cells)
    role = cast(Role, answer.label)
    return role if answer.sure >= SURE and role not in taken and role != "task" else None


def _judged(text: Text, grid: Grid, judge: Judge) -> Layout | None:
    """The layout of a table of which the rules know no heading; None where it would hold no tasks.

    Each role goes to the column of which the judge is surest.
    """
    if len(grid.rows) < 2 or _is_data(text, grid.rows[0]):
        return None
    width = len(grid.rows[0])
    columns = [[text[row[c]] for row in grid.rows[1:]] for c in range(width)]
    answers = [judge.column(text[grid.rows[0][c]], columns[c]) for c in range(width)]
    roles: list[Role] = ["other"] * width
    for c in sorted(range(width), key=lambda c: -answers[c].sure):
        role = cast(Role, answers[c].label)
        if answers[c].sure >= SURE and role not in roles:
            roles[c] = role
    layout = Layout(tuple(roles), 1)
    return layout if layout.is_tasks else None


def _share(pattern: re.Pattern[str], cells: list[str]) -> float:
    return sum(bool(pattern.search(s)) for s in cells) / max(1, len(cells))
