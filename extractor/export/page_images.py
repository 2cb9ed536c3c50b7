"""Pictures of the pages of a PDF that carry items, small enough to stand inside a report."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from extractor.document import SourceInfo

MOST_BYTES = 6_000_000
_DPI = (96, 72, 54)
_LONGEST = 1600  # pixels: a page may claim to be as large as a house


class PageImage(msgspec.Struct, frozen=True):
    """A page: its number, its size in points, and its picture as a data address."""

    page: int
    width: float
    height: float
    address: str


def page_images(source: SourceInfo, pages: Iterable[int]) -> tuple[PageImage, ...]:
    """The pages in order, as JPEG; all together at most `MOST_BYTES`, the last ones left out where that is not enough.

    Nothing where the source is no PDF, is not where it was, or has changed since it was read: a box would then lie.
    """
    path = Path(source.file)
    if source.media_type != "application/pdf" or not path.is_file():
        return ()
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != source.sha256:
        return ()
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        wanted = [p for p in sorted(set(pages)) if 1 <= p <= len(pdf)]
        return tuple(_drawn(pdf, wanted))
    finally:
        pdf.close()


def _drawn(pdf: Any, pages: list[int]) -> list[PageImage]:
    dpi = _DPI[0]
    if pages:
        # A few pages tell how heavy the others are; a scan weighs ten times a typed page.
        probe = pages[:: max(1, len(pages) // 3)][:3]
        for dpi in _DPI:
            mean = sum(len(_jpeg(pdf, p, dpi)[2]) for p in probe) / len(probe)
            if mean * len(pages) <= MOST_BYTES:
                break
    out: list[PageImage] = []
    spent = 0
    for p in pages:
        width, height, jpeg = _jpeg(pdf, p, dpi)
        spent += len(jpeg)
        if spent > MOST_BYTES:
            break
        address = "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")
        out.append(PageImage(p, round(width, 1), round(height, 1), address))
    return out


def _jpeg(pdf: Any, number: int, dpi: int) -> tuple[float, float, bytes]:
    page = pdf[number - 1]
    try:
        width, height = page.get_size()
        scale = min(dpi / 72, _LONGEST / max(width, height, 1))
        picture = page.render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        page.close()
    out = io.BytesIO()
    picture.save(out, format="JPEG", quality=62, optimize=True)
    return width, height, out.getvalue()
