"""Tables without any line: columns told by their headings and by the white between them, rows by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from extractor.read.grid import Grid
from extractor.read.labels import opens_item
from extractor.read.lines import Line, lines_of
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.syllables import bare
from extractor.rules import load

_GAP = 9.0  # points of white between two headings
_STRIP = 0.3  # of the size: a little more than a space, but white from the heading to the last row
_KNOWN = 3  # headings of a table that must be known ones
_Strip = tuple[float, float]
_NUMBER = re.compile(r"\d{1,3}[.)]?|[IVX]{1,5}[.)]?")


def aligned_grids(page: PrintedPage, words: Sequence[PrintedWord]) -> list[Grid]:
    """The grids of tables of which no line is drawn: at least three known headings, the first of them of row numbers.

    A line that fills the width under the last row ends the table; a group's name may run across the columns.
    """
    grids: list[Grid] = []
    lines = lines_of(page, words)
    at = 0
    while at < len(lines):
        grid, at = _grid_from(lines, at) if _is_heading(lines[at]) else (None, at + 1)
        if grid is not None:
            grids.append(grid)
    return grids


@cache
def _headings() -> dict[str, str]:
    return {_plain(name): row["role"] for row in load("columns")["column"] for name in row["examples"]}


def _plain(text: str) -> str:
    return " ".join(re.sub(r"\W+", " ", bare(text).lower()).split())


def _parts(line: Line) -> list[list[PrintedWord]]:
    """The words of a line, parted where the white between them is wide; a heading of row numbers is one word."""
    parts = [[line.words[0]]]
    for before, word in pairwise(line.words):
        numbers = before is line.words[0] and _headings().get(_plain(before.text)) == "index"
        if numbers or word.x0 - before.x1 > _GAP:
            parts.append([])
        parts[-1].append(word)
    return parts


def _is_heading(line: Line) -> bool:
    """Whether a line heads the columns of a table of tasks, the numbers of its rows first."""
    roles = [_headings().get(_plain(" ".join(w.text for w in part))) for part in _parts(line)]
    return roles[0] == "index" and len({r for r in roles if r}) >= _KNOWN


def _grid_from(lines: Sequence[Line], at: int) -> tuple[Grid | None, int]:
    """The grid under a heading, and the line after it."""
    # The white between the headings, in which the borders of the columns lie.
    borders = [(left[-1].x1, right[0].x0) for left, right in pairwise(_parts(lines[at]))]
    fitting, end, strips = [lines[at]], at + 1, _strips(lines[at : at + 1], borders)
    while end < len(lines):
        narrower = _strips([*fitting, lines[end]], borders)
        if len(narrower) == len(borders):
            strips = narrower
            fitting.append(lines[end])
        elif not _heads_group(lines, end, strips):
            break
        end += 1
    ys = _row_places(lines[at:end], strips)
    if len(ys) < _KNOWN:
        return None, at + 1
    left = min(line.x0 for line in lines[at:end]) - 1
    right = max(line.x1 for line in lines[at:end]) + 1
    return _made((left, *((a + b) / 2 for a, b in strips), right), ys, lines[at:end]), end


def _heads_group(lines: Sequence[Line], at: int, strips: Sequence[_Strip]) -> bool:
    """Whether a numbered line that runs across the columns has rows below it."""
    if not (opens_item(lines[at].text) or _numbered(lines[at], strips)) or at + 1 == len(lines):
        return False
    return _numbered(lines[at + 1], strips) and not _crosses(lines[at + 1], strips)


def _strips(lines: Sequence[Line], borders: Sequence[_Strip]) -> list[_Strip]:
    """The widest strip that all the lines leave white between each two headings; none where it is narrow."""
    spans = sorted((w.x0, w.x1) for line in lines for w in line.words)
    white: list[_Strip] = []
    reach = spans[0][1]
    for x0, x1 in spans:
        if x0 - reach > _STRIP * lines[0].size:
            white.append((reach, x0))
        reach = max(reach, x1)
    inside = [[s for s in white if a - 0.1 <= s[0] and s[1] <= b + 0.1] for a, b in borders]
    return [max(found, key=lambda s: s[1] - s[0]) for found in inside if found]


def _crosses(line: Line, strips: Sequence[_Strip]) -> bool:
    """Whether a word of the line stands over the border of two columns."""
    return any(w.x0 < b and w.x1 > a for a, b in strips for w in line.words)


def _numbered(line: Line, strips: Sequence[_Strip]) -> bool:
    first = [w for w in line.words if w.x1 <= strips[0][1]]
    return len(first) == 1 and bool(_NUMBER.fullmatch(first[0].text))


def _row_places(lines: Sequence[Line], strips: Sequence[_Strip]) -> tuple[float, ...]:
    """Where rows start, from the top of the heading to the bottom of the last row."""
    numbered = [k for k, line in enumerate(lines) if k and _numbered(line, strips)]
    if not numbered:
        return ()
    # A number set on the middle of its row has lines of the row above it.
    middle = any(not line.bold for line in lines[1 : numbered[0]])
    starts = [k for k, line in enumerate(lines) if k and _crosses(line, strips)]
    first = next((k for k in range(1, numbered[0] + 1) if not lines[k].bold), numbered[0]) if middle else numbered[0]
    starts.append(first)
    for above, below in pairwise(numbered):
        inner = range(above + 1, below + 1)
        starts.append(max(inner, key=lambda k: (lines[k].top - lines[k - 1].bottom, k)) if middle else below)
    places = sorted({lines[k].top - 0.5 for k in starts})
    return (lines[0].top - 1, *places, max(line.bottom for line in lines) + 1)


def _made(xs: tuple[float, ...], ys: tuple[float, ...], lines: Sequence[Line]) -> Grid:
    """The grid; a row of one line that runs across the columns is one cell behind its number."""
    rows, columns = len(ys) - 1, len(xs) - 1
    spans: list[tuple[int, int, int, int]] = []
    owner: list[list[int]] = []
    borders = [(x - 0.1, x + 0.1) for x in xs[1:-1]]
    for r in range(rows):
        inside = [line for line in lines if ys[r] <= (line.top + line.bottom) / 2 < ys[r + 1]]
        wide = len(inside) == 1 and _crosses(inside[0], borders[1:])
        row: list[int] = []
        for c in range(columns):
            if not (wide and c > 1):
                spans.append((r, r + 1, c, columns if wide and c == 1 else c + 1))
            row.append(len(spans) - 1)
        owner.append(row)
    return Grid(xs, ys, tuple(spans), tuple(map(tuple, owner)))
