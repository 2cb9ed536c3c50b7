"""What a reader returns: the words of a file in reading order, as paragraphs and tables.

A reader knows pages, boxes and fonts; it knows nothing of plans. Words keep what was printed; cleaning
happens in `extractor.clean`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from extractor.document import Finding, SourceInfo

Separator = Literal[" ", "", "\n"]
Column = Literal["left", "right"]


class Word(msgspec.Struct, frozen=True, gc=False):
    """A printed word. `before` stands between it and the word before it in the same paragraph or cell.

    `page` is 1-based and 0 where the source has no pages; the box is in PDF points from the top left.
    `before` is "" where a symbol broken at a line end is closed up ("18-" + "NQ/TW") and "\\n" where a
    cell holds several paragraphs.
    """

    text: str
    page: int = 0
    x0: float = 0.0
    top: float = 0.0
    x1: float = 0.0
    bottom: float = 0.0
    before: Separator = " "


class Paragraph(msgspec.Struct, frozen=True):
    """A printed paragraph, its lines joined; a list label ("1.", "a)", "-") is its first word.

    `column` is set in the two-column head and foot of a document, where the left column comes first.
    `indent` is the distance of the first line from the left margin of the text, in points. `note` is set for
    a footnote or endnote, which stands behind the text and is no part of its outline.
    """

    words: tuple[Word, ...]
    bold: bool = False
    italic: bool = False
    centred: bool = False
    column: Column | None = None
    indent: float = 0.0
    size: float = 0.0
    note: bool = False


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table. A merged cell is one object that stands in every place it covers."""

    words: tuple[Word, ...]
    bold: bool = False


class Table(msgspec.Struct, frozen=True):
    """A grid of equally long rows, joined across pages, repeated header rows dropped."""

    rows: tuple[tuple[Cell, ...], ...]
    page: int = 0


class Source(msgspec.Struct, frozen=True):
    """A file as read: `parts` in reading order, and what the reader found wrong."""

    info: SourceInfo
    parts: tuple[Paragraph | Table, ...]
    findings: tuple[Finding, ...] = ()
