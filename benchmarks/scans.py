"""How much of a plan survives a scan: plans printed to pictures, clean and degraded, read by OCR.

    scans.py [PDF ...] [--dpi 300] [--seed 1] [--of clean degraded poor coarse]

Without PDF: the samples, and two plans drawn to be all numbers, quarters and cells (`scan_pages.py`). The text layer
of the same PDF is the truth. Printed: the share of document numbers, of quarters ("Quý II" and "quý 2" are one) and of
table cells that OCR gives back, how many there were, and how many numbers were lost without a finding that doubts
them. "degraded" is set askew, blurred, stored as JPEG, and three pages of a plan are turned; "poor" is blurred more,
pale and noisy; "coarse" was scanned at two thirds of the resolution.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2
from PIL import Image, ImageFilter
from rapidfuzz import fuzz
from scan_pages import write_pages

from extractor.clean import Block, Text, clean
from extractor.options import Options
from extractor.read import read
from extractor.recognise.citations import find_citations
from extractor.source import Source

SAMPLES = Path(__file__).parents[1] / "samples"
QUARTER = re.compile(r"\b[Qq]uý (I{1,3}|IV|[1-4])(?![\w,])")
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
TURNED = 3
# A cell counts as read where it is as like its original as this.
ALIKE = 95


class Scanner(NamedTuple):
    """Degrees askew, blur in pixels, JPEG quality, share of the resolution, and how pale and noisy, 0 to 1."""

    askew: float = 0.0
    blur: float = 0.0
    quality: int = 95
    share: float = 1.0
    pale: float = 0.0


SCANNERS = {
    "clean": Scanner(),
    "degraded": Scanner(askew=1.2, blur=0.9, quality=45),
    "poor": Scanner(askew=1.2, blur=1.3, quality=30, pale=0.15),
    "coarse": Scanner(askew=0.6, blur=0.6, quality=60, share=2 / 3),
}


def pictures(path: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pdf]
    finally:
        pdf.close()


def scanned(pages: list[Image.Image], scanner: Scanner, rng: random.Random) -> list[Image.Image]:
    """The pages as a scanner gives them; a poor one takes three of them lying on their side or head."""
    turned = set(rng.sample(range(len(pages)), min(TURNED, len(pages)))) if scanner.askew else set()
    out = []
    for i, page in enumerate(pages):
        angle = rng.uniform(-scanner.askew, scanner.askew)
        page = page.rotate(angle, fillcolor="white", resample=Image.Resampling.BICUBIC)
        size = (round(page.width * scanner.share), round(page.height * scanner.share))
        page = page.resize(size, Image.Resampling.LANCZOS)
        if scanner.pale:
            grains = np.random.default_rng(rng.randrange(1 << 30)).normal(0, 60 * scanner.pale, (size[1], size[0], 1))
            faded = np.asarray(page) * (1 - scanner.pale) + 170 * scanner.pale + grains
            page = Image.fromarray(np.clip(faded, 0, 255).astype(np.uint8))
        stored = io.BytesIO()
        page.filter(ImageFilter.GaussianBlur(scanner.blur)).save(stored, "JPEG", quality=scanner.quality)
        page = Image.open(stored).convert("RGB")
        out.append(page.rotate(rng.choice((90, 180, 270)), expand=True) if i in turned else page)
    return out


def source_of(path: Path, dpi: int) -> Source:
    """A PDF as read."""
    return read(path, Options(dpi=dpi))


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
        "quarters": lambda t: [ROMAN.get(q, q) for q in QUARTER.findall(t.value)],
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


def unflagged(truth: Text, seen: Text, doubts: str) -> int:
    """How many numbers the scan has that its original has not, and that no finding doubts."""
    numbers = [Counter(c.identifier for c in find_citations(t.value) if c.identifier) for t in (truth, seen)]
    return sum(1 for number in (numbers[1] - numbers[0]) if number not in doubts)


def measured(path: Path, scanner: Scanner, dpi: int, rng: random.Random) -> tuple[Counter[str], Counter[str]]:
    """(found, wanted) of one PDF that goes through a scanner."""
    pages = scanned(pictures(path, dpi), scanner, rng)
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder) / "scan.pdf"
        pages[0].save(scan, save_all=True, append_images=pages[1:], resolution=dpi * scanner.share, quality=95)
        source = source_of(scan, dpi)
    truth, seen = clean(source_of(path, dpi)), clean(source)
    found, wanted = shares(truth, seen)
    found["silent"] = unflagged(truth, seen, " ".join(f.message for f in source.findings))
    return found, wanted


def main() -> None:
    """Print one line for each kind of scanner."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", nargs="*", type=Path)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--of", nargs="+", choices=SCANNERS, default=["clean", "degraded"])
    given = parser.parse_args()
    rng = random.Random(given.seed)
    kinds = ("numbers", "quarters", "cells")
    print(f"{'':10}" + "".join(f"{kind:>18}" for kind in kinds) + f"{'lost in silence':>18}")
    with tempfile.TemporaryDirectory() as folder:
        plans = given.pdf or [*sorted(SAMPLES.glob("*.pdf")), Path(folder, "a.pdf"), Path(folder, "b.pdf")]
        if not given.pdf:
            write_pages(plans[-2], given.seed)
            write_pages(plans[-1], given.seed + 1)
        for name in given.of:
            found: Counter[str] = Counter()
            wanted: Counter[str] = Counter()
            for path in plans:
                f, w = measured(path, SCANNERS[name], given.dpi, rng)
                found += f
                wanted += w
            figures = (f"{found[k] / wanted[k]:.3f} of {wanted[k]}" for k in kinds)
            print(f"{name:10}" + "".join(f"{figure:>18}" for figure in figures) + f"{found['silent']:>18}")


if __name__ == "__main__":
    main()
