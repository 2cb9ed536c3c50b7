"""All that is promised of speed, in one run: one table of ratios, each beside its goal.

    table.py [PDF ...] [--runs 3]

Without files the samples are read. Processor time is counted (own and that of child programs), so that other work on
the machine spoils little; only "two jobs" is told by the clock. The best of the runs counts. Both sides of a row read
the same pages, each file opened anew. A ratio at or above its goal is good, except where the goal says "at most".
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pypdfium2
from pipeline import read_with_pdfplumber
from scans import pictures

from extractor import extract, extract_text
from extractor.errors import NoPlanError

SAMPLES = Path(__file__).parents[1] / "samples"
CHARACTERS_A_SECOND = 300_000
TEXT = 400_000
COPIES = 80


def used() -> float:
    """Seconds of processor time of this process and of its children so far."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def best(runs: int, job: Callable[[], object], clock: Callable[[], float] = used) -> float:
    """Seconds of the best run."""
    seconds = []
    for _ in range(runs):
        started = clock()
        job()
        seconds.append(clock() - started)
    return min(seconds)


def read(path: Path) -> None:
    """The whole pipeline, from the bytes to the JSON. Pages that hold no plan are read all the same."""
    with contextlib.suppress(NoPlanError):
        extract(path).to_json()


def split(files: list[Path], folder: Path) -> tuple[list[Path], list[Path]]:
    """The pages of each file as two: those on which pdfplumber finds a table, and the others."""
    with_, without = [], []
    for path in files:
        with pdfplumber.open(path) as pdf:
            ruled = [bool(page.find_tables()) for page in pdf.pages]
        for wanted, found in ((True, with_), (False, without)):
            pages = [i for i, has in enumerate(ruled) if has == wanted]
            if pages:
                target = folder / f"{len(found)}-{wanted}.pdf"
                with pypdfium2.PdfDocument(path) as pdf, pypdfium2.PdfDocument.new() as out:
                    out.import_pages(pdf, pages)
                    out.save(target)
                found.append(target)
    return with_, without


def long_plan(characters: int) -> str:
    """A plan of that many characters: the sections of the samples over and over, with other numbers each time."""
    texts = [p.read_text("utf-8") for p in sorted(SAMPLES.glob("*.txt"))]
    bodies = [t[t.index("\nI. ") : t.rindex("\nNơi nhận")] for t in texts]
    parts = [texts[0][: texts[0].index("\nI. ")]]
    rng = random.Random(1)
    while sum(map(len, parts)) < characters:
        body = re.sub(r"\b\d{1,2}\b", lambda m: str(rng.randint(1, 28)), bodies[len(parts) % len(bodies)])
        parts.append(f"\nPhần {len(parts)}.\n{body}")
    return "".join(parts)


def command(*arguments: str) -> None:
    """One call of the command line."""
    subprocess.run([sys.executable, "-m", "extractor", *arguments], check=True, capture_output=True)


def tesseract(images: list[Path]) -> None:
    """Tesseract alone on page pictures, one thread a page as in the pipeline."""
    for image in images:
        subprocess.run(
            ["tesseract", str(image), "stdout", "-l", "vie", "--psm", "3", "tsv"],
            check=True, capture_output=True, env={"PATH": "/usr/bin:/bin:/usr/local/bin", "OMP_THREAD_LIMIT": "1"},
        )  # fmt: skip


def row(name: str, here: str, beside: str, ratio: float, goal: str) -> None:
    """One line of the table."""
    print(f"{name:34} {here:>16} {beside:>22} {ratio:8.2f}   {goal}", flush=True)


def pages(files: list[Path], runs: int, folder: Path) -> None:
    """PDF pages beside pdfplumber's own text and tables."""
    for name, part, goal in zip(
        ("PDF pages with tables", "PDF pages without"), split(files, folder), ("1.0", "5.0"), strict=True
    ):
        if part:
            ours = sum(best(runs, lambda p=path: read(p)) for path in part)  # type: ignore[misc]
            theirs = sum(best(runs, lambda p=path: read_with_pdfplumber(p)) for path in part)  # type: ignore[misc]
            row(name, f"{ours:.2f} s", f"pdfplumber {theirs:.2f} s", theirs / ours, goal)


