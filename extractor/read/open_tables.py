"""Tables ruled with level lines only: the columns are told by the gaps between the words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from extractor.read.grid import Grid
from extractor.read.page import PrintedWord, Rule

_NEAR = 4.0
_STRIP = 7.0
_NARROW = 0.18  # of the size
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
    strips = _strips(left, inside, ys)
    rows, columns = len(ys) - 1, len(strips) + 1
    filled = {r for r in range(rows) for w in inside if ys[r] < w.base < ys[r + 1]}
    if columns < _COLUMNS or len(filled) < rows:
        return None
    spans = tuple((r, r + 1, c, c + 1) for r in range(rows) for c in range(columns))
    owner = tuple(tuple(r * columns + c for c in range(columns)) for r in range(rows))
    return Grid((left, *strips, right), ys, spans, owner)


def _strips(left: float, words: Sequence[PrintedWord], ys: Sequence[float]) -> list[float]:
    """The middles of the strips that the words leave white from top to bottom.

    A strip no wider than a space is one where the words of nearly all rows start at its end.
    """
    strips: list[float] = []
    reach = left
    for word in sorted(words, key=lambda w: w.x0):
        gap = word.x0 - reach
        starting = {bisect_right(ys, w.base) for w in words if abs(w.x0 - word.x0) < 1.0}
        aligned = gap > _NARROW * word.size and len(starting) >= max(_LINES, len(ys) - 2)
        if reach > left and (gap > _STRIP or aligned):
            strips.append((reach + word.x0) / 2)
        reach = max(reach, word.x1)
    return strips
