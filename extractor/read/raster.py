"""A page as a picture: rendered by pypdfium2, set level, its ruling lines found and taken out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import msgspec
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

from extractor.read import limits
from extractor.read.page import Rule

Box = tuple[float, float, float, float]
Gray = npt.NDArray[np.uint8]
DARK = 150
_STEPS = 24
_BAND = 256
_MOST = 2.4  # degrees a sheet may lie askew in a scanner


class Picture(msgspec.Struct, frozen=True):
    """A grey page picture and its resolution in pixels per point; with `blue` it tells the colour of ink, too."""

    gray: Gray
    scale: float
    blue: Gray | None = None

    @property
    def dark(self) -> npt.NDArray[np.bool_]:
        return self.gray < DARK


def render(page: pdfium.PdfPage, dpi: int, *, blue: bool = False) -> Picture:
    """The page as shown. Only the red of each pixel is kept: a red seal over the text disappears in it,
    while black print and blue ink stay dark. `blue` keeps the blue too, in which red ink is dark."""
    width, height = page.get_size()
    scale = dpi / 72
    if width * height * scale * scale > limits.IMAGE_PIXELS:
        scale = math.sqrt(limits.IMAGE_PIXELS / (width * height))
    bitmap = page.render(scale=scale, prefer_bgrx=False)
    try:
        pixels = bitmap.to_numpy()
        gray = pixels[..., 2] if pixels.ndim == 3 and pixels.shape[2] >= 3 else pixels.reshape(pixels.shape[:2])
        other = np.ascontiguousarray(pixels[..., 0]) if blue and gray is not pixels and pixels.ndim == 3 else None
        return Picture(np.ascontiguousarray(gray), scale, other)
    finally:
        bitmap.close()


def turned_picture(picture: Picture, turn: int) -> Picture:
    """The picture after `turn` quarter turns clockwise."""
    if not turn % 4:
        return picture
    return _each(picture, lambda plane: np.ascontiguousarray(np.rot90(plane, -turn)))


def _each(picture: Picture, change: Callable[[Gray], Gray]) -> Picture:
    """The picture with each of its planes changed alike."""
    blue = None if picture.blue is None else change(picture.blue)
    return Picture(change(picture.gray), picture.scale, blue)


def skew_of(picture: Picture) -> float:
    """How far the lines of a page fall to the right, as a slope; 0.0 where it lies straight."""
    step = max(1, round(picture.scale))
    small = (picture.gray[::step, ::step] < DARK).astype(np.int32)
    if small.shape[0] < 50 or small.shape[1] < 50 or not small.any():
        return 0.0
    blocks = np.array_split(small, 32, axis=1)
    profiles = [block.sum(axis=1) for block in blocks]
    width = small.shape[1]
    best, slope = -1.0, 0.0
    for k in range(-_STEPS, _STEPS + 1):
        angle = math.tan(math.radians(_MOST * k / _STEPS))
        total = np.zeros(small.shape[0], dtype=np.int64)
        for i, profile in enumerate(profiles):
            total += np.roll(profile, -round(angle * (i + 0.5) * width / len(profiles)))
        sharp = float(np.square(np.diff(total)).sum())
        if sharp > best * (1.0 if abs(k) else 0.98):
            best, slope = sharp, angle
    return slope


def levelled(picture: Picture, slope: float) -> Picture:
    """The picture with a slope taken out, by shifting its columns up and its rows to the right."""
    if abs(slope) < 0.0008:
        return picture
    return _each(picture, lambda plane: _levelled(plane, slope))


def _levelled(plane: Gray, slope: float) -> Gray:
    gray = plane.copy()
    height, width = gray.shape
    for start in range(0, width, 8):
        shift = round(slope * (start - width / 2))
        if shift:
            gray[:, start : start + 8] = np.roll(gray[:, start : start + 8], -shift, axis=0)
    for start in range(0, height, 8):
        shift = round(slope * (start - height / 2))
        if shift:
            gray[start : start + 8] = np.roll(gray[start : start + 8], shift, axis=1)
    return gray


def _runs(dark: npt.NDArray[np.bool_], least: int, gap: int) -> list[tuple[int, int, int]]:
    """The dark runs along the rows that are at least `least` pixels long: row, start, end.

    Light gaps of up to `gap` pixels do not part a run. Rows are taken in bands, to spare memory, and those that
    hold too little ink for a run are passed over.
    """
    found: list[tuple[int, int, int]] = []
    if dark.shape[1] < least:
        return found
    for first in range(0, dark.shape[0], _BAND):
        band = dark[first : first + _BAND]
        inked = np.nonzero(np.count_nonzero(band, axis=1) * (gap + 1) >= least)[0]
        closed = _all_of(_any_of(band[inked], gap), gap)
        long = np.nonzero(_all_of(closed, least - 1)[:, : dark.shape[1] - least + 1].any(axis=1))[0]
        padded = np.zeros((long.size, closed.shape[1] + 2), dtype=np.int8)
        padded[:, 1:-1] = closed[long]
        change = np.diff(padded, axis=1)
        rows, starts = np.nonzero(change == 1)
        ends = np.nonzero(change == -1)[1]
        keep = ends - starts >= least
        at = inked[long][rows[keep]] + first
        found.extend(zip(at.tolist(), starts[keep].tolist(), ends[keep].tolist(), strict=True))
    return found


def without_rules(picture: Picture) -> tuple[Picture, tuple[Rule, ...]]:
    """The picture with its ruling lines painted white, and the lines in points."""
    least = round(20 * picture.scale)
    thick = round(4 * picture.scale)
    dark = picture.dark
    gray = picture.gray.copy()
    rules: list[Rule] = []
    for level, plane in ((True, dark), (False, np.ascontiguousarray(dark.T))):
        runs = _runs(plane, least, round(1.2 * picture.scale))
        for top, bottom, start, end in _bands(runs, thick):
            scale = picture.scale
            if level:
                rules.append(Rule(start / scale, top / scale, end / scale, bottom / scale))
                gray[max(0, top - 2) : bottom + 2, max(0, start - 1) : end + 1] = 255
            else:
                rules.append(Rule(top / scale, start / scale, bottom / scale, end / scale))
                gray[max(0, start - 1) : end + 1, max(0, top - 2) : bottom + 2] = 255
            if len(rules) > limits.PAGE_RULES:
                return picture, ()
    return Picture(gray, picture.scale), tuple(rules)


def _any_of(plane: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.bool_]:
    """Dark where a pixel or one of the `reach` to its left is."""
    done = 0
    while done < reach:
        step = min(done + 1, reach - done)
        out = plane.copy()
        out[:, step:] |= plane[:, :-step]
        plane, done = out, done + step
    return plane


def _all_of(plane: npt.NDArray[np.bool_], reach: int) -> npt.NDArray[np.bool_]:
    """Dark where a pixel and the `reach` to its right are; what lies beyond the edge counts as dark."""
    done = 0
    while done < reach:
        step = min(done + 1, reach - done)
        out = plane.copy()
        out[:, :-step] &= plane[:, step:]
        plane, done = out, done + step
    return plane


def _bands(runs: Iterable[tuple[int, int, int]], thick: int) -> list[tuple[int, int, int, int]]:
    """Runs on neighbouring rows put together: top, bottom, start, end. Bands thicker than a line are none."""
    bands: list[list[int]] = []
    live: list[list[int]] = []
    for row, start, end in runs:
        live = [b for b in live if row - b[1] <= 1]
        near = next((b for b in live if start < b[3] and end > b[2]), None)
        if near is None:
            bands.append([row, row + 1, start, end])
            live.append(bands[-1])
        else:
            near[1], near[2], near[3] = row + 1, min(near[2], start), max(near[3], end)
    return [(t, b, s, e) for t, b, s, e in bands if b - t <= thick]


def smaller(picture: Picture, share: float) -> Picture:
    """The picture scaled down, each pixel the mean of those it covers."""
    height, width = (max(2, round(side * share)) for side in picture.gray.shape)
    small = Image.fromarray(picture.gray).resize((width, height), Image.Resampling.BOX)
    return Picture(np.asarray(small), picture.scale * share)


def weight_of(picture: Picture, x0: float, top: float, x1: float, bottom: float) -> float:
    """How thick the strokes in a box (in points) are: dark pixels per dark run, in points."""
    s = picture.scale
    cut = picture.gray[round(top * s) : round(bottom * s) + 1, round(x0 * s) : round(x1 * s) + 1] < DARK
    runs = int(np.count_nonzero(cut[:, 1:] & ~cut[:, :-1])) + int(np.count_nonzero(cut[:, :1]))
    return float(np.count_nonzero(cut)) / runs / s if runs else 0.0


def ink_box(picture: Picture, box: Box) -> Box | None:
    """The box (in points) around the ink inside a box; None where there is only dust."""
    s = picture.scale
    x0, top, x1, bottom = (round(v * s) for v in box)
    margin = round(1.5 * s)
    dark = picture.gray[top + margin : bottom - margin, x0 + margin : x1 - margin] < DARK
    rows, columns = np.nonzero(dark.sum(axis=1) > 1)[0], np.nonzero(dark.sum(axis=0) > 1)[0]
    if not rows.size or not columns.size or np.count_nonzero(dark) < 4 * s * s:
        return None
    left, above = x0 + margin, top + margin
    return (
        (left + int(columns[0])) / s,
        (above + int(rows[0])) / s,
        (left + int(columns[-1]) + 1) / s,
        (above + int(rows[-1]) + 1) / s,
    )


def blanked(picture: Picture, boxes: list[Box]) -> Picture:
    """The picture with what stands in the boxes (in points) painted white."""
    if not boxes:
        return picture
    gray, s = picture.gray.copy(), picture.scale
    for x0, top, x1, bottom in boxes:
        gray[round(top * s) : round(bottom * s), round(x0 * s) : round(x1 * s)] = 255
    return Picture(gray, s)


def cut(picture: Picture, box: Box, pad: float) -> Picture:
    """The part of a picture in a box (in points) on a white ground `pad` points wide."""
    s = picture.scale
    x0, top, x1, bottom = (round(v * s) for v in box)
    return Picture(np.pad(picture.gray[top:bottom, x0:x1], round(pad * s), constant_values=255), s)
