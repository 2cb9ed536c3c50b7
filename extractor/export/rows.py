"""The tables that every tabular format shows: tasks, citations, findings and the document, in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from extractor.document import Agency, Citation, Document, Finding, Task
from extractor.export import labels
from extractor.export.cells import Value
from extractor.export.due import due_range

T = TypeVar("T")


class Lookup(msgspec.Struct, frozen=True):
    """What a row needs beside its own item."""

    document: Document
    ordinals: dict[str, int]
    citations: dict[str, Citation]

    @property
    def name(self) -> str:
        """The document as one calls it: "Kế hoạch 47/KH-SCT"."""
        return document_name(self.document)


class Column(msgspec.Struct, Generic[T], frozen=True):
    """A column: its heading, its width in characters, and how an item fills it."""

    heading: str
    width: int
    value: Callable[[Lookup, T], Value]


def lookup(document: Document) -> Lookup:
    """The ways from ids to items."""
    return Lookup(document, {t.id: t.ordinal for t in document.tasks}, {c.id: c for c in document.citations})


def document_name(document: Document) -> str:
    """The document as one calls it: "Kế hoạch 47/KH-SCT", of a draft "Kế hoạch (dự thảo)"."""
    h = document.header
    return " ".join(p for p in (h.type or "Văn bản", h.identifier or ("(dự thảo)" if h.is_draft else "")) if p)


def names(agencies: Iterable[Agency]) -> str:
    """Agencies as printed, parted by semicolons: their names hold commas."""
    return "; ".join(a.name for a in agencies)


def full_name(agency: Agency | None) -> str | None:
    """The full official name of an agency, or where it is not known the printed one."""
    return (agency.canonical or agency.name) if agency else None


def deadline_texts(task: Task) -> str:
    """The deadlines as printed."""
    return "; ".join(dict.fromkeys(d.text for d in task.deadlines))


def recurrences(task: Task) -> str:
    """How often the task recurs, in words."""
    return "; ".join(dict.fromkeys(labels.recurrence(d.rrule) for d in task.deadlines if d.rrule))


def section_text(task: Task) -> str:
    """The headings above the task, outermost first."""
    return " › ".join(task.section_path)


def pinpoints(citation: Citation) -> str:
    """The places inside the cited document: "điểm a khoản 2 Điều 5"."""
    return "; ".join(
        " ".join(
            f"{word} {value}"
            for word, value in (("điểm", p.point), ("khoản", p.clause), ("Điều", p.article))
            if value is not None
        )
        for p in citation.pinpoints
    )


def _twin(at: Lookup, t: Task) -> Value:
    return at.ordinals.get(t.same_as) if t.same_as else None


TASK_COLUMNS: tuple[Column[Task], ...] = (
    Column("STT", 6, lambda at, t: t.ordinal),
    Column("Ký hiệu", 8, lambda at, t: t.label),
    Column("Nhiệm vụ", 60, lambda at, t: t.text),
    Column("Loại", 10, lambda at, t: labels.KINDS[t.kind]),
    Column("Cơ quan chủ trì", 26, lambda at, t: names(t.lead)),
    Column("Cơ quan phối hợp", 30, lambda at, t: names(t.cooperating)),
    Column("Cấp trình, phê duyệt", 22, lambda at, t: names(t.approver)),
    Column("Lãnh đạo phụ trách", 22, lambda at, t: names(t.supervisor)),
    Column("Thời hạn ghi trong văn bản", 28, lambda at, t: deadline_texts(t)),
    Column("Hạn đầu", 12, lambda at, t: due_range(t, at.document.header.issued_on)[0]),
    Column("Hạn cuối", 12, lambda at, t: due_range(t, at.document.header.issued_on)[1]),
    Column("Lặp lại", 14, lambda at, t: recurrences(t)),
    Column("Nơi nhận báo cáo", 24, lambda at, t: names(t.recipients)),
    Column("Chốt số liệu", 24, lambda at, t: "; ".join(d.text for d in t.cut_offs)),
    Column("Sản phẩm", 26, lambda at, t: "; ".join(t.products)),
    Column("Kinh phí", 14, lambda at, t: t.budget),
    Column("Ghi chú", 18, lambda at, t: t.notes),
    Column("Viện dẫn", 30, lambda at, t: "; ".join(at.citations[c].text for c in t.citation_ids if c in at.citations)),
    Column("Mục", 60, lambda at, t: section_text(t)),
    Column("Trùng với STT", 10, _twin),
    Column("Độ tin cậy", 10, lambda at, t: t.confidence),
    Column("Trang", 8, lambda at, t: t.span.page),
    Column("Mã nhiệm vụ", 16, lambda at, t: t.id),
    Column("Văn bản", 22, lambda at, t: at.name),
    Column("Tệp", 30, lambda at, t: at.document.source.file),
)

CITATION_COLUMNS: tuple[Column[Citation], ...] = (
    Column("Mã", 8, lambda at, c: c.id),
    Column("Viện dẫn", 60, lambda at, c: c.text),
    Column("Loại văn bản", 16, lambda at, c: c.type),
    Column("Số, ký hiệu", 20, lambda at, c: c.identifier),
    Column("Ngày ban hành", 14, lambda at, c: c.issued_on),
    Column("Cơ quan ban hành", 26, lambda at, c: full_name(c.issuer)),
    Column("Nội dung", 40, lambda at, c: c.title),
    Column("Điều khoản", 20, lambda at, c: pinpoints(c)),
    Column("Quan hệ", 18, lambda at, c: labels.RELATIONS[c.relation]),
    Column("Trong nhiệm vụ", 14, lambda at, c: ", ".join(str(at.ordinals[t]) for t in c.task_ids if t in at.ordinals)),
    Column("Trang", 8, lambda at, c: c.span.page),
    Column("Văn bản được viện dẫn", 34, lambda at, c: c.cited_document_id),
    Column("Văn bản", 22, lambda at, c: at.name),
)

FINDING_COLUMNS: tuple[Column[Finding], ...] = (
    Column("Mức độ", 12, lambda at, f: labels.SEVERITIES[f.severity]),
    Column("Nội dung", 80, lambda at, f: f.message),
    Column("Nhiệm vụ số", 12, lambda at, f: at.ordinals.get(f.subject_id) if f.subject_id else None),
    Column("Trang", 8, lambda at, f: f.span.page if f.span else None),
    Column("Mã lưu ý", 26, lambda at, f: f.code),
    Column("Văn bản", 22, lambda at, f: at.name),
)

DOCUMENT_COLUMNS: tuple[Column[Document], ...] = (
    Column("Tệp", 36, lambda at, d: d.source.file),
    Column("Loại văn bản", 16, lambda at, d: d.header.type),
    Column("Số, ký hiệu", 18, lambda at, d: d.header.identifier),
    Column("Ngày ban hành", 14, lambda at, d: d.header.issued_on),
    Column("Nơi ban hành", 14, lambda at, d: d.header.place),
    Column("Cơ quan ban hành", 30, lambda at, d: full_name(d.header.issuer)),
    Column("Cơ quan cấp trên", 30, lambda at, d: full_name(d.header.issuer_parent)),
    Column("Trích yếu", 60, lambda at, d: d.header.title),
    Column("Người ký", 22, lambda at, d: d.header.signer.name if d.header.signer else None),
    Column("Chức vụ", 22, lambda at, d: d.header.signer.position if d.header.signer else None),
    Column("Nơi nhận", 40, lambda at, d: "; ".join(d.header.recipients)),
    Column("Dự thảo", 10, lambda at, d: "có" if d.header.is_draft else "không"),
    Column("Số nhiệm vụ", 12, lambda at, d: len(d.tasks)),
    Column("Số văn bản viện dẫn", 12, lambda at, d: len(d.cited_documents)),
    Column("Số lưu ý", 10, lambda at, d: len(d.findings)),
    Column("Số trang", 10, lambda at, d: d.source.page_count),
    Column("Cách đọc chữ", 18, lambda at, d: labels.TEXT_ORIGINS[d.source.text_origin]),
    Column("SHA-256 của tệp", 40, lambda at, d: d.source.sha256),
)


def row(columns: Iterable[Column[T]], at: Lookup, item: T) -> tuple[Value, ...]:
    """An item's values under the headings of the columns."""
    return tuple(c.value(at, item) for c in columns)
