"""Tables that go on over the page are joined: one table, its header once, its split rows whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extractor.read.labels import continues, ends_sentence, opens_item
from extractor.read.paragraphs import Printed
from extractor.read.tables import GridCell, PageTable

_NEAR = 5.0
_HEADER_ROWS = 4
_LABEL = 8


def join_spread(flow: Iterable[Printed | PageTable]) -> Iterator[Printed | PageTable]:
    """The flow with tables joined that follow each other with only the end of a page between them."""
    held: PageTable | None = None
    for item in flow:
        if isinstance(item, Printed):
            if held is not None and any(c.isalnum() for c in item.line.text):
                yield held
                held = None
            if held is None:
                yield item
            continue
        joined = _joined(held, item) if held is not None else None
        if held is not None and joined is None:
            yield held
        held = joined or item
    if held is not None:
        yield held


def _joined(first: PageTable, second: PageTable) -> PageTable | None:
    """Both tables as one, or None where the second is a table of its own."""
    if first.last_page >= second.page.number:
        return None
    xs = _union(first.xs, second.xs)
    if xs is None:
        return None
    a = _over(first, xs)
    b = _without_header(a, _over(second, xs))
    if not b.rows:
        return msgspec.structs.replace(a, last_page=second.page.number)
    return _stacked(a, b)


def _union(first: Sequence[float], second: Sequence[float]) -> tuple[float, ...] | None:
    """The columns of both tables, in the places of the first; None where they do not agree."""
    shift = first[0] - second[0]
    moved = [x + shift for x in second]
    if abs(first[-1] - moved[-1]) > 2 * _NEAR or abs(shift) > 60:
        return None
    longer, shorter = (first, moved) if len(first) >= len(moved) else (moved, first)
    if all(any(abs(x - y) <= _NEAR for y in longer) for x in shorter[1:-1]):
        return tuple(longer)
    return None


def _over(table: PageTable, xs: tuple[float, ...]) -> PageTable:
    """The table with its cells counted by the columns `xs`."""
    shift = xs[0] - table.xs[0]
    place = [min(range(len(xs)), key=lambda i: abs(xs[i] - x - shift)) for x in table.xs]
    place[-1] = len(xs) - 1
    cells = tuple(
        msgspec.structs.replace(c, column=place[c.column], column_end=place[c.column_end]) for c in table.cells
    )
    return msgspec.structs.replace(table, xs=xs, cells=cells)


def _row_texts(table: PageTable, row: int) -> list[str]:
    """The texts of the cells that start in a row, spaces and case apart."""
    return ["".join(c.text.split()).lower() for c in table.cells if c.row == row]


def _without_header(first: PageTable, second: PageTable) -> PageTable:
    """The second table without the header rows that it repeats."""
    head = [_row_texts(first, r) for r in range(min(_HEADER_ROWS, first.rows))]
    drop = 0
    start = next((i for i, texts in enumerate(head) if any(texts) and texts == _row_texts(second, 0)), None)
    if start is not None:
        while drop < second.rows and start + drop < len(head) and head[start + drop] == _row_texts(second, drop):
            drop += 1
    if not drop:
        return second
    cells = tuple(
        msgspec.structs.replace(c, row=max(0, c.row - drop), row_end=c.row_end - drop)
        for c in second.cells
        if c.row >= drop
    )
    return msgspec.structs.replace(second, rows=second.rows - drop, cells=cells)


def _stacked(first: PageTable, second: PageTable) -> PageTable:
    """The second table under the first; its first row goes into the last one where it carries it on."""
    above = {c.column: c for c in first.cells if c.row_end == first.rows}
    below = [c for c in second.cells if c.row == 0]
    carried = _carries_on(first, above, below)
    shift = first.rows - (1 if carried else 0)
    cells = {id(c): c for c in first.cells}
    for cell in second.cells:
        over = above.get(cell.column) if cell.row == 0 else None
        if over is not None and over.column_end == cell.column_end and (carried or _merged(over, cell)):
            cells[id(over)] = msgspec.structs.replace(over, lines=over.lines + cell.lines, row_end=cell.row_end + shift)
        elif not carried or cell.row or cell.lines:
            moved = msgspec.structs.replace(cell, row=cell.row + shift, row_end=cell.row_end + shift)
            cells[id(moved)] = moved
    return msgspec.structs.replace(
        first, rows=second.rows + shift, cells=tuple(cells.values()), last_page=second.page.number
    )


def _merged(over: GridCell, cell: GridCell) -> bool:
    """Whether an empty cell at the top of a page is the rest of a merged cell above it."""
    return not cell.lines and (over.row_end - over.row > 1 or cell.row_end - cell.row > 1)


def _carries_on(first: PageTable, above: dict[int, GridCell], below: Sequence[GridCell]) -> bool:
    """Whether the first row after a page's end is the rest of the row before it."""
    filled = [c for c in below if c.lines]
    pairs = [(above[c.column].text, c.text) for c in filled if c.column in above and above[c.column].lines]
    if not filled or len(below) == 1 or len(above) == 1:
        return bool(filled) and len(below) == len(above) and any(continues(a, b) for a, b in pairs)
    label = next((c for c in below if c.column == 0), None)
    if _has_labels(first):
        if label is not None and label.lines:
            return False
    elif label is not None and label.lines and not any(continues(a, b) for a, b in pairs):
        return False
    if any(continues(a, b) for a, b in pairs):
        return True
    text = _text_column(first)
    if not any(c.column <= text < c.column_end for c in filled):
        return True
    opening = next(c for c in filled if c.column <= text < c.column_end)
    before = above.get(opening.column)
    if before is not None and before.lines and not ends_sentence(before.text) and not opens_item(opening.text):
        return True
    return len(filled) < 3 and (before is None or len([c for c in above.values() if c.lines]) >= 3)


def _has_labels(table: PageTable) -> bool:
    """Whether the first column numbers the rows."""
    first = [c.text for c in table.cells if c.column == 0 and c.column_end == 1]
    return sum(1 for text in first if len(text) <= _LABEL) * 2 > len(first)


def _text_column(table: PageTable) -> int:
    """The column that holds most of the text."""
    weight = [0] * table.columns
    for cell in table.cells:
        if cell.column_end - cell.column == 1:
            weight[cell.column] += len(cell.text)
    return max(range(table.columns), key=weight.__getitem__)
