"""Markdown: the document, its tasks, citations and findings as tables; nothing in the document becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from extractor.document import Document
from extractor.export import Settings
from extractor.export.cells import Value, printable, shown
from extractor.export.rows import (
    CITATION_COLUMNS,
    DOCUMENT_COLUMNS,
    FINDING_COLUMNS,
    TASK_COLUMNS,
    Column,
    document_name,
    lookup,
    row,
)

_MARKUP = re.compile(r"([\\`*_\[\]|~])")  # nothing stands at the start of a line, where "-" and "#" would matter
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
TASKS = (
    "STT",
    "Nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn ghi trong văn bản",
    "Hạn cuối",
    "Sản phẩm",
    "Trang",
)
CITATIONS = ("Viện dẫn", "Quan hệ", "Điều khoản", "Trong nhiệm vụ", "Trang")
FINDINGS = ("Mức độ", "Nội dung", "Trang")


def write(documents: Iterable[Document], stream: IO[bytes], settings: Settings) -> None:
    """Each document under a heading of its own."""
    for n, document in enumerate(documents):
        lines = [*([""] if n else []), *_document(document)]
        stream.write(("\n".join(lines) + "\n").encode("utf-8"))


def escape(text: str) -> str:
    """The text on one line, every character of markup as itself: "<b>" and "|" too."""
    line = " ".join(printable(text).split())
    line = re.sub(r"[&<>]", lambda m: _ENTITIES[m[0]], line)
    return _MARKUP.sub(r"\\\1", line)


def _document(d: Document) -> Iterator[str]:
    at = lookup(d)
    yield f"# {escape(document_name(d))}"
    yield ""
    for heading, value in zip((c.heading for c in DOCUMENT_COLUMNS), row(DOCUMENT_COLUMNS, at, d), strict=True):
        if value not in (None, ""):
            yield f"- **{heading}:** {escape(shown(value))}"
    yield from _table("Nhiệm vụ", TASKS, TASK_COLUMNS, [row(TASK_COLUMNS, at, t) for t in d.tasks])
    yield from _table("Viện dẫn", CITATIONS, CITATION_COLUMNS, [row(CITATION_COLUMNS, at, c) for c in d.citations])
    yield from _table("Lưu ý", FINDINGS, FINDING_COLUMNS, [row(FINDING_COLUMNS, at, f) for f in d.findings])


def _table(
    title: str, wanted: Sequence[str], columns: Sequence[Column[Any]], rows: Sequence[Sequence[Value]]
) -> Iterator[str]:
    """A table of the wanted columns; one without a value in any row is left out."""
    places = [i for i, c in enumerate(columns) if c.heading in wanted and any(r[i] not in (None, "") for r in rows)]
    yield ""
    yield f"## {title} ({len(rows)})"
    yield ""
    if not rows:
        yield "Không có."
        return
    yield "| " + " | ".join(columns[i].heading for i in places) + " |"
    yield "|" + "---|" * len(places)
    for values in rows:
        yield "| " + " | ".join(escape(shown(values[i])) for i in places) + " |"
