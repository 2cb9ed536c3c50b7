"""PDF: the text layer where it can be trusted, OCR where it cannot; lines, paragraphs and tables of all pages."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TypeVar

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from msgspec.structs import replace

from extractor.document import Finding, SourceInfo, TextOrigin
from extractor.errors import EncryptedError, LimitError, UnreadableError, UnsupportedError
from extractor.options import Options
from extractor.read import limits
from extractor.read.columns import in_columns
from extractor.read.doubts import findings_of
from extractor.read.furniture import without_furniture
from extractor.read.lines import Line, lines_of
from extractor.read.notes import split_notes
from extractor.read.page import PrintedPage
from extractor.read.paragraphs import Margins, Printed, margins_of, paragraphs_of
from extractor.read.pdf_guard import largest_picture, swells
from extractor.read.pdf_page import PageText, read_page
from extractor.read.signatures import signatures_of
from extractor.read.spread import join_spread
from extractor.read.tables import PageTable, tables_of
from extractor.read.trust import REASONS, Verdict, judged
from extractor.source import Paragraph, Source, Table

_TOGETHER = 32
_T = TypeVar("_T")


def read_pdf(data: bytes, name: str, digest: str, options: Options) -> Source:
    """The paragraphs and tables of a PDF.

    Raises `UnreadableError` for a damaged file or one that swells, `EncryptedError` for one with a password,
    `LimitError` for more pages or larger pictures than the options allow and `UnsupportedError` where OCR is
    needed and not installed.
    """
    document = _open(data, name, options)
    try:
        count = len(document)
        if not count:
            raise UnreadableError(name, "Tệp PDF không có trang nào.", "Kiểm tra lại tệp gốc.")
        if count > options.max_pages:
            raise LimitError(
                name, f"Tệp PDF có quá nhiều trang ({count}).", "Tách tệp thành nhiều phần, hoặc tăng --max-pages."
            )
        pages, doubts = _pages(document, data, name, options)
        signatures = signatures_of(document)
    finally:
        document.close()
    scanned = tuple(p.number for p in pages if p.scanned)
    origin: TextOrigin = "text_layer" if not scanned else "ocr" if len(scanned) == len(pages) else "mixed"
    info = SourceInfo(name, digest, "application/pdf", count, origin, scanned, signatures)
    return Source(info, tuple(parts_of(pages)), doubts)


def _pages(
    document: pdfium.PdfDocument, data: bytes, name: str, options: Options
) -> tuple[list[PrintedPage], tuple[Finding, ...]]:
    """The pages, each by its text layer or by OCR, and what is doubtful about them."""
    pages: list[PrintedPage] = []
    reasons: dict[int, Verdict] = {}
    characters = 0
    for index, layer in enumerate(_layers(data, len(document), name)):
        verdict, page = judged(layer)
        characters += sum(len(w.text) for w in page.words)
        if characters > limits.DOCUMENT_CHARACTERS:
            raise UnreadableError(name, "Tệp PDF có quá nhiều chữ.", "Tách tệp thành nhiều phần.")
        if options.ocr == "force" and verdict != "empty":
            verdict = "missing"
        if verdict != "good":
            reasons[index] = verdict
        pages.append(page)
    wanted = [i for i, verdict in reasons.items() if verdict != "empty"]
    read: dict[int, PrintedPage] = {}
    if wanted and options.ocr != "never":
        from extractor.read.ocr import ocr_pages  # numpy is loaded for scans only

        read = ocr_pages(document, wanted, options.dpi, options.ocr_threads)
    if wanted and not read and options.ocr != "never" and len(wanted) == len(pages):
        raise UnsupportedError(
            name,
            f"Tệp không có lớp chữ dùng được ({REASONS[reasons[wanted[0]]]}), cần Tesseract để đọc.",
            "Cài bằng: apt-get install tesseract-ocr tesseract-ocr-vie.",
        )
    for index, page in read.items():
        pages[index] = page
    return pages, tuple(findings_of(pages, reasons, set(read)))


def _open(data: bytes, name: str, options: Options) -> pdfium.PdfDocument:
    if (pixels := largest_picture(data)) > options.max_pixels:
        raise LimitError(
            name,
            f"Ảnh trong tệp PDF quá lớn ({pixels / 1e6:.0f} triệu điểm ảnh).",
            "Quét lại với độ phân giải thấp hơn, hoặc tăng --max-pixels.",
        )
    if swells(data):
        raise UnreadableError(name, "Tệp PDF giải nén ra quá lớn.", "Kiểm tra lại tệp gốc hoặc in lại thành PDF.")
    return _opened(data, name)


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD:
        raise EncryptedError(name, "Tệp PDF được đặt mật khẩu.", "Bỏ mật khẩu rồi chạy lại.")
    raise UnreadableError(name, "Tệp PDF bị hỏng hoặc tải chưa đủ.", "Tải lại tệp gốc.")


def _layers(data: bytes, count: int, name: str) -> Iterator[PageText]:
    """The text layers of all pages.

    PDFium keeps what it has once read of a document until that is closed; so it is opened anew now and then.
    """
    for first in range(0, count, _TOGETHER):
        document = _opened(data, name)
        try:
            for index in range(first, min(first + _TOGETHER, count)):
                yield _layer(document, index, name)
        finally:
            document.close()


def _layer(document: pdfium.PdfDocument, index: int, name: str) -> PageText:
    try:
        return read_page(document, index)
    except (pdfium.PdfiumError, ValueError) as error:
        raise UnreadableError(
            name, f"Trang {index + 1} bị hỏng hoặc quá lớn.", "Kiểm tra lại tệp gốc hoặc in lại thành PDF."
        ) from error


def parts_of(pages: list[PrintedPage]) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of the pages, in reading order; footnotes stand behind all of them.

    `pages` is emptied: printed words make room for the words of the paragraphs that they become.
    """
    flow, notes = _flow(pages)
    for printed, items in groupby(join_spread(_taken(flow)), lambda item: isinstance(item, Printed)):
        if printed:
            yield from paragraphs_of(item for item in items if isinstance(item, Printed))
        else:
            yield from (item.table() for item in items if isinstance(item, PageTable))
    yield from (replace(note, note=True) for note in paragraphs_of(notes))


