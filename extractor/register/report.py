"""The audit as a table on the terminal and as a page; each says what was compared and what the register covers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import IO

from jinja2 import Template
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extractor.export import pages
from extractor.register.audit import Audit
from extractor.register.lines import LEGEND, CitedLine, cited_line, finding_lines, heading, totals

_COLOURS = {"good": "green", "bad": "bold red", "open": "yellow"}
_MIN_WIDTH = 100


def write_table(audits: Iterable[Audit], stream: IO[str], coverage: str) -> None:
    """One table per document, its findings below it, and at the end what the register covers."""
    console = Console(file=stream, highlight=False, soft_wrap=False)
    if console.width < _MIN_WIDTH:
        console.width = _MIN_WIDTH
    for audit in audits:
        console.print(_table(audit))
        console.print(escape(f"{totals(audit)}."))
        for f in finding_lines(audit):
            if f.severity != "lưu ý":
                console.print(f"  [yellow]{f.severity}[/yellow] {escape(f.message)}")
        console.print()
    console.print(escape(f"Sổ đối chiếu: {coverage}"))
    console.print(escape(f"Đã so: {LEGEND}. Không có trong sổ không có nghĩa là văn bản không tồn tại."))


def _table(audit: Audit) -> Table:
    table = Table(title=escape(heading(audit)), title_justify="left", show_lines=True, expand=True)
    for name, ratio in (
        ("Văn bản viện dẫn", 5),
        ("Tr.", 1),
        ("Kết quả", 3),
        ("So với mục trong sổ", 5),
        ("Khác nhau, ghi chú", 6),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    for c in audit.checked:
        line = cited_line(audit, c)
        colour = _COLOURS[line.tone]
        table.add_row(
            escape(line.cited),
            str(line.page or ""),
            f"[{colour}]{escape(line.label)}[/{colour}]",
            escape("\n".join(p for p in (line.matched, line.compared) if p)),
            escape(told(line)),
        )
    return table


def told(line: CitedLine) -> str:
    """Everything that is to be said of a cited document beside its status."""
    parts = [line.differences, line.note or ""]
    if line.candidates:
        lead = "Cùng số hoặc gần giống trong sổ" if line.status == "not_found" else "Có thể là"
        parts.append(f"{lead}: {line.candidates}.")
    return " ".join(p for p in parts if p)


def write_html(audits: Iterable[Audit], stream: IO[str], coverage: str) -> None:
    """A page that stands by itself: nothing is loaded from elsewhere, everything printed is escaped."""
    for part in template("audit").generate(pages=_pages(audits), coverage=coverage, legend=LEGEND):
        stream.write(part)


def _pages(audits: Iterable[Audit]) -> Iterator[dict[str, object]]:
    for audit in audits:
        lines = [cited_line(audit, c) for c in audit.checked]
        yield {
            "heading": heading(audit),
            "totals": totals(audit),
            "lines": [(line, told(line)) for line in lines],
            "findings": finding_lines(audit),
        }


@cache
def template(name: str) -> Template:
    """A page template of this package."""
    return pages.template(files(__package__ or "").joinpath(f"{name}.html.jinja").read_text("utf-8"))
