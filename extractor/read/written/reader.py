"""Numbers and days written or stamped into the blanks of a scanned head: "Số: 1146/KH-UBND", "ngày 28 tháng 10"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import msgspec
from msgspec.structs import replace

from extractor.read.page import PrintedWord
from extractor.read.raster import Picture
from extractor.read.tesseract import Read
from extractor.read.written.blanks import Blank, BlankLine, Kind, blank_lines
from extractor.read.written.components import Piece
from extractor.read.written.ink import written_ink
from extractor.read.written.strings import read_digits

_ALLOWED = {
    "number": re.compile(r"0[1-9]|[1-9]\d{0,4}"),
    "day": re.compile(r"0?[1-9]|[12]\d|3[01]"),
    "month": re.compile(r"0?[1-9]|1[0-2]"),
}
# Fixed on heads drawn with hands that the classifier had not learnt from (benchmarks/handwriting.py).
ENOUGH = 0.75
_AGREED = 0.2  # enough where OCR reads the same
_SHOWN = 79.0
_GAP = 0.08
_SYMBOL = re.compile(r"(?:[/-](?:19|20)\d\d)?[/-]\s?[A-Za-zĐÐđ]{2,5}[-/].*$")


class Written(msgspec.Struct, frozen=True):
    """The digits in a blank, how sure they are (0 to 1), and the ink they were read from."""

    digits: str
    confidence: float
    ink: Piece


def filled_in(
    words: Sequence[PrintedWord], lines: Sequence[Sequence[Read]], coloured: Callable[[], Picture], bare: Picture
) -> list[PrintedWord]:
    """The words of a page, what was written into the blanks of its head read; blank where that cannot be told.

    `lines` are what OCR read on `bare`, the picture without ruling lines; `coloured` gives the page in red and blue.
    Digits that OCR does not doubt stay.
    """
    out = list(words)
    for line in blank_lines(lines):
        found = {b.kind: w for b in line.blanks if (w := written(b, line, coloured(), bare)) is not None}
        if found:
            out = _replaced(out, line, found, bare.scale)
    return out


def written(blank: Blank, line: BlankLine, picture: Picture, bare: Picture) -> Written | None:
    """What is written in a blank, at best; None where nothing is, or OCR has read it."""
    ink = written_ink(picture, bare, line, blank)
    if ink is None:
        return None
    reading = read_digits(ink.ink, line.em, partial(_allowed, blank.kind))
    return Written(reading.digits, reading.confidence, ink) if reading else Written("", 0.0, ink)


def _allowed(kind: Kind, digits: str) -> bool:
    return _ALLOWED[kind].fullmatch(digits) is not None


def taken(blank: Blank, seen: Written) -> bool:
    """Whether the digits are sure enough."""
    return bool(seen.digits) and seen.confidence >= (_AGREED if seen.digits == blank.text else ENOUGH)


def _replaced(words: list[PrintedWord], line: BlankLine, found: dict[Kind, Written], scale: float) -> list[PrintedWord]:
    """The words with those of the line made anew."""
    left, right = line.parts[0].x0 / scale, line.parts[-1].x1 / scale
    middle, em = (line.base - 0.3 * line.em) / scale, line.em / scale

    def within(w: PrintedWord) -> bool:
        return left - 1 < (w.x0 + w.x1) / 2 < right + 1 and abs((w.top + w.bottom) / 2 - middle) < 0.7 * em

    old = [w for w in words if within(w)]
    return [*(w for w in words if not within(w)), *_made(line, found, old, scale)]


def _made(
    line: BlankLine, found: dict[Kind, Written], old: Sequence[PrintedWord], scale: float
) -> Iterator[PrintedWord]:
    """The words of the line: what is printed, and the digits that were made out; a number with its symbol is one."""
    top, bottom = (line.base - 0.8 * line.em) / scale, (line.base + 0.2 * line.em) / scale
    size = old[0].size if old else line.em / scale

    def word(text: str, x0: float, x1: float, seen: Written | None) -> PrintedWord:
        above = min(top, seen.ink.y / scale) if seen else top
        doubt = _SHOWN if seen else 100.0
        return PrintedWord(
            text, x0 / scale, above, x1 / scale, bottom, size, confidence=doubt, written=seen is not None
        )  # fmt: skip

    number: tuple[str, float, Written | None] | None = None
    for before, part, after in zip((None, *line.parts), line.parts, (*line.parts[1:], None), strict=False):
        if isinstance(part, Blank):
            seen = found.get(part.kind)
            seen = seen if seen and taken(part, seen) else None
            digits = seen.digits if seen else part.text if part.sure and part.kind not in found else ""
            gap = _GAP * line.em
            x0 = max(seen.ink.x if seen else part.x0, (before.x1 if before else 0) + gap)
            x1 = min(seen.ink.x1 if seen else part.x1, (after.x0 if after else line.parts[-1].x1) - gap)
            if digits and part.kind == "number":
                number = digits, x0, seen
            elif digits:
                yield word(digits, x0, max(x0 + 1, x1), seen)
        elif part.text[0] in "/-":
            # What the second look made of the symbol comes before what the first one saw.
            last = max(old, key=lambda w: w.x1, default=None)
            symbol = m[0] if last and (m := _SYMBOL.search(last.text)) else part.text
            digits, x0, seen = number or ("", part.x0, None)
            made = word(digits + symbol, x0, part.x1, seen)
            yield made if number else replace(made, confidence=min(_SHOWN, last.confidence) if last else _SHOWN)
        else:
            yield word(part.text, part.x0, part.x1, None)
