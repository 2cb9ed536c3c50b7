"""How far a batch has come: a bar with rate and time left on a terminal, nothing but errors elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from extractor.batch.manifest import Record


def with_progress(records: Iterable[Record], total: int, *, quiet: bool) -> Iterator[Record]:
    """The records as they come, errors told on standard error."""
    if quiet or not sys.stderr.isatty():
        for record in records:
            if record.error is not None:
                click.echo(told(record), err=True)
            yield record
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    rate = TextColumn("{task.fields[rate]}")
    left = TimeRemainingColumn(elapsed_when_finished=True)
    with Progress(BarColumn(), MofNCompleteColumn(), rate, TextColumn("còn"), left, console=console) as progress:
        task = progress.add_task("", total=total, rate="")
        pages = failed = 0
        for record in records:
            pages += record.pages or 0
            if record.error is not None:
                failed += 1
                progress.console.print(told(record), markup=False, highlight=False, soft_wrap=True)
            speed = progress.tasks[0].speed
            seconds = progress.tasks[0].elapsed or 1.0
            rate_text = f"{speed * 60:.0f} văn bản/phút, {pages / seconds:.1f} trang/giây" if speed else ""
            progress.update(task, advance=1, rate=rate_text + (f", {failed} lỗi" if failed else ""))
            yield record


def told(record: Record) -> str:
    """The error of a record in one line."""
    assert record.error is not None
    return str(record.error.error(record.file))
