"""The blanks of a head, for its number, day and month, found on the lines that OCR read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from statistics import median
from typing import Literal

import msgspec

from extractor.read.syllables import bare
from extractor.read.tesseract import Read
from extractor.rules import load

Kind = Literal["number", "day", "month"]
# Advance widths of Times, the type that Nghị định 30/2020/NĐ-CP asks for, in thousandths of its size.
_WIDTHS = {
    **dict.fromkeys("ijlt/:", 278), **dict.fromkeys("fr-()I", 333), **dict.fromkeys("sJ", 389),
    **dict.fromkeys("acez", 444), **dict.fromkeys("PSF", 556), **dict.fromkeys("ELTZ", 611),
    **dict.fromkeys("BCR", 667), **dict.fromkeys("wADGHKNOQUVXY", 722), **dict.fromkeys("mM", 778), "W": 944,
    **dict.fromkeys(".,; ", 250),
}  # fmt: skip
_OTHER = 500
_SPACE = 0.25
_SLACK = 0.22  # of the size of the type: the box of a word may differ as much from what its letters measure
_SURE = 80.0
_FEWEST = 3
_NEAR = 0.5
_DESCENDS = re.compile(r"[gjpqyQ,;()|/\[\]-]|[ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")


class Blank(msgspec.Struct, frozen=True):
    """A blank from `x0` to `x1`, in pixels, and what OCR makes of it.

    `sure` is set where OCR read digits there, apart from the words beside them, and does not doubt them.
    """

    kind: Kind
    x0: float
    x1: float
    text: str
    sure: bool


class Print(msgspec.Struct, frozen=True):
    """What is printed beside a blank."""

    text: str
    x0: float
    x1: float


class BlankLine(msgspec.Struct, frozen=True):
    """A stretch of a printed line from left to right: print and blanks in turn.

    `base` is where its letters stand, in pixels from the top, `em` the size of its type.
    """

    parts: tuple[Print | Blank, ...]
    base: float
    em: float

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return tuple(p for p in self.parts if isinstance(p, Blank))


def width_of(text: str) -> float:
    """How wide a text is in Times, in sizes of the type; OCR doubles many a Đ."""
    return sum(_WIDTHS.get(c, _OTHER) for c in bare(text).replace("DD", "D")) / 1000


def blank_lines(lines: Sequence[Sequence[Read]]) -> list[BlankLine]:
    """The line of the number and that of the date, where the page has them."""
    found: dict[str, BlankLine] = {}
    usual = _size([w for line in lines for w in line])
    for line in (_Line(words, usual) for words in lines if words):
        for name, pattern in _patterns():
            if name not in found and (m := pattern.search(line.text)):
                found[name] = _number_line(line, m) if name == "number" else _date_line(line, m)
    return list(found.values())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["name"], re.compile(row["pattern"])) for row in load("reading")["blank"])


class _Line:
    """The words of a line and the text that they make, without marks and tones."""

    def __init__(self, words: Sequence[Read], usual: float) -> None:
        self.words = words
        self.bare = [bare(w[0]) for w in words]
        self.text = " ".join(self.bare)
        self.starts = list(accumulate((len(b) + 1 for b in self.bare), initial=0))
        self.em = _size(words) if len(_sure(words)) > _FEWEST else usual

    def end_of(self, start: int, end: int, letters: str) -> float:
        """Where the print ends that stands at these characters and is `letters`."""
        first, last = self.word_of(start), self.word_of(end - 1)
        word = self.words[last]
        at_end = end - self.starts[last] == len(self.bare[last])
        if start > self.starts[first]:
            return word[3] if at_end else word[1] + width_of(self.text[self.starts[last] : end]) * self.em
        by_letters = self.words[first][1] + width_of(letters) * self.em
        # What OCR glued to a word, or took into its box, is no part of it.
        return word[3] if at_end and abs(word[3] - by_letters) < _SLACK * self.em else by_letters

    def start_of(self, start: int, end: int) -> float:
        """Where the print starts that stands at these characters."""
        first, last = self.word_of(start), self.word_of(end - 1)
        by_letters = self.words[last][3] - width_of(self.text[start:end]) * self.em
        edge = self.words[first][1]
        at_start, at_end = start == self.starts[first], end - self.starts[last] == len(self.bare[last])
        return edge if at_start and (not at_end or abs(edge - by_letters) < _SLACK * self.em) else by_letters

    def word_of(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def blank(self, kind: Kind, m: re.Match[str], x0: float, x1: float) -> Blank:
        start, end = m.span(kind)
        inside = [k for k, at in enumerate(self.starts[:-1]) if at >= start and at + len(self.bare[k]) <= end]
        apart = "".join(self.bare[k] for k in inside) == "".join(m[kind].split())
        if kind == "number" and not apart:  # "12/KH-UBND" is one word in print, too
            inside, apart = [self.word_of(end - 1)], m[kind].startswith(" ")
        sure = apart and all(self.words[k][5] >= _SURE for k in inside) and m[kind].strip().isdigit()
        # What stands further from the word before than a space may have lost its first digit to it.
        near = sure and self.words[inside[0]][1] - x0 < _NEAR * self.em
        return Blank(kind, x0, x1, m[kind].strip(), near)

    def base_at(self, x: float) -> float:
        """Where the letters stand at `x`, by the nearest words that reach no lower."""
        standing = [
            (w[1] + w[3], w[4]) for w in self.words if not _DESCENDS.search(w[0]) and w[4] - w[2] > 0.3 * self.em
        ] or [(w[1] + w[3], w[4] - 0.2 * self.em) for w in self.words]
        return median(bottom for _, bottom in sorted(standing, key=lambda s: abs(s[0] - 2 * x))[:3])


def _number_line(line: _Line, m: re.Match[str]) -> BlankLine:
    left = line.words[line.word_of(m.start("before"))][1]
    last = line.word_of(m.end("after") - 1)
    x0 = line.end_of(*m.span("before"), "Số:")
    x1 = line.start_of(*m.span("after"))
    symbol = "".join(w[0] for w in line.words[line.word_of(m.start("after")) : last + 1])
    symbol = symbol[-len("".join(m["after"].split())) :]
    if symbol[0] not in "/-":
        symbol, x1 = "/" + symbol, x1 - width_of("/") * line.em
    parts = (Print("Số:", left, x0), line.blank("number", m, x0, x1), Print(symbol, x1, line.words[last][3]))
    return BlankLine(parts, line.base_at((x0 + x1) / 2), line.em)


def _date_line(line: _Line, m: re.Match[str]) -> BlankLine:
    if m["before"]:
        left = line.words[line.word_of(m.start("before"))][1]
        x0 = line.end_of(*m.span("before"), "ngày")
    else:
        comma = line.text.rindex(",", 0, m.start("day") + 1)
        left = line.words[line.word_of(comma)][3] + _SPACE * line.em
        x0 = left + width_of("ngày") * line.em
    x1, x2 = line.start_of(*m.span("middle")), line.end_of(*m.span("middle"), "tháng")
    x3 = line.start_of(*m.span("after"))
    parts = (
        Print("ngày", left, x0), line.blank("day", m, x0, x1), Print("tháng", x1, x2), line.blank("month", m, x2, x3),
    )  # fmt: skip
    return BlankLine(parts, line.base_at((x0 + x3) / 2), line.em)


def _sure(words: Sequence[Read]) -> list[Read]:
    return [w for w in words if len(w[0]) >= _FEWEST and w[5] >= _SURE]


def _size(words: Sequence[Read]) -> float:
    """The size of the type in pixels, by how wide the surest words are."""
    sizes = [(w[3] - w[1]) / (width_of(w[0]) - 0.06) for w in _sure(words)] or [(w[4] - w[2]) / 0.9 for w in words]
    return median(sizes) if sizes else 1.0
