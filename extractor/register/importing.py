"""Filling the register from a file: the columns shown, every row taken or rejected with its reason, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from extractor.errors import UnsupportedError
from extractor.register.entry import Entry
from extractor.register.filling import Stored, count_coverage, identity, put, put_source
from extractor.register.headings import labels, map_headings
from extractor.register.rows import Defaults, Rejection, read_entry
from extractor.register.store import Register
from extractor.register.tables import read_rows

_BATCH = 5000
_SAMPLE = 3


class Plan(msgspec.Struct, frozen=True):
    """What an import is going to do: field → heading, the headings left aside, and the first rows."""

    path: Path
    mapping: dict[str, str]
    unused: tuple[str, ...]
    sample: tuple[dict[str, str], ...]


class Imported(msgspec.Struct, frozen=True):
    """What an import did. `repeated` rows say what an earlier row of the file said."""

    rows: int
    stored: Stored
    repeated: int
    rejected: tuple[Rejection, ...]


def plan_import(path: Path, corrections: Mapping[str, str] | None = None) -> Plan:
    """How the columns of a file are going to be read; `corrections` (field → heading, "" for none) go before likeness.

    Raises `UnsupportedError` where neither a number nor a title can be told, or a correction names nothing.
    """
    rows = list(islice(read_rows(path), 50))
    headings = list(dict.fromkeys(h for r in rows for h in r.cells))
    mapping = map_headings(headings)
    for field, heading in (corrections or {}).items():
        if field not in labels():
            raise UnsupportedError(str(path), f"Không có trường “{field}”.", f"Các trường: {', '.join(labels())}.")
        if heading and heading not in headings:
            raise UnsupportedError(str(path), f"Không có cột “{heading}”.", f"Các cột: {', '.join(headings)}.")
        mapping = {f: h for f, h in mapping.items() if f != field and h != heading}
        if heading:
            mapping[field] = heading
    if not {"identifier", "number", "title"} & set(mapping):
        raise UnsupportedError(
            str(path), f"Không nhận ra cột số, ký hiệu hay trích yếu trong: {', '.join(headings)}.",
            'Chỉ ra bằng --map, ví dụ: --map "identifier=Số VB".',
        )  # fmt: skip
    unused = tuple(h for h in headings if h not in mapping.values())
    return Plan(path, mapping, unused, tuple(r.cells for r in rows[:_SAMPLE]))


def import_file(register: Register, plan: Plan, defaults: Defaults) -> Imported:
    """Put the file's documents into the register in one transaction; the same file again changes nothing."""
    rejected: list[Rejection] = []
    rows = 0

    def entries() -> Iterator[Entry]:
        nonlocal rows
        for row in read_rows(plan.path):
            rows += 1
            found = read_entry(row.cells, plan.mapping, defaults)
            if isinstance(found, str):
                shown = " | ".join(v for v in row.cells.values() if v)[:120]
                rejected.append(Rejection(row.number, found, shown))
            else:
                yield found

    added = updated = unchanged = repeated = 0
    seen: set[bytes] = set()
    with register.transaction() as connection:
        name = defaults.source or plan.path.name
        source_id = put_source(connection, name, "register", _sha256(plan.path), 0)
        for batch in _batches(entries()):
            fresh = []
            for entry in batch:
                mark = bytes.fromhex(identity(entry))
                if mark in seen:
                    repeated += 1
                    continue
                seen.add(mark)
                fresh.append(entry)
            stored = put(connection, fresh, source_id)
            added, updated, unchanged = added + stored.added, updated + stored.updated, unchanged + stored.unchanged
        put_source(connection, name, "register", _sha256(plan.path), rows)
        count_coverage(connection)
    return Imported(rows, Stored(added, updated, unchanged), repeated, tuple(rejected))


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    source = iter(entries)
    while batch := list(islice(source, _BATCH)):
        yield batch


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
