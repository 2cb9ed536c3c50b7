"""`kehoach show`."""

from __future__ import annotations

import io
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extractor.cli.limits import with_limits
from extractor.cli.outputs import byte_sink, refuse_inputs_as_output

if TYPE_CHECKING:
    from extractor.batch import Form
    from extractor.options import Options


@click.command("show")
@click.argument("file", metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Trang cần vẽ (từ 1).")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Tệp PNG; mặc định là TÊN-trang-N.png ở thư mục hiện tại."
)
@with_limits()
def command(file: str, form: Form, page: int, output: Path | None) -> None:
    """Vẽ một trang PDF với khung quanh các đoạn, ô bảng, nhiệm vụ, viện dẫn, thời hạn đã đọc được."""
    from extractor.batch.guard import guarded
    from extractor.batch.places import bytes_at
    from extractor.batch.plan import Found

    target = output or Path(f"{Path(file).stem}-trang-{page}.png")
    refuse_inputs_as_output(target, (file,))
    name = Found(file, file).shown
    picture = guarded(name, partial(_drawn, bytes_at(file), name, page, form.options), form.limits)
    with byte_sink(target) as stream:
        stream.write(picture)
    click.echo(str(target))


def _drawn(data: bytes, name: str, page: int, options: Options) -> bytes:
    from extractor.show import draw_page

    picture = io.BytesIO()
    draw_page(name, page, options=options, data=data).save(picture, format="PNG")
    return picture.getvalue()
