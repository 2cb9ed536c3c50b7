"""The rows of a file that holds a register: CSV, XLSX, JSON or JSONL, each row as heading → value."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from extractor.errors import UnreadableError, UnsupportedError

_HEAD_ROWS = 20
_SAMPLE = 64 * 1024


class TableRow(msgspec.Struct, frozen=True):
    """A row; `number` is its 1-based place in the file as a clerk counts, the heading included."""

    number: int
    cells: dict[str, str]


def read_rows(path: Path) -> Iterator[TableRow]:
    """The rows of the file, in order and one by one; empty rows are left out.

    Raises `UnreadableError` for a file that is missing, empty or broken, `UnsupportedError` for another kind.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        kinds = ", ".join(sorted(_READERS))
        raise UnsupportedError(str(path), "Không đọc được loại tệp này.", f"Các loại tệp nạp được: {kinds}.")
    if not path.is_file():
        raise UnreadableError(str(path), "Không có tệp này.", "Kiểm tra lại đường dẫn.")
    for row in reader(path):
        if any(row.cells.values()):
            yield row


def _csv(path: Path) -> Iterator[TableRow]:
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise UnreadableError(str(path), "Tệp rỗng.", "Kiểm tra lại tệp.")
        stream.seek(0)
        head = sample.splitlines()[0]
        delimiter = max(",;\t|", key=head.count)
        yield from _with_headings(path, csv.reader(stream, delimiter=delimiter))


def _encoding(path: Path) -> str:
    head = path.open("rb").read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        try:
            for block in iter(lambda: stream.read(1 << 20), b""):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1258"
    return "utf-8-sig"


def _xlsx(path: Path) -> Iterator[TableRow]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError(str(path), "Không mở được bảng tính này.", "Lưu lại tệp dưới dạng .xlsx.") from error
    try:
        sheet = book.worksheets[0]
        yield from _with_headings(path, sheet.iter_rows(values_only=True))
    finally:
        book.close()


def _with_headings(path: Path, rows: Iterator[Any]) -> Iterator[TableRow]:
    """The rows under the heading row: the one of the first rows that names the most columns."""
    from extractor.register.headings import map_headings

    first: list[tuple[int, list[str]]] = []
    try:
        for number, cells in enumerate(rows, start=1):
            first.append((number, [_cell(c) for c in cells]))
            if len(first) == _HEAD_ROWS:
                break
        if not first:
            raise UnreadableError(str(path), "Tệp không có dòng nào.", "Kiểm tra lại tệp.")
        at = max(range(len(first)), key=lambda i: (len(map_headings(first[i][1])), -i))
        headings = _distinct(first[at][1])
        for number, values in first[at + 1 :]:
            yield TableRow(number, dict(zip(headings, values, strict=False)))
        for number, cells in enumerate(rows, start=len(first) + 1):
            yield TableRow(number, dict(zip(headings, map(_cell, cells), strict=False)))
    except (csv.Error, UnicodeError) as error:
        raise UnreadableError(str(path), f"Bảng bị hỏng ({error}).", "Lưu lại tệp dưới dạng CSV UTF-8.") from error


def _distinct(headings: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for i, h in enumerate(headings):
        name = h or f"(cột {i + 1})"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def _json(path: Path) -> Iterator[TableRow]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, OSError) as error:
        raise UnreadableError(str(path), f"JSON bị hỏng ({error}).", "Kiểm tra lại tệp.") from error
    if isinstance(data, dict):
        data = next((v for v in data.values() if isinstance(v, list)), [data])
    if not isinstance(data, list):
        raise UnreadableError(str(path), "JSON không phải là danh sách văn bản.", "Mỗi văn bản là một đối tượng.")
    for number, item in enumerate(data, start=1):
        yield _object(path, number, item)


def _jsonl(path: Path) -> Iterator[TableRow]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                item = json.loads(line)
            except ValueError as error:
                raise UnreadableError(
                    str(path), f"Dòng {number} không phải JSON ({error}).", "Kiểm tra lại tệp."
                ) from error
            yield _object(path, number, item)


def _object(path: Path, number: int, item: object) -> TableRow:
    if not isinstance(item, dict):
        raise UnreadableError(str(path), f"Mục {number} không phải là đối tượng JSON.", "Mỗi văn bản là một đối tượng.")
    return TableRow(number, {str(k): _cell(v) for k, v in item.items()})


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


_READERS = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".xlsm": _xlsx, ".json": _json, ".jsonl": _jsonl}
