"""Break files at random and see that every promise still holds.

    python tests/fuzz.py [FILE ...] [--seed 1] [--cases 10000] [--seconds 3600] [--limit 20] [--keep build/fuzz]

The files (default: the samples) are mutated: bytes, PDF objects and streams, DOCX elements, and the text that is read
of them. Of each mutated file is asked: it ends in a document or in a typed error with an exit code of the table; the
JSON is valid by the schema and reads back; every span lies in the text and holds its item; the file is left as it was,
and none stands beside it. Some go through the command line, some on into every export format. Each case runs in a
forked child with limits on CPU time (`--limit` seconds) and memory, so that a crash or a hang is a find too. A find is
kept as a file in `--keep` beside what went wrong. A case follows from the seed and its number alone: `--only N` runs it
again. Exit code 1 where anything was found.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import hashlib
import io
import multiprocessing as mp
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import mutations
import promises

from extractor import Document, extract
from extractor.cli import main as command_line
from extractor.errors import KehoachError
from extractor.export import EXPORTERS
from extractor.options import Options

SAMPLES = Path(__file__).parents[1] / "samples"
CODES = {3, 4, 5}
FIND = "FIND"


class Seed(NamedTuple):
    """A file to start from, and the text that is read of it."""

    name: str
    suffix: str
    data: bytes
    text: str


def seeds_of(paths: list[Path]) -> list[Seed]:
    """The files that can be read."""
    found = []
    for path in paths:
        try:
            text = extract(path, options=Options(ocr="never")).text or ""
        except KehoachError as error:
            print(f"left out: {error}", file=sys.stderr)
            continue
        found.append(Seed(path.name, path.suffix.lower(), path.read_bytes(), text))
    return found


def make_case(seeds: list[Seed], seed: int, number: int) -> tuple[str, bytes]:
    """The suffix and the bytes of a case."""
    rng = random.Random(f"{seed}:{number}")
    chosen, other = rng.choice(seeds), rng.choice(seeds)
    if chosen.suffix in (".txt", ".md") or rng.random() < 0.5:
        text = chosen.data.decode("utf-8", "replace") if chosen.suffix == ".txt" else chosen.text
        return rng.choice((".txt", ".txt", ".md")), mutations.encode(rng, mutations.mutate_text(rng, text, other.text))
    if rng.random() < 0.15:
        return chosen.suffix, mutations.mutate_bytes(rng, chosen.data, other.data)
    if chosen.suffix == ".docx":
        return chosen.suffix, mutations.mutate_docx(rng, chosen.data, other.text)
    return chosen.suffix, mutations.mutate_pdf(rng, chosen.data, other.data)


def run_case(suffix: str, data: bytes, number: int, folder: Path) -> str:
    """How the case ended: "document", or the name of a typed error. Raises where a promise is broken."""
    path = folder / f"case{suffix}"
    path.write_bytes(data)
    try:
        ended = _through_the_command(path, folder) if number % 25 == 0 else _through_the_library(path, number)
        assert path.read_bytes() == data, "the input was changed"
        assert [p.name for p in folder.iterdir()] == [path.name], "a file was left behind"
        return ended
    finally:
        for left in folder.iterdir():
            left.unlink()


def _through_the_library(path: Path, number: int) -> str:
    try:
        document = extract(path, options=Options(ocr="never"))
    except KehoachError as error:
        return _typed(error, path)
    promises.check(document)
    if number % 10 == 1:
        for exporter in EXPORTERS.values():
            exporter.write([document], io.BytesIO())
    return "document"


def _typed(error: KehoachError, path: Path) -> str:
    assert error.exit_code in CODES
    assert error.file == str(path)
    return type(error).__name__


def _through_the_command(path: Path, folder: Path) -> str:
    out = folder / "out.json"
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        try:
            command_line(["extract", "--ocr", "never", str(path), "--output", str(out)], standalone_mode=False)
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
    if code == 1:
        _through_the_library(path, 0)  # tells where it went wrong
    assert code in CODES | {0}, f"exit code {code}: {told.getvalue()}"
    assert "Traceback" not in told.getvalue()
    if code:
        assert not out.exists(), "an output without a document"
        return f"exit code {code}"
    promises.check(Document.from_json(out.read_bytes()))
    out.unlink()
    return "document"


def worker(pipe: Connection, seeds: list[Seed], seed: int, limit: int, memory: int, stack: Path) -> None:
    """Run the cases whose numbers come through the pipe; send back (how it ended, what went wrong)."""
    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with stack.open("w") as told, tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        faulthandler.enable(told)
        faulthandler.register(signal.SIGXCPU, told, chain=True)
        while (number := pipe.recv()) is not None:
            suffix, data = make_case(seeds, seed, number)  # its making does not count
            spent = int(time.process_time()) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (spent + limit, resource.RLIM_INFINITY))
            try:
                pipe.send((run_case(suffix, data, number, Path(name)), ""))
            except BaseException:
                pipe.send((FIND, traceback.format_exc()))


class Pool:
    """One worker at a time, replaced where it dies or does not answer."""

    def __init__(self, seeds: list[Seed], seed: int, limit: int, memory: int, stack: Path) -> None:
        self.arguments = (seeds, seed, limit, memory, stack)
        self.start()

    def start(self) -> None:
        """Fork a worker; what is loaded here is loaded there."""
        self.pipe, theirs = mp.Pipe()
        self.process = mp.get_context("fork").Process(target=worker, args=(theirs, *self.arguments), daemon=True)
        self.process.start()
        theirs.close()

    def run(self, number: int) -> tuple[str, str]:
        """The outcome of a case."""
        _, _, limit, _, stack = self.arguments
        self.pipe.send(number)
        try:
            if self.pipe.poll(limit * 20):
                answer: tuple[str, str] = self.pipe.recv()
                return answer
            wrong = f"no answer in {limit * 20} s"
        except EOFError:
            self.process.join()
            wrong = f"died (exit code {self.process.exitcode})"
        self.process.kill()
        self.process.join()
        self.start()
        return FIND, f"{wrong}\n{stack.read_text()}"

    def close(self) -> None:
        """Stop the worker."""
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send(None)
        self.process.join()


def main(arguments: list[str] | None = None) -> int:
    """Run the cases and print the counts; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=3600, help="stop after so long (wall time)")
    parser.add_argument("--limit", type=int, default=20, help="CPU seconds for one case")
    parser.add_argument("--memory", type=int, default=4096, help="megabytes of address space for the child")
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--only", type=int, help="run this case alone, here, and print what went wrong")
    given = parser.parse_args(arguments)
    files = given.files or sorted(p for p in SAMPLES.iterdir() if p.suffix in (".pdf", ".docx", ".txt"))
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in files}
    seeds = seeds_of(files)
    given.keep.mkdir(parents=True, exist_ok=True)
    if given.only is not None:
        with tempfile.TemporaryDirectory() as name:
            print(run_case(*make_case(seeds, given.seed, given.only), given.only, Path(name)))
        return 0
    started = time.monotonic()
    pool = Pool(seeds, given.seed, given.limit, given.memory, given.keep / f"stack-{given.seed}.txt")
    ended: Counter[str] = Counter()
    finds = 0
    for number in range(given.cases):
        if time.monotonic() - started > given.seconds:
            break
        outcome, wrong = pool.run(number)
        ended[outcome] += 1
        if outcome == FIND:
            finds += 1
            suffix, data = make_case(seeds, given.seed, number)
            kept = given.keep / f"{given.seed}-{number}{suffix}"
            kept.write_bytes(data)
            kept.with_suffix(f"{suffix}.why").write_text(wrong)
            print(f"{kept}: {wrong.strip().splitlines()[-1][:300]}", flush=True)
    pool.close()
    for path, digest in before.items():
        assert hashlib.sha256(path.read_bytes()).digest() == digest, f"{path} was changed"
    print(
        f"{sum(ended.values())} cases in {time.monotonic() - started:.0f} s: "
        + ", ".join(f"{n} {k}" for k, n in ended.most_common())
    )
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
