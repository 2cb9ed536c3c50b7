"""What a page costs in a batch: seconds of the processor and memory, text layer and OCR apart.

    batch.py PATH... [--jobs 1]

The documents go through `kehoach extract` as a batch; the figures are those of its manifest. Run it on a machine that
does nothing else.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from extractor.batch import extract_many
from extractor.document import Document


def main() -> None:
    """Print a line for each way that pages are read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args()
    sums: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as out:
        started = time.monotonic()
        for r in extract_many(given.paths, out, jobs=given.jobs):
            if r.output is None:
                continue
            document = Document.from_json(Path(out, r.output).read_bytes())
            # A document without pages of its own has one for every 2,500 characters.
            characters = len(document.text or "")
            pages = r.pages or max(1.0, characters / 2500)
            row = sums.setdefault(document.source.text_origin, [0, 0.0, 0.0, 0.0])
            row[0] += 1
            row[1] += pages
            row[2] += r.cpu_seconds
            row[3] = max(row[3], r.memory)
        seconds = time.monotonic() - started
    print(f"{'read from':>12}{'documents':>11}{'pages':>8}{'CPU s/page':>12}{'pages/CPU s':>13}{'most MB':>9}")
    for origin, (documents, pages, cpu, memory) in sorted(sums.items()):
        print(f"{origin:>12}{documents:>11.0f}{pages:>8.0f}{cpu / pages:>12.3f}{pages / cpu:>13.1f}{memory:>9.0f}")
    total = sum(row[1] for row in sums.values())
    print(f"{total:.0f} pages in {seconds:.1f} s by the clock, {given.jobs} jobs, start-up included")


if __name__ == "__main__":
    main()
