"""OCR of page pictures by Tesseract with its Vietnamese model: words with boxes and confidence."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from statistics import median

import pypdfium2 as pdfium
from msgspec.structs import replace

from extractor.read.grid import Grid, grids_of
from extractor.read.page import PrintedPage, PrintedWord
from extractor.read.raster import (
    Box,
    Picture,
    blanked,
    cut,
    ink_box,
    levelled,
    pgm,
    render,
    skew_of,
    turned_picture,
    weight_of,
    without_rules,
)
from extractor.read.repairs import repaired_words
from extractor.read.second_look import looked_again
from extractor.read.signed_name import with_signed_name
from extractor.read.syllables import plausible_share
from extractor.read.tesseract import Read, lines_of_each, lines_of_page, models, run
from extractor.read.written.reader import filled_in

_PAD = 6.0
_FEWEST_CELLS, _MOST_CELLS = 4, 600
_ONE_LINE = 18.0
_DOUBT = 40.0
# A number that OCR is unsure of is kept, and is a finding: one that is dropped would be missed in silence.
_SYMBOL = re.compile(r"\d[\d/.,%-]*$|[\d/]*[A-ZĐ]{2,}[-/\w]*$|\d{1,5}/\S+$")
_TURN = re.compile(r"Rotate: (\d+)[\s\S]*?Orientation confidence: ([\d.]+)")
_DESCENDS = re.compile(r"[gjpqyQ,;()/\[\]ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")


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
        waiting: deque[tuple[int, Future[PrintedPage]]] = deque()
        for index in indexes:
            page = document[index]
            picture = render(page, dpi, blue=True)
            page.close()
            waiting.append((index, pool.submit(ocr_page, picture, index + 1)))
            while len(waiting) > 2 * workers or (waiting and index == indexes[-1]):
                done, future = waiting.popleft()
                pages[done] = future.result()
    return pages


def ocr_page(picture: Picture, number: int) -> PrintedPage:
    """The words and ruling lines of a page picture, turned upright and set level.

    The cells of ruled tables are read one by one, so that the lines of neighbouring cells do not mix; all of
    a page's cells go to one run of Tesseract, since starting it costs more than reading a cell.
    """
    turn = _orientation(picture)
    upright = turned_picture(picture, turn)
    slope = skew_of(upright)
    straight = levelled(replace(upright, blue=None), slope)
    bare, rules = without_rules(straight)
    grids = [grid for grid in grids_of(rules) if len(grid.spans) >= _FEWEST_CELLS]
    inside = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in grids]
    lines = lines_of_page(blanked(bare, inside))
    words = looked_again(bare, _placed(lines, picture.scale) + _in_cells(bare, grids))
    height, width = (side / picture.scale for side in bare.gray.shape)
    coloured = cache(partial(levelled, upright, slope))
    if number == 1:
        words = filled_in(words, lines, coloured, bare)
    words = with_signed_name(_weighed(bare, words), width, coloured)
    return PrintedPage(number, width, height, tuple(words), rules, turn, scanned=True)


def _orientation(picture: Picture) -> int:
    """How many quarter turns clockwise set the page upright."""
    if "osd" not in models():
        return 0
    step = max(1, round(picture.scale / 2))
    small = Picture(picture.gray[::step, ::step].copy(), picture.scale / step)
    found = _TURN.search(run(pgm(small), small.scale, "--psm", "0"))
    if not found or float(found[2]) < 1.0:
        return 0
    return int(found[1]) // 90 % 4


def _placed(lines: list[list[Read]], scale: float) -> list[PrintedWord]:
    return [word for line in lines for word in _set_on_line(line, scale, 0.0, 0.0)]


def _in_cells(picture: Picture, grids: list[Grid]) -> list[PrintedWord]:
    """The words of the cells of tables: one line or a block of lines in each."""
    boxes = [
        box
        for grid in grids
        for cell in range(len(grid.spans))
        if (box := ink_box(picture, grid.box_of(cell))) is not None
    ][:_MOST_CELLS]
    single = [box for box in boxes if box[3] - box[1] < _ONE_LINE]
    several = [box for box in boxes if box[3] - box[1] >= _ONE_LINE]
    return _cells(picture, single, "7") + _cells(picture, several, "6")


def _cells(picture: Picture, boxes: list[Box], segmentation: str) -> list[PrintedWord]:
    """The words in boxes of a page."""
    read = lines_of_each([cut(picture, box, _PAD) for box in boxes], segmentation)
    return [
        word
        for box, lines in zip(boxes, read, strict=True)
        for line in lines
        for word in _set_on_line(line, picture.scale, box[0] - _PAD, box[1] - _PAD)
    ]


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
