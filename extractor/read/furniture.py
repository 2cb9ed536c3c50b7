"""What is printed on every page and is no text of the document: running heads, page numbers, stamps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from extractor.read.labels import is_head, is_stamp, running_line
from extractor.read.lines import Line

_TOP, _BOTTOM, _SIDE = 0.13, 0.90, 0.12
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"(?:Trang\s|[-–—|.\s]){0,3}(\d{1,4})(?:\s?/\s?\d{1,4})?[-–—|.\s]{0,3}", re.IGNORECASE)
_DEPTH = 3
_ALIKE = 0.72
_LINE_ABOVE, _HEAD = 25.0, 70.0


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines of each page without what runs over the pages.

    A line runs if it stands among the outermost lines of the top or bottom band and the same words, digits
    apart, stand there on other pages; a lone page number, too. The state's or the Party's name over an
    attached plan is printed twice, and stays.
    """
    seen: Counter[tuple[str, str]] = Counter()
    bands = [_bands(lines) for lines in pages]
    for band in bands:
        seen.update({(where, _key(line)) for where, lines in band.items() for line in lines})
    filled = sum(1 for lines in pages if lines)
    least = 2 if filled <= 3 else max(3, round(0.3 * filled))
    scanned = [_key(line) for band in bands for lines in band.values() for line in lines if line.page.scanned]
    kept: list[list[Line]] = []
    for lines, band in zip(pages, bands, strict=True):
        drop = {
            id(line)
            for where, found in band.items()
            for line in found
            if not _beside_head(line, lines)
            and (_runs(line, seen[where, _key(line)], least) or _likely(line, scanned, least))
        }
        drop |= {id(line) for line in lines[:12] if is_stamp(line.text)}
        kept.append([line for line in lines if id(line) not in drop])
    return kept


def _bands(lines: Sequence[Line]) -> dict[str, list[Line]]:
    if not lines:
        return {}
    height, width = lines[0].page.height, lines[0].page.width
    upright = [line for line in lines if line.bottom - line.top > 2 * (line.x1 - line.x0)]
    return {
        # Over a landscape page bound as a portrait one the running head stands upright at the side.
        "side": [line for line in upright if line.x1 < _SIDE * width or line.x0 > (1 - _SIDE) * width],
        "top": [line for line in lines[:_DEPTH] if line.bottom < _TOP * height],
        "bottom": [line for line in lines[-_DEPTH:] if line.top > _BOTTOM * height],
    }


def _key(line: Line) -> str:
    return _DIGITS.sub("#", "".join(line.text.split())).lower()


def _likely(line: Line, keys: Sequence[str], least: int) -> bool:
    """Whether a line that OCR reads a little differently on every page runs over the pages."""
    key = _key(line)
    if not line.page.scanned or len(key) < 8 or is_head(line.text):
        return False
    return sum(1 for other in keys if SequenceMatcher(None, key, other).ratio() > _ALIKE) >= max(3, least)


def _beside_head(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line stands in the head of a document, which a decision and the plan behind it both print."""
    heads = [other.top for other in lines[: 2 * _DEPTH] if is_head(other.text)]
    if not heads or running_line(line.text) or _NUMBER.fullmatch(line.text.strip()):
        return False
    return -_LINE_ABOVE < line.top - min(heads) < _HEAD


def _runs(line: Line, count: int, least: int) -> bool:
    if is_head(line.text):
        return False
    number = _NUMBER.fullmatch(line.text.strip())
    if number and (count >= 2 or int(number[1]) == line.page.number):
        return True
    return count >= least or running_line(line.text)
