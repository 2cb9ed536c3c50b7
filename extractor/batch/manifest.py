"""The manifest of a batch: one JSON line per document that was worked on, written when its result is there."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal

import msgspec

from extractor.batch.job import Failure
from extractor.errors import BY_CODE, UnreadableError

NAME = "manifest.jsonl"


class Record(msgspec.Struct, frozen=True):
    """What became of a document.

    `file` is the path or address as found, `sha256` of its bytes (None where they could not be read), `output` the
    name of the result below the output folder. `unchanged` is never written: the record of the earlier run stands.
    `seconds` by the clock, `cpu_seconds` of the processor, `memory` the most that was held, in MB; `findings` are
    counted by severity. `options` is the fingerprint of the options that results depend on.
    """

    file: str
    sha256: str | None
    status: Literal["done", "failed", "unchanged"]
    output: str | None
    options: str
    version: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    memory: float = 0.0
    pages: int | None = None
    tasks: int | None = None
    citations: int | None = None
    findings: dict[str, int] = {}
    error: Failure | None = None

    @property
    def exit_code(self) -> int:
        """The exit code of a command that had this document alone."""
        return 0 if self.error is None else BY_CODE[self.error.code].exit_code


def read_manifest(path: Path) -> dict[str, Record]:
    """The last record of each document by its name. A line cut off by the end of a run is left out."""
    records: dict[str, Record] = {}
    decoder = msgspec.json.Decoder(Record)
    try:
        with path.open("rb") as file:
            for line in file:
                with contextlib.suppress(msgspec.DecodeError):
                    record = decoder.decode(line)
                    records[record.file] = record
    except FileNotFoundError:
        pass
    return records


class Manifest:
    """The open manifest, held by one run at a time: a line that was added is there whatever happens afterwards."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def add(self, record: Record) -> None:
        """Write one line, in one piece."""
        os.write(self._stream.fileno(), msgspec.json.encode(record) + b"\n")


@contextlib.contextmanager
def open_manifest(path: Path, *, resume: bool) -> Iterator[Manifest]:
    """The manifest to add to: a new one, or with `resume` the one that is there.

    Raises `UnreadableError` where another run holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UnreadableError(
                str(path),
                "Một lần chạy khác đang ghi vào thư mục này.",
                "Đợi lần chạy đó xong, hoặc chọn --output khác.",
            ) from None
        if not resume:
            stream.truncate(0)
        elif stream.tell() and not _ends_a_line(path):
            os.write(stream.fileno(), b"\n")
        yield Manifest(stream)


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
