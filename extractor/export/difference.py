"""The difference between two plans as a table on the terminal, as JSON and as a page."""

from __future__ import annotations

from functools import cache
from typing import IO, Any

import msgspec
from jinja2 import Template

from extractor.diff import Change, PlanDifference, TaskDifference
from extractor.document import CitedDocument, Document
from extractor.export.cells import printable
from extractor.export.pages import asset, template
from extractor.export.rows import deadline_texts, document_name, names

KINDS = {"added": "Thêm", "dropped": "Bỏ", "changed": "Sửa"}
FIELDS = {
    "deadline": "Thời hạn",
    "lead": "Cơ quan chủ trì",
    "cooperating": "Cơ quan phối hợp",
    "approver": "Cấp trình, phê duyệt",
    "supervisor": "Lãnh đạo phụ trách",
    "products": "Sản phẩm",
    "budget": "Kinh phí",
    "notes": "Ghi chú",
    "text": "Nội dung",
    "document": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "title": "Trích yếu",
    "signer": "Người ký",
}
_COLOURS = {"added": "green", "dropped": "red", "changed": "yellow"}


def moved(change: Change) -> str:
    """How far a deadline moved: "lùi 92 ngày", "sớm hơn 10 ngày"; "" where that cannot be told."""
    if not change.days:
        return ""
    return f"lùi {change.days} ngày" if change.days > 0 else f"sớm hơn {-change.days} ngày"


def summary(d: PlanDifference) -> str:
    """The counts in words."""
    count = {kind: sum(1 for t in d.tasks if t.kind == kind) for kind in KINDS}
    return (
        f"{count['added']} nhiệm vụ thêm, {count['dropped']} bỏ, {count['changed']} sửa, {d.unchanged} giữ nguyên; "
        f"{len(d.cited_added)} văn bản viện dẫn thêm, {len(d.cited_dropped)} bỏ."
    )


def cited_name(c: CitedDocument) -> str:
    """A cited document as one calls it."""
    return " ".join(p for p in (c.name or c.type, c.identifier) if p) or c.id


def write_table(d: PlanDifference, stream: IO[str]) -> None:
    """The difference for a terminal."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = 140
    title = f"{document_name(d.old)} ({d.old.source.file}) → {document_name(d.new)} ({d.new.source.file})"
    console.print(escape(printable(title)))
    if d.is_empty:
        console.print("Không có khác biệt.")
        return
    table = Table(show_lines=True, expand=True)
    for name, ratio in (("Thay đổi", 2), ("Nhiệm vụ", 6), ("Trước", 5), ("Sau", 5)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for c in d.header:
        table.add_row("[cyan]Văn bản[/cyan]", FIELDS[c.field], *(escape(printable(v)) for v in (c.old, c.new)))
    for t in d.tasks:
        for label, title, old, new in _lines(t):
            colour = _COLOURS[t.kind]
            table.add_row(f"[{colour}]{label}[/{colour}]", *(escape(printable(v)) for v in (title, old, new)))
    for word, side in (("Thêm viện dẫn", d.cited_added), ("Bỏ viện dẫn", d.cited_dropped)):
        for cited in side:
            table.add_row(f"[cyan]{word}[/cyan]", escape(printable(cited_name(cited))), "", "")
    console.print(table)
    console.print(summary(d))


def _lines(t: TaskDifference) -> list[tuple[str, str, str, str]]:
    task = t.new or t.old
    assert task is not None
    if t.kind == "changed":
        return [
            (FIELDS[c.field], task.title if n == 0 else "", c.old, " ".join(p for p in (c.new, _bracketed(c)) if p))
            for n, c in enumerate(t.changes)
        ]
    told = "; ".join(p for p in (names(task.lead), deadline_texts(task)) if p)
    return [(KINDS[t.kind], task.title, told if t.old else "", told if t.new else "")]


def _bracketed(change: Change) -> str:
    return f"({moved(change)})" if moved(change) else ""


def to_json(d: PlanDifference) -> str:
    """The difference as JSON: both documents named, the tasks that differ whole, nothing of what stayed."""
    data = {
        "old": _named(d.old),
        "new": _named(d.new),
        "header": d.header,
        "tasks": d.tasks,
        "unchanged": d.unchanged,
        "cited_added": d.cited_added,
        "cited_dropped": d.cited_dropped,
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode("utf-8") + "\n"


def _named(d: Document) -> dict[str, Any]:
    return {"file": d.source.file, "sha256": d.source.sha256, "name": document_name(d), "issued_on": d.header.issued_on}


def to_html(d: PlanDifference) -> str:
    """The difference as a page that stands by itself; everything printed is escaped."""
    return _template().render(d=d, old=document_name(d.old), new=document_name(d.new), summary=summary(d))


@cache
def _template() -> Template:
    return template(
        asset("difference.html.jinja"),
        kinds=KINDS,
        fields=FIELDS,
        moved=moved,
        cited_name=cited_name,
        names=names,
        deadline_texts=deadline_texts,
    )