def _flow(pages: list[PrintedPage]) -> tuple[list[Printed | PageTable], list[Printed]]:
    """The lines and tables of the pages, which are taken from their list, and the lines of footnotes."""
    tables: list[list[PageTable]] = []
    lines: list[list[Line]] = []
    widths: list[float] = []
    for page in _taken(pages):
        found, rest = tables_of(page)
        tables.append(found)
        lines.append(lines_of(page, rest))
        widths.append(page.width)
    flow: list[Printed | PageTable] = []
    notes: list[Printed] = []
    for width, found, kept in zip(widths, tables, without_furniture(lines), strict=True):
        text, below = split_notes(kept)
        margins = margins_of(kept, width)
        flow.extend(_page_flow(found, text, margins))
        notes.extend(Printed(line, margins) for line in below)
    return flow, notes


def _taken(items: list[_T]) -> Iterator[_T]:
    """The items of a list, which lets go of each as it is taken."""
    items.reverse()
    while items:
        yield items.pop()


def _page_flow(tables: list[PageTable], lines: list[Line], margins: Margins) -> Iterator[Printed | PageTable]:
    """The lines and tables of one page from top to bottom, column by column."""
    rest = lines
    for table in sorted(tables, key=lambda t: t.top):
        above = [line for line in rest if line.bottom - 0.3 * line.size <= table.top]
        rest = [line for line in rest if line.bottom - 0.3 * line.size > table.top]
        yield from _printed(above, margins)
        yield table
    yield from _printed(rest, margins)


def _printed(lines: list[Line], margins: Margins) -> Iterator[Printed]:
    for line in in_columns(lines, margins.left, margins.right):
        yield Printed(line, margins)
