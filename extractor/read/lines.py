"""Words become printed lines, by where they stand and not by the order in which the file holds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from extractor.read.page import PrintedPage, PrintedWord
from extractor.source import Column

# A space is never narrower than 0.06 of the size, however tight the line is set.
_TOUCHING = 0.035
_OVERLAP = 0.12


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
            yield _whole(row)
            row = []
        row.append(word)
    if row:
        yield _whole(row)


def _whole(row: list[PrintedWord]) -> list[PrintedWord]:
    """The words of a line from left to right; letters that touch are one word, whatever the file says."""
    row.sort(key=lambda w: w.x0)
    out = row[:1]
    for word in row[1:]:
        last = out[-1]
        # The small number that opens a footnote is a word of its own.
        note = last.text.isdigit() and word.size > 1.25 * last.size
        if not note and -_OVERLAP < (word.x0 - last.x1) / max(last.size, 1.0) < _TOUCHING:
            out[-1] = replace(
                last,
                text=last.text + word.text,
                top=min(last.top, word.top),
                x1=word.x1,
                bottom=max(last.bottom, word.bottom),
            )
        else:
            out.append(word)
    return out


def lines_of(page: PrintedPage, words: Iterable[PrintedWord], column: Column | None = None) -> list[Line]:
    """The lines of a page or of one of its columns, top to bottom; a rule beside words is no word."""
    return [make_line(page, [w for w in row if not _is_rule(w)] or row, column) for row in rows_of(words)]


def _is_rule(word: PrintedWord) -> bool:
    return len(word.text) > 2 and not word.text.strip("_–—")
