"""From ruling lines to grids: where lines cross there are cells; where one is missing, cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from extractor.read.page import Rule

_NEAR = 3.0
_LEAST = 8.0
_OPEN = 14.0


class Grid(msgspec.Struct, frozen=True):
    """A table's lines: places of the upright (`xs`) and level ones (`ys`), and its cells.

    A span is (row, row end, column, column end), half-open; `owner` gives the cell of each place.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[tuple[int, int, int, int], ...]
    owner: tuple[tuple[int, ...], ...]

    def place(self, x: float, y: float) -> int | None:
        """The number of the cell that holds a point; None outside."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if not (0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1):
            return None
        return self.owner[row][column]

    def width_of(self, cell: int) -> float:
        """The width of a cell in points."""
        _, _, first, end = self.spans[cell]
        return self.xs[end] - self.xs[first]

    def box_of(self, cell: int) -> tuple[float, float, float, float]:
        """The box of a cell: x0, top, x1, bottom."""
        row, row_end, column, column_end = self.spans[cell]
        return self.xs[column], self.ys[row], self.xs[column_end], self.ys[row_end]


class _Stroke(msgspec.Struct):
    """A line joined of its pieces: at `at`, from `start` to `end`."""

    at: float
    pieces: list[tuple[float, float]]

    def covers(self, start: float, end: float) -> bool:
        """Whether most of a stretch is drawn."""
        drawn = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.pieces)
        return drawn >= 0.6 * (end - start)


def grids_of(rules: Iterable[Rule]) -> list[Grid]:
    """The grids that the ruling lines of a page draw, top to bottom; lone lines and frames are none."""
    rules = list(rules)
    level = _joined([((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if r.level])
    upright = _joined([((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if not r.level])
    grids = [g for part in _connected(level, upright) if (g := _grid(*part)) is not None]
    return sorted(grids, key=lambda g: g.ys[0])


def _joined(pieces: Sequence[tuple[float, float, float]]) -> list[_Stroke]:
    """Pieces that lie on one line (place, start, end) become one stroke."""
    strokes: list[_Stroke] = []
    for at, start, end in sorted(pieces):
        if strokes and at - strokes[-1].at <= _NEAR:
            strokes[-1].pieces.append((start, end))
        else:
            strokes.append(_Stroke(at, [(start, end)]))
    out: list[_Stroke] = []
    for stroke in strokes:
        merged: list[tuple[float, float]] = []
        for start, end in sorted(stroke.pieces):
            if merged and start - merged[-1][1] <= _NEAR:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        out.extend(_Stroke(stroke.at, [piece]) for piece in merged if piece[1] - piece[0] >= _LEAST)
    return out


def _connected(level: list[_Stroke], upright: list[_Stroke]) -> list[tuple[list[_Stroke], list[_Stroke]]]:
    """The strokes grouped by what touches what."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        (x0, x1) = h.pieces[0]
        for j, v in enumerate(upright):
            (top, bottom) = v.pieces[0]
            if x0 - _NEAR <= v.at <= x1 + _NEAR and top - _NEAR <= h.at <= bottom + _NEAR:
                parent[root(len(level) + j)] = root(i)
    groups: dict[int, tuple[list[_Stroke], list[_Stroke]]] = {}
    for i, stroke in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(stroke)
    for j, stroke in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(stroke)
    return [g for g in groups.values() if len(g[0]) >= 2 and len(g[1]) >= 2]


def _places(values: Iterable[float]) -> tuple[float, ...]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return tuple(out)


def _at(strokes: Iterable[_Stroke], places: Sequence[float]) -> list[_Stroke]:
    """One stroke for each place, of all the pieces that lie there."""
    out = [_Stroke(place, []) for place in places]
    for stroke in strokes:
        near = min(out, key=lambda o: abs(o.at - stroke.at))
        near.pieces.extend(stroke.pieces)
    return out


def _open_sides(level: list[_Stroke], upright: list[_Stroke]) -> list[float]:
    """Where the level lines of a table without its outer upright lines start and end."""
    first, last = min(s.at for s in upright), max(s.at for s in upright)
    starts = [s.pieces[0][0] for s in level if s.pieces[0][0] < first - _OPEN]
    ends = [s.pieces[0][1] for s in level if s.pieces[0][1] > last + _OPEN]
    return [side[0] for side in (starts, ends) if len(side) > 2 and max(side) - min(side) < 2 * _NEAR]


def _parting(places: tuple[float, ...], strokes: list[_Stroke], crossing: tuple[float, ...]) -> tuple[float, ...]:
    """The outer places, and those inner ones whose line parts at least two cells."""
    inner = [
        place
        for place, stroke in zip(places[1:-1], strokes[1:-1], strict=True)
        if any(stroke.covers(a, b) for a, b in pairwise(crossing))
    ]
    return (places[0], *inner, places[-1])


def _grid(level: list[_Stroke], upright: list[_Stroke]) -> Grid | None:
    xs, ys = _places([s.at for s in upright] + _open_sides(level, upright)), _places(s.at for s in level)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2:
        return None
    across, down = _at(level, ys), _at(upright, xs)
    ys = _parting(ys, across, xs)
    xs = _parting(xs, down, ys)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2:
        return None
    across, down = _at(level, ys), _at(upright, xs)
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for r in range(rows):
        for c in range(columns):
            here = r * columns + c
            if c + 1 < columns and not down[c + 1].covers(ys[r], ys[r + 1]):
                parent[root(here + 1)] = root(here)
            if r + 1 < rows and not across[r + 1].covers(xs[c], xs[c + 1]):
                parent[root(here + columns)] = root(here)
    members: dict[int, list[tuple[int, int]]] = {}
    for r in range(rows):
        for c in range(columns):
            members.setdefault(root(r * columns + c), []).append((r, c))
    spans: list[tuple[int, int, int, int]] = []
    owner = [[-1] * columns for _ in range(rows)]
    for places in sorted(members.values()):
        for r, c in places:
            owner[r][c] = len(spans)
        spans.append(
            (
                min(r for r, _ in places),
                max(r for r, _ in places) + 1,
                min(c for _, c in places),
                max(c for _, c in places) + 1,
            )
        )
    if len(spans) < 2:
        return None
    return Grid(xs, ys, tuple(spans), tuple(map(tuple, owner)))
