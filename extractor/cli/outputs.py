"""Where results go: standard output, one file, or a folder with one file per document."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from extractor.atomic import atomic_bytes
from extractor.cli.inputs import STANDARD_INPUT


def is_folder(output: Path | None) -> bool:
    """Whether `--output` names a folder: one that is there, or a name without a suffix."""
    return output is not None and (output.is_dir() or not output.suffix)


def refuse_inputs_as_output(output: Path | None, inputs: tuple[str, ...]) -> None:
    """An input is never overwritten. Raises `click.UsageError`."""
    if output is None:
        return
    for name in inputs:
        if name != STANDARD_INPUT and output.resolve() == Path(name).resolve():
            raise click.UsageError(f"--output trùng với tệp đầu vào {name}.")


def result_names(inputs: tuple[str, ...], suffix: str) -> dict[str, str]:
    """One file name per input: the stem, and the whole name where two inputs share a stem."""
    stems = [Path(n).stem if n != STANDARD_INPUT else "stdin" for n in inputs]
    names: dict[str, str] = {}
    for name, stem in zip(inputs, stems, strict=True):
        base = stem if stems.count(stem) == 1 else Path(name).name
        candidate, k = base, 2
        while candidate + suffix in names.values():
            candidate, k = f"{base}-{k}", k + 1
        names[name] = candidate + suffix
    return names


@contextmanager
def byte_sink(output: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or the file, which is there whole or not at all."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    with atomic_bytes(output) as file:
        yield file
