"""A plan as a PDF page set as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks: 14 pt, justified, indented."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from motto import motto
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

FAMILY = "Liberation Serif"
_FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "Bold Italic"}
_STAMP = re.compile(r"\[([^\]]+)\]")
_LEFT, _RIGHT, _TOP, _BOTTOM = 30 * mm, 17 * mm, 20 * mm, 20 * mm
_PAD = 4

Row = list[Paragraph]


@cache
def _register_fonts() -> None:
    """Find the fonts by asking fontconfig, so that no path is written down here."""
    for suffix, face in _FACES.items():
        query = ["fc-match", "-f", "%{family}\t%{file}", f"{FAMILY}:style={face}"]
        family, file = subprocess.run(query, capture_output=True, text=True, check=True).stdout.split("\t")
        if FAMILY not in family:
            raise SystemExit(f"font {FAMILY} {face} is missing: install fonts-liberation2")
        pdfmetrics.registerFont(TTFont(f"Serif{suffix}", file))
    pdfmetrics.registerFontFamily("Serif", "Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic")


def _style(size: float, *, centred: bool = False, indent: float = 0, after: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}{centred}{indent}",
        fontName="Serif",
        fontSize=size,
        leading=size * 1.22,
        alignment=TA_CENTER if centred else TA_JUSTIFY,
        firstLineIndent=indent,
        spaceAfter=after,
    )


class Line(Flowable):
    """A centred line; what stands in square brackets is left blank and stamped when the page is done."""

    def __init__(self, text: str, font: str, size: float, stamps: list[tuple[float, float, str]]) -> None:
        super().__init__()
        self.text, self.font, self.size, self.stamps = text, font, size, stamps

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.size * 1.22

    def draw(self) -> None:
        blank = pdfmetrics.stringWidth(" ", self.font, self.size)
        line, stamped = "", []
        for i, piece in enumerate(_STAMP.split(self.text)):
            if i % 2:
                stamped.append((len(line) + 1, piece))
                piece = " " * (round(pdfmetrics.stringWidth(piece, self.font, self.size) / blank) + 2)
            line += piece
        x = (self.width - pdfmetrics.stringWidth(line, self.font, self.size)) / 2
        self.canv.setFont(self.font, self.size)
        self.canv.drawString(x, 3, line)
        for at, piece in stamped:
            left = x + pdfmetrics.stringWidth(line[:at], self.font, self.size)
            self.stamps.append((*self.canv.absolutePosition(left, 3), piece))


class Rule(Flowable):
    """The centred line under the issuer, the motto and the title."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, 5

    def draw(self) -> None:
        self.canv.setLineWidth(0.6)
        self.canv.line(self.width * (1 - self.share) / 2, 2, self.width * (1 + self.share) / 2, 2)


