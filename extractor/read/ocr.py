"""OCR of page pictures by Tesseract with its Vietnamese model: words with boxes and confidence."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from pathlib import Path
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
from extractor.read.syllables import plausible_share

_SECONDS = 180
_PAD = 6.0
_FEWEST_CELLS, _MOST_CELLS = 4, 600
_ONE_LINE = 18.0
_DOUBT = 40.0
# A number that OCR is unsure of is kept, and is a finding: one that is dropped would be missed in silence.
_SYMBOL = re.compile(r"\d[\d/.,%-]*$|[\d/]*[A-ZĐ]{2,}[-/\w]*$|\d{1,5}/\S+$")
_TURN = re.compile(r"Rotate: (\d+)[\s\S]*?Orientation confidence: ([\d.]+)")
_DESCENDS = re.compile(r"[gjpqyQ,;()/\[\]ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")


@cache
def _models() -> frozenset[str]:
    """The names of Tesseract's models; none where it is not installed."""
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset((listed.stdout + listed.stderr).split())


def installed() -> bool:
    """Whether Tesseract and its Vietnamese model are there."""
    return "vie" in _models()


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
            picture = render(page, dpi)
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
    straight = levelled(upright, skew_of(upright))
    bare, rules = without_rules(straight)
    grids = [grid for grid in grids_of(rules) if len(grid.spans) >= _FEWEST_CELLS]
    inside = [(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]) for grid in grids]
    words = _recognised(blanked(bare, inside)) + _in_cells(bare, grids)
    height, width = bare.gray.shape
    scale = picture.scale
    return PrintedPage(number, width / scale, height / scale, tuple(_weighed(bare, words)), rules, turn, scanned=True)


def _run(data: bytes, scale: float, *options: str, source: str = "stdin") -> str:
    """What Tesseract prints for a picture, or for the files that `source` lists; "" where it fails."""
    command = ["tesseract", source, "stdout", "--dpi", str(round(scale * 72)), *options]
    # One thread a page: Tesseract's own threads make it slower, and pages are read side by side.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _orientation(picture: Picture) -> int:
    """How many quarter turns clockwise set the page upright."""
    if "osd" not in _models():
        return 0
    step = max(1, round(picture.scale / 2))
    small = Picture(picture.gray[::step, ::step].copy(), picture.scale / step)
    found = _TURN.search(_run(pgm(small), small.scale, "--psm", "0"))
    if not found or float(found[2]) < 1.0:
        return 0
    return int(found[1]) // 90 % 4


_Read = tuple[str, float, float, float, float, float]


def _recognised(picture: Picture) -> list[PrintedWord]:
    rows = _rows(_run(pgm(picture), picture.scale, "-l", "vie", "--psm", "3", "tsv"))
    return [word for line in rows.values() for word in _set_on_line(line, picture.scale, 0.0, 0.0)]


def _rows(tsv: str) -> dict[tuple[str, ...], list[_Read]]:
    """The words of Tesseract's table by page, block, paragraph and line: text, box in pixels, confidence."""
    lines: dict[tuple[str, ...], list[_Read]] = {}
    for row in tsv.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = (float(v) for v in fields[6:10])
        word = (fields[11].strip(), left, top, left + width, top + height, float(fields[10]))
        lines.setdefault(tuple(fields[1:5]), []).append(word)
    return lines


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
    """The words in boxes of a page, all read by one run of Tesseract."""
    if not boxes:
        return []
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        files = []
        for i, box in enumerate(boxes):
            files.append(Path(folder, f"{i}.pgm"))
            files[-1].write_bytes(pgm(cut(picture, box, _PAD)))
        listing = Path(folder, "cells.txt")
        listing.write_text("\n".join(map(str, files)), "utf-8")
        rows = _rows(_run(b"", picture.scale, "-l", "vie", "--psm", segmentation, "tsv", source=str(listing)))
    words: list[PrintedWord] = []
    for key, line in rows.items():
        box = boxes[min(int(key[0]), len(boxes)) - 1]
        words.extend(_set_on_line(line, picture.scale, box[0] - _PAD, box[1] - _PAD))
    return words


def _set_on_line(line: list[_Read], scale: float, left: float, top: float) -> list[PrintedWord]:
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
