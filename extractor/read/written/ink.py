"""What was written into a blank, told from paper and print: by its colour, or by where it stands."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extractor.read.raster import Gray, Picture
from extractor.read.written.blanks import Blank, BlankLine
from extractor.read.written.components import Ink, Piece, joined, pieces_of

_ABOVE, _BELOW, _BESIDE = 1.5, 0.65, 0.5  # of the size of the type: as far as written digits reach out of a blank
_TINT = 26
_DARK = 0.35
_LEAST = 0.02  # of the square of the size: less ink is dust


def written_ink(picture: Picture, bare: Picture, line: BlankLine, blank: Blank) -> Piece | None:
    """The ink in a blank of a line, 0 to 1, each pixel of print and paper 0; None where there is none.

    `picture` has the page's colours where it was scanned in colour, `bare` is without ruling lines. Black digits
    that OCR is sure of are taken for print.
    """
    em = line.em
    height, width = bare.gray.shape
    top, bottom = max(0, round(line.base - _ABOVE * em)), min(height, round(line.base + _BELOW * em))
    x0, x1 = max(0, round(blank.x0)), min(width, round(blank.x1))
    if x1 - x0 < 0.3 * em or bottom - top < em:
        return None
    wide = slice(max(0, round(x0 - _BESIDE * em)), min(width, round(x1 + _BESIDE * em)))
    if picture.blue is not None:
        coloured = _coloured(
            picture.gray[top:bottom, wide], picture.blue[top:bottom, wide], x0 - wide.start, x1 - wide.start
        )
        if coloured is not None and np.count_nonzero(coloured) > _LEAST * em * em:
            row = _of_row(coloured, em, line.base - top, 0, coloured.shape[1])
            return row and Piece(row.x + wide.start, row.y + top, row.ink)
    if blank.sure:
        return None
    dark = _relative(bare.gray[top:bottom, x0:x1])
    row = _of_row(dark, em, line.base - top, 0, x1 - x0) if np.count_nonzero(dark) > _LEAST * em * em else None
    return row and Piece(row.x + x0, row.y + top, row.ink)


def _coloured(red: Gray, blue: Gray, x0: int, x1: int) -> Ink | None:
    """The ink that is blue or red; None where what stands in the blank itself is neither."""
    tint = blue.astype(np.int16) - red
    dark = np.minimum(red, blue)
    inked = dark[:, x0:x1] < 160
    if np.count_nonzero(inked) < 20:
        return None
    middle = float(np.median(tint[:, x0:x1][inked]))
    if abs(middle) < _TINT:
        return None
    own = tint > 0.4 * middle if middle > 0 else tint < 0.4 * middle
    return np.where(_grown(own), _relative(red if middle > 0 else blue), 0).astype(np.float32)


def _grown(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    out = mask.copy()
    out[:, 1:] |= mask[:, :-1]
    out[:, :-1] |= mask[:, 1:]
    return out


def _relative(gray: Gray) -> Ink:
    """How inked each pixel is between paper and the darkest ink; less than a third is paper."""
    paper, darkest = float(np.percentile(gray, 80)), float(np.percentile(gray, 1))
    if paper - darkest < 40:
        return np.zeros(gray.shape, dtype=np.float32)
    ink = np.clip((paper - gray) / (paper - darkest), 0, 1)
    return np.where(ink > _DARK, ink, 0).astype(np.float32)


def _of_row(ink: Ink, em: float, base: float, x0: int, x1: int) -> Piece | None:
    """The ink without pieces of other lines, without those that stand beside the blank, and without dots and dashes."""
    kept = []
    for piece in pieces_of(ink):
        height, width = piece.ink.shape
        middle = (piece.y + piece.y1) / 2
        inside = min(piece.x1, x1) - max(piece.x, x0) > 0.5 * width
        in_row = base - 1.35 * em < middle < base + 0.25 * em and not (piece.y == 0 and height < 0.4 * em)
        dot = max(height, width) < 0.16 * em
        dash = height < 0.14 * em and width > 2.5 * height and middle > base - 0.15 * em
        if inside and in_row and not dot and not dash:
            kept.append(piece)
    return joined(kept) if kept else None
