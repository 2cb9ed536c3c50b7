"""The whole register as CSV, XLSX or JSONL, in a form that imports again."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from extractor.atomic import atomic_file
from extractor.export.cells import Value
from extractor.register.entry import Entry
from extractor.register.sheets import write_rows, write_table_xlsx
from extractor.register.store import Register

# Headings that the import maps back to these fields.
COLUMNS = {
    "Số, ký hiệu": "identifier", "Loại văn bản": "type", "Ngày ban hành": "issued_on", "Cơ quan ban hành": "issuer",
    "Trích yếu": "title", "Hiệu lực": "effect_text", "Ngày có hiệu lực": "effective_on",
    "Ngày hết hiệu lực": "expires_on",
    "Thay thế bởi": "replaced_by", "Ghi chú": "note", "Đường dẫn": "url", "Nguồn": "source", "Nguồn gốc": "origin",
}  # fmt: skip


def export_register(register: Register, format_: str, output: Path | None) -> None:
    """Write every entry to `output` or standard output; a batch of entries is in memory at a time."""
    if format_ == "xlsx" and output:
        write_table_xlsx(_rows(register), tuple(COLUMNS), output)
    elif output:
        with atomic_file(output) as stream:
            _write(register, format_, stream)
    else:
        _write(register, format_, sys.stdout)


def _write(register: Register, format_: str, stream: IO[str]) -> None:
    if format_ == "csv":
        stream.write("\ufeff")
        write_rows(_rows(register), tuple(COLUMNS), stream)
        return
    for row in _rows(register):
        stream.write(msgspec.json.encode(dict(zip(COLUMNS, row, strict=True))).decode() + "\n")


def _rows(register: Register) -> Iterator[tuple[Value, ...]]:
    for entry in register.entries():
        yield tuple(_shown(entry, f) for f in COLUMNS.values())


def _shown(entry: Entry, field: str) -> Value:
    value: Value = getattr(entry, field)
    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else value
