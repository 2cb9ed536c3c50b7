"""Tesseract as a program that is run: pictures in, words with boxes in pixels and confidence out."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image

from extractor.read.raster import Picture

_SECONDS = 300

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


def lines_of_each(pictures: Sequence[Picture], segmentation: str, language: str = "vie") -> list[list[list[Read]]]:
    """The printed lines of each picture, all of one scale; none of a picture that Tesseract fails on.

    All are read by one run, since to start Tesseract and load a model takes as long as twenty words.
    """
    found: list[list[list[Read]]] = [[] for _ in pictures]
    if not pictures:
        return found
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        # TIFF, since Tesseract reads PGM byte by byte.
        path = Path(folder, "pictures.tif")
        first, *others = (Image.fromarray(picture.gray) for picture in pictures)
        first.save(path, save_all=True, append_images=others)
        options = ("--dpi", str(round(pictures[0].scale * 72)), "-l", language, "--psm", segmentation, "tsv")
        printed = _run(path, options)
    if printed is None:
        # A picture that breaks Tesseract costs no other its words.
        alone = [lines_of_each([picture], segmentation, language) for picture in pictures] if others else []
        return [lines for (lines,) in alone] or found
    for key, line in _rows(printed).items():
        found[int(key[0]) - 1].append(line)
    return found


def _run(path: Path, options: Sequence[str]) -> str | None:
    """What Tesseract prints for the pictures of a file; None where it fails."""
    # No plan is set in a fixed pitch: not to look for one spares a tenth of the time and changes no word.
    command = ["tesseract", str(path), "stdout", "-c", "textord_all_prop=1", *options]
    # One thread a run: Tesseract's own threads make it slower, and pages are read side by side.
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True, env=environment)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")


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
