"""A page of a PDF as a picture with boxes round what was read on it, for looking at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.document import Box, Document, Span
from extractor.errors import UnsupportedError
from extractor.options import Options

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_DPI = 120
_LONGEST = 6_000  # pixels: a page may claim to be as large as a house
# What is drawn, in this order: name of the layer, its legend, its colour.
LAYERS: tuple[tuple[str, str, tuple[int, int, int]], ...] = (
    ("blocks", "đoạn văn", (160, 160, 160)),
    ("cells", "ô bảng", (120, 150, 200)),
    ("tasks", "nhiệm vụ", (0, 140, 70)),
    ("citations", "viện dẫn", (200, 60, 30)),
    ("deadlines", "thời hạn", (130, 60, 190)),
)


def draw_page(path: str | Path, page: int, *, options: Options | None = None, data: bytes | None = None) -> Image.Image:
    """The 1-based page of a PDF with the boxes of blocks, cells, tasks, citations and deadlines, and a legend.

    `data` gives the bytes where there is no file. A page larger than any sheet of paper is drawn smaller.

    Raises `UnsupportedError` where the file has no pages or not that page, and what `extract` raises.
    """
    import pypdfium2
    from PIL import ImageDraw

    from extractor.clean import Block, clean
    from extractor.pipeline import extract_source
    from extractor.read import bytes_of, read

    options = options or Options()
    if data is None:
        data = bytes_of(Path(path), str(path))
    source = read(Path(path), options, data=data)
    count = source.info.page_count
    if source.info.media_type != "application/pdf" or count is None:
        raise UnsupportedError(str(path), "Tệp không có trang để vẽ.", "Lệnh này chỉ dùng cho tệp PDF.")
    if not 1 <= page <= count:
        raise UnsupportedError(str(path), f"Không có trang {page}.", f"Tệp có {count} trang.")
    text, document = clean(source), extract_source(source, options=options)
    boxes: dict[str, list[Box]] = {
        "blocks": _boxes(text.locate(b.start, b.end) for b in text.blocks if isinstance(b, Block)),
        "cells": _boxes(
            text.locate(c.start, c.end)
            for g in text.blocks
            if not isinstance(g, Block)
            for row in g.rows
            for c in row
            if c.end > c.start
        ),
        **_found(document),
    }
    pdf = pypdfium2.PdfDocument(data)
    try:
        sheet = pdf[page - 1]
        dpi = min(_DPI, _LONGEST * 72 / max(*sheet.get_size(), 1))
        picture: Image.Image = sheet.render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        pdf.close()
    draw = ImageDraw.Draw(picture)
    for width, (layer, _, colour) in enumerate(LAYERS, 1):
        for b in boxes[layer]:
            if b.page == page:
                corners = [v * dpi / 72 for v in (b.x0, b.top, b.x1, b.bottom)]
                draw.rectangle(_grown(corners, width), outline=colour, width=1 if width < 3 else 2)
    _legend(draw)
    return picture


def _boxes(spans: Iterable[Span]) -> list[Box]:
    return [b for s in spans for b in s.boxes]


def _found(document: Document) -> dict[str, list[Box]]:
    return {
        "tasks": _boxes(t.span for t in document.tasks),
        "citations": _boxes(c.span for c in document.citations),
        "deadlines": _boxes(d.span for t in document.tasks for d in t.deadlines),
    }


def _grown(corners: list[float], by: int) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = corners
    return x0 - by, top - by, max(x1, x0) + by, max(bottom, top) + by


def _legend(draw: Any) -> None:
    font = _font()
    x = 10.0
    for _, name, colour in LAYERS:
        width = draw.textlength(name, font=font)
        draw.rectangle((x, 8, x + width + 24, 28), fill=(255, 255, 255), outline=colour, width=2)
        draw.text((x + 12, 10), name, fill=colour, font=font)
        x += width + 34


def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A font with Vietnamese letters. Pillow's own has none, so the legend loses its marks without one of these."""
    from PIL import ImageFont

    for name in ("DejaVuSans.ttf", "LiberationSans-Regular.ttf", "NotoSans-Regular.ttf", "Arial.ttf"):
        try:
            return ImageFont.truetype(name, 14)
        except OSError:
            continue
    return ImageFont.load_default(size=14)
