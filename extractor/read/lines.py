"""Words become printed lines, by where they stand and not by the order in which the file holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from extractor.read.page import PrintedPage, PrintedWord
from extractor.source import Column


class Line(msgspec.Struct, frozen=True, gc=False):
    """A printed line, its words from left to right."""

    page: PrintedPage
    words: tuple[PrintedWord, ...]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    column: Column | None = None

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


def make_line(page: PrintedPage, words: Sequence[PrintedWord], column: Column | None = None) -> Line:
    """A line of the words, which must be sorted from left to right."""
    inked = [w for w in words if any(c.isalnum() for c in w.text)] or list(words)
    return Line(
        page,
        tuple(words),
        " ".join(w.text for w in words),
        words[0].x0,
        min(w.top for w in words),
        max(w.x1 for w in words),
        max(w.bottom for w in words),
        round(sorted(w.size for w in inked)[len(inked) // 2], 1),
        all(w.bold for w in inked),
        all(w.italic for w in inked),
        column,
    )


def rows_of(words: Iterable[PrintedWord]) -> Iterator[list[PrintedWord]]:
    """The words grouped by the line they stand on, top to bottom, each from left to right."""
    row: list[PrintedWord] = []
    for word in sorted(words, key=lambda w: w.base):
        if row and word.base - row[-1].base > 0.35 * max(4.0, min(word.size, row[-1].size)):
            yield sorted(row, key=lambda w: w.x0)
            row = []
        row.append(word)
    if row:
        yield sorted(row, key=lambda w: w.x0)


def lines_of(page: PrintedPage, words: Iterable[PrintedWord], column: Column | None = None) -> list[Line]:
    """The lines of a page or of one of its columns, top to bottom."""
    return [make_line(page, row, column) for row in rows_of(words)]