def write_pdf(parts: list[dict[str, Any]], path: Path) -> None:
    """Write the parts, each on a page of its own; page numbers at the top from page 2 on."""
    _register_fonts()
    stamps: list[tuple[float, float, str]] = []

    def finish_page(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Serif", 13)
        if document.page > 1:
            canvas.drawCentredString(canvas._pagesize[0] / 2, canvas._pagesize[1] - 12 * mm, str(document.page))
        for x, y, text in stamps:
            canvas.drawString(x, y, text)
        stamps.clear()

    document = BaseDocTemplate(str(path), invariant=1, title="", author="", creator="")
    document.addPageTemplates(
        [_page("upright", A4, finish_page), _page("wide", landscape(A4), finish_page)],
    )
    story: list[Flowable] = []
    for number, part in enumerate(parts):
        wide = part.get("landscape", False)
        if number:
            story += [NextPageTemplate("wide" if wide else "upright"), PageBreak()]
        story += _part(part, (A4[1] if wide else A4[0]) - _LEFT - _RIGHT, stamps)
    document.build(story)


def _page(name: str, size: tuple[float, float], finish: Any) -> PageTemplate:
    frame = Frame(_LEFT, _BOTTOM, size[0] - _LEFT - _RIGHT, size[1] - _TOP - _BOTTOM, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPageEnd=finish, pagesize=size)


def _part(part: dict[str, Any], width: float, stamps: list[tuple[float, float, str]]) -> list[Flowable]:
    story: list[Flowable] = []
    if "head" in part:
        story += [_head(part["head"], width, stamps), Spacer(1, 14)]
    if "type" in part:
        title = "<br/>".join(escape(line) for line in part["title"].strip().split("\n"))
        story += [Paragraph(f"<b>{part['type']}</b>", _style(14, centred=True, after=2))]
        story += [Paragraph(f"<b>{title}</b>", _style(14, centred=True)), Rule(0.3), Spacer(1, 8)]
    for line in part["body"].strip().replace("¶", " ").split("\n"):
        if line.startswith("^"):
            tag = "i" if line[1] == "*" else "b"
            story.append(Paragraph(f"<{tag}>{escape(line.lstrip('^* '))}</{tag}>", _style(14, centred=True, after=5)))
            continue
        text = f"**{line[2:]}**" if line.startswith("# ") else line
        story.append(Paragraph(_emphasised(text), _style(14, indent=12.7 * mm, after=5)))
    if "table" in part:
        story += [Spacer(1, 6), _table(part["table"], width)]
    if "foot" in part:
        story += [Spacer(1, 10), _foot(part["foot"], width)]
    return story


def _emphasised(text: str) -> str:
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", escape(text))
    return re.sub(r"\*([^*]+)\*", r"<i>\1</i>", text)


def _head(head: dict[str, Any], width: float, stamps: list[tuple[float, float, str]]) -> Table:
    left: list[Flowable] = [Line(line, "Serif", 12, stamps) for line in head.get("parent", "").split("\n") if line]
    left += [Line(line, "Serif-Bold", 12, stamps) for line in head["issuer"].split("\n")]
    right: list[Flowable] = [Line(motto(head)[0], "Serif-Bold", 12, stamps)]
    right += [Line(line, "Serif-Bold", 13, stamps) for line in motto(head)[1:]]
    rows = [[[*left, Rule(0.4)], [*right, Rule(0.66)]]]
    if "number" in head:
        date = Line(head["place_date"], "Serif-Italic", 13, stamps)
        rows.append([[Spacer(1, 6), Line(head["number"], "Serif", 13, stamps)], [Spacer(1, 6), date]])
    return Table(rows, [width * 0.4, width * 0.6], style=_BARE)


def _foot(foot: dict[str, Any], width: float) -> Table:
    left = [Paragraph("<b><i>Nơi nhận:</i></b>", _style(12))]
    for name in foot["recipients"]:
        left.append(Paragraph(f"- {escape(name)}{'.' if name == foot['recipients'][-1] else ';'}", _style(11)))
    right: list[Flowable] = [
        Paragraph(f"<b>{escape(line)}</b>", _style(14, centred=True)) for line in foot["signature"]
    ]
    right += [Spacer(1, 60), Paragraph(f"<b>{escape(foot['signer'])}</b>", _style(14, centred=True))]
    return Table([[left, right]], [width * 0.48, width * 0.52], style=_BARE)


_BARE = [
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
]


class RuledTable(Flowable):
    """A ruled table as a word processor sets it: header on every page, a row carried on where it must be."""

    def __init__(self, head: Row, rows: list[Row], widths: list[float]) -> None:
        super().__init__()
        self.head, self.rows, self.widths = head, rows, widths

    def _height(self, row: Row) -> float:
        cells = zip(row, self.widths, strict=True)
        return max(cell.wrap(width - 2 * _PAD, 10000)[1] for cell, width in cells) + 2 * _PAD

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return sum(self.widths), sum(self._height(row) for row in (self.head, *self.rows))

    def split(self, width: float, height: float) -> list[Flowable]:
        room = height - self._height(self.head) - 1
        below = list(self.rows)
        above: list[Row] = []
        while below and self._height(below[0]) <= room:
            room -= self._height(below[0])
            above.append(below.pop(0))
        if room > 3 * _style(12).leading:
            first, below[0] = self._carry(below[0], room - 2 * _PAD)
            above.append(first)
        if not above:
            return []
        return [RuledTable(self.head, above, self.widths), RuledTable(self.head, below, self.widths)]

    def _carry(self, row: Row, room: float) -> tuple[Row, Row]:
        """One row as two: what fits into `room` points, and what goes overleaf."""
        halves = []
        for cell, width in zip(row, self.widths, strict=True):
            pieces = cell.split(width - 2 * _PAD, room)
            empty = Paragraph("", cell.style)
            halves.append((pieces[0], pieces[1]) if len(pieces) == 2 else (cell, empty))
        return [first for first, _ in halves], [rest for _, rest in halves]

    def draw(self) -> None:
        style = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            *((f"{side}PADDING", (0, 0), (-1, -1), _PAD) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
        ]
        table = Table([self.head, *self.rows], self.widths, style=style)
        table.wrapOn(self.canv, sum(self.widths), 10000)
        table.drawOn(self.canv, 0, 0)


def _table(data: dict[str, Any], width: float) -> RuledTable:
    plain, centred = _style(12), _style(12, centred=True)
    plain.alignment = TA_LEFT
    head = [Paragraph(f"<b>{escape(text)}</b>", centred) for text in data["columns"]]
    rows = []
    for row in data["rows"]:
        mark = "{}" if any(row[2:]) else "<b>{}</b>"
        rows.append([Paragraph(mark.format(escape(t)), plain if c else centred) for c, t in enumerate(row)])
    return RuledTable(head, rows, [width * share / 100 for share in data["widths"]])
