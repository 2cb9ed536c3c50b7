"""What the whole document says for each of its tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import msgspec


class Context(msgspec.Struct, frozen=True):
    """The date of the document, its place, its own abbreviations, its title and the pages that OCR read."""

    document_date: dt.date | None
    place: str | None
    glossary: Mapping[str, str]
    title: str | None
    ocr_pages: tuple[int, ...] = ()
