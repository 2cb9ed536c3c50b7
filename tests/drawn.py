"""PDF and DOCX files drawn for the reading tests, in our own words."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.clean import Grid, Text, clean
from extractor.options import Options
from extractor.read import read
from extractor.source import Paragraph, Source, Table

_FONTS = Path("/usr/share/fonts/truetype/liberation2")
FACES = {"": "LiberationSerif-Regular", "B": "LiberationSerif-Bold", "I": "LiberationSerif-Italic"}
needs_fonts = pytest.mark.skipif(not _FONTS.exists(), reason="the Liberation fonts are not installed")

WIDTH, HEIGHT, LEFT, RIGHT = 595.0, 842.0, 85.0, 539.0


class Sheets:
    """A PDF drawn page by page; places count from the top left, in points."""

    def __init__(self, size: tuple[float, float] = (WIDTH, HEIGHT)) -> None:
        pytest.importorskip("reportlab")
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        for face, name in FACES.items():
            pdfmetrics.registerFont(TTFont(f"Serif{face}", str(_FONTS / f"{name}.ttf")))
        self._measure: Callable[..., float] = pdfmetrics.stringWidth
        self._buffer = io.BytesIO()
        self.size = size
        self.canvas: Any = Canvas(self._buffer, pagesize=size)
        self.y = 80.0

    def line(self, text: str, x: float = LEFT, face: str = "", size: float = 13.0, y: float | None = None) -> None:
        """One line of text; without `y` under the line before."""
        at = self.y if y is None else y
        self.canvas.setFont(f"Serif{face}", size)
        self.canvas.drawString(x, self.size[1] - at, text)
        if y is None:
            self.y += 1.3 * size

    def centred(self, text: str, face: str = "B", size: float = 13.0, middle: float = (LEFT + RIGHT) / 2) -> None:
        self.line(text, middle - self._measure(text, f"Serif{face}", size) / 2, face, size)

    def text(self, text: str, face: str = "", size: float = 13.0, indent: float = 28.0, gap: float = 6.0) -> None:
        """A paragraph, its first line indented, wrapped at the right margin."""
        words, x = text.split(), LEFT + indent
        line: list[str] = []
        for word in words:
            if line and x + self._measure(" ".join([*line, word]), f"Serif{face}", size) > RIGHT:
                self.line(" ".join(line), x, face, size)
                line, x = [], LEFT
            line.append(word)
        self.line(" ".join(line), x, face, size)
        self.y += gap

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.setLineWidth(0.5)
        self.canvas.line(x0, self.size[1] - y0, x1, self.size[1] - y1)

    def table(self, rows: Iterable[Sequence[str]], xs: Sequence[float], height: float = 30.0) -> None:
        """A ruled table; "<" goes on with the cell to the left, "^" with the one above."""
        grid = [list(row) for row in rows]
        top = self.y
        for r, row in enumerate(grid):
            y = top + r * height
            for c, cell in enumerate(row):
                if cell != "^":
                    self.rule(xs[c], y, xs[c + 1], y)
                if cell != "<":
                    self.rule(xs[c], y, xs[c], y + height)
                if cell not in "<^":
                    for k, part in enumerate(cell.split("\n")):
                        self.line(part, xs[c] + 4, size=10, y=y + 12 + 12 * k)
            self.rule(xs[-1], y, xs[-1], y + height)
        self.rule(xs[0], top + len(grid) * height, xs[-1], top + len(grid) * height)
        self.y = top + len(grid) * height + 25

    def next(self) -> None:
        self.canvas.showPage()
        self.y = 80.0

    def data(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def source_of(data: bytes, name: str = "van-ban.pdf", **options: Any) -> Source:
    return read(Path(name), Options(**options), name=name, data=data)


def text_of(data: bytes, name: str = "van-ban.pdf", **options: Any) -> Text:
    return clean(source_of(data, name, **options))


def paragraphs(source: Source) -> list[str]:
    """The paragraphs as text, those of tables left out."""
    return [" ".join(w.text for w in p.words) for p in source.parts if isinstance(p, Paragraph)]


def tables(source: Source) -> list[Table]:
    return [p for p in source.parts if isinstance(p, Table)]


def cells(text: Text) -> list[list[str]]:
    """The rows of the one table of a text; a merged cell is given in every place it covers."""
    (grid,) = [b for b in text.blocks if isinstance(b, Grid)]
    return [[text[cell] for cell in row] for row in grid.rows]
