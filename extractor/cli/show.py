"""`kehoach show`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from extractor.errors import KehoachError


@click.command("show")
@click.argument("file", metavar="FILE")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True, help="Trang cần vẽ (từ 1).")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Tệp PNG; mặc định là TÊN-trang-N.png ở thư mục hiện tại."
)
def command(file: str, page: int, output: Path | None) -> None:
    """Vẽ một trang PDF với khung quanh các đoạn, ô bảng, nhiệm vụ, viện dẫn, thời hạn đã đọc được."""
    from extractor.show import draw_page

    target = output or Path(f"{Path(file).stem}-trang-{page}.png")
    if target.resolve() == Path(file).resolve():
        raise click.UsageError("--output trùng với tệp đầu vào.")
    try:
        draw_page(file, page).save(target, format="PNG")
    except KehoachError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    click.echo(str(target))
