"""The options of an extraction, in one frozen value."""

from __future__ import annotations

from typing import Literal

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`ocr`: when pages are read by OCR; `dpi`: resolution of a page image; `text`: keep `Document.text`;
    `model`: the folder or package of a trained judge, None for the rules alone.

    `max_pages` and `max_pixels` (of one picture) are the most that a file may hold; `ocr_threads` is how many pages are
    read by OCR side by side, None as many as there are processors. These three change no result.
    """

    ocr: Literal["auto", "force", "never"] = "auto"
    dpi: int = 300
    text: bool = True
    model: str | None = None
    max_pages: int = 3_000
    max_pixels: int = 150_000_000
    ocr_threads: int | None = None
