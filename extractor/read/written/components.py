"""Pieces of ink that hang together, and the leaning of handwriting taken out."""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

Ink = npt.NDArray[np.float32]
# What leans to the right is upright again after a positive shear; upright itself comes first, for a draw.
_SHEARS = np.concatenate([[0.0], np.linspace(-0.25, 0.75, 21)[[*range(5), *range(6, 21)]]])


class Piece(msgspec.Struct, frozen=True):
    """Ink that hangs together, cut tight, and where its left and upper edge stand."""

    x: int
    y: int
    ink: Ink

    @property
    def x1(self) -> int:
        return self.x + int(self.ink.shape[1])

    @property
    def y1(self) -> int:
        return self.y + int(self.ink.shape[0])


def pieces_of(ink: Ink) -> list[Piece]:
    """The connected pieces (neighbours along sides and corners) of what is inked, from left to right."""
    runs = _runs(ink > 0)
    parent = list(range(len(runs)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    above: list[int] = []
    here: list[int] = []
    row = -1
    for i, (y, start, end) in enumerate(runs):
        if y != row:
            above = here if y == row + 1 else []
            here, row = [], y
        for j in above:
            if runs[j][1] <= end and runs[j][2] >= start:
                parent[root(j)] = root(i)
        here.append(i)
    members: dict[int, list[int]] = {}
    for i in range(len(runs)):
        members.setdefault(root(i), []).append(i)
    return sorted((_piece(ink, [runs[i] for i in m]) for m in members.values()), key=lambda p: (p.x, p.y))


def _runs(mask: npt.NDArray[np.bool_]) -> list[tuple[int, int, int]]:
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    return list(zip(rows.tolist(), starts.tolist(), np.nonzero(change == -1)[1].tolist(), strict=True))


def _piece(ink: Ink, runs: list[tuple[int, int, int]]) -> Piece:
    y, y1 = min(r[0] for r in runs), max(r[0] for r in runs) + 1
    x, x1 = min(r[1] for r in runs), max(r[2] for r in runs)
    own = np.zeros((y1 - y, x1 - x), dtype=np.float32)
    for row, start, end in runs:
        own[row - y, start - x : end - x] = ink[row, start:end]
    return Piece(x, y, own)


def joined(pieces: list[Piece]) -> Piece:
    """Several pieces as one."""
    if len(pieces) == 1:
        return pieces[0]
    x, y = min(p.x for p in pieces), min(p.y for p in pieces)
    whole = np.zeros((max(p.y1 for p in pieces) - y, max(p.x1 for p in pieces) - x), dtype=np.float32)
    for p in pieces:
        part = whole[p.y - y : p.y1 - y, p.x - x : p.x1 - x]
        np.maximum(part, p.ink, out=part)
    return Piece(x, y, whole)


def trimmed(piece: Piece) -> Piece | None:
    """The piece cut tight again; None where nothing is left."""
    rows, columns = np.nonzero(piece.ink.any(axis=1))[0], np.nonzero(piece.ink.any(axis=0))[0]
    if not rows.size:
        return None
    tight = piece.ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Piece(piece.x + int(columns[0]), piece.y + int(rows[0]), tight)


def upright(ink: Ink) -> Ink:
    """The ink with its leaning taken out: the shear whose columns are the sharpest."""
    height, width = ink.shape
    ys, xs = np.nonzero(ink)
    weights = ink[ys, xs]
    best, found = -1.0, 0.0
    for shear in _SHEARS.tolist():
        places = np.rint(xs - shear * (height - 1 - ys)).astype(np.intp) + height
        sharp = float(np.square(np.bincount(places, weights, width + 2 * height)).sum())
        if sharp > best * (1.0 if found else 1.02):
            best, found = sharp, shear
    return _sheared(ink, found) if found else ink


def _sheared(ink: Ink, shear: float) -> Ink:
    """Rows moved to the left the more the higher they stand: by `shear` times their distance from the foot."""
    height, width = ink.shape
    reach = round(abs(shear) * height)
    out = np.zeros((height, width + reach), dtype=np.float32)
    for row in range(height):
        move = round(shear * (height - 1 - row))
        left = reach - move if shear > 0 else -move
        out[row, left : left + width] = ink[row]
    return out
