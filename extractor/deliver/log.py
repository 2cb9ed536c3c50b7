"""What was sent where: one JSON object a line, only ever appended to, each on the disk before the next step.

Before an item is sent its intent is written, after the answer what the tracker holds. A run that breaks off in between
leaves an intent without an answer; the next run asks the tracker. A last line without its end was never written.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from extractor.diff import Telling
from extractor.errors import UnreadableError
from extractor.user_data import user_data

Fields = dict[str, str]


class Record(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A line. `fields` is what we sent, `stored` what the tracker made of it where that differs."""

    at: str
    event: Literal["sending", "sent"]
    plan: str
    key: str
    fields: Fields
    revision: int = 1
    stored: Fields = {}
    remote: str = ""
    telling: Telling | None = None
    due: str = ""
    name: str = ""


class Known(msgspec.Struct, frozen=True):
    """What the log knows of an item: the last answer, and the intent that has none yet."""

    sent: Record | None = None
    pending: Record | None = None

    @property
    def last(self) -> Record:
        """The latest line."""
        record = self.pending or self.sent
        assert record is not None
        return record

    @property
    def base(self) -> Fields:
        """The fields as we last sent them; those of an intent only where nothing else was ever sent."""
        return self.last.fields if self.sent is None else self.sent.fields

    @property
    def stored(self) -> Fields:
        """The fields as the tracker held them after that."""
        return {**self.base, **(self.sent.stored if self.sent else {})}


class Log:
    """A log file of one tracker."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, Known]:
        """The items by their keys. Raises `UnreadableError` for a file that is no such log."""
        found: dict[str, Known] = {}
        for record in self._records():
            before = found.get(record.key, Known())
            if record.event == "sent":
                found[record.key] = Known(sent=record)
            else:
                found[record.key] = Known(sent=before.sent, pending=record)
        return found

    @contextmanager
    def held(self) -> Iterator[None]:
        """Only one run writes at a time; another waits until this one ends."""
        from filelock import FileLock

        lock = FileLock(f"{self.path}.lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except OSError as error:
            raise self._not_written() from error
        try:
            self._drop_torn_line()
            yield
        finally:
            lock.release()

    def append(self, record: Record) -> None:
        """Writes the line through to the disk."""
        line = msgspec.json.encode(record) + b"\n"
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.write(handle, line) < len(line):
                    raise OSError("disk full")
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise self._not_written() from error

    def _not_written(self) -> UnreadableError:
        return UnreadableError(
            str(self.path), "Không ghi được nhật ký gửi.", "Kiểm tra chỗ trống và quyền ghi, rồi chạy lại."
        )

    def _records(self) -> Iterator[Record]:
        try:
            lines = self.path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return
        except OSError as error:
            raise UnreadableError(str(self.path), "Không đọc được nhật ký gửi.", "Kiểm tra quyền đọc tệp.") from error
        for number, line in enumerate(lines[:-1], 1):
            try:
                yield msgspec.json.decode(line, type=Record)
            except msgspec.DecodeError as error:
                raise UnreadableError(
                    str(self.path), f"Nhật ký gửi hỏng ở dòng {number}.", "Chọn tệp khác bằng --log."
                ) from error

    def _drop_torn_line(self) -> None:
        if not self.path.exists():
            return
        data = self.path.read_bytes()
        if data and not data.endswith(b"\n"):
            self.read()  # a file that is no log is left as it is
            os.truncate(self.path, data.rfind(b"\n") + 1)


def log_of(kind: str, address: str) -> Path:
    """Where the log of a tracker lies unless named: in the user's data folder, one file per address."""
    digest = hashlib.blake2s(address.encode("utf-8"), digest_size=5).hexdigest()
    return user_data() / "push" / f"{kind}-{digest}.jsonl"


def now() -> str:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
