"""Tables: from ruling lines or white columns to a grid, from the grid and the words to cells."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from extractor.read.aligned_tables import aligned_grids
from extractor.read.grid import Grid, grids_of
from extractor.read.labels import is_foot, is_head
from extractor.read.lines import Line, lines_of, make_line
from extractor.read.open_tables import open_grids
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.paragraphs import cell_words
from extractor.read.row_labels import mended_labels
from extractor.source import Cell, Table

_LABEL = 4


class GridCell(msgspec.Struct, frozen=True):
    """A cell and the lines in it; places are half-open ranges of rows and columns."""

    row: int
    row_end: int
    column: int
    column_end: int
    lines: tuple[Line, ...]
    width: float

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class PageTable(msgspec.Struct, frozen=True):
    """A table, on one page or joined over several. `xs` are the places of its upright lines."""

    page: PrintedPage
    top: float
    bottom: float
    xs: tuple[float, ...]
    rows: int
    cells: tuple[GridCell, ...]
    last_page: int

    @property
    def columns(self) -> int:
        return len(self.xs) - 1

    def by_place(self) -> list[list[GridCell | None]]:
        """The cells by row and column."""
        grid: list[list[GridCell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for r in range(cell.row, cell.row_end):
                for c in range(cell.column, cell.column_end):
                    grid[r][c] = cell
        return grid

    def table(self) -> Table:
        """The table as the source holds it; empty rows are left out."""
        made: dict[int, Cell] = {}
        rows: list[tuple[Cell, ...]] = []
        for row in self.by_place():
            if not any(cell and cell.lines for cell in row):
                continue
            line: list[Cell] = []
            for cell in row:
                if cell is None:
                    line.append(Cell(()))
                    continue
                if id(cell) not in made:
                    made[id(cell)] = Cell(
                        tuple(cell_words(cell.lines, cell.width)),
                        bold=bool(cell.lines) and all(part.bold for part in cell.lines),
                    )
                line.append(made[id(cell)])
            rows.append(tuple(line))
        return Table(tuple(rows), self.page.number)


def tables_of(page: PrintedPage) -> tuple[list[PageTable], list[PrintedWord]]:
    """The tables of a page, ruled or not, and the words that stand in none of them."""
    tables: list[PageTable] = []
    rest = list(page.words)
    for grid in grids_of(page.rules):
        table, outside = _filled(page, grid, rest)
        if table is not None:
            tables.append(table)
            rest = outside
    for grid in open_grids(page.rules, rest):
        table, outside = _filled(page, grid, rest)
        if table is not None and not any(t.top < table.bottom and table.top < t.bottom for t in tables):
            tables.append(table)
            rest = outside
    for grid in aligned_grids(page, rest):
        table, outside = _filled(page, grid, rest)
        if table is not None and not any(t.top < table.bottom and table.top < t.bottom for t in tables):
            tables.append(table)
            rest = outside
    return tables, rest


def _filled(page: PrintedPage, grid: Grid, words: Sequence[PrintedWord]) -> tuple[PageTable | None, list[PrintedWord]]:
    """The table of a grid, or None where the grid frames the page, the head or nothing."""
    inside: dict[int, list[PrintedWord]] = {}
    outside: list[PrintedWord] = []
    for word in words:
        place = grid.place((word.x0 + word.x1) / 2, word.base - 0.3 * word.size)
        if place is None:
            outside.append(word)
        else:
            inside.setdefault(place, []).append(word)
    cells = tuple(
        GridCell(*grid.spans[i], tuple(lines_of(page, inside.get(i, ()))), grid.width_of(i))
        for i in range(len(grid.spans))
    )
    text = " ".join(" ".join(w.text for w in found) for found in inside.values())
    if len(inside) < 2 or is_head(text) or is_foot(text):
        return None, list(words)
    if page.scanned:
        cells = _with_labels(cells)
    return PageTable(page, grid.ys[0], grid.ys[-1], grid.xs, len(grid.ys) - 1, cells, page.number), outside


def _with_labels(cells: tuple[GridCell, ...]) -> tuple[GridCell, ...]:
    """The cells of a scanned table with the numbers of its rows mended."""
    column = [c for c in cells if c.column == 0 and c.column_end == 1]
    if sum(1 for c in column if len(c.text) <= _LABEL) * 2 <= len(column):
        return cells
    mended = dict(zip(map(id, column), mended_labels([c.text for c in column]), strict=True))
    return tuple(_relabelled(c, mended[id(c)]) if mended.get(id(c), c.text) != c.text else c for c in cells)


def _relabelled(cell: GridCell, label: str) -> GridCell:
    line = cell.lines[0]
    word = replace(line.words[0], text=label, x1=line.words[-1].x1)
    return replace(cell, lines=(make_line(line.page, [word], line.column),))
