"""Heads of invented plans as scanned, their number and day written by hand or stamped into the blanks."""

from __future__ import annotations

import io
import random
import subprocess
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

Gray = npt.NDArray[np.uint8]
WIDE, HIGH = 2480, 1080  # A4 at 300 dpi, its upper third
INKS = {"blue": (35, 50, 160), "black": (35, 35, 40), "red": (205, 40, 50)}
_ORGANS = (
    ("UBND TỈNH AN GIANG", "SỞ NỘI VỤ", "SNV", "An Giang"), ("UBND TỈNH LÂM ĐỒNG", "SỞ TƯ PHÁP", "STP", "Lâm Đồng"),
    ("TỈNH ĐIỆN BIÊN", "ỦY BAN NHÂN DÂN", "UBND", "Điện Biên"), ("UBND TỈNH CÀ MAU", "SỞ Y TẾ", "SYT", "Cà Mau"),
    ("HUYỆN VĨNH BẢO", "ỦY BAN NHÂN DÂN", "UBND", "Vĩnh Bảo"), ("BỘ CÔNG THƯƠNG", "CỤC HÓA CHẤT", "HC", "Hà Nội"),
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG THPT NGUYỄN HUỆ", "THPT", "Huế"), ("BỘ Y TẾ", "BỆNH VIỆN C", "BVC", "Đà Nẵng"),
)  # fmt: skip
_TYPES = (("KH", "KẾ HOẠCH"), ("QĐ", "QUYẾT ĐỊNH"), ("CTr", "CHƯƠNG TRÌNH"))
_TITLES = ("Cải cách hành chính năm 2026", "Tuyên truyền phòng, chống cháy rừng", "Chuyển đổi số giai đoạn 2026 - 2030")
_BODY = (
    "Thực hiện chương trình công tác đã được phê duyệt, đơn vị xây dựng kế hoạch",
    "triển khai với mục tiêu, nhiệm vụ và phân công cụ thể như sau:",
)


class Hands(NamedTuple):
    """Who fills in: pictures of digits (n, 28, 28) written by people, and fonts of handwriting, type and stamps."""

    pictures: Gray
    digits: Gray
    fonts: list[Path]


class Head(NamedTuple):
    """A page, what was filled in, and how. A number with a letter behind it is to be read as none."""

    page: Image.Image
    filled: dict[str, str]
    how: str


@cache
def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    query = ["fc-match", "-f", "%{file}", f"Liberation Serif:style={style}"]
    return ImageFont.truetype(subprocess.run(query, capture_output=True, text=True, check=True).stdout, size)


def _pressed(picture: Image.Image, high: int, cut: float) -> Image.Image:
    """A digit `high` pixels high as a pen writes it, as a mask; the higher `cut` (to 255), the finer the pen."""
    box = picture.point(lambda v: 255 if v > 60 else 0).getbbox() or (0, 0, 1, 1)
    picture = picture.crop((max(0, box[0] - 1), max(0, box[1] - 1), box[2] + 1, box[3] + 1))
    wide = max(4, round(picture.width * high / picture.height))
    big = picture.resize((wide, high), Image.Resampling.BICUBIC)
    return big.point(lambda v: round(min(255, max(0, (v - cut + 30) * 255 / 60))))


def _typed(text: str, path: Path, high: int) -> Image.Image:
    font = ImageFont.truetype(str(path), round(high * 1.35))
    box = font.getbbox(text)
    image = Image.new("L", (int(box[2] - box[0]) + 4, int(box[3] - box[1]) + 4))
    ImageDraw.Draw(image).text((2 - box[0], 2 - box[1]), text, font=font, fill=255)
    return image


def _written(text: str, hands: Hands, em: float, how: str, rng: random.Random) -> Image.Image:
    """A row of digits as a mask: one hand's or one stamp's height, place and leaning, digits that may touch."""
    face = rng.choice(hands.fonts)
    high = em * rng.uniform(0.75, 1.35) if how == "hand" else em * rng.uniform(0.65, 0.95)
    lean = rng.uniform(-0.1, 0.35) if how == "hand" else 0.0
    touching = how == "hand" and rng.random() < 0.2
    pen = rng.uniform(90, 200)
    marks: list[tuple[Image.Image, int]] = []
    for c in text:
        tall = round(high * (rng.uniform(0.85, 1.15) if how == "hand" else 1))
        if how == "hand" and c.isdigit():
            same = np.nonzero(hands.digits == int(c))[0]
            mark = _pressed(Image.fromarray(hands.pictures[rng.choice(same.tolist())]), tall, pen)
        else:
            mark = _typed(c, face, tall)
        marks.append((mark, round(rng.uniform(-0.1, 0.1) * em) if how == "hand" else 0))
    gap = round(em * (rng.uniform(-0.12, 0.0) if touching else rng.uniform(0.03, 0.16)))
    wide = sum(m.width + max(gap, 0) for m, _ in marks) + 8
    tall = max(m.height for m, _ in marks) + round(0.3 * em)
    row = np.zeros((tall, wide), dtype=np.uint8)
    x = 4
    for mark, lift in marks:
        y = max(0, tall - mark.height - round(0.12 * em) + lift)
        part = row[y : y + mark.height, x : x + mark.width]
        np.maximum(part, np.asarray(mark)[: part.shape[0], : part.shape[1]], out=part)
        x += mark.width + gap
    image = Image.fromarray(row)
    more = round(abs(lean) * tall)
    frame = (1, lean, -lean * tall if lean > 0 else 0, 0, 1, 0)
    return image.transform((wide + more, tall), Image.Transform.AFFINE, frame, Image.Resampling.BILINEAR)


