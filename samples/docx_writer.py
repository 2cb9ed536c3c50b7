"""A plan as a word processor file, set as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from motto import motto

_EMPHASIS = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*)")
_BUILT = dt.datetime(2026, 1, 1)


def write_docx(parts: list[dict[str, Any]], path: Path) -> None:
    """Write the parts one after the other, each in a section of its own."""
    document = Document()
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(14)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "Times New Roman")
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "", "", ""
    properties.created = properties.modified = _BUILT
    for number, part in enumerate(parts):
        section = document.add_section(WD_SECTION.NEW_PAGE) if number else document.sections[0]
        wide = part.get("landscape", False)
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.top_margin = section.bottom_margin = Mm(20)
        _write_part(document, part)
    raw = BytesIO()
    document.save(raw)
    path.write_bytes(_without_clock(raw))


def _without_clock(raw: BytesIO) -> bytes:
    """The same archive with every member dated 1980, as the format's first day."""
    out = BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()


def _write_part(document: DocxDocument, part: dict[str, Any]) -> None:
    if "head" in part:
        _write_head(document, part["head"])
    if "type" in part:
        _line(document.add_paragraph(), part["type"], bold=True, centred=True)
        for line in part["title"].strip().split("\n"):
            _line(document.add_paragraph(), line, bold=True, centred=True)
    for line in part["body"].strip().replace("¶", " ").split("\n"):
        paragraph = document.add_paragraph()
        if line.startswith("^"):
            _line(paragraph, line.lstrip("^* "), bold=line[1] == " ", italic=line[1] == "*", centred=True)
            continue
        paragraph.paragraph_format.first_line_indent = Mm(12.7)
        paragraph.paragraph_format.space_after = Pt(6)
        paragraph.alignment = ALIGN.JUSTIFY
        _emphasised(paragraph, f"**{line[2:]}**" if line.startswith("# ") else line)
    if "table" in part:
        _write_table(document, part["table"])
    if "foot" in part:
        _write_foot(document, part["foot"])


def _write_head(document: DocxDocument, head: dict[str, Any]) -> None:
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (66, 99), strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    left = [(line, False) for line in head.get("parent", "").split("\n") if line]
    left += [(line, True) for line in head["issuer"].split("\n")]
    _lines(table.cell(0, 0), left, size=13)
    _lines(table.cell(0, 1), [(line, True) for line in motto(head)], size=13)
    _lines(table.cell(1, 0), [(head["number"], False)], size=13)
    _lines(table.cell(1, 1), [(head["place_date"], False)], size=14, italic=True)
    document.add_paragraph()


def _write_foot(document: DocxDocument, foot: dict[str, Any]) -> None:
    table = document.add_table(rows=1, cols=2)
    cell = table.cell(0, 0)
    _line(cell.paragraphs[0], "Nơi nhận:", bold=True, italic=True, size=12)
    for name in foot["recipients"]:
        _line(cell.add_paragraph(), f"- {name}{'.' if name == foot['recipients'][-1] else ';'}", size=11)
    lines = [*foot["signature"], "", "", "", "", foot["signer"]]
    _lines(table.cell(0, 1), [(line, True) for line in lines], size=14)


def _write_table(document: DocxDocument, data: dict[str, Any]) -> None:
    heads = [data["columns"], *([data["second_header"]] if "second_header" in data else [])]
    rows = heads + data["rows"]
    table = document.add_table(rows=len(rows), cols=len(data["columns"]))
    table.style, table.autofit = "Table Grid", False
    for column, share in zip(table.columns, data["widths"], strict=True):
        column.width = Mm(252 * share / 100)
    for r, row in enumerate(rows):
        group = r >= len(heads) and not any(row[2:])
        for c, text in enumerate(row):
            cell = table.cell(r, c)
            cell.width = Mm(252 * data["widths"][c] / 100)
            if text != "↑" and (text or not group):
                _line(cell.paragraphs[0], text, bold=group or r < len(heads), centred=c == 0, size=12)
    for r, row in enumerate(rows):
        if r < len(heads):
            table.rows[r]._tr.get_or_add_trPr().append(_repeated_header(table))
        elif not any(row[2:]):
            table.cell(r, 1).merge(table.cell(r, len(row) - 1))
            _drop_empty_paragraphs(table.cell(r, 1))
        for c, text in enumerate(row):
            if text == "↑":
                table.cell(r - 1, c).merge(table.cell(r, c))
                _drop_empty_paragraphs(table.cell(r, c))


def _repeated_header(table: Table) -> Any:
    return table._tbl.makeelement(qn("w:tblHeader"), {})


def _drop_empty_paragraphs(cell: _Cell) -> None:
    for paragraph in cell.paragraphs[1:]:
        if not paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)


def _lines(cell: _Cell, lines: list[tuple[str, bool]], *, size: int, italic: bool = False) -> None:
    for i, (text, bold) in enumerate(lines):
        paragraph = cell.add_paragraph() if i else cell.paragraphs[0]
        _line(paragraph, text, bold=bold, italic=italic, centred=True, size=size)


def _line(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    size: int = 14,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.paragraph_format.space_after = Pt(0)
    if centred:
        paragraph.alignment = ALIGN.CENTER


def _emphasised(paragraph: Paragraph, line: str) -> None:
    for piece in filter(None, _EMPHASIS.split(line)):
        run = paragraph.add_run(piece.strip("*"))
        run.bold, run.italic = piece.startswith("**"), piece.startswith("*") and not piece.startswith("**")
