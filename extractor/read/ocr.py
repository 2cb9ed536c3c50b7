"""OCR of page pictures by Tesseract with its Vietnamese model: words with boxes and confidence."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from itertools import islice
from statistics import median

import msgspec
import pypdfium2 as pdfium
from msgspec.structs import replace

from extractor.read.grid import Grid, grids_of
from extractor.read.page import PrintedPage, PrintedWord, Rule
from extractor.read.raster import (
    Box,
    Picture,
    blanked,
    cut,
    ink_box,
    levelled,
    render,
    skew_of,
    turned_picture,
    weight_of,
    without_rules,
)
from extractor.read.repairs import repaired_words
from extractor.read.second_look import SURE, looked_again
from extractor.read.signed_name import with_signed_name
from extractor.read.syllables import plausible_share
from extractor.read.tesseract import Read, lines_of_each, models
from extractor.read.written.reader import filled_in

_PAD = 6.0
_FEWEST_CELLS, _MOST_CELLS = 4, 600
_ONE_LINE = 18.0
_DOUBT = 40.0
_TOGETHER = 4
_FEWEST_WORDS = 10  # that tell how a page lies
# A number that OCR is unsure of is kept, and is a finding: one that is dropped would be missed in silence.
_SYMBOL = re.compile(r"\d[\d/.,%-]*$|[\d/]*[A-ZĐ]{2,}[-/\w]*$|\d{1,5}/\S+$")
_DESCENDS = re.compile(r"[gjpqyQ,;()/\[\]ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")


class _Sheet(msgspec.Struct, frozen=True):
    """A page as read: its picture set level, and without ruling lines; `lines` stand outside of its tables."""

    coloured: Callable[[], Picture]
    picture: Picture
    rules: tuple[Rule, ...]
    turn: int
    table: bool
    lines: list[list[Read]]
    words: list[PrintedWord]


def installed() -> bool:
    """Whether Tesseract and its Vietnamese model are there."""
    return "vie" in models()


def ocr_pages(
    document: pdfium.PdfDocument, indexes: Sequence[int], dpi: int, threads: int | None = None
) -> dict[int, PrintedPage]:
    """The pages (0-based) as OCR reads them, several at a time; empty where Tesseract is not installed."""
    if not installed():
        return {}
    workers = max(1, min(len(indexes), threads or os.cpu_count() or 1))
    pages: dict[int, PrintedPage] = {}
    with ThreadPoolExecutor(workers) as pool:
        # PDFium is not to be called from two threads: pages are rendered here, a few ahead of Tesseract.
        waiting: deque[Future[list[PrintedPage]]] = deque()
        for batch in _batches(document, indexes, dpi, min(_TOGETHER, -(-len(indexes) // workers))):
            waiting.append(pool.submit(ocr_together, *zip(*batch, strict=True)))
            while len(waiting) > workers:
                pages |= {page.number - 1: page for page in waiting.popleft().result()}
        for future in waiting:
            pages |= {page.number - 1: page for page in future.result()}
    return pages


def _batches(
    document: pdfium.PdfDocument, indexes: Sequence[int], dpi: int, most: int
) -> Iterator[list[tuple[int, Picture]]]:
    """The numbers (1-based) and pictures of up to `most` pages of one scale at a time."""
    batch: list[tuple[int, Picture]] = []
    for index in indexes:
        page = document[index]
        picture = render(page, dpi, blue=True)
        page.close()
        if batch and (len(batch) == most or batch[0][1].scale != picture.scale):
            yield batch
            batch = []
        batch.append((index + 1, picture))
    if batch:
        yield batch


def ocr_together(numbers: Sequence[int], pictures: Sequence[Picture]) -> list[PrintedPage]:
    """The words and ruling lines of page pictures of one scale, each turned upright and set level.

    The cells of ruled tables are read one by one, so that the lines of neighbouring cells do not mix. What is
    alike of all pages goes to one run of Tesseract, since starting it costs more than reading a cell.
    """
    sheets = _sheets(pictures, [0] * len(pictures))
    turns = {i: turn for i, sheet in enumerate(sheets) if (turn := _turn_of(sheet))}
    turned = _sheets([turned_picture(pictures[i], turn) for i, turn in turns.items()], list(turns.values()))
    for i, sheet in zip(turns, turned, strict=True):
        if sheet.turn % 2 or _sure(sheet.words) > _sure(sheets[i].words):
            sheets[i] = sheet
    words = looked_again([(sheet.picture, sheet.words) for sheet in sheets])
    return [_page(*page) for page in zip(numbers, sheets, words, strict=True)]


def _page(number: int, sheet: _Sheet, words: list[PrintedWord]) -> PrintedPage:
    height, width = (side / sheet.picture.scale for side in sheet.picture.gray.shape)
    if number == 1:
        words = filled_in(words, sheet.lines, sheet.coloured, sheet.picture)
    words = with_signed_name(_weighed(sheet.picture, words), width, sheet.coloured)
    return PrintedPage(number, width, height, tuple(words), sheet.rules, sheet.turn, scanned=True)


def _sheets(pictures: Sequence[Picture], turns: Sequence[int]) -> list[_Sheet]:
    """Pages that were turned as `turns` says, set level and read."""
    parts = []
    for picture in pictures:
        slope = skew_of(picture)
        bare, rules = without_rules(levelled(replace(picture, blue=None), slope))
        grids = [grid for grid in grids_of(rules) if len(grid.spans) >= _FEWEST_CELLS]
        parts.append((cache(partial(levelled, picture, slope)), bare, rules, grids))
    outside = lines_of_each([blanked(bare, list(map(_box, grids))) for _, bare, _, grids in parts], "3")
    inside = _in_cells([(bare, grids) for _, bare, _, grids in parts])
    return [
        _Sheet(coloured, bare, rules, turn, bool(grids), lines, [*_words(lines, bare.scale), *cells])
        for (coloured, bare, rules, grids), turn, lines, cells in zip(parts, turns, outside, inside, strict=True)
    ]


def _turn_of(sheet: _Sheet) -> int:
    """How many quarter turns clockwise may set a page upright; 0 where its words are sure.

    Tesseract finds lines that run upwards or downwards too, and is sure of those that are not upside down.
    """
    if len(sheet.words) < _FEWEST_WORDS or not (_lies(sheet.lines) or _sure(sheet.words) * 2 < len(sheet.words)):
        return 0
    lines = lines_of_each([sheet.picture], "3")[0] if sheet.table else sheet.lines
    words = [word for line in lines for word in line]
    sure = sum(word[5] >= SURE for word in words) * 2 >= len(words)
    if _lies(lines):
        return 3 if sure else 1
    return 0 if sure else 2


def _lies(lines: Sequence[list[Read]]) -> bool:
    """Whether most lines of three words and more are taller than wide."""
    tall = [
        max(w[4] for w in line) - min(w[2] for w in line) > max(w[3] for w in line) - min(w[1] for w in line)
        for line in lines
        if len(line) > 2
    ]
    return sum(tall) * 2 > len(tall)


def _sure(words: Sequence[PrintedWord]) -> int:
    return sum(word.confidence >= SURE for word in words)


def _words(lines: Sequence[list[Read]], scale: float) -> list[PrintedWord]:
    return [word for line in lines for word in _set_on_line(line, scale, 0.0, 0.0)]


def _box(grid: Grid) -> Box:
    return grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]


def _in_cells(pages: Sequence[tuple[Picture, list[Grid]]]) -> list[list[PrintedWord]]:
    """The words of the cells of tables on each page: one line or a block of lines in each."""
    cells = [
        (page, box)
        for page, (picture, grids) in enumerate(pages)
        for box in islice(_filled(picture, grids), _MOST_CELLS)
    ]
    out: list[list[PrintedWord]] = [[] for _ in pages]
    for segmentation, several in (("7", False), ("6", True)):
        alike = [(page, box) for page, box in cells if (box[3] - box[1] >= _ONE_LINE) == several]
        read = lines_of_each([cut(pages[page][0], box, _PAD) for page, box in alike], segmentation)
        for (page, box), lines in zip(alike, read, strict=True):
            for line in lines:
                out[page] += _set_on_line(line, pages[page][0].scale, box[0] - _PAD, box[1] - _PAD)
    return out


def _filled(picture: Picture, grids: Sequence[Grid]) -> Iterator[Box]:
    """The boxes round what stands in the cells."""
    for grid in grids:
        for cell in range(len(grid.spans)):
            if (box := ink_box(picture, grid.box_of(cell))) is not None:
                yield box


def _set_on_line(line: list[Read], scale: float, left: float, top: float) -> list[PrintedWord]:
    """The words of one line, mended, with a common base and size, as a text layer would have them."""
    plain = [w for w in line if not _DESCENDS.search(w[0])] or line
    base = median(w[4] for w in plain) / scale + top
    size = max(6.0, median(w[4] - w[2] for w in line) / scale * 1.15)
    words: list[PrintedWord] = []
    for text, first, end in repaired_words([w[0] for w in line]):
        part = line[first:end]
        words.append(
            PrintedWord(
                text,
                part[0][1] / scale + left,
                min(w[2] for w in part) / scale + top,
                part[-1][3] / scale + left,
                base + 0.2 * size,
                size,
                confidence=min(w[5] for w in part),
            )
        )
    return words


def _weighed(picture: Picture, words: list[PrintedWord]) -> list[PrintedWord]:
    """The words without scribbles, those set bold marked: strokes clearly thicker than the page's.

    Sizes that differ from the page's by no more than the shapes of letters explain are made equal.
    """
    words = [w for w in words if w.confidence >= _DOUBT or _is_word(w.text)]
    if not words:
        return []
    common = median(w.size for w in words)
    weights = [weight_of(picture, w.x0, w.top, w.x1, w.bottom) for w in words]
    usual = median(weights)
    return [
        replace(w, bold=weight > 1.22 * usual, size=common if 0.7 < w.size / common < 1.4 else w.size)
        for w, weight in zip(words, weights, strict=True)
    ]


def _is_word(text: str) -> bool:
    """Whether a doubtful word is a syllable, a number or a symbol, and not a seal or a signature."""
    core = text.strip('.,;:()/“”"')
    return bool(_SYMBOL.match(core)) or (len(core) > 1 and plausible_share([core.lower()]) == 1.0 and core.isalpha())
