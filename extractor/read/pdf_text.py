"""The text layer of one PDF page by pypdfium2's own functions: words with boxes, fonts and direction."""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from msgspec.structs import replace

from extractor.read import limits
from extractor.read.legacy import decoded, encoding_by_font
from extractor.read.lines import rows_of
from extractor.read.notes import without_marks
from extractor.read.page import Frame, PrintedWord, turned

# U+FFFE and U+0002 are what PDFium puts for a hyphen at a line end.
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_OLD_FONTS = (".Vn", "VNI")
# The number that opens a footnote may touch its first word.
_MARK_BEFORE_WORD = re.compile(r"\d{1,3}(?=[^\W\d])")
_UNIT_BEFORE_POWER = re.compile(r"(?:^|[\d/(])(?:[kcdm]?m|μm)$")
_QUARTER = math.pi / 2
_Box = tuple[float, float, float, float]


class Style(msgspec.Struct, frozen=True):
    """How a text object is set."""

    bold: bool
    italic: bool
    shown: bool
    font: str
    size: float


class _Font(msgspec.Struct, frozen=True):
    name: str
    bold: bool
    italic: bool


class _Found(msgspec.Struct, frozen=True):
    """A word, whether it is visible, and the quarter turns its own writing direction is off by."""

    word: PrintedWord
    shown: bool
    quarter: int


def words_of(page: pdfium.PdfPage, frame: Frame) -> tuple[list[PrintedWord], list[PrintedWord], int]:
    """The visible words, the invisible ones, and how many quarter turns clockwise set most of them upright.

    The words are turned so. A line written in another direction, such as an upright heading of a column or
    the running head over a landscape page, is one word.
    """
    textpage = page.get_textpage()
    try:
        found = list(_Layer(textpage.raw, frame).words())
    finally:
        textpage.close()
    votes = Counter(f.quarter for f in found)
    main = votes.most_common(1)[0][0] if votes else 0
    turn = -(main + frame.rotation) % 4
    along = [f for f in found if f.quarter == main]
    shown = without_marks([_turned(f.word, frame, turn) for f in along if f.shown])
    for quarter in range(4):
        across = [f.word for f in found if f.quarter == quarter != main and f.shown]
        own = -(quarter + frame.rotation) % 4
        lines = [_joined(row) for row in rows_of(_turned(w, frame, own) for w in across)]
        shown.extend(_turned(_turned(line, frame, own, back=True), frame, turn) for line in lines)
    return shown, [_turned(f.word, frame, turn) for f in along if not f.shown], turn


def _joined(row: Sequence[PrintedWord]) -> PrintedWord:
    return replace(
        row[0],
        text=" ".join(w.text for w in row),
        top=min(w.top for w in row),
        x1=row[-1].x1,
        bottom=max(w.bottom for w in row),
    )


def _turned(word: PrintedWord, frame: Frame, turn: int, *, back: bool = False) -> PrintedWord:
    """A word on the page after `turn` quarter turns; `back` undoes them."""
    if not turn:
        return word
    width, height = (frame.height, frame.width) if back and turn % 2 else (frame.width, frame.height)
    x0, top, x1, bottom = turned((word.x0, word.top, word.x1, word.bottom), width, height, -turn if back else turn)
    return replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


