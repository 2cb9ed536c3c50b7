"""One clean text out of the words of a source; every character knows the word, page and box it came from.

Guarantees:
- the text is NFC; no no-break, zero-width or control character but "\\n" and "\\t" is in it;
- look-alikes are mended: Ð (U+00D0) and ð are Đ and đ, Ƣ and ƣ are Ư and ư, every hyphen is "-", a dash or
  a soft hyphen inside a symbol is "-", any other soft hyphen is gone;
- spelling is left as printed ("uỷ", "hoà", "qúy");
- a paragraph is one line that ends in "\\n"; a table row is one line, its cells parted by "\\t" (a cell of
  several paragraphs holds "\\n"); a merged cell stands once, where it starts;
- no word starts or ends with a space, and there is one space between words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

import msgspec

from extractor.document import Box, Span
from extractor.source import Cell, Column, Paragraph, Source, Table, Word
from extractor.stream_safe import stream_safe

_LETTERS = str.maketrans(
    {
        "Ð": "Đ", "ð": "đ", "Ƣ": "Ư", "ƣ": "ư",
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-", "\uf02d": "-", "\uf0b7": "•",
        "\u200b": None, "\u200c": None, "\u200d": None, "\u2060": None, "\ufeff": None,
        "\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2009": " ", "\u3000": " ",
    }
)  # fmt: skip
_SYMBOL_DASH = re.compile(
    r"(?<=[0-9A-ZĐƯ])[\u00ad\u2013\u2014](?=[0-9A-ZĐƯ])(?=\S{0,60}/)|(?<=/)(\S{0,60}?)[\u00ad\u2013\u2014](?=[A-ZĐƯ])"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200e\u200f\u202a-\u202e\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def normalise(word: str) -> str:
    """One printed word as clean text; "" where nothing printable is left. Idempotent."""
    if word.isascii() and word.isprintable():
        return word.strip()
    word = unicodedata.normalize("NFC", stream_safe(word)).translate(_LETTERS)
    word = _SYMBOL_DASH.sub(lambda m: (m[1] or "") + "-", word)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _CONTROL.sub("", word))).strip()


class Block(msgspec.Struct, frozen=True, gc=False):
    """A paragraph or a cell of the text: half-open offsets, and how it was set."""

    start: int
    end: int
    page: int = 0
    bold: bool = False
    italic: bool = False
    centred: bool = False
    column: Column | None = None
    indent: float = 0.0
    size: float = 0.0
    note: bool = False


class Grid(msgspec.Struct, frozen=True):
    """A table of the text: equally long rows of cells; a merged cell stands in every place it covers."""

    start: int
    end: int
    rows: tuple[tuple[Block, ...], ...]
    page: int = 0


class Text:
    """The clean text, its blocks in reading order, and the way back to pages and boxes."""

    __slots__ = ("_starts", "_words", "blocks", "value")

    def __init__(self, value: str, blocks: tuple[Block | Grid, ...], starts: list[int], words: list[Word]) -> None:
        self.value = value
        self.blocks = blocks
        self._starts = starts
        self._words = words

    def __getitem__(self, block: Block) -> str:
        """The characters of a block."""
        return self.value[block.start : block.end]

    def locate(self, start: int, end: int) -> Span:
        """The span with its first page and one box per printed line that it touches."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or not self._words[first].page:
            return Span(start, end)
        boxes: list[Box] = []
        for i in range(first, bisect_right(self._starts, max(start, end - 1))):
            w = self._words[i]
            last = boxes[-1] if boxes else None
            if last and last.page == w.page and w.x0 >= last.x0 and abs(w.bottom - last.bottom) < 4:
                boxes[-1] = Box(w.page, last.x0, min(last.top, w.top), max(last.x1, w.x1), max(last.bottom, w.bottom))
            else:
                boxes.append(Box(w.page, w.x0, w.top, w.x1, w.bottom))
        rounded = (Box(b.page, round(b.x0, 1), round(b.top, 1), round(b.x1, 1), round(b.bottom, 1)) for b in boxes)
        return Span(start, end, boxes[0].page, tuple(rounded))


class _Writer:
    """Collects cleaned words and where each came from."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.words: list[Word] = []
        self.known: dict[str, str] = {}

    def put(self, s: str) -> None:
        self.parts.append(s)
        self.length += len(s)

    def write(self, words: Iterable[Word]) -> tuple[int, int, int]:
        """Write the words of one block; its start, its end and its page."""
        start = at = self.length
        page = 0
        for word in words:
            text = self.known.get(word.text)
            if text is None:
                text = self.known[word.text] = normalise(word.text)
            if not text:
                continue
            if at > start:
                self.parts.append(word.before)
                at += len(word.before)
            self.starts.append(at)
            self.words.append(word)
            self.parts.append(text)
            at += len(text)
            page = page or word.page
        self.length = at
        return start, at, page


def clean(source: Source) -> Text:
    """The clean text of a source. Blocks without a printable character are left out."""
    out = _Writer()
    blocks: list[Block | Grid] = []
    for part in source.parts:
        if isinstance(part, Table):
            blocks.append(_table(part, out))
            continue
        start, end, page = out.write(part.words)
        if end > start:
            blocks.append(_paragraph(part, start, end, page))
            out.put("\n")
    value = "".join(out.parts)
    return Text(value, tuple(blocks), out.starts, out.words)


def _paragraph(p: Paragraph, start: int, end: int, page: int) -> Block:
    return Block(start, end, page, p.bold, p.italic, p.centred, p.column, p.indent, p.size, p.note)


def _table(table: Table, out: _Writer) -> Grid:
    start, written = out.length, dict[int, Block]()
    rows: list[tuple[Block, ...]] = []
    for row in table.rows:
        line: list[Block] = []
        for cell in row:
            if id(cell) not in written:
                if line:
                    out.put("\t")
                written[id(cell)] = _cell(cell, out)
            line.append(written[id(cell)])
        rows.append(tuple(line))
        out.put("\n")
    return Grid(start, out.length, tuple(rows), table.page)


def _cell(cell: Cell, out: _Writer) -> Block:
    start, end, page = out.write(cell.words)
    return Block(start, end, page, bold=cell.bold)
