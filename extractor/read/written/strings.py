"""A row of digits read from ink: cut into pieces in every likely way, the likeliest reading taken."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from statistics import median

import msgspec
import numpy as np

from extractor.read.written.components import Ink, Piece, joined, pieces_of, trimmed, upright
from extractor.read.written.digits import NONE, probabilities

_MOST_ATOMS, _MOST_DIGITS = 14, 5
_TALL = 0.42  # of the size of the type: no digit is lower
_SPECK = 0.14
_FAR = 0.3
_LIKELY = 0.02
_LEAN, _STRAIGHT = 0.26, 0.08
_SLASHED = 0.2


class Reading(msgspec.Struct, frozen=True):
    """Digits and how sure they are, 0 to 1."""

    digits: str
    confidence: float


def read_digits(ink: Ink, em: float, allowed: Callable[[str], bool]) -> Reading | None:
    """The digits that the ink shows; None where it is no row of digits.

    `ink` holds what was written and nothing else, `em` is the size of the type round it in pixels; readings
    that `allowed` refuses do not compete. The confidence is the share of the likeliest reading among all, times how
    sure its weakest digit is.
    """
    atoms = _atoms(upright(ink), em)
    if not atoms or len(atoms) > _MOST_ATOMS:
        return None
    spans, groups = _groups(atoms, em)
    chances = probabilities([g.ink for g in groups])
    for k, group in enumerate(groups):
        if _is_slash(group.ink):
            chances[k, 1] *= _SLASHED
    ways: dict[int, list[tuple[int, int]]] = {}
    for k, (start, end) in enumerate(spans):
        ways.setdefault(start, []).append((end, k))
    masses: dict[str, float] = {}
    sure: dict[str, float] = {}
    total = 0.0
    waiting: list[tuple[int, str, float, float, tuple[int, ...]]] = [(0, "", 1.0, 1.0, ())]
    while waiting:
        at, text, mass, weakest, used = waiting.pop()
        if at == len(atoms):
            if _level([groups[k] for k in used]) and allowed(text):
                masses[text] = masses.get(text, 0.0) + mass
                sure[text] = max(sure.get(text, 0.0), weakest)
                total += mass
            continue
        if len(text) == _MOST_DIGITS:
            continue
        for end, k in ways.get(at, ()):
            for digit in np.nonzero(chances[k, :NONE] > _LIKELY)[0].tolist():
                p = float(chances[k, digit])
                waiting.append((end, text + str(digit), mass * p, min(weakest, p), (*used, k)))
    if not masses:
        return None
    best = max(masses, key=lambda t: masses[t])
    return Reading(best, masses[best] / total * sure[best])


def _atoms(ink: Ink, em: float) -> list[list[Piece]]:
    """The ink from left to right, each group a piece that hangs together, cut where digits may touch."""
    pieces = [p for p in pieces_of(ink) if max(p.ink.shape) > _SPECK * em]
    tall = [p for p in pieces if p.ink.shape[0] > _TALL * em]
    if not tall:
        return []
    bodies: list[list[Piece]] = [[p] for p in tall]
    for p in pieces:
        if any(p is t for t in tall):
            continue
        near = min(bodies, key=lambda b: _gap(b[0], p))
        if _gap(near[0], p) < _FAR * em and near[0].y - _FAR * em < (p.y + p.y1) / 2 < near[0].y1 + 0.1 * em:
            near.append(p)
        elif max(p.ink.shape) > _FAR * em:
            bodies.append([p])
    rows = sorted((joined(b) for b in bodies), key=lambda p: p.x + p.x1)
    merged: list[Piece] = []
    for p in rows:
        last = merged[-1] if merged else None
        if last and min(last.x1, p.x1) - max(last.x, p.x) > 0.7 * min(last.ink.shape[1], p.ink.shape[1]):
            merged[-1] = joined([last, p])
        else:
            merged.append(p)
    return [atom for p in merged for atom in _cuts(p)]


def _gap(a: Piece, b: Piece) -> int:
    return max(a.x, b.x) - min(a.x1, b.x1)


def _cuts(piece: Piece) -> list[list[Piece]]:
    """A wide piece in parts, parted at the columns with least ink."""
    height, width = piece.ink.shape
    if width < 0.62 * height:
        return [[piece]]
    weight = (piece.ink > 0).sum(axis=0).astype(np.float64)
    smooth = np.convolve(np.pad(weight, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    least = max(3, round(0.18 * height))
    places: list[int] = []
    for x in sorted(range(least, width - least), key=lambda x: float(smooth[x])):
        if smooth[x] > 0.5 * height or len(places) == min(4, round(width / height * 2)):
            break
        if all(abs(x - other) >= least for other in places):
            places.append(x)
    edges = [0, *sorted(places), width]
    parts = (trimmed(Piece(piece.x + a, piece.y, piece.ink[:, a:b])) for a, b in pairwise(edges))
    # A cut-off sliver hangs at its neighbour.
    return [[p] for p in parts if p is not None]


def _groups(atoms: list[list[Piece]], em: float) -> tuple[list[tuple[int, int]], list[Piece]]:
    """Runs of neighbouring atoms that may be one digit: half-open ranges, and their ink."""
    spans, groups = [], []
    for start in range(len(atoms)):
        for end in range(start + 1, min(start + 4, len(atoms)) + 1):
            whole = joined([p for atom in atoms[start:end] for p in atom])
            height, width = whole.ink.shape
            if width > 1.9 * height or width > 1.5 * em:
                break
            if height > _TALL * em:
                spans.append((start, end))
                groups.append(whole)
    return spans, groups


def _is_slash(ink: Ink) -> bool:
    """Whether a piece is one straight stroke that leans where the digits beside it are upright."""
    ys, xs = np.nonzero(ink)
    down, across = ys - ys.mean(), xs - xs.mean()
    slope = float(down @ across) / max(float(down @ down), 1.0)
    height = ink.shape[0]
    return slope < -_LEAN and float(np.std(across - slope * down)) < _STRAIGHT * height


def _level(row: list[Piece]) -> bool:
    """Whether the pieces can stand in one row: alike in height and on about one line."""
    high = median(p.ink.shape[0] for p in row)
    foot = median(p.y1 for p in row)
    return all(0.5 * high < p.ink.shape[0] < 1.9 * high and abs(p.y1 - foot) < 0.5 * high for p in row)