class _Layer:
    """The characters of one page."""

    def __init__(self, text: ctypes._Pointer[raw.fpdf_textpage_t__], frame: Frame) -> None:
        self._text = text
        self._frame = frame
        self._rect = raw.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)
        self.count = raw.FPDFText_CountChars(text)
        if self.count > limits.PAGE_CHARACTERS:
            raise ValueError("characters")
        self.characters = self._characters()
        self._styles: dict[int, Style] = {}
        self._fonts: dict[int, _Font] = {}

    def _characters(self) -> str:
        buffer = (ctypes.c_ushort * (self.count + 1))()
        got = raw.FPDFText_GetText(self._text, 0, self.count, buffer)
        text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
        if len(text) == self.count:
            return text
        return "".join(map(chr, (raw.FPDFText_GetUnicode(self._text, i) for i in range(self.count))))

    def _loose(self, i: int) -> _Box:
        raw.FPDFText_GetLooseCharBox(self._text, i, self._rect_ref)
        r = self._rect
        return self._frame.box(r.left, r.bottom, r.right, r.top)

    def words(self) -> Iterator[_Found]:
        """The words in the file's order."""
        for match in _WORD.finditer(self.characters):
            start, end = match.span()
            yield from self._word(start, end)

    def _word(self, start: int, end: int) -> Iterator[_Found]:
        first = self._loose(start)
        last = self._loose(end - 1) if end - start > 1 else first
        text = sys.intern(self.characters[start:end].replace("\ufffe", "-").replace("\x02", "-").replace("\x00", ""))
        if not text:
            return
        style = self._style(start)
        encoding = encoding_by_font(style.font) if style.font.startswith(_OLD_FONTS) else None
        if encoding:
            text = decoded(text, encoding, style.font)
        quarter = round(raw.FPDFText_GetCharAngle(self._text, start) / _QUARTER) % 4
        if end - start > 1 and self._raised(first, last) and text[-1].isdigit():
            cut = end - 1
            while cut > start + 1 and self._raised(first, self._loose(cut - 1)):
                cut -= 1
            if not _UNIT_BEFORE_POWER.search(self.characters[start:cut]):
                yield from self._word(start, cut)
                return
        mark = _MARK_BEFORE_WORD.match(self.characters, start, end)
        if mark and self._raised(self._loose(mark.end()), first):
            yield from self._word(start, mark.end())
            yield from self._word(mark.end(), end)
            return
        x0, top = min(first[0], last[0]), min(first[1], last[1])
        x1, bottom = max(first[2], last[2]), max(first[3], last[3])
        height = x1 - x0 if (quarter + self._frame.rotation) % 2 else bottom - top
        size = style.size if 0.4 * height < style.size < 1.6 * height else 0.8 * height
        yield _Found(PrintedWord(text, x0, top, x1, bottom, size, style.bold, style.italic), style.shown, quarter)

    @staticmethod
    def _raised(first: _Box, last: _Box) -> bool:
        """Whether a character is set small and high, as the mark of a footnote is."""
        height = first[3] - first[1]
        return last[3] - last[1] < 0.8 * height and last[3] < first[3] - 0.15 * height

    def _style(self, i: int) -> Style:
        handle = raw.FPDFText_GetTextObject(self._text, i)
        key = _address(handle)
        if key not in self._styles:
            self._styles[key] = self._style_of(handle) if key else Style(False, False, True, "", 0.0)
        return self._styles[key]

    def _style_of(self, handle: ctypes._Pointer[raw.fpdf_pageobject_t__]) -> Style:
        font = raw.FPDFTextObj_GetFont(handle)
        key = _address(font)
        if key not in self._fonts:
            self._fonts[key] = _font_of(font) if key else _Font("", False, False)
        face = self._fonts[key]
        mode = raw.FPDFTextObj_GetTextRenderMode(handle)
        bold = face.bold or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Style(bold, face.italic, mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE, face.name, _size_of(handle))


def _address(pointer: ctypes._Pointer[ctypes.Structure]) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _font_of(font: ctypes._Pointer[raw.fpdf_font_t__]) -> _Font:
    size = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, size)
    full = buffer.value.decode("utf-8", "replace")
    name = full.partition("+")[2] or full
    lower = name.lower()
    angle = ctypes.c_int()
    slanted = bool(raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle)) and angle.value)
    heavy = raw.FPDFFont_GetWeight(font) >= 600
    return _Font(
        name,
        "bold" in lower or "black" in lower or heavy,
        "italic" in lower or "oblique" in lower or slanted,
    )


def _size_of(handle: ctypes._Pointer[raw.fpdf_pageobject_t__]) -> float:
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
    return float(size.value * math.hypot(matrix.c, matrix.d))
