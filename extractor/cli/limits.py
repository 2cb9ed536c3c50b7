"""The options that say what one document may take, the same for every command that reads plans."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

_OPTIONS = (
    click.option(
        "--max-seconds", type=click.FloatRange(1), default=600, show_default=True,
        help="Thời gian tối đa cho một văn bản.",
    ),
    click.option(
        "--max-cpu-seconds", type=click.IntRange(1), default=600, show_default=True,
        help="Thời gian bộ xử lý tối đa cho một văn bản.",
    ),
    click.option(
        "--max-memory", type=click.IntRange(100), default=1000, show_default=True,
        help="Bộ nhớ tối đa (MB) cho một văn bản.",
    ),
    click.option("--max-pages", type=click.IntRange(1), default=3000, show_default=True, help="Số trang tối đa."),
    click.option(
        "--max-pixels", type=click.IntRange(1), default=150_000_000, show_default=True,
        help="Số điểm ảnh tối đa của một ảnh.",
    ),
)  # fmt: skip


def with_limits(command: Callable[..., None]) -> Callable[..., None]:
    """A command with these options; it gets them as `form`, a `Form` without a format."""

    @functools.wraps(command)
    def limited(
        *,
        max_seconds: float,
        max_cpu_seconds: int,
        max_memory: int,
        max_pages: int,
        max_pixels: int,
        **given: Any,
    ) -> None:
        from extractor.batch import Form, Limits
        from extractor.options import Options

        form = Form(
            options=Options(max_pages=max_pages, max_pixels=max_pixels),
            format=None,
            limits=Limits(seconds=max_seconds, cpu_seconds=max_cpu_seconds, memory=max_memory),
        )
        command(form=form, **given)

    for option in reversed(_OPTIONS):
        limited = option(limited)
    return limited
