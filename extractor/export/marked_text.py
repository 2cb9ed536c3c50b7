"""The document's text cut into pieces, each with the items that cover it, for a page that highlights them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from extractor.document import Document, Span


class Item(msgspec.Struct, frozen=True):
    """Something that has a place in the text. `key` is safe in an attribute; `kind` is a CSS class."""

    key: str
    kind: str
    span: Span


class Piece(msgspec.Struct, frozen=True):
    """Characters that the same items cover. `first` is the first item that starts here."""

    text: str
    kinds: str = ""
    keys: str = ""
    first: str | None = None


class Line(msgspec.Struct, frozen=True):
    """A paragraph, or a table row of several cells."""

    cells: tuple[tuple[Piece, ...], ...]

    @property
    def is_row(self) -> bool:
        """Whether this is a row of a table."""
        return len(self.cells) > 1


def items(document: Document) -> tuple[Item, ...]:
    """Everything with a place: tasks ("t1"), their deadlines ("d1-1"), citations ("c1") and findings ("f1")."""
    out: list[Item] = []
    for t in document.tasks:
        out.append(Item(f"t{t.ordinal}", "task", t.span))
        out += (Item(f"d{t.ordinal}-{k}", "due", d.span) for k, d in enumerate(t.deadlines, 1))
    out += (Item(f"c{n}", "cite", c.span) for n, c in enumerate(document.citations, 1))
    out += (Item(f"f{n}", "finding", f.span) for n, f in enumerate(document.findings, 1) if f.span)
    return tuple(out)


def marked_lines(text: str, placed: Sequence[Item]) -> Iterator[Line]:
    """The lines of the text. Their pieces, tabs and line ends put back, are the text; items may overlap freely."""
    cuts = sorted({0, len(text), *(p for i in placed for p in (i.span.start, i.span.end) if 0 <= p <= len(text))})
    starts = sorted(placed, key=lambda i: i.span.start)
    active: list[Item] = []
    cells: list[list[Piece]] = [[]]
    upcoming = 0
    for left, right in pairwise(cuts):
        active = [i for i in active if i.span.end > left]
        begun: list[Item] = []
        while upcoming < len(starts) and starts[upcoming].span.start <= left:
            if starts[upcoming].span.end > left:
                begun.append(starts[upcoming])
            upcoming += 1
        active += begun
        for n, part in enumerate(re.split(r"([\t\n])", text[left:right])):
            if part == "\t":
                cells.append([])
            elif part == "\n":
                yield _line(cells)
                cells = [[]]
            elif part:
                cells[-1].append(_piece(part, active, begun if n == 0 else ()))
    if any(cells) or len(cells) > 1:
        yield _line(cells)


def _piece(text: str, active: Iterable[Item], begun: Sequence[Item]) -> Piece:
    kinds = dict.fromkeys(i.kind for i in active)
    return Piece(text, " ".join(kinds), " ".join(i.key for i in active), begun[0].key if begun else None)


def _line(cells: list[list[Piece]]) -> Line:
    return Line(tuple(tuple(c) for c in cells))
