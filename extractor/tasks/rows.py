"""The rows of a task table: which are tasks, and which head a group of them."""

from __future__ import annotations

import msgspec

from extractor.clean import Block, Grid, Text
from extractor.layout.columns import Layout
from extractor.layout.outline import Node, read_label


class RowItem(msgspec.Struct, frozen=True):
    """An obligation in a table row. `group` indexes the group rows of the same table, -1 for none."""

    node: int
    label: str | None
    cells: tuple[Block, ...]
    layout: Layout
    group: int


class Group(msgspec.Struct, frozen=True):
    """A group row of a table: "I | Hoàn thiện thể chế"; `parent` indexes the group it stands in, -1 for none."""

    node: int
    label: str | None
    block: Block
    parent: int


def find_rows(text: Text, n: Node, grid: Grid, layout: Layout, groups: list[Group]) -> list[RowItem]:
    """The rows of a task table; group rows are collected in `groups`."""
    task, index = layout.column("task"), layout.column("index")
    assert task is not None
    found: list[RowItem] = []
    open_: list[tuple[str, int]] = []  # (kind of label, group), outermost first
    seen: set[int] = set()
    for row in grid.rows[layout.header_rows :]:
        label_block = row[index] if index is not None else None
        fresh = label_block is not None and label_block.start not in seen and label_block.end > label_block.start
        label = text[label_block].strip().rstrip(".)") if label_block and fresh else None
        if label_block:
            seen.add(label_block.start)
        if _is_group(text, row, layout):
            block = max(row, key=lambda b: b.end - b.start)
            inside = read_label(text[block])
            if label_block and block.start == label_block.start:
                label = inside.text if inside else None
            kind = _kind_of(label or "")
            _close(open_, kind)
            groups.append(Group(n.index, label, block, open_[-1][1] if open_ else -1))
            open_.append((kind, len(groups) - 1))
        elif row[task].end > row[task].start:
            if label:
                _close(open_, _kind_of(label))
            found.append(RowItem(n.index, label or None, row, layout, open_[-1][1] if open_ else -1))
    return found


def _kind_of(label: str) -> str:
    found = read_label(label) or read_label(label + ".")
    return found.style if found else ""


def _close(open_: list[tuple[str, int]], kind: str) -> None:
    """A label of a kind that is open ends the group of that kind: row "5" ends group "4" and stays in "II"."""
    kinds = [k for k, _ in open_]
    if kind in kinds:
        del open_[kinds.index(kind) :]


def _is_group(text: Text, row: tuple[Block, ...], layout: Layout) -> bool:
    """One merged cell, or a row that says neither who nor when."""
    filled = {b.start for b in row if b.end > b.start}
    if len(filled) <= 1:
        return True
    task = layout.column("task")
    who_or_when = ("lead", "cooperating", "lead_and_cooperating", "deadline", "approver", "product")
    stated = [
        b for b, role in zip(row, layout.roles, strict=True)
        if role in who_or_when and b.end > b.start and (task is None or b.start != row[task].start)
    ]  # fmt: skip
    return not stated
