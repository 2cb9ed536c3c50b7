"""Tables ruled with level lines only: the columns are told by the gaps between the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.read.grid import Grid
from extractor.read.page import PrintedWord, Rule

_NEAR = 4.0
_STRIP = 7.0
_LINES = 3
_COLUMNS = 3


def open_grids(rules: Iterable[Rule], words: Sequence[PrintedWord]) -> list[Grid]:
    """The grids of which only level lines of one length are drawn; the words must form columns between them."""
    groups: list[list[Rule]] = []
    for rule in sorted((r for r in rules if r.level and r.x1 - r.x0 > 200), key=lambda r: r.top):
        group = next((g for g in groups if abs(g[0].x0 - rule.x0) < _NEAR and abs(g[0].x1 - rule.x1) < _NEAR), None)
        if group is None:
            groups.append([rule])
        elif rule.top - group[-1].top > 2 * _NEAR:
            group.append(rule)
    return [grid for group in groups if len(group) >= _LINES and (grid := _grid(group, words)) is not None]


def _grid(lines: list[Rule], words: Sequence[PrintedWord]) -> Grid | None:
    left, right = lines[0].x0, lines[0].x1
    ys = tuple(line.top for line in lines)
    inside = [w for w in words if left <= w.x0 and w.x1 <= right and ys[0] < w.base < ys[-1]]
    strips: list[float] = []
    reach = left
    for x0, x1 in sorted((w.x0, w.x1) for w in inside):
        if x0 - reach > _STRIP and reach > left:
            strips.append((reach + x0) / 2)
        reach = max(reach, x1)
    rows, columns = len(ys) - 1, len(strips) + 1
    filled = {r for r in range(rows) for w in inside if ys[r] < w.base < ys[r + 1]}
    if columns < _COLUMNS or len(filled) < rows:
        return None
    spans = tuple((r, r + 1, c, c + 1) for r in range(rows) for c in range(columns))
    owner = tuple(tuple(r * columns + c for c in range(columns)) for r in range(rows))
    return Grid((left, *strips, right), ys, spans, owner)
