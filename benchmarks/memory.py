"""How much memory the whole pipeline takes on a long PDF, above the interpreter with its libraries.

    memory.py [PDF] [--pages 200]

The pages of the PDF are repeated until there are enough. A small plan is read first, so that every library and
rule is loaded before the first figure.
"""

from __future__ import annotations

import argparse
import gc
import resource
import tempfile
from pathlib import Path

import pypdfium2

from extractor import extract

SAMPLES = Path(__file__).parents[1] / "samples"


def repeated(source: Path, target: Path, pages: int) -> None:
    """A PDF of at least that many pages."""
    with pypdfium2.PdfDocument(source) as original, pypdfium2.PdfDocument.new() as long:
        while len(long) < pages:
            long.import_pages(original)
        long.save(target)


def peak() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the peak before and after the long document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pdf", nargs="?", type=Path, default=sorted(SAMPLES.glob("*.pdf"))[0])
    parser.add_argument("--pages", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        long = Path(folder) / "long.pdf"
        repeated(given.pdf, long, given.pages)
        extract(given.pdf)
        gc.collect()
        before = peak()
        document = extract(long)
        print(f"pages {document.source.page_count}, tasks {len(document.tasks)}")
        print(f"libraries and a short plan: {before:.0f} MB; the long plan: {peak() - before:.0f} MB more")


if __name__ == "__main__":
    main()
