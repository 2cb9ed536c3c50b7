"""From ruling lines to grids: where lines cross there are cells; where one is missing, cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from extractor.read.page import Rule

_NEAR = 3.0
_LEAST = 8.0
_OPEN = 14.0
# A page of an office has at most a few hundred; the search for cells is quadratic in them.
_MOST_CROSSINGS = 10_000


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


def _open_sides(level: list[_Stroke], upright: list[_Stroke]) -> list[float]:
    """Where the level lines of a table without its outer upright lines start and end."""
    first, last = min(s.at for s in upright), max(s.at for s in upright)
    starts = [s.pieces[0][0] for s in level if s.pieces[0][0] < first - _OPEN]
    ends = [s.pieces[0][1] for s in level if s.pieces[0][1] > last + _OPEN]
    return [side[0] for side in (starts, ends) if len(side) > 2 and max(side) - min(side) < 2 * _NEAR]


def _grid(level: list[_Stroke], upright: list[_Stroke]) -> Grid | None:
    """The cells that pdfplumber finds between the strokes, as one grid; None where it is no table."""
    from pdfplumber.table import edges_to_intersections, intersections_to_cells

    if len(level) * len(upright) > _MOST_CROSSINGS:
        return None
    first, last = min(s.at for s in level), max(s.at for s in level)
    edges = [_edge("h", s.at, *s.pieces[0]) for s in level]
    edges += [_edge("v", s.at, *s.pieces[0]) for s in upright]
    edges += [_edge("v", x, first, last) for x in _open_sides(level, upright)]
    cells = intersections_to_cells(edges_to_intersections(edges, _NEAR, _NEAR))
    xs, ys = (tuple(sorted({c[k] for c in cells} | {c[k + 2] for c in cells})) for k in (0, 1))
    if len(cells) < 2 or len(xs) < 3:
        return None
    spans = sorted((ys.index(top), ys.index(bottom), xs.index(x0), xs.index(x1)) for x0, top, x1, bottom in cells)
    owner = [[-1] * (len(xs) - 1) for _ in ys[1:]]
    for number, span in enumerate(spans):
        _fill(owner, number, span)
    # A place that no cell covers is a cell of its own: the lines round it are not all drawn.
    for r, row in enumerate(owner):
        for c, number in enumerate(row):
            if number < 0:
                row[c] = len(spans)
                spans.append((r, r + 1, c, c + 1))
    return Grid(xs, ys, tuple(spans), tuple(map(tuple, owner)))


def _edge(orientation: str, at: float, start: float, end: float) -> dict[str, float | str]:
    x0, top, x1, bottom = (start, at, end, at) if orientation == "h" else (at, start, at, end)
    return {"orientation": orientation, "x0": x0, "top": top, "x1": x1, "bottom": bottom}


def _fill(owner: list[list[int]], number: int, span: tuple[int, int, int, int]) -> None:
    row, row_end, column, column_end = span
    for r in range(row, row_end):
        owner[r][column:column_end] = [number] * (column_end - column)
