"""The signer's name where pen or seal cross it: looked at again in the ink of the name alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace

from extractor.read.labels import is_signature
from extractor.read.lines import rows_of
from extractor.read.page import PrintedWord
from extractor.read.patterns import compiled
from extractor.read.raster import Picture, cut
from extractor.read.syllables import plausible_share
from extractor.read.tesseract import Read, lines_of_each
from extractor.rules import load

_RIGHT = 0.42  # of the page's width: signatures stand further to the right
_DEEP, _WIDE = 13.0, 9.5  # sizes of the type below a position and to its sides in which its name stands
_BESIDE = 2.0  # as far as the middle of a name is from that of the position above it
_SURE, _ENOUGH = 80.0, 60.0
_FEWEST, _MOST = 3, 5
_EDGE = "“”\"'‘’`.,;:!|_-~*()[]{}/\\"


def with_signed_name(
    words: Sequence[PrintedWord], width: float, coloured: Callable[[], Picture | None]
) -> list[PrintedWord]:
    """The words of a page, the name below its signature read again where OCR doubts it or has none.

    `width` is the page's, in points; `coloured` gives the page in red and blue, None where it has no colours. Black
    print is told from the red of a seal and the blue of a pen by what is dark in both.
    """
    out = list(words)
    place = _place_of_name(words, width)
    if place is None:
        return out
    box, middle, size = place
    below = [w for w in words if box[0] < (w.x0 + w.x1) / 2 < box[2] and box[1] < (w.top + w.bottom) / 2 < box[3]]
    rows = [row for row in rows_of(below) if any(_is_name_word(w.text) for w in row)]
    if any(name_in([w.text for w in row]) and min(w.confidence for w in row) >= _SURE for row in rows):
        return out
    picture = coloured()
    found = _looked_at(picture, box, middle, size) if picture is not None and picture.blue is not None else []
    if not found:
        return out
    first = found[0]
    old = {id(w) for w in below if w.bottom > first.top and w.top < first.bottom}
    return [*(w for w in words if id(w) not in old), *found]


def name_in(words: Sequence[str]) -> tuple[int, int] | None:
    """Which of the words of a line are a person's name (half-open); None where a part of it may be lost."""
    rules = load("reading")["signer"]
    cores = [w.strip(_EDGE) for w in words]
    title = compiled(rules["titles"])
    first = next((i for i, core in enumerate(cores) if core in rules["families"]), None)
    if first is None:
        return None
    end = first
    while end < len(cores) and _is_name_word(cores[end]):
        end += 1
    beside = [core for i, core in enumerate(cores) if not first <= i < end and not title.fullmatch(words[i])]
    lost = any(len(core) > 1 and any(c.isalpha() for c in core) for core in beside)
    return (first, end) if not lost and _FEWEST <= end - first <= _MOST else None


def _is_name_word(core: str) -> bool:
    return (
        len(core) > 1
        and core.isalpha()
        and core[0].isupper()
        and core[1:].islower()
        and plausible_share([core.lower()]) == 1.0
    )


def _place_of_name(
    words: Sequence[PrintedWord], width: float
) -> tuple[tuple[float, float, float, float], float, float] | None:
    """Where a name stands below the page's last position ("KT. GIÁM ĐỐC"): the box, its middle, the type's size."""
    rows = list(rows_of(w for w in words if w.x0 > _RIGHT * width))
    at = [i for i, row in enumerate(rows) if is_signature(" ".join(w.text for w in row))]
    if not at:
        return None
    last = at[-1]
    for above, below in pairwise(range(last, len(rows))):
        near = rows[below][0].base - rows[above][0].base < 1.6 * rows[above][0].size
        if not (near and " ".join(w.text for w in rows[below]).isupper()):
            break
        last = below
    row = rows[last]
    size, middle = row[0].size, (row[0].x0 + row[-1].x1) / 2
    top = max(w.bottom for w in row) + 0.5 * size
    return (middle - _WIDE * size, top, min(width, middle + _WIDE * size), top + _DEEP * size), middle, size


def _looked_at(
    picture: Picture, box: tuple[float, float, float, float], middle: float, size: float
) -> list[PrintedWord]:
    """The name that stands in the box, in black or in red ink; empty where there is none to be sure of."""
    assert picture.blue is not None
    red, blue = (cut(Picture(plane, picture.scale), box, 0.0).gray for plane in (picture.gray, picture.blue))
    black = np.maximum(red, blue)
    stamped = 255 - np.clip((red.astype(np.int16) - blue) * 1.6, 0, 255).astype(np.uint8)
    planes = [cut(Picture(p, picture.scale), (0, 0, box[2] - box[0], box[3] - box[1]), 6.0) for p in (black, stamped)]
    best: list[PrintedWord] = []
    for lines in lines_of_each(planes, "6"):
        for line in lines:
            part = name_in([w[0] for w in line])
            name = [_placed(w, picture.scale, box, size) for w in line[slice(*part)]] if part else []
            if not name or abs((name[0].x0 + name[-1].x1) / 2 - middle) > _BESIDE * size:
                continue
            sure = min(w.confidence for w in name)
            if sure >= _ENOUGH and (not best or sure > min(w.confidence for w in best)):
                best = name
    return best


def _placed(read: Read, scale: float, box: tuple[float, float, float, float], size: float) -> PrintedWord:
    text, x0, top, x1, bottom, confidence = read
    left, above = box[0] - 6.0, box[1] - 6.0
    word = PrintedWord(
        text.strip(_EDGE), x0 / scale + left, top / scale + above, x1 / scale + left, bottom / scale + above
    )
    return replace(word, size=size, bold=True, confidence=confidence)
