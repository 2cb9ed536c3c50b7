"""The words and ruling lines of one PDF page, by pypdfium2's own functions: fast, and with fonts."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.read import limits
from extractor.read.legacy import decoded, encoding_by_font
from extractor.read.page import PrintedPage, PrintedWord, Rule, turned

# U+FFFE and U+0002 are what PDFium puts for a hyphen at a line end.
_WORD = re.compile(r"[^\s\ufffe\x02]+[\ufffe\x02]?|[\ufffe\x02]")
_OLD_FONTS = (".Vn", "VNI")
_THIN = 3.0
_SHORT = 4.0
_UNIT_BEFORE_POWER = re.compile(r"(?:^|[\d/(])(?:[kcdm]?m|μm)$")
_Box = tuple[float, float, float, float]


class Style(msgspec.Struct, frozen=True):
    """How a text object is set."""

    bold: bool
    italic: bool
    shown: bool
    font: str
    size: float


class PageText(msgspec.Struct, frozen=True):
    """A page with its text layer; `hidden` words are printed invisibly, `image_share` is 0 to 1.

    `paths` is how many drawn shapes the page has: many, and no text, where letters were drawn as outlines.
    """

    page: PrintedPage
    hidden: tuple[PrintedWord, ...]
    image_share: float
    paths: int


class _Frame:
    """Turns user space (y up) into the page as shown (y down)."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.rotation = page.get_rotation() // 90
        self.width, self.height = page.get_size()

    def box(self, left: float, bottom: float, right: float, top: float) -> _Box:
        upright = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        return turned(upright, self.right - self.left, self.top - self.bottom, self.rotation)


def read_page(document: pdfium.PdfDocument, index: int) -> PageText:
    """The text layer and the ruling lines of the page `index` (0-based), turned so that its text is upright.

    Raises `ValueError` where the page holds more than the limits allow.
    """
    page = document[index]
    try:
        frame = _Frame(page)
        if max(frame.width, frame.height) > limits.PAGE_POINTS:
            raise ValueError("page size")
        shown, hidden, turn = _words(page, frame)
        rules, image_area, paths = _rules(page, frame)
    finally:
        page.close()
    width, height = frame.width, frame.height
    share = min(1.0, image_area / (width * height)) if width * height else 0.0
    if turn:
        rules = [Rule(*turned((r.x0, r.top, r.x1, r.bottom), width, height, turn)) for r in rules]
    if turn % 2:
        width, height = height, width
    printed = PrintedPage(index + 1, width, height, tuple(shown), tuple(rules), turn)
    return PageText(printed, tuple(hidden), share, paths)


def _words(page: pdfium.PdfPage, frame: _Frame) -> tuple[list[PrintedWord], list[PrintedWord], int]:
    textpage = page.get_textpage()
    try:
        layer = _Layer(textpage.raw, frame)
        found = list(layer.words())
        turn = layer.turn()
    finally:
        textpage.close()
    if turn:
        w, h = frame.width, frame.height
        found = [(_turn_word(word, w, h, turn), shown) for word, shown in found]
    return [w for w, s in found if s], [w for w, s in found if not s], turn


def _turn_word(word: PrintedWord, width: float, height: float, turn: int) -> PrintedWord:
    x0, top, x1, bottom = turned((word.x0, word.top, word.x1, word.bottom), width, height, turn)
    return msgspec.structs.replace(word, x0=x0, top=top, x1=x1, bottom=bottom)


class _Layer:
    """The characters of one page."""

    def __init__(self, text: ctypes._Pointer[raw.fpdf_textpage_t__], frame: _Frame) -> None:
        self._text = text
        self._frame = frame
        self._rect = raw.FS_RECTF()
        self._rect_ref = ctypes.byref(self._rect)
        self.count = raw.FPDFText_CountChars(text)
        if self.count > limits.PAGE_CHARACTERS:
            raise ValueError("characters")
        self.characters = self._characters()
        self.styles: dict[int, Style] = {}
        self._angles: Counter[int] = Counter()

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

    def words(self) -> Iterator[tuple[PrintedWord, bool]]:
        """The words in the file's order, each with whether it is visible."""
        for match in _WORD.finditer(self.characters):
            start, end = match.span()
            yield from self._word(start, end)

    def _word(self, start: int, end: int) -> Iterator[tuple[PrintedWord, bool]]:
        first = self._loose(start)
        last = self._loose(end - 1) if end - start > 1 else first
        text = self.characters[start:end].replace("\ufffe", "-").replace("\x02", "-").replace("\x00", "")
        if not text:
            return
        style = self._style(start)
        encoding = encoding_by_font(style.font) if style.font.startswith(_OLD_FONTS) else None
        if encoding:
            text = decoded(text, encoding, style.font)
        if len(self._angles) < 40 and end - start > 2:
            self._angles[round(raw.FPDFText_GetCharAngle(self._text, start) / 1.5708) % 4] += 1
        if end - start > 1 and self._raised(first, last) and text[-1].isdigit():
            cut = end - 1
            while cut > start + 1 and self._raised(first, self._loose(cut - 1)):
                cut -= 1
            if not _UNIT_BEFORE_POWER.search(self.characters[start:cut]):
                yield from self._word(start, cut)
                return
        x0, top = min(first[0], last[0]), min(first[1], last[1])
        x1, bottom = max(first[2], last[2]), max(first[3], last[3])
        height = bottom - top
        size = style.size if 0.4 * height < style.size < 1.6 * height else 0.8 * height
        yield PrintedWord(text, x0, top, x1, bottom, size, style.bold, style.italic), style.shown

    @staticmethod
    def _raised(first: _Box, last: _Box) -> bool:
        """Whether a character is set small and high, as the mark of a footnote is."""
        height = first[3] - first[1]
        return last[3] - last[1] < 0.8 * height and last[3] < first[3] - 0.15 * height

    def _style(self, i: int) -> Style:
        handle = raw.FPDFText_GetTextObject(self._text, i)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if key not in self.styles:
            self.styles[key] = _style_of(handle) if key else Style(False, False, True, "", 0.0)
        return self.styles[key]

    def turn(self) -> int:
        """How many quarter turns clockwise set most of the text upright."""
        if not self._angles:
            return 0
        return int(self._angles.most_common(1)[0][0] - self._frame.rotation) % 4


