"""Documents damaged in the ways that scans, conversions and careless typing do; the tasks they hold stay known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from msgspec.structs import replace

from extractor.read.syllables import bare
from extractor.source import Cell, Paragraph, Source, Table, Word

_LABEL = re.compile(r"^(?:[IVX]{1,5}[.)]?|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ]\)|[-+•*–])$")
_SLIPS = dict(zip("ôưđiếệộơ01nceă", "oudléẹọoOlmcea", strict=True))
_LONG = 14


def _words(source: Source, change: Callable[[Word], Word]) -> Source:
    """The source with each of its words changed; a merged cell stays one object."""
    cells: dict[int, Cell] = {}

    def cell(c: Cell) -> Cell:
        if id(c) not in cells:
            cells[id(c)] = replace(c, words=tuple(change(w) for w in c.words))
        return cells[id(c)]

    parts = tuple(
        replace(p, rows=tuple(tuple(cell(c) for c in row) for row in p.rows))
        if isinstance(p, Table)
        else replace(p, words=tuple(change(w) for w in p.words))
        for p in source.parts
    )
    return replace(source, parts=parts)


def noise(source: Source, r: random.Random) -> Source:
    """One letter in forty of those that OCR confuses."""

    def slip(w: Word) -> Word:
        text = "".join(_SLIPS[c] if c in _SLIPS and r.random() < 0.025 else c for c in w.text)
        return replace(w, text=text)

    return _words(source, slip)


def toneless(source: Source, r: random.Random) -> Source:
    """All marks and tones lost."""
    return _words(source, lambda w: replace(w, text=bare(w.text)))


def lost_labels(source: Source, r: random.Random) -> Source:
    """A third of the list labels lost."""

    def without(p: Paragraph) -> Paragraph:
        labelled = len(p.words) > 1 and _LABEL.match(p.words[0].text)
        return replace(p, words=p.words[1:]) if labelled and r.random() < 0.33 else p

    return replace(source, parts=tuple(p if isinstance(p, Table) else without(p) for p in source.parts))


def wrapped(source: Source, r: random.Random) -> Source:
    """A quarter of the long paragraphs broken into lines that were not joined."""
    parts: list[Paragraph | Table] = []
    for p in source.parts:
        if isinstance(p, Table) or len(p.words) < _LONG or r.random() > 0.25:
            parts.append(p)
            continue
        at = r.randrange(6, len(p.words) - 5)
        parts += [replace(p, words=p.words[:at]), replace(p, words=p.words[at:])]
    return replace(source, parts=tuple(parts))


def run_together(source: Source, r: random.Random) -> Source:
    """One paragraph in six run together with the one before it."""
    parts: list[Paragraph | Table] = []
    for p in source.parts:
        last = parts[-1] if parts else None
        if isinstance(p, Paragraph) and isinstance(last, Paragraph) and not p.column and r.random() < 0.16:
            parts[-1] = replace(last, words=(*last.words, *p.words))
        else:
            parts.append(p)
    return replace(source, parts=tuple(parts))


def lost_headings(source: Source, r: random.Random) -> Source:
    """Half of the headings lost: bold paragraphs and those in capitals."""

    def heads(p: Paragraph) -> bool:
        text = " ".join(w.text for w in p.words)
        return len(p.words) < 40 and (p.bold or text.isupper()) and not p.column

    kept = (p for p in source.parts if isinstance(p, Table) or not heads(p) or r.random() < 0.5)
    return replace(source, parts=tuple(kept))


def merged_columns(source: Source, r: random.Random) -> Source:
    """Two neighbouring columns of each table read as one."""

    def merge(t: Table) -> Table:
        width = len(t.rows[0]) if t.rows else 0
        if width < 4:
            return t
        at = r.randrange(1, width - 1)

        def both(a: Cell, b: Cell) -> Cell:
            return a if a is b else replace(a, words=(*a.words, *b.words))

        return replace(t, rows=tuple((*row[:at], both(row[at], row[at + 1]), *row[at + 2 :]) for row in t.rows))

    return replace(source, parts=tuple(merge(p) if isinstance(p, Table) else p for p in source.parts))


def lost_table_head(source: Source, r: random.Random) -> Source:
    """The first row of every table lost."""
    return replace(
        source, parts=tuple(replace(p, rows=p.rows[1:]) if isinstance(p, Table) else p for p in source.parts)
    )


def _halves(c: Cell) -> tuple[Cell, Cell]:
    at = len(c.words) // 2 + 1
    return replace(c, words=c.words[:at]), replace(c, words=c.words[at:])


def broken_rows(source: Source, r: random.Random) -> Source:
    """A row in eight cut in two, as at the foot of a page."""

    def cut(t: Table) -> Table:
        rows: list[tuple[Cell, ...]] = []
        for row in t.rows:
            if r.random() > 0.125 or not any(len(c.words) > 5 for c in row):
                rows.append(row)
                continue
            halves = [_halves(c) for c in row]
            rows += [tuple(h[0] for h in halves), tuple(h[1] for h in halves)]
        return replace(t, rows=tuple(rows))

    return replace(source, parts=tuple(cut(p) if isinstance(p, Table) else p for p in source.parts))


def intact(source: Source, r: random.Random) -> Source:
    """Nothing changed."""
    return source


DAMAGES: dict[str, Callable[[Source, random.Random], Source]] = {
    "intact": intact,
    "noise": noise,
    "toneless": toneless,
    "lost labels": lost_labels,
    "wrapped lines": wrapped,
    "run together": run_together,
    "lost headings": lost_headings,
    "merged columns": merged_columns,
    "lost table head": lost_table_head,
    "broken rows": broken_rows,
}
