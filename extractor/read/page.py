"""A page as printed: its words with their boxes and its ruling lines, upright, in points from the top left."""

from __future__ import annotations

import msgspec

from extractor.source import Separator, Word


class PrintedWord(msgspec.Struct, frozen=True, gc=False):
    """A word where it is printed; `size` is the font's, in points.

    `confidence` is OCR's, 0 to 100; text layers have 100. `written` is set where its digits were written or stamped
    into a blank.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    confidence: float = 100.0
    written: bool = False

    @property
    def base(self) -> float:
        """Where the word's letters stand, near enough to tell lines apart."""
        return self.bottom - 0.2 * self.size


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A straight ruling line, level or upright."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def level(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


class PrintedPage(msgspec.Struct, frozen=True):
    """A page turned upright. `turn` is how many quarter turns clockwise that took."""

    number: int
    width: float
    height: float
    words: tuple[PrintedWord, ...]
    rules: tuple[Rule, ...] = ()
    turn: int = 0
    scanned: bool = False

    def word(self, w: PrintedWord, before: Separator = " ") -> Word:
        """A printed word as a word of the source, its box on the page as it lies in the file."""
        x0, top, x1, bottom = w.x0, w.top, w.x1, w.bottom
        width, height = self.width, self.height
        for _ in range(self.turn):
            x0, top, x1, bottom = top, width - x1, bottom, width - x0
            width, height = height, width
        return Word(w.text, self.number, round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2), before)


def turned(
    box: tuple[float, float, float, float], width: float, height: float, turn: int
) -> tuple[float, float, float, float]:
    """A box (x0, top, x1, bottom) after `turn` quarter turns clockwise of a page of that size."""
    x0, top, x1, bottom = box
    for _ in range(turn % 4):
        x0, top, x1, bottom = height - bottom, x0, height - top, x1
        width, height = height, width
    return x0, top, x1, bottom


class Frame(msgspec.Struct, frozen=True):
    """Turns a PDF's user space, which counts upwards, into the page as shown, which counts downwards.

    The crop box in user space, the page's own quarter turns clockwise, and its size as shown.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int
    width: float
    height: float

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of user space as x0, top, x1, bottom on the page."""
        upright = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        return turned(upright, self.right - self.left, self.top - self.bottom, self.rotation)
