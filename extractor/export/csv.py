"""CSV: the table of tasks, or the rows that a tracker imports. No cell starts a formula, whatever the document says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from extractor.document import Document
from extractor.export import Settings
from extractor.export.cells import Value, plain_cell
from extractor.export.presets import preset_by_id, preset_rows
from extractor.export.rows import TASK_COLUMNS, lookup, row


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """The tasks of all documents as one table under Vietnamese headings, or under the preset's own; UTF-8."""
    preset = preset_by_id(settings.preset) if settings.preset else None
    begun = False
    for document in documents:
        if not begun:
            headings = preset.headings if preset else tuple(c.heading for c in TASK_COLUMNS)
            stream.write(b"\xef\xbb\xbf" if settings.bom or (preset and preset.bom) else b"")
            write_rows([headings], stream, preset.delimiter if preset else ",")
            begun = True
        rows: Iterator[Sequence[Value]] | Iterable[Sequence[Value]]
        rows = preset_rows(document, preset) if preset else _task_rows(document)
        write_rows(rows, stream, preset.delimiter if preset else ",")


def write_rows(rows: Iterable[Sequence[Value]], stream: IO[bytes], delimiter: str = ",") -> None:
    """Rows as CSV (RFC 4180), safe cell by cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([plain_cell(v) for v in values] for values in rows)
    stream.write(text.getvalue().encode("utf-8"))


def _task_rows(document: Document) -> Iterator[Sequence[Value]]:
    at = lookup(document)
    return (row(TASK_COLUMNS, at, task) for task in document.tasks)
