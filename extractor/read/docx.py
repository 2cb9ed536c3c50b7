"""DOCX: the body in reading order, with list numbers, merged cells and the two-column head and foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import msgspec
from lxml import etree
from msgspec.structs import replace

from extractor.document import SourceInfo
from extractor.errors import UnreadableError
from extractor.read.docx_numbering import Numbering
from extractor.read.docx_package import Package, W, val, whole
from extractor.read.docx_styles import Look, Styles
from extractor.read.docx_tables import Rows, is_layout, rows_of_cells
from extractor.read.docx_walk import MC, blocks_of, choice_of, inside_box
from extractor.read.labels import (
    continues,
    ends_sentence,
    is_rule,
    is_type_line,
    opens_item,
)
from extractor.read.legacy import decoded, encoding_by_font
from extractor.source import Cell, Column, Paragraph, Source, Table, Word

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SKIPPED = {
    f"{W}{tag}"
    for tag in (
        "del",
        "moveFrom",
        "pPr",
        "rPr",
        "sectPr",
        "instrText",
        "delText",
        "footnoteReference",
        "tblPr",
    )
}
_SPACE = {f"{W}tab", f"{W}ptab"}
_LINE_END = "\n"


def read_docx(data: bytes, name: str, digest: str, media_type: str = MEDIA_TYPE) -> Source:
    """The paragraphs and tables of a DOCX file.

    Insertions under revision are kept, deletions and hidden text dropped; page headers and footers are no
    part of the text. Raises `UnreadableError`, `EncryptedError` or `UnsupportedError`.
    """
    package = Package(data, name)
    body = package.document().find(f"{W}body")
    if body is None:
        raise UnreadableError(name, "Tệp DOCX không có nội dung.", "Kiểm tra lại tệp gốc.")
    styles = Styles(package.part("styles.xml"))
    reader = _Reader(styles, Numbering(package.part("numbering.xml"), styles))
    parts = [*_whole(reader.parts(body)), *reader.notes(package.part("footnotes.xml"), "footnote")]
    parts += reader.notes(package.part("endnotes.xml"), "endnote")
    return Source(SourceInfo(name, digest, media_type, None, "docx"), tuple(parts))


def _whole(parts: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The parts with paragraphs joined that the writer broke in the middle of a sentence."""
    run: list[Paragraph] = []
    for part in parts:
        if run and not (isinstance(part, Paragraph) and _goes_on(run[-1], part)):
            yield _joined(run)
            run = []
        if isinstance(part, Paragraph):
            run.append(part)
        else:
            yield part
    if run:
        yield _joined(run)


def _joined(run: list[Paragraph]) -> Paragraph:
    return run[0] if len(run) == 1 else replace(run[0], words=tuple(w for part in run for w in part.words))


def _goes_on(before: Paragraph, part: Paragraph) -> bool:
    if before.column or part.column or (before.bold, before.centred) != (part.bold, part.centred):
        return False
    return continues(_text(before), _text(part)) and not is_type_line(_text(before))


def _text(part: Paragraph) -> str:
    return " ".join(w.text for w in part.words)


class _Run(msgspec.Struct, frozen=True):
    text: str
    look: Look


