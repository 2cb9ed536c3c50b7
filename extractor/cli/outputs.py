"""Where results go: standard output, one file, or a folder with one file per document."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from extractor.atomic import atomic_bytes
from extractor.batch.places import STANDARD_INPUT


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


def write_report(output: Path | None, table: Callable[[IO[str]], None] | None, text: Callable[[], str]) -> None:
    """The table, as wide as the terminal is where it goes there; or the text where no table is asked for."""
    with byte_sink(output) as stream:
        if table is not None and output is None:
            table(sys.stdout)
        elif table is not None:
            told = io.StringIO()
            table(told)
            stream.write(told.getvalue().encode("utf-8"))
        else:
            stream.write(text().encode("utf-8"))


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
