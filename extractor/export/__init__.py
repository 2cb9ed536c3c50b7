"""Out of a `Document` into the formats of a clerk's desk: one module per format, one line in `EXPORTERS`."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from extractor.document import Document


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How to write. `preset` names a tracker of `rules/trackers.toml`; `bom` puts a byte order mark before CSV.

    `images` keeps pictures of the pages in a report; `folder` is where the file will lie, so that links to the source
    can be relative; `now` stamps calendars (None: the time of writing).
    """

    preset: str | None = None
    bom: bool = False
    images: bool = True
    folder: Path | None = None
    now: dt.datetime | None = None


class Exporter(msgspec.Struct, frozen=True):
    """A format: its module, the end of its file names, and in Vietnamese what it is.

    `joins`: several documents may share one file. `binary`: nothing for a terminal.
    """

    module: str
    suffix: str
    help: str
    joins: bool = True
    binary: bool = False

    def write(self, documents: Iterable[Document], stream: IO[bytes], settings: Settings | None = None) -> None:
        """Write the documents, taking them one by one; without a document nothing is written."""
        importlib.import_module(self.module).write(documents, stream, settings or Settings())


EXPORTERS: dict[str, Exporter] = {
    "json": Exporter("extractor.export.json", ".json", "dữ liệu đầy đủ, mỗi văn bản một JSON", joins=False),
    "jsonl": Exporter("extractor.export.jsonl", ".jsonl", "như json, mỗi văn bản một dòng"),
    "csv": Exporter("extractor.export.csv", ".csv", "bảng nhiệm vụ, hoặc bảng để nhập vào công cụ theo dõi (--preset)"),
    "xlsx": Exporter("extractor.export.xlsx", ".xlsx", "bảng tính Excel", binary=True),
    "ics": Exporter("extractor.export.ics", ".ics", "lịch việc cần làm (iCalendar)"),
    "html": Exporter("extractor.export.html", ".html", "báo cáo xem ngoại tuyến, in được", joins=False),
    "md": Exporter("extractor.export.md", ".md", "báo cáo Markdown"),
}
