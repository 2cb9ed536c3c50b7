"""The options of an extraction, in one frozen value."""

from __future__ import annotations

from typing import Literal

import msgspec


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """`ocr`: when pages are read by OCR; `dpi`: resolution of a page image; `text`: keep `Document.text`."""

    ocr: Literal["auto", "force", "never"] = "auto"
    dpi: int = 300
    text: bool = True
