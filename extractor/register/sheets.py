"""The audit as CSV and XLSX. A cell never starts a formula, whatever the documents say."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from extractor.export.cells import Value, plain_cell
from extractor.register.audit import Audit
from extractor.register.lines import CitedLine, FindingLine, cited_line, finding_lines

HEADINGS = (
    "Tệp", "Trang", "Văn bản viện dẫn", "Trích yếu viện dẫn", "Mã kết quả", "Kết quả", "Mục trong sổ",
    "Trích yếu trong sổ", "Đã so", "Khác nhau", "Các mục có thể", "Ghi chú", "Điểm",
)  # fmt: skip
FINDING_HEADINGS = ("Tệp", "Trang", "Mức", "Mã", "Nội dung")


def cited_cells(line: CitedLine) -> tuple[Value, ...]:
    """A line's values under `HEADINGS`."""
    return (
        line.file, line.page, line.cited, line.cited_title, line.status, line.label, line.matched, line.matched_title,
        line.compared, line.differences, line.candidates, line.note, line.score,
    )  # fmt: skip


def finding_cells(line: FindingLine) -> tuple[Value, ...]:
    """A line's values under `FINDING_HEADINGS`."""
    return (line.file, line.page, line.severity, line.code, line.message)


def write_csv(audits: Iterable[Audit], stream: IO[str]) -> None:
    """One row per cited document, then per finding, document by document; for Excel with a byte order mark."""
    stream.write("\ufeff")
    write_rows(_csv_rows(audits), HEADINGS, stream)


def write_rows(rows: Iterable[Sequence[Value]], headings: Sequence[str], stream: IO[str]) -> None:
    """A table as CSV, safe cell by cell."""
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([plain_cell(v) for v in row] for row in rows)


def _csv_rows(audits: Iterable[Audit]) -> Iterator[tuple[Value, ...]]:
    for audit in audits:
        for c in audit.checked:
            yield cited_cells(cited_line(audit, c))
        for f in finding_lines(audit):
            yield (f.file, f.page, "", "", f.code, f.severity, "", "", "", f.message, "", "", "")


def write_xlsx(audits: Iterable[Audit], path: Path, coverage: str) -> None:
    """A workbook with the cited documents, the findings and what the register covers; rows are streamed."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    cited = _sheet(book, "Viện dẫn", HEADINGS)
    findings = _sheet(book, "Lưu ý", FINDING_HEADINGS)
    for audit in audits:
        for c in audit.checked:
            _append(cited, cited_cells(cited_line(audit, c)))
        for f in finding_lines(audit):
            _append(findings, finding_cells(f))
    _append(_sheet(book, "Phạm vi sổ", ("Sổ bao gồm",)), (coverage,))
    book.save(path)


def write_table_xlsx(rows: Iterable[Sequence[Value]], headings: Sequence[str], path: Path) -> None:
    """A table as a workbook of one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = _sheet(book, "Sổ văn bản", headings)
    for row in rows:
        _append(sheet, row)
    book.save(path)


def _sheet(book: Any, title: str, headings: Sequence[str]) -> Any:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for i, name in enumerate(headings):
        sheet.column_dimensions[chr(ord("A") + i)].width = min(60, max(10, len(name) * 2))
    _append(sheet, headings)
    return sheet


def _append(sheet: Any, values: Sequence[Value]) -> None:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in values:
        if value in (None, "") or isinstance(value, int | float):
            cells.append(WriteOnlyCell(sheet, value=value or None))
            continue
        cell = WriteOnlyCell(sheet, value=plain_cell(value))
        cell.data_type = "s"
        cells.append(cell)
    sheet.append(cells)
