"""An evaluation as a table on the terminal, as JSON and as a page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import IO, Any

import msgspec
from jinja2 import Template

from extractor.evaluate.folders import Evaluation
from extractor.evaluate.scoring import FIELDS, Count, Mistake
from extractor.export.cells import printable
from extractor.export.pages import template

NAMES = {
    "header": "Phần đầu văn bản",
    "header.type_code": "Tên loại",
    "header.number": "Số",
    "header.symbol": "Ký hiệu",
    "header.identifier": "Số, ký hiệu",
    "header.issued_on": "Ngày ban hành",
    "header.place": "Địa danh",
    "header.issuer": "Cơ quan ban hành",
    "header.title": "Trích yếu",
    "header.signer_name": "Người ký",
    "citations": "Văn bản viện dẫn",
    "cited_date": "Ngày của văn bản viện dẫn",
    "cited_type": "Loại của văn bản viện dẫn",
    "tasks": "Nhiệm vụ",
    "lead": "Chủ trì",
    "cooperating": "Phối hợp",
    "deadlines": "Thời hạn",
    "products": "Sản phẩm",
}
KINDS = {"missing": "Sót", "invented": "Thừa", "wrong": "Sai"}
# The columns of the table of documents.
MAIN = ("header", "citations", "cited_date", "tasks", "lead", "cooperating", "deadlines", "products")
_ALL = "Tất cả"
_WIDTH = 130


def shown(value: float | None) -> str:
    """A figure with three places, "-" where there was nothing to compare."""
    return "-" if value is None else f"{value:.3f}"


def figures(counts: Mapping[str, Count]) -> list[tuple[str, tuple[str, ...]]]:
    """One line per field: its name, labels, predictions, hits, precision, recall, F1, accuracy."""
    lines: list[tuple[str, tuple[str, ...]]] = []
    for name in FIELDS:
        c = counts[name]
        if c.gold or c.predicted:
            rates = (shown(c.precision), shown(c.recall), shown(c.f1))
        elif c.compared:
            rates = ("-", "-", "-")
        else:
            continue
        lines.append((NAMES[name], (str(c.gold), str(c.predicted), str(c.hit), *rates, shown(c.accuracy))))
    return lines


COLUMNS = ("Trường", "Nhãn", "Kết quả", "Khớp", "Độ chính xác", "Độ bao phủ", "F1", "Tỷ lệ đúng")


def write_table(e: Evaluation, stream: IO[str]) -> None:
    """The figures of each document and of each field, then every mistake."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(file=stream, highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    documents = Table(title="Từng văn bản (F1 của danh sách, tỷ lệ đúng của giá trị đơn)", title_justify="left")
    documents.add_column("Văn bản", overflow="fold", ratio=3)
    for name in MAIN:
        documents.add_column(NAMES[name], justify="right", ratio=1)
    for stem, counts in (*((k, s.counts) for k, s in e.documents.items()), (_ALL, e.total)):
        documents.add_row(escape(printable(stem)), *(shown(counts[name].figure) for name in MAIN))
    console.print(documents)
    fields = Table(title="Từng trường, mọi văn bản", title_justify="left")
    for n, name in enumerate(COLUMNS):
        fields.add_column(name, justify="right" if n else "left")
    for label, values in figures(e.total):
        fields.add_row(label, *values)
    console.print(fields)
    for stem, scored in e.documents.items():
        if scored.mistakes:
            console.print(f"[bold]{escape(printable(stem))}[/bold]: {len(scored.mistakes)} lỗi")
        for m in scored.mistakes:
            console.print(f"  {escape(printable(told(m)))}", soft_wrap=True)


def told(m: Mistake) -> str:
    """A mistake on one line."""
    where = f" [{m.where}]" if m.where else ""
    values = {
        "missing": m.gold,
        "invented": m.predicted,
        "wrong": f"nhãn “{m.gold}”, kết quả “{m.predicted}”",
    }[m.kind]
    return " ".join(f"{KINDS[m.kind]} {NAMES[m.field].lower()}{where}: {values}".split())


def to_json(e: Evaluation) -> str:
    """The evaluation as JSON: `total` and `documents` by field, then what could not be compared."""
    data = {
        "total": _rates(e.total),
        "documents": {stem: {"fields": _rates(s.counts), "mistakes": s.mistakes} for stem, s in e.documents.items()},
        "without_prediction": e.without_prediction,
        "without_gold": e.without_gold,
        "errors": [{"file": x.file, "problem": x.problem} for x in e.errors],
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode("utf-8") + "\n"


def _rates(counts: Mapping[str, Count]) -> dict[str, dict[str, Any]]:
    out: dict[str, dict[str, Any]] = {}
    for name in FIELDS:
        c = counts[name]
        some = bool(c.gold or c.predicted)
        out[name] = msgspec.structs.asdict(c) | {
            "precision": c.precision if some else None,
            "recall": c.recall if some else None,
            "f1": c.f1 if some else None,
            "accuracy": c.accuracy,
        }
    return out


def to_html(e: Evaluation) -> str:
    """The evaluation as a page that stands by itself; everything printed is escaped."""
    documents = [
        (stem, [shown(s.counts[n].figure) for n in MAIN], figures(s.counts), s.mistakes)
        for stem, s in e.documents.items()
    ]
    total = e.total
    return _template().render(
        e=e, documents=documents, total=[shown(total[n].figure) for n in MAIN], totals=figures(total), columns=COLUMNS,
        main=[NAMES[n] for n in MAIN],
    )  # fmt: skip


@cache
def _template() -> Template:
    source = files(__package__ or "").joinpath("report.html.jinja").read_text("utf-8")
    return template(source, names=NAMES, kinds=KINDS)
