"""Labels of one document as JSON: written by hand in the short shape, or an output of `kehoach extract`.

Both shapes are read on both sides, so an office may correct an output and keep it as its label (docs/evaluate.md).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import msgspec

from extractor.errors import UnreadableError

HEADER_FIELDS = (
    "type_code", "number", "symbol", "identifier", "issued_on", "place", "issuer", "title", "signer_name",
)  # fmt: skip


class _Named(msgspec.Struct, frozen=True):
    name: str | None = None


class _Header(msgspec.Struct, frozen=True):
    type_code: str | None = None
    number: str | None = None
    symbol: str | None = None
    identifier: str | None = None
    issued_on: str | None = None
    place: str | None = None
    issuer: str | _Named | None = None
    title: str | None = None
    signer: _Named | None = None
    signer_name: str | None = None


class CitedLabel(msgspec.Struct, frozen=True):
    """A cited document: by its identifier, or by name where it has none."""

    identifier: str | None = None
    type: str | None = None
    issued_on: str | None = None
    name: str | None = None
    title: str | None = None
    text: str | None = None


class DeadlineLabel(msgspec.Struct, frozen=True):
    """A time limit; dates are ISO 8601."""

    kind: str
    start: str | None = None
    end: str | None = None
    rrule: str | None = None


class _Task(msgspec.Struct, frozen=True):
    text: str
    origin: Literal["prose", "table"] = "prose"
    lead: tuple[str | _Named, ...] = ()
    cooperating: tuple[str | _Named, ...] = ()
    deadlines: tuple[DeadlineLabel, ...] = ()
    products: str | tuple[str, ...] | None = None


class _Document(msgspec.Struct, frozen=True):
    header: _Header
    tasks: tuple[_Task, ...]
    citations: tuple[CitedLabel, ...] | None = None
    cited_documents: tuple[CitedLabel, ...] | None = None


class TaskLabel(msgspec.Struct, frozen=True):
    """A task with what is compared; agencies are names, products one string."""

    text: str
    origin: Literal["prose", "table"]
    lead: tuple[str, ...]
    cooperating: tuple[str, ...]
    deadlines: tuple[DeadlineLabel, ...]
    products: str


class Labels(msgspec.Struct, frozen=True):
    """What is compared of one document; `header` has a value or None for each of `HEADER_FIELDS`."""

    header: dict[str, str | None]
    citations: tuple[CitedLabel, ...]
    tasks: tuple[TaskLabel, ...]


def read_labels(path: Path) -> Labels:
    """The labels in a JSON file. Raises `UnreadableError`, which names the place in the file."""
    try:
        data = json.loads(path.read_text("utf-8-sig"))
        json.dumps(data, ensure_ascii=False).encode()  # half of a letter, by its number, is none
    except OSError as error:
        raise UnreadableError(str(path), "Không đọc được tệp.", "Kiểm tra lại đường dẫn.") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(str(path), "Tệp không phải UTF-8.", "Lưu lại tệp theo bảng mã UTF-8.") from error
    except (ValueError, RecursionError) as error:  # ValueError: also a number of thousands of digits
        where = f" ở dòng {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(str(path), f"Tệp JSON bị hỏng{where}.", "Sửa lại tệp rồi chạy lại.") from error
    return parse_labels(data, str(path))


def parse_labels(data: Any, file: str = "<labels>") -> Labels:
    """The labels in decoded JSON; `file` is named in errors. Raises `UnreadableError`."""
    try:
        document = msgspec.convert(data, _Document)
    except msgspec.ValidationError as error:
        raise UnreadableError(
            file, f"Nhãn không đúng khuôn ({error}).", "Xem khuôn nhãn trong tài liệu docs/evaluate.md."
        ) from error
    cited = document.cited_documents if document.cited_documents is not None else document.citations
    if cited is None:
        raise UnreadableError(
            file, "Nhãn không có mục citations.", "Không viện dẫn văn bản nào thì ghi danh sách rỗng: []."
        )
    return Labels(_header(document.header), cited, tuple(map(_task, document.tasks)))


def _header(h: _Header) -> dict[str, str | None]:
    values: dict[str, str | None] = {name: getattr(h, name) for name in HEADER_FIELDS if name != "issuer"}
    values["issuer"] = _name(h.issuer)
    if h.signer is not None:
        values["signer_name"] = h.signer.name
    return values


def _task(t: _Task) -> TaskLabel:
    products = t.products if isinstance(t.products, str) else "; ".join(t.products or ())
    lead, cooperating = (tuple(filter(None, map(_name, side))) for side in (t.lead, t.cooperating))
    return TaskLabel(t.text, t.origin, lead, cooperating, t.deadlines, products)


def _name(agency: str | _Named | None) -> str | None:
    return agency.name if isinstance(agency, _Named) else agency
