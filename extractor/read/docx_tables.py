"""The tables of a DOCX file: which cell stands where, and which tables only set text side by side."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extractor.read.docx_package import W, val, whole
from extractor.read.docx_styles import Styles
from extractor.read.labels import is_foot, is_head

_MAX_GRID = 63
Rows = list[list[etree._Element | None]]


def rows_of_cells(table: etree._Element) -> Rows:
    """The cells of a table by row and grid column; a merged cell stands in every place it covers."""
    rows: Rows = []
    for node in _rows(table):
        properties = node.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        row: list[etree._Element | None] = []
        if properties is not None and (before := whole(val(properties.find(f"{W}gridBefore")))):
            row.extend([None] * min(before, _MAX_GRID))
        for cell in _cells(node):
            spec = cell.find(f"{W}tcPr")
            span = whole(val(spec.find(f"{W}gridSpan"))) if spec is not None else None
            width = min(max(span or 1, 1), _MAX_GRID)
            merge = spec.find(f"{W}vMerge") if spec is not None else None
            owner: etree._Element | None = cell
            if merge is not None and val(merge, "continue") == "continue" and rows and len(row) < len(rows[-1]):
                owner = rows[-1][len(row)]
            row.extend([owner] * width)
        rows.append(row)
    return [row for row in rows if row]


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{W}tr":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == f"{W}tc":
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _cells(child)


def is_layout(table: etree._Element, grid: Rows, width: int, styles: Styles) -> bool:
    """Whether a table only sets text side by side: the head, the foot, or one without any border."""
    text = " ".join("".join(p.itertext(f"{W}t")) for p in table.iter(f"{W}p"))
    if len(grid) <= 8 and width <= 4 and (is_head(text) or is_foot(text)):
        return True
    if _has_borders(table, styles):
        return width == 1
    filled = max(len({id(c) for c in row if c is not None and _has_text(c)}) for row in grid)
    return filled < 3 or len(grid) < 3


def _has_borders(table: etree._Element, styles: Styles) -> bool:
    borders = table.find(f"{W}tblPr/{W}tblBorders")
    if borders is None:
        borders = styles.table_borders(val(table.find(f"{W}tblPr/{W}tblStyle")))
    if borders is not None and _drawn(borders):
        return True
    cells = list(table.iter(f"{W}tc"))
    ruled = sum(1 for c in cells if (b := c.find(f"{W}tcPr/{W}tcBorders")) is not None and _drawn(b))
    return ruled * 2 > len(cells)


def _has_text(node: etree._Element) -> bool:
    return any(text.strip() for text in node.itertext(f"{W}t"))


def _drawn(borders: etree._Element) -> bool:
    return any(val(edge, "none") not in ("none", "nil") for edge in borders)