def text(runs: int) -> None:
    """Characters a second, and whether a text twice as long takes twice as long."""
    plan, half = long_plan(TEXT), long_plan(TEXT // 2)
    whole = best(runs, lambda: extract_text(plan).to_json())
    rate = len(plan) / whole
    row("text", f"{rate:,.0f}/s", f"goal {CHARACTERS_A_SECOND:,}/s", rate / CHARACTERS_A_SECOND, "1.0")
    part = best(runs, lambda: extract_text(half).to_json())
    row("text twice as long", f"{whole:.2f} s", f"half {part:.2f} s", whole / part, "at most 2.2")


def jobs(folder: Path) -> None:
    """The same batch with two jobs and with one, by the clock; the second or two in which a job starts are counted."""
    plan = long_plan(TEXT // 8)
    batch = folder / "batch"
    batch.mkdir()
    for i in range(COPIES):
        (batch / f"{i}.txt").write_text(plan, "utf-8")
    seconds = [
        best(
            1,
            lambda n=n: (shutil.rmtree(folder / "out", ignore_errors=True),  # type: ignore[misc]
                         command("extract", str(batch), "-q", "--jobs", str(n), "--output", f"{folder / 'out'}/")),
            time.perf_counter,
        )
        for n in (2, 1)
    ]  # fmt: skip
    row("two jobs (by the clock)", f"{seconds[0]:.2f} s", f"one job {seconds[1]:.2f} s", seconds[1] / seconds[0], "1.8")


def scan(source: Path, folder: Path, runs: int) -> None:
    """OCR of two scanned pages beside Tesseract alone on the same pictures."""
    images = [folder / f"{i}.jpg" for i in range(2)]
    printed = pictures(source, 300)[:2]
    for image, page in zip(images, printed, strict=True):
        page.save(image, dpi=(300, 300), quality=75)
    path = folder / "scan.pdf"
    printed[0].save(path, save_all=True, append_images=printed[1:], resolution=300, quality=75)
    ours, theirs = best(runs, lambda: read(path)), best(runs, lambda: tesseract(images))
    row("scanned pages", f"{ours:.2f} s", f"Tesseract {theirs:.2f} s", ours / theirs, "at most 1.15")


def start(runs: int) -> None:
    """Start-up, against seconds."""
    small = str(sorted(SAMPLES.glob("*.txt"))[0])
    for name, limit, call in (("kehoach --help", 0.3, ("--help",)), ("a small text", 1.5, ("extract", "-q", small))):
        seconds = best(runs, lambda call=call: command(*call))  # type: ignore[misc]
        row(name, f"{seconds:.2f} s", f"goal {limit} s", seconds / limit, "at most 1.0")


def memory(source: Path, folder: Path) -> None:
    """Peak memory of a process that reads a long PDF without the tagger, and how much each further page takes."""
    peaks: list[tuple[int, float]] = []
    for times in (4, 40):
        path = folder / f"long-{times}.pdf"
        with pypdfium2.PdfDocument(source) as pdf, pypdfium2.PdfDocument.new() as out:
            for _ in range(times):
                out.import_pages(pdf)
            out.save(path)
            count = len(out)
        code = (
            "import sys, extractor.tasks.build as build; build.tagged_verb = lambda text: None; "
            "from extractor import extract; extract(sys.argv[1]); "
            # ru_maxrss would start from the peak of this process; Linux counts VmHWM anew for each program.
            "print(next(int(s.split()[1]) / 1024 for s in open('/proc/self/status') if s.startswith('VmHWM')))"
        )
        told = subprocess.run([sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True)
        peaks.append((count, float(told.stdout)))
    (few, low), (many, high) = peaks
    goal = 150 + 0.1 * many
    each = (high - low) / (many - few)
    row(
        f"memory, {many} pages",
        f"{high:.0f} MB",
        f"goal {goal:.0f} MB",
        high / goal,
        f"at most 1.0 ({each:.2f} MB/page)",
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="PDF")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    files = given.files or sorted(SAMPLES.glob("*.pdf"))
    print(f"{'':34} {'here':>16} {'beside':>22} {'ratio':>8}   goal")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in files:
            read(path)  # loads rules and libraries
        pages(files, given.runs, folder)
        text(given.runs)
        start(given.runs)
        if shutil.which("tesseract"):
            scan(sorted(SAMPLES.glob("*.pdf"))[0], folder, given.runs)
        memory(sorted(SAMPLES.glob("*.pdf"))[0], folder)
        jobs(folder)


if __name__ == "__main__":
    main()
