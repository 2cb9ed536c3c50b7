"""Tesseract as a program that is run: pictures in, words with boxes in pixels and confidence out."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from extractor.read.raster import Picture, pgm

_SECONDS = 180

# Text, left, top, right, bottom in pixels, confidence.
Read = tuple[str, float, float, float, float, float]


@cache
def models() -> frozenset[str]:
    """The names of Tesseract's models; none where it is not installed."""
    try:
        listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    return frozenset((listed.stdout + listed.stderr).split())


def run(data: bytes, scale: float, *options: str, source: str = "stdin") -> str:
    """What Tesseract prints for a picture, or for the files that `source` lists; "" where it fails."""
    command = ["tesseract", source, "stdout", "--dpi", str(round(scale * 72)), *options]
    # One thread a page: Tesseract's own threads make it slower, and pages are read side by side.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_SECONDS, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def lines_of_page(picture: Picture) -> list[list[Read]]:
    """The printed lines of a whole page."""
    return list(_rows(run(pgm(picture), picture.scale, "-l", "vie", "--psm", "3", "tsv")).values())


def lines_of_each(pictures: Sequence[Picture], segmentation: str, language: str = "vie") -> list[list[list[Read]]]:
    """The printed lines of each picture; all are read by one run, since starting it costs more than a cell."""
    found: list[list[list[Read]]] = [[] for _ in pictures]
    if not pictures:
        return found
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        files = []
        for i, picture in enumerate(pictures):
            files.append(Path(folder, f"{i}.pgm"))
            files[-1].write_bytes(pgm(picture))
        listing = Path(folder, "pictures.txt")
        listing.write_text("\n".join(map(str, files)), "utf-8")
        printed = run(b"", pictures[0].scale, "-l", language, "--psm", segmentation, "tsv", source=str(listing))
    for key, line in _rows(printed).items():
        found[min(int(key[0]), len(pictures)) - 1].append(line)
    return found


def _rows(tsv: str) -> dict[tuple[str, ...], list[Read]]:
    """The words of Tesseract's table by page, block, paragraph and line."""
    lines: dict[tuple[str, ...], list[Read]] = {}
    for row in tsv.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height = (float(v) for v in fields[6:10])
        word = (fields[11].strip(), left, top, left + width, top + height, float(fields[10]))
        lines.setdefault(tuple(fields[1:5]), []).append(word)
    return lines
