"""How much of a plan survives a scan: the samples printed to pictures, clean and degraded, read by OCR.

    scans.py [PDF ...] [--dpi 300] [--seed 1]

The text layer of the same PDF is the truth. Printed: the share of document numbers, of quarters ("Quý II") and of
table cells that OCR gives back. Degraded pages are set askew, blurred, stored as JPEG, and three of them turned.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
from collections import Counter
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz import fuzz

from extractor.clean import Block, Text, clean
from extractor.options import Options
from extractor.read import read
from extractor.recognise.citations import find_citations

SAMPLES = Path(__file__).parents[1] / "samples"
QUARTER = re.compile(r"\b[Qq]uý (?:I{1,3}|IV)\b")
TURNED = 3
# A cell counts as read where it is as like its original as this.
ALIKE = 95


def pictures(path: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdf]
    finally:
        pdf.close()


def degraded(pages: list[Image.Image], rng: random.Random) -> list[Image.Image]:
    """The pages as a poor scanner gives them."""
    turned = set(rng.sample(range(len(pages)), min(TURNED, len(pages))))
    out = []
    for i, page in enumerate(pages):
        askew = page.rotate(rng.uniform(-1.2, 1.2), expand=False, fillcolor="white", resample=Image.Resampling.BICUBIC)
        stored = io.BytesIO()
        askew.filter(ImageFilter.GaussianBlur(0.9)).save(stored, "JPEG", quality=45)
        page = Image.open(stored).convert("RGB")
        out.append(page.rotate(rng.choice((90, 180, 270)), expand=True) if i in turned else page)
    return out


def text_of(path: Path, dpi: int) -> Text:
    """The clean text of a PDF."""
    return clean(read(path, Options(dpi=dpi)))


def cells_of(text: Text) -> list[str]:
    """The filled cells of all tables."""
    found: dict[int, str] = {}
    for grid in text.blocks:
        if not isinstance(grid, Block):
            found |= {c.start: text[c] for row in grid.rows for c in row if c.end > c.start}
    return list(found.values())


def shares(truth: Text, seen: Text) -> tuple[Counter[str], Counter[str]]:
    """(found, wanted) of numbers, quarters and cells."""
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for kind, of in {
        "numbers": lambda t: [c.identifier for c in find_citations(t.value) if c.identifier],
        "quarters": lambda t: QUARTER.findall(t.value),
    }.items():
        a, b = Counter(of(truth)), Counter(of(seen))
        wanted[kind], found[kind] = sum(a.values()), sum((a & b).values())
    left = cells_of(seen)
    for cell in cells_of(truth):
        wanted["cells"] += 1
        best = max(range(len(left)), key=lambda i: fuzz.ratio(cell, left[i]), default=None)
        if best is not None and fuzz.ratio(cell, left[best]) >= ALIKE:
            found["cells"] += 1
            left.pop(best)
    return found, wanted


def main() -> None:
    """Print one line for clean and one for degraded pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", nargs="*", type=Path, default=sorted(SAMPLES.glob("*.pdf")))
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    print(f"{'':10}{'numbers':>10}{'quarters':>10}{'cells':>10}")
    for name in ("clean", "degraded"):
        found: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        for path in given.pdf:
            pages = pictures(path, given.dpi)
            if name == "degraded":
                pages = degraded(pages, rng)
            with tempfile.TemporaryDirectory() as folder:
                scan = Path(folder) / "scan.pdf"
                pages[0].save(scan, save_all=True, append_images=pages[1:], resolution=given.dpi)
                f, w = shares(text_of(path, given.dpi), text_of(scan, given.dpi))
            found += f
            wanted += w
        print(f"{name:10}" + "".join(f"{found[k] / wanted[k]:>10.3f}" for k in ("numbers", "quarters", "cells")))


if __name__ == "__main__":
    main()
