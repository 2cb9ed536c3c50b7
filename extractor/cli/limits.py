"""The options that say what one document may take, the same for every command that reads plans."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import click

_OPTIONS = {
    "max_seconds": click.option(
        "--max-seconds", type=click.FloatRange(1), default=600, show_default=True,
        help="Thời gian tối đa cho một văn bản.",
    ),
    "max_cpu_seconds": click.option(
        "--max-cpu-seconds", type=click.IntRange(1), default=600, show_default=True,
        help="Thời gian bộ xử lý tối đa cho một văn bản.",
    ),
    "max_memory": click.option(
        "--max-memory", type=click.IntRange(100), default=1000, show_default=True,
        help="Bộ nhớ tối đa (MB) cho một văn bản.",
    ),
    "max_pages": click.option(
        "--max-pages", type=click.IntRange(1), default=3000, show_default=True, help="Số trang tối đa.",
    ),
    "max_pixels": click.option(
        "--max-pixels", type=click.IntRange(1), default=150_000_000, show_default=True,
        help="Số điểm ảnh tối đa của một ảnh.",
    ),
}  # fmt: skip
MEMORY = ("max_memory",)
RESOURCES = ("max_seconds", "max_cpu_seconds", *MEMORY)


def with_limits(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command with these of the options (none named: all of them); it gets them as `form`, a `Form` without a format.

    What has no option of time or memory has no such limit.
    """
    chosen = [_OPTIONS[name] for name in names or _OPTIONS]

    def decorated(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def limited(**given: Any) -> None:
            from extractor.batch import Form, Limits
            from extractor.options import Options

            limits = Limits(
                seconds=given.pop("max_seconds", None),
                cpu_seconds=given.pop("max_cpu_seconds", None),
                memory=given.pop("max_memory", None),
            )
            pages = {name: given.pop(name) for name in ("max_pages", "max_pixels") if name in given}
            command(form=Form(options=Options(**pages), format=None, limits=limits), **given)

        for option in reversed(chosen):
            limited = option(limited)
        return limited

    return decorated
