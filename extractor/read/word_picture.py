"""One printed word as a picture: cut out whole, made smaller, its upright strokes counted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extractor.read.page import PrintedWord
from extractor.read.raster import DARK, Gray, Picture

_MARGIN = 6.0  # white round a word, in points
_GAP = 0.17  # of the size: no gap inside a word is as wide
# Where strokes are looked for, as shares of the height of a capital: clear of serifs, of the
# bars of T and of those of H and B.
_LEVELS = (0.27, 0.38, 0.66)
_THICK = 0.32  # of the height: a stem is narrower, however bold
_LEAN = 0.045


def word_picture(picture: Picture, word: PrintedWord) -> Picture:
    """A word cut out up to the white at both its sides: what OCR left out of its box belongs to it."""
    s, gray = picture.scale, picture.gray
    top, bottom = max(0, int(word.top * s) - 2), int(word.bottom * s) + 2
    x0, x1 = max(0, int(word.x0 * s)), min(gray.shape[1], int(word.x1 * s) + 1)
    gap, reach = max(2, int(_GAP * word.size * s)), int(4 * word.size * s)
    first = max(0, x0 - reach)
    inked = np.asarray((gray[top:bottom, first : x1 + reach] < DARK).any(axis=0))
    a, b = x0 - first, x1 - first
    while b < inked.size and inked[b : b + gap].any():
        b += 1
    while a > 0 and inked[max(0, a - gap) : a].any():
        a -= 1
    return Picture(np.pad(gray[top:bottom, first + a : first + b], round(_MARGIN * s), constant_values=255), s)


def strokes(picture: Picture) -> str:
    """The strokes of a word from left to right: "1" for one that stands upright, else "0".

    "II/2026" starts "110" (the slash leans); "IV" is "100", "TT" is "11", "H" is "11".
    """
    dark = picture.gray < _threshold(picture.gray)
    rows = np.nonzero(dark.any(axis=1))[0]
    if rows.size < 8:
        return ""
    top, height = int(rows[0]), int(rows[-1] - rows[0] + 1)
    upper, middle, lower = (_runs(dark[top + int(level * height)]) for level in _LEVELS)
    slack, thick = max(1.2, _LEAN * height), _THICK * height

    def upright(start: int, end: int) -> bool:
        return end - start < thick and all(
            any(abs(a + b - start - end) / 2 < slack and b - a < thick for a, b in band) for band in (upper, lower)
        )

    return "".join("1" if upright(*run) else "0" for run in middle)


def _threshold(gray: Gray) -> float:
    """Half way between ink and paper."""
    return (float(np.percentile(gray, 1)) + float(np.percentile(gray, 95))) / 2


def _runs(row: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    change = np.diff(np.concatenate(([0], row.astype(np.int8), [0])))
    return list(zip(np.nonzero(change == 1)[0].tolist(), np.nonzero(change == -1)[0].tolist(), strict=True))