def draw_head(hands: Hands, how: str, ink: str, rng: random.Random, *, suffix: bool = False) -> Head:
    """One head. `how` is "hand", "stamp", "print" (the digits of the line itself) or "blank"."""
    page = Image.new("RGB", (WIDE, HIGH), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    black = (rng.randint(15, 60),) * 3
    parent, organ, code, place = rng.choice(_ORGANS)
    kind, name = rng.choice(_TYPES)
    filled = {"number": str(rng.choice((rng.randint(10, 99), rng.randint(100, 999), rng.randint(1000, 4999))))}
    filled["day"] = f"{rng.randint(1, 31):02}"
    filled["month"] = str(rng.randint(3, 12)) if rng.random() < 0.7 else f"{rng.randint(1, 2):02}"
    if suffix:
        filled["number"] += rng.choice("abAB")
    printed_month = rng.random() < 0.4
    size = rng.choice((54, 58))
    left, right = 640 + rng.randint(-60, 60), 1720 + rng.randint(-40, 40)

    def line(x: int, y: int, text: str, style: str, points: int) -> None:
        pen.text((x - pen.textlength(text, _font(style, points)) / 2, y), text, font=_font(style, points), fill=black)

    line(left, 240, parent, "Regular", 54)
    line(left, 305, organ, "Bold", 54)
    line(right, 240, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bold", 52)
    line(right, 305, "Độc lập - Tự do - Hạnh phúc", "Bold", 54)
    pen.line((left - 120, 378, left + 120, 378), fill=black, width=3)
    pen.line((right - 330, 378, right + 330, 378), fill=black, width=3)
    dots = rng.random() < 0.15
    y = 430 + rng.randint(-8, 20)
    _row(
        page,
        left,
        y,
        [("Số:", "number", 3.2), (f"/{kind}-{code}", None, 0)],
        "Regular",
        size,
        filled,
        hands,
        how,
        ink,
        dots,
        black,
        rng,
    )
    month: list[tuple[str, str | None, float]] = [("tháng", "month", 1.9), ("năm 2026", None, 0)]
    if printed_month:
        month = [(f"tháng {filled['month']} năm 2026", None, 0)]
    parts = [(f"{place}, ngày", "day", 1.9), *month]
    _row(page, right, y, parts, "Italic", size, filled, hands, how, ink, dots, black, rng)
    line(WIDE // 2, 600, name, "Bold", 58)
    line(WIDE // 2, 675, rng.choice(_TITLES), "Bold", 56)
    for i, text in enumerate(_BODY):
        pen.text((300, 850 + 85 * i), text, font=_font("Regular", 56), fill=black)
    return Head(_scanned(page, rng), filled, how)


def _row(page, middle, y, parts, style, size, filled, hands, how, ink, dots, black, rng) -> None:
    """A printed line with its blanks, filled in."""
    pen = ImageDraw.Draw(page)
    font = _font(style, size)
    texts = [(text, key, ems * size * rng.uniform(0.75, 1.1) if key else 0.0) for text, key, ems in parts]
    if how == "print":
        text = " ".join(f"{t} {filled[k]}" if k else t for t, k, _ in texts).replace(" /", "/")
        pen.text((middle - pen.textlength(text, font) / 2, y), text, font=font, fill=black)
        return
    x = middle - sum(pen.textlength(t, font) + gap for t, _, gap in texts) / 2
    for text, key, gap in texts:
        pen.text((x, y), text, font=font, fill=black)
        x += pen.textlength(text, font)
        if key is None:
            continue
        if dots:
            count = int(gap / pen.textlength(".", font)) - 1
            pen.text((x + 6, y), "." * count, font=font, fill=black)
        if how != "blank":
            mark = _written(filled[key], hands, size, how, rng)
            # Nobody writes more widely than the blank, by much.
            room = gap * rng.uniform(0.85, 1.08)
            if mark.width > room:
                mark = mark.resize((round(room), mark.height))
            at = (round(x + (gap - mark.width) / 2), round(y + size * (0.98 + rng.uniform(-0.08, 0.08)) - mark.height))
            shade = rng.randint(-15, 30)
            page.paste(tuple(min(255, v + shade) for v in INKS[ink]), at, mark)
        x += gap


def _scanned(page: Image.Image, rng: random.Random) -> Image.Image:
    """The page as an office scanner gives it."""
    page = page.rotate(rng.uniform(-0.5, 0.5), fillcolor="white", resample=Image.Resampling.BICUBIC)
    grains = np.random.default_rng(rng.randrange(1 << 30)).normal(0, rng.uniform(0, 7), (page.height, page.width, 1))
    page = Image.fromarray(np.clip(np.asarray(page) * rng.uniform(0.93, 1.0) + grains, 0, 255).astype(np.uint8))
    stored = io.BytesIO()
    page.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.0))).save(stored, "JPEG", quality=rng.randint(45, 92))
    return Image.open(stored).convert("RGB")
