"""How often the signer's name is read where a seal and a pen cross it.

    signed_names.py [--feet 40] [--seed 1]

Feet of invented plans are drawn at 300 dpi: the position, the name in black or stamped in red, a red seal at its left
and a blue signature across, near the name or not; scanned, and read by the whole pipeline. Printed: how many names came
out right, blank and wrong.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from extractor import extract

WIDE, HIGH = 2480, 1600
INKS = {"black": (35, 35, 35), "red": (205, 45, 55)}
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Bùi", "Vũ", "Đặng", "Lương", "Nông", "Trịnh")
_MIDDLES = ("Văn", "Thị", "Quốc", "Minh", "Thị Thu", "Đình", "Hữu", "Anh", "Thanh", "Xuân")
_GIVEN = ("Hùng", "Hà", "Tuấn", "Đức", "Long", "Ngọc", "Dũng", "Khánh", "Hạnh", "Thủy", "Quang", "Bình")
_POSITIONS = (("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("HIỆU TRƯỞNG",))
_BODY = (
    "2. Các phòng, đơn vị thuộc Sở theo chức năng, nhiệm vụ tổ chức thực hiện kế hoạch này,",
    "báo cáo kết quả về Văn phòng Sở trước ngày 15 tháng 12 năm 2026 để tổng hợp.",
    "Trong quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh để kịp thời xem xét.",
)
_RECIPIENTS = ("Nơi nhận:", "- Như trên;", "- UBND tỉnh (để báo cáo);", "- Các phòng, đơn vị;", "- Lưu: VT.")


@cache
def _font(style: str, size: int, family: str = "Serif") -> ImageFont.FreeTypeFont:
    query = ["fc-match", "-f", "%{file}", f"Liberation {family}:style={style}"]
    return ImageFont.truetype(subprocess.run(query, capture_output=True, text=True, check=True).stdout, size)


def draw_foot(name: str, ink: str, rng: random.Random) -> Image.Image:
    """A page that ends in a signature of `name`."""
    page = Image.new("RGB", (WIDE, HIGH), "white")
    pen = ImageDraw.Draw(page)
    middle = 1680 + rng.randint(-60, 60)

    def centred(y: int, text: str, colour: tuple[int, int, int]) -> None:
        pen.text((middle - pen.textlength(text, _font("Bold", 58)) / 2, y), text, font=_font("Bold", 58), fill=colour)

    pen.text((1190, 150), "4", font=_font("Regular", 54), fill=INKS["black"])
    for i, text in enumerate(_BODY):
        pen.text((300, 290 + 85 * i), text, font=_font("Regular", 56), fill=INKS["black"])
    lines = rng.choice(_POSITIONS)
    for i, text in enumerate(lines):
        centred(620 + 68 * i, text, INKS["black"])
    for i, text in enumerate(_RECIPIENTS):
        pen.text((300, 630 + 58 * i), text, font=_font("Regular", 46), fill=INKS["black"])
    y = 620 + 68 * len(lines) + rng.randint(370, 450)
    centred(y, name, INKS[ink])
    x = middle - 260 + rng.randint(-90, 60)
    inked = _over(np.asarray(page, dtype=np.float64), _seal(x, y - 150 + rng.randint(-60, 60)), (215, 50, 60), 0.8)
    inked = _over(inked, _pen_strokes(middle, y - 120 + rng.randint(-60, 110), rng), (45, 60, 165), 0.9)
    grains = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 4, (HIGH, WIDE, 1))
    scan = Image.fromarray(np.clip(inked + grains, 0, 255).astype(np.uint8)).rotate(
        rng.uniform(-0.4, 0.4), fillcolor="white"
    )
    stored = io.BytesIO()
    scan.filter(ImageFilter.GaussianBlur(rng.uniform(0.4, 0.9))).save(stored, "JPEG", quality=rng.randint(55, 90))
    return Image.open(stored).convert("RGB")


def _over(page: np.ndarray, mask: Image.Image, colour: tuple[int, int, int], share: float) -> np.ndarray:
    """The page with ink over it: what is dark below stays dark."""
    return page * (1 - np.asarray(mask)[..., None] / 255 * share * (1 - np.array(colour) / 255))


def _seal(x: int, y: int) -> Image.Image:
    mask = Image.new("L", (WIDE, HIGH))
    pen = ImageDraw.Draw(mask)
    for radius, width in ((215, 9), (200, 4), (140, 5)):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=255, width=width)
    pen.text((x - 110, y - 40), "SỞ NỘI VỤ", font=_font("Bold", 46, "Sans"), fill=255)
    return mask


def _pen_strokes(x: int, y: int, rng: random.Random) -> Image.Image:
    mask = Image.new("L", (WIDE, HIGH))
    points = [(x - 220 + i * 45 + rng.randint(-30, 30), y + rng.randint(-110, 110)) for i in range(11)]
    ImageDraw.Draw(mask).line(points, fill=255, width=rng.randint(5, 9), joint="curve")
    return mask


def main() -> None:
    """Print one line for each ink of the name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feet", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    found: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.feet):
            name = " ".join(rng.choice(part) for part in (_FAMILIES, _MIDDLES, _GIVEN))
            ink = rng.choice(("black", "black", "black", "red"))
            path = Path(folder, "foot.pdf")
            draw_foot(name, ink, rng).save(path, resolution=300, quality=95)
            signer = extract(path).header.signer
            read = signer.name if signer else None
            found[ink, "right" if read == name else "blank" if read is None else "wrong"] += 1
    for ink in INKS:
        print(f"{ink:8}" + "".join(f"{outcome:>8} {found[ink, outcome]}" for outcome in ("right", "blank", "wrong")))


if __name__ == "__main__":
    main()
