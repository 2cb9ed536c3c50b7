"""XLSX: a workbook with tasks, citations, findings and the document. No text cell becomes a formula."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins

from extractor.document import Citation, Document, Finding, Task
from extractor.export import Settings
from extractor.export.cells import Value, printable, starts_formula
from extractor.export.presets import Preset, preset_by_id, preset_rows
from extractor.export.rows import (
    CITATION_COLUMNS,
    DOCUMENT_COLUMNS,
    FINDING_COLUMNS,
    TASK_COLUMNS,
    Column,
    Lookup,
    lookup,
    row,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST = 32_767  # characters of a cell
_MOST_HEIGHT = 409.0  # points of a row
SOON_DAYS = 7
_LAST_PRINTED = "Sản phẩm"  # what stands behind is for programs, and would make the print too small to read
_HEAD = PatternFill("solid", fgColor="1F4E79")
_OVERDUE = PatternFill("solid", bgColor="F8CBAD")
_SOON = PatternFill("solid", bgColor="FFE699")
_SIDE = Side("thin", color="D9D9D9")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)

# The values of a row, and the address behind its page number.
_Row = tuple[Sequence[Value], str | None]


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """One workbook for all documents: sheets Nhiệm vụ, Viện dẫn, Lưu ý, Văn bản; or the one sheet of a preset."""
    kept = tuple(documents)
    if not kept:
        return
    book = Workbook()
    book.remove(book.worksheets[0])
    if settings.preset:
        _write_preset(book, kept, preset_by_id(settings.preset))
    else:
        _write_sheets(book, kept, settings.folder)
    book.save(stream)


def _write_preset(book: Workbook, documents: Sequence[Document], preset: Preset) -> None:
    sheet = book.create_sheet(preset.sheet)
    rows = (values for d in documents for values in preset_rows(d, preset))
    _fill(sheet, [(c.name, 24) for c in preset.columns], ((values, None) for values in rows))


def _write_sheets(book: Workbook, documents: Sequence[Document], folder: Path | None) -> None:
    seen = [(lookup(d), d) for d in documents]

    def linked(columns: Sequence[Column[Any]], at: Lookup, item: Task | Citation | Finding) -> _Row:
        return row(columns, at, item), page_link(at.document, item.span.page if item.span else None, folder)

    tasks = _sheet(book, "Nhiệm vụ", TASK_COLUMNS, (linked(TASK_COLUMNS, at, t) for at, d in seen for t in d.tasks))
    _colour_dues(tasks)
    last = next(i for i, c in enumerate(TASK_COLUMNS, 1) if c.heading == _LAST_PRINTED)
    tasks.print_area = f"A1:{get_column_letter(last)}{tasks.max_row}"
    _sheet(book, "Viện dẫn", CITATION_COLUMNS, (linked(CITATION_COLUMNS, at, c) for at, d in seen for c in d.citations))
    _sheet(book, "Lưu ý", FINDING_COLUMNS, (linked(FINDING_COLUMNS, at, f) for at, d in seen for f in d.findings))
    _sheet(book, "Văn bản", DOCUMENT_COLUMNS, ((row(DOCUMENT_COLUMNS, at, d), None) for at, d in seen))


def page_link(document: Document, page: int | None, folder: Path | None) -> str | None:
    """The address of a page of the source, relative to the workbook where its folder is known; None without one."""
    path = Path(document.source.file)
    if page is None or not path.is_file():
        return None
    if folder is None:
        return f"{path.resolve().as_uri()}#page={page}"
    return f"{quote(Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix())}#page={page}"


def _sheet(book: Workbook, title: str, columns: Sequence[Column[Any]], rows: Iterable[_Row]) -> Worksheet:
    sheet = book.create_sheet(title)
    _fill(sheet, [(c.heading, c.width) for c in columns], rows)
    return sheet


def _fill(sheet: Worksheet, heads: Sequence[tuple[str, int]], rows: Iterable[_Row]) -> None:
    for i, (heading, width) in enumerate(heads, 1):
        cell: Any = sheet.cell(1, i)
        _put(cell, heading)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        sheet.column_dimensions[get_column_letter(i)].width = width
    last = 1
    for last, (values, link) in enumerate(rows, 2):
        for i, value in enumerate(values, 1):
            cell = sheet.cell(last, i)
            _put(cell, value)
            if link and heads[i - 1][0] == "Trang":
                cell.hyperlink = link
                cell.font = Font(color="0563C1", underline="single")
        sheet.row_dimensions[last].height = _height(values, [width for _, width in heads])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last}"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.print_title_rows = "1:1"
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.4)  # inches


def _height(values: Sequence[Value], widths: Sequence[int]) -> float:
    """The height in points that shows every wrapped line: not every program reckons it on opening."""
    texts = [(v, w) for v, w in zip(values, widths, strict=True) if isinstance(v, str)]
    lines = max((sum(-(-max(1, len(part)) // w) for part in v.split("\n")) for v, w in texts), default=1)
    return min(_MOST_HEIGHT, 15.0 * max(1, lines) + 3)


def _put(cell: Any, value: Value) -> None:
    """A real date or number where it is one; text is marked as text and so never computed."""
    cell.border = _LINE
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if value == "":
        return
    if isinstance(value, str):
        cell.value = printable(value)[:_MOST]
        cell.data_type = "s"
        if starts_formula(value):
            cell.quotePrefix = True  # or a program would compute it once somebody edits the cell
    elif value is not None:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "dd/mm/yyyy"


def _colour_dues(sheet: Worksheet) -> None:
    """Red where the last day is past, yellow where a day is near, as seen on the day the workbook is opened."""
    letters = {c.heading: get_column_letter(i) for i, c in enumerate(TASK_COLUMNS, 1)}
    first, last = f"${letters['Hạn đầu']}2", f"${letters['Hạn cuối']}2"
    area = f"A2:{get_column_letter(len(TASK_COLUMNS))}{max(2, sheet.max_row)}"
    near = "AND(ISNUMBER({0}),{0}>=TODAY(),{0}<=TODAY()+" + str(SOON_DAYS) + ")"
    overdue = f"AND(ISNUMBER({last}),{last}<TODAY())"
    soon = f"OR({near.format(first)},{near.format(last)})"
    sheet.conditional_formatting.add(area, FormulaRule(formula=[overdue], fill=_OVERDUE, stopIfTrue=True))
    sheet.conditional_formatting.add(area, FormulaRule(formula=[soon], fill=_SOON))
