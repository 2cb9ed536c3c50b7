"""One PDF page by pypdfium2's own functions: its words, its ruling lines, how much of it pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractor.read import limits
from extractor.read.page import Frame, PrintedPage, PrintedWord, Rule, turned
from extractor.read.pdf_text import words_of

_THIN = 3.0
_SHORT = 4.0


class PageText(msgspec.Struct, frozen=True):
    """A page with its text layer; `hidden` words are printed invisibly, `image_share` is 0 to 1.

    `paths` is how many drawn shapes the page has: many, and no text, where letters were drawn as outlines.
    """

    page: PrintedPage
    hidden: tuple[PrintedWord, ...]
    image_share: float
    paths: int


def frame_of(page: pdfium.PdfPage) -> Frame:
    """How user space lies on the page as shown."""
    width, height = page.get_size()
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90, width, height)


def read_page(document: pdfium.PdfDocument, index: int) -> PageText:
    """The text layer and the ruling lines of the page `index` (0-based), turned so that its text is upright.

    Raises `ValueError` where the page holds more than the limits allow.
    """
    page = document[index]
    try:
        frame = frame_of(page)
        if max(frame.width, frame.height) > limits.PAGE_POINTS:
            raise ValueError("page size")
        rules, image_area, paths = _rules(page, frame)
        shown, hidden, turn = words_of(page, frame)
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


def _rules(page: pdfium.PdfPage, frame: Frame) -> tuple[list[Rule], float, int]:
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


def _stroked(handle: ctypes._Pointer[raw.fpdf_pageobject_t__], outer: _Matrix, frame: Frame) -> Iterator[Rule]:
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


def _straight(a: tuple[float, float], b: tuple[float, float], frame: Frame) -> Iterator[Rule]:
    box = frame.box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) <= 1.0 and max(width, height) >= _SHORT:
        yield Rule(*box)