def _style_of(handle: ctypes._Pointer[raw.fpdf_pageobject_t__]) -> Style:
    font = raw.FPDFTextObj_GetFont(handle)
    name = ""
    if font:
        size = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 1))
        raw.FPDFFont_GetBaseFontName(font, buffer, size)
        name = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode("utf-8", "replace")
    lower = name.lower()
    angle = ctypes.c_int()
    slanted = bool(font and raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle)) and angle.value)
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    heavy = bool(font) and raw.FPDFFont_GetWeight(font) >= 600
    return Style(
        bold="bold" in lower or "black" in lower or heavy or mode == raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
        italic="italic" in lower or "oblique" in lower or slanted,
        shown=mode != raw.FPDF_TEXTRENDERMODE_INVISIBLE,
        font=name,
        size=_size_of(handle),
    )


def _size_of(handle: ctypes._Pointer[raw.fpdf_pageobject_t__]) -> float:
    size = ctypes.c_float()
    matrix = raw.FS_MATRIX()
    raw.FPDFTextObj_GetFontSize(handle, ctypes.byref(size))
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(matrix))
    return float(size.value * math.hypot(matrix.c, matrix.d))


def _rules(page: pdfium.PdfPage, frame: _Frame) -> tuple[list[Rule], float, int]:
    """The ruling lines of a page, the area that pictures cover, and how many shapes are drawn."""
    rules: list[Rule] = []
    images, paths = 0.0, 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    refs = tuple(map(ctypes.byref, (left, bottom, right, top)))
    seen = 0
    for handle, matrix in _objects(page.raw):
        seen += 1
        if seen > limits.PAGE_OBJECTS or len(rules) > limits.PAGE_RULES:
            raise ValueError("objects")
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT or not raw.FPDFPageObj_GetBounds(handle, *refs):
            continue
        x0, y0 = _apply(matrix, left.value, bottom.value)
        x1, y1 = _apply(matrix, right.value, top.value)
        box = frame.box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        width, height = box[2] - box[0], box[3] - box[1]
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            images += max(0.0, width) * max(0.0, height)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            paths += 1
            if min(width, height) <= _THIN:
                if max(width, height) >= _SHORT:
                    rules.append(Rule(*box))
            else:
                rules.extend(_stroked(handle, matrix, frame))
    return rules, images, paths


_Matrix = tuple[float, float, float, float, float, float] | None


def _apply(m: _Matrix, x: float, y: float) -> tuple[float, float]:
    return (x, y) if m is None else (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _matrix(handle: ctypes._Pointer[raw.fpdf_pageobject_t__], outer: _Matrix) -> _Matrix:
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(own))
    a, b, c, d, e, f = own.a, own.b, own.c, own.d, own.e, own.f
    if outer is None:
        return (a, b, c, d, e, f)
    x, y = _apply(outer, e, f)
    p, q, r, s = outer[:4]
    return (p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, x, y)


def _objects(
    page: ctypes._Pointer[raw.fpdf_page_t__],
) -> Iterator[tuple[ctypes._Pointer[raw.fpdf_pageobject_t__], _Matrix]]:
    """The objects of a page, those inside forms too, each with the matrix it is drawn under."""
    for i in range(min(raw.FPDFPage_CountObjects(page), limits.PAGE_OBJECTS + 1)):
        yield from _opened(raw.FPDFPage_GetObject(page, i), None, 0)


def _opened(
    handle: ctypes._Pointer[raw.fpdf_pageobject_t__], matrix: _Matrix, depth: int
) -> Iterator[tuple[ctypes._Pointer[raw.fpdf_pageobject_t__], _Matrix]]:
    if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
        yield handle, matrix
    elif depth < 4:
        inner = _matrix(handle, matrix)
        for i in range(min(raw.FPDFFormObj_CountObjects(handle), limits.PAGE_OBJECTS)):
            yield from _opened(raw.FPDFFormObj_GetObject(handle, i), inner, depth + 1)


def _stroked(handle: ctypes._Pointer[raw.fpdf_pageobject_t__], outer: _Matrix, frame: _Frame) -> Iterator[Rule]:
    """The level and upright lines of a drawn path: a frame gives four."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value:
        return
    matrix = _matrix(handle, outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for i in range(min(raw.FPDFPath_CountSegments(handle), 4 * limits.PAGE_RULES)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point, frame)
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(point, start, frame)
        last = point


def _straight(a: tuple[float, float], b: tuple[float, float], frame: _Frame) -> Iterator[Rule]:
    box = frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= 1.0 and max(width, height) >= _SHORT:
        yield Rule(*box)
