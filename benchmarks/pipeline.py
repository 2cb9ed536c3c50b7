"""How fast the whole pipeline is, beside pdfplumber alone reading text and tables of the same PDF.

    python benchmarks/pipeline.py [--runs N] [PDF ...]

Both sides open the file anew in every run and the best run counts. pdfplumber closes each page when it is
done with it, since a page left open costs memory and time. A ratio above 1 means that the pipeline, from the
bytes to the JSON, is faster than pdfplumber reading alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber

from extractor import extract

SAMPLES = Path(__file__).parents[1] / "samples"


def read_with_pdfplumber(path: Path) -> int:
    """Text and tables of every page; the number of pages."""
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(pdf.pages)


def run_pipeline(path: Path) -> int:
    """The document as JSON; the number of characters of JSON."""
    return len(extract(path).to_json(indent=None))


def best(runs: int, job: Callable[[Path], int], path: Path) -> float:
    """Seconds of the fastest of `runs` runs."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        job(path)
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def main() -> None:
    """Print one line per file, and the ratio over all files together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="PDF", help="default: the PDF files in samples/")
    parser.add_argument("--runs", type=int, default=3, help="runs per file and side, the best counts (default 3)")
    arguments = parser.parse_args()
    files = arguments.files or sorted(SAMPLES.glob("*.pdf"))
    if not files:
        sys.exit("no PDF file given and none in samples/")
    print(f"{'pages':>6} {'kehoach p/s':>12} {'pdfplumber p/s':>15} {'ratio':>7}  file")
    pages_all, ours_all, theirs_all = 0, 0.0, 0.0
    for path in files:
        pages = read_with_pdfplumber(path)
        run_pipeline(path)  # the first run loads rules and libraries
        ours, theirs = (
            best(arguments.runs, run_pipeline, path),
            best(arguments.runs, read_with_pdfplumber, path),
        )
        print(
            f"{pages:6} {pages / ours:12.1f} {pages / theirs:15.1f} {theirs / ours:7.2f}  {path.name}",
            flush=True,
        )
        pages_all, ours_all, theirs_all = pages_all + pages, ours_all + ours, theirs_all + theirs
    ratio = theirs_all / ours_all
    print(f"{pages_all:6} {pages_all / ours_all:12.1f} {pages_all / theirs_all:15.1f} {ratio:7.2f}  all")


if __name__ == "__main__":
    main()