class _Reader:
    """Walks a body once; list numbers are counted on the way."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def parts(self, parent: etree._Element, column: Column | None = None) -> Iterator[Paragraph | Table]:
        """The blocks of a body, a cell or a text box."""
        for node in blocks_of(parent):
            if node.tag == f"{W}p":
                yield from self._paragraph(node, column)
            elif column is None:
                yield from self._table(node)
            else:
                for cell in node.iter(f"{W}tc"):
                    yield from self.parts(cell, column)

    def _paragraph(self, node: etree._Element, column: Column | None) -> Iterator[Paragraph | Table]:
        style = val(node.find(f"{W}pPr/{W}pStyle"))
        base = self._styles.paragraph_look(style)
        boxes: list[etree._Element] = []
        runs = [r for r in self._runs(node, base, boxes) if not r.look.hidden]
        label = self._numbering.label(node)
        for lines in _broken(runs, column is not None):
            text = "".join(r.text for r in lines)
            inked = [r for r in lines if r.text.strip()]
            if not inked or is_rule(text):
                continue
            marked = [r for r in inked if r.text.strip(" .,:;-–")] or inked
            yield Paragraph(
                tuple(Word(w) for w in [*label.split(), *text.split()]),
                bold=all(r.look.bold for r in marked),
                italic=all(r.look.italic for r in marked),
                centred=val(self._styles.property(node, "jc")) == "center",
                column=column,
                indent=self._indent(node),
                size=max((r.look.size or 0.0) for r in inked),
            )
            label = ""
        for box in boxes:
            yield from self.parts(box, column)

    def notes(self, root: etree._Element | None, kind: str) -> Iterator[Paragraph]:
        """The footnotes or endnotes, which stand after the text and break none of its paragraphs."""
        for note in root.findall(f"{W}{kind}") if root is not None else ():
            if note.get(f"{W}type", "normal") == "normal":
                yield from (replace(p, note=True) for p in self.parts(note) if isinstance(p, Paragraph))

    def _indent(self, node: etree._Element) -> float:
        ind = self._styles.property(node, "ind")
        if ind is None:
            return 0.0

        def points(*names: str) -> float:
            for key in names:
                value = ind.get(f"{W}{key}", "")
                if (twentieths := whole(value)) is not None:
                    return twentieths / 20
            return 0.0

        return points("left", "start") + points("firstLine") - points("hanging")

    def _runs(self, node: etree._Element, base: Look, boxes: list[etree._Element]) -> Iterator[_Run]:
        """The runs of a paragraph as revised; text boxes met on the way are put in `boxes`."""
        for child in node:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                yield from self._run(child, base, boxes)
            elif tag == f"{MC}AlternateContent":
                yield from self._runs(choice_of(child), base, boxes)
            elif tag == f"{W}p":
                continue
            else:
                yield from self._runs(child, base, boxes)

    def _run(self, run: etree._Element, base: Look, boxes: list[etree._Element]) -> Iterator[_Run]:
        look = self._styles.run(run.find(f"{W}rPr"), base)
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                text = (child.text or "").replace(_LINE_END, " ")
                if look.font and (encoding := encoding_by_font(look.font)):
                    text = decoded(text, encoding, look.font)
                yield _Run(text.upper() if look.caps else text, look)
            elif tag in _SPACE:
                yield _Run(" ", look)
            elif tag in (f"{W}br", f"{W}cr"):
                yield _Run(_LINE_END, look)
            elif tag == f"{W}noBreakHyphen":
                yield _Run("-", look)
            elif tag == f"{W}sym":
                yield _Run(_symbol(child), look)
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object", f"{MC}AlternateContent"):
                drawn = choice_of(child) if tag == f"{MC}AlternateContent" else child
                boxes.extend(b for b in drawn.iter(f"{W}txbxContent") if not inside_box(b, drawn))

    def _table(self, node: etree._Element) -> Iterator[Paragraph | Table]:
        grid = rows_of_cells(node)
        width = max((len(row) for row in grid), default=0)
        if not width or is_layout(node, grid, width, self._styles):
            yield from self._layout(grid, width)
            return
        made: dict[int, Cell] = {}
        rows: list[tuple[Cell, ...]] = []
        for row in grid:
            cells: list[Cell] = []
            for inner in row + [None] * (width - len(row)):
                if inner is not None and id(inner) not in made:
                    made[id(inner)] = self._cell(inner)
                cells.append(Cell(()) if inner is None else made[id(inner)])
            rows.append(tuple(cells))
        if any(c.words for row in rows for c in row):
            yield Table(tuple(rows))

    def _cell(self, node: etree._Element) -> Cell:
        words: list[Word] = []
        bold = True
        for part in self._flat(node):
            bold = bold and part.bold
            for n, word in enumerate(part.words):
                words.append(Word(word.text, before="\n" if words and not n else " "))
        return Cell(tuple(words), bold=bold and bool(words))

    def _flat(self, cell: etree._Element) -> Iterator[Paragraph]:
        """The paragraphs of a cell, those of tables inside it too."""
        for node in blocks_of(cell):
            if node.tag == f"{W}p":
                yield from (p for p in self._paragraph(node, None) if isinstance(p, Paragraph))
            else:
                for inner in node.iter(f"{W}tc"):
                    yield from (
                        p
                        for n in blocks_of(inner)
                        if n.tag == f"{W}p"
                        for p in self._paragraph(n, None)
                        if isinstance(p, Paragraph)
                    )

    def _layout(self, grid: Rows, width: int) -> Iterator[Paragraph | Table]:
        """The cells of a layout table, row by row, the left half before the right half."""
        seen: set[int] = set()
        for row in grid:
            spans = Counter(map(id, row))
            for place, cell in enumerate(row):
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                span = spans[id(cell)]
                column: Column | None = None
                if span < width or width == 1:
                    column = None if width == 1 else "left" if place + span / 2 <= width / 2 else "right"
                if width == 1:
                    yield from self.parts(cell)
                else:
                    yield from self.parts(cell, column)


def _broken(runs: Sequence[_Run], in_column: bool) -> Iterator[list[_Run]]:
    """The runs of a paragraph parted at the line breaks that part entries, not at those that only wrap."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run.text == _LINE_END:
            lines.append([])
        else:
            lines[-1].append(run)
    held: list[_Run] = []
    for line in lines:
        before, text = ("".join(r.text for r in part).strip() for part in (held, line))
        if held and (in_column or (opens_item(text) and ends_sentence(before))):
            yield held
            held = []
        held = [*held, _Run(" ", Look()), *line] if held else line
    yield held


def _symbol(node: etree._Element) -> str:
    """A character of a symbol font: bullets and dashes become "-", the rest is no text."""
    return "-" if node.get(f"{W}char", "").upper() in ("F02D", "F0B7", "F0A7", "F0D8", "2D") else " "
