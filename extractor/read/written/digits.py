"""Which digit a small picture of ink shows, by a perceptron over stroke directions; weights in digits.npz."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

Ink = npt.NDArray[np.float32]  # 0 for paper to 1 for full ink
SIDE, BODY = 28, 20
CLASSES = 11  # the digits, and what is none
NONE = 10
_DIRECTIONS, _GRID = 8, 7
_WEIGHTS = Path(__file__).with_name("digits.npz")


def probabilities(inks: Sequence[Ink]) -> npt.NDArray[np.float32]:
    """For each piece of ink how likely it is each digit, and (last) none: an array of shape (n, 11)."""
    if not inks:
        return np.zeros((0, CLASSES), dtype=np.float32)
    layers = _layers()
    signal = features(np.stack([normalised(ink) for ink in inks]), [ink.shape for ink in inks])
    for i, (weights, bias) in enumerate(layers):
        signal = signal @ weights + bias
        if i + 1 < len(layers):
            signal = np.maximum(signal, 0)
    shifted = np.exp(signal - signal.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


def normalised(ink: Ink) -> Ink:
    """The ink scaled so that its longer side is 20 pixels, its centre of mass in the middle of 28 x 28."""
    height, width = ink.shape
    share = BODY / max(height, width)
    size = (max(1, round(width * share)), max(1, round(height * share)))
    small = np.asarray(Image.fromarray(ink).resize(size, Image.Resampling.BILINEAR), dtype=np.float32)
    small = small / max(float(small.max()), 1e-6)
    total = max(float(small.sum()), 1e-6)
    y = float(small.sum(axis=1) @ np.arange(small.shape[0])) / total
    x = float(small.sum(axis=0) @ np.arange(small.shape[1])) / total
    out = np.zeros((SIDE, SIDE), dtype=np.float32)
    top = min(max(round((SIDE - 1) / 2 - y), 0), SIDE - small.shape[0])
    left = min(max(round((SIDE - 1) / 2 - x), 0), SIDE - small.shape[1])
    out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def features(pictures: Ink, shapes: Sequence[tuple[int, ...]]) -> Ink:
    """Edges in eight directions, each blurred to a grid of 7 x 7, and how slender the ink is.

    `pictures` is (n, 28, 28), `shapes` the height and width of each before it was normalised.
    """
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    across = padded[:, :, 2:] - padded[:, :, :-2]
    down = padded[:, 2:] - padded[:, :-2]
    gx = across[:, :-2] + 2 * across[:, 1:-1] + across[:, 2:]
    gy = down[:, :, :-2] + 2 * down[:, :, 1:-1] + down[:, :, 2:]
    strength = np.hypot(gx, gy)
    turn = np.arctan2(gy, gx) * (_DIRECTIONS / (2 * np.pi)) % _DIRECTIONS
    sampler = _sampler()
    planes = []
    for k in range(_DIRECTIONS):
        near = np.abs(turn - k)
        share = np.maximum(0, 1 - np.minimum(near, _DIRECTIONS - near))
        planes.append(sampler @ (strength * share) @ sampler.T)
    edges = np.sqrt(np.stack(planes, axis=1)).reshape(len(pictures), -1)
    slender = np.array([[np.log(h / w)] for h, w in shapes], dtype=np.float32)
    return np.asarray(np.concatenate([edges, slender], axis=1), dtype=np.float32)


@cache
def _sampler() -> Ink:
    centres = (np.arange(_GRID) + 0.5) * SIDE / _GRID - 0.5
    weights = np.exp(-(((np.arange(SIDE) - centres[:, None]) / 2.6) ** 2) / 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def _layers() -> tuple[tuple[Ink, Ink], ...]:
    with np.load(_WEIGHTS) as stored:
        return tuple(
            (stored[f"weights{i}"].astype(np.float32), stored[f"bias{i}"].astype(np.float32))
            for i in range(len(stored.files) // 2)
        )
